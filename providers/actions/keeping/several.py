"""Changes of the register that are more than one part, each in one transaction under one number."""

from datetime import date

from providers.actions.keeping.changing import change_part
from providers.actions.keeping.parts import PARTS, Values
from providers.diary import changing_register
from providers.models import AgreementUnit, CareUnit, Provider
from spink.foundation import audit
from spink.foundation.actor import Actor


def end_provider(
    *, provider_id: int, unit_ids: list[int], last_day: date, seen: int | None = None, by: Actor
) -> Provider:
    """Give the units of a provider their last day. Raises Outdated."""
    with changing_register(by=by):
        provider = Provider.objects.select_for_update().get(pk=provider_id)
        units = CareUnit.objects.filter(provider=provider, pk__in=unit_ids)
        for unit_id in units.values_list("pk", flat=True):
            change_part(
                part="unit",
                row_id=unit_id,
                values={"open_to": last_day},
                seen=seen,
                watched=("open_from", "open_to"),
                by=by,
            )
        audit.record(
            action="provider_ended",
            by=by,
            subject=PARTS["provider"].subject,
            subject_id=provider.code,
            details={"last_day": last_day.isoformat(), "units": len(unit_ids)},
        )
    return provider


def agree(*, unit_id: int, agreed: Values, price: Values, by: Actor) -> AgreementUnit:
    """Take a unit into a lot, with its first price."""
    with changing_register(by=by):
        place = change_part(
            part="agreed", row_id=None, values={"unit_id": unit_id, **agreed}, by=by
        )
        change_part(
            part="price", row_id=None, values={"agreement_unit_id": place.pk, **price}, by=by
        )
    return AgreementUnit.objects.get(pk=place.pk)
