from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.accounts.web import trail
from spink.web import navigation

navigation.register(
    navigation.Item(
        label=_("Self-check"),
        url_name="placements:self-checks",
        position=42,
        visible=lambda user: can(user.reach, Capability.SELF_CHECK),
    )
)
trail.register(
    trail.Subject(
        code="self_check",
        label=_("Self-check"),
        steps={
            "self_check_drawn": _("Sample drawn"),
            "self_check_answered": _("Request checked"),
            "self_check_locked": _("Sample locked"),
        },
    )
)
