"""Export and import: lossless, checked whole, and never lifting a stop."""

import copy
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from providers.actions import BadRegisterFile, import_register
from providers.diary import changing_register
from providers.models import (
    Agreement,
    CareUnit,
    CareUnitAddress,
    CorporateGroup,
    Price,
    Provider,
    RegisterEdition,
    RegisterSetting,
    Stop,
)
from providers.queries import current_number, current_register, exported, loading
from spink.accounts.domain.roles import Role
from spink.catalogue.models import ServiceRung
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories.accounts import holding
from tests.support.register_edits import DAY, EDITOR, EDITS, apply, next_transaction

pytestmark = pytest.mark.django_db

IMPORTER = Actor.system("importer")

PLAIN: dict[str, Any] = {
    "instant": "2026-03-03",
    "places_horizon_days": 21,
    "provision_forms": {"short_term_housing": ["in_house", "framework", "direct_award"]},
    "units": [
        {
            "id": "U1",
            "name": "Byalagsgatan",
            "provider": "P1",
            "operated_by": "1480",
            "services": [
                {
                    "service_type": "short_term_housing",
                    "subtypes": ["fysiska funktionsnedsättningar"],
                }
            ],
            "ages": [18, 64],
            "genders": [],
            "needs_met": ["mobility"],
            "needs_refused": ["active_substance_use"],
            "places": {"total": 19, "occupied": 18, "unavailable": 1, "next_free_on": "2026-03-20"},
            "location": {"municipality": "1480", "lat": 57.68, "lon": 11.95},
            "in_house_rate": 2600,
        },
        {
            "id": "U2",
            "provider": "P2",
            "operated_by": None,
            "services": [{"service_type": "short_term_housing", "subtypes": []}],
            "ages": [18, None],
            "drug_free": True,
            "permit": {"required": True, "valid_from": "2024-01-01", "valid_to": None},
            "places": {"total": 10},
            "agreements": [
                {
                    "provision_form": "framework",
                    "parties": ["1480", "1481"],
                    "service_type": "short_term_housing",
                    "subtypes": [],
                    "valid_from": "2025-02-01",
                    "valid_to": "2029-01-31",
                    "rank": 3,
                    "rate": 2950.5,
                }
            ],
        },
        {
            "id": "U3",
            "companion_ages": [None, 17],
            "services": [{"service_type": "protected_housing"}],
            "location": {"municipality": "1481", "lat": 57.1, "lon": 11.9},
            "direct_award": {"vetted_from": "2026-01-10", "rate": 3400, "rate_unit": "day"},
            "stops": [{"kind": "recommendation_stop", "from": "2026-02-01", "to": None}],
        },
        {"id": "U4"},
    ],
}


def taken(document: object, by: Actor = IMPORTER) -> None:
    import_register(document=document, by=by)
    next_transaction()


def text_of_the_register() -> str:
    return json.dumps(exported(current_number(), DAY), ensure_ascii=False)


def empty_the_register() -> None:
    with changing_register(by=EDITOR):
        for model in (CareUnit, Agreement, Provider, CorporateGroup, RegisterSetting):
            model.objects.all().delete()
    next_transaction()


def unit(number: int, **values: object) -> dict[str, Any]:
    document = copy.deepcopy(PLAIN)
    document["units"][number] |= values
    return document


def test_a_plain_file_gives_the_units_that_it_says(catalogue: None) -> None:
    taken(PLAIN)
    units = loading.load(DAY).units
    assert units["U1"] == {
        **PLAIN["units"][0],
        "name": "Byalagsgatan",
    }
    agreement = PLAIN["units"][1]["agreements"][0]
    assert units["U2"]["agreements"] == [
        {"agreement": "U2#1", **agreement, "rate_unit": "day"},
    ]
    assert units["U2"]["ages"] == [18, None]
    assert units["U3"]["companion_ages"] == [None, 17]
    assert units["U3"]["location"] == {"municipality": "1481"}
    assert [provider.name for provider in Provider.objects.order_by("code")] == [
        "P1",
        "P2",
        "U3",
        "U4",
    ]
    assert current_register().places_horizon_days == 21


def test_companions_of_every_age_are_not_those_of_the_units_own_ages(catalogue: None) -> None:
    taken(unit(0, companion_ages=[None, None]))
    assert loading.load(DAY).units["U1"]["companion_ages"] == [0, None]
    taken(unit(0, companion_ages=None))
    assert "companion_ages" not in loading.load(DAY).units["U1"]


def test_an_import_is_one_number_and_the_same_file_again_none(catalogue: None) -> None:
    before = current_number()
    taken(PLAIN)
    assert current_number() == before + 1
    edition = RegisterEdition.objects.get(number=before + 1)
    assert edition.actor == IMPORTER.as_dict()
    taken(PLAIN)
    assert current_number() == before + 1


def test_an_export_of_an_import_is_the_same_text(catalogue: None) -> None:
    taken(PLAIN)
    text = text_of_the_register()
    empty_the_register()
    taken(json.loads(text))
    assert text_of_the_register() == text


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 1000)), min_size=10, max_size=40
    )
)
def test_any_register_is_exported_and_imported_without_loss(catalogue: None, steps: list) -> None:
    with transaction.atomic():
        for edit, seed in steps:
            apply(edit, seed)
        text = text_of_the_register()
        next_transaction()
        empty_the_register()
        taken(json.loads(text))
        assert text_of_the_register() == text
        transaction.set_rollback(True)


def test_units_that_a_file_does_not_name_stay_as_they_are(catalogue: None) -> None:
    taken(PLAIN)
    before = loading.load(DAY).units
    taken({**PLAIN, "units": [{"id": "U4", "ages": [0, 5]}]})
    after = loading.load(DAY).units
    assert after.pop("U4")["ages"] == [0, 5]
    assert before.keys() - after.keys() == {"U4"}
    assert after == {code: unit for code, unit in before.items() if code != "U4"}


def test_further_keys_that_a_file_does_not_name_stay_as_they_are(catalogue: None) -> None:
    taken(unit(0, phone="031-1", methods=["MI"], address={"street": "Storgatan 1"}))
    taken(unit(0, phone=None))
    found = CareUnit.objects.get(code="U1")
    assert (found.phone, found.methods, found.address.street) == ("", ["MI"], "Storgatan 1")


def test_an_import_never_lifts_a_stop(catalogue: None) -> None:
    taken(PLAIN)
    taken(unit(2, stops=[]))
    assert loading.load(DAY).units["U3"]["stops"][0]["kind"] == "recommendation_stop"


def test_an_import_never_makes_a_stop_narrower(catalogue: None) -> None:
    taken(PLAIN)
    text = json.loads(text_of_the_register())
    text["stops"][0] |= {"from": "2026-02-10", "to": "2026-02-20"}
    text["units"][2]["stops"][0] |= {"from": "2026-02-10", "to": "2026-02-20"}
    taken(text)
    stop = Stop.objects.get()
    assert (stop.valid_from, stop.valid_to) == (date(2026, 2, 1), None)
    text["stops"][0] |= {"from": "2026-01-10", "to": "2026-02-20"}
    taken(text, by=holding(Role.QUALITY_CONTROLLER).actor)
    assert Stop.objects.get().valid_from == date(2026, 1, 10)


def test_a_stop_that_was_ended_is_not_ended_once_more_nor_begun_anew(catalogue: None) -> None:
    taken(PLAIN)
    with changing_register(by=EDITOR):
        Stop.objects.update(ended_at=clock.now(), ended_by="Karin")
    next_transaction()
    before = current_number()
    taken(PLAIN)
    assert current_number() == before
    assert "stops" not in loading.load(DAY).units["U3"]


def test_a_stop_of_a_group_that_a_file_leaves_out_stays_on_the_unit(catalogue: None) -> None:
    stop = {
        "kind": "paused",
        "on": "group",
        "reference": "5f0c6b0e-0000-4000-8000-000000000001",
    }
    taken(unit(3, stops=[stop]))
    kept = Stop.objects.get(unit__code="U4")
    assert (kept.kind, str(kept.reference) == stop["reference"]) == ("paused", False)


def test_an_import_that_says_another_period_changes_the_agreement(catalogue: None) -> None:
    taken(PLAIN)
    document = copy.deepcopy(PLAIN)
    document["units"][1]["agreements"][0]["valid_to"] = "2027-01-31"
    taken(document)
    assert Agreement.objects.get(code="U2#1").valid_to == date(2027, 1, 31)


def test_dated_prices_become_periods_and_prices_again(catalogue: None) -> None:
    taken(PLAIN)
    with changing_register(by=EDITOR):
        place = Price.objects.get().agreement_unit
        Price.objects.create(agreement_unit=place, valid_from=date(2026, 2, 1), rate=3050)
    entries = loading.load(DAY).units["U2"]["agreements"]
    assert [
        (entry["valid_from"], entry["valid_to"], entry["rate"], entry.get("rate_from"))
        for entry in entries
    ] == [
        ("2025-02-01", "2026-01-31", 2950.5, None),
        ("2026-02-01", "2029-01-31", 3050, "2026-02-01"),
    ]
    next_transaction()
    before = current_number()
    taken(json.loads(text_of_the_register()))
    assert (current_number(), Price.objects.count()) == (before, 2)


def test_rungs_belong_to_the_catalogue_and_are_not_imported(catalogue: None) -> None:
    before = ServiceRung.objects.count()
    taken({**PLAIN, "provision_forms": {}})
    assert ServiceRung.objects.count() == before


def test_no_address_of_protected_housing_is_taken(catalogue: None) -> None:
    taken(unit(2, address={"street": "Hemliga gatan 1"}))
    assert not CareUnitAddress.objects.exists()
    assert "Hemliga" not in text_of_the_register()


AGREEMENT = PLAIN["units"][1]["agreements"][0]
BAD = [
    ([], "must be an object"),
    ({**PLAIN, "units": 7}, "units: must be a list"),
    ({**PLAIN, "instant": "2026-02-30"}, "instant: must be a date (YYYY-MM-DD)"),
    ({**PLAIN, "places_horizon_days": -1}, "places_horizon_days: must be a whole number from 0"),
    ({**PLAIN, "units": [7]}, "units[0]: must be an object"),
    (
        {**PLAIN, "units": [{"id": "A"}, {"id": "A"}]},
        "units[1]: id: is the id of another entry too",
    ),
    ({**PLAIN, "units": [{}]}, "units[0]: id: is missing"),
    (unit(0, id=" "), "units[0]: id: is empty"),
    (unit(0, id="x" * 61), "units[0]: id: is longer than 60 characters"),
    (unit(0, ages=[-3, 5]), "units[0]: ages[0]: must be a whole number from 0"),
    (unit(0, ages=[20, 5]), "units[0]: ages: ends before it begins"),
    (unit(0, ages=[40_000, None]), "units[0]: ages: is more than 32767"),
    (unit(0, genders=["kvinna"]), "units[0]: genders[0]: is not known"),
    (unit(0, needs_met=["flying"]), "units[0]: needs_met: flying is no need of the catalogue"),
    (unit(0, operated_by="148"), "units[0]: operated_by: must be a municipality's code"),
    (unit(0, in_house_rate=1.005), "units[0]: in_house_rate: must be kronor with at most two"),
    (unit(0, open_from="2026-02-02", open_to="2026-02-01"), "units[0]: open_to: ends before it"),
    (unit(0, location={"lat": 91, "lon": 0}), "units[0]: location.lat: must be degrees"),
    (unit(0, places={"total": "many"}), "units[0]: places.total: must be a whole number from 0"),
    (unit(0, places={"confirmed_at": "2026-01-01T08:00:00Z"}), "units[0]: places.confirmed_by: "),
    (unit(0, permit={"valid_from": 7}), "units[0]: permit.valid_from: must be a date"),
    (unit(0, phone=7), "units[0]: phone: must be a text"),
    (
        unit(0, services=[{"service_type": "surfing"}]),
        "units[0]: services[0].service_type: surfing is no service of the catalogue",
    ),
    (
        unit(0, services=[{"service_type": "short_term_housing", "subtypes": ["akut"]}]),
        "units[0]: services[0].subtypes: akut is no subtype of the catalogue",
    ),
    (
        unit(1, agreements=[{**AGREEMENT, "parties": ["Ale"]}]),
        "units[1]: agreements[0].parties[0]: must be a municipality's code of four digits",
    ),
    (
        unit(1, agreements=[{**AGREEMENT, "rate_from": "2026-01-01"}]),
        "units[1]: agreements: the periods in U2#1 do not follow from its own and from rate_from",
    ),
    (
        unit(1, agreements=[{**AGREEMENT, "agreement": "A", "rate_from": "2025-01-01"}] * 2),
        "units[1]: agreements: two rates in A are from the same day",
    ),
    (
        {**unit(1, agreements=[{**AGREEMENT, "agreement": "A"}]), "agreements": [{"id": "A"}]},
        "units[1]: agreements[0].lot:  is no lot of A",
    ),
    (
        {**PLAIN, "providers": [{"id": "P1", "organisation_number": "5560360794"}]},
        "providers[0]: organisation_number: is no organisation number (checksum)",
    ),
    (
        {
            **PLAIN,
            "providers": [{"id": "P1", "legal_form": "sole_trader", "organisation_number": "1"}],
        },
        "providers[0]: organisation_number: of a sole trader is personal",
    ),
    ({**PLAIN, "providers": [{"id": "P1", "group": "G"}]}, "providers[0]: group: G is not known"),
    ({**PLAIN, "stops": [{"kind": "paused"}]}, "stops[0]: unit: is on exactly one unit"),
    (
        {**PLAIN, "stops": [{"unit": "U1", "reference": "7"}]},
        "stops[0]: reference: must be a UUID",
    ),
    (unit(0, stops=[{"from": "x"}]), "units[0]: stops[0].from: must be a date"),
]


@pytest.mark.parametrize(("document", "fault"), BAD, ids=[fault for _, fault in BAD])
def test_a_bad_entry_is_named_with_place_field_and_reason(
    catalogue: None, document: object, fault: str
) -> None:
    before = current_number()
    with pytest.raises(BadRegisterFile) as caught:
        import_register(document=document, by=IMPORTER)
    assert [str(found)[: len(fault)] for found in caught.value.faults] == [fault]
    assert (current_number(), CareUnit.objects.count()) == (before, 0)


def test_every_bad_entry_is_reported(catalogue: None) -> None:
    document = copy.deepcopy(PLAIN)
    document["units"][0]["ages"] = [-1, 5]
    document["units"][0]["drug_free"] = "no"
    document["units"][1]["agreements"][0]["rate"] = -5
    document["units"][3]["places"] = []
    with pytest.raises(BadRegisterFile) as caught:
        import_register(document=document, by=IMPORTER)
    assert [(fault.place, fault.field) for fault in caught.value.faults] == [
        ("units[0]", "ages[0]"),
        ("units[0]", "drug_free"),
        ("units[1]", "agreements[0].rate"),
        ("units[3]", "places"),
    ]


def test_the_commands_export_and_import(catalogue: None, tmp_path: Path) -> None:
    taken(PLAIN)
    file = tmp_path / "register.json"
    call_command("export_register", out=file)
    assert [one["id"] for one in json.loads(file.read_text())["units"]] == ["U1", "U2", "U3", "U4"]
    out = StringIO()
    call_command("import_register", file, dry_run=True, stdout=out)
    assert out.getvalue() == f"{file}: 4 units, nothing wrong, nothing written\n"
    call_command("export_register", as_of="2020-01-01", stdout=(earlier := StringIO()))
    assert json.loads(earlier.getvalue())["units"] == []


def test_the_command_ends_with_two_and_a_line_a_fault(
    catalogue: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(json.dumps({**PLAIN, "units": [{"id": "A", "ages": 7}, {"id": ""}]}))
    with pytest.raises(SystemExit) as ended:
        call_command("import_register", file, no_color=True)
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines() == [
        f"{file}: units[0]: ages: must be a list of two bounds",
        f"{file}: units[1]: id: is empty",
    ]


@pytest.mark.parametrize("text", ["{", "{'a': 1}", '{"places_horizon_days": NaN}'])
def test_a_file_that_is_no_json_is_one_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text)
    with pytest.raises(CommandError, match="is not JSON") as ended:
        call_command("import_register", file)
    assert ended.value.returncode == 2


def test_nobody_imports_in_the_name_of_a_stranger(tmp_path: Path) -> None:
    file = tmp_path / "register.json"
    file.write_text(json.dumps(PLAIN))
    with pytest.raises(CommandError, match="no active user has that name"):
        call_command("import_register", file, by="nobody")
