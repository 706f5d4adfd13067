"""Outcomes as documents and as JSON.

Of a hundred thousand excluded units most are told the same few things: their lines are put
together from texts that are made once for each unit of a register and each set of reasons.
"""

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from placements.matching.criteria import CRITERIA
from placements.matching.order import Candidates
from placements.matching.reasons import Reason
from providers.domain.register.unit_document import NO_RANK
from spink.catalogue.domain.ladder import ProvisionForm

if TYPE_CHECKING:
    from placements.matching.outcome import Excluded, Outcome


def as_document(outcome: "Outcome", excluded: "Excluded") -> dict[str, object]:
    ids = outcome.register.ids
    return {
        "rungs": [
            {"provision_form": str(form), "candidates": _candidates(outcome, form)}
            for form in outcome.rungs
        ],
        "excluded": [
            {"unit": ids[row], "reasons": list(_told(reasons))}
            for row, reasons in _excluded(outcome, excluded)
        ],
        "near_misses": [ids[row] for row in outcome.offering.rows[outcome.near].tolist()],
        "counts": outcome.counts(),
    }


def as_json(outcome: "Outcome", excluded: "Excluded") -> bytes:
    rungs = ",".join(
        f'{{"provision_form":"{form}","candidates":[{_candidates_json(outcome, form)}]}}'
        for form in outcome.rungs
    )
    names = outcome.register.by_id(_json_text)
    near = ",".join([names[row] for row in outcome.offering.rows[outcome.near].tolist()])
    return b"".join(
        (
            f'{{"rungs":[{rungs}],"excluded":['.encode(),
            _excluded_json(outcome, excluded),
            f'],"near_misses":[{near}],"counts":'.encode(),
            _json_text(outcome.counts()).encode(),
            b"}",
        )
    )


WRONG_SERVICE: Final = 0
"""No bit of a criterion: the unit was not even looked at."""


def _excluded(outcome: "Outcome", excluded: "Excluded") -> Iterator[tuple[int, int]]:
    """Rows in the register, ordered by id, each with its reasons as bits."""
    if excluded == "all":
        reasons = np.zeros(len(outcome.register.ids), np.int64)
        left = np.ones(len(reasons), np.bool_)
        reasons[outcome.offering.rows] = outcome.reasons
        left[outcome.offering.rows] = outcome.reasons != 0
        rows = np.flatnonzero(left)
        yield from zip(rows.tolist(), reasons[rows].tolist(), strict=True)
    elif excluded == "near":
        near = outcome.near
        rows = outcome.offering.rows[near]
        yield from zip(rows.tolist(), outcome.reasons[near].tolist(), strict=True)


def _excluded_json(outcome: "Outcome", excluded: "Excluded") -> bytes:
    if excluded != "all":
        heads = outcome.register.by_id(_excluded_head)
        lines = [heads[row] + _tail(bits) for row, bits in _excluded(outcome, excluded)]
        return b"".join(lines)[:-1]
    lines = outcome.register.by_id(_line_of_another_service).copy()
    heads = outcome.register.by_id(_excluded_head)
    rows = outcome.offering.rows.tolist()
    for row, bits in zip(rows, outcome.reasons.tolist(), strict=True):
        lines[row] = heads[row] + _tail(bits) if bits else b""
    return b"".join(lines)[:-1]


@cache
def _told(bits: int) -> tuple[str, ...]:
    if bits == WRONG_SERVICE:
        return (str(Reason.WRONG_SERVICE),)
    return tuple(str(reason) for number, (reason, _) in enumerate(CRITERIA) if bits >> number & 1)


@cache
def _tail(bits: int) -> bytes:
    return _json_text(_told(bits)).encode() + b"},"


def _excluded_head(unit_id: str) -> bytes:
    return f'{{"unit":{_json_text(unit_id)},"reasons":'.encode()


def _line_of_another_service(unit_id: str) -> bytes:
    return _excluded_head(unit_id) + _tail(WRONG_SERVICE)


def _candidates(outcome: "Outcome", form: ProvisionForm) -> list[dict[str, object]]:
    found = outcome.candidates(form)
    ids = outcome.register.ids
    columns = zip(
        outcome.offering.rows[found.unit].tolist(),
        found.rank.tolist(),
        found.places_certain.tolist(),
        _wished_met(outcome, found),
        found.rate.tolist(),
        found.metres.tolist(),
        strict=True,
    )
    return [
        {
            "unit": ids[row],
            "rank": None if rank == NO_RANK else rank,
            "places_certain": certain,
            "wished_met": list(wished),
            "rate": None if rate != rate else int(rate) if rate.is_integer() else rate,
            "distance_km": None if metres != metres else _tenths(metres) / 10,
        }
        for row, rank, certain, wished, rate, metres in columns
    ]


def _candidates_json(outcome: "Outcome", form: ProvisionForm) -> str:
    found = outcome.candidates(form)
    names = outcome.register.by_id(_json_text)
    columns = zip(
        outcome.offering.rows[found.unit].tolist(),
        found.rank.tolist(),
        found.places_certain.tolist(),
        _wished_met(outcome, found),
        found.rate.tolist(),
        found.metres.tolist(),
        strict=True,
    )
    return ",".join(
        [
            f'{{"unit":{names[row]},"rank":{"null" if rank == NO_RANK else rank},'
            f'"places_certain":{"true" if certain else "false"},'
            f'"wished_met":{_wished_json(wished)},"rate":{_rate_json(rate)},'
            f'"distance_km":{_distance_json(metres)}}}'
            for row, rank, certain, wished, rate, metres in columns
        ]
    )


def _wished_met(outcome: "Outcome", found: Candidates) -> list[tuple[str, ...]]:
    """The wished needs that each candidate meets, in the need's order."""
    wished = outcome.need.needs_wished
    find = outcome.register.vocabularies.needs.find
    met: list[tuple[str, ...]] = [()] * len(found.unit)
    for code in wished:
        word, bit = divmod(find(code), 64)
        holds = outcome.offering.needs_met[word][found.unit] >> np.uint64(bit) & np.uint64(1)
        pairs = zip(met, holds.tolist(), strict=True)
        met = [(*codes, code) if is_met else codes for codes, is_met in pairs]
    return met


@lru_cache(maxsize=4096)
def _wished_json(codes: tuple[str, ...]) -> str:
    return _json_text(codes)


def _rate_json(rate: float) -> str:
    if rate != rate:
        return "null"
    return str(int(rate)) if rate.is_integer() else repr(rate)


def _distance_json(metres: float) -> str:
    if metres != metres:
        return "null"
    kilometres, tenths = divmod(_tenths(metres), 10)
    return f"{kilometres}.{tenths}"


def _tenths(metres: float) -> int:
    """Tenths of a kilometre; half of one counts as one."""
    return (int(metres) + 50) // 100


def _json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
