"""A request that comes whole, from a system of the filer's own: begun, filled in, sent."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from placements.actions.drafts import start_draft, submit_request
from placements.actions.persons import PersonDetails, save_person
from placements.models import PlacementRequest
from spink.foundation.actor import Actor


@transaction.atomic
def file_request(
    *,
    unit_id: int,
    person: PersonDetails,
    values: Mapping[str, Any],
    by: Actor,
    creation_key: UUID | None = None,
) -> PlacementRequest:
    """`values` are fields of the sections by name. Raises Incomplete with all that is missing or
    not handled here; nothing is kept then."""
    draft = start_draft(
        unit_id=unit_id, creation_key=creation_key or uuid4(), by=by, known=dict(values)
    )
    save_person(request_id=draft.pk, details=person, by=by)
    return submit_request(request_id=draft.pk, by=by)
