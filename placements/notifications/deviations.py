"""The mails about process deviations: that something waits, and where. They say nothing of it."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from placements.domain.deviations import may_handle_deviation
from placements.models import ProcessDeviation
from placements.notifications.mail import headers_of
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent


@outbox.handles(EventName.DEVIATION_FILED)
def tell_handlers(event: OutboxEvent) -> None:
    """Those who may handle it: not the filer, nor anybody whom it is about."""
    deviation = _deviation_of(event)
    if deviation is None:
        return
    addresses = [
        one.email
        for one in accounts.holders_of(Role.QUALITY_CONTROLLER)
        if one.email
        and may_handle_deviation(
            one.pk, filed_by_id=deviation.filed_by_id, handlers=deviation.handlers
        )
    ]
    if addresses:
        page = reverse("placements:deviation", args=[deviation.pk])
        _mail(event, "deviation_filed", page, bcc=addresses)


@outbox.handles(EventName.DEVIATION_ANSWERED)
def tell_filer(event: OutboxEvent) -> None:
    """Not one who has left the unit, or has no role any more."""
    deviation = _deviation_of(event)
    if deviation is None or not deviation.filed_by.email:
        return
    reach = accounts.reach_of_user(deviation.filed_by)
    if (deviation.unit_id is None and reach.roles) or deviation.unit_id in reach.unit_ids:
        page = reverse("placements:own-deviation", args=[deviation.pk])
        _mail(event, "deviation_answered", page, to=[deviation.filed_by.email])


def _deviation_of(event: OutboxEvent) -> ProcessDeviation | None:
    with wall.opened_for_job(SystemJob.TELL_OF_DEVIATIONS):
        found = ProcessDeviation.objects.select_related("filed_by")
        return found.filter(pk=event.payload["deviation_id"]).first()


def _mail(
    event: OutboxEvent, name: str, page: str, *, to: Sequence[str] = (), bcc: Sequence[str] = ()
) -> None:
    link = f"{settings.SPINK_BASE_URL}{page}"
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(f"placements/mail/{name}.txt", {"link": link})
        subject = render_to_string(f"placements/mail/{name}_subject.txt").strip()
    EmailMessage(subject=subject, body=body, to=to, bcc=bcc, headers=headers_of(event.id)).send()
