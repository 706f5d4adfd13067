"""A list is narrowed by what stands in the address, and by nothing that is not understood."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from spink.web.api.problems import ApiProblem, Fault, Problem


def narrowed(chosen: django_filters.FilterSet) -> QuerySet[Any]:
    """Raises ApiProblem with each value that is wrong."""
    if not chosen.is_valid():
        faults = [
            Fault(str(text), parameter=name)
            for name, texts in chosen.errors.items()
            for text in texts
        ]
        raise ApiProblem(Problem.INVALID_PARAMETER, faults=faults)
    found: QuerySet[Any] = chosen.qs
    return found
