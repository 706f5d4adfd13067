"""The register through the API: found as on its pages, and nothing told that they do not tell."""

from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse

from providers.diary import changing_register
from providers.models import CareUnit, CareUnitAddress, LegalForm, StopKind
from spink.accounts.domain.roles import Role
from spink.foundation import clock
from tests.factories import providers as made
from tests.factories.accounts import MunicipalityFactory, holding
from tests.integration.placements.placing.conftest import logged_in
from tests.support.api_clients import Calling, problem
from tests.support.small_world import DIRECT, FRAMEWORK, OWN

pytestmark = pytest.mark.django_db

WHY = {"reason_code": "Kanarieskäl", "decided_by": "Kanariebeslutare"}
WHOM = {
    "contact_person": "Kanariekontakt",
    "phone": "031-99 88 77",
    "email": "kanarie@vard.example",
}


def codes(answer: HttpResponse) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [row["code"] for row in answer.json()["results"]]  # type: ignore[attr-defined]


def shelter(**given: Any) -> CareUnit:
    """Protected housing that Göteborg runs in Mölndal."""
    unit: CareUnit = made.CareUnitFactory(
        code="skydd/1",
        name="Lugna vrån",
        municipality="1481",
        district="Kanariestaden",
        operated_by="1480",
        in_house_rate=4321,
        unit_director="Kanarieföreståndare",
        places_confirmed_by="Kanarieräknare",
        places_confirmed_at=clock.now(),
        **WHOM,
        **given,
    )
    made.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    return unit


def test_units_are_found_in_the_order_of_the_page_and_by_the_same_filters(
    caller: Calling,
) -> None:
    for name in ("Ödegård", "Zinken", "åkern"):
        made.CareUnitServiceFactory(unit__name=name, service_type_id="foster_home")
    page = logged_in(holding(Role.CONTROLLER))
    for asked in (
        {},
        {"q": "ekhagen"},
        {"service": "short_term_housing", "rung": "framework", "buyer": "1481"},
        {"free": "yes", "age": "34", "stop": "none"},
        {"need": "supervision"},
        {"rung": "in_house"},
        {"permit": "soon"},
    ):
        rows = page.get("/register/units/", asked).context["rows"]
        assert codes(caller.get("care-units", **asked)) == [row.code for row in rows]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ({"rung": "first"}, "rung"),
        ({"age": "old"}, "age"),
        ({"free": "no"}, "free"),
        ({"kommun": "1480"}, "kommun"),
    ],
)
def test_what_no_unit_can_be_asked_for_is_refused(
    caller: Calling, query: dict[str, str], name: str
) -> None:
    answer = caller.get("care-units", **query)
    assert answer.status_code == 400
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [name]  # type: ignore[attr-defined]


def test_unit_is_told_with_its_agreements_prices_and_stops(caller: Calling) -> None:
    unit = CareUnit.objects.get(code=FRAMEWORK)
    made.StopFactory(unit=None, provider=unit.provider, kind=StopKind.ORDER_STOP)
    with changing_register(by=made.TESTS):
        CareUnitAddress.objects.create(unit=unit, street="Gatan 1", city="Göteborg")
    told = caller.get(f"care-units/{FRAMEWORK}").json()  # type: ignore[attr-defined]
    (agreed,) = told["agreements"]
    assert (agreed["parties"], agreed["prices"]) == (
        ["1480", "1481"],
        [{"rate": "2950.00", "rate_unit": "day", "valid_from": "2025-03-01"}],
    )
    assert (told["municipality"], told["street"], told["places_free"]) == ("1480", "Gatan 1", 3)
    assert told["stops"] == [
        {
            "kind": "order_stop",
            "closes": ["framework", "direct_award"],
            "valid_from": None,
            "valid_to": None,
        }
    ]
    vetted = caller.get(f"care-units/{DIRECT}", fields="direct_award").json()  # type: ignore[attr-defined]
    assert vetted["direct_award"]["rate"] == "3400.00"


def test_nothing_tells_where_protected_housing_lies_whom_to_call_or_why_it_is_stopped(
    caller: Calling,
) -> None:
    MunicipalityFactory(code="1481", name="Mölndal")
    unit = shelter(provider__code="kvinnofrid", provider__contact_person="Kanarieägare")
    made.StopFactory(unit=unit, decided_at=clock.now(), **WHY)
    hidden = ("municipality", "district", "operated_by", "latitude", "street", "in_house_rate")
    told = caller.get("care-units/skydd%2F1").json()  # type: ignore[attr-defined]
    assert [told[name] for name in hidden] == [None] * len(hidden)
    assert [one["kind"] for one in told["stops"]] == ["recommendation_stop"]
    answers = [
        caller.get("care-units", service="protected_housing"),
        caller.get("care-units/skydd%2F1"),
        caller.get("providers"),
        caller.get("providers/kvinnofrid"),
        caller.get("stops-in-force"),
    ]
    said = "".join(answer.content.decode() for answer in answers)
    secrets = ("anarie", "4321", "1481", "Mölndal", *WHOM.values())
    assert [secret for secret in secrets if secret in said] == []
    assert codes(answers[0]) == ["skydd/1"]
    for searched in (
        {"municipality": "1481"},
        {"rung": "in_house", "buyer": "1480", "service": "protected_housing"},
        {"q": "Kanariestaden"},
    ):
        assert codes(caller.get("care-units", **searched)) == []


def test_number_of_a_sole_trader_is_not_told(caller: Calling) -> None:
    number = "5560360793"
    made.ProviderFactory(code="firma", legal_form=LegalForm.SOLE_TRADER, personal_number=number)
    made.ProviderFactory(code="bolag", organisation_number="5592805898")
    told = caller.get("providers", legal_form="sole_trader")
    assert (codes(told), number in told.content.decode()) == (["firma"], False)
    assert caller.get("providers/firma").json()["organisation_number"] is None  # type: ignore[attr-defined]
    assert codes(caller.get("providers", q="559280-5898")) == ["bolag"]


def test_stops_in_force_are_told_and_found_by_whom_they_reach(caller: Calling) -> None:
    group = made.CorporateGroupFactory(code="koncern")
    unit = made.CareUnitFactory(code="U-1", provider__code="P-1", provider__group=group)
    today = clock.today()
    made.StopFactory(unit=unit, kind=StopKind.PAUSED, valid_from=today)
    made.StopFactory(unit=None, group=group, kind=StopKind.ORDER_STOP, valid_to=today)
    made.StopFactory(unit=unit, valid_to=today - timedelta(days=1))
    made.StopFactory(unit=unit, valid_from=today + timedelta(days=1))
    made.StopFactory(unit__code="U-2", kind=StopKind.UNPUBLISHED)

    def found(**asked: str) -> list[tuple[str, Any]]:
        rows = caller.get("stops-in-force", **asked).json()["results"]  # type: ignore[attr-defined]
        return [(row["kind"], row["unit"] or row["provider"] or row["group"]) for row in rows]

    both = [("paused", "U-1"), ("order_stop", "koncern")]
    assert sorted(found()) == sorted([*both, ("unpublished", "U-2")])
    assert (found(unit="U-1"), found(provider="P-1")) == (both, both)
    assert (found(unit="U-2"), found(unit=OWN)) == ([("unpublished", "U-2")], [])


@pytest.mark.parametrize("path", ["care-units/nothing", "providers/%00", "care-units/%00"])
def test_what_the_register_does_not_have_is_not_found(caller: Calling, path: str) -> None:
    assert problem(caller.get(path)) == (404, "not-found")


def test_fields_are_taken_as_a_list_and_as_several(caller: Calling) -> None:
    short = caller.get("care-units", q="Ekhagen", fields="code,name").json()["results"]  # type: ignore[attr-defined]
    several = caller.get("care-units", q="Ekhagen", fields=["code", "name"]).json()["results"]  # type: ignore[attr-defined]
    assert short == several == [{"code": FRAMEWORK, "name": "Ekhagen"}]
