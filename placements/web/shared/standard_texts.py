"""A standard text put into the field that an officer writes in, filled in with the request at hand.

It can be read and changed there before anything is sent; what is sent is kept as it was.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict

from placements import queries
from placements.domain.standard_texts import Placeholder, Purpose, filled
from placements.models import PlacementRequest
from placements.queries.standard_texts import TextToday
from spink.accounts.middleware import WallRequest
from spink.accounts.models import User
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording


def texts_for_many(purpose: Purpose) -> dict[str, Any]:
    """For a page about several requests."""
    return {"texts": queries.texts_for_many(purpose, on=clock.today())}


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
    found = queries.texts_for(purpose, placement.service_type, on=clock.today())
    values = _of_officer(request.user) | _of_request(placement, units)
    return _after_typed(request, found, values, field)


def with_text_for_many(request: WallRequest, purpose: Purpose, *, field: str) -> QueryDict:
    found = queries.texts_for_many(purpose, on=clock.today())
    return _after_typed(request, found, _of_officer(request.user), field)


def _after_typed(
    request: WallRequest, found: list[TextToday], values: Mapping[Placeholder, str], field: str
) -> QueryDict:
    typed = request.POST.copy()
    body = next((one.body for one in found if str(one.pk) == typed.get("standard_text")), "")
    parts = (str(typed.get(field, "")).rstrip(), filled(body, values))
    typed[field] = "\n\n".join(part for part in parts if part)
    return typed


def _of_officer(officer: User) -> dict[Placeholder, str]:
    return {Placeholder.OFFICER: str(officer), Placeholder.PHONE: officer.phone}


def _of_request(placement: PlacementRequest, units: Sequence[str]) -> dict[Placeholder, str]:
    service = placement.service_type
    start = placement.wanted_start
    return {
        Placeholder.REFERENCE: placement.reference,
        Placeholder.SERVICE: catalogue.names([service], of="service")[service],
        Placeholder.START: wording.day(start) if start else "",
        Placeholder.UNITS: wording.listed(list(units)),
        Placeholder.FILER: str(placement.created_by),
    }
