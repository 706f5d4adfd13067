"""The mark of protected identity: whoever sets it is heard, and nobody takes it away unawares."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from placements import actions
from placements.models import Person, PersonIdentity
from spink.accounts.actions import start_duty_shift
from spink.accounts.domain.roles import Role
from spink.accounts.models import Unit, User
from tests.factories import accounts as people
from tests.integration.placements.conftest import TEST_NUMBER, Filed, World
from tests.integration.placements.filing.test_filing_pages import (
    PERSON,
    begin,
    fill,
    logged_in,
    version_of,
)

MARK = "confidentiality_marking"
MARKED = PERSON | {"protection": MARK}
ONLY_NUMBER = PERSON | {"given_name": "", "family_name": "", "gender": ""}


def persons(world: World, user: User) -> list[tuple[str, str]]:
    """Of each person within the wall, the mark and the name as far as the user may read it."""
    with world.behind_wall_of(user):
        names = {one.person_id: one.full_name for one in PersonIdentity.objects.all()}
        found = Person.objects.order_by("id")
        return [(one.protection, names.get(one.pk, "hidden")) for one in found]


@pytest.mark.parametrize("typed", [PERSON, ONLY_NUMBER])
def test_second_request_without_the_mark_does_not_take_it_away(
    world: World, submitted: Filed, typed: dict[str, str]
) -> None:
    first = submitted(protection=MARK)
    browser = logged_in(world.social_worker)
    assert fill(browser, begin(browser), "person", **typed) == 302
    url = reverse("placements:request", args=[first.reference])
    page = logged_in(world.officer).get(url).content.decode()
    assert ("Astrid" in page, "A.L." in page) == (False, False)
    assert persons(world, world.social_worker) == [(MARK, "Astrid Lund")]


def test_filer_takes_the_mark_away_in_a_form_that_shows_it(world: World, draft: Filed) -> None:
    request = draft(protection=MARK)
    assert fill(logged_in(world.social_worker), request.reference, "person", **PERSON) == 302
    assert persons(world, world.colleague) == [("none", "Astrid Lund")]


def test_form_opened_before_the_mark_came_does_not_set_it_back(world: World, draft: Filed) -> None:
    first, second = draft(), draft(by=world.colleague)
    kim = logged_in(world.colleague)
    url = reverse("placements:section", args=[second.reference, "person"])
    old = version_of(kim.get(url).content.decode())
    assert fill(logged_in(world.social_worker), first.reference, "person", **MARKED) == 302
    answer = kim.post(url, {"version": old, **PERSON})
    assert answer.status_code == 409
    assert persons(world, world.officer) == []
    assert persons(world, world.social_worker) == [(MARK, "Astrid Lund")]
    page = answer.content.decode()
    assert chosen_protection(page) == MARK


def chosen_protection(page: str) -> str:
    (chosen,) = re.findall(r'name="protection" value="(\w+)"[^>]*checked', page)
    return str(chosen)


def test_colleague_with_an_open_form_is_let_no_further_once_the_person_is_marked(
    world: World, draft: Filed
) -> None:
    request = draft()
    kim = logged_in(world.colleague)
    url = reverse("placements:section", args=[request.reference, "person"])
    old = version_of(kim.get(url).content.decode())
    assert fill(logged_in(world.social_worker), request.reference, "person", **MARKED) == 302
    answer = kim.post(url, {"version": old, **PERSON})
    assert (answer.status_code, "Astrid" in answer.content.decode()) == (403, False)


def test_colleague_marks_the_person_of_another_draft_and_sees_no_more_of_it(
    world: World, draft: Filed
) -> None:
    request = draft()
    assert fill(logged_in(world.colleague), request.reference, "person", **MARKED) == 302
    assert persons(world, world.colleague) == [(MARK, "hidden")]
    assert persons(world, world.social_worker) == [(MARK, "Astrid Lund")]


def test_mark_in_a_colleagues_own_request_holds_for_the_first_one(
    world: World, submitted: Filed
) -> None:
    submitted()
    kim = logged_in(world.colleague)
    assert fill(kim, begin(kim), "person", **MARKED | {"given_name": "Asta"}) == 302
    assert persons(world, world.social_worker) == [(MARK, "Asta Lund")]


def test_colleague_fills_in_a_draft_about_somebody_hidden(world: World, draft: Filed) -> None:
    """The filer has the person in another request, which the colleague may not see."""
    draft(protection=MARK)
    johan, kim = logged_in(world.social_worker), logged_in(world.colleague)
    second = begin(johan)
    assert fill(johan, second, "person", **PERSON | {"number_kind": "none", "number": ""}) == 302
    assert fill(kim, second, "person", **ONLY_NUMBER | {"given_name": "Bo"}) == 302
    assert persons(world, world.colleague) == [
        (MARK, "hidden"),
        ("none", "Astrid Lund"),
        (MARK, "Bo"),
    ]


def test_worker_on_duty_fills_in_the_person_of_another_units_draft(world: World) -> None:
    johan = logged_in(world.social_worker)
    reference = begin(johan)
    on_duty = people.holding(
        Role.OUT_OF_HOURS_WORKER,
        unit=people.UnitFactory(department=Unit.objects.get(name="Vuxen 1").department),
    )
    start_duty_shift(on_duty, reason="akut", by=on_duty.actor)
    assert fill(logged_in(on_duty), reference, "person", **PERSON) == 302
    assert persons(world, world.social_worker) == [("none", "Astrid Lund")]
    assert persons(world, world.other_department) == []


def test_worker_on_duty_reads_no_person_of_another_municipality(world: World) -> None:
    elsewhere = people.UnitFactory(
        department=people.DepartmentFactory(
            municipality=people.MunicipalityFactory(code="1482", name="Kungälv"), name="Social"
        )
    )
    filer = people.holding(Role.SOCIAL_WORKER, unit=elsewhere)
    with world.behind_wall_of(filer):
        request = actions.start_draft(unit_id=elsewhere.pk, creation_key=uuid4(), by=filer.actor)
        details = actions.PersonDetails(given_name="Berit", other_number=TEST_NUMBER)
        actions.save_person(request_id=request.pk, details=details, by=filer.actor)
    on_duty = people.holding(Role.OUT_OF_HOURS_WORKER, unit=Unit.objects.get(name="Utredning 3"))
    start_duty_shift(on_duty, reason="akut", by=on_duty.actor)
    assert persons(world, on_duty) == []
    assert persons(world, filer) == [("none", "Berit")]
