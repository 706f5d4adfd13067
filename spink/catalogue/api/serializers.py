from rest_framework import serializers

from spink.catalogue.models import CodedReason, LegalBasis, ServiceType, SpecialNeed, Subtype


class SubtypeSerializer(serializers.ModelSerializer[Subtype]):
    class Meta:
        model = Subtype
        fields = ("code", "name_sv", "name_en")


class ServiceTypeSerializer(serializers.ModelSerializer[ServiceType]):
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

    def get_subtypes(self, service: ServiceType) -> list[dict[str, str]]:
        own = self.context["subtypes"].get(service.code, [])
        return list(SubtypeSerializer(own, many=True).data)


class SpecialNeedSerializer(serializers.ModelSerializer[SpecialNeed]):
    class Meta:
        model = SpecialNeed
        fields = ("code", "name_sv", "name_en", "valid_from", "valid_to")


class LegalBasisSerializer(serializers.ModelSerializer[LegalBasis]):
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


class CodedReasonSerializer(serializers.ModelSerializer[CodedReason]):
    class Meta:
        model = CodedReason
        fields = ("kind", "code", "name_sv", "name_en", "valid_from", "valid_to")
