from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import navigation

navigation.register(
    navigation.Item(
        label=_("Control of providers"),
        url_name="providers:control",
        position=40,
        visible=lambda user: can(user.reach, Capability.READ_FINDINGS),
        count_url_name="providers:control-count",
    )
)
navigation.register(
    navigation.Item(
        label=_("Complaints"),
        url_name="providers:own-complaints",
        position=32,
        visible=lambda user: can(user.reach, Capability.FOLLOW_COMPLAINTS),
    )
)
navigation.register(
    navigation.Item(
        label=_("Visits"),
        url_name="providers:visits",
        position=41,
        visible=lambda user: (
            can(user.reach, Capability.PLAN_VISITS)
            and not can(user.reach, Capability.READ_FINDINGS)
        ),
    )
)
