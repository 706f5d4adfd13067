"""The same person in several requests: who is told of what, and side by side."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions
from placements.models import PersonIdentity, PlacementRequest
from spink.accounts.domain.roles import Role
from spink.accounts.models import Unit, User
from tests.factories import accounts as people
from tests.integration.placements.conftest import FRAMEWORK, Filed, World
from tests.integration.placements.filing.test_filing_pages import logged_in, version_of

MARK = "confidentiality_marking"


def text_of(client: Client, name: str, reference: str) -> str:
    page = client.get(reverse(f"placements:{name}", args=[reference])).content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def row(world: World, user: User, reference: str) -> PlacementRequest:
    with world.behind_wall_of(user):
        return PlacementRequest.objects.get(reference=reference)


@pytest.mark.usefixtures("units")
def test_double_across_departments_is_seen_by_the_officer_alone(
    world: World, submitted: Filed
) -> None:
    first, second = submitted(), submitted(by=world.other_department)
    officer = logged_in(world.officer)
    assert second.reference in text_of(officer, "match", first.reference)
    told = text_of(officer, "request", second.reference)
    assert (first.reference in told, "Fråga var och en" in told) == (True, True)
    for user, own, other in (
        (world.social_worker, first, second),
        (world.other_department, second, first),
    ):
        page = text_of(logged_in(user), "request", own.reference)
        assert (other.reference in page, "Eventuell dubblett" in page) == (False, False)


def test_double_in_the_own_department_is_told_without_its_number(
    world: World, submitted: Filed, draft: Filed
) -> None:
    department = Unit.objects.get(name="Utredning 3").department
    neighbour = people.holding(
        Role.SOCIAL_WORKER, unit=people.UnitFactory(department=department, name="Utredning 4")
    )
    other, own = submitted(by=neighbour), draft().reference
    johan = logged_in(world.social_worker)
    page = text_of(johan, "edit", own)
    assert ("Utredning 4 har en öppen förfrågan" in page, other.reference in page) == (True, False)
    checked = text_of(johan, "check", own)
    assert ("Eventuell dubblett" in checked, other.reference in checked) == (True, False)


@pytest.mark.parametrize("marked", ["first", "second", "both"])
def test_protected_person_is_never_pointed_out(world: World, submitted: Filed, marked: str) -> None:
    first = submitted(protection=MARK if marked in ("first", "both") else "none")
    second = submitted(
        by=world.other_department, protection=MARK if marked in ("second", "both") else "none"
    )
    officer = logged_in(world.officer)
    assert second.reference not in text_of(officer, "request", first.reference)
    assert first.reference not in text_of(officer, "request", second.reference)


def test_alike_without_a_number_is_said_to_be_perhaps_the_same(
    world: World, submitted: Filed
) -> None:
    first = submitted()
    second = submitted(by=world.other_department, number_kind="none", number=None)
    page = text_of(logged_in(world.officer), "request", second.reference)
    assert ("Kan vara samma person" in page, first.reference in page) == (True, True)


def side_by_side(client: Client, reference: str) -> str:
    url = reverse("placements:begin-side-by-side", args=[reference])
    answer = client.post(url, {"creation_key": str(uuid4())})
    return str(answer.headers["Location"]).split("/")[2]


def test_request_side_by_side_begins_with_what_is_known(world: World, submitted: Filed) -> None:
    first = submitted()
    second = row(
        world, world.social_worker, side_by_side(logged_in(world.social_worker), first.reference)
    )
    known = row(world, world.social_worker, first.reference)
    assert (second.person_id, second.wanted_start) == (known.person_id, known.wanted_start)
    assert (second.service_type, second.state) == ("", "draft")
    assert second.side_by_side == known.side_by_side is not None


def test_colleague_who_begins_side_by_side_learns_nothing_of_a_protected_person(
    world: World, submitted: Filed
) -> None:
    first = submitted(protection=MARK)
    second = side_by_side(logged_in(world.colleague), first.reference)
    begun = row(world, world.colleague, second)
    with world.behind_wall_of(world.colleague):
        assert list(PersonIdentity.objects.filter(person=begun.person_id)) == []
    assert begun.created_by_id == world.social_worker.pk


def test_officer_links_two_of_one_unit_and_no_others(world: World, submitted: Filed) -> None:
    first, second, elsewhere = submitted(), submitted(), submitted(by=world.other_department)
    officer = logged_in(world.officer)
    for other in (second, elsewhere):
        url = reverse("placements:link", args=[first.reference])
        assert officer.post(url, {"other": other.reference}).status_code == 302
    groups = [
        row(world, world.officer, one.reference).side_by_side for one in (first, second, elsewhere)
    ]
    assert (groups[0] == groups[1] is not None, groups[2]) == (True, None)


@pytest.mark.usefixtures("units")
def test_other_is_offered_for_closing_when_one_is_answered(world: World, submitted: Filed) -> None:
    first, second = submitted(), submitted()
    johan = logged_in(world.social_worker)
    johan.post(reverse("placements:link", args=[first.reference]), {"other": second.reference})
    with world.behind_wall_of(world.officer):
        by = world.officer.actor
        actions.take_request(request_id=first.pk, by=by)
        actions.recommend(request_id=first.pk, units=[FRAMEWORK], by=by)
    assert f"Stäng {second.reference}" not in text_of(johan, "request", first.reference)
    with world.behind_wall_of(world.social_worker):
        actions.report_outcome(
            request_id=first.pk, unit_code=FRAMEWORK, by=world.social_worker.actor
        )
    told = text_of(johan, "request", first.reference)
    assert (f"Stäng {second.reference}" in told, "Inget mer väntas" in told) == (True, False)
    page = johan.get(reverse("placements:request", args=[first.reference])).content.decode()
    form = page[page.index(f"/requests/{second.reference}/withdraw/") :]
    answer = johan.post(
        reverse("placements:withdraw", args=[second.reference]),
        {"version": version_of(form), "reason": "solved_otherwise", "text": ""},
    )
    assert answer.status_code == 302
    assert row(world, world.social_worker, second.reference).state == "withdrawn"
