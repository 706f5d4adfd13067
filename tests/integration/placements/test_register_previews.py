"""What a change of the register does to open requests is told before it is saved, in counts."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions
from placements.models import PlacementRequest
from providers.models import Agreement, CareUnit
from providers.queries import current_number
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.factories.accounts import RoleAssignmentFactory, holding
from tests.integration.placements.conftest import CHEAPER, FRAMEWORK, Filed, World
from tests.support.register_edits import next_transaction

FEW = "färre än 5"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def reviewed(user: User, url: str, **typed: Any) -> Any:
    response = client_of(user).post(url, typed | {"step": "review"})
    assert response.status_code == 200
    return response


def ended(user: User, last: date) -> Any:
    agreement = Agreement.objects.get()
    url = reverse("providers:agreement_end", args=[agreement.pk])
    return reviewed(user, url, valid_to=last.isoformat())


def units_of(response: Any) -> list[tuple[str, str, str, str]]:
    return [
        (one.name, one.gained, one.lost, one.moved) for one in response.context["effects"].units
    ]


def trail_of_previews() -> list[tuple[str, dict[str, Any]]]:
    previews = AuditEntry.objects.filter(action="change_previewed")
    return list(previews.values_list("subject_id", "details"))


def keeper() -> User:
    return holding(Role.QUALITY_CONTROLLER)


def test_an_agreement_that_ends_before_the_start_is_lost_with_its_reason(
    world: World, submitted: Filed
) -> None:
    submitted()
    next_transaction()
    before = current_number()
    response = ended(keeper(), clock.today())
    assert units_of(response) == [("Sävlunda", "0", FEW, "0"), ("Ekhagen", "0", FEW, "0")]
    effects = response.context["effects"]
    assert effects.by_service == [("Korttidsboende", FEW)]
    assert [one.why for one in effects.units] == ["", ""]
    assert effects.summary == "Färre än 5 öppna förfrågningar får andra val."
    assert trail_of_previews() == [("agreement", {"units": ["U-cheaper", "U-framework"]})]
    assert current_number() == before
    assert Agreement.objects.get().valid_to == date(2029, 1, 31)


def test_an_agreement_that_ends_after_the_start_changes_nothing(
    world: World, submitted: Filed
) -> None:
    submitted()
    response = ended(keeper(), clock.today() + timedelta(days=60))
    assert units_of(response) == []


def test_drafts_and_decided_requests_are_not_counted(
    world: World, draft: Filed, submitted: Filed
) -> None:
    draft()
    withdrawn = submitted()
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=withdrawn.pk, reason="other", by=world.social_worker.actor
        )
    response = ended(keeper(), clock.today())
    assert response.context["effects"].summary == "Det finns inga öppna förfrågningar."


def test_a_unit_that_gets_places_is_gained(world: World, submitted: Filed) -> None:
    submitted()
    CareUnit.objects.get(name="Byalagsgatan")
    url = reverse("providers:unit_change", args=["U-own", "places"])
    response = reviewed(keeper(), url, places_total="30")
    assert units_of(response) == [("Byalagsgatan", FEW, "0", "0")]


def test_a_planned_change_is_counted_as_if_it_held_today(world: World, submitted: Filed) -> None:
    submitted()
    url = reverse("providers:unit_change", args=[FRAMEWORK, "target"])
    later = clock.today() + timedelta(days=30)
    response = reviewed(keeper(), url, age_from="40", day=later.isoformat())
    assert units_of(response) == [("Ekhagen", "0", FEW, "0")]


def test_a_recommended_unit_that_is_lost_is_warned_of(world: World, submitted: Filed) -> None:
    request = submitted()
    with world.behind_wall_of(world.officer):
        actions.take_request(request_id=request.pk, by=world.officer.actor)
        actions.recommend(request_id=request.pk, units=[CHEAPER], by=world.officer.actor)
    response = ended(keeper(), clock.today())
    assert response.context["effects"].warnings == [
        "Till färre än 5 förfrågningar är en verksamhet som de förlorar redan rekommenderad."
    ]


def shown_texts(response: Any, request: PlacementRequest) -> list[str]:
    page = response.content.decode()
    secrets = (request.reference, "Astrid", "Lund", "A.L.")
    return [text for text in secrets if text in page]


def test_a_keeper_is_told_counts_and_no_request(world: World, submitted: Filed) -> None:
    request = submitted()
    assert shown_texts(ended(keeper(), clock.today()), request) == []


def test_references_are_told_to_those_alone_who_see_the_requests(
    world: World, submitted: Filed
) -> None:
    request = submitted()
    both = world.officer
    RoleAssignmentFactory(user=both, role=Role.QUALITY_CONTROLLER)
    far = world.other_officer
    RoleAssignmentFactory(user=far, role=Role.QUALITY_CONTROLLER)
    assert shown_texts(ended(both, clock.today()), request) == [request.reference]
    assert shown_texts(ended(far, clock.today()), request) == []


def test_numbers_and_reasons_are_told_to_one_who_sees_all_the_requests(
    world: World, submitted: Filed
) -> None:
    submitted()
    RoleAssignmentFactory(user=world.officer, role=Role.QUALITY_CONTROLLER)
    next_transaction()
    response = ended(world.officer, clock.today())
    assert units_of(response) == [("Sävlunda", "0", "1", "0"), ("Ekhagen", "0", "1", "0")]
    reasons = [one.why for one in response.context["effects"].units]
    assert reasons == ["Avtalet gäller inte startdagen (1)"] * 2
    assert trail_of_previews() == []


def test_reasons_and_numbers_of_five_are_told_to_every_keeper(
    world: World, submitted: Filed
) -> None:
    for _ in range(5):
        submitted()
    next_transaction()
    response = ended(keeper(), clock.today())
    assert units_of(response) == [("Sävlunda", "0", "5", "0"), ("Ekhagen", "0", "5", "0")]
    reasons = [one.why for one in response.context["effects"].units]
    assert reasons == ["Avtalet gäller inte startdagen (5)"] * 2
