"""Tell the pages of the register what their changes do, in the words of the match."""

from django.urls import reverse

from placements.queries.effects import effects_on_open_requests
from placements.queries.stop_effects import own_cases, stop_effects
from placements.web.placing.words import reason_word
from providers.previews import Previewer, register_previewer
from providers.stop_previews import StopTeller, register_stop_teller


def _address(reference: str) -> str:
    return reverse("placements:request", args=[reference])


register_previewer(
    Previewer(
        effects=effects_on_open_requests,
        reason_word=reason_word,
        address=_address,
    )
)
register_stop_teller(StopTeller(stop_effects, own_cases, _address))
