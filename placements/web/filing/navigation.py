"""The filing side's entry in the main menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import navigation


def _reads_but_matches_none(user: Any) -> bool:
    reach = user.reach
    return can(reach, Capability.READ_REQUESTS) and not can(reach, Capability.MATCH_REQUEST)


navigation.register(
    navigation.Item(
        label=_("My requests"),
        url_name="placements:my-requests",
        position=10,
        visible=_reads_but_matches_none,
    )
)
navigation.register(
    navigation.Item(
        label=_("Placements out of hours"),
        url_name="placements:placed-acute",
        position=22,
        visible=lambda user: can(user.reach, Capability.READ_REQUESTS),
    )
)
