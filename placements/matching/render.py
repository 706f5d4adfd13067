"""Outcomes as JSON, byte for byte what `json` makes of the document, without making one.

Of a hundred thousand excluded units most are told the same few things: their lines are put
together from texts that are made once for each unit of a register and each set of reasons.
"""

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from placements.matching.shown import (
    NOTHING,
    WRONG_SERVICE,
    Shown,
    kilometres,
    near_misses,
    rate,
    shown,
    told,
)

if TYPE_CHECKING:
    from placements.matching.outcome import Excluded, Outcome


def as_json(outcome: "Outcome", excluded: "Excluded") -> bytes:
    names = outcome.register.by_id(_json_text)
    candidates = [_candidate(names[one.row], one) for one in shown(outcome)]
    rungs = ",".join(
        f'{{"provision_form":"{form}","candidates":[{",".join(candidates[part])}]}}'
        for form, part in outcome.on_rungs()
    )
    near = ",".join([names[row] for row in near_misses(outcome)[0].tolist()])
    counts = _json_text(outcome.counts())
    return b"".join(
        (
            f'{{"rungs":[{rungs}],"excluded":['.encode(),
            b"".join(_excluded(outcome, excluded))[:-1],  # without the last comma
            f'],"near_misses":[{near}],"counts":{counts}}}'.encode(),
        )
    )


def _candidate(name: str, one: Shown) -> str:
    _, rank, certain, wished_met, number, tenths = one
    return (
        f'{{"unit":{name},"rank":{"null" if rank == NOTHING else rank},'
        f'"places_certain":{"true" if certain else "false"},'
        f'"wished_met":{_codes(wished_met)},"rate":{_rate(number)},'
        f'"distance_km":{_distance(tenths)}}}'
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


@cache
def _tail(bits: int) -> bytes:
    return f"{_json_text(told(bits))}}},".encode()


def _line_of_another_service(unit_id: str) -> bytes:
    return _head(unit_id) + _tail(WRONG_SERVICE)


@lru_cache(maxsize=4096)
def _codes(codes: tuple[str, ...]) -> str:
    return _json_text(codes)


@lru_cache(maxsize=4096)
def _rate(number: float) -> str:
    return _json_text(rate(number))


@lru_cache(maxsize=65536)
def _distance(tenths: int) -> str:
    return _json_text(kilometres(tenths))


def _json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
