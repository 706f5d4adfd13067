"""Views of the queue under a name: one's own, shared within the team, one of them first."""

import re
from urllib.parse import urlencode

import pytest
from django.test import Client

from placements import actions
from placements.actions.saved_views import MOST_VIEWS
from placements.models import SavedView
from spink.accounts.models import PlacementTeam
from spink.foundation.models import AuditEntry
from tests.integration.placements.conftest import World
from tests.integration.placements.placing.conftest import logged_in, text_of

NEW = "/queue/views/new/?view=all&urgency=acute&q=2025&page=2"
KEPT = "view=all&urgency=acute"


def save(client: Client, name: str = "Akuta", **given: object) -> int:
    return client.post(NEW, {"name": name, **given}).status_code


def tabs(page: str) -> dict[str, str]:
    nav = page[page.index('class="tabs"') :]
    links = re.findall(r'<a href="([^"]*)"([^>]*)>\s*([^<]+?) \(\d+\)</a>', nav)
    return {name: "current" if "aria-current" in attrs else url for url, attrs, name in links}


def test_saved_view_becomes_a_tab_without_what_was_searched_for(
    world: World, officer: Client
) -> None:
    answer = officer.post(NEW, {"name": "Akuta"})
    assert answer["Location"] == f"/queue/?{KEPT}"
    assert SavedView.objects.get().query == KEPT
    assert tabs(text_of(officer.get("/queue/")))["Akuta"] == "?view=all&amp;urgency=acute"
    assert tabs(text_of(officer.get(f"/queue/?{KEPT}")))["Akuta"] == "current"


def test_what_no_filter_offers_is_neither_saved_nor_kept_in_the_trail(officer: Client) -> None:
    typed = {"view": "Anna " * 200, "service": "Anna Andersson 19800101-1234", "urgency": "acute"}
    answer = officer.post(f"/queue/views/new/?{urlencode(typed)}", {"name": "Akuta"})
    assert (answer.status_code, SavedView.objects.get().query) == (302, "view=mine&urgency=acute")
    details = AuditEntry.objects.get(action="save_view").details
    assert details == {"filters": ["urgency", "view"], "team": None}


def test_view_of_ones_own_is_nobody_elses(
    world: World, officer: Client, second_officer: Client
) -> None:
    save(officer)
    assert "Akuta" not in tabs(text_of(second_officer.get("/queue/")))


def test_view_shared_with_the_team_is_its_officers_and_changed_by_its_owner(
    world: World, officer: Client, second_officer: Client
) -> None:
    team = PlacementTeam.objects.get(code="vuxna")
    save(officer, team=team.pk)
    view = SavedView.objects.get()
    seen = ["Akuta" in tabs(text_of(one.get("/queue/"))) for one in (officer, second_officer)]
    others = tabs(text_of(logged_in(world.other_officer).get("/queue/")))
    tried = [
        second_officer.get(f"/queue/views/{view.pk}/").status_code,
        second_officer.post(f"/queue/views/{view.pk}/remove/").status_code,
    ]
    assert (seen, "Akuta" in others, tried) == ([True, True], False, [404, 404])


def test_view_is_not_shared_with_a_team_of_others(world: World, officer: Client) -> None:
    foreign = PlacementTeam.objects.get(code="alla")
    assert (save(officer, team=foreign.pk), SavedView.objects.count()) == (422, 0)


def test_first_view_opens_the_queue_and_only_one_is_first(world: World, officer: Client) -> None:
    save(officer, is_first="on")
    opened = officer.get("/queue/")
    assert (opened.status_code, opened["Location"]) == (302, f"/queue/?{KEPT}")
    officer.post("/queue/views/new/?view=unassigned", {"name": "Lediga", "is_first": "on"})
    assert officer.get("/queue/")["Location"] == "/queue/?view=unassigned"
    assert officer.get("/queue/?view=mine").status_code == 200


def test_shared_view_of_a_colleague_is_not_put_first(
    world: World, officer: Client, second_officer: Client
) -> None:
    save(officer, is_first="on", team=PlacementTeam.objects.get(code="vuxna").pk)
    assert second_officer.get("/queue/").status_code == 200


def test_name_taken_and_no_name_are_said_at_the_field(world: World, officer: Client) -> None:
    save(officer)
    page = text_of(officer.post(NEW, {"name": "Akuta"}))
    assert page.count("Du har en annan vy med det namnet") == 2
    assert "Ge vyn ett namn" in text_of(officer.post(NEW, {"name": " "}))


def test_view_is_renamed_and_removed(world: World, officer: Client) -> None:
    save(officer)
    view = SavedView.objects.get()
    officer.post(f"/queue/views/{view.pk}/", {"name": "Bråttom"})
    view.refresh_from_db()
    assert (view.name, view.query) == ("Bråttom", KEPT)
    page = text_of(officer.post(f"/queue/views/{view.pk}/remove/", follow=True))
    assert ("Vyn ”Bråttom” är borttagen." in page, SavedView.objects.count()) == (True, 0)


def test_there_is_room_for_so_many(world: World, officer: Client) -> None:
    for number in range(MOST_VIEWS):
        save(officer, name=f"Vy {number}")
    page = text_of(officer.post(NEW, {"name": "En till"}))
    assert "Du har så många vyer som får plats." in page


@pytest.mark.parametrize("query", ["view=x&department=1", "view=team-9&officer=7", "group=today"])
def test_view_that_points_at_nothing_shows_nothing_and_fails_nothing(
    world: World, officer: Client, query: str
) -> None:
    with world.behind_wall_of(world.officer):
        actions.save_view(
            by=world.officer.actor, name="Tom", query=query, team_id=None, is_first=False
        )
    assert officer.get("/queue/").status_code == 200
