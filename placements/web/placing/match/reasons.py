"""Why the others do not fit, counted, each with a link to those it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from placements.web.placing.words import reason_word


@dataclass(frozen=True, slots=True)
class CountedReason:
    text: str
    count: int
    url: str


def counted_reasons(by_reason: Mapping[str, int], reference: str) -> list[CountedReason]:
    url = reverse("placements:excluded", args=[reference])
    return [
        CountedReason(reason_word(code), count, f"{url}?{urlencode({'reason': code})}")
        for code, count in by_reason.items()
    ]
