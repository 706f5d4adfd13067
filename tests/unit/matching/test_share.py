"""The made-up cases are worth something: everything in the rules decides in a share of them.

The figures are floors under what the cases give, counted by the second reading.
"""

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest

from tests.unit.matching import plain
from tests.unit.matching.cases import case

CASES = 700
ALONE_AT_LEAST = 25
ON_RUNG_AT_LEAST = 150
KEY_AT_LEAST = 12

ORDER = ["rank", "places_certain", "wished", "rate", "distance", "id"]
WHICH_AGREEMENT = ["rank", "rate", "place"]


class Shares:
    """How often each code is the only reason, each rung is stood on, each key decides."""

    def __init__(self) -> None:
        self.alone: Counter[str] = Counter()
        self.rungs: Counter[str] = Counter()
        self.order: Counter[str] = Counter()
        self.agreement: Counter[str] = Counter()
        for seed in range(CASES):
            register, needs = case(seed)
            for need in needs:
                self._count(need, register)

    def _count(self, need: plain.Document, register: plain.Document) -> None:
        on_rung: dict[str, list[Any]] = {}
        for unit in register["units"]:
            reasons = plain.reasons_against(unit, need, register)
            if len(reasons) == 1:
                self.alone[reasons[0]] += 1
            if not reasons:
                form = plain.first_rung(unit, need, register)
                on_rung.setdefault(form, []).append(plain.candidate(unit, form, need)[0])
                self._count_agreements(unit, form, need)
        for form, keys in on_rung.items():
            self.rungs[form] += len(keys)
            ordered = sorted(keys)
            self._count_keys(self.order, ORDER, list(pairwise(ordered)))

    def _count_agreements(self, unit: plain.Document, form: str, need: plain.Document) -> None:
        fitting = plain.fitting_agreements(unit, form, need)
        named = need.get("subtype") is not None
        keys = sorted(
            (
                plain.none_last(agreement.get("rank")) if named else 0,
                plain.none_last(plain.per_day(agreement)),
                place,
            )
            for place, agreement in enumerate(fitting)
        )
        self._count_keys(self.agreement, WHICH_AGREEMENT, [(keys[0], k) for k in keys[1:]])

    def _count_keys(self, counter: Counter[str], names: list[str], pairs: list[Any]) -> None:
        for before, after in pairs:
            differing = (
                name for name, one, other in zip(names, before, after, strict=True) if one != other
            )
            counter[next(differing)] += 1


@pytest.fixture(scope="module")
def shares() -> Shares:
    return Shares()


@pytest.mark.parametrize("code", plain.CODES)
def test_code_is_the_only_reason_often_enough(shares: Shares, code: str) -> None:
    assert shares.alone[code] >= ALONE_AT_LEAST


@pytest.mark.parametrize("form", plain.LADDER)
def test_rung_is_stood_on_often_enough(shares: Shares, form: str) -> None:
    assert shares.rungs[form] >= ON_RUNG_AT_LEAST


@pytest.mark.parametrize("key", ORDER)
def test_key_of_the_order_decides_often_enough(shares: Shares, key: str) -> None:
    assert shares.order[key] >= KEY_AT_LEAST


@pytest.mark.parametrize("key", WHICH_AGREEMENT)
def test_key_decides_which_agreement_counts_often_enough(shares: Shares, key: str) -> None:
    assert shares.agreement[key] >= KEY_AT_LEAST
