"""One match as columns against the plain per-unit loop of the tests.

Both are given what they like best beforehand: the register as columns, and the documents. The
loop writes its outcome whole; the columns are ordered candidates and every unit's reasons. Time is
the processor's, so that what else runs on the machine weighs on neither.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from bench import sample
from bench.report import note, report
from placements.matching import Need, match
from providers.domain.register import Register
from tests.unit.matching import plain

GOALS = {1_000: 20, 100_000: 100}
NEEDS = {1_000: 200, 100_000: 8}
ROUNDS = 5


def main() -> int:
    met = [_compare(units, goal) for units, goal in GOALS.items()]
    return 0 if all(met) else 1


def _compare(units: int, goal: float) -> bool:
    document = sample.register(units)
    documents = sample.needs(NEEDS[units])
    register = Register.from_document(document, place="sample")
    types = register.provision_forms
    needs = [Need.from_document(d, place="sample", service_types=types) for d in documents]
    for need, asked in zip(needs[:5], documents, strict=False):
        if match(need, register).to_dict() != plain.match(asked, document):
            raise SystemExit("the two readings differ")
    columns = _quickest(lambda need: match(need, register), needs, rounds=ROUNDS)
    loop = _quickest(lambda asked: plain.match(asked, document), documents, rounds=1)
    note(
        f"{units} units: a match {columns * 1e3:.3f} ms, the loop {loop * 1e3:.1f} ms, "
        f"mean of {len(needs)} needs"
    )
    return report(f"match_over_loop_{units}", loop / columns, "times faster", goal)


def _quickest(work: Callable[[Any], object], inputs: Sequence[Any], *, rounds: int) -> float:
    """Mean seconds over the inputs, each the median of its rounds."""
    return statistics.fmean(
        statistics.median(_seconds(work, one) for _ in range(rounds)) for one in inputs
    )


def _seconds(work: Callable[[Any], object], one: object) -> float:
    begin = time.process_time()
    work(one)
    return time.process_time() - begin


if __name__ == "__main__":
    sys.exit(main())
