"""What an operation of the API says of itself, beside what follows from its view's attributes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.http import http_date
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from spink.web.api.problems import Problem

Kind = type[Serializer[Any]]


class NOTHING(Serializer[Any]):
    """What a call takes whose body is not looked at."""


@dataclass(frozen=True, slots=True)
class Deprecation:
    """Since when something is not to be used any more, when it ends, and where it is said why."""

    since: datetime
    ends: datetime
    link: str

    @property
    def headers(self) -> dict[str, str]:
        """As RFC 9745 and RFC 8594 have them."""
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": http_date(self.ends.timestamp()),
            "Link": f'<{self.link}>; rel="deprecation"; type="text/html"',
        }


@dataclass(frozen=True, slots=True)
class Told:
    """One method of a view, as its `told` holds it.

    With nothing named, a GET answers and a POST takes what the view's `serializer_class` says.
    A serializer names fields that are not to be used any more in its `deprecated_fields`.
    """

    name: str
    summary: str | Promise
    description: str | Promise = ""
    takes: Kind | None = None
    answers: Kind | None = None
    status: int = 200
    problems: tuple[Problem, ...] = ()
    """Those that only this operation has."""
    media_types: tuple[str, ...] = ()
    """Those of the file that is answered instead of JSON."""
    deprecated: Deprecation | None = None


class DescribedView(APIView):
    told: ClassVar[dict[str, Told]] = {}

    @property
    def default_response_headers(self) -> dict[str, str]:
        headers: dict[str, str] = super().default_response_headers
        told = self.told.get(str(self.request.method))
        return headers | (told.deprecated.headers if told and told.deprecated else {})
