"""The register's diary, to read. The register itself is kept in its own pages."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from providers.models import RegisterEdition
from spink.accounts.administration import AuditedAdmin, never
from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import check_can


@admin.register(RegisterEdition)
class RegisterEditionAdmin(AuditedAdmin):
    """The diary's editions: the database alone writes them."""

    capability = Capability.KEEP_REGISTER
    list_display = ("number", "at", "who", "note", "dated")
    ordering = ("-number",)
    has_add_permission = never
    has_change_permission = never
    has_delete_permission = never

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("The diary is only read."))
        return super().change_view(request, object_id, form_url, extra_context)

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        """Refused before it is looked whether there is such a row."""
        check_can(request.reach, self.capability)
        return super().history_view(request, object_id, extra_context)

    @display(description=_("who"))
    def who(self, edition: RegisterEdition) -> str:
        return str(edition.actor.get("label", ""))
