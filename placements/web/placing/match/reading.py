"""All that the pages of a match read, in a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from placements import queries
from placements.actions.recommending import placed
from placements.matching.differences import Differences
from placements.models import PlacementRequest, ProviderInquiry
from placements.queries.matching import Matched
from placements.web.placing.match.differing import Telling
from placements.web.placing.match.units import Candidate, Facts
from placements.web.shared.need_facts import NeedNames, names_of
from placements.web.shared.offered import Said
from providers import queries as register
from spink.accounts import queries as accounts
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock

Chosen = Sequence[tuple[ProvisionForm, Candidate]]


@dataclass(frozen=True, slots=True)
class Reading:
    asked: PlacementRequest
    """The request; of a household that lives together, its requests as one."""
    matched: Matched
    differences: Differences
    names: NeedNames
    inquiries: list[ProviderInquiry]

    @property
    def telling(self) -> Telling:
        return Telling(self.matched.outcome.need, self.names.needs)


def match_of(placement: PlacementRequest) -> Reading:
    asked = queries.as_one(placement)
    matched = queries.match_one(asked)
    return Reading(
        asked=asked,
        matched=matched,
        differences=Differences(matched.outcome),
        names=names_of(asked),
        inquiries=queries.inquiries_of(asked),
    )


def facts_of(
    placement: PlacementRequest,
    reading: Reading,
    chosen: Chosen,
    others: Iterable[str] = (),
    earlier: Mapping[str, Said] = MappingProxyType({}),
) -> Facts:
    """Of the chosen candidates with their prices, and of other units that are named."""
    codes = [candidate["unit"] for _form, candidate in chosen]
    cards = register.unit_cards({*codes, *others})
    start = placement.wanted_start or clock.today()
    return Facts(
        cards=cards,
        prices=register.price_dates(
            [placed(form, candidate) for form, candidate in chosen],
            municipality=placement.municipality_id,
            service_type=placement.service_type,
            day=start,
        ),
        needs=reading.names.needs,
        municipalities=accounts.municipality_names({card.municipality for card in cards.values()}),
        inquiries=latest(reading.inquiries),
        wishes=len(reading.asked.needs_wished),
        wanted_start=start,
        now=clock.now(),
        earlier=earlier,
        overdue=register.overdue_checks(codes, clock.today()),
    )


def latest(inquiries: Sequence[ProviderInquiry]) -> dict[str, ProviderInquiry]:
    """By unit; the newest stands first in the list."""
    return {inquiry.unit_code: inquiry for inquiry in reversed(inquiries)}
