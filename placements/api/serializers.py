"""Requests as JSON. Of the person nothing is answered but age, gender and whether it is protected:
whoever filed the request knows who it is, and nobody else need learn it here. Where a protected
person lives or hides from is not told either: all that tells of a place is null."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from placements.domain.places import place_labelled
from placements.models import (
    OutcomeFeedback,
    PlacementRequest,
    Recommendation,
    RecommendedUnit,
    TimelineEntry,
)
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.api.serializing import MadeOnce
from spink.web.api.strict import StrictSerializer

OF_AN_OUTCOME = (
    ReasonKind.NONE_CHOSEN,
    ReasonKind.OTHER_CHOSEN,
    ReasonKind.LOWER_RUNG_CHOSEN,
)


def _reasons(*kinds: ReasonKind) -> set[str]:
    today = clock.today()
    return {one.code for kind in kinds for one in catalogue.reasons(kind, today)}


def _known_reason(code: str, *kinds: ReasonKind) -> str:
    """What is no code would be a free text in figures that are for others."""
    if code and code not in _reasons(*kinds):
        raise serializers.ValidationError(_("There is no reason of this code."))
    return code


def is_protected(request: PlacementRequest) -> bool:
    return request.person is not None and request.person.is_protected


class RequestSerializer(MadeOnce, serializers.ModelSerializer[PlacementRequest]):
    example: ClassVar[dict[str, Any]] = {
        "reference": "2024-00042",
        "href": "/api/v1/placement-requests/2024-00042",
        "version": 2,
        "state": "submitted",
        "municipality": "1402",
        "department": "Individ- och familjeomsorg",
        "unit": "Vuxenenheten",
        "service_type": "short_term_housing",
        "subtype": "fysiska funktionsnedsättningar",
        "urgency": "soon",
        "wanted_start": "2025-03-10",
        "submitted_at": "2025-03-03T08:00:00Z",
        "due_at": "2025-03-05T08:00:00Z",
        "changed_at": "2025-03-03T08:00:00Z",
        "ended_at": None,
        "age": 34,
        "gender": "woman",
        "person_is_protected": False,
        "is_household_member": False,
    }

    href = serializers.SerializerMethodField()
    department = serializers.SerializerMethodField()
    unit = serializers.SerializerMethodField()
    municipality = serializers.SerializerMethodField()
    person_is_protected = serializers.SerializerMethodField()
    is_household_member = serializers.SerializerMethodField()

    class Meta:
        model = PlacementRequest
        fields: tuple[str, ...] = (
            "reference",
            "href",
            "version",
            "state",
            "municipality",
            "department",
            "unit",
            "service_type",
            "subtype",
            "urgency",
            "wanted_start",
            "submitted_at",
            "due_at",
            "changed_at",
            "ended_at",
            "age",
            "gender",
            "person_is_protected",
            "is_household_member",
        )

    def get_href(self, request: PlacementRequest) -> str:
        return f"/api/v1/placement-requests/{request.reference}"

    def get_department(self, request: PlacementRequest) -> str | None:
        return None if is_protected(request) else request.department.name

    def get_unit(self, request: PlacementRequest) -> str | None:
        return None if is_protected(request) else request.unit.name

    def get_municipality(self, request: PlacementRequest) -> str | None:
        return None if is_protected(request) else request.municipality_id

    def get_person_is_protected(self, request: PlacementRequest) -> bool:
        return is_protected(request)

    def get_is_household_member(self, request: PlacementRequest) -> bool:
        return request.household_of_id is not None


class RequestDetailSerializer(RequestSerializer):
    example: ClassVar[dict[str, Any]] = RequestSerializer.example | {
        "legal_basis": "sol_4_1",
        "decision_date": "2025-03-01",
        "sis_shortage": False,
        "needs_required": [],
        "needs_wished": ["supervision"],
        "drug_free": None,
        "companions": [],
        "near": None,
        "within_km": None,
        "avoid_municipalities": [],
        "avoid_units": [],
        "description": "",
        "disclosure_basis": "consent",
        "withdrawal_reason": "",
    }

    near = serializers.SerializerMethodField()
    avoid_municipalities = serializers.SerializerMethodField()
    avoid_units = serializers.SerializerMethodField()

    class Meta(RequestSerializer.Meta):
        fields = (
            *RequestSerializer.Meta.fields,
            "legal_basis",
            "decision_date",
            "sis_shortage",
            "needs_required",
            "needs_wished",
            "drug_free",
            "companions",
            "near",
            "within_km",
            "avoid_municipalities",
            "avoid_units",
            "description",
            "disclosure_basis",
            "withdrawal_reason",
        )

    def get_near(self, request: PlacementRequest) -> str | None:
        place = None if is_protected(request) else place_labelled(request.near_label)
        return place.code if place else None

    def get_avoid_municipalities(self, request: PlacementRequest) -> list[str] | None:
        return None if is_protected(request) else request.avoid_municipalities

    def get_avoid_units(self, request: PlacementRequest) -> list[str] | None:
        return None if is_protected(request) else request.avoid_units


class RecommendedUnitSerializer(MadeOnce, serializers.ModelSerializer[RecommendedUnit]):
    is_stopped = serializers.SerializerMethodField()

    class Meta:
        model = RecommendedUnit
        fields = (
            "position",
            "unit_code",
            "unit_name",
            "provider_name",
            "provision_form",
            "rate",
            "rate_unit",
            "places_certain",
            "wished_met",
            "distance_km",
            "is_stopped",
        )

    def get_is_stopped(self, unit: RecommendedUnit) -> bool:
        return unit.stopped_at is not None


class RecommendationSerializer(MadeOnce, serializers.ModelSerializer[Recommendation]):
    example: ClassVar[dict[str, Any]] = {
        "number": 1,
        "sent_at": "2025-03-03T13:20:00Z",
        "withdrawn_at": None,
        "message": "",
        "direct_award_reason": "",
        "skipped_rung_reason": "",
        "units": [
            {
                "position": 1,
                "unit_code": "alden-1",
                "unit_name": "Aldens korttidsboende",
                "provider_name": "Alden omsorg AB",
                "provision_form": "framework",
                "rate": "3200.00",
                "rate_unit": "day",
                "places_certain": True,
                "wished_met": ["supervision"],
                "distance_km": "12.4",
                "is_stopped": False,
            }
        ],
    }

    units = RecommendedUnitSerializer(many=True)

    class Meta:
        model = Recommendation
        fields = (
            "number",
            "sent_at",
            "withdrawn_at",
            "message",
            "direct_award_reason",
            "skipped_rung_reason",
            "units",
        )


class TimelineEntrySerializer(MadeOnce, serializers.ModelSerializer[TimelineEntry]):
    example: ClassVar[dict[str, Any]] = {
        "at": "2025-03-03T08:00:00Z",
        "kind": "submit",
        "by": "kajsa.k@example.se (Partille IFO)",
        "text": "",
    }

    by = serializers.CharField(source="actor_label")

    class Meta:
        model = TimelineEntry
        fields = ("at", "kind", "by", "text")


class FeedbackSerializer(MadeOnce, serializers.ModelSerializer[OutcomeFeedback]):
    example: ClassVar[dict[str, Any]] = {
        "result": "chosen",
        "unit_code": "alden-1",
        "unit_name": "Aldens korttidsboende",
        "reason": "",
        "text": "",
        "asks_new_match": False,
        "reported_at": "2025-03-04T09:10:00Z",
    }

    class Meta:
        model = OutcomeFeedback
        fields = (
            "result",
            "unit_code",
            "unit_name",
            "reason",
            "text",
            "asks_new_match",
            "reported_at",
        )


class NewFeedbackSerializer(StrictSerializer):
    example: ClassVar[dict[str, Any]] = {"unit_code": "alden-1"}

    unit_code = serializers.CharField(
        max_length=120, allow_blank=True, help_text="Empty: no unit was chosen."
    )
    reason = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    text = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    asks_new_match = serializers.BooleanField(required=False, default=False)
    despite_stop = serializers.BooleanField(required=False, default=False)

    def validate_reason(self, code: str) -> str:
        return _known_reason(code, *OF_AN_OUTCOME)


class WithdrawalSerializer(StrictSerializer):
    example: ClassVar[dict[str, Any]] = {"reason": "solved_otherwise"}

    reason = serializers.CharField(max_length=60)
    text = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)

    def validate_reason(self, code: str) -> str:
        return _known_reason(code, ReasonKind.WITHDRAWN)


class TextSerializer(StrictSerializer):
    example: ClassVar[dict[str, Any]] = {"text": "Beslutet är fattat i dag."}

    text = serializers.CharField(max_length=8000)
