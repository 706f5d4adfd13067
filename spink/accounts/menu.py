"""What the accounts add to the main menu."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.models import User
from spink.accounts.policies import can, may_use_admin
from spink.accounts.wording import described
from spink.web import administration, navigation


def for_those_who_can(capability: Capability) -> Callable[[User], bool]:
    return lambda user: can(user.reach, capability)


def register() -> None:
    navigation.describe_visitors_with(described)
    navigation.register(
        navigation.Item(
            label=_("Duty"),
            url_name="duty",
            position=15,
            visible=for_those_who_can(Capability.GO_ON_DUTY),
        )
    )
    administration.register(
        administration.Page(
            label=_("All tables"),
            url_name="admin:index",
            position=100,
            visible=lambda user: may_use_admin(user.reach),
        )
    )
