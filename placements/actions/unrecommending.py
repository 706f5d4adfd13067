"""Taking back what was recommended: it stays on record, and nobody can choose it any more."""

from django.db import transaction
from django.db.models import QuerySet

from placements.actions import stepping
from placements.domain.lifecycle import Step
from placements.models import PlacementRequest, Recommendation
from spink.catalogue.domain.ladder import PURCHASED
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.foundation.actor import Actor


class NotStanding(Exception):
    """There is no such recommendation, or it has been withdrawn already."""


@transaction.atomic
def withdraw_recommendation(
    *,
    request_id: int,
    number: int,
    reason: str,
    text: str = "",
    by: Actor,
    version: int | None = None,
) -> Recommendation:
    """Withdraw one recommendation, with a coded reason that the social worker reads.

    With the last that stands the request is to be matched again. Raises NotStanding,
    StepNotAllowed, Outdated.
    """
    request = stepping.lock(request_id, version=version)
    others = standing(request).exclude(number=number)
    step = Step.WITHDRAW_RECOMMENDATION if others.exists() else Step.WITHDRAW_LAST_RECOMMENDATION
    with stepping.taking_step(step, request_id=request_id, by=by, version=version) as change:
        withdrawn = standing(change.request).filter(number=number).first()
        if withdrawn is None:
            raise NotStanding
        withdrawn.withdrawn_at, withdrawn.withdrawn_by_id = clock.now(), by.user_id
        withdrawn.withdrawn_reason = reason
        withdrawn.save()
        change.request.has_purchase = others.filter(
            units__provision_form__in=PURCHASED, units__stopped_at=None
        ).exists()
        change.facts = {
            "units": list(withdrawn.units.values_list("unit_name", flat=True)),
            "reason": reason,
            "reason_kind": ReasonKind.RECOMMENDATION_WITHDRAWN,
        }
        change.text = text
        change.details = {"number": number, "reason": reason}
    return withdrawn


def standing(request: PlacementRequest) -> QuerySet[Recommendation]:
    return Recommendation.objects.filter(request=request, withdrawn_at=None)
