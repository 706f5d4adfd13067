"""A request that comes whole, from a system of the filer's own: begun, filled in, sent.

What is taken step by step in the form is decided by the same rules here and left in the same
tracks; but the request is written once, when it stands.
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from placements.actions import protection, stepping
from placements.actions.drafts import beginning, begun, send
from placements.actions.persons import PersonDetails, keep_person
from placements.domain.lifecycle import State, Step, state_after
from placements.models import PlacementRequest
from spink.catalogue.queries import Chosen
from spink.foundation import audit
from spink.foundation.actor import Actor


@transaction.atomic(savepoint=False)
def file_request(
    *,
    unit_id: int,
    person: PersonDetails,
    values: Mapping[str, Any],
    chosen: Chosen,
    by: Actor,
) -> PlacementRequest:
    """`values` are fields of the sections by name, `chosen` what the catalogue says of them. Raises
    Incomplete with all that is missing or not handled here; nothing is kept then, nor of what the
    caller did before in the same transaction."""
    request = PlacementRequest(**beginning(unit_id=unit_id, by=by, known=values))
    change, before = stepping.Change(request), State.DRAFT
    trail = [begun(request, by)]
    known = keep_person(request, person, by)
    stepping.count_change(request)
    trail.append(stepping.entry("save_person", change, by=by, before=before))
    request.state = state_after(Step.SUBMIT, before)
    send(change, by, chosen=chosen)
    stepping.count_change(request)
    trail.append(stepping.entry(Step.SUBMIT, change, by=by, before=before))
    request.save(force_insert=True)
    if known is not None:
        protection.level([known], request, by)
    stepping.announce(Step.SUBMIT, change, by=by)
    for entry in trail:
        entry.subject_id = str(request.pk)
    audit.record_all(trail)
    return request
