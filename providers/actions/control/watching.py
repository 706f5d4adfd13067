"""What somebody is to look at again because its day has come: the owner is told, once a day set."""

from django.db import transaction
from django.db.models import F

from providers.models import Finding, Review
from providers.queries.control import findings, reviews, vettings
from spink.foundation import clock, outbox
from spink.foundation.events import Event, EventName


@transaction.atomic
def tell_of_ended_watches() -> None:
    """May be called any number of times; rows that are being told of elsewhere are passed by."""
    today = clock.today()
    ended = Finding.objects.filter(findings.watch_ended(today)).exclude(told_of=F("watched_until"))
    for finding in ended.select_for_update(skip_locked=True):
        finding.told_of = finding.watched_until
        finding.save(update_fields=["told_of"])
        outbox.publish(Event(EventName.FINDING_DUE, {"finding_id": finding.pk}))
    due = Review.objects.filter(reviews.watch_ended(today)).exclude(told_of=F("follow_up_on"))
    for review in due.select_for_update(skip_locked=True):
        review.told_of = review.follow_up_on
        review.save(update_fields=["told_of"])
        outbox.publish(Event(EventName.REVIEW_DUE, {"review_id": review.pk}))


@transaction.atomic
def tell_of_checks_to_make_again() -> None:
    """In good time before the first check of a vetting runs out; as often called as one likes."""
    for vetting in vettings.to_tell_of(clock.today()).select_for_update(skip_locked=True):
        vetting.told_of = getattr(vetting, "first_end")  # noqa: B009 - annotated
        vetting.save(update_fields=["told_of"])
        outbox.publish(Event(EventName.VETTING_DUE, {"vetting_id": vetting.pk}))
