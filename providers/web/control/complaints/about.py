"""What a provider's page shows of complaints."""

from dataclasses import dataclass

from providers.queries.control import complaints as queries
from providers.web.control.complaints.rows import Row, shown_rows
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.policies import can
from spink.foundation import clock

MOST = 20


@dataclass(frozen=True, slots=True)
class Complaints:
    rows: list[Row]


def complaints_of(provider_id: int, reach: Reach) -> Complaints | None:
    if not can(reach, Capability.READ_COMPLAINTS):
        return None
    found = queries.complaints_about(provider_id)[:MOST]
    similar = queries.similar(clock.today(), provider_id=provider_id)
    return Complaints(shown_rows(found, similar=similar))
