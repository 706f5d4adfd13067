"""People as administrators keep them: found, made, changed, let in, shut out, given roles."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spink.accounts import actions, passwords, queries
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.roles import Role
from spink.accounts.middleware import WallRequest
from spink.accounts.models import RoleAssignment, User
from spink.accounts.models.choices import Roles
from spink.accounts.policies import NotAllowed, is_oneself
from spink.accounts.web import trail
from spink.accounts.web.keeping.views import crumbs, period_state
from spink.accounts.web.opening import for_those_who
from spink.accounts.web.people.forms import EndRoleForm, PeopleNarrowing, PersonForm, RoleForm
from spink.foundation import clock, keeping
from spink.web.filtering import chosen_filters
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50
for_administrators = for_those_who(Capability.ADMINISTER)
form_methods = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True)
class PersonRow:
    person: User
    roles: list[str]
    state: tuple[str, str]


@dataclass(frozen=True, slots=True)
class RoleRow:
    assignment: RoleAssignment
    place: str
    state: tuple[str, str]
    may_end: bool


@require_safe
@for_administrators
def people(request: WallRequest) -> HttpResponse:
    narrowing = PeopleNarrowing(request.GET)
    page = Paginator(narrowing.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": narrowing,
        "chosen": chosen_filters(narrowing),
        "page_of": page,
        "rows": _rows(list(page.object_list)),
        "trail": crumbs(Crumb(_("People"))),
    }
    return render(request, "accounts/people/list.html", context)


@form_methods
@for_administrators
def new_person(request: WallRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.create_user(by=request.user.actor, **form.given)
        messages.success(request, _("%(name)s is added. Give a role next.") % {"name": made})
        return redirect("person", made.pk)
    context = {
        "form": form,
        "title": _("New person"),
        "trail": crumbs(_people_crumb(), Crumb(_("New person"))),
        "back": reverse("people"),
    }
    return render(request, "accounts/people/form.html", context, status=_status(form))


@require_safe
@for_administrators
def person(request: WallRequest, user_id: int) -> HttpResponse:
    return render(request, "accounts/people/person.html", _person_context(request, user_id))


def _person_context(request: WallRequest, user_id: int) -> dict[str, Any]:
    found = _person(user_id)
    return {
        "person": found,
        "state": _state(found),
        "roles": [_role_row(one) for one in queries.roles_of(found)],
        "is_oneself": is_oneself(found, request.user.actor),
        "history": trail.of_subject("user", str(found.pk)),
        "trail": crumbs(_people_crumb(), Crumb(str(found))),
    }


@form_methods
@for_administrators
def change_person(request: WallRequest, user_id: int) -> HttpResponse:
    found = _person(user_id)
    name = str(found)
    form = PersonForm(request.POST or None, instance=found)
    outdated, meanwhile = False, []
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen"]
            actions.change_user(found, form.given, seen=seen, by=request.user.actor)
            messages.success(request, _("Saved."))
            return redirect("person", user_id)
        except keeping.Outdated as error:
            form.seen_now(error.row)
            outdated, meanwhile = True, form.differing_from(error.row)
    context = {
        "form": form,
        "title": name,
        "outdated": outdated,
        "meanwhile": meanwhile,
        "trail": crumbs(_people_crumb(), _person_crumb(user_id, name), Crumb(_("Change"))),
        "back": reverse("person", args=[user_id]),
    }
    status = 409 if outdated else _status(form)
    return render(request, "accounts/people/form.html", context, status=status)


@form_methods
@for_administrators
def new_role(request: WallRequest, user_id: int) -> HttpResponse:
    """First which role, then where and when: what is asked for follows from the role."""
    found = _person(user_id)
    role = _role_named(request.GET.get("role", ""))
    context: dict[str, Any] = {
        "person": found,
        "role": Roles(role.value).label if role else "",
        "trail": crumbs(_people_crumb(), _person_crumb(user_id, str(found)), Crumb(_("New role"))),
        "back": reverse("person", args=[user_id]),
    }
    if role is None:
        context["roles"] = [(one.value, one.label) for one in Roles]
        return render(request, "accounts/people/which_role.html", context)
    form = RoleForm(role, request.POST or None)
    if request.method == "POST" and form.is_valid() and _assigned(request, found, role, form):
        messages.success(request, _("The role is given."))
        return redirect("person", user_id)
    return render(
        request, "accounts/people/new_role.html", context | {"form": form}, status=_status(form)
    )


@form_methods
@for_administrators
def end_role(request: WallRequest, user_id: int, role_id: int) -> HttpResponse:
    found = _person(user_id)
    held = next((one for one in queries.roles_of(found) if one.pk == role_id), None)
    if held is None:
        raise Http404
    form = EndRoleForm(request.POST or None, initial={"seen": actions.days_seen(held)})
    outdated = False
    if request.method == "POST" and form.is_valid():
        try:
            if _ended(request, held, form):
                messages.success(request, _("The role is ended."))
                return redirect("person", user_id)
        except keeping.Outdated as error:
            held, outdated = _as_now(error.row), True
            sent: Any = form.data
            form.data = {**sent.dict(), "seen": actions.days_seen(held)}
    context = {
        "person": found,
        "row": _role_row(held),
        "form": form,
        "outdated": outdated,
        "trail": crumbs(_people_crumb(), _person_crumb(user_id, str(found)), Crumb(_("End role"))),
        "back": reverse("person", args=[user_id]),
    }
    status = 409 if outdated else _status(form)
    return render(request, "accounts/people/end_role.html", context, status=status)


@form_methods
@for_administrators
def switch_person(request: WallRequest, user_id: int) -> HttpResponse:
    """Shut out or let in anew, after a page that says what follows."""
    found = _person(user_id)
    if request.method == "POST":
        try:
            _switch(request, found)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        return redirect("person", user_id)
    if is_oneself(found, request.user.actor):
        raise NotAllowed(_("Nobody shuts out himself or herself. Ask another administrator."))
    context = {
        "person": found,
        "roles": [_role_row(one) for one in queries.roles_of(found) if _holds(one)],
        "trail": crumbs(_people_crumb(), _person_crumb(user_id, str(found))),
        "back": reverse("person", args=[user_id]),
    }
    return render(request, "accounts/people/switch.html", context)


@require_POST
@for_administrators
def send_link(request: WallRequest, user_id: int) -> HttpResponse:
    """To the person's own mail; without an address it is shown here, once."""
    found = _person(user_id)
    if not found.is_active:
        raise NotAllowed(_("The person is deactivated. Activate the account first."))
    if found.email:
        actions.send_password_link(found, by=request.user.actor)
        messages.success(request, _("A link is on its way to %(to)s.") % {"to": found.email})
        return redirect("person", user_id)
    actions.note_password_link_shown(found, by=request.user.actor)
    context = _person_context(request, user_id) | {"link": passwords.link_for(found)}
    return render(request, "accounts/people/person.html", context)


def _switch(request: WallRequest, found: User) -> None:
    wanted = request.POST.get("to", "")
    if wanted == "inactive":
        actions.deactivate_user(found, by=request.user.actor)
        messages.success(request, _("%(name)s is shut out.") % {"name": found})
    elif wanted == "active":
        actions.activate_user(found, by=request.user.actor)
        messages.success(request, _("%(name)s is let in again.") % {"name": found})


def _assigned(request: WallRequest, found: User, role: Role, form: RoleForm) -> bool:
    try:
        given = actions.NewRole(role=role, **form.held)
        actions.assign_role(found, given, by=request.user.actor)
    except ValidationError as refused:
        _say(form, refused)
        return False
    return True


def _ended(request: WallRequest, held: RoleAssignment, form: EndRoleForm) -> bool:
    """Raises keeping.Outdated."""
    given = form.cleaned_data
    last_day = given["last_day"] if given["when"] == "later" else None
    try:
        actions.end_role(held, by=request.user.actor, last_day=last_day, seen=given["seen"])
    except ValidationError as refused:
        _say(form, refused)
        return False
    return True


def _say(form: Any, refused: ValidationError) -> None:
    for message in refused.messages:
        form.add_error(None, message)


def _rows(shown: list[User]) -> list[PersonRow]:
    held: dict[int, list[str]] = defaultdict(list)
    for one in queries.roles_on(clock.today()).filter(user__in=shown).order_by("role", "id"):
        held[one.user_id].append(_said(one))
    return [PersonRow(user, held[user.pk], _state(user)) for user in shown]


def _said(one: RoleAssignment) -> str:
    place = place_of(one)
    return f"{one.get_role_display()}, {place}" if place else one.get_role_display()


def place_of(one: RoleAssignment) -> str:
    if one.unit:
        return f"{one.unit}, {one.unit.department.short_name}"
    return str(one.department or one.team or "")


def _role_row(one: RoleAssignment) -> RoleRow:
    return RoleRow(one, place_of(one), period_state(one), _holds(one))


def _holds(one: RoleAssignment) -> bool:
    """Today or later: what has ended is not ended again."""
    return one.valid_to is None or one.valid_to >= clock.today()


def _state(user: User) -> tuple[str, str]:
    if not user.is_active:
        return "stopped", _("Deactivated")
    if not user.has_usable_password():
        return "waiting", _("No password set yet")
    return "done", _("Active")


def _person(user_id: int) -> User:
    found = queries.people().filter(pk=user_id).first()
    if found is None:
        raise Http404
    return found


def _role_named(code: str) -> Role | None:
    return Role(code) if code in set(Role) else None


def _as_now(row: Any) -> RoleAssignment:
    held: RoleAssignment = row
    return held


def _people_crumb() -> Crumb:
    return Crumb(_("People"), reverse("people"))


def _person_crumb(user_id: int, name: str) -> Crumb:
    return Crumb(name, reverse("person", args=[user_id]))


def _status(form: Any) -> int:
    return 422 if form.errors else 200
