"""Filing a request as its form does: section by section, through the real actions."""

from typing import Any
from uuid import UUID, uuid4

from placements import actions
from placements.domain.sections import Section
from placements.domain.values import NumberKind
from placements.models import PlacementRequest
from spink.foundation.actor import Actor
from spink.foundation.identity_numbers import PersonNumber
from spink.sample.persons import Somebody
from spink.sample.requests.content import Asked

WITH_CHECKED_NUMBER = (NumberKind.PERSONAL, NumberKind.COORDINATION)


def details_of(somebody: Somebody, *, age: int) -> actions.PersonDetails:
    checked = somebody.number_kind in WITH_CHECKED_NUMBER
    return actions.PersonDetails(
        given_name=somebody.given_name,
        family_name=somebody.family_name,
        number_kind=somebody.number_kind,
        number=PersonNumber(somebody.number) if checked else None,
        other_number="" if checked else somebody.number,
        protection=somebody.protection,
        age=age,
        gender=somebody.gender,
    )


def sections_of(asked: Asked) -> dict[Section, dict[str, Any]]:
    label, latitude, longitude, within = asked.near or ("", None, None, None)
    return {
        Section.SERVICE: {
            "service_type": asked.service_type,
            "subtype": asked.subtype,
            "sis_shortage": asked.sis_shortage,
        },
        Section.DECISION: {
            "legal_basis": asked.legal_basis,
            "decision_date": asked.decision_date,
            "wanted_start": asked.wanted_start,
            "urgency": asked.urgency,
        },
        Section.NEEDS: {
            "needs_required": list(asked.needs_required),
            "needs_wished": list(asked.needs_wished),
            "drug_free": asked.drug_free,
            "companions": list(asked.companions),
        },
        Section.PLACE: {
            "near_label": label,
            "near_latitude": latitude,
            "near_longitude": longitude,
            "within_km": within,
            "avoid_municipalities": list(asked.avoid_municipalities),
        },
        Section.MORE: {
            "description": asked.description,
            "disclosure_basis": asked.disclosure_basis,
        },
    }


def write_draft(
    somebody: Somebody,
    asked: Asked,
    *,
    unit_id: int,
    by: Actor,
    creation_key: UUID | None = None,
    sections: int | None = None,
) -> PlacementRequest:
    """A draft; with `sections` only so many of them are filled in."""
    request = actions.start_draft(unit_id=unit_id, creation_key=creation_key or uuid4(), by=by)
    actions.save_person(request_id=request.pk, details=details_of(somebody, age=asked.age), by=by)
    for section, values in list(sections_of(asked).items())[:sections]:
        actions.save_section(request_id=request.pk, section=section, values=values, by=by)
    return request
