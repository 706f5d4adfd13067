"""A draft of the question to the social worker, where a wish of hers keeps a unit from fitting."""

from django.utils.translation import gettext as _

from placements.models import PlacementRequest
from placements.web.placing.match.differing import reasons_text
from placements.web.placing.match.reading import match_of
from providers import queries as register


def question_about(placement: PlacementRequest, code: str) -> str:
    """Empty for a unit that fits, or that the register does not have for the service."""
    reading = match_of(placement)
    row = reading.differences.row(code)
    card = register.unit_cards([code]).get(code)
    if row is None or card is None or not reading.differences.reasons(row):
        return ""
    why = reasons_text(reading.differences, row, reading.telling)
    return _("%(name)s could be an alternative. %(why)s Is it possible all the same?") % {
        "name": card.name,
        "why": why,
    }
