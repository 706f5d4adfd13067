"""What no page sends: somebody else's keys, numbers without end, and signs that no text holds."""

from uuid import uuid4

import pytest
from django.urls import reverse

from placements.models import PlacementRequest
from tests.integration.placements.conftest import Filed, World
from tests.integration.placements.filing.test_filing_pages import logged_in

ENDLESS = "9" * 5000
NUL = "U-%00"


def test_key_of_a_draft_beyond_the_wall_is_answered_as_a_key_that_is_none(world: World) -> None:
    start, key = reverse("placements:start"), str(uuid4())
    assert logged_in(world.social_worker).post(start, {"creation_key": key}).status_code == 302
    stranger = logged_in(world.other_department)
    answers = [stranger.post(start, {"creation_key": one}) for one in (key, "none")]
    assert [one.status_code for one in answers] == [404, 404]
    with world.behind_wall_of(world.other_department):
        assert PlacementRequest.objects.count() == 0


@pytest.mark.parametrize("unit", [ENDLESS, "0", "-1", "x", "١", "\x00"])
def test_unit_that_is_not_ones_own_is_refused_however_it_is_written(
    world: World, unit: str
) -> None:
    given = {"creation_key": str(uuid4()), "unit": unit}
    answer = logged_in(world.social_worker).post(reverse("placements:start"), given)
    assert answer.status_code == 403


@pytest.mark.parametrize("version", [ENDLESS, "-1", "x", "1e9"])
def test_version_that_no_page_was_made_from_is_outdated(
    world: World, draft: Filed, version: str
) -> None:
    request = draft()
    url = reverse("placements:check", args=[request.reference])
    answer = logged_in(world.social_worker).post(url, {"version": version})
    with world.behind_wall_of(world.social_worker):
        request.refresh_from_db()
    assert (answer.status_code, request.state) == (409, "draft")


@pytest.mark.usefixtures("units")
@pytest.mark.parametrize("page", ["match", "excluded", "inquiries", "recommend", "ask-information"])
def test_unit_that_no_register_can_have_is_left_out(world: World, taken: Filed, page: str) -> None:
    url = reverse(f"placements:{page}", args=[taken().reference])
    assert logged_in(world.officer).get(f"{url}?unit={NUL}&page={NUL}&q={NUL}").status_code == 200
