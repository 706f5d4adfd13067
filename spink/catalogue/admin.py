"""The catalogue, kept by administrators: what has been used is ended by date and never deleted."""

from django.contrib import admin

from spink.accounts.administration import AuditedInline, KeptForEver
from spink.catalogue.models import (
    CodedReason,
    LegalBasis,
    ServiceRung,
    ServiceSplit,
    ServiceType,
    SpecialNeed,
    Subtype,
)


class SubtypeInline(AuditedInline):
    model = Subtype
    can_delete = False


class RungInline(AuditedInline):
    model = ServiceRung
    can_delete = False


class SplitInline(AuditedInline):
    model = ServiceSplit
    can_delete = False


@admin.register(ServiceType)
class ServiceTypeAdmin(KeptForEver):
    list_display = ("name_sv", "area", "is_requested", "valid_from", "valid_to")
    list_filter = ("area", "is_requested")
    inlines = (SubtypeInline, RungInline, SplitInline)


@admin.register(SpecialNeed)
class SpecialNeedAdmin(KeptForEver):
    list_display = ("name_sv", "code", "valid_from", "valid_to")


@admin.register(LegalBasis)
class LegalBasisAdmin(KeptForEver):
    list_display = ("name_sv", "law", "section", "is_handled_here", "valid_from", "valid_to")
    list_filter = ("law", "is_handled_here")


@admin.register(CodedReason)
class CodedReasonAdmin(KeptForEver):
    list_display = ("name_sv", "kind", "code", "valid_from", "valid_to")
    list_filter = ("kind",)
