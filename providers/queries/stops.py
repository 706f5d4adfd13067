"""Which stops close a rung to units, as the database says it, and what a stop would reach."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import connection
from django.db.models import F, Q, QuerySet

from providers.domain.register import Register
from providers.models import AgreementUnit, CareUnit, CorporateGroup, Provider, Stop
from providers.queries import loading
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock


@dataclass(frozen=True, slots=True)
class ClosingStop:
    stop_id: int
    kind: str
    since: date | None


def closing_stops(
    units: Mapping[str, str], *, instant: date, start: date | None
) -> dict[str, ClosingStop]:
    """`units` are codes with the rung that each is wanted on, empty for none. By code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wanted.unit, s.id, s.kind, s.valid_from"
            " FROM unnest(%s::text[], %s::text[]) AS wanted (unit, form)"
            " JOIN providers_stop s"
            " ON s.id = providers_closing_stop(wanted.unit, wanted.form, %s, %s)",
            [list(units), list(units.values()), instant, start],
        )
        return {unit: ClosingStop(*stop) for unit, *stop in cursor.fetchall()}


Target = CareUnit | Provider | CorporateGroup


def units_under(on: Target) -> "QuerySet[CareUnit]":
    """Those that a stop on it reaches."""
    if isinstance(on, CareUnit):
        return CareUnit.objects.filter(pk=on.pk)
    if isinstance(on, Provider):
        return CareUnit.objects.filter(provider=on)
    return CareUnit.objects.filter(provider__group=on)


def provider_ids_under(on: Target) -> set[int]:
    """Whose units it reaches."""
    if isinstance(on, CareUnit):
        return {on.provider_id}
    if isinstance(on, Provider):
        return {on.pk}
    return set(Provider.objects.filter(group=on).values_list("pk", flat=True))


def rungs_under(on: Target, day: date) -> frozenset[ProvisionForm]:
    """The rungs on which its units stand for somebody, on the day or later."""
    units = units_under(on)
    lasts = Q(lot__agreement__valid_to=None) | Q(lot__agreement__valid_to__gte=day)
    agreed = AgreementUnit.objects.filter(lasts, unit__in=units)
    found = {*agreed.values_list("lot__agreement__provision_form", flat=True).distinct()}
    if units.exclude(operated_by="").exists():
        found.add(ProvisionForm.IN_HOUSE)
    vetted = Q(direct_award__vetted_to=None) | Q(direct_award__vetted_to__gte=day)
    if units.filter(vetted, direct_award__isnull=False).exists():
        found.add(ProvisionForm.DIRECT_AWARD)
    return frozenset(map(ProvisionForm, found))


def register_of(units: "QuerySet[CareUnit]", *, without: Stop | None = None) -> Register:
    """These units alone, today, as if there were no such stop."""
    today = clock.today()
    document = loading.load(today, list(units.values_list("pk", flat=True))).as_document(today)
    left_out = str(without.reference) if without else ""
    for unit in document["units"]:
        unit["stops"] = [one for one in unit.get("stops", ()) if one["reference"] != left_out]
    return Register.from_document(document, place="register")


def stops_on(on: Target) -> "QuerySet[Stop]":
    """All that were ever set on it or above it, the newest first; for a group on its providers'
    units too."""
    if isinstance(on, CareUnit):
        which = Q(unit=on) | Q(provider=on.provider_id)
        which |= Q(group=on.provider.group_id) if on.provider.group_id else Q()
    elif isinstance(on, Provider):
        which = Q(provider=on) | Q(unit__provider=on)
        which |= Q(group=on.group_id) if on.group_id else Q()
    else:
        which = Q(group=on) | Q(provider__group=on)
    found = Stop.objects.filter(which).select_related("unit", "provider", "group")
    return found.order_by(F("valid_from").desc(nulls_last=True), "-pk")


class StopsNow(StrEnum):
    IN_FORCE = "in_force"
    TO_COME = "to_come"
    OVER = "over"


def all_stops(now: StopsNow, day: date) -> "QuerySet[Stop]":
    """The newest first."""
    found = Stop.objects.select_related("unit__provider", "provider", "group")
    if now is StopsNow.OVER:
        which = Q(ended_at__isnull=False) | Q(valid_to__lt=day)
    elif now is StopsNow.TO_COME:
        which = Q(ended_at=None, valid_from__gt=day)
    else:
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        lasts = Q(valid_to=None) | Q(valid_to__gte=day)
        which = Q(ended_at=None) & begun & lasts
    return found.filter(which).order_by(F("valid_from").desc(nulls_last=True), "-pk")


def not_begun(day: date) -> Q:
    """Stops that are to come, and those that were lifted before they came to hold."""
    return Q(valid_from__gt=day) | Q(ended_at__date__lt=F("valid_from"))


def stops_reaching_unit(found: "QuerySet[Stop]", code: str) -> "QuerySet[Stop]":
    """Those on the unit of that code, on its provider and on its group."""
    units = CareUnit.objects.filter(code=code)
    above = Q(provider__in=units.values("provider")) | Q(
        group__in=units.filter(provider__group__isnull=False).values("provider__group")
    )
    return found.filter(Q(unit__code=code) | above)


def stops_at_provider(found: "QuerySet[Stop]", code: str) -> "QuerySet[Stop]":
    """Those on the provider of that code, on its group and on any of its units."""
    groups = Provider.objects.filter(code=code, group__isnull=False).values("group")
    own = Q(provider__code=code) | Q(unit__provider__code=code)
    return found.filter(own | Q(group__in=groups))


@dataclass(frozen=True, slots=True)
class Reached:
    """A stop as it is written, with the units that it reaches as they would be without it."""

    stop_id: int
    kind: str
    first: date | None
    last: date | None
    is_lifted: bool
    decided_at: datetime | None
    units: Register


def reached_by(stop_id: int) -> Reached | None:
    """Its row is held until the transaction ends, so that its effect is reckoned once at a time."""
    stop = Stop.objects.select_for_update().filter(pk=stop_id).first()
    on = _target_of(stop) if stop else None
    if stop is None or on is None:
        return None
    units = register_of(units_under(on), without=stop)
    return Reached(
        stop.pk,
        stop.kind,
        stop.valid_from,
        stop.valid_to,
        stop.ended_at is not None,
        stop.decided_at,
        units,
    )


def stops_beside(stop_id: int) -> list[int]:
    """Other stops that are not lifted and reach a unit that this one reaches."""
    stop = Stop.objects.filter(pk=stop_id).first()
    on = _target_of(stop) if stop else None
    if on is None:
        return []
    units = units_under(on)
    reaching = (
        Q(unit__in=units)
        | Q(provider__in=units.values("provider"))
        | Q(group__in=units.values("provider__group"))
    )
    found = Stop.objects.filter(reaching, ended_at=None).exclude(pk=stop_id).order_by("pk")
    return list(found.values_list("pk", flat=True))


def stops_that_turn(first: date, last: date) -> list[int]:
    """Those that began on one of the days, or ended on the day before one."""
    began = Q(valid_from__gte=first, valid_from__lte=last)
    day = timedelta(days=1)
    ended = Q(valid_to__gte=first - day, valid_to__lte=last - day)
    found = Stop.objects.filter(began | ended, ended_at=None).order_by("pk")
    return list(found.values_list("pk", flat=True))


_OF_MOVED = """
WITH moved AS (
    SELECT c.table_name, c.before, c.after
    FROM providers_registeredition e JOIN providers_registerchange c ON c.number = e.number
    WHERE e.at >= %s AND c.operation = 'U'
    AND (c.table_name = 'providers_careunit'
            AND c.before->>'provider_id' IS DISTINCT FROM c.after->>'provider_id'
        OR c.table_name = 'providers_provider'
            AND c.before->>'group_id' IS DISTINCT FROM c.after->>'group_id')
), sides AS (
    SELECT table_name, before AS said FROM moved UNION ALL SELECT table_name, after FROM moved
), owners AS (
    SELECT (said->>'provider_id')::bigint AS id FROM sides WHERE table_name = 'providers_careunit'
), families AS (
    SELECT p.group_id AS id FROM providers_provider p JOIN owners USING (id)
    UNION
    SELECT (said->>'group_id')::bigint FROM sides WHERE table_name = 'providers_provider'
)
SELECT s.id FROM providers_stop s
WHERE s.ended_at IS NULL
AND (s.provider_id IN (SELECT id FROM owners) OR s.group_id IN (SELECT id FROM families))
ORDER BY s.id"""


def stops_of_moved(since: datetime) -> list[int]:
    """Those of providers and groups that units have come to, or have left, since then: by whatever
    way, since the diary tells."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_MOVED, [since])
        return [stop_id for (stop_id,) in cursor.fetchall()]


def _target_of(stop: Stop) -> Target | None:
    on: Target | None = stop.unit or stop.provider or stop.group
    return on
