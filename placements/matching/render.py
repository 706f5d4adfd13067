"""Outcomes as JSON, byte for byte what `json` makes of the document, without making one.

Of a hundred thousand excluded units most are told the same few things: their lines are put
together from texts that are made once for each unit of a register and each set of reasons.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from placements.matching.shown import (
    NOTHING,
    WRONG_SERVICE,
    Candidate,
    Wished,
    kilometres,
    near_misses,
    picked,
    rate,
    told,
    wished_in_order,
)

if TYPE_CHECKING:
    from placements.matching.outcome import Excluded, Outcome


def as_json(outcome: "Outcome", excluded: "Excluded") -> bytes:
    names = outcome.register.by_id(_json_text)
    wished = wished_in_order(outcome)
    rungs = ",".join(
        f'{{"provision_form":"{form}","candidates":[{_candidates(names, wished, candidates)}]}}'
        for form, candidates in outcome.on_rungs()
    )
    near = ",".join([names[row] for row in near_misses(outcome)[0].tolist()])
    counts = _json_text(outcome.counts())
    return b"".join(
        (
            f'{{"rungs":[{rungs}],"excluded":['.encode(),
            *_without_last_comma(_excluded(outcome, excluded)),
            f'],"near_misses":[{near}],"counts":{counts}}}'.encode(),
        )
    )


def _candidates(names: list[str], wished: Wished, found: Iterator[Candidate]) -> str:
    return ",".join(
        [
            f'{{"unit":{names[row]},"rank":{"null" if rank == NOTHING else rank},'
            f'"places_certain":{"true" if certain else "false"},'
            f'"wished_met":{_codes(wished, met)},"rate":{_rate(number)},'
            f'"distance_km":{_distance(tenths)}}}'
            for row, rank, certain, met, number, tenths in found
        ]
    )


def _excluded(outcome: "Outcome", excluded: "Excluded") -> list[bytes]:
    """Lines or parts of lines, each unit's ending with a comma."""
    if excluded == "none":
        return []
    heads = outcome.register.by_id(_head)
    if excluded == "near":
        rows, reasons = near_misses(outcome)
        parts = [b""] * (2 * len(rows))
        parts[0::2] = [heads[row] for row in rows.tolist()]
        parts[1::2] = [_tail(bits) for bits in reasons.tolist()]
        return parts
    lines = outcome.register.by_id(_line_of_another_service).copy()
    rows, reasons = outcome.offering.rows, outcome.reasons
    for row, bits in zip(rows.tolist(), reasons.tolist(), strict=True):
        lines[row] = heads[row] + _tail(bits) if bits else b""
    return lines


def _head(unit_id: str) -> bytes:
    return f'{{"unit":{_json_text(unit_id)},"reasons":'.encode()


def _without_last_comma(parts: list[bytes]) -> list[bytes]:
    for place in range(len(parts) - 1, -1, -1):
        if parts[place]:
            parts[place] = parts[place][:-1]
            break
    return parts


@cache
def _tail(bits: int) -> bytes:
    return f"{_json_text(told(bits))}}},".encode()


def _line_of_another_service(unit_id: str) -> bytes:
    return _head(unit_id) + _tail(WRONG_SERVICE)


@lru_cache(maxsize=4096)
def _codes(wished: Wished, met: int) -> str:
    return _json_text(picked(wished, met))


@lru_cache(maxsize=4096)
def _rate(number: float) -> str:
    return _json_text(rate(number))


@lru_cache(maxsize=65536)
def _distance(tenths: int) -> str:
    return _json_text(kilometres(tenths))


def _json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
