"""What narrows the queue: all of it stands in the address, and each filter can be taken away."""

from collections.abc import Sequence

import django_filters as filters
from django.db.models import Q, QuerySet
from django.forms import TextInput
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from placements.domain.values import Protection
from placements.models import PlacementRequest
from placements.models.choices import States, Urgencies
from placements.queries.queue import OPEN
from spink.web.filtering import without
from spink.web.forms import Form

Requests = QuerySet[PlacementRequest]
Choices = Sequence[tuple[str, str]]

KEPT = ("view",)
"""What stays in the address when all filters are taken away."""
NOT_PROTECTED = Q(person__protection=Protection.NONE)


def _matching_text(requests: Requests, _name: str, text: str) -> Requests:
    """Reference, or initials with or without full stops; a protected person has none."""
    letters = "".join(letter for letter in text.upper() if letter.isalpha())
    initials = "".join(f"{letter}." for letter in letters)
    found = Q(reference__icontains=text.strip())
    if letters and letters == text.upper().replace(".", "").replace(" ", ""):
        found |= Q(person__initials=initials) & NOT_PROTECTED
    return requests.filter(found)


def _of_department(requests: Requests, _name: str, department: str) -> Requests:
    """A protected person is never found so: it would tell where he or she lives."""
    return requests.filter(NOT_PROTECTED, department_id=int(department))


class QueueFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        method=_matching_text,
        max_length=40,
        widget=TextInput(attrs={"type": "search", "placeholder": _("Reference or initials")}),
    )
    service = filters.ChoiceFilter(
        label=_("Service"), field_name="service_type", empty_label=_("All services")
    )
    department = filters.ChoiceFilter(
        label=_("Department"), method=_of_department, empty_label=_("All departments")
    )
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[(state.value, States(state.value).label) for state in OPEN],
        empty_label=_("All open"),
    )
    urgency = filters.ChoiceFilter(
        label=_("Urgency"), choices=Urgencies.choices, empty_label=_("Every urgency")
    )

    class Meta:
        model = PlacementRequest
        fields: Sequence[str] = ()
        form = Form

    def __init__(
        self, data: QueryDict, queryset: Requests, *, services: Choices, departments: Choices
    ) -> None:
        super().__init__(data, queryset)
        self.filters["service"].extra["choices"] = services
        self.filters["department"].extra["choices"] = departments


def only_kept(data: QueryDict) -> str:
    return without(data, *(name for name in data if name not in KEPT))
