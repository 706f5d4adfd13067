from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import navigation

navigation.register(
    navigation.Item(
        label=_("Deviations"),
        url_name="placements:own-deviations",
        position=33,
        visible=lambda user: (
            can(user.reach, Capability.FILE_DEVIATION)
            and not can(user.reach, Capability.HANDLE_DEVIATIONS)
        ),
    )
)
navigation.register(
    navigation.Item(
        label=_("Deviations"),
        url_name="placements:deviations",
        position=42,
        visible=lambda user: can(user.reach, Capability.HANDLE_DEVIATIONS),
        count_url_name="placements:deviations-count",
    )
)
