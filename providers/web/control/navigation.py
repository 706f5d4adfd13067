from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from providers.queries.control.findings import count_to_judge
from providers.queries.control.vettings import count_due
from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.foundation import clock
from spink.web import navigation


def _waiting(_request: HttpRequest) -> int:
    """Findings to judge, and providers of which a check is to be made again."""
    today = clock.today()
    return count_to_judge(today) + count_due(today)


navigation.register(
    navigation.Item(
        label=_("Control of providers"),
        url_name="providers:findings",
        position=40,
        visible=lambda user: can(user.reach, Capability.READ_FINDINGS),
        count=_waiting,
    )
)
navigation.register(
    navigation.Item(
        label=_("Our complaints"),
        url_name="providers:own-complaints",
        position=32,
        visible=lambda user: can(user.reach, Capability.FOLLOW_COMPLAINTS),
    )
)
