"""What both sides read of an excluded unit that was recommended all the same."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements.domain.exceptions import Kind, kinds_of
from placements.matching.reasons import Reason
from placements.models import RecommendationException
from spink.web import wording

REGISTER_SAYS: dict[Kind, Promise] = {
    Kind.PLACES: gettext_lazy("no free place"),
    Kind.AGE: gettext_lazy("another age"),
    Kind.NEEDS: gettext_lazy("a need that it does not meet"),
    Kind.DISTANCE: gettext_lazy("farther away than wished"),
}


@dataclass(frozen=True, slots=True)
class ShownException:
    """`reason` and what follows are empty before it is sent."""

    differs: str
    is_about_places: bool
    reason: str = ""
    note: str = ""
    confirmed: str = ""


def asked_exception(excluded_for: Iterable[str]) -> ShownException:
    """Of what is about to be recommended."""
    kinds = kinds_of(Reason(code) for code in excluded_for)
    differs = wording.listed([str(REGISTER_SAYS[kind]) for kind in kinds])
    return ShownException(differs, is_about_places=Kind.PLACES in kinds)


def shown_exception(one: RecommendationException, reasons: dict[str, str]) -> ShownException:
    return replace(
        asked_exception(one.excluded_for),
        reason=reasons[one.reason],
        note=one.note,
        confirmed=confirmed_text(one),
    )


def confirmed_text(one: RecommendationException) -> str:
    named = {"who": one.confirmed_by, "day": wording.day(one.confirmed_on)}
    if one.inquiry_id is not None:
        return _("The unit answered yes %(day)s, noted by %(who)s") % named
    return _("Confirmed by %(who)s %(day)s") % named
