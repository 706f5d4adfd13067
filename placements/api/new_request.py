"""What a request is filed with, checked field by field."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from placements.domain.places import places
from placements.models.choices import Genders, NumberKinds, Protections, Urgencies
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.foundation.identity_numbers import NotAnIdentityNumber, person_number
from spink.web.api.serializing import MadeOnce
from spink.web.api.strict import StrictSerializer

OLDEST = 120
MOST_COMPANIONS = 12
MOST_AVOIDED = 20
CHECKED_KINDS = frozenset({NumberKinds.PERSONAL, NumberKinds.COORDINATION})


class PersonSerializer(StrictSerializer):
    number_kind = serializers.ChoiceField(choices=NumberKinds.choices)
    number = serializers.CharField(
        max_length=20, required=False, default="", allow_blank=True, help_text="Twelve digits."
    )
    given_name = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    family_name = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True
    )
    address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    protection = serializers.ChoiceField(choices=Protections.choices)
    age = serializers.IntegerField(
        min_value=0, max_value=OLDEST, required=False, default=None, allow_null=True
    )
    gender = serializers.ChoiceField(choices=Genders.choices)

    def validate(self, person: dict[str, Any]) -> dict[str, Any]:
        person["checked_number"] = None
        kind, number = person["number_kind"], person["number"]
        if kind == NumberKinds.NONE and number:
            raise serializers.ValidationError({"number": _("The kind says that there is none.")})
        if kind in CHECKED_KINDS and number:
            try:
                person["checked_number"] = person_number(number, today=clock.today())
            except NotAnIdentityNumber as wrong:
                text = _("The number is not right: %(why)s") % {"why": wrong.reason}
                raise serializers.ValidationError({"number": text}) from wrong
        return person


class NewRequestSerializer(MadeOnce, StrictSerializer):
    """What a new request is filed with: the sections of the form, as one body."""

    example: ClassVar[dict[str, Any]] = {
        "person": {
            "number_kind": "none",
            "given_name": "Astrid",
            "family_name": "Lund",
            "protection": "none",
            "age": 34,
            "gender": "woman",
        },
        "service_type": "short_term_housing",
        "subtype": "fysiska funktionsnedsättningar",
        "legal_basis": "sol_4_1",
        "decision_date": "2025-03-01",
        "wanted_start": "2025-03-10",
        "urgency": "soon",
        "needs_wished": ["supervision"],
        "disclosure_basis": "consent",
    }

    person = PersonSerializer()
    service_type = serializers.CharField(max_length=60)
    subtype = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    sis_shortage = serializers.BooleanField(required=False, default=False)
    legal_basis = serializers.CharField(max_length=60)
    decision_date = serializers.DateField()
    wanted_start = serializers.DateField()
    urgency = serializers.ChoiceField(choices=Urgencies.choices)
    needs_required = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, default=list, max_length=60
    )
    needs_wished = serializers.ListField(
        child=serializers.CharField(max_length=60), required=False, default=list, max_length=60
    )
    drug_free = serializers.BooleanField(required=False, default=None, allow_null=True)
    companions = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=OLDEST),
        required=False,
        default=list,
        max_length=MOST_COMPANIONS,
    )
    near = serializers.ChoiceField(
        choices=[(place.code, place.label) for place in places()],
        required=False,
        default=None,
        allow_null=True,
    )
    within_km = serializers.IntegerField(
        min_value=1, max_value=1000, required=False, default=None, allow_null=True
    )
    avoid_municipalities = serializers.ListField(
        child=serializers.CharField(max_length=4), required=False, default=list, max_length=60
    )
    avoid_units = serializers.ListField(
        child=serializers.CharField(max_length=120),
        required=False,
        default=list,
        max_length=MOST_AVOIDED,
    )
    description = serializers.CharField(
        max_length=8000, required=False, default="", allow_blank=True
    )
    disclosure_basis = serializers.CharField(
        max_length=60, required=False, default="", allow_blank=True
    )
    disclosure_note = serializers.CharField(
        max_length=2000, required=False, default="", allow_blank=True
    )

    @cached_property
    def chosen(self) -> catalogue.Chosen:
        """What the catalogue says of the codes that came, whatever they are."""
        return catalogue.chosen(
            service=self._code("service_type"), basis=self._code("legal_basis"), day=clock.today()
        )

    def _code(self, name: str) -> str:
        field = self.fields.get(name)
        try:
            return str(field.run_validation(self.initial_data.get(name))) if field else ""
        except serializers.ValidationError:
            return ""

    def validate_service_type(self, code: str) -> str:
        if self.chosen.service is None:
            raise serializers.ValidationError(_("There is no service of this code."))
        return code

    def validate_legal_basis(self, code: str) -> str:
        if self.chosen.basis is None:
            raise serializers.ValidationError(_("There is no legal basis of this code."))
        return code

    def validate_needs_required(self, codes: list[str]) -> list[str]:
        return self._known_needs(codes)

    def validate_needs_wished(self, codes: list[str]) -> list[str]:
        return self._known_needs(codes)

    def _known_needs(self, codes: list[str]) -> list[str]:
        unknown = sorted(set(codes) - self.chosen.needs)
        if unknown:
            text = _("There is no need of this code: %(code)s") % {"code": unknown[0]}
            raise serializers.ValidationError(text)
        return codes

    def validate_disclosure_basis(self, code: str) -> str:
        if code and code not in self.chosen.disclosures:
            raise serializers.ValidationError(_("There is no basis of this code."))
        return code
