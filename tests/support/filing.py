"""A draft that could be sent as it is, filed through the real actions."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from placements import actions
from placements.domain.sections import Section
from placements.domain.values import NumberKind
from placements.models import PlacementRequest
from spink.accounts import queries as accounts
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.identity_numbers import person_number
from tests.support.small_world import World

TEST_NUMBER = "191500722390"


def file_draft(
    world: World, filer: User, sections: Mapping[Section, dict[str, Any]], **person: Any
) -> PlacementRequest:
    (unit_id,) = accounts.reach_of_user(filer).filing_unit_ids
    details: dict[str, Any] = {
        "given_name": "Astrid",
        "family_name": "Lund",
        "number_kind": NumberKind.COORDINATION,
        "number": person_number(TEST_NUMBER, today=clock.today()),
        "age": 34,
        "gender": "woman",
    }
    with world.behind_wall_of(filer):
        request = actions.start_draft(unit_id=unit_id, creation_key=uuid4(), by=filer.actor)
        actions.save_person(
            request_id=request.pk,
            details=actions.PersonDetails(**(details | person)),
            by=filer.actor,
        )
        for section, values in sections.items():
            actions.save_section(
                request_id=request.pk, section=section, values=values, by=filer.actor
            )
    return request
