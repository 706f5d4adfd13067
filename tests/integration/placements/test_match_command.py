"""`manage.py match` on the live register, its diary, and a request's need."""

import io
import json
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from placements import actions, queries
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import AccessEntry
from spink.foundation.actor import ActorKind
from tests.integration.placements.conftest import CHEAPER, FRAMEWORK, OWN, Filed, World


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("match", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as error:
        printed(*arguments)
    assert error.value.returncode == 2
    return str(error.value)


def test_request_is_matched_as_its_page_matches_it(
    world: World, units: None, submitted: Filed
) -> None:
    request = submitted()
    with world.behind_wall_of(world.officer):
        outcome = queries.match_now(request).outcome
    assert printed("--request", request.reference) == outcome.to_json().decode() + "\n"
    rungs = outcome.to_dict()["rungs"]
    assert isinstance(rungs, list)
    assert [one["unit"] for one in rungs[1]["candidates"]] == [FRAMEWORK, CHEAPER]
    assert outcome.to_dict("near")["near_misses"] == [OWN]


def test_reading_a_request_from_the_command_line_is_logged(
    world: World, units: None, submitted: Filed
) -> None:
    reference = submitted().reference
    printed("--request", reference)
    with wall.opened_for_job(SystemJob.REVIEW_ACCESS_LOG):
        entry = AccessEntry.objects.get(route="manage.py match")
    assert (entry.actor_kind, entry.subjects) == (ActorKind.SYSTEM, [reference])


def test_register_is_read_as_of_a_time(world: World, units: None, submitted: Filed) -> None:
    reference = submitted().reference
    then = json.loads(printed("--request", reference, "--as-of", "2020-01-01"))
    assert then["counts"] == {"units": 0, "excluded": 0, "by_reason": {}}


def test_unknown_request_is_refused(world: World, units: None) -> None:
    assert refused("--request", "nobody") == "--request: is no request's reference"


def test_draft_without_a_service_is_refused(world: World, units: None) -> None:
    filer = world.social_worker
    (unit_id,) = accounts.reach_of_user(filer).filing_unit_ids
    with world.behind_wall_of(filer):
        request = actions.start_draft(unit_id=unit_id, creation_key=uuid4(), by=filer.actor)
    said = refused("--request", request.reference)
    assert said == f"{request.reference}: has no service or no wanted start yet"
