"""A year of needs against a thousand units: blocks of columns against the plain loop.

The columns hold every unit's reasons and the candidates in order. Printed means the lines of
JSON that `manage.py match --needs` writes. The loop runs over a sample of the needs, and its time
is scaled to the year: a loop's needs cost the same however many they are. Time is the processor's,
so that what else runs on the machine weighs on neither.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from bench import sample
from bench.report import note, report
from placements.matching import Excluded, Need, match_all
from providers.domain.register import Register
from tests.unit.matching import plain

UNITS = 1_000
NEEDS = 7_425
LOOPED = 300
GOALS: dict[Excluded, float] = {"none": 30, "all": 6}

Document = dict[str, Any]


def main() -> int:
    document = sample.register(UNITS)
    documents = sample.needs(NEEDS)
    register = Register.from_document(document, place="sample")
    types = register.provision_forms
    needs = [Need.from_document(d, place="sample", service_types=types) for d in documents]
    looped = documents[:: NEEDS // LOOPED]

    def columns() -> None:
        match_all(needs, register)

    def loop() -> None:
        for need in looped:
            plain.match(need, document)

    scale = NEEDS / len(looped)
    met = [_figure("match_batch_over_loop", loop, columns, scale, goal=50)]
    for excluded, goal in GOALS.items():
        name = f"match_batch_over_loop_printed_{excluded}"
        print_loop = partial(_print_loop, looped, document, excluded)
        print_columns = partial(_print_columns, needs, register, excluded)
        met.append(_figure(name, print_loop, print_columns, scale, goal=goal))
    return 0 if all(met) else 1


def _print_columns(needs: Sequence[Need], register: Register, excluded: Excluded) -> None:
    with open(os.devnull, "wb") as sink:
        outcomes = match_all(needs, register)
        sink.writelines(outcome.to_json(excluded) + b"\n" for outcome in outcomes)


def _print_loop(needs: Sequence[Document], register: Document, excluded: Excluded) -> None:
    with open(os.devnull, "w", encoding="utf-8") as sink:
        for need in needs:
            outcome = plain.match(need, register)
            if excluded == "none":
                outcome["excluded"] = []
            sink.write(json.dumps(outcome, ensure_ascii=False) + "\n")


def _figure(
    name: str, loop: Callable[[], None], columns: Callable[[], None], scale: float, *, goal: float
) -> bool:
    columns()  # what is made once for a register is made
    quick = min(_seconds(columns) for _ in range(3))
    slow = _seconds(loop) * scale
    note(f"{name}: columns {quick:.2f} s, loop {slow:.1f} s")
    unit = f"times faster, the loop's time scaled by {scale:.1f} from a sample of the needs"
    return report(name, slow / quick, unit, goal)


def _seconds(work: Callable[[], None]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


if __name__ == "__main__":
    sys.exit(main())
