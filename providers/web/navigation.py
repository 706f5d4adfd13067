from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import administration, navigation

navigation.register(
    navigation.Item(
        label=_("Register"),
        url_name="providers:register",
        position=30,
        visible=lambda user: can(user.reach, Capability.READ_REGISTER),
    )
)

administration.register(
    administration.Page(
        label=_("Settings of the register"),
        url_name="providers:settings",
        position=60,
        visible=lambda user: can(user.reach, Capability.KEEP_REGISTER),
        about=_("How far ahead a full unit can still be a choice"),
    )
)
