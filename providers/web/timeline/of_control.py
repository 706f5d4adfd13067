"""What the control of providers tells on a provider's timeline, to those who may read it."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.models import Finding, IncidentVisit, ProviderCheck, Review, SiteVisit, Vetting
from providers.models.control.choices import VettingState, VisitState
from providers.queries.control.complaints import complaints_about
from providers.web.control import review_words, vetting_words, words
from providers.web.control.complaints.rows import shown_rows
from providers.web.control.visits.shown import shown_row as shown_visit
from providers.web.timeline.happening import MOST_OF_A_KIND, Asked, Happening
from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.foundation import clock


def findings(asked: Asked) -> Iterator[Happening]:
    if not can(asked.reach, Capability.READ_FINDINGS):
        return
    found = Finding.objects.filter(provider=asked.provider).select_related("source", "noted_by")
    for finding in found.order_by("-found_at", "-pk")[:MOST_OF_A_KIND]:
        text = _("Finding: %(title)s") % {"title": words.said(finding).title}
        under = ", ".join([words.severity(finding)[1], words.found_by(finding)])
        url = reverse("providers:finding", args=[finding.pk])
        yield Happening(_day(finding.found_at), text, *words.state(finding), under, url)


def vettings(asked: Asked) -> Iterator[Happening]:
    if not can(asked.reach, Capability.READ_VETTINGS):
        return
    found = Vetting.objects.filter(provider=asked.provider).order_by("-begun_at", "-pk")
    for vetting in found[:MOST_OF_A_KIND]:
        text = _("Vetting %(reference)s") % {"reference": vetting.reference}
        url = reverse("providers:vetting", args=[vetting.pk])
        later = [at for at in (vetting.decided_at, vetting.ended_at) if at]
        at = later[-1] if later else vetting.begun_at
        yield Happening(_day(at), text, *vetting_words.state(vetting), url=url)
        if later:
            yield Happening(_day(vetting.begun_at), text, "done", _("Begun"), url=url)


def reviews(asked: Asked) -> Iterator[Happening]:
    """What they came to, never why: that is read on their own pages."""
    if not can(asked.reach, Capability.READ_REVIEWS):
        return
    found = Review.objects.filter(provider=asked.provider).order_by("-opened_at", "-pk")
    for review in found[:MOST_OF_A_KIND]:
        text = f"{review.get_kind_display()} {review.reference}"
        url = reverse("providers:review", args=[review.pk])
        at = review.decided_at or review.opened_at
        yield Happening(_day(at), text, *review_words.state(review), url=url)
        if review.decided_at:
            yield Happening(_day(review.opened_at), text, "done", _("Begun"), url=url)
        if review.is_watched and review.follow_up_on:
            is_late = review.follow_up_on < asked.today
            look, state = ("late", _("Delayed")) if is_late else ("waiting", _("To come"))
            again = _("%(review)s is looked at again") % {"review": text}
            yield Happening(review.follow_up_on, again, look, state, url=url)


def incident_visits(asked: Asked) -> Iterator[Happening]:
    if not can(asked.reach, Capability.READ_REVIEWS):
        return
    found = IncidentVisit.objects.filter(review__provider=asked.provider).select_related("review")
    for visit in found.order_by("-day", "-pk")[:MOST_OF_A_KIND]:
        url = reverse("providers:review", args=[visit.review_id])
        under = f"{visit.review.reference}, {visit.get_form_display()}"
        text, state = _("Incident-driven visit"), VisitState.MADE.label
        yield Happening(visit.day, text, "done", str(state), under, url)


def visits(asked: Asked) -> Iterator[Happening]:
    """Everybody who reads the register sees when a unit was visited and what was found."""
    can_read = can(asked.reach, Capability.READ_VISITS)
    found = SiteVisit.objects.filter(care_unit__provider=asked.provider).exclude(
        state=VisitState.CANCELLED
    )
    listed = found.select_related("care_unit__provider", "team").order_by("-planned_on", "-pk")
    for visit in listed[:MOST_OF_A_KIND]:
        row = shown_visit(visit)
        url = reverse("providers:visit", args=[visit.pk]) if can_read else ""
        text = _("Visit to %(unit)s") % {"unit": row.care_unit}
        day = visit.made_on or visit.planned_on
        state = ("late", _("Delayed")) if row.is_late else row.outcome or row.state
        yield Happening(day, text, *state, row.how, url)


def checks(asked: Asked) -> Iterator[Happening]:
    """When the latest checks of a vetting in force run out."""
    if not can(asked.reach, Capability.READ_VETTINGS):
        return
    found = ProviderCheck.objects.filter(
        vetting__provider=asked.provider, vetting__state=VettingState.ADDED, is_latest=True
    )
    for check in found.order_by("-holds_until", "-pk")[:MOST_OF_A_KIND]:
        named = {"check": vetting_words.check_name(check.check_code)}
        text = _("The check runs out: %(check)s") % named
        is_past = check.holds_until < asked.today
        url = reverse("providers:vetting", args=[check.vetting_id])
        look, state = ("late", _("Has run out")) if is_past else ("waiting", _("To come"))
        yield Happening(check.holds_until, text, look, state, url=url, ends=True)


def complaints(asked: Asked) -> Iterator[Happening]:
    if not can(asked.reach, Capability.READ_COMPLAINTS):
        return
    found = list(complaints_about(asked.provider.pk)[:MOST_OF_A_KIND])
    for complaint, row in zip(found, shown_rows(found), strict=True):
        url = reverse("providers:complaint", args=[complaint.pk])
        yield Happening(_day(complaint.filed_at), row.title, *row.state, row.care_unit, url)


def _day(at: datetime) -> date:
    return at.astimezone(clock.STOCKHOLM).date()
