from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from spink.catalogue.models import CodedReason, LegalBasis, ServiceType, SpecialNeed, Subtype
from spink.web.api.serializing import MadeOnce


class SubtypeSerializer(MadeOnce, serializers.ModelSerializer[Subtype]):
    class Meta:
        model = Subtype
        fields = ("code", "name_sv", "name_en")


class ServiceTypeSerializer(serializers.ModelSerializer[ServiceType]):
    example: ClassVar[dict[str, Any]] = {
        "code": "short_term_housing",
        "name_sv": "Korttidsboende",
        "name_en": "Short-term housing",
        "area": "funktionsstod",
        "is_requested": True,
        "subtype_required": True,
        "asks_drug_free": False,
        "referral_sv": "",
        "referral_en": "",
        "valid_from": None,
        "valid_to": None,
        "subtypes": [],
    }
    subtypes = serializers.SerializerMethodField()

    class Meta:
        model = ServiceType
        fields = (
            "code",
            "name_sv",
            "name_en",
            "area",
            "is_requested",
            "subtype_required",
            "asks_drug_free",
            "referral_sv",
            "referral_en",
            "valid_from",
            "valid_to",
            "subtypes",
        )

    @extend_schema_field(SubtypeSerializer(many=True))
    def get_subtypes(self, service: ServiceType) -> list[dict[str, str]]:
        own = self.context["subtypes"].get(service.code, [])
        return list(SubtypeSerializer(own, many=True).data)


class SpecialNeedSerializer(MadeOnce, serializers.ModelSerializer[SpecialNeed]):
    example: ClassVar[dict[str, Any]] = {
        "code": "supervision",
        "name_sv": "Tillsyn",
        "name_en": "Supervision",
        "valid_from": None,
        "valid_to": None,
    }

    class Meta:
        model = SpecialNeed
        fields = ("code", "name_sv", "name_en", "valid_from", "valid_to")


class LegalBasisSerializer(MadeOnce, serializers.ModelSerializer[LegalBasis]):
    example: ClassVar[dict[str, Any]] = {
        "code": "sol_4_1",
        "name_sv": "Bistånd enligt socialtjänstlagen",
        "name_en": "Assistance under the Social Services Act",
        "law": "SoL",
        "section": "4 kap. 1 §",
        "is_compulsory": False,
        "is_handled_here": True,
        "referral_sv": "",
        "referral_en": "",
        "valid_from": None,
        "valid_to": "2025-06-30",
    }

    class Meta:
        model = LegalBasis
        fields = (
            "code",
            "name_sv",
            "name_en",
            "law",
            "section",
            "is_compulsory",
            "is_handled_here",
            "referral_sv",
            "referral_en",
            "valid_from",
            "valid_to",
        )


class CodedReasonSerializer(MadeOnce, serializers.ModelSerializer[CodedReason]):
    example: ClassVar[dict[str, Any]] = {
        "kind": "withdrawn",
        "code": "solved_otherwise",
        "name_sv": "Löstes på annat sätt",
        "name_en": "Solved in another way",
        "valid_from": None,
        "valid_to": None,
    }

    class Meta:
        model = CodedReason
        fields = ("kind", "code", "name_sv", "name_en", "valid_from", "valid_to")
