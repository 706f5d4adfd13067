import json
from collections import Counter
from datetime import date
from functools import cache
from typing import Any

import pytest

from providers.domain.exchange import Known, read_register
from providers.domain.register import Register
from spink.catalogue.actions import DATA
from spink.foundation.identity_numbers import organisation_number
from spink.sample import facts
from spink.sample.places import GOTEBORG, MEMBERS
from spink.sample.register.document import REGISTER_BEGINS
from spink.sample.register.occupancy import COUNTED, counted_places
from spink.sample.register.units import OWN_FORMS
from spink.sample.register.world import World, as_bytes, edition_days

DAY = date(2026, 3, 3)

CATALOGUE: list[dict[str, Any]] = json.loads((DATA / "service_types.json").read_bytes())
KNOWN = Known(
    subtypes={
        row["code"]: frozenset(subtype["code"] for subtype in row["subtypes"]) for row in CATALOGUE
    },
    needs=frozenset(facts.special_needs()),
)


@cache
def forms() -> dict[str, list[str]]:
    return {row["code"]: row["rungs"] for row in CATALOGUE}


@cache
def world(seed: int = 1, day: date = DAY) -> World:
    return World(seed=seed, day=day, forms=forms())


@cache
def document(day: date = DAY) -> dict[str, Any]:
    return world().document(day)


def framework_units(day: str, service: str, subtypes: set[str] | None = None) -> set[str]:
    return {
        unit["id"]
        for unit in document(date.fromisoformat(day))["units"]
        for one in unit.get("agreements", ())
        if one["provision_form"] == "framework"
        and one["service_type"] == service
        and one["valid_from"] <= day <= one["valid_to"]
        and (subtypes is None or set(one["subtypes"]) & subtypes)
    }


def test_register_same_seed_and_day_gives_the_same_bytes() -> None:
    again = World(seed=1, day=DAY, forms=forms())
    assert as_bytes(again.document()) == as_bytes(document())
    assert [as_bytes(one.document) for one in again.editions()] == [
        as_bytes(one.document) for one in world().editions()
    ]


def test_register_another_seed_gives_other_bytes() -> None:
    assert as_bytes(world(seed=2).document()) != as_bytes(document())


def test_register_has_the_size_of_the_real_one() -> None:
    assert 650 <= len(document()["units"]) <= 750


@pytest.mark.parametrize("day", edition_days(DAY))
def test_register_of_every_edition_is_a_register_that_can_be_matched(day: date) -> None:
    register = Register.from_document(document(day), place="sample")
    assert len(register.ids) == len(document(day)["units"])


def test_editions_add_up_to_the_document_of_the_last_day() -> None:
    units: dict[str, Any] = {}
    for edition in world().editions():
        units |= {unit["id"]: unit for unit in edition.document["units"]}
    assert units == {unit["id"]: unit for unit in document()["units"]}


def test_editions_are_dated_one_after_the_other() -> None:
    times = [edition.at for edition in world().editions()]
    assert times == sorted(set(times))
    assert times[0].date() == REGISTER_BEGINS
    assert times[-1].date() == DAY


@pytest.mark.parametrize(
    ("service", "subtypes"),
    [
        ("supported_social_housing", None),
        ("housing_first", None),
        ("treatment", {"arbetskooperativ"}),
        ("treatment", {"förstärkt familjehemsvård"}),
        ("treatment", {"behandlingshem (HVB)"}),
        ("treatment", {"öppenvård"}),
        ("special_service_housing", {"barn"}),
        ("special_service_housing", {"vuxna"}),
        ("short_term_stay", None),
        ("short_term_housing", None),
    ],
)
def test_register_has_as_many_contracts_as_published(
    service: str, subtypes: set[str] | None
) -> None:
    published = [
        row.contracts
        for row in facts.frameworks()
        if row.service_type == service and (subtypes is None or subtypes & set(row.lots))
    ]
    assert [len(framework_units("2024-06-01", service, subtypes))] == published


def test_register_has_goteborgs_own_units_of_supported_social_housing() -> None:
    own = [
        unit
        for unit in document()["units"]
        if unit.get("operated_by") == GOTEBORG
        and unit["services"][0]["service_type"] == "supported_social_housing"
    ]
    assert len(own) == 17


@pytest.mark.parametrize("form", OWN_FORMS, ids=lambda form: form.name)
def test_occupancy_of_own_units_is_the_published_one(form: Any) -> None:
    units = [unit for unit in world().units if unit.housing_form == form.name]
    found = counted_places(world().units, day=COUNTED, seed=1)
    places = [found[unit.code] for unit in units]
    published = facts.occupancy()[form.name]
    assert sum(one.total for one in places) == published.total
    assert sum(one.occupied for one in places) == published.occupied
    assert sum(one.unavailable for one in places) == published.unavailable


def test_agreements_that_ended_are_renewed() -> None:
    for service in ("supported_social_housing", "treatment", "short_term_housing", "foster_home"):
        assert framework_units("2026-03-03", service)


def test_renewal_of_2025_brought_a_reserved_lot_of_one_idea_based_supplier() -> None:
    units = framework_units("2025-04-01", "supported_social_housing", {"förstärkt kollektivt"})
    owners = {one["id"]: one["ownership"] for one in document()["providers"]}
    found = [owners[unit["provider"]] for unit in document()["units"] if unit["id"] in units]
    assert found == ["idea_based"]
    assert framework_units("2025-03-31", "supported_social_housing", {"förstärkt kollektivt"}) == (
        set()
    )


def test_ranks_of_a_lot_are_all_different() -> None:
    ranks = [
        (one["agreement"].rsplit("-", 1)[0], one.get("lot"), one["valid_from"], one["rank"])
        for unit in document()["units"]
        for one in unit.get("agreements", ())
        if one["provision_form"] == "framework"
    ]
    assert max(Counter(ranks).values()) == 1


def test_supported_social_housing_is_drug_free_in_two_of_three_units() -> None:
    said = [
        unit["drug_free"]
        for unit in document()["units"]
        if unit["services"][0]["service_type"] == "supported_social_housing"
    ]
    assert 0.55 <= sum(said) / len(said) <= 0.75


def test_needs_are_met_or_refused_and_never_both() -> None:
    for unit in document()["units"]:
        assert not set(unit.get("needs_met", ())) & set(unit.get("needs_refused", ()))


def test_needs_met_follow_the_published_columns() -> None:
    """Asked for often in one column, met oftener by its units than by those of the other."""
    met: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    count: Counter[bool] = Counter()
    for seed in (1, 2, 3):
        for unit in world(seed=seed).units:
            if unit.drug_free is not None:
                count[unit.drug_free] += 1
                met[unit.drug_free].update(unit.needs_met)
    for need in ("active_substance_use", "sober_since"):
        shares = facts.special_needs()[need]
        found = {free: met[free][need] / count[free] for free in (True, False)}
        assert (found[True] > found[False]) == (shares[True] > shares[False])


def test_protected_housing_has_neither_position_nor_address() -> None:
    for unit in document()["units"]:
        if unit["services"][0]["service_type"] == "protected_housing":
            assert set(unit["location"]) == {"municipality"}


def test_positions_lie_within_some_kilometres_of_their_place() -> None:
    for unit in world().units:
        latitude, longitude = unit.position
        assert abs(latitude - unit.place.latitude) * 111.2 <= unit.place.reach_km
        assert abs(longitude - unit.place.longitude) * 59.3 <= unit.place.reach_km


def test_every_member_municipality_has_own_units() -> None:
    assert {unit["operated_by"] for unit in document()["units"] if "operated_by" in unit} >= set(
        MEMBERS
    )


def test_providers_are_of_every_ownership_and_legal_form() -> None:
    providers = document()["providers"]
    assert {one["ownership"] for one in providers} == {
        "own_municipality",
        "other_municipality",
        "municipal_company",
        "idea_based",
        "private",
        "state",
    }
    assert {one["legal_form"] for one in providers} >= {
        "company",
        "trading_partnership",
        "economic_association",
        "association",
        "foundation",
        "sole_trader",
        "municipality",
        "state",
    }


def test_organisation_numbers_are_valid_and_of_no_series_in_use() -> None:
    numbers = [
        one["organisation_number"]
        for one in document()["providers"]
        if one.get("organisation_number")
    ]
    assert len(numbers) == len(set(numbers))
    for number in numbers:
        assert organisation_number(number) == number
        assert number.startswith("4")


def test_sole_traders_have_no_number() -> None:
    own = [one for one in document()["providers"] if one["legal_form"] == "sole_trader"]
    assert own
    assert [one for one in own if "organisation_number" in one] == []


@pytest.mark.parametrize("day", edition_days(DAY))
def test_every_document_is_a_register_file_without_faults(day: date) -> None:
    assert read_register(document(day), KNOWN)[1] == []


def test_contacts_are_invented() -> None:
    for one in [*document()["units"], *document()["providers"]]:
        assert one["email"].endswith(".example")
        assert one["phone"].startswith("031-390 06 ")


def test_a_few_stops_are_in_force_on_the_day() -> None:
    planned = [stop for unit in world().units for stop in unit.stops]
    in_force = [one for one in planned if one.lifted_at is None or one.lifted_at.date() > DAY]
    assert {stop.kind for stop in in_force} == {
        "order_stop",
        "paused",
        "recommendation_stop",
        "unpublished",
    }
    assert len(in_force) <= 0.04 * len(world().units)


def test_no_document_tells_of_stops_which_people_decide() -> None:
    assert [unit["id"] for unit in document()["units"] if "stops" in unit] == []


def test_applicants_come_into_the_register_before_they_are_vetted() -> None:
    let_in = {one.unit: one for one in world().applications if one.unit}
    assert len(let_in) == 9
    for day in edition_days(DAY):
        known = {one["id"]: one for one in document(day)["units"]}
        for code, application in let_in.items():
            assert (code in known) >= (day >= application.begun_on)
            if code in known:
                assert ("direct_award" in known[code]) == (day > application.decided_on)


def test_a_day_before_the_register_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="begins"):
        World(seed=1, day=REGISTER_BEGINS, forms=forms())
