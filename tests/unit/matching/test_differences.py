"""What keeps a unit away, in figures: the same columns that decided it, told one by one."""

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.matching import Need, match
from placements.matching.differences import Difference, Differences
from placements.matching.excluded import excluded_rows, row_of_service
from placements.matching.reasons import Reason
from providers.domain.register import Register
from spink.catalogue.domain.ladder import ProvisionForm
from tests.unit.matching.cases import Maker

SERVICE = "short_term_housing"
AGREED: dict[str, Any] = {
    "provision_form": "framework",
    "parties": ["1480"],
    "service_type": SERVICE,
    "valid_from": "2025-02-01",
    "valid_to": "2029-01-31",
    "rank": 3,
}


def unit(code: str, **more: Any) -> dict[str, Any]:
    """One that fits: on a framework agreement, with a free place."""
    return {
        "id": code,
        "services": [{"service_type": SERVICE}],
        "needs_met": ["mobility"],
        "places": {"total": 5, "occupied": 1},
        "agreements": [AGREED],
        **more,
    }


NEED = {
    "municipality": "1480",
    "service_type": SERVICE,
    "subtype": "akut",
    "wanted_start": "2026-03-05",
    "age": 34,
    "gender": "woman",
    "drug_free": True,
    "companions": [5],
    "needs_required": ["mobility"],
    "needs_wished": ["supervision"],
    "near": {"lat": 57.70, "lon": 11.97, "within_km": 40},
    "places": 1,
}


def differing(*units: dict[str, Any], **need: Any) -> Differences:
    document = {
        "instant": "2026-03-03",
        "provision_forms": {SERVICE: ["in_house", "framework", "direct_award"], "other": []},
        "units": list(units),
    }
    register = Register.from_document(document, place="test")
    asked = Need.from_document(NEED | need, place="test", service_types=register.provision_forms)
    return Differences(match(asked, register))


OPEN_TO = {"open_to": "2026-02-01"}
OPEN_FROM = {"open_from": "2026-04-01"}
ENDED = {"agreements": [AGREED | {"valid_to": "2026-02-28"}]}
FULL = {"places": {"total": 5, "occupied": 6, "next_free_on": "2026-03-24"}}
VETTED = {
    "agreements": [],
    "direct_award": {"vetted_from": "2026-03-09", "vetted_to": "2026-12-31"},
}
AWAY = {"location": {"lat": 58.70, "lon": 11.97}}


@pytest.mark.parametrize(
    ("more", "difference"),
    [
        (OPEN_TO, Difference(Reason.NOT_OPEN, last=date(2026, 2, 1))),
        (OPEN_FROM, Difference(Reason.NOT_OPEN, first=date(2026, 4, 1))),
        ({"ages": [40, 64]}, Difference(Reason.AGE, ages=(40, 64))),
        ({"ages": [40, None], "companion_ages": [0, 17]}, Difference(Reason.AGE, ages=(40, None))),
        ({"companion_ages": [10, 17]}, Difference(Reason.COMPANION, ages=(10, 17))),
        ({"genders": ["man", "other"]}, Difference(Reason.GENDER, codes=("man", "other"))),
        ({"drug_free": False}, Difference(Reason.DRUG_FREE, drug_free=False)),
        (
            {"needs_refused": ["supervision", "x"]},
            Difference(Reason.NEED_REFUSED, codes=("supervision",)),
        ),
        ({"needs_met": ["supervision"]}, Difference(Reason.NEED_NOT_MET, codes=("mobility",))),
        (FULL, Difference(Reason.NO_FREE_PLACE, free=-1, first=date(2026, 3, 24))),
        (
            ENDED,
            Difference(Reason.AGREEMENT_EXPIRED, first=date(2025, 2, 1), last=date(2026, 2, 28)),
        ),
        (
            VETTED,
            Difference(Reason.AGREEMENT_EXPIRED, first=date(2026, 3, 9), last=date(2026, 12, 31)),
        ),
        (AWAY, Difference(Reason.TOO_FAR, metres=111195.0)),
        ({"agreements": []}, Difference(Reason.NO_AGREEMENT)),
        ({"permit": {"required": True}}, Difference(Reason.PERMIT)),
    ],
)
def test_reason_is_told_with_what_differs(more: dict[str, Any], difference: Difference) -> None:
    differences = differing(unit("U1", **({"companion_ages": [0, 17]} | more)))
    found = [differences.of(0, reason) for reason in differences.reasons(0)]
    assert found == [difference]


def test_every_reason_is_told_in_order() -> None:
    differences = differing(
        unit("U1", genders=["man"], needs_met=[], companion_ages=[0, 17], **FULL)
    )
    assert differences.reasons(0) == (
        Reason.GENDER,
        Reason.NEED_NOT_MET,
        Reason.NO_FREE_PLACE,
    )


def test_of_several_ended_agreements_the_nearest_is_told() -> None:
    long_ago = AGREED | {"valid_from": "2020-01-01", "valid_to": "2021-12-31"}
    soon = AGREED | {"valid_from": "2026-03-10", "valid_to": "2026-12-31"}
    of_others = AGREED | {"parties": ["1481"], "valid_to": "2026-03-04"}
    differences = differing(unit("U1", agreements=[long_ago, soon, of_others]), companions=[])
    told = differences.of(0, Reason.AGREEMENT_EXPIRED)
    assert (told.first, told.last) == (date(2026, 3, 10), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("more", "form", "rank"),
    [
        ({}, ProvisionForm.FRAMEWORK, 3),
        ({"operated_by": "1480"}, ProvisionForm.IN_HOUSE, None),
        (ENDED, ProvisionForm.FRAMEWORK, None),
        (VETTED, ProvisionForm.DIRECT_AWARD, None),
        ({"agreements": [AGREED | {"rank": None}]}, ProvisionForm.FRAMEWORK, None),
        ({"agreements": []}, None, None),
        ({"stops": [{"kind": "paused"}]}, ProvisionForm.FRAMEWORK, 3),
    ],
)
def test_rung_is_the_first_open_one_stops_aside(
    more: dict[str, Any], form: ProvisionForm | None, rank: int | None
) -> None:
    differences = differing(unit("U1", **more), companions=[])
    assert (differences.form(0), differences.rank(0)) == (form, rank)


OWN: dict[str, Any] = {"operated_by": "1480", "agreements": []}
LATER: dict[str, Any] = {"places": {"total": 1, "occupied": 1, "next_free_on": "2026-04-24"}}


def test_units_kept_from_a_rung_are_told_by_what_is_common_and_who_is_nearest() -> None:
    differences = differing(
        unit("U1", **OWN, **LATER),
        unit("U2", **OWN, **FULL),
        unit("U3", **OWN, genders=["man"], services=[{"service_type": SERVICE}]),
        unit("U4", **OWN, services=[{"service_type": SERVICE, "subtypes": ["annat"]}]),
        unit("U5", **FULL),
        unit("U6", operated_by="1481", agreements=[]),
        companions=[],
    )
    found = differences.kept_away(ProvisionForm.IN_HOUSE)
    assert (found.units, found.of_right_kind, found.common, found.common_units, found.are_full) == (
        4,
        3,
        Reason.NO_FREE_PLACE,
        2,
        False,
    )
    assert found.nearest is not None
    assert differences.unit(found.nearest) == "U2"


def test_units_kept_from_a_rung_are_full_though_they_lack_more() -> None:
    differences = differing(
        unit("U1", **OWN, **FULL), unit("U2", **OWN, **FULL, genders=["man"]), companions=[]
    )
    assert differences.kept_away(ProvisionForm.IN_HOUSE).are_full


def test_rung_that_is_open_to_nobody_keeps_nobody_away() -> None:
    found = differing(unit("U1"), unit("U2", **FULL)).kept_away(ProvisionForm.DIRECT_AWARD)
    assert (found.units, found.common, found.are_full, found.nearest) == (0, None, False, None)


def test_unit_that_fits_is_not_kept_away() -> None:
    found = differing(unit("U1", **OWN), companions=[]).kept_away(ProvisionForm.IN_HOUSE)
    assert (found.units, found.nearest) == (0, None)


def test_near_misses_stand_by_rung_then_rank_then_id() -> None:
    second = {"agreements": [AGREED | {"rank": 2}]}
    differences = differing(
        unit("A", agreements=[]),
        unit("B", **FULL),
        unit("C", **FULL, **second),
        unit("D", **FULL, agreements=[AGREED | {"rank": None}]),
        unit("E", **FULL, **OWN),
        unit("F", **FULL, **second),
        unit("G", **FULL, genders=["man"]),
        companions=[],
    )
    found = [differences.unit(row) for row in differences.nearest(9)]
    assert found == ["E", "C", "F", "B", "D", "A"]
    assert len(differences.nearest(2)) == 2


@pytest.mark.parametrize(
    ("ended", "is_near"), [("2025-03-05", True), ("2025-03-04", False), ("2020-01-31", False)]
)
def test_agreement_that_ended_a_year_before_is_no_near_miss(ended: str, is_near: bool) -> None:
    old = AGREED | {"valid_from": "2019-02-01", "valid_to": ended}
    differences = differing(
        unit("A", agreements=[old]),
        unit("B", agreements=[old], genders=["man"]),
        unit("C", agreements=[old], direct_award={"vetted_from": "2026-04-01"}),
        unit("D", **FULL),
        companions=[],
    )
    found = {differences.unit(row) for row in differences.nearest(9)}
    assert found == ({"A", "C", "D"} if is_near else {"C", "D"})
    assert (differences.long_ago, len(differences.outcome.near)) == (0 if is_near else 1, 3)


def test_unit_is_found_by_its_code_within_the_service_only() -> None:
    other = {"id": "U0", "services": [{"service_type": "other"}]}
    differences = differing(other, unit("U1"))
    assert [differences.row(code) for code in ("U0", "U1", "U2")] == [None, 0, None]


def test_excluded_stand_near_misses_first_and_another_service_last() -> None:
    outcome = differing(
        {"id": "A", "services": [{"service_type": "other"}]},
        unit("B", **FULL, genders=["man"]),
        unit("C", **FULL),
        unit("D"),
        unit("E", genders=["man"]),
        unit("B2", permit={"required": True}),
        companions=[],
    ).outcome

    def ids(**chosen: Any) -> list[str]:
        return [outcome.register.ids[row] for row in excluded_rows(outcome, **chosen).tolist()]

    assert ids() == ["C", "E", "B2", "B", "A"]
    assert ids(near=True) == ["C", "E"]
    assert ids(reason=Reason.GENDER) == ["E", "B"]
    assert ids(reason=Reason.WRONG_SERVICE) == ["A"]
    assert ids(reason=Reason.AGE) == []
    assert ids(among=["A", "C", "D", "X"]) == ["C", "A"]
    assert [row_of_service(outcome, row) for row in range(6)] == [None, 0, 1, 2, 3, 4]


def stripped(candidate: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in candidate.items() if key not in keys}


@pytest.mark.parametrize(
    ("reason", "excluded"),
    [
        ("age", {"ages": [40, 64]}),
        ("need_not_met", {"needs_met": ["supervision"]}),
        ("need_refused", {"needs_refused": ["mobility"]}),
        ("too_far", {"location": {"municipality": "1480", "lat": 59.3, "lon": 18.0}}),
    ],
)
def test_excluded_unit_would_stand_as_it_does_when_nothing_excludes_it(
    reason: str, excluded: dict[str, Any]
) -> None:
    companions = {"companion_ages": [0, 17]}
    at = differing(unit("U1", **companions, **excluded))
    fits = differing(unit("U1", **companions)).outcome.to_dict()["rungs"][1]["candidates"][0]  # type: ignore[index]
    assert at.reasons(0) == (Reason(reason),)
    form, candidate = at.beside(0) or pytest.fail("no rung")
    varies = ("distance_km", "wished_met")
    assert (form, stripped(candidate, *varies)) == (
        ProvisionForm.FRAMEWORK,
        stripped(fits, *varies),
    )


def test_full_unit_would_stand_with_its_places_uncertain() -> None:
    at = differing(unit("U1", companion_ages=[0, 17], places={"total": 5, "occupied": 5}))
    _form, candidate = at.beside(0) or pytest.fail("no rung")
    assert (at.reasons(0), candidate["places_certain"]) == ((Reason.NO_FREE_PLACE,), False)


def test_stopped_unit_would_stand_nowhere() -> None:
    at = differing(unit("U1", ages=[40, 64], stops=[{"kind": "paused"}]), unit("U2", agreements=[]))
    assert [at.beside(row) for row in (0, 1)] == [None, None]


def test_unit_that_a_stop_leaves_a_higher_rung_would_stand_there() -> None:
    stop = {"kind": "recommendation_stop"}
    at = differing(unit("U1", ages=[40, 64], direct_award={}, stops=[stop]))
    form, _candidate = at.beside(0) or pytest.fail("no rung")
    assert form is ProvisionForm.FRAMEWORK


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False))
def test_unit_that_fits_stands_beside_as_the_very_candidate_that_it_is(random: Random) -> None:
    document, needs = Maker(random).case()
    register = Register.from_document(document, place="test")
    for asked in needs:
        need = Need.from_document(asked, place="test", service_types=register.provision_forms)
        differences = Differences(match(need, register))
        for rung in differences.outcome.to_dict("none")["rungs"]:  # type: ignore[attr-defined]
            for one in rung["candidates"]:
                row = differences.row(one["unit"])
                assert row is not None
                assert differences.beside(row) == (ProvisionForm(rung["provision_form"]), one)
