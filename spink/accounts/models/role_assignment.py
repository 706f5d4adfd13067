from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.roles import SCOPE_OF_ROLE, Scope
from spink.accounts.models.choices import Roles

PLACES = ("unit", "department", "team")


def _held_in(scope: Scope) -> Q:
    """The place that belongs to the scope is given, and no other."""
    roles = [role.value for role, own in SCOPE_OF_ROLE.items() if own is scope]
    places = {f"{place}__isnull": place != scope.value for place in PLACES}
    return Q(role__in=roles, **places)


class RoleAssignment(models.Model):
    """A user holds a role in one place, from and to."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_assignments"
    )
    role = models.CharField(_("role"), max_length=40, choices=Roles.choices)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, null=True, blank=True)
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True
    )
    team = models.ForeignKey(
        "accounts.PlacementTeam", on_delete=models.PROTECT, null=True, blank=True
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("role of a user")
        verbose_name_plural = _("roles of users")
        indexes = (models.Index(fields=("user", "valid_from"), name="role_user"),)
        constraints = (
            models.CheckConstraint(
                condition=_held_in(Scope.UNIT)
                | _held_in(Scope.DEPARTMENT)
                | _held_in(Scope.TEAM)
                | _held_in(Scope.WHOLE),
                name="role_held_in_its_place",
                violation_error_message=_("The role needs its own kind of place, and no other."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="role_period_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
