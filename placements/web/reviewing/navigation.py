from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.accounts.web import trail
from spink.web import administration

administration.register(
    administration.Page(
        label=_("Access log"),
        url_name="placements:access-log",
        position=74,
        visible=lambda user: can(user.reach, Capability.REVIEW_ACCESS_LOG),
        about=_("Who has read the department's requests, and the monthly reviews of it."),
    )
)
administration.register(
    administration.Page(
        label=_("Reviews of the access log"),
        url_name="placements:access-review-numbers",
        position=76,
        visible=lambda user: can(user.reach, Capability.FOLLOW_UP_REVIEWS),
        about=_("Which departments have reviewed who reads, month by month."),
    )
)
trail.register(
    trail.Subject(
        code="access_review",
        label=_("Review of the access log"),
        steps={
            "access_review_drawn": _("Sample drawn"),
            "access_reading_judged": _("Reading judged"),
        },
    )
)
