"""What narrows the diary: all of it stands in the address."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import django_filters as filters
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.models import RegisterEdition
from providers.queries.diary.columns import COUNTS
from providers.queries.diary.editions import Editions, Wanted, editions_shown
from providers.queries.diary.sight import Sight
from providers.queries.sources import TABLES
from providers.web.diary.shown import part_name
from providers.web.keeping.forms.base import SHORTER
from spink.foundation import clock
from spink.web.forms import Form

LONGEST = 80
A_MONTH = timedelta(days=30)


def part_choices() -> list[tuple[str, str]]:
    return [(part, part_name(part)) for part in (*TABLES, COUNTS)]


def _text(label: Any, placeholder: Any = "") -> filters.CharFilter:
    attributes = {"type": "search", "placeholder": placeholder}
    return filters.CharFilter(
        label=label, method="_later", max_length=LONGEST, widget=TextInput(attrs=attributes)
    )


def _day(label: Any) -> filters.DateFilter:
    return filters.DateFilter(label=label, method="_later", widget=TextInput(attrs=SHORTER))


class Narrowing(filters.FilterSet):  # type: ignore[misc]
    """All filters are asked for at once: a unit and a part are those of the same change."""

    unit = _text(_("Care unit"), _("Name or code"))
    provider = _text(_("Provider"), _("Name or code"))
    part = filters.ChoiceFilter(
        label=_("Part of the register"), method="_later", empty_label=_("Everything")
    )

    class Meta:
        model = RegisterEdition
        fields: Sequence[str] = ()
        form = Form

    def __init__(self, data: Any, *, sight: Sight) -> None:
        super().__init__(data, RegisterEdition.objects.none())
        self.sight = sight
        self.filters["part"].extra["choices"] = part_choices()

    def _later(self, found: Editions, _name: str, _value: Any) -> Editions:
        return found

    @property
    def wanted(self) -> Wanted:
        given = self.form.cleaned_data if self.form.is_valid() else {}
        return Wanted(**{name: value for name, value in given.items() if value})


class DiaryFilter(Narrowing):
    who = _text(pgettext_lazy("of a change", "By whom"), _("Name"))
    first = _day(pgettext_lazy("of a period", "From and with"))
    last = _day(pgettext_lazy("of a period", "To and with"))

    further = ("provider", "who", "first", "last")

    @property
    def is_further(self) -> bool:
        return any(self.data.get(name) for name in self.further)

    def filter_queryset(self, _found: Editions) -> Editions:
        return editions_shown(self.wanted, sight=self.sight)


class ComparedFilter(Narrowing):
    """Two days: as it was at the end of the first, and of the last."""

    first = _day(_("As it was on"))
    last = _day(_("As it was on, against"))

    field_order = ("first", "last", "unit", "provider", "part")

    def __init__(self, data: Any, *, sight: Sight) -> None:
        given = data.copy()
        today = clock.today()
        given.setdefault("first", (today - A_MONTH).isoformat())
        given.setdefault("last", today.isoformat())
        super().__init__(given, sight=sight)
