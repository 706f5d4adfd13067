"""The register, kept by quality and control. What has been used is ended, never deleted."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.actions import end_stop
from providers.admin_forms import (
    AddressFormSet,
    CareUnitForm,
    PartiesForm,
    ProviderForm,
    StopForm,
    SubtypesForm,
)
from providers.diary import changing_register
from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CareUnitAddress,
    CareUnitService,
    CorporateGroup,
    DirectAwardVetting,
    Permit,
    Price,
    Provider,
    RegisterEdition,
    RegisterSetting,
    Stop,
)
from spink.accounts.administration import AuditedAdmin, AuditedInline, never
from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import check_can
from spink.foundation import clock
from spink.foundation.swedish import SwedishOrder


class ForKeepers(AuditedAdmin):
    capability = Capability.KEEP_REGISTER

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Whoever saves holds the register's number, so that two who save at once do so in turn."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        with changing_register(by=request.user.actor):
            return super().changeform_view(request, *args, **kwargs)

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> Any:
        """Refused before it is looked whether there is such a row."""
        check_can(request.reach, self.capability)
        return super().history_view(request, object_id, extra_context)


class KeptRegister(ForKeepers):
    """What has been used is ended, not deleted. A code is what others know a row by: it stays."""

    has_delete_permission = never
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return ("code",) if obj is not None and hasattr(obj, "code") else ()


class RegisterInline(AuditedInline):
    capability = Capability.KEEP_REGISTER


class ServiceInline(RegisterInline):
    model = CareUnitService
    form = SubtypesForm


class PermitInline(RegisterInline):
    model = Permit


class VettingInline(RegisterInline):
    model = DirectAwardVetting


class AddressInline(RegisterInline):
    model = CareUnitAddress
    formset = AddressFormSet


class PlaceInline(RegisterInline):
    model = AgreementUnit
    raw_id_fields = ("lot",)
    show_change_link = True


@admin.register(CareUnit)
class CareUnitAdmin(KeptRegister):
    form = CareUnitForm
    list_display = ("name", "code", "provider", "municipality", "places_total", "places_occupied")
    list_filter = ("services__service_type", "municipality")
    list_select_related = ("provider",)
    search_fields = ("name", "code", "provider__name")
    raw_id_fields = ("provider",)
    ordering = (SwedishOrder("name"), "id")
    inlines = (ServiceInline, PermitInline, VettingInline, PlaceInline, AddressInline)


@admin.register(CorporateGroup)
class CorporateGroupAdmin(KeptRegister):
    list_display = ("name", "code")
    search_fields = ("name", "code")
    ordering = (SwedishOrder("name"), "id")


@admin.register(Provider)
class ProviderAdmin(KeptRegister):
    form = ProviderForm
    exclude = ("personal_number",)
    list_display = ("name", "code", "legal_form", "ownership", "organisation_number", "group")
    list_filter = ("legal_form", "ownership")
    list_select_related = ("group",)
    search_fields = ("name", "code", "organisation_number")
    ordering = (SwedishOrder("name"), "id")


class LotInline(RegisterInline):
    model = AgreementLot
    form = SubtypesForm
    show_change_link = True


@admin.register(Agreement)
class AgreementAdmin(KeptRegister):
    form = PartiesForm
    list_display = ("code", "name", "provision_form", "provider", "valid_from", "valid_to")
    list_filter = ("provision_form",)
    list_select_related = ("provider",)
    search_fields = ("code", "name", "reference", "provider__name")
    raw_id_fields = ("provider",)
    ordering = ("code",)
    inlines = (LotInline,)


class LotPlaceInline(RegisterInline):
    model = AgreementUnit
    raw_id_fields = ("unit",)
    show_change_link = True


@admin.register(AgreementLot)
class AgreementLotAdmin(KeptRegister):
    form = SubtypesForm
    list_display = ("agreement", "code", "name", "service_type")
    list_select_related = ("agreement", "service_type")
    search_fields = ("code", "name", "agreement__code", "agreement__name")
    raw_id_fields = ("agreement",)
    inlines = (LotPlaceInline,)


class PriceInline(RegisterInline):
    model = Price


@admin.register(AgreementUnit)
class AgreementUnitAdmin(KeptRegister):
    list_display = ("unit", "lot", "rank")
    list_select_related = ("unit", "lot__agreement")
    search_fields = ("unit__name", "unit__code", "lot__agreement__code")
    raw_id_fields = ("unit", "lot")
    inlines = (PriceInline,)


@admin.register(Stop)
class StopAdmin(KeptRegister):
    """A stop is decided by whoever adds it, and lifted by the action; it is never deleted."""

    form = StopForm
    list_display = ("kind", "unit", "provider", "group", "valid_from", "valid_to", "ended_at")
    list_filter = ("kind",)
    list_select_related = ("unit", "provider", "group")
    search_fields = ("unit__name", "provider__name", "group__name")
    raw_id_fields = ("unit", "provider", "group")
    readonly_fields = ("decided_at", "decided_by", "ended_at", "ended_by")
    ordering = ("-id",)
    actions = ("lift",)

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:  # noqa: ARG002
        return self.readonly_fields

    def save_model(self, request: Any, obj: Stop, form: Any, change: bool) -> None:
        if not change:
            obj.decided_at, obj.decided_by = clock.now(), request.user.actor.label
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Lift the chosen stops"))
    def lift(self, request: Any, queryset: Any) -> None:
        for stop in queryset:
            end_stop(stop_id=stop.pk, by=request.user.actor)


@admin.register(RegisterSetting)
class RegisterSettingAdmin(KeptRegister):
    def has_add_permission(self, request: Any) -> bool:
        return self.is_open(request) and not RegisterSetting.objects.exists()


@admin.register(RegisterEdition)
class RegisterEditionAdmin(ForKeepers):
    """The diary's editions, to read: the database alone writes them."""

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

    @display(description=_("who"))
    def who(self, edition: RegisterEdition) -> str:
        return str(edition.actor.get("label", ""))
