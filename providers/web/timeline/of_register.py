"""What the register tells on a provider's timeline."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from providers import policies
from providers.actions.keeping import REMOVED
from providers.actions.keeping.parts import PARTS
from providers.models import (
    BROKEN_OFF,
    Agreement,
    CareUnit,
    CareUnitService,
    DirectAwardVetting,
    Permit,
    PlannedChange,
    PlanState,
    Stop,
)
from providers.queries.history import row_history
from providers.queries.stops import not_begun
from providers.telling import history_rows
from providers.web import words
from providers.web.keeping.plans import WHY, without_places
from providers.web.timeline.happening import MOST_OF_A_KIND, Asked, Happening
from spink.catalogue import queries as catalogue
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation import clock


def units(asked: Asked) -> Iterator[Happening]:
    found = CareUnit.objects.filter(provider=asked.provider).order_by(
        F("open_to").desc(nulls_last=True), "pk"
    )
    for unit in found[:MOST_OF_A_KIND]:
        url = reverse("providers:unit", args=[unit.code])
        if unit.open_from:
            text = _("%(unit)s opens") % {"unit": unit.name}
            yield _begins(unit.open_from, text, asked.today, url=url)
        if unit.open_to:
            text = _("%(unit)s has its last day") % {"unit": unit.name}
            yield _ends(unit.open_to, text, asked.today, url=url)


def permits(asked: Asked) -> Iterator[Happening]:
    found = Permit.objects.filter(unit__provider=asked.provider).select_related("unit")
    for permit in found.order_by(F("valid_to").desc(nulls_last=True), "pk")[:MOST_OF_A_KIND]:
        named = {"unit": permit.unit.name, "number": permit.number}
        url = reverse("providers:unit", args=[permit.unit.code])
        under = _("Permit %(number)s from IVO") % named if permit.number else ""
        if permit.valid_from:
            text = _("The permit of %(unit)s begins") % named
            yield _begins(permit.valid_from, text, asked.today, url=url, under=under)
        if permit.valid_to:
            text = _("The permit of %(unit)s ends") % named
            lacks = permit.required and _is_open(permit.unit, asked.today)
            yield _ends(permit.valid_to, text, asked.today, url=url, under=under, lacks=lacks)


def agreements(asked: Asked) -> Iterator[Happening]:
    """The provider's own, and those that its units are in."""
    found = Agreement.objects.filter(
        Q(provider=asked.provider) | Q(lots__units__unit__provider=asked.provider)
    ).distinct()
    for agreement in found.order_by(F("valid_to").desc(nulls_last=True), "pk")[:MOST_OF_A_KIND]:
        named = {"name": str(agreement)}
        url = reverse("providers:agreement", args=[agreement.pk])
        under = " ".join(
            filter(None, [agreement.get_provision_form_display(), agreement.reference])
        )
        if agreement.valid_from:
            text = _("The agreement %(name)s begins") % named
            yield _begins(agreement.valid_from, text, asked.today, url=url, under=under)
        if agreement.valid_to:
            text = _("The agreement %(name)s ends") % named
            yield _ends(agreement.valid_to, text, asked.today, url=url, under=under)


def direct_awards(asked: Asked) -> Iterator[Happening]:
    found = DirectAwardVetting.objects.filter(unit__provider=asked.provider).select_related("unit")
    for award in found.order_by(F("vetted_to").desc(nulls_last=True), "pk")[:MOST_OF_A_KIND]:
        named = {"unit": award.unit.name}
        url = reverse("providers:unit", args=[award.unit.code])
        if award.vetted_from:
            text = _("%(unit)s is vetted for direct award") % named
            yield _begins(award.vetted_from, text, asked.today, url=url)
        if award.vetted_to:
            text = _("The vetting of %(unit)s for direct award ends") % named
            lacks = _is_open(award.unit, asked.today)
            yield _ends(award.vetted_to, text, asked.today, url=url, lacks=lacks)


def stops(asked: Asked) -> Iterator[Happening]:
    """Those on the provider, on its units and on its group. Why is for the quality roles alone,
    and not everybody is told of what is to come."""
    reached = Q(provider=asked.provider) | Q(unit__provider=asked.provider)
    if asked.provider.group_id:
        reached |= Q(group=asked.provider.group_id)
    found = Stop.objects.filter(reached).select_related("unit", "provider", "group").order_by("-pk")
    if not policies.can_see_planned_stops(asked.reach):
        found = found.exclude(not_begun(asked.today))
    listed = list(found[:MOST_OF_A_KIND])
    sees_why = policies.can_see_why_stopped(asked.reach)
    reasons = catalogue.names({one.reason_code for one in listed}, of="stop") if sees_why else {}
    for stop in listed:
        first = stop.valid_from or _day(stop.decided_at)
        last = _day(stop.ended_at) or stop.valid_to
        kind = words.stop_kind(stop)
        on = stop.unit.name if stop.unit else words.stop_on(stop)
        if first:
            holds = stop.ended_at is None and (last is None or last >= asked.today)
            look, state = _stop_state(holds, first, asked.today)
            yield Happening(first, f"{kind}: {on}", look, state, reasons.get(stop.reason_code, ""))
        if last:
            text = _("%(stop)s ends: %(on)s") % {"stop": kind, "on": on}
            lifted = _("Lifted") if stop.ended_at else _dated(last, asked.today)[1]
            yield Happening(last, text, "done" if last <= asked.today else "waiting", lifted)


def _stop_state(holds: bool, first: date, today: date) -> tuple[str, str]:
    if not holds:
        return "none", _("Over")
    return ("stopped", _("In force")) if first <= today else ("waiting", _("To come"))


def plans(asked: Asked) -> Iterator[Happening]:
    """Changes that wait for their day, and those of which nothing came."""
    found = list(
        PlannedChange.objects.filter(
            Q(unit__provider=asked.provider)
            | Q(part="provider", row_id=asked.provider.pk)
            | Q(part="agreement", row_id__in=asked.provider.agreements.values("pk")),
            state__in=(PlanState.PLANNED, *BROKEN_OFF),
        )
        .select_related("unit")
        .order_by("-day", "-pk")[:MOST_OF_A_KIND]
    )
    if not policies.can_see_protected_places(asked.reach):
        found = _without_hidden(found)
    for plan in found:
        about = plan.unit.name if plan.unit else asked.provider.name
        url = reverse("providers:unit", args=[plan.unit.code]) if plan.unit else ""
        waits = plan.state == PlanState.PLANNED
        yield Happening(
            plan.day,
            _("Planned change of %(name)s") % {"name": about},
            "waiting" if waits else "late",
            _("Planned") if waits else str(WHY[PlanState(plan.state)]),
            _fields(plan),
            url,
        )


def _without_hidden(found: list[PlannedChange]) -> list[PlannedChange]:
    protected = set(
        CareUnitService.objects.filter(
            unit__in=[plan.unit_id for plan in found if plan.unit_id],
            service_type__code=PROTECTED_HOUSING,
        ).values_list("unit_id", flat=True)
    )
    told = without_places([plan for plan in found if plan.unit_id in protected])
    return [plan for plan in found if plan.unit_id not in protected or plan in told]


def _fields(plan: PlannedChange) -> str:
    if REMOVED in plan.values:
        return _("leaves the agreement")
    fields = {field.attname: field for field in PARTS[plan.part].model._meta.concrete_fields}
    names = [str(fields[name].verbose_name) for name in plan.values if name in fields]
    return capfirst(", ".join(names))


def changes(asked: Asked) -> Iterator[Happening]:
    """Of the provider itself: its units' stand in the diary."""
    sees_why = policies.can_see_why_stopped(asked.reach)
    editions = row_history(asked.provider)
    for edition, row in zip(editions, history_rows(editions, sees_why=sees_why), strict=True):
        day = row.at.astimezone(clock.STOCKHOLM).date()
        under = " ".join(filter(None, [row.who, row.note]))
        is_new = any(one.operation == "I" for one in edition.rows)
        text = _("The provider's facts are written in") if is_new else row.text
        yield Happening(day, text, "done", pgettext("facts of a provider", "Noted"), under)


def _begins(day: date, text: str, today: date, *, url: str = "", under: str = "") -> Happening:
    look, state = _dated(day, today)
    return Happening(day, text, look, state, under, url)


def _ends(
    day: date, text: str, today: date, *, url: str = "", under: str = "", lacks: bool = False
) -> Happening:
    """`lacks`: once it has ended the unit goes on without what it needs."""
    if day >= today:
        return Happening(day, text, "waiting", _("To come"), under, url, ends=True)
    return Happening(day, text, "late" if lacks else "none", _("Has ended"), under, url, ends=lacks)


def _dated(day: date, today: date) -> tuple[str, str]:
    return ("done", _("Has happened")) if day <= today else ("waiting", _("To come"))


def _is_open(unit: CareUnit, today: date) -> bool:
    return unit.open_to is None or unit.open_to >= today


def _day(at: datetime | None) -> date | None:
    return at.astimezone(clock.STOCKHOLM).date() if at else None
