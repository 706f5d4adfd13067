"""Providers and stops as JSON, as their pages tell them to a reader in any municipality.

Left out, whoever asks: whom to call, why something is stopped, and a sole trader's number.
"""

from typing import Any, ClassVar
from urllib.parse import quote

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from providers.domain.stopping import rungs_closed_by
from providers.models import CareUnit, Provider, Stop, StopKind
from spink.catalogue.domain.ladder import LADDER

RUNGS = [form.value for form in LADDER]
A_STOP = {
    "kind": "order_stop",
    "closes": ["framework", "direct_award"],
    "valid_from": "2025-03-01",
    "valid_to": None,
}


def unit_address(code: str) -> str:
    return f"/api/v1/care-units/{quote(code, safe='')}"


def provider_address(code: str) -> str:
    return f"/api/v1/providers/{quote(code, safe='')}"


class StopSerializer(serializers.ModelSerializer[Stop]):
    """That it is, on which rungs and how long; why, and who decided, is not told."""

    kind = serializers.SerializerMethodField()
    closes = serializers.SerializerMethodField()

    class Meta:
        model = Stop
        fields: tuple[str, ...] = ("kind", "closes", "valid_from", "valid_to")

    @extend_schema_field(serializers.ChoiceField(choices=StopKind.choices))
    def get_kind(self, stop: Stop) -> str:
        """A kind that is not known closes every rung, as a pause does."""
        return stop.kind if stop.kind in StopKind.values else StopKind.PAUSED.value

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(choices=RUNGS)))
    def get_closes(self, stop: Stop) -> list[str]:
        return [form.value for form in rungs_closed_by(stop.kind)]


class StopInForceSerializer(StopSerializer):
    example: ClassVar[dict[str, Any]] = {
        "reference": "6f1c2b1e-6a0e-4a53-9b6e-0d0f5a3f7c11",
        **A_STOP,
        "name": "Aldens korttidsboende",
        "unit": "alden-1",
        "provider": None,
        "group": None,
    }

    name = serializers.SerializerMethodField()
    unit = serializers.SerializerMethodField()
    provider = serializers.SerializerMethodField()
    group = serializers.SerializerMethodField()

    class Meta(StopSerializer.Meta):
        fields = (
            "reference",
            *StopSerializer.Meta.fields,
            "name",
            "unit",
            "provider",
            "group",
        )

    def get_name(self, stop: Stop) -> str:
        on = stop.unit or stop.provider or stop.group
        return on.name if on else ""

    def get_unit(self, stop: Stop) -> str | None:
        return stop.unit.code if stop.unit else None

    def get_provider(self, stop: Stop) -> str | None:
        return stop.provider.code if stop.provider else None

    def get_group(self, stop: Stop) -> str | None:
        return stop.group.code if stop.group else None


class ProviderSerializer(serializers.ModelSerializer[Provider]):
    example: ClassVar[dict[str, Any]] = {
        "code": "alden",
        "href": "/api/v1/providers/alden",
        "name": "Alden omsorg AB",
        "group": None,
        "group_name": None,
        "legal_form": "company",
        "ownership": "private",
        "organisation_number": "5560360793",
        "municipality": "1480",
        "unit_count": 1,
    }

    href = serializers.SerializerMethodField()
    group = serializers.SerializerMethodField()
    group_name = serializers.SerializerMethodField()
    organisation_number = serializers.SerializerMethodField()
    municipality = serializers.SerializerMethodField()
    unit_count = serializers.SerializerMethodField()

    class Meta:
        model = Provider
        fields: tuple[str, ...] = (
            "code",
            "href",
            "name",
            "group",
            "group_name",
            "legal_form",
            "ownership",
            "organisation_number",
            "municipality",
            "unit_count",
        )

    def get_href(self, provider: Provider) -> str:
        return provider_address(provider.code)

    def get_group(self, provider: Provider) -> str | None:
        return provider.group.code if provider.group else None

    def get_group_name(self, provider: Provider) -> str | None:
        return provider.group.name if provider.group else None

    def get_organisation_number(self, provider: Provider) -> str | None:
        """Empty of a sole trader, whose number is personal."""
        return provider.organisation_number or None

    def get_municipality(self, provider: Provider) -> str | None:
        return provider.municipality or None

    def get_unit_count(self, provider: Provider) -> int:
        counted: int = provider.unit_count  # type: ignore[attr-defined] # by the query
        return counted


class NamedUnitSerializer(serializers.ModelSerializer[CareUnit]):
    href = serializers.SerializerMethodField()

    class Meta:
        model = CareUnit
        fields = ("code", "name", "href")

    def get_href(self, unit: CareUnit) -> str:
        return unit_address(unit.code)


class ProviderDetailSerializer(ProviderSerializer):
    example: ClassVar[dict[str, Any]] = ProviderSerializer.example | {
        "website": "https://alden.example",
        "units": [
            {
                "code": "alden-1",
                "name": "Aldens korttidsboende",
                "href": "/api/v1/care-units/alden-1",
            }
        ],
        "stops": [A_STOP],
    }

    units = serializers.SerializerMethodField()
    stops = serializers.SerializerMethodField()

    class Meta(ProviderSerializer.Meta):
        fields = (*ProviderSerializer.Meta.fields, "website", "units", "stops")

    def get_unit_count(self, _provider: Provider) -> int:
        return len(self.context["units"])

    @extend_schema_field(NamedUnitSerializer(many=True))
    def get_units(self, _provider: Provider) -> list[dict[str, Any]]:
        return list(NamedUnitSerializer(self.context["units"], many=True).data)

    @extend_schema_field(StopSerializer(many=True))
    def get_stops(self, _provider: Provider) -> list[dict[str, Any]]:
        return list(StopSerializer(self.context["stops"], many=True).data)
