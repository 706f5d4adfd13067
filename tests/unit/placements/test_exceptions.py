"""What may be recommended although the match excluded it: the whole matrix of its reasons."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain import exceptions
from placements.domain.exceptions import EXCEPTED, Confirmation, Excluded, Kind, Person
from placements.domain.recommending import CannotRecommend
from placements.matching.reasons import Reason
from providers.domain.priority import PriorityGroup
from spink.catalogue.domain.ladder import ProvisionForm

CAME, TODAY = date(2025, 3, 3), date(2025, 3, 5)
CONFIRMED = Confirmation("Mona Ek", TODAY)
YOUNGER = PriorityGroup("Yngre", 18, 40, ("extensive_care",))
ANYBODY = Person(age=70, needs=())

MAY = {
    Reason.AGE: Kind.AGE,
    Reason.NEED_REFUSED: Kind.NEEDS,
    Reason.NEED_NOT_MET: Kind.NEEDS,
    Reason.NO_FREE_PLACE: Kind.PLACES,
    Reason.TOO_FAR: Kind.DISTANCE,
}
NEVER = sorted(set(Reason) - set(MAY))


def refusal(
    *reasons: Reason,
    person: Person = ANYBODY,
    group: PriorityGroup | None = None,
    reason: str = "places_outdated",
    note: str = "Ringt i dag",
    confirmation: Confirmation | None = CONFIRMED,
) -> str:
    """The code of what is in the way; empty where the exception is granted."""
    try:
        exceptions.check(
            Excluded("U1", reasons, ProvisionForm.IN_HOUSE, group),
            person,
            reason=reason,
            note=note,
            confirmation=confirmation,
            since=CAME,
            today=TODAY,
        )
    except CannotRecommend as problem:
        return problem.code
    return ""


def test_table_has_every_reason_and_only_four_kinds_may_be_excepted() -> None:
    assert set(EXCEPTED) == set(Reason)
    assert {reason: kind for reason, kind in EXCEPTED.items() if kind} == MAY


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_alone_is_granted_or_never(reason: Reason) -> None:
    assert refusal(reason) == ("" if reason in MAY else "never_excepted")


@pytest.mark.parametrize("never", NEVER)
@pytest.mark.parametrize("may", MAY)
def test_one_forbidden_reason_beside_an_excepted_one_is_enough(may: Reason, never: Reason) -> None:
    assert {refusal(may, never), refusal(never, may)} == {"never_excepted"}


@pytest.mark.parametrize("pair", list(combinations(MAY, 2)))
def test_several_excepted_reasons_are_granted_together(pair: tuple[Reason, Reason]) -> None:
    assert refusal(*pair) == ""


@given(st.sets(st.sampled_from(Reason)))
def test_granted_only_if_there_are_reasons_and_none_is_forbidden(reasons: set[Reason]) -> None:
    expected = bool(reasons) and reasons <= set(MAY)
    assert exceptions.may_be_excepted(reasons) is expected
    assert (refusal(*sorted(reasons)) == "") is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"reason": ""}, "exception_reason"),
        ({"note": " "}, "exception_note"),
        ({"confirmation": None}, "not_confirmed"),
        ({"confirmation": Confirmation(" ", TODAY)}, "not_confirmed"),
        ({"confirmation": Confirmation("Mona Ek", CAME - timedelta(1))}, "not_confirmed"),
        ({"confirmation": Confirmation("Mona Ek", TODAY + timedelta(1))}, "not_confirmed"),
        ({"confirmation": Confirmation("Mona Ek", CAME)}, ""),
        ({"reason": "priority_group"}, "exception_reason"),
    ],
)
def test_trace_is_needed_whole(given: dict[str, str], expected: str) -> None:
    assert refusal(Reason.NO_FREE_PLACE, **given) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        (Person(34, ()), ""),
        (Person(70, ("extensive_care",)), ""),
        (Person(70, ("mobility",)), "kept_for_priority_group"),
        (Person(None, ()), "kept_for_priority_group"),
    ],
)
def test_full_own_unit_keeps_its_places_for_its_group(person: Person, expected: str) -> None:
    for reason in ("priority_group", "places_outdated"):
        refused = refusal(Reason.NO_FREE_PLACE, person=person, group=YOUNGER, reason=reason)
        assert refused == expected


def test_unit_that_is_not_full_keeps_no_places() -> None:
    assert refusal(Reason.TOO_FAR, group=YOUNGER) == ""
    assert refusal(Reason.TOO_FAR, group=YOUNGER, reason="priority_group") == "exception_reason"


def test_group_in_words_alone_is_judged_by_the_officer() -> None:
    words = PriorityGroup("Yngre personer")
    reasons = ("priority_group", "places_outdated", "")
    assert [refusal(Reason.NO_FREE_PLACE, group=words, reason=one) for one in reasons] == [
        "",
        "kept_for_priority_group",
        "exception_reason",
    ]


def test_places_that_are_kept_are_no_fault_of_the_register() -> None:
    reasons = (Reason.NO_FREE_PLACE, Reason.NEED_NOT_MET, Reason.NEED_REFUSED)
    assert exceptions.to_correct(reasons, reason="priority_group") == (Kind.NEEDS,)
    assert exceptions.to_correct(reasons, reason="places_outdated") == (Kind.PLACES, Kind.NEEDS)
