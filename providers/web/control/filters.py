"""What narrows the inbox: all of it stands in the address."""

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from django.forms import TextInput
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.models import Finding, MonitoringSource
from providers.models.control.choices import Severity
from providers.queries.control.findings import Findings, findings_named
from spink.web.forms import Form

NOBODY = "nobody"
NOTED = "noted"


class FindingFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method="named",
        max_length=80,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Provider or title")}),
    )
    severity = filters.ChoiceFilter(
        label=_("Severity"), choices=Severity.choices, empty_label=_("Every severity")
    )
    source = filters.ChoiceFilter(
        label=_("Source"), method="from_source", empty_label=_("All sources")
    )
    owner = filters.ChoiceFilter(
        label=pgettext_lazy("of a finding", "Owner"),
        method="owned_by",
        empty_label=_("Anybody or nobody"),
    )

    class Meta:
        model = Finding
        fields: Sequence[str] = ()
        form = Form

    def __init__(self, data: Any, queryset: Findings, *, owners: Sequence[tuple[str, str]]) -> None:
        super().__init__(data, queryset)
        sources = MonitoringSource.objects.values_list("code", "name")
        self.filters["source"].extra["choices"] = [*sources, (NOTED, _("Noted by hand"))]
        self.filters["owner"].extra["choices"] = [(NOBODY, _("Nobody")), *owners]

    def named(self, found: Findings, _name: str, text: str) -> Findings:
        return findings_named(found, text)

    def from_source(self, found: Findings, _name: str, code: str) -> Findings:
        return found.filter(source=None) if code == NOTED else found.filter(source__code=code)

    def owned_by(self, found: Findings, _name: str, owner: str) -> Findings:
        return found.filter(owner=None) if owner == NOBODY else found.filter(owner=int(owner))
