"""The base of every page in the administration: a capability opens it, and changes are audited."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.foundation import audit

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    ModelAdmin = admin.ModelAdmin
    TabularInline = admin.TabularInline


class OpenedByCapability:
    """What a role may do decides, never Django's own permissions, staff or superuser marks."""

    capability = Capability.ADMINISTER

    def is_open(self, request: Any, *_: Any, **__: Any) -> bool:
        return can(request.reach, self.capability)

    has_module_permission = is_open
    has_view_permission = is_open
    has_add_permission = is_open
    has_change_permission = is_open
    has_delete_permission = is_open


def never(*_: Any, **__: Any) -> bool:
    return False


class AuditedAdmin(OpenedByCapability, ModelAdmin):
    """An audit row for each object that is added, changed or deleted, names of fields only."""

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _record(request, "added", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        _record(request, "changed", obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            _record(request, "deleted", obj, [])
        return super().log_deletions(request, queryset)


class AuditedInline(OpenedByCapability, TabularInline):
    """Rows within another object's page; they stand in that object's audit row."""

    extra = 0


def _record(request: Any, action: str, obj: Model, message: Any) -> None:
    audit.record(
        action=f"{obj._meta.model_name}_{action}",
        by=request.user.actor,
        subject=str(obj._meta.model_name),
        subject_id=str(obj.pk),
        details={"fields": _fields(message)},
    )


def _fields(message: Any) -> list[str]:
    """The names of the fields that Django's change message tells of, each once."""
    if not isinstance(message, list):
        return []
    named = [name for part in message for step in part.values() for name in step.get("fields", [])]
    return sorted({str(name) for name in named})
