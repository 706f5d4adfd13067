"""Complaints: filed by a unit, handled by quality and control, followed by the unit alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.models import Complaint, ComplaintEntry, Finding
from providers.notices import tell_filer
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import AccessEntry, User
from spink.foundation import clock
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.conftest import MORNING
from tests.factories import providers as made
from tests.factories.accounts import UnitFactory, holding, place_of
from tests.factories.control import ComplaintFactory
from tests.factories.placements import (
    PlacementRequestFactory,
    RecommendationFactory,
    RecommendedUnitFactory,
)
from tests.integration.providers.test_register_pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]

LIST, OWN = "/control/complaints/", "/complaints/"
TEXT = "Ingen dokumentation har kommit på tre veckor."
QUERIES, OWN_QUERIES = 20, 9


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")


@pytest.fixture
def quality(siv: User) -> Client:
    return client_of(siv)


@pytest.fixture
def alma() -> User:
    return holding(
        Role.SOCIAL_WORKER, unit=UnitFactory(), first_name="Alma", email="alma@example.se"
    )


def seen(read: Callable[[], Any]) -> Any:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        return read()


def stored(**given: Any) -> Complaint:
    return seen(lambda: Complaint.objects.get(**given))


def unit_of(user: User) -> Any:
    return user.role_assignments.get().unit


def sent(**given: Any) -> dict[str, Any]:
    return {"key": uuid4(), "category": "documentation", "text": TEXT, **given}


def step(client: Client, complaint: Complaint, name: str, **given: Any) -> Any:
    version = stored(pk=complaint.pk).version
    return client.post(f"{LIST}{complaint.pk}/{name}/", {"version": version, **given}, follow=True)


def titles(client: Client, **asked: str) -> list[str]:
    return [f"{row.category}, {row.provider}" for row in client.get(LIST, asked).context["rows"]]


def test_complaint_goes_from_the_unit_to_the_provider_and_back(
    quality: Client, siv: User, alma: User
) -> None:
    care_unit = made.DirectAwardVettingFactory(unit__provider__name="Anna AB").unit
    filer = client_of(alma)
    page = filer.post(f"/register/units/{care_unit.code}/complaint/", sent(), follow=True)
    complaint = stored()
    assert (complaint.provision_form, complaint.unit) == ("direct_award", unit_of(alma))
    assert [said in page.content.decode() for said in (TEXT, "Mottagen")] == [True, True]

    step(quality, complaint, "send", text="Skickat till föreståndaren")
    assert titles(quality, show="waiting") == ["Dokumentation, Anna AB"]
    step(quality, complaint, "record_answer", text="Vi har haft sjukdom hos Kalle.")
    page = filer.get(f"{OWN}{complaint.pk}/")
    assert [said in page.content.decode() for said in ("Kalle", "Besvarad")] == [False, True]

    page = step(quality, complaint, "pass_back", text="De har haft sjukdom i personalen.")
    tell_filer(OutboxEvent.objects.get(name="complaint_told"))
    assert [(one.to, TEXT in one.body, "Anna" in one.body) for one in mail.outbox] == [
        (["alma@example.se"], False, False)
    ]
    assert "Nytt svar" in filer.get(OWN).content.decode()
    page = filer.get(f"{OWN}{complaint.pk}/")
    said = ("sjukdom i personalen", "Kalle", "Skickat till föreståndaren")
    assert [text in page.content.decode() for text in said] == [True, False, True]
    assert "Nytt svar" not in filer.get(OWN).content.decode()

    step(quality, complaint, "close", outcome="communicated")
    complaint = stored()
    assert (complaint.state, complaint.outcome, complaint.owner) == ("closed", "communicated", siv)
    assert "Kommunicerat och dokumenterat" in filer.get(f"{OWN}{complaint.pk}/").content.decode()
    taken = AuditEntry.objects.filter(subject="complaint").order_by("pk")
    assert [(one.action, one.details) for one in taken] == [
        ("file_complaint", {"form": "direct_award"}),
        ("send_complaint", {"from": "received", "to": "sent"}),
        ("record_answer_complaint", {"from": "sent", "to": "answered"}),
        ("pass_back_complaint", {"from": "answered", "to": "passed_back"}),
        ("close_complaint", {"from": "passed_back", "to": "closed"}),
    ]


@pytest.mark.parametrize(
    ("form", "asked"), [("direct_award", "send"), ("framework", "hand_to_ink")]
)
def test_complaint_marked_as_sent_by_mistake_is_taken_back(
    quality: Client, form: str, asked: str
) -> None:
    complaint = ComplaintFactory(provision_form=form)
    assert "Ta tillbaka" not in quality.get(f"{LIST}{complaint.pk}/").content.decode()
    assert "Ta tillbaka" in step(quality, complaint, asked).content.decode()
    page = step(quality, complaint, "take_back").content.decode()
    assert "Tog tillbaka synpunkten: den hade inte lämnats härifrån." in page
    taken_back = stored()
    assert (taken_back.state, taken_back.answer_due) == ("received", None)
    assert step(quality, complaint, "take_back").status_code == 409


def test_framework_provider_is_passed_to_ink_whose_outcome_is_kept(
    quality: Client, alma: User
) -> None:
    municipality = unit_of(alma).department.municipality_id
    place = made.AgreementUnitFactory(lot__agreement__parties=[municipality])
    client_of(alma).post(f"/register/units/{place.unit.code}/complaint/", sent())
    complaint = stored()
    assert complaint.provision_form == "framework"
    assert step(quality, complaint, "send").status_code == 409
    page = step(quality, complaint, "hand_to_ink").content.decode()
    assert "Överlämnad till INK" in page
    assert step(quality, complaint, "record_answer", text="Ja").status_code == 422
    step(quality, complaint, "record_answer", text="De ska rätta.", outcome="correction")
    complaint = stored()
    assert (complaint.state, complaint.procurement_outcome) == ("answered", "correction")


def test_form_sent_twice_is_one_complaint(alma: User) -> None:
    provider = made.CareUnitFactory().provider
    once = sent()
    for _attempt in range(2):
        client_of(alma).post(f"/register/providers/{provider.pk}/complaint/", once)
    assert stored().care_unit is None


def test_text_and_answers_are_unreadable_at_rest(quality: Client) -> None:
    complaint = ComplaintFactory(text=TEXT)
    step(quality, complaint, "send", text=TEXT)
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE), connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM providers_complaint UNION ALL"
            " SELECT text FROM providers_complaintentry"
        )
        kept = [text for (text,) in cursor.fetchall()]
    assert [TEXT in text for text in kept] == [False, False]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"category": ""}, "Välj vad synpunkten gäller"),
        ({"category": "made_up"}, "Välj ett av alternativen"),
        ({"text": ""}, "Skriv vad som har hänt"),
    ],
)
def test_faulty_complaint_is_refused_and_kept(
    alma: User, given: dict[str, str], expected: str
) -> None:
    care_unit = made.CareUnitFactory()
    sending = sent() | {"text": TEXT} | given
    answer = client_of(alma).post(f"/register/units/{care_unit.code}/complaint/", sending)
    page = answer.content.decode()
    assert (answer.status_code, expected in page) == (422, True)
    assert seen(Complaint.objects.count) == 0


def test_wall_shows_a_complaint_to_its_unit_and_to_those_who_control_providers() -> None:
    complaint = ComplaintFactory()
    for is_internal in (True, False):
        with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
            ComplaintEntry.objects.create(
                complaint=complaint,
                at=clock.now(),
                by=complaint.filed_by,
                step="record_answer",
                is_internal=is_internal,
            )
    unit = complaint.unit
    places = {role: place_of(role) for role in Role}
    readers = {
        role.value: holding(role, **({"unit": unit} if "unit" in place else place))
        for role, place in places.items()
    }
    readers["another unit"] = holding(
        Role.SOCIAL_WORKER, unit=UnitFactory(department=unit.department)
    )
    expected = dict.fromkeys(readers, (0, 0)) | {
        "social_worker": (1, 1),
        "out_of_hours_worker": (1, 1),
        "unit_manager": (1, 1),
        "quality_controller": (1, 2),
        "lawyer": (1, 2),
    }
    found = {}
    for name, reader in readers.items():
        with wall.opened_for(accounts.reach_of_user(reader)):
            found[name] = (Complaint.objects.count(), ComplaintEntry.objects.count())
    assert found == expected


def test_other_units_complaint_is_nowhere(alma: User) -> None:
    complaint = ComplaintFactory(text=TEXT)
    answers = [client_of(alma).get(f"{OWN}{pk}/").status_code for pk in (complaint.pk, 10**6)]
    assert answers == [404, 404]
    assert client_of(alma).get(OWN).context["rows"] == []


def test_opening_a_complaint_stands_in_the_access_log(quality: Client, alma: User) -> None:
    complaint = ComplaintFactory(unit=unit_of(alma))
    quality.get(LIST)
    quality.get(f"{LIST}{complaint.pk}/")
    client_of(alma).get(f"{OWN}{complaint.pk}/")
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        logged = list(AccessEntry.objects.order_by("at", "route").values_list("route", "subjects"))
    assert logged == [
        (f"{OWN}{complaint.pk}/", [f"SY-{complaint.pk}"]),
        (f"{LIST}{complaint.pk}/", [f"SY-{complaint.pk}"]),
    ]


def test_request_of_a_complaint_is_known_to_the_unit_alone(quality: Client, alma: User) -> None:
    request = PlacementRequestFactory(submitted=True, unit=unit_of(alma), created_by=alma)
    care_unit = made.CareUnitFactory()
    RecommendedUnitFactory(
        recommendation=RecommendationFactory(request=request, sent_by=alma),
        unit_code=care_unit.code,
    )
    filer = client_of(alma)
    given = sent(care_unit=care_unit.code)
    page = filer.post(f"/requests/{request.reference}/complaint/", given, follow=True)
    complaint = stored()
    assert (complaint.has_request, "Visa förfrågan" in page.content.decode()) == (True, True)
    onward = filer.get(f"{OWN}{complaint.pk}/request/")
    assert onward.headers["Location"] == f"/requests/{request.reference}/"
    assert f"/complaints/{complaint.pk}/" in filer.get(onward.headers["Location"]).content.decode()
    handled = quality.get(f"{LIST}{complaint.pk}/").content.decode()
    assert ("Gäller en förfrågan" in handled, request.reference in handled) == (True, False)


def test_several_similar_complaints_propose_a_review(quality: Client, siv: User) -> None:
    provider = made.ProviderFactory(name="Anna AB")
    with clock.frozen(MORNING - timedelta(days=181)):
        ComplaintFactory(provider=provider)
    ComplaintFactory.create_batch(2, provider=provider)
    ComplaintFactory(provider=provider, category="support")
    ComplaintFactory(provider=provider, provision_form="framework")
    withdrawn = ComplaintFactory(provider=provider)
    step(quality, withdrawn, "close", outcome="withdrawn")
    assert {row.similar for row in quality.get(LIST).context["rows"]} == {""}
    third = ComplaintFactory(provider=provider)
    rows = quality.get(LIST).context["rows"]
    assert [row.similar for row in rows].count("3 liknande synpunkter") == 5
    step(quality, third, "finding")
    finding = Finding.objects.get()
    assert (finding.title, finding.owner) == ("3 liknande synpunkter: Dokumentation", siv)


def test_settings_say_how_many_and_how_long(quality: Client) -> None:
    url = f"{LIST}settings/"
    refused = quality.post(url, {"answer_days": 0, "similar_count": 1, "similar_days": 0})
    assert refused.status_code == 422
    quality.post(url, {"answer_days": 5, "similar_count": 2, "similar_days": 30})
    provider = made.ProviderFactory()
    complaint, _other = ComplaintFactory.create_batch(2, provider=provider)
    assert {row.similar for row in quality.get(LIST).context["rows"]} == {"2 liknande synpunkter"}
    step(quality, complaint, "send")
    assert stored(pk=complaint.pk).answer_due == clock.today() + timedelta(days=5)


def test_list_is_narrowed_and_tells_what_is_overdue(quality: Client, siv: User) -> None:
    anna = ComplaintFactory(provider__name="Anna AB", owner=siv)
    ComplaintFactory(provider__name="Bo AB", category="support", provision_form="iop")
    step(quality, anna, "send")
    assert titles(quality) == ["Utförande av stödet, Bo AB"]
    assert titles(quality, show="mine") == ["Dokumentation, Anna AB"]
    assert titles(quality, q="anna", show="waiting") == ["Dokumentation, Anna AB"]
    assert titles(quality, category="support") == ["Utförande av stödet, Bo AB"]
    assert titles(quality, provision_form="in_house") == []
    assert titles(quality, owner="nobody") == ["Utförande av stödet, Bo AB"]
    assert titles(quality, show="waiting", late="late") == []
    assert quality.get("/control/count/").context["count"] == 1
    with clock.frozen(MORNING + timedelta(days=15)):
        assert quality.get("/control/count/").context["count"] == 2
        assert titles(quality, show="waiting", late="late") == ["Dokumentation, Anna AB"]
        assert "skulle ha kommit" in quality.get(LIST, {"show": "waiting"}).content.decode()


def test_late_step_is_told_who_was_first_and_keeps_what_was_typed(quality: Client) -> None:
    complaint = ComplaintFactory()
    first = client_of(holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask"))
    step(first, complaint, "send")
    late = quality.post(f"{LIST}{complaint.pk}/send/", {"version": 1, "text": "Vi har ringt."})
    page = late.content.decode()
    told = ("Synpunkten har ändrats", "Ola Ask", "Vi har ringt.")
    assert (late.status_code, [text in page for text in told]) == (409, [True] * 3)


def test_complaint_is_taken_from_the_list_and_handed_over(quality: Client, siv: User) -> None:
    complaint = ComplaintFactory()
    colleague = holding(Role.QUALITY_CONTROLLER, first_name="Ola", last_name="Ask")
    page = quality.get(LIST).content.decode()
    assert page.count("csrfmiddlewaretoken") == page.count('method="post"')
    step(quality, complaint, "assign", to=siv.pk)
    page = step(quality, complaint, "assign", to=colleague.pk).content.decode()
    told = ("Tog synpunkten.", "Lämnade över synpunkten till Ola Ask.")
    assert [text in page for text in told] == [True, True]
    assert stored().owner == colleague


def test_one_who_has_left_the_unit_is_not_mailed(quality: Client, alma: User) -> None:
    complaint = ComplaintFactory(filed_by=alma)
    step(quality, complaint, "close", outcome="no_answer")
    tell_filer(OutboxEvent.objects.get(name="complaint_told"))
    assert mail.outbox == []


def test_lawyer_reads_and_decides_nothing() -> None:
    complaint = ComplaintFactory(text=TEXT)
    lawyer = client_of(holding(Role.LAWYER))
    page = lawyer.get(f"{LIST}{complaint.pk}/").content.decode()
    assert (TEXT in page, 'method="post" action="/control' in page) == (True, False)
    assert step(lawyer, complaint, "send").status_code == 403


@pytest.mark.parametrize("size", [1, 40])
def test_queries_are_as_many_whatever_the_size(quality: Client, alma: User, size: int) -> None:
    ComplaintFactory.create_batch(size, unit=unit_of(alma), filed_by=alma)
    counted = []
    for client, url in ((quality, LIST), (client_of(alma), OWN)):
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counted.append(len(queries))
    assert counted == [QUERIES, OWN_QUERIES]
