"""What a provider's page tells of its in-depth reviews, for those who may read them."""

from dataclasses import dataclass

from providers.queries.control.reviews import reviews_of
from providers.web.control.reviews import Row, shown_row
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can

MOST = 10


@dataclass(frozen=True, slots=True)
class Reviewed:
    rows: list[Row]
    can_open: bool


def reviewed(provider_id: int, reach: Reach) -> Reviewed | None:
    if not can(reach, Capability.READ_REVIEWS):
        return None
    return Reviewed(
        rows=[shown_row(one) for one in reviews_of(provider_id)[:MOST]],
        can_open=can(reach, Capability.REVIEW_PROVIDERS),
    )
