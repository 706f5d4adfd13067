from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.web import administration

administration.register(
    administration.Page(
        label=_("Office hours and due times"),
        url_name="placements:offices",
        position=50,
        visible=lambda user: can(user.reach, Capability.ADMINISTER),
        about=_("When each placement function works, how soon it answers, and who does at night"),
    )
)
administration.register(
    administration.Page(
        label=_("Standard texts"),
        url_name="placements:standard-texts",
        position=52,
        visible=lambda user: can(user.reach, Capability.ADMINISTER),
        about=_("What officers write again and again, with what is filled in"),
    )
)
