"""A household: filed once, matched as one, and each with a state and a decision of its own."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from placements import actions, queries
from placements.domain.values import Protection
from placements.models import Person, PlacementRequest
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry, User
from spink.foundation.models import AuditEntry
from tests.factories import providers as register
from tests.integration.placements.conftest import Filed, World
from tests.integration.placements.filing.test_filing_pages import (
    PERSON,
    fill,
    logged_in,
    version_of,
)

NOBODYS = {"number_kind": "none", "number": "", "given_name": "Bo", "gender": "man"}
OWN = {"best_interests": "Nära skolan", "childs_view": "Vill bo med mamma", "lives_together": "on"}


def add_child(client: Client, reference: str) -> str:
    url = reverse("placements:add-child", args=[reference])
    answer = client.post(url, {"creation_key": str(uuid4())})
    return str(answer.headers["Location"]).split("/")[2]


def filled_child(client: Client, reference: str, age: int, **own: object) -> str:
    child = add_child(client, reference)
    assert fill(client, child, "person", **PERSON | NOBODYS | {"age": str(age)}) == 302
    assert fill(client, child, "child", **OWN | own) == 302
    return child


def send(client: Client, reference: str) -> int:
    url = reverse("placements:check", args=[reference])
    page = client.get(url).content.decode()
    return client.post(url, {"version": version_of(page)}).status_code


def row(world: World, user: User, reference: str) -> PlacementRequest:
    with world.behind_wall_of(user):
        return PlacementRequest.objects.select_related("person").get(reference=reference)


def states(world: World) -> list[str]:
    with world.behind_wall_of(world.social_worker):
        return list(PlacementRequest.objects.order_by("id").values_list("state", flat=True))


@pytest.fixture
def johan(world: World) -> Client:
    return logged_in(world.social_worker)


@pytest.fixture
def family(world: World, draft: Filed, johan: Client) -> list[str]:
    """A mother of 34 and two children of seven and three, not sent."""
    adult = draft()
    return [adult.reference, *(filled_child(johan, adult.reference, age) for age in (7, 3))]


def house(name: str, *, free: int, companions_from: int = 0) -> str:
    unit = register.CareUnitFactory(
        code=f"U-{name}",
        name=name,
        places_total=free,
        places_occupied=0,
        companion_age_from=companions_from,
    )
    register.CareUnitServiceFactory(unit=unit)
    register.AgreementUnitFactory(lot=register.AgreementLotFactory(), unit=unit)
    return str(unit.code)


def candidates(world: World, reference: str) -> list[str]:
    with world.behind_wall_of(world.officer):
        request = PlacementRequest.objects.get(reference=reference)
        rungs = queries.match_now(request).rungs
    return [one["unit"] for rung in rungs for one in rung["candidates"]]


def test_child_has_what_is_common_from_the_adult_and_follows_it(
    world: World, johan: Client, family: list[str]
) -> None:
    adult, first, second = family
    assert fill(johan, second, "place", near="goteborg_hisingen") == 302
    assert fill(johan, adult, "place", near="goteborg_centrum") == 302
    labels = [row(world, world.social_worker, one).near_label for one in family]
    assert (labels[0] == labels[1], labels[1] == labels[2]) == (True, False)
    child = row(world, world.social_worker, first)
    assert (child.service_type, str(child.wanted_start)) == ("short_term_housing", "2025-03-10")


def test_last_of_what_is_the_childs_own_leads_back_to_the_adult(
    johan: Client, draft: Filed
) -> None:
    adult = draft().reference
    child = add_child(johan, adult)
    fill(johan, child, "person", **PERSON | NOBODYS | {"age": "7"})
    url = reverse("placements:section", args=[child, "child"])
    version = version_of(johan.get(url).content.decode())
    answer = johan.post(url, {"version": version, **OWN})
    assert answer.headers["Location"] == reverse("placements:edit", args=[adult])


def test_adult_stands_first_in_the_list_and_the_officer_reads_the_childs_view(
    world: World, johan: Client, family: list[str]
) -> None:
    listed = johan.get(reverse("placements:my-requests")).content.decode()
    assert sorted(family, key=listed.index) == family
    send(johan, family[0])
    url = reverse("placements:request", args=[family[1]])
    page = logged_in(world.officer).get(url).content.decode()
    assert ("Nära skolan" in page, "Vill bo med mamma" in page) == (True, True)


def test_child_without_best_interests_keeps_the_whole_household_from_being_sent(
    world: World, johan: Client, draft: Filed
) -> None:
    adult = draft().reference
    filled_child(johan, adult, 7, best_interests="")
    assert (send(johan, adult), states(world)) == (422, ["draft", "draft"])


def test_household_is_sent_taken_and_matched_as_one(
    world: World, johan: Client, family: list[str]
) -> None:
    roomy, _narrow = house("Trean", free=3), house("Tvåan", free=2)
    house("Utan barn", free=5, companions_from=18)
    assert send(johan, family[0]) == 302
    assert states(world) == ["submitted"] * 3
    elin = logged_in(world.officer)
    elin.post(reverse("placements:take", args=[family[1]]))
    assert states(world) == ["in_progress"] * 3
    assert [candidates(world, one) for one in family] == [[roomy]] * 3
    with world.behind_wall_of(world.officer):
        need = queries.need_of(queries.as_one(PlacementRequest.objects.get(reference=family[2])))
    assert (need["age"], need["companions"]) == (34, [7, 3])


def test_child_who_lives_elsewhere_is_matched_alone(
    world: World, johan: Client, draft: Filed
) -> None:
    house("Tvåan", free=2)
    adult = draft().reference
    filled_child(johan, adult, 7)
    son = filled_child(johan, adult, 16, lives_together="")
    send(johan, adult)
    with world.behind_wall_of(world.officer):
        found = [PlacementRequest.objects.get(reference=one) for one in (adult, son)]
        needs = [queries.need_of(queries.as_one(one)) for one in found]
    assert [(one["age"], one["companions"]) for one in needs] == [(34, [7]), (16, [])]


def recommended(world: World, family: list[str], unit: str, **form: Any) -> int:
    elin = logged_in(world.officer)
    elin.post(reverse("placements:take", args=[family[0]]))
    url = reverse("placements:recommend", args=[family[0]])
    page = elin.get(url, {"unit": unit}).content.decode()
    answer = elin.post(url, {"version": version_of(page), "unit": unit, "message": "Hej", **form})
    return answer.status_code


def test_household_is_recommended_and_reported_together(
    world: World, johan: Client, family: list[str]
) -> None:
    unit = house("Trean", free=3)
    send(johan, family[0])
    assert recommended(world, family, unit, whole_household="on") == 302
    assert states(world) == ["recommended"] * 3
    url = reverse("placements:report", args=[family[0]])
    report = {"choice": f"unit:{unit}", "whole_household": "on"}
    johan.post(url, {"version": version_of(johan.get(url).content.decode()), **report})
    assert states(world) == ["closed"] * 3
    taken = AuditEntry.objects.filter(action="report_chosen").values_list("reference", flat=True)
    assert sorted(taken) == sorted(family)


def test_recommendation_to_one_alone_leaves_the_others_as_they_are(
    world: World, johan: Client, family: list[str]
) -> None:
    unit = house("Trean", free=3)
    send(johan, family[0])
    assert recommended(world, family, unit) == 302
    assert states(world) == ["recommended", "in_progress", "in_progress"]


def protections(world: World) -> list[str]:
    with world.behind_wall_of(world.social_worker):
        return list(Person.objects.order_by("id").values_list("protection", flat=True))


def test_mark_of_one_holds_for_the_household_and_goes_when_it_is_taken_away(
    world: World, johan: Client, family: list[str]
) -> None:
    marked = PERSON | NOBODYS | {"age": "7", "protection": "fictitious_identity"}
    assert fill(johan, family[1], "person", **marked) == 302
    assert protections(world) == [Protection.FICTITIOUS.value] * 3
    assert fill(johan, family[1], "person", **marked | {"protection": "none"}) == 302
    assert protections(world) == ["none"] * 3
    with world.behind_wall_of(world.social_worker):
        assert list(Person.objects.order_by("id").values_list("initials", flat=True)) == [
            "A.L.",
            "B.L.",
            "B.L.",
        ]


def test_mark_of_a_withdrawn_child_still_holds_for_the_household(
    world: World, johan: Client, family: list[str]
) -> None:
    adult, child, sibling = family
    assert (
        fill(
            johan,
            child,
            "person",
            **PERSON | NOBODYS | {"age": "7", "protection": Protection.MARKED},
        )
        == 302
    )
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=PlacementRequest.objects.get(reference=child).pk,
            reason="filed_by_mistake",
            by=world.social_worker.actor,
        )
    assert fill(johan, sibling, "person", **PERSON | NOBODYS | {"age": "3"}) == 302
    kept = [row(world, world.social_worker, one).person for one in (adult, sibling)]
    assert [one and one.protection for one in kept] == [Protection.MARKED] * 2


def test_child_added_to_a_protected_household_is_protected_from_the_start(
    world: World, johan: Client, draft: Filed
) -> None:
    adult = draft(protection=Protection.MARKED)
    filled_child(johan, adult.reference, 7)
    assert protections(world) == ["confidentiality_marking"] * 2
    page = logged_in(world.colleague).get(reverse("placements:edit", args=[adult.reference]))
    assert "Bo" not in re.sub(r"<[^>]*>", " ", page.content.decode()).split()


def test_page_shows_the_household_and_logs_that_it_was_read(
    world: World, johan: Client, family: list[str]
) -> None:
    send(johan, family[0])
    logged_in(world.officer).get(reverse("placements:request", args=[family[1]]))
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        last = AccessEntry.objects.filter(actor_id=str(world.officer.pk)).latest("at", "id")
        rows = list(AccessEntry.objects.filter(request_id=last.request_id))
    assert {reference for one in rows for reference in one.subjects} == set(family)


def test_another_department_adds_no_child(world: World, draft: Filed) -> None:
    request = draft()
    url = reverse("placements:add-child", args=[request.reference])
    stranger = logged_in(world.other_department)
    assert stranger.post(url, {"creation_key": str(uuid4())}).status_code == 404
    assert states(world) == ["draft"]


def test_child_is_not_added_to_a_request_that_has_ended(
    world: World, johan: Client, draft: Filed
) -> None:
    request = draft()
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=request.pk, reason="filed_by_mistake", by=world.social_worker.actor
        )
    url = reverse("placements:add-child", args=[request.reference])
    assert johan.post(url, {"creation_key": str(uuid4())}).status_code == 403
