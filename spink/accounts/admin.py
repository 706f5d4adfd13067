"""People, departments and placement functions, kept by administrators. No person, no request."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from spink.accounts.administration import AuditedAdmin, AuditedInline, KeptForEver, never
from spink.accounts.models import (
    Department,
    DutyShift,
    Municipality,
    PlacementFunction,
    PlacementTeam,
    RoleAssignment,
    TeamService,
    Unit,
    User,
)
from spink.accounts.policies import NotAllowed, check_is_somebody_else

admin.site.unregister(Group)


class RolesOfSomebodyElse(BaseInlineFormSet):  # type: ignore[type-arg]
    by: Any = None

    def clean(self) -> None:
        super().clean()
        if not any(form.has_changed() for form in self.forms):
            return
        try:
            check_is_somebody_else(self.instance, self.by)
        except NotAllowed as refused:
            raise ValidationError(str(refused)) from refused


class RoleInline(AuditedInline):
    model = RoleAssignment
    formset = RolesOfSomebodyElse

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.by = request.user.actor
        return formset


@admin.register(User)
class PeopleAdmin(AuditedAdmin, UserAdmin):  # type: ignore[type-arg]
    """A user is never deleted: the trail speaks of him or her. Inactive, nobody logs in."""

    list_display = ("username", "first_name", "last_name", "is_active")
    list_filter = ("is_active", "role_assignments__role")
    filter_horizontal = ()
    inlines = (RoleInline,)
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (None, {"fields": ("first_name", "last_name", "email", "phone")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "usable_password", "password1", "password2")}),
        (None, {"fields": ("first_name", "last_name", "email", "phone")}),
    )

    has_delete_permission = never


@admin.register(Municipality)
class MunicipalityAdmin(KeptForEver):
    list_display = ("code", "name", "is_member")


class UnitInline(AuditedInline):
    model = Unit
    can_delete = False


@admin.register(Department)
class DepartmentAdmin(KeptForEver):
    list_display = ("name", "municipality")
    list_filter = ("municipality",)
    inlines = (UnitInline,)


class TeamInline(AuditedInline):
    model = PlacementTeam
    can_delete = False


@admin.register(PlacementFunction)
class PlacementFunctionAdmin(KeptForEver):
    list_display = ("name", "municipality")
    inlines = (TeamInline,)


class TeamServiceInline(AuditedInline):
    model = TeamService


@admin.register(PlacementTeam)
class PlacementTeamAdmin(KeptForEver):
    list_display = ("name", "function")
    inlines = (TeamServiceInline,)


@admin.register(DutyShift)
class DutyShiftAdmin(AuditedAdmin):
    """To be read: shifts are begun and ended by those on duty."""

    list_display = ("user", "municipality", "started_at", "ends_at", "reason")
    list_filter = ("municipality",)

    has_add_permission = never
    has_change_permission = never
    has_delete_permission = never
