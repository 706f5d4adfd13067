"""Classes of retention: set with dates and on record, never below what the law allows."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.domain.values import RetentionClass as CodesOfRequests
from spink.accounts.domain.roles import Role
from spink.catalogue.actions import load_catalogue
from spink.catalogue.models import RetentionClass, RetentionTerm
from spink.foundation.models import AuditEntry
from tests.factories.accounts import holding

pytestmark = pytest.mark.django_db

SET_AT_FIRST = [
    ("five_years", "years", 5, "years", 5),
    ("kept", "never", None, "never", None),
    ("attachments", "with_request", None, "with_request", None),
    ("messages", "with_request", None, "with_request", None),
    ("recommendations", "with_request", None, "with_request", None),
    ("access_log", "years", 5, "years", 5),
    ("audit_trail", "years", 5, "years", 10),
    ("process_deviations", "years", 2, "years", 5),
    ("control_vettings", "years", 4, "years", 10),
    ("control_reviews", "years", 4, "years", 10),
    ("control_offences", "years", 1, "years", 2),
    ("control_findings", "years", 2, "years", 5),
    ("control_complaints", "years", 2, "years", 5),
    ("control_visits", "years", 2, "years", 5),
    ("source_answers", "years", 1, "years", 2),
]


@pytest.fixture
def keeper() -> Client:
    load_catalogue()
    client = Client()
    client.force_login(holding(Role.ADMINISTRATOR))
    return client


def term_of(code: str) -> RetentionTerm:
    return RetentionTerm.objects.get(retention_class__code=code)


def sent(keeper: Client, term: RetentionTerm, **values: Any) -> Any:
    page = reverse("kept-retention-terms-row", args=[term.pk])
    seen = keeper.get(page).context["form"].initial["seen"]
    return keeper.post(page, {"disposal": "years", "seen": seen} | values)


def new_url(code: str) -> str:
    return reverse("kept-retention-terms-new", args=[RetentionClass.objects.get(code=code).pk])


def test_classes_are_loaded_once_with_their_lowest_values() -> None:
    load_catalogue()
    rows = RetentionTerm.objects.order_by("retention_class__position").values_list(
        "retention_class__code",
        "retention_class__least_disposal",
        "retention_class__least_years",
        "disposal",
        "years",
    )
    assert list(rows) == SET_AT_FIRST
    RetentionTerm.objects.filter(retention_class__code="audit_trail").update(years=20)
    load_catalogue()
    assert term_of("audit_trail").years == 20


def test_every_class_of_a_request_is_in_the_catalogue() -> None:
    load_catalogue()
    codes = set(RetentionClass.objects.values_list("code", flat=True))
    assert {code.value for code in CodesOfRequests} <= codes


def test_list_says_how_long_and_that_nothing_is_disposed_of_yet(keeper: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = keeper.get(reverse("kept-retention"))
    cells = {
        row.name: [str(value) for _label, value in row.cells] for row in answer.context["rows"]
    }
    assert cells["Åtkomstloggen"][:3] == ["Efter 5 år", "Dagen då raden skrevs", "Efter 5 år"]
    assert "Ingenting gallras ännu." in answer.content.decode()
    read = [one["sql"] for one in asked if 'FROM "catalogue_retention' in one["sql"]]
    assert len(read) == 3  # how many, the classes, and the terms of all of them


def test_longer_term_is_saved_and_on_record(keeper: Client) -> None:
    term = term_of("access_log")
    assert sent(keeper, term, years="7").status_code == 302
    entry = AuditEntry.objects.get(subject="retentionterm")
    assert entry.details == {"name": "Åtkomstloggen: Efter 7 år", "changed": {"years": [5, 7]}}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("five_years", {"years": "4"}),
        ("five_years", {"disposal": "with_request"}),
        ("kept", {"years": "100"}),
        ("messages", {"years": "5"}),
    ],
)
def test_term_below_the_lowest_is_refused_by_the_page(
    keeper: Client, code: str, values: dict[str, str]
) -> None:
    term = term_of(code)
    answer = sent(keeper, term, **values)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["disposal"])
    assert not AuditEntry.objects.filter(subject="retentionterm").exists()


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("five_years", {"years": 4}),
        ("kept", {"disposal": "years", "years": 100}),
        ("messages", {"disposal": "years", "years": 5}),
    ],
)
def test_term_below_the_lowest_is_refused_by_the_database(code: str, values: Any) -> None:
    load_catalogue()
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionTerm.objects.filter(retention_class__code=code).update(**values)


def test_years_are_given_where_they_are_counted_and_only_there(keeper: Client) -> None:
    term = term_of("access_log")
    assert sent(keeper, term, years="").status_code == 422
    assert sent(keeper, term, disposal="never", years="5").status_code == 422
    assert sent(keeper, term, disposal="never", years="").status_code == 302


def test_another_term_begins_when_the_first_has_ended(keeper: Client) -> None:
    given = {"disposal": "years", "years": "8", "valid_from": "2027-01-01"}
    assert keeper.post(new_url("access_log"), given).status_code == 422
    assert sent(keeper, term_of("access_log"), years="5", valid_to="2026-12-31").status_code == 302
    assert keeper.post(new_url("access_log"), given).status_code == 302
    held = RetentionClass.objects.get(code="access_log")
    terms = [held.term_on(day) for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert [term and term.years for term in terms] == [5, 8]


def test_two_terms_at_once_are_refused_by_the_database() -> None:
    load_catalogue()
    first = term_of("access_log")
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionTerm.objects.create(
            retention_class=first.retention_class,
            disposal="years",
            years=9,
            valid_from=date(2030, 1, 1),
        )


def test_classes_come_with_the_software_and_are_not_added_in_pages(keeper: Client) -> None:
    assert keeper.get("/administration/retention/new/").status_code == 404
