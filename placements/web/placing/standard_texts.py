"""A standard text put into the field that an officer writes in, filled in with the request at hand.

It can be read and changed there before anything is sent; what is sent is kept as it was.
"""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from placements import queries
from placements.domain.standard_texts import Placeholder, Purpose, filled
from placements.models import PlacementRequest
from spink.accounts.middleware import WallRequest
from spink.accounts.models import User
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording


def texts_in(placement: PlacementRequest, purpose: Purpose) -> dict[str, Any]:
    """For the page: the texts that can be chosen."""
    return {"texts": queries.texts_for(purpose, placement.service_type, on=clock.today())}


def is_asked_for(request: WallRequest) -> bool:
    return request.method == "POST" and bool(request.POST.get("insert"))


def with_text(
    request: WallRequest,
    placement: PlacementRequest,
    purpose: Purpose,
    *,
    field: str,
    units: Sequence[str] = (),
) -> QueryDict:
    """What was typed, with the chosen text after it in the field."""
    typed = request.POST.copy()
    found = queries.texts_for(purpose, placement.service_type, on=clock.today())
    body = next((one.body for one in found if str(one.pk) == typed.get("standard_text")), "")
    text = filled(body, _values(placement, request.user, units))
    typed[field] = "\n\n".join(part for part in (str(typed.get(field, "")).rstrip(), text) if part)
    return typed


def _values(
    placement: PlacementRequest, officer: User, units: Sequence[str]
) -> dict[Placeholder, str]:
    service = placement.service_type
    start = placement.wanted_start
    return {
        Placeholder.REFERENCE: placement.reference,
        Placeholder.SERVICE: catalogue.names([service], of="service")[service],
        Placeholder.START: wording.day(start) if start else "",
        Placeholder.UNITS: wording.listed(list(units)),
        Placeholder.OFFICER: str(officer),
        Placeholder.PHONE: officer.phone,
        Placeholder.FILER: str(placement.created_by),
    }
