from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from spink.accounts import queries
from spink.accounts.actions.people import KEPT_OF_A_PERSON
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope
from spink.accounts.models import User
from spink.accounts.models.choices import Roles
from spink.accounts.web.keeping import KeptForm
from spink.foundation import clock
from spink.web.forms import Form, offer


class PersonForm(KeptForm):
    class Meta:
        model = User
        fields = KEPT_OF_A_PERSON
        labels = {
            "username": _("Username"),
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "email": _("E-mail address"),
            "phone": _("Phone"),
        }
        help_texts = {
            "username": _("What the person logs in with. It is never given to somebody else."),
            "email": _("The municipality's own: links for passwords are sent to it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = True


class RoleForm(Form):
    """For one role: where it is held follows from which it is."""

    place = forms.ChoiceField()
    valid_from = forms.DateField(label=_("Holds from"), help_text=_("May lie ahead."))
    valid_to = forms.DateField(
        label=_("Holds through"),
        required=False,
        help_text=_("The last day. Leave empty if no end is known."),
    )

    def __init__(self, role: Role, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scope = SCOPE_OF_ROLE[role]
        self.initial.setdefault("valid_from", clock.today().isoformat())
        if self.scope is Scope.WHOLE:
            del self.fields["place"]
            return
        self._places = {str(row.pk): row for row in queries.places_of(self.scope, clock.today())}
        self.fields["place"].label = PLACE_LABELS[self.scope]
        offer(self, "place", [("", _("Choose")), *grouped(self._places, self.scope)])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        begins, ends = given.get("valid_from"), given.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", _("The period ends before it begins."))
        return given

    @property
    def held(self) -> dict[str, Any]:
        """The place under the name of its kind, and the days."""
        days = {name: self.cleaned_data[name] for name in ("valid_from", "valid_to")}
        if self.scope is Scope.WHOLE:
            return days
        return days | {self.scope.value: self._places[self.cleaned_data["place"]]}


PLACE_LABELS = {
    Scope.UNIT: _("Unit of the department"),
    Scope.DEPARTMENT: _("Department"),
    Scope.TEAM: _("Team"),
}


def _department_of_unit(row: Any) -> str:
    return f"{row.department.municipality}: {row.department}"


def grouped(places: dict[str, Any], scope: Scope) -> list[Any]:
    """Units under their department, departments under their municipality, teams their function."""
    above: Callable[[Any], str] = {
        Scope.UNIT: _department_of_unit,
        Scope.DEPARTMENT: lambda row: str(row.municipality),
        Scope.TEAM: lambda row: str(row.function),
    }[scope]
    groups: dict[str, list[tuple[str, str]]] = {}
    for key, row in places.items():
        groups.setdefault(above(row), []).append((key, str(row)))
    return list(groups.items())


class EndRoleForm(Form):
    when = forms.ChoiceField(
        label=_("When the role ends"),
        choices=[("now", _("At once")), ("later", _("After its last day"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose when the role ends")},
    )
    last_day = forms.DateField(label=_("Last day"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("when") == "later":
            day = given.get("last_day")
            if day is None and "last_day" not in self.errors:
                self.add_error("last_day", _("Give a date"))
            if day is not None and day < clock.today():
                self.add_error("last_day", _("The last day is today or later."))
        return given


STATES = (
    ("active", _("Active")),
    ("no_role", _("Active, without a role")),
    ("no_password", _("Active, no password set yet")),
    ("inactive", _("Deactivated")),
)


class PeopleFilter(Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name or username")}),
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "role", [("", _("All")), *Roles.choices])
        departments = [(str(one.pk), one.name) for one in queries.departments_by_place()]
        offer(self, "department", [("", _("All")), *departments])
        offer(self, "state", [("", _("All")), *STATES])


class PeopleNarrowing:
    """What the list of people is narrowed by, all of it in the address."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.form = PeopleFilter(data)

    @property
    def rows(self) -> QuerySet[User]:
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        found, held = queries.people(), queries.roles_on(clock.today())
        if text := chosen.get("q"):
            found = queries.people_named(found, text)
        if chosen.get("role") or chosen.get("department"):
            found = queries.people_holding(found, _narrowed(held, chosen))
        return queries.people_in_state(found, chosen.get("state", ""), held)


def _narrowed(held: Any, chosen: dict[str, Any]) -> Any:
    if chosen.get("role"):
        held = held.filter(role=chosen["role"])
    if chosen.get("department"):
        held = queries.roles_in_department(held, int(chosen["department"]))
    return held
