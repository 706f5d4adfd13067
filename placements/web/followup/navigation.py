from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import navigation

navigation.register(
    navigation.Item(
        label=_("Follow-up"),
        url_name="placements:follow-up",
        position=44,
        visible=lambda user: can(user.reach, Capability.READ_FOLLOW_UP),
    )
)
