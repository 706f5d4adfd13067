"""The review that a stop follows on, as the address of the stop's page names it."""

from typing import Final

from django.http import HttpRequest

from providers.models import Review
from providers.queries.control.reviews import review_by_id
from providers.queries.stops import Target, provider_ids_under
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can

OWN: Final = "own_review"
"""The reason for a stop that a review of one's own has led to."""


def followed(request: WallRequest, on: Target) -> Review | None:
    """One that asks for a stop of the provider that this one reaches."""
    number = _number(request)
    if not number or not can(request.reach, Capability.REVIEW_PROVIDERS):
        return None
    review = review_by_id(number)
    if review is None or not review.asks_for_stop:
        return None
    return review if review.provider_id in provider_ids_under(on) else None


def _number(request: HttpRequest) -> int:
    text = request.GET.get("review", "").removeprefix("FK-")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
