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
from placements.models import OutcomeFeedback, PlacementRequest, Recommendation
from placements.models.recommendation import RecommendedUnit
from placements.web.shared import offered
from placements.web.shared.exceptions import (
    ShownException,
    asked_exception,
    shown_exception,
)
from placements.web.shared.offered import Said
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
    rate_note: Said
    place: str
    place_notes: list[Said]
    distance: str
    card: register.UnitCard | None
    report_url: str
    exception: ShownException | None = None
    stopped: str = ""

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
    withdrawn_reason: str
    skipped_reason: str
    direct_award_reason: str
    url: str
    print_url: str
    register_number: int
    instant: date
    rules_version: str
    offers: list[Offer]

    @property
    def html_id(self) -> str:
        return f"recommendation-{self.number}"

    @property
    def sent_line(self) -> str:
        said = wording.moment(self.sent_at, now=clock.now())
        return _("%(officer)s, %(moment)s") % {"officer": self.sent_by, "moment": said}


def shown_of(placement: PlacementRequest, *, can_report: bool = False) -> list[Shown]:
    """Newest first, in a constant number of queries. `can_report`: each can be chosen here."""
    found = queries.recommendations_of(placement)
    if not found:
        return []
    units = [unit for one in found for unit in one.units.all()]
    parts = _Parts(placement, found, units, can_report=can_report)
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
    exceptions = {code: asked_exception(reasons) for code, reasons in excepted.items()}
    return [parts.offer(unit, exceptions.get(unit.unit_code)) for unit in units]


class _Parts:
    """What all recommendations of a request need beside themselves, read once."""

    def __init__(
        self,
        placement: PlacementRequest,
        found: list[Recommendation],
        units: list[RecommendedUnit],
        *,
        can_report: bool = False,
    ) -> None:
        self.placement = placement
        self.can_report = can_report
        self.taken_back = {one.pk for one in found if one.withdrawn_at is not None}
        self.now = clock.now()
        self.start = placement.wanted_start or clock.today()
        self.cards = register.unit_cards({unit.unit_code for unit in units})
        self.answers = {one.unit_code: one for one in reversed(queries.inquiries_of(placement))}
        self.needs = catalogue.names({n for unit in units for n in unit.wished_met}, of="need")
        self.skipped = catalogue.names(
            {one.skipped_rung_reason for one in found if one.skipped_rung_reason},
            of=ReasonKind.SKIPPED_RUNG,
        )
        self.withdrawn = catalogue.names(
            {one.withdrawn_reason for one in found if one.withdrawn_reason},
            of=ReasonKind.RECOMMENDATION_WITHDRAWN,
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
            withdrawn_reason=self.withdrawn.get(one.withdrawn_reason, ""),
            skipped_reason=self.skipped.get(one.skipped_rung_reason, ""),
            direct_award_reason=self.direct.get(one.direct_award_reason, ""),
            url=reverse("placements:recommendation", args=[self.placement.reference, one.number]),
            print_url=reverse(
                "placements:recommendation-print", args=[self.placement.reference, one.number]
            ),
            register_number=one.register_number,
            instant=one.instant,
            rules_version=one.rules_version,
            offers=[self.offer(unit, exceptions.get(unit.unit_code)) for unit in one.units.all()],
        )

    def offer(self, unit: RecommendedUnit, exception: ShownException | None) -> Offer:
        card = self.cards.get(unit.unit_code)
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
            rate_note=offered.priced(
                unit.provision_form,
                is_known=unit.rate is not None,
                since=unit.rate_from,
                now=self.now,
            ),
            place=offered.places(card, self.start, self.now),
            place_notes=self._place_notes(unit, card, exception),
            distance=wording.kilometres(float(unit.distance_km) * 1000) if unit.distance_km else "",
            stopped=_("Withdrawn: the unit is stopped") if unit.stopped_at else "",
            card=card,
            report_url=self._report_url(unit),
            exception=exception,
        )

    def _why(self, unit: RecommendedUnit, exception: ShownException | None) -> str:
        if exception is not None:
            return _("Recommended by exception: the register says %(differs)s.") % {
                "differs": exception.differs
            }
        required, wished = self.placement.needs_required, self.placement.needs_wished
        said = [_("Meets all that must be met.") if required else _("Nothing must be met.")]
        if wished:
            met = {"met": len(unit.wished_met), "wished": len(wished)}
            said.append(_("Meets %(met)d of %(wished)d wishes.") % met)
        return " ".join(said)

    def _place_notes(
        self,
        unit: RecommendedUnit,
        card: register.UnitCard | None,
        exception: ShownException | None,
    ) -> list[Said]:
        """How sure the place is: what the unit itself has said, and how old the count is."""
        asked = offered.asked(self.answers.get(unit.unit_code), self.start, self.now)
        if exception is not None and exception.is_about_places and exception.confirmed:
            return [asked or Said(exception.confirmed, "fits")]
        counted = offered.counted(card, self.now, is_certain=unit.places_certain)
        return [asked or Said(_("Not asked"), "old"), *([counted] if counted.text else [])]

    def _report_url(self, unit: RecommendedUnit) -> str:
        is_taken_back = unit.recommendation_id in self.taken_back or unit.stopped_at
        if not self.can_report or is_taken_back:
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
