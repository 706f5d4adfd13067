from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import navigation

navigation.register(
    navigation.Item(
        label=_("News"),
        url_name="placements:news",
        position=12,
        visible=lambda user: can(user.reach, Capability.READ_REQUESTS),
        count_url_name="placements:news-count",
    )
)
