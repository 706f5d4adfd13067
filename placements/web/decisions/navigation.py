from django.utils.translation import gettext_lazy as _

from placements import policies
from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import navigation

navigation.register(
    navigation.Item(
        label=_("Not carried out"),
        url_name="placements:not-carried-out",
        position=24,
        visible=lambda user: policies.can_follow_decisions(user.reach),
    )
)
navigation.register(
    navigation.Item(
        label=_("Not carried out"),
        url_name="placements:not-carried-out-figures",
        position=50,
        visible=lambda user: can(user.reach, Capability.READ_FIGURES),
    )
)
