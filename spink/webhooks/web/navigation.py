"""What webhooks add to the administration: their page, their trail, and how many were given up."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from spink.accounts import wall
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.menu import for_those_who_can
from spink.accounts.models import ApiClient
from spink.accounts.web import trail
from spink.accounts.web.api_clients.beside import Beside, stands_beside
from spink.foundation.jobs import Leftover, tells_leftovers
from spink.web import administration
from spink.webhooks import queries

administration.register(
    administration.Page(
        label=_("Webhooks"),
        url_name="webhooks",
        position=21,
        visible=for_those_who_can(Capability.ADMINISTER),
        about=_("Where other systems are told what happens, and what did not arrive."),
    )
)
trail.register(
    trail.Subject(
        code="webhook_endpoint",
        label=_("Webhook"),
        fields={
            "event_types": _("What it is told"),
            "fields": _("What was changed"),
            "messages": _("Messages"),
            "at_once": _("The old secret was ended at once"),
        },
        steps={
            "make_webhook": _("Added"),
            "change_webhook": _("Changed"),
            "rotate_webhook_secret": _("New secret"),
            "close_webhook": _("Is shut off"),
            "open_webhook": _("Opened again"),
            "remove_webhook": _("Removed"),
            "ping_webhook": _("Ping sent"),
            "replay_webhook": _("Sent again"),
        },
        said=lambda _name, value: ", ".join(value) if isinstance(value, list) else value,
        url=lambda endpoint_id: reverse("webhook", args=[endpoint_id]),
    )
)


@stands_beside
def of_client(client: ApiClient) -> Beside:
    with wall.opened_for_job(SystemJob.ADMINISTER_WEBHOOKS):
        found = list(queries.endpoints_of(client.user_id))
    return Beside("webhooks/parts/of_client.html", {"endpoints": found})


@tells_leftovers
def given_up() -> list[Leftover]:
    with wall.opened_for_job(SystemJob.ADMINISTER_WEBHOOKS):
        count = queries.dead_count()
    if not count:
        return []
    text = ngettext(
        "%(count)d message of a webhook was given up",
        "%(count)d messages of webhooks were given up",
        count,
    )
    return [Leftover(text % {"count": count}, reverse("webhooks"))]
