"""What narrows the queue: all of it stands in the address, and each filter can be taken away."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import django_filters as filters
from django.core.validators import RegexValidator
from django.db.models import Q, QuerySet
from django.forms import TextInput
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placements.domain.values import Protection
from placements.models import Person, PlacementRequest
from placements.models.choices import States, Urgencies
from placements.queries.queue import OPEN, Group, in_group
from spink.accounts import queries as accounts
from spink.accounts.domain.reach import Reach
from spink.catalogue import queries as catalogue
from spink.web.filtering import without
from spink.web.forms import Form

Requests = QuerySet[PlacementRequest]
Choices = Sequence[tuple[str, str]]

KEPT = ("view", "sort")
"""What stays in the address when all filters are taken away."""
OF_PROTECTED = Q(person__in=Person.objects.exclude(protection=Protection.NONE).values("id"))
"""They are few: so the others need not be looked up one by one."""
NEVER_SAVED = ("q",)
"""What was searched for was one request."""
REFERENCE: Final = r"([0-9]{4}-)?[0-9]{0,5}"
"""A reference or the end of one, and nothing else: what is searched for stands in the address,
where neither initials nor a person's number may."""

GROUP_WORDS: Mapping[Group, Promise] = {
    Group.OVERDUE: _("Overdue"),
    Group.TODAY: _("Today"),
    Group.LATER: _("Later"),
    Group.WAITING: _("Waiting for others"),
    Group.UNASSIGNED: _("Unassigned"),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """The choices that come from data."""

    services: Choices
    departments: Choices
    officers: Choices


def _with_reference(text: str) -> Q:
    return Q(reference__contains=text)


def _of_department(department: str) -> Q:
    """A protected person is never found so: it would tell where he or she lives."""
    return Q(department_id=int(department)) & ~OF_PROTECTED


CONDITIONS: Final[Mapping[str, Callable[[str], Q]]] = {
    "q": _with_reference,
    "group": lambda group: in_group(Group(group)),
    "service": lambda service: Q(service_type=service),
    "department": _of_department,
    "state": lambda state: Q(state=state),
    "urgency": lambda urgency: Q(urgency=urgency),
    "officer": lambda officer: Q(assigned_to_id=int(officer)),
}


def conditions(values: Mapping[str, Any]) -> Q:
    """What the values ask of requests that stand in their groups; the empty ones ask nothing."""
    asked = Q()
    for name, condition in CONDITIONS.items():
        if value := values.get(name):
            asked &= condition(value)
    return asked


class QueueFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(
        label=_("Search"),
        max_length=10,
        validators=[
            RegexValidator(
                rf"^(?:{REFERENCE})\Z",
                _("Search for a reference number, or for its last digits: 2025-00123 or 123."),
            )
        ],
        widget=TextInput(
            attrs={
                "type": "search",
                "pattern": REFERENCE,
                "placeholder": _("Reference number"),
                "title": _("A reference number or its last digits"),
                "autocomplete": "off",
                "data-key": "s",
                "data-key-name": _("Search"),
            }
        ),
    )
    group = filters.ChoiceFilter(
        label=_("Place in the queue"),
        choices=list(GROUP_WORDS.items()),
        empty_label=_("The whole queue"),
    )
    service = filters.ChoiceFilter(label=_("Service"), empty_label=_("All services"))
    department = filters.ChoiceFilter(label=_("Department"), empty_label=_("All departments"))
    state = filters.ChoiceFilter(
        label=_("State"),
        choices=[(state.value, States(state.value).label) for state in OPEN],
        empty_label=_("All open"),
    )
    urgency = filters.ChoiceFilter(
        label=_("Urgency"), choices=Urgencies.choices, empty_label=_("Every urgency")
    )
    officer = filters.ChoiceFilter(label=_("Officer"), empty_label=_("All officers"))

    class Meta:
        model = PlacementRequest
        fields: Sequence[str] = ()
        form = Form

    def __init__(self, data: QueryDict, queryset: Requests, *, offered: Offered) -> None:
        super().__init__(data, queryset)
        self.filters["service"].extra["choices"] = offered.services
        self.filters["department"].extra["choices"] = offered.departments
        self.filters["officer"].extra["choices"] = offered.officers

    def filter_queryset(self, queryset: Requests) -> Requests:
        return queryset.filter(conditions(self.form.cleaned_data))


def narrows(filterset: QueueFilter) -> bool:
    """Whether anything is asked of the requests in view."""
    filterset.form.is_valid()
    return bool(conditions(filterset.form.cleaned_data))


def only_kept(data: QueryDict) -> str:
    return without(data, *(name for name in data if name not in KEPT))


def saveable(filterset: QueueFilter, *, view: str) -> str:
    """The view and the filters in force, always in the same order; no search and no page.

    Only what the filters offer: whatever else stands in an address may be about somebody.
    """
    filterset.form.is_valid()
    kept = QueryDict(mutable=True)
    kept["view"] = view
    for name in CONDITIONS:
        if name not in NEVER_SAVED and (value := filterset.form.cleaned_data.get(name)):
            kept[name] = str(value)
    return kept.urlencode()


def offered_to(reach: Reach) -> Offered:
    services = [(one.code, one.name) for one in catalogue.all_services()]
    functions = reach.placement_function_ids
    departments = accounts.departments_of_functions(functions)
    officers = {one.pk: str(one) for pk in functions for one in accounts.officers_of(pk)}
    return Offered(
        services=sorted(services, key=lambda pair: pair[1]),
        departments=[(str(one.pk), one.short_name) for one in departments],
        officers=[(str(pk), name) for pk, name in officers.items()],
    )
