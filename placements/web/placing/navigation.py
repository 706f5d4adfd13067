from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import navigation

navigation.register(
    navigation.Item(
        label=_("Work queue"),
        url_name="placements:queue",
        position=10,
        key="a",
        visible=lambda user: can(user.reach, Capability.MATCH_REQUEST),
    )
)
