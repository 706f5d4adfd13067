"""The mail of a day: what somebody was told of until seven and has not looked at, in one mail.

The clock may ask often and in several places: a row a day and person, which the database holds to
one, decides. The mail itself goes the way of every event, through the outbox.
"""

from datetime import date, datetime, time

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Exists, OuterRef, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from placements.models import MailChoice, MailDigest, Notification
from placements.notifications.mail import headers_of
from placements.notifications.reaching import reached_by
from placements.notifications.sentences import sentence
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock, outbox
from spink.foundation.events import Event, EventName
from spink.foundation.models import OutboxEvent

SEVEN = time(7)
SATURDAY = 5
TEMPLATE = "placements/mail/digest.txt"
LISTED = 100
"""So many requests at most stand in one mail; the rest is found in the pages."""


def write_digests() -> int:
    """Those that are due today and not written yet; how many they are."""
    now = clock.now().astimezone(clock.STOCKHOLM)
    if now.weekday() >= SATURDAY or now.time() < SEVEN:
        return 0
    with wall.opened_for_job(SystemJob.DELIVER_NOTIFICATIONS):
        return sum(_write(user_id, now.date()) for user_id in _due(now.date()))


def _due(day: date) -> list[int]:
    own = _to_tell(day).filter(user_id=OuterRef("user_id"))
    written = MailDigest.objects.filter(user_id=OuterRef("user_id"), day=day)
    wanting = MailChoice.objects.filter(Exists(own), ~Exists(written), how=MailChoice.How.DAILY)
    active = wanting.filter(user__is_active=True).exclude(user__email="")
    return list(active.order_by("user_id").values_list("user_id", flat=True))


def _write(user_id: int, day: date) -> int:
    digest, is_new = MailDigest.objects.get_or_create(user_id=user_id, day=day)
    if is_new:
        outbox.publish(Event(EventName.DIGEST_WRITTEN, {"digest_id": str(digest.pk)}))
    return int(is_new)


def _to_tell(day: date) -> QuerySet[Notification]:
    until = datetime.combine(day, SEVEN, clock.STOCKHOLM)
    return Notification.objects.filter(created_at__lt=until, mailed_at=None, read_at=None)


@outbox.handles(EventName.DIGEST_WRITTEN)
def send_digest(event: OutboxEvent) -> None:
    with wall.opened_for_job(SystemJob.DELIVER_NOTIFICATIONS):
        unsent = MailDigest.objects.select_for_update(of=("self",)).select_related("user")
        digest = unsent.filter(pk=event.payload["digest_id"], sent_at=None).first()
        if digest is None or not (digest.user.is_active and digest.user.email):
            return
        told = list(
            _to_tell(digest.day)
            .filter(user=digest.user)
            .select_related("request")
            .order_by("request__reference", "created_at")
        )
        reached = reached_by(digest.user, {one.request_id for one in told})
        told = [one for one in told if one.request_id in reached]
        if not told:  # all has been looked at meanwhile, or lies with others now
            return
        _mail_of(digest, told).send()
        Notification.objects.filter(pk__in=[one.pk for one in told]).update(mailed_at=clock.now())
        digest.sent_at = clock.now()
        digest.save(update_fields=["sent_at"])


def _mail_of(digest: MailDigest, told: list[Notification]) -> EmailMessage:
    with translation.override(settings.LANGUAGE_CODE):
        sentences: dict[str, list[str]] = {}
        for one in told:
            said = sentences.setdefault(one.request.reference, [])
            if (text := sentence(one.event)) not in said:
                said.append(text)
        listed = [
            {"reference": reference, "sentences": said, "link": _link(reference)}
            for reference, said in list(sentences.items())[:LISTED]
        ]
        context = {"requests": listed, "more": len(sentences) - len(listed), "all": _all_link()}
        subject = ngettext(
            "News about %(count)s placement request",
            "News about %(count)s placement requests",
            len(sentences),
        ) % {"count": len(sentences)}
        body = render_to_string(TEMPLATE, context)
    return EmailMessage(
        subject=subject, body=body, to=[digest.user.email], headers=headers_of(digest.pk)
    )


def _link(reference: str) -> str:
    return f"{settings.SPINK_BASE_URL}{reverse('placements:request', args=[reference])}"


def _all_link() -> str:
    return f"{settings.SPINK_BASE_URL}{reverse('placements:news')}"
