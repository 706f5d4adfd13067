"""Recommendations and what was reported back, as both sides read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements import queries
from placements.domain.lifecycle import State
from placements.models import OutcomeFeedback, PlacementRequest, ProviderInquiry, Recommendation
from placements.models.recommendation import RecommendedUnit
from placements.web.shared.exceptions import ShownException, differs, shown_exception
from providers import queries as register
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web import wording

ORDER: tuple[Promise, ...] = (
    gettext_lazy("Ask first"),
    gettext_lazy("Ask second"),
    gettext_lazy("Ask third"),
)


@dataclass(frozen=True, slots=True)
class Offer:
    code: str
    name: str
    provider: str
    above: str | Promise
    form: str
    rank: int | None
    why: str
    wished: list[str]
    rate: Decimal | None
    rate_unit: str
    rate_from: date | None
    place: str
    place_note: str
    is_uncertain: bool
    distance: str
    contact: register.Contact
    report_url: str
    exception: ShownException | None = None

    @property
    def html_id(self) -> str:
        return f"offer-{self.code}"

    @property
    def report_text(self) -> str:
        return _("We chose %(unit)s") % {"unit": self.name} if self.report_url else ""


@dataclass(frozen=True, slots=True)
class Shown:
    number: int
    sent_at: datetime
    sent_by: str
    message: str
    is_withdrawn: bool
    skipped_reason: str
    direct_award_reason: str
    url: str
    offers: list[Offer]

    @property
    def html_id(self) -> str:
        return f"recommendation-{self.number}"

    @property
    def sent_line(self) -> str:
        said = wording.moment(self.sent_at, now=clock.now())
        return _("%(officer)s, %(moment)s") % {"officer": self.sent_by, "moment": said}


def shown_of(placement: PlacementRequest) -> list[Shown]:
    """Newest first, in a constant number of queries."""
    found = queries.recommendations_of(placement)
    if not found:
        return []
    units = [unit for one in found for unit in one.units.all()]
    parts = _Parts(placement, found, units)
    return [parts.shown(one) for one in found]


def offers_of(
    placement: PlacementRequest,
    units: list[RecommendedUnit],
    excepted: Mapping[str, Sequence[str]],
) -> list[Offer]:
    """Units that are about to be recommended, as the social worker will read them.

    `excepted` names the excluded among them, each with what it is excluded for.
    """
    parts = _Parts(placement, [], units)
    exceptions = {code: ShownException(differs(reasons)) for code, reasons in excepted.items()}
    return [parts.offer(unit, exceptions.get(unit.unit_code)) for unit in units]


class _Parts:
    """What all recommendations of a request need beside themselves, read once."""

    def __init__(
        self,
        placement: PlacementRequest,
        found: list[Recommendation],
        units: list[RecommendedUnit],
    ) -> None:
        self.placement = placement
        self.contacts = register.contacts({unit.unit_code for unit in units})
        self.answers = {one.unit_code: one for one in reversed(queries.inquiries_of(placement))}
        self.needs = catalogue.names({n for unit in units for n in unit.wished_met}, of="need")
        self.skipped = catalogue.names(
            {one.skipped_rung_reason for one in found if one.skipped_rung_reason},
            of=ReasonKind.SKIPPED_RUNG,
        )
        self.direct = catalogue.names(
            {one.direct_award_reason for one in found if one.direct_award_reason},
            of=ReasonKind.DIRECT_AWARD,
        )
        excepted = {each.reason for one in found for each in one.exceptions.all()}
        self.excepted = catalogue.names(excepted, of=ReasonKind.EXCEPTION) if excepted else {}

    def shown(self, one: Recommendation) -> Shown:
        exceptions = {
            each.unit_code: shown_exception(each, self.excepted) for each in one.exceptions.all()
        }
        return Shown(
            number=one.number,
            sent_at=one.sent_at,
            sent_by=str(one.sent_by),
            message=one.message,
            is_withdrawn=one.withdrawn_at is not None,
            skipped_reason=self.skipped.get(one.skipped_rung_reason, ""),
            direct_award_reason=self.direct.get(one.direct_award_reason, ""),
            url=reverse("placements:recommendation", args=[self.placement.reference, one.number]),
            offers=[self.offer(unit, exceptions.get(unit.unit_code)) for unit in one.units.all()],
        )

    def offer(self, unit: RecommendedUnit, exception: ShownException | None) -> Offer:
        place, note, is_uncertain = self._place(unit, exception)
        return Offer(
            code=unit.unit_code,
            name=unit.unit_name,
            provider=unit.provider_name,
            above=ORDER[unit.position - 1] if unit.position <= len(ORDER) else "",
            form=rung_name(unit.provision_form),
            rank=unit.rank,
            why=self._why(unit, exception),
            wished=[self.needs[code] for code in unit.wished_met],
            rate=unit.rate,
            rate_unit=unit.rate_unit,
            rate_from=unit.rate_from,
            place=place,
            place_note=note,
            is_uncertain=is_uncertain,
            distance=wording.kilometres(float(unit.distance_km) * 1000) if unit.distance_km else "",
            contact=self.contacts.get(unit.unit_code, register.NO_CONTACT),
            report_url=self._report_url(unit),
            exception=exception,
        )

    def _why(self, unit: RecommendedUnit, exception: ShownException | None) -> str:
        if exception is not None:
            return _("Recommended by exception: the register says %(differs)s.") % {
                "differs": exception.differs
            }
        wished = len(self.placement.needs_wished)
        if not wished:
            return _("Meets all that must be met.")
        return _("Meets all that must be met, and %(met)d of %(wished)d wishes.") % {
            "met": len(unit.wished_met),
            "wished": wished,
        }

    def _place(
        self, unit: RecommendedUnit, exception: ShownException | None
    ) -> tuple[str, str, bool]:
        """What is known of a place, since when, and whether it is uncertain."""
        answer = self.answers.get(unit.unit_code)
        if answer is not None and answer.answered_at is not None:
            return self._answered(answer, answer.answered_at)
        if exception is not None and exception.confirmed:
            return _("A place according to the unit"), exception.confirmed, False
        if unit.places_certain:
            return _("Free place according to the register"), "", False
        return _("May have a place by the wanted start"), _("Not confirmed by the unit"), True

    @staticmethod
    def _answered(answer: ProviderInquiry, at: datetime) -> tuple[str, str, bool]:
        said = wording.moment(at, now=clock.now())
        since = _("Confirmed %(moment)s") % {"moment": said}
        if answer.place_from is not None:
            return _("Free from %(day)s") % {"day": wording.day(answer.place_from)}, since, False
        return str(answer.get_answer_display()), since, False

    def _report_url(self, unit: RecommendedUnit) -> str:
        if self.placement.state != State.RECOMMENDED:
            return ""
        return reverse("placements:report", args=[self.placement.reference]) + (
            f"?unit={unit.unit_code}"
        )


@dataclass(frozen=True, slots=True)
class ShownFeedback:
    at: datetime
    by: str
    result: str
    unit: str
    form: str
    reason: str
    text: str
    asks_new_match: bool


def feedback_of(placement: PlacementRequest) -> list[ShownFeedback]:
    return [_feedback(one) for one in queries.feedback_of(placement)]


def _feedback(one: OutcomeFeedback) -> ShownFeedback:
    return ShownFeedback(
        at=one.reported_at,
        by=str(one.reported_by),
        result=one.get_result_display(),
        unit=one.unit_name,
        form=rung_name(one.provision_form),
        reason=catalogue.names([one.reason], of=_kind(one))[one.reason] if one.reason else "",
        text=one.text,
        asks_new_match=one.asks_new_match,
    )


def _kind(one: OutcomeFeedback) -> ReasonKind:
    if not one.unit_code:
        return ReasonKind.NONE_CHOSEN
    return ReasonKind.LOWER_RUNG_CHOSEN if one.was_recommended else ReasonKind.OTHER_CHOSEN
