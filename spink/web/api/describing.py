"""What an operation of the API says of itself, beside what follows from its view's attributes."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from rest_framework.serializers import Serializer

from spink.web.api.problems import Problem

Kind = type[Serializer[Any]]


@dataclass(frozen=True, slots=True)
class Told:
    """One method of a view, as its `told` holds it.

    With nothing named, a GET answers and a POST takes what the view's `serializer_class` says.
    """

    name: str
    summary: str | Promise
    description: str | Promise = ""
    takes: Kind | None = None
    answers: Kind | None = None
    status: int = 200
    problems: tuple[Problem, ...] = ()
    """Those that only this operation has."""
