from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import administration, navigation

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
administration.register(
    administration.Page(
        label=_("Settings of complaints"),
        url_name="providers:complaint-settings",
        position=62,
        visible=lambda user: can(user.reach, Capability.HANDLE_COMPLAINTS),
        about=_("How long a provider has to answer, and how many similar ones call for a review"),
    )
)
administration.register(
    administration.Page(
        label=_("Settings of vettings"),
        url_name="providers:vetting-settings",
        position=64,
        visible=lambda user: can(user.reach, Capability.VET_PROVIDERS),
        about=_("How far ahead the team is warned that a check runs out"),
    )
)
administration.register(
    administration.Page(
        label=_("Questions of visits"),
        url_name="providers:visit-templates",
        position=66,
        visible=lambda user: can(user.reach, Capability.KEEP_REGISTER),
        about=_("What is asked at visits, by service and from a day"),
    )
)
