"""What narrows the list of complaints: all of it stands in the address."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.models import Complaint
from providers.models.control.choices import RungOfLadder
from providers.queries.control.complaints import Complaints, complaints_named, late
from spink.foundation import clock
from spink.web.forms import Form

NOBODY = "nobody"


class ComplaintFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Provider or care unit")}),
    )
    category = filters.ChoiceFilter(label=_("What it is about"), empty_label=_("Everything"))
    provision_form = filters.ChoiceFilter(
        label=_("Provision form"), choices=RungOfLadder.choices, empty_label=_("All forms")
    )
    owner = filters.ChoiceFilter(
        label=pgettext_lazy("of a complaint", "Owner"),
        method="owned_by",
        empty_label=_("Anybody or nobody"),
    )
    late = filters.ChoiceFilter(
        label=pgettext_lazy("of a complaint", "Answer"),
        method="answered_late",
        choices=(("late", _("Overdue")),),
        empty_label=_("All"),
    )

    class Meta:
        model = Complaint
        fields: Sequence[str] = ()
        form = Form

    def __init__(
        self,
        data: Any,
        queryset: Complaints,
        *,
        owners: Sequence[tuple[str, str]],
        categories: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data, queryset)
        self.filters["owner"].extra["choices"] = [(NOBODY, _("Nobody")), *owners]
        self.filters["category"].extra["choices"] = categories

    def named(self, found: Complaints, _name: str, text: str) -> Complaints:
        return complaints_named(found, text)

    def owned_by(self, found: Complaints, _name: str, owner: str) -> Complaints:
        return found.filter(owner=None) if owner == NOBODY else found.filter(owner=int(owner))

    def answered_late(self, found: Complaints, _name: str, _value: str) -> Complaints:
        return late(found, clock.today())
