"""What comes along to a request in another service."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from placements.domain.continuing import (
    CARRIED,
    LISTS_OF_NEEDS,
    OF_THE_OLD_SERVICE,
    Fitting,
    beginning_of,
)

NEEDS = ("mobility", "supervision", "violence")
DECIDED = date(2025, 3, 1)


def known(**said: Any) -> dict[str, Any]:
    nothing = dict.fromkeys((*CARRIED, *OF_THE_OLD_SERVICE, "drug_free"))
    return nothing | {name: [] for name in LISTS_OF_NEEDS} | said


def test_what_belongs_to_the_old_service_is_left_out() -> None:
    said = known(age=34, subtype="kort", decision_date=DECIDED, drug_free=True)
    begins = beginning_of(said, Fitting(asks_drug_free=False, needs=NEEDS))
    assert begins.left_out == {"subtype": "kort", "decision_date": DECIDED, "drug_free": True}
    assert begins.values["age"] == 34
    assert set(begins.values) & {*OF_THE_OLD_SERVICE, "drug_free"} == set()


def test_drug_free_comes_along_where_it_is_asked_for() -> None:
    begins = beginning_of(known(drug_free=False), Fitting(asks_drug_free=True, needs=NEEDS))
    assert (begins.values["drug_free"], begins.left_out) == (False, {})


@given(
    st.lists(st.sampled_from(NEEDS), unique=True),
    st.lists(st.sampled_from(NEEDS), unique=True),
    st.sets(st.sampled_from(NEEDS)),
)
def test_every_need_comes_along_or_is_said_to_be_left_out(
    required: list[str], wished: list[str], asked: set[str]
) -> None:
    said = {"needs_required": required, "needs_wished": wished}
    begins = beginning_of(known(**said), Fitting(asks_drug_free=True, needs=asked))
    for name, needs in said.items():
        left = begins.left_out.get(name, [])
        assert sorted([*begins.values[name], *left]) == sorted(needs)
        assert set(begins.values[name]) <= asked
