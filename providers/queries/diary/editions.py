"""The editions of the whole register, and what of each a page shows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import BooleanField, Count, F, Func, Q, QuerySet, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import RowNumber

from providers.models import (
    Agreement,
    AgreementLot,
    CareUnit,
    Provider,
    RegisterChange,
    RegisterEdition,
    Stop,
)
from providers.queries.diary.columns import COUNTED, COUNTS, GIVES_AWAY, without
from providers.queries.diary.sight import Sight
from providers.queries.stops import not_begun
from spink.catalogue.domain.services import PROTECTED_HOUSING
from spink.foundation import clock
from spink.foundation.swedish import Plain, plain

Changes = QuerySet[RegisterChange]
Editions = QuerySet[RegisterEdition]

MOST_EDITIONS: Final = 2500
"""How far back the pages of a list go; what is older is found by a period."""
MOST_NAMED: Final = 500

PROVIDER: Final = "providers_provider"
UNIT: Final = "providers_careunit"
SERVICE: Final = "providers_careunitservice"
STOP: Final = "providers_stop"


class ShortPaginator(Paginator):  # type: ignore[type-arg]
    """One that does not count a diary of many years for the sake of its last page."""

    @cached_property
    def count(self) -> int:
        editions: Editions = self.object_list  # type: ignore[assignment]
        return editions[:MOST_EDITIONS].count()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What narrows the diary. `part` is a table's name, or the counts of places."""

    provider: str = ""
    unit: str = ""
    part: str = ""
    who: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_narrow(self) -> bool:
        """By what is changed: not every edition has a change that fits."""
        return bool(self.provider or self.unit or self.part)


def changed_beyond(columns: tuple[str, ...]) -> Q:
    """Updates of more than the columns."""
    left_out = without(columns)
    differs = Func(
        F("before"),
        F("after"),
        template=f"((%(expressions)s{left_out}))",
        arg_joiner=f"{left_out}) IS DISTINCT FROM (",
        output_field=BooleanField(),
    )
    return Q(differs)


def changes_shown(wanted: Wanted, *, sight: Sight) -> Changes:
    found = RegisterChange.objects.all()
    if not sight.sees_planned:
        found = found.exclude(table_name=STOP, row_pk__in=stops_not_begun())
    if not sight.sees_protected:
        found = found.exclude(~changed_beyond(GIVES_AWAY), operation="U", unit_id__in=_protected())
    if wanted.part:
        found = found.filter(_of_part(wanted.part))
    if wanted.provider:
        found = found.filter(_of_providers(providers_called(wanted.provider)))
    if wanted.unit:
        found = found.filter(unit_id__in=units_called(wanted.unit))
    return found


def stops_not_begun() -> "QuerySet[Stop, int]":
    return Stop.objects.filter(not_begun(clock.today())).values_list("pk", flat=True)


def editions_shown(wanted: Wanted, *, sight: Sight) -> Editions:
    """The newest first."""
    found = RegisterEdition.objects.order_by("-number")
    if wanted.first:
        found = found.filter(at__gte=clock.beginning_of(wanted.first))
    if wanted.last:
        found = found.filter(at__lt=clock.beginning_of(wanted.last + timedelta(days=1)))
    if wanted.who:
        label = KeyTextTransform("label", "actor")
        found = found.annotate(who=Plain(label)).filter(who__contains=plain(wanted.who.strip()))
        if not sight.sees_why:
            found = found.exclude(number__in=_of_stops().values("edition_id"))
    if wanted.is_narrow or not (sight.sees_protected and sight.sees_planned):
        changes = changes_shown(wanted, sight=sight)
        found = found.filter(number__in=changes.values("edition_id"))
    return found


def edition_by_number(number: int) -> RegisterEdition | None:
    return RegisterEdition.objects.filter(number=number).first()


def changes_of_editions(
    numbers: Sequence[int], wanted: Wanted, *, sight: Sight, each: int
) -> tuple[dict[int, list[RegisterChange]], dict[int, int]]:
    """The first changes that fit of each edition, and how many there are."""
    found = changes_shown(wanted, sight=sight).filter(edition_id__in=numbers)
    first = found.annotate(
        place=Window(RowNumber(), partition_by=F("edition_id"), order_by="id")
    ).filter(place__lte=each)
    listed: dict[int, list[RegisterChange]] = defaultdict(list)
    for change in first.order_by("id"):
        listed[change.edition_id].append(change)
    counts = found.values_list("edition_id").annotate(count=Count("id"))
    return listed, dict(counts)


def undone_by(numbers: Iterable[int]) -> dict[int, list[int]]:
    """The numbers of the editions that undid each."""
    found: dict[int, list[int]] = defaultdict(list)
    later = RegisterEdition.objects.filter(undoes__in=list(numbers)).order_by("number")
    for edition in later:
        found[edition.undoes_id or 0].append(edition.number)
    return found


def units_ever_protected(unit_ids: Iterable[int]) -> frozenset[int]:
    """Those that give protected housing, or have given it: what they were is hidden, too."""
    wanted = set(unit_ids)
    if not wanted:
        return frozenset()
    return frozenset(pk for pk in _protected().filter(unit_id__in=wanted) if pk is not None)


def editions_of_protected(numbers: Iterable[int]) -> frozenset[int]:
    """Those that changed something of protected housing, whose notes may tell where it lies."""
    found = RegisterChange.objects.filter(edition_id__in=list(numbers), unit_id__in=_protected())
    return frozenset(found.values_list("edition_id", flat=True))


def editions_of_stops(numbers: Iterable[int]) -> frozenset[int]:
    found = _of_stops().filter(edition_id__in=list(numbers))
    return frozenset(found.values_list("edition_id", flat=True))


def _of_stops() -> Changes:
    return RegisterChange.objects.filter(table_name=STOP)


def _protected() -> "QuerySet[RegisterChange, int | None]":
    of_service = RegisterChange.objects.filter(table_name=SERVICE)
    was = Q(before__service_type=PROTECTED_HOUSING) | Q(after__service_type=PROTECTED_HOUSING)
    return of_service.filter(was).order_by().values_list("unit_id", flat=True).distinct()


def units_called(text: str) -> list[int]:
    """By the code, or else by a part of the name."""
    by_code = CareUnit.objects.filter(code__iexact=text.strip())
    named = CareUnit.objects.annotate(plain_name=Plain("name")).filter(
        plain_name__contains=plain(text.strip())
    )
    return _ids(by_code) or _ids(named)


def providers_called(text: str) -> list[int]:
    by_code = Provider.objects.filter(code__iexact=text.strip())
    named = Provider.objects.annotate(plain_name=Plain("name")).filter(
        plain_name__contains=plain(text.strip())
    )
    return _ids(by_code) or _ids(named)


def _ids(found: QuerySet[Any]) -> list[int]:
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST_NAMED])


def _of_providers(ids: list[int]) -> Q:
    """What is the providers' own, their units', and their agreements'."""
    rows: list[tuple[str, list[int]]] = [
        (PROVIDER, ids),
        (STOP, _listed(Stop.objects.filter(provider__in=ids))),
        ("providers_agreement", _listed(Agreement.objects.filter(provider__in=ids))),
        (
            "providers_agreementlot",
            _listed(AgreementLot.objects.filter(agreement__provider__in=ids)),
        ),
    ]
    found = Q(unit_id__in=_listed(CareUnit.objects.filter(provider__in=ids)))
    for table, of_table in rows:
        found |= Q(table_name=table, row_pk__in=of_table)
    return found


def _of_part(part: str) -> Q:
    """A count of places is no change of the unit itself."""
    if part == COUNTS:
        return Q(table_name=UNIT, operation="U") & ~changed_beyond(COUNTED)
    if part == UNIT:
        return Q(table_name=UNIT) & (~Q(operation="U") | changed_beyond(COUNTED))
    return Q(table_name=part)


def _listed(found: QuerySet[Any]) -> list[int]:
    return list(found.values_list("pk", flat=True))
