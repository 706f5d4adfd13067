"""Care units as JSON, as their pages tell them to a reader in any municipality.

Left out, whoever asks: whom to call, and who has counted or checked something. Where protected
housing lies is null, and whose own it is.
"""

from typing import Any, ClassVar

from django.core.exceptions import ObjectDoesNotExist
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from providers.api.serializers import StopSerializer, unit_address
from providers.models import (
    AgreementUnit,
    CareUnit,
    CareUnitService,
    DirectAwardVetting,
    Permit,
    Price,
)
from providers.queries import pages


class GivenServiceSerializer(serializers.ModelSerializer[CareUnitService]):
    """No subtypes are all of them."""

    service_type = serializers.CharField(source="service_type_id")

    class Meta:
        model = CareUnitService
        fields = ("service_type", "subtypes")


class CareUnitSerializer(serializers.ModelSerializer[CareUnit]):
    example: ClassVar[dict[str, Any]] = {
        "code": "alden-1",
        "href": "/api/v1/care-units/alden-1",
        "name": "Aldens korttidsboende",
        "provider": "alden",
        "provider_name": "Alden omsorg AB",
        "services": [{"service_type": "short_term_housing", "subtypes": []}],
        "is_protected_housing": False,
        "municipality": "1480",
        "district": "Hisingen",
        "operated_by": None,
        "age_from": 18,
        "age_to": None,
        "companion_age_from": None,
        "companion_age_to": None,
        "genders": [],
        "drug_free": None,
        "needs_met": ["supervision"],
        "needs_refused": [],
        "takes_acute_admissions": False,
        "open_from": None,
        "open_to": None,
        "places_total": 10,
        "places_occupied": 7,
        "places_unavailable": 0,
        "places_free": 3,
        "next_free_on": None,
        "places_confirmed_at": "2025-03-03T08:00:00Z",
        "stops": [],
    }

    href = serializers.SerializerMethodField()
    provider = serializers.CharField(source="provider.code")
    provider_name = serializers.CharField(source="provider.name")
    services = GivenServiceSerializer(many=True)
    is_protected_housing = serializers.SerializerMethodField()
    municipality = serializers.SerializerMethodField()
    district = serializers.SerializerMethodField()
    operated_by = serializers.SerializerMethodField()
    places_free = serializers.SerializerMethodField()
    stops = serializers.SerializerMethodField()

    class Meta:
        model = CareUnit
        fields: tuple[str, ...] = (
            "code",
            "href",
            "name",
            "provider",
            "provider_name",
            "services",
            "is_protected_housing",
            "municipality",
            "district",
            "operated_by",
            "age_from",
            "age_to",
            "companion_age_from",
            "companion_age_to",
            "genders",
            "drug_free",
            "needs_met",
            "needs_refused",
            "takes_acute_admissions",
            "open_from",
            "open_to",
            "places_total",
            "places_occupied",
            "places_unavailable",
            "places_free",
            "next_free_on",
            "places_confirmed_at",
            "stops",
        )

    def _is_hidden(self, unit: CareUnit) -> bool:
        return pages.gives_protected_housing(unit) and not self.context["sees_protected"]

    def get_href(self, unit: CareUnit) -> str:
        return unit_address(unit.code)

    def get_is_protected_housing(self, unit: CareUnit) -> bool:
        return pages.gives_protected_housing(unit)

    def get_municipality(self, unit: CareUnit) -> str | None:
        return None if self._is_hidden(unit) else unit.municipality or None

    def get_district(self, unit: CareUnit) -> str | None:
        return None if self._is_hidden(unit) else unit.district or None

    def get_operated_by(self, unit: CareUnit) -> str | None:
        return None if self._is_hidden(unit) else unit.operated_by or None

    def get_places_free(self, unit: CareUnit) -> int | None:
        if unit.places_total is None:
            return None
        return max(0, unit.places_total - unit.places_occupied - unit.places_unavailable)

    @extend_schema_field(StopSerializer(many=True))
    def get_stops(self, unit: CareUnit) -> list[dict[str, Any]]:
        return list(StopSerializer(self.context["stops"][unit.pk], many=True).data)


class PriceSerializer(serializers.ModelSerializer[Price]):
    """One without a first day holds from the agreement's own."""

    class Meta:
        model = Price
        fields = ("rate", "rate_unit", "valid_from")


class AgreedSerializer(serializers.ModelSerializer[AgreementUnit]):
    agreement = serializers.CharField(source="lot.agreement.code")
    name = serializers.CharField(source="lot.agreement")
    reference = serializers.CharField(source="lot.agreement.reference")
    provision_form = serializers.CharField(source="lot.agreement.provision_form")
    parties = serializers.ListField(child=serializers.CharField(), source="lot.agreement.parties")
    valid_from = serializers.DateField(source="lot.agreement.valid_from", allow_null=True)
    valid_to = serializers.DateField(source="lot.agreement.valid_to", allow_null=True)
    lot = serializers.CharField(source="lot.code")
    lot_name = serializers.CharField(source="lot.name")
    service_type = serializers.CharField(source="lot.service_type_id", allow_null=True)
    prices = PriceSerializer(many=True)

    class Meta:
        model = AgreementUnit
        fields = (
            "agreement",
            "name",
            "reference",
            "provision_form",
            "parties",
            "valid_from",
            "valid_to",
            "lot",
            "lot_name",
            "service_type",
            "rank",
            "prices",
        )


class PermitSerializer(serializers.ModelSerializer[Permit]):
    class Meta:
        model = Permit
        fields = ("required", "number", "activity", "valid_from", "valid_to")


class VettingSerializer(serializers.ModelSerializer[DirectAwardVetting]):
    class Meta:
        model = DirectAwardVetting
        fields = ("vetted_from", "vetted_to", "rate", "rate_unit", "rate_from")


class CareUnitDetailSerializer(CareUnitSerializer):
    example: ClassVar[dict[str, Any]] = CareUnitSerializer.example | {
        "priority_group": "",
        "priority_age_from": None,
        "priority_age_to": None,
        "priority_needs": [],
        "methods": ["MI"],
        "staffing": "Dygnet runt",
        "street": "Gatan 1",
        "postal_code": "417 01",
        "city": "Göteborg",
        "latitude": 57.72,
        "longitude": 11.94,
        "agreements": [
            {
                "agreement": "ram-kort",
                "name": "Korttidsboende 2025",
                "reference": "0123/24",
                "provision_form": "framework",
                "parties": ["1480", "1402"],
                "valid_from": "2025-02-01",
                "valid_to": "2029-01-31",
                "lot": "1",
                "lot_name": "Delområde 1",
                "service_type": "short_term_housing",
                "rank": 3,
                "prices": [{"rate": "2950.00", "rate_unit": "day", "valid_from": None}],
            }
        ],
        "permit": {
            "required": True,
            "number": "IVO-1",
            "activity": "",
            "valid_from": "2024-01-01",
            "valid_to": None,
        },
        "direct_award": None,
        "in_house_rate": None,
        "in_house_rate_from": None,
    }

    street = serializers.SerializerMethodField()
    postal_code = serializers.SerializerMethodField()
    city = serializers.SerializerMethodField()
    agreements = AgreedSerializer(many=True)
    permit = serializers.SerializerMethodField()
    direct_award = serializers.SerializerMethodField()
    in_house_rate = serializers.SerializerMethodField()
    in_house_rate_from = serializers.SerializerMethodField()

    class Meta(CareUnitSerializer.Meta):
        fields = (
            *CareUnitSerializer.Meta.fields,
            "priority_group",
            "priority_age_from",
            "priority_age_to",
            "priority_needs",
            "methods",
            "staffing",
            "street",
            "postal_code",
            "city",
            "latitude",
            "longitude",
            "agreements",
            "permit",
            "direct_award",
            "in_house_rate",
            "in_house_rate_from",
        )

    def _address(self, unit: CareUnit, part: str) -> str | None:
        """Of protected housing none is kept; none is told either, should one be."""
        address = None if pages.gives_protected_housing(unit) else _one(unit, "address")
        return getattr(address, part) if address else None

    def get_street(self, unit: CareUnit) -> str | None:
        return self._address(unit, "street")

    def get_postal_code(self, unit: CareUnit) -> str | None:
        return self._address(unit, "postal_code")

    def get_city(self, unit: CareUnit) -> str | None:
        return self._address(unit, "city")

    @extend_schema_field(PermitSerializer(allow_null=True))
    def get_permit(self, unit: CareUnit) -> dict[str, Any] | None:
        permit = _one(unit, "permit")
        return PermitSerializer(permit).data if permit else None

    @extend_schema_field(VettingSerializer(allow_null=True))
    def get_direct_award(self, unit: CareUnit) -> dict[str, Any] | None:
        vetting = _one(unit, "direct_award")
        return VettingSerializer(vetting).data if vetting else None

    @extend_schema_field(serializers.DecimalField(12, 2, allow_null=True))
    def get_in_house_rate(self, unit: CareUnit) -> str | None:
        rate = None if self._is_hidden(unit) else unit.in_house_rate
        return None if rate is None else f"{rate:.2f}"

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_in_house_rate_from(self, unit: CareUnit) -> Any:
        return None if self._is_hidden(unit) else unit.in_house_rate_from


def _one(unit: CareUnit, name: str) -> Any:
    try:
        return getattr(unit, name)
    except ObjectDoesNotExist:
        return None
