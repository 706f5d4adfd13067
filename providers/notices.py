"""What is told by mail of the register and its control: that something waits, and where.

The mail names neither provider nor person; the page that it leads to does.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from providers.models import BROKEN_OFF, Complaint
from providers.models.control.choices import FindingState, VettingState
from providers.queries import keeping
from providers.queries.control.findings import finding_by_id
from providers.queries.control.reviews import review_by_id
from providers.queries.control.vettings import vetting_by_id
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import outbox
from spink.foundation.events import EventName
from spink.foundation.models import OutboxEvent


@outbox.handles(EventName.PLANNED_CHANGE_BROKE_OFF)
def tell_keepers(event: OutboxEvent) -> None:
    plan = keeping.planned(int(event.payload["plan_id"] or 0))
    addresses = accounts.mail_of_holders(Role.QUALITY_CONTROLLER)
    if plan is None or plan.state not in BROKEN_OFF or not addresses:
        return
    _mail(event, "planned_change", reverse("providers:corrections"), bcc=addresses)


@outbox.handles(EventName.FINDING_UP_FOR_REVIEW)
def tell_reviewers(event: OutboxEvent) -> None:
    """Those who make reviews, but for the one who has sent it to them."""
    finding = finding_by_id(int(event.payload["finding_id"] or 0))
    sender = int(event.payload["by_user_id"] or 0)
    addresses = accounts.mail_of_holders(Role.QUALITY_CONTROLLER, but=sender)
    if finding is None or finding.state != FindingState.REVIEW or not addresses:
        return
    _mail(event, "finding_up", reverse("providers:finding", args=[finding.pk]), bcc=addresses)


@outbox.handles(EventName.FINDING_DUE)
def tell_of_finding(event: OutboxEvent) -> None:
    finding = finding_by_id(int(event.payload["finding_id"] or 0))
    if finding is not None and finding.state == FindingState.WATCHED:
        page = reverse("providers:finding", args=[finding.pk])
        _mail(event, "finding_due", page, bcc=_watchers(finding.owner))


@outbox.handles(EventName.REVIEW_DUE)
def tell_of_review(event: OutboxEvent) -> None:
    review = review_by_id(int(event.payload["review_id"] or 0))
    if review is not None and review.is_watched:
        page = reverse("providers:review", args=[review.pk])
        _mail(event, "review_due", page, bcc=_watchers(review.owner))


@outbox.handles(EventName.VETTING_DUE)
def tell_of_vetting(event: OutboxEvent) -> None:
    vetting = vetting_by_id(int(event.payload["vetting_id"] or 0))
    if vetting is not None and vetting.state == VettingState.ADDED:
        page = reverse("providers:vetting", args=[vetting.pk])
        _mail(event, "vetting_due", page, bcc=_watchers(vetting.owner))


def _watchers(owner: User | None) -> list[str]:
    """The owner; all of them where the owner has left."""
    addresses = accounts.mail_of_holders(Role.QUALITY_CONTROLLER)
    return [owner.email] if owner and owner.email in addresses else addresses


@outbox.handles(EventName.COMPLAINT_TOLD)
def tell_filer(event: OutboxEvent) -> None:
    """An answer has been passed on, or the complaint is closed; not to one who has left."""
    with wall.opened_for_job(SystemJob.TELL_OF_COMPLAINTS):
        found = Complaint.objects.select_related("filed_by")
        complaint = found.filter(pk=event.payload["complaint_id"]).first()
    if complaint is None or not complaint.filed_by.email:
        return
    if complaint.unit_id not in accounts.reach_of_user(complaint.filed_by).unit_ids:
        return
    page = reverse("providers:own-complaint", args=[complaint.pk])
    _mail(event, "complaint", page, to=[complaint.filed_by.email])


def _mail(
    event: OutboxEvent, name: str, page: str, *, to: Sequence[str] = (), bcc: Sequence[str] = ()
) -> None:
    if not (to or bcc):
        return
    link = f"{settings.SPINK_BASE_URL}{page}"
    with translation.override(settings.LANGUAGE_CODE):
        body = render_to_string(f"providers/mail/{name}.txt", {"link": link})
        subject = render_to_string(f"providers/mail/{name}_subject.txt").strip()
    host = urlsplit(settings.SPINK_BASE_URL).hostname
    EmailMessage(
        subject=subject,
        body=body,
        to=to,
        bcc=bcc,
        headers={"Message-ID": f"<{event.id}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()
