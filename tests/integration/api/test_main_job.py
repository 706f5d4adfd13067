"""The whole main job over the API: filed, followed, recommended, reported back."""

import pytest

from placements import actions
from placements.models import PersonIdentity, PlacementRequest
from tests.integration.api.conftest import NEW
from tests.support.api_clients import ACTING, Calling
from tests.support.small_world import CHEAPER, FRAMEWORK, World

pytestmark = pytest.mark.django_db


def test_main_job_from_filing_to_the_chosen_unit(world: World, caller: Calling) -> None:
    filed = caller.post("placement-requests", NEW)
    assert (filed.status_code, filed.json()["state"]) == (201, "submitted")
    reference = filed.json()["reference"]
    address = f"placement-requests/{reference}"
    assert filed["Location"] == f"/api/v1/{address}"
    with world.behind_wall_of(world.officer):
        request = PlacementRequest.objects.get(reference=reference)
        actions.take_request(request_id=request.pk, by=world.officer.actor)
        actions.recommend(request_id=request.pk, units=[FRAMEWORK, CHEAPER], by=world.officer.actor)
    listed = caller.get("placement-requests", state="recommended").json()
    assert [row["reference"] for row in listed["results"]] == [reference]
    recommended = caller.get(f"{address}/recommendations").json()["results"]
    assert [one["unit_code"] for one in recommended[0]["units"]] == [FRAMEWORK, CHEAPER]
    read = caller.get(address)
    reported = caller.post(
        f"{address}/outcome-feedback", {"unit_code": FRAMEWORK}, headers={"If-Match": read["ETag"]}
    )
    assert (reported.status_code, reported.json()["state"]) == (200, "closed")
    told = caller.get(f"{address}/timeline-entries").json()["results"]
    assert [entry["kind"] for entry in reversed(told)] == [
        "submit",
        "take",
        "recommend",
        "report_chosen",
    ]
    assert told[0]["by"] == f"{ACTING} (Partille IFO)"


def test_filed_person_is_kept_encrypted_and_answered_nowhere(world: World, caller: Calling) -> None:
    filed = caller.post("placement-requests", NEW)
    reference = filed.json()["reference"]
    with world.behind_wall_of(world.social_worker):
        identity = PersonIdentity.objects.get()
        assert (identity.full_name, identity.number) == ("Astrid Lund", "191500722390")
    answers = [
        filed,
        caller.get("placement-requests"),
        caller.get(f"placement-requests/{reference}"),
        caller.get(f"placement-requests/{reference}/timeline-entries"),
    ]
    shown = "".join(answer.content.decode() for answer in answers)
    assert [word for word in ("Astrid", "Lund", "191500722390") if word in shown] == []
