"""What the control of providers tells on a provider's timeline, to those who may read it."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.models import Finding, ProviderCheck, Vetting
from providers.models.control.choices import VettingState
from providers.queries.control.complaints import complaints_about
from providers.web.control import vetting_words, words
from providers.web.control.complaints.rows import shown_rows
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
        at = vetting.ended_at or vetting.decided_at or vetting.begun_at
        url = reverse("providers:vetting", args=[vetting.pk])
        yield Happening(_day(at), text, *vetting_words.state(vetting), url=url)


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
