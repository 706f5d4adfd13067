from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from placements.models import StandardText
from placements.models.standard_text import Purposes
from spink.accounts import queries as accounts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.policies import can
from spink.accounts.web import trail
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


def _text_names(ids: set[str]) -> dict[str, str]:
    named = StandardText.objects.filter(pk__in=ids).values_list("pk", "name")
    return {str(pk): name for pk, name in named}


def _said_of_a_text(name: str, value: Any) -> Any:
    return dict(Purposes.choices).get(value, value) if name == "purpose" else value


trail.register(
    trail.Subject(
        code="standard_text",
        label=_("Standard texts"),
        fields={"purpose": _("What it is for"), "day": _("From the day")},
        steps={
            "create_standard_text": _("Added"),
            "change_standard_text": _("Written anew"),
            "end_standard_text": _("Was ended"),
        },
        said=_said_of_a_text,
        url=lambda text_id: reverse("placements:standard-text", args=[text_id]),
        names=_text_names,
    )
)
trail.register(
    trail.Subject(
        code="office",
        label=_("Office hours and due times"),
        fields={"valid_from": _("Holds from"), "day": _("Day"), "closes_at": _("Closes at")},
        steps={
            "office_hours_set": _("Hours and due times set"),
            "closed_day_added": _("Closed or shorter day added"),
            "closed_day_removed": _("Closed or shorter day taken away"),
        },
        url=lambda code: reverse("placements:office", args=[code]),
        names=accounts.municipality_names,
    )
)
