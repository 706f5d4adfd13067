"""What would be matched with a need that is not filed. Nothing is kept of the need: the call stands
in the access log, and of its key is kept which need it was used for."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from placements import queries
from placements.api.new_request import OLDEST, NewRequestSerializer
from placements.api.shared import checked, with_place
from placements.matching.reasons import Reason
from placements.models import PlacementRequest
from placements.models.choices import Genders
from placements.models.recommendation import FORMS
from placements.queries.completeness import problems_of
from spink.accounts import queries as accounts
from spink.accounts.api.views import ApiView
from spink.accounts.domain.api_scopes import ApiScope
from spink.foundation import clock
from spink.web.api.describing import Told
from spink.web.api.problems import ApiProblem, Fault, Problem

EXCLUDED = ["none", "near", "all"]
MOST_EXCLUDED = 1000


class NeedSerializer(NewRequestSerializer):
    """What a new request says of the need; nothing of who has it, nor of the decision."""

    example: ClassVar[dict[str, Any]] = {
        "service_type": "short_term_housing",
        "subtype": "fysiska funktionsnedsättningar",
        "wanted_start": "2025-03-10",
        "age": 34,
        "gender": "woman",
        "needs_wished": ["supervision"],
    }

    person = None  # type: ignore[assignment]
    sis_shortage = None  # type: ignore[assignment]
    legal_basis = None  # type: ignore[assignment]
    decision_date = None  # type: ignore[assignment]
    urgency = None  # type: ignore[assignment]
    description = None  # type: ignore[assignment]
    disclosure_basis = None  # type: ignore[assignment]
    disclosure_note = None  # type: ignore[assignment]
    age = serializers.IntegerField(
        min_value=0, max_value=OLDEST, required=False, default=None, allow_null=True
    )
    gender = serializers.ChoiceField(
        choices=Genders.choices, required=False, default="", allow_blank=True
    )
    excluded = serializers.ChoiceField(choices=EXCLUDED, required=False, default="near")
    excluded_limit = serializers.IntegerField(
        min_value=0, max_value=MOST_EXCLUDED, required=False, default=100
    )


class CandidateSerializer(serializers.Serializer[Any]):
    unit = serializers.CharField()
    rank = serializers.IntegerField(allow_null=True)
    places_certain = serializers.BooleanField()
    wished_met = serializers.ListField(child=serializers.CharField())
    rate = serializers.FloatField(allow_null=True)
    distance_km = serializers.FloatField(allow_null=True)


class RungSerializer(serializers.Serializer[Any]):
    provision_form = serializers.ChoiceField(choices=FORMS)
    candidates = CandidateSerializer(many=True)


class ExcludedSerializer(serializers.Serializer[Any]):
    unit = serializers.CharField()
    reasons = serializers.ListField(
        child=serializers.ChoiceField(choices=[reason.value for reason in Reason])
    )


class CountsSerializer(serializers.Serializer[Any]):
    units = serializers.IntegerField()
    excluded = serializers.IntegerField()
    by_reason = serializers.DictField(child=serializers.IntegerField())


class OutcomeSerializer(serializers.Serializer[Any]):
    example: ClassVar[dict[str, Any]] = {
        "rungs": [
            {"provision_form": "in_house", "candidates": []},
            {
                "provision_form": "framework",
                "candidates": [
                    {
                        "unit": "alden-1",
                        "rank": 3,
                        "places_certain": True,
                        "wished_met": ["supervision"],
                        "rate": 2950,
                        "distance_km": 6.3,
                    }
                ],
            },
        ],
        "excluded": [{"unit": "sjovik", "reasons": ["age"]}],
        "near_misses": ["sjovik"],
        "counts": {"units": 2, "excluded": 1, "by_reason": {"age": 1}},
    }

    rungs = RungSerializer(many=True)
    excluded = ExcludedSerializer(many=True)
    near_misses = serializers.ListField(child=serializers.CharField())
    counts = CountsSerializer()


class MatchPreviewsView(ApiView):
    scopes: ClassVar[dict[str, ApiScope]] = {"POST": ApiScope.PREVIEWS_WRITE}
    concerns_people = True
    keeps_answers = False
    told: ClassVar[dict[str, Told]] = {
        "POST": Told(
            "preview_match",
            gettext_lazy("See what would fit a need, without filing a request"),
            gettext_lazy(
                "For your own municipality, as the register stands now. Each rung holds its"
                " candidates in order; near_misses are those that one thing alone keeps off."
                " excluded says which of those that do not fit are listed, with all their reasons,"
                " and excluded_limit how many; counts count them all. The same call with the same"
                " key is answered anew, as the register stands then."
            ),
            takes=NeedSerializer,
            answers=OutcomeSerializer,
        )
    }

    def post(self, request: Request) -> Response:
        body = checked(NeedSerializer, request)
        listed, most = body.pop("excluded"), body.pop("excluded_limit")
        (unit,) = accounts.units_with_departments([self.caller.unit_id])
        municipality_id = unit.department.municipality_id
        need = PlacementRequest(municipality_id=municipality_id, **with_place(body))
        _check(need)
        outcome = queries.preview(need).outcome.to_dict(listed)
        return Response(outcome | {"excluded": outcome["excluded"][:most]})  # type: ignore[index]


def _check(need: PlacementRequest) -> None:
    """What a request is not filed without, or with. Raises ApiProblem."""
    asked = set(NeedSerializer().fields) - {"age", "gender"}
    faults = [
        Fault(one.text, f"/{one.field}")
        for one in problems_of(need, on=clock.today())
        if one.field in asked
    ]
    if faults:
        raise ApiProblem(Problem.INVALID_FIELDS, faults=faults)
