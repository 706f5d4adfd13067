"""Tell the pages of the register what their changes do, in the words of the match."""

from django.urls import reverse

from placements.queries.effects import effects_on_open_requests
from placements.web.placing.words import reason_word
from providers.previews import Previewer, register_previewer

register_previewer(
    Previewer(
        effects=effects_on_open_requests,
        reason_word=reason_word,
        address=lambda reference: reverse("placements:request", args=[reference]),
    )
)
