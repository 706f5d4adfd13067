"""What administrators keep in pages: lists, new rows, changes, ends, and all of it on record."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spink.accounts.actions import end_api_client
from spink.accounts.domain.roles import Role
from spink.accounts.models import Department, TeamService, Unit, User
from spink.accounts.web.keeping.kept import all_kept
from spink.catalogue.actions import load_catalogue
from spink.catalogue.models import CodedReason, ServiceRung, ServiceType, SpecialNeed
from spink.foundation.models import AuditEntry
from tests.factories.accounts import (
    DepartmentFactory,
    MunicipalityFactory,
    PlacementTeamFactory,
    TeamServiceFactory,
    UnitFactory,
    holding,
)
from tests.support.api_clients import OPERATIONS, calling

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return holding(Role.ADMINISTRATOR)


@pytest.fixture
def keeper(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page_of(row: Any) -> str:
    slug = next(kept.slug for kept in all_kept() if kept.model is type(row))
    return reverse(f"kept-{slug}-row", args=[row.pk])


def seen_on(keeper: Client, row: Any) -> str:
    return str(keeper.get(page_of(row)).context["form"].initial["seen"])


LISTS = [kept for kept in all_kept() if not kept.parent]


@pytest.mark.parametrize("kept", LISTS, ids=lambda kept: kept.slug)
def test_list_takes_as_many_queries_for_many_rows_as_for_few(keeper: Client, kept: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert keeper.get(kept.url).status_code == 200
        return len(asked)

    load_catalogue()
    few = DepartmentFactory(), PlacementTeamFactory()
    keeper.get(kept.url)
    before = queries()
    for number in range(12):
        place = MunicipalityFactory(code=f"99{number:02}")
        DepartmentFactory(municipality=place)
        SpecialNeed.objects.create(code=f"need-{number}", name_sv="Behov")
    assert queries() == before
    assert few


def test_new_unit_stands_on_its_departments_page_and_on_record(keeper: Client) -> None:
    department = DepartmentFactory(name="Centrum")
    answer = keeper.post(
        reverse("kept-units-new", args=[department.pk]), {"name": "Vuxen 1"}, follow=True
    )
    assert answer.redirect_chain == [(page_of(department), 302)]
    unit = Unit.objects.get()
    assert (unit.department, unit.name) == (department, "Vuxen 1")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.subject_id) == ("unit_added", "unit", str(unit.pk))
    assert entry.details == {
        "name": "Vuxen 1",
        "changed": {"department": [None, "Centrum"], "name": [None, "Vuxen 1"]},
    }


def test_change_is_on_record_from_what_to_what(keeper: Client, administrator: User) -> None:
    department = DepartmentFactory(name="Centrum", short_name="C")
    sent = {
        "name": "Centrum",
        "short_name": "Ce",
        "valid_to": "",
        "seen": seen_on(keeper, department),
    }
    assert keeper.post(page_of(department), sent).status_code == 302
    entry = AuditEntry.objects.get()
    assert entry.actor_id == str(administrator.pk)
    assert entry.details == {"name": "Centrum", "changed": {"short_name": ["C", "Ce"]}}
    told = keeper.get(page_of(department)).context["history"]
    assert [(one.step, one.differences[0].before, one.differences[0].after) for one in told] == [
        ("Ändrades", "C", "Ce")
    ]


def test_nothing_changed_is_not_on_record(keeper: Client) -> None:
    department = DepartmentFactory(name="Centrum", short_name="C")
    sent = {"name": "Centrum", "short_name": "C", "seen": seen_on(keeper, department)}
    assert keeper.post(page_of(department), sent).status_code == 302
    assert not AuditEntry.objects.exists()


def test_row_that_somebody_else_has_changed_is_not_saved_over(keeper: Client) -> None:
    department = DepartmentFactory(name="Centrum", short_name="C")
    seen = seen_on(keeper, department)
    Department.objects.update(name="Centrum och Väster")
    sent = {"name": "Centrum", "short_name": "Ce", "seen": seen}
    answer = keeper.post(page_of(department), sent)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert (form["name"].value(), form["short_name"].value()) == ("Centrum", "Ce")
    assert [(str(label), value) for label, value in answer.context["meanwhile"]] == [
        ("Namn", "Centrum och Väster"),
        ("Kortnamn", "C"),
    ]
    department.refresh_from_db()
    assert department.name == "Centrum och Väster"
    again = keeper.post(page_of(department), sent | {"seen": form["seen"].value()})
    assert again.status_code == 302
    department.refresh_from_db()
    assert (department.name, department.short_name) == ("Centrum", "Ce")


def test_form_without_what_was_seen_is_outdated(keeper: Client) -> None:
    department = DepartmentFactory()
    sent = {"name": "Annat", "short_name": "A"}
    assert keeper.post(page_of(department), sent).status_code == 409


def test_code_of_a_row_is_never_changed(keeper: Client) -> None:
    need = SpecialNeed.objects.create(code="mobility", name_sv="Rörelse")
    sent = {"code": "other", "name_sv": "Rörelse", "name_en": "Mobility", "position": "0"}
    sent["seen"] = seen_on(keeper, need)
    assert keeper.post(page_of(need), sent).status_code == 302
    need.refresh_from_db()
    assert (need.code, need.name_en) == ("mobility", "Mobility")


def test_name_in_english_is_asked_for(keeper: Client) -> None:
    sent = {"code": "mobility", "name_sv": "Rörelse", "position": "0"}
    answer = keeper.post(reverse("kept-needs-new"), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name_en"])


def test_reason_dated_ahead_is_to_come_and_not_to_choose_yet(keeper: Client) -> None:
    sent = {
        "kind": "stop",
        "code": "fire",
        "name_sv": "Brand",
        "name_en": "Fire",
        "position": "1",
        "valid_from": "2999-01-01",
    }
    assert keeper.post(reverse("kept-reasons-new"), sent).status_code == 302
    made = CodedReason.objects.get()
    assert list(CodedReason.objects.on(date(2998, 12, 31))) == []
    assert list(CodedReason.objects.on(date(2999, 1, 1))) == [made]
    rows = keeper.get(reverse("kept-reasons"), {"when": "later"}).context["rows"]
    assert [(row.name, row.word) for row in rows] == [("Brand", "Från 1 januari 2999")]
    assert keeper.get(reverse("kept-reasons"), {"when": "now"}).context["rows"] == []


def test_same_code_twice_is_said_at_the_field(keeper: Client) -> None:
    SpecialNeed.objects.create(code="mobility", name_sv="Rörelse")
    sent = {"code": "mobility", "name_sv": "R", "name_en": "M", "position": "0"}
    answer = keeper.post(reverse("kept-needs-new"), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])
    assert not AuditEntry.objects.exists()


def test_same_name_in_one_department_is_refused(keeper: Client) -> None:
    unit = UnitFactory(name="Vuxen 1")
    answer = keeper.post(reverse("kept-units-new", args=[unit.department_id]), {"name": "Vuxen 1"})
    assert answer.status_code == 422
    assert Unit.objects.count() == 1


def test_end_before_the_beginning_is_refused(keeper: Client) -> None:
    sent = {"code": "mobility", "name_sv": "R", "name_en": "M", "position": "0"}
    sent |= {"valid_from": "2025-02-01", "valid_to": "2025-01-01"}
    assert keeper.post(reverse("kept-needs-new"), sent).status_code == 422
    assert not SpecialNeed.objects.exists()


def test_unit_does_not_end_before_the_roles_and_clients_in_it(keeper: Client) -> None:
    unit = UnitFactory()
    worker = holding(Role.SOCIAL_WORKER, unit=unit)
    sent = {"name": unit.name, "valid_to": "2025-06-30", "seen": seen_on(keeper, unit)}
    answer = keeper.post(page_of(unit), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["valid_to"])
    worker.role_assignments.update(valid_to=date(2025, 6, 30))
    client = calling(unit).client
    assert keeper.post(page_of(unit), sent).status_code == 422
    end_api_client(client_id=client.pk, by=OPERATIONS)
    assert keeper.post(page_of(unit), sent).status_code == 302


def test_department_does_not_end_before_its_units_nor_a_unit_after_it(keeper: Client) -> None:
    unit = UnitFactory()
    department = unit.department
    sent = {"name": department.name, "short_name": "D", "valid_to": "2025-06-30"}
    sent["seen"] = seen_on(keeper, department)
    assert keeper.post(page_of(department), sent).status_code == 422
    Unit.objects.update(valid_to=date(2025, 6, 30))
    assert keeper.post(page_of(department), sent).status_code == 302
    unit.refresh_from_db()
    longer = {"name": unit.name, "valid_to": "2025-07-01", "seen": seen_on(keeper, unit)}
    assert keeper.post(page_of(unit), longer).status_code == 422


def test_service_is_taken_by_one_team_at_a_time(keeper: Client) -> None:
    load_catalogue()
    taken = TeamServiceFactory()
    other = PlacementTeamFactory(function=taken.team.function, code="barn", name="Team barn")
    address = reverse("kept-team-services-new", args=[other.pk])
    sent = {"service_type": taken.service_type, "valid_from": "2025-01-01"}
    assert keeper.post(address, sent).status_code == 422
    TeamService.objects.update(valid_to=date(2024, 12, 31))
    assert keeper.post(address, sent).status_code == 302
    assert TeamService.objects.filter(team=other).count() == 1


def test_rung_is_written_in_the_registers_diary(keeper: Client, administrator: User) -> None:
    from django.apps import apps

    service = ServiceType.objects.create(code="a-service", name_sv="En insats", area="vuxen")
    address = reverse("kept-rungs-new", args=[service.pk])
    assert keeper.post(address, {"provision_form": "iop"}).status_code == 302
    assert ServiceRung.objects.get().provision_form == "iop"
    assert keeper.post(address, {"provision_form": "iop"}).status_code == 422
    change = apps.get_model("providers", "RegisterChange").objects.get()
    assert change.table_name == "catalogue_servicerung"
    edition = apps.get_model("providers", "RegisterEdition").objects.get()
    assert edition.actor["id"] == str(administrator.pk)


@pytest.mark.parametrize("address", ["/administration/needs/9999/", "/administration/needs/x/"])
def test_row_that_is_not_there_is_not_found(keeper: Client, address: str) -> None:
    assert keeper.get(address).status_code == 404


@pytest.mark.parametrize("parent", ["9999", "x"])
def test_new_row_of_a_parent_that_is_not_there_is_not_found(keeper: Client, parent: str) -> None:
    assert keeper.get(f"/administration/departments/{parent}/units/new/").status_code == 404
