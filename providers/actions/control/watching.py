"""Watches that have ended: whoever watches is told, once for each day that was set."""

from django.db import transaction
from django.db.models import F

from providers.models import Finding, Review
from providers.queries.control import findings, reviews
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
