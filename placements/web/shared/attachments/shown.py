"""The documents of a request in words, as the one who reads them may act on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements import policies
from placements.domain.attachments import AttachmentState
from placements.domain.lifecycle import Side
from placements.models import Attachment, PlacementRequest
from placements.web.shared.sides import SIDES
from spink.accounts.domain.reach import Reach
from spink.foundation.files.cleaning import Refusal

REFUSALS: dict[str, Promise] = {
    Refusal.INFECTED: gettext_lazy("Something malicious was found in it. Tell your IT support."),
    Refusal.LOCKED: gettext_lazy(
        "It is locked with a password, so it cannot be checked. Add it without one."
    ),
    Refusal.MACROS: gettext_lazy("It holds macros. Save it without them, or as PDF."),
    Refusal.ACTIVE: gettext_lazy(
        "It holds other files, or something that runs or is fetched from elsewhere when it is"
        " opened. Print it as PDF, and add that."
    ),
    Refusal.UNREADABLE: gettext_lazy("It cannot be opened. Save it anew, or as PDF."),
    Refusal.UNFOLDS: gettext_lazy("It is too large once it is opened. Make it smaller."),
}
WORDS: dict[AttachmentState, Promise] = {
    AttachmentState.CHECKING: gettext_lazy("Being checked"),
    AttachmentState.CLEAN: gettext_lazy("Nothing malicious found"),
    AttachmentState.REFUSED: gettext_lazy("Refused"),
}
LOOKS = {
    AttachmentState.CHECKING: "working",
    AttachmentState.CLEAN: "done",
    AttachmentState.REFUSED: "stopped",
}


@dataclass(frozen=True, slots=True)
class ShownAttachment:
    name: str
    url: str
    """Empty as long as nobody gets it."""
    size: str
    look: str
    state: str
    note: str
    who: str
    side: str
    at: datetime
    take_back_url: str


def shown(
    attachments: Sequence[Attachment], placement: PlacementRequest, reach: Reach
) -> list[ShownAttachment]:
    return [_shown(one, placement, reach) for one in attachments]


def _shown(one: Attachment, placement: PlacementRequest, reach: Reach) -> ShownAttachment:
    address = [placement.reference, one.pk]
    refused, withdrawn = one.state == AttachmentState.REFUSED, one.withdrawn_at is not None
    stands = not (refused or withdrawn)
    can_take_back = stands and policies.can_take_back(one, placement, reach)
    return ShownAttachment(
        name=one.name,
        url=reverse("placements:document", args=address) if one.may_be_opened else "",
        size=filesizeformat(one.size) if stands else "",
        look="none" if withdrawn else LOOKS[AttachmentState(one.state)],
        state=_("Withdrawn") if withdrawn else str(WORDS[AttachmentState(one.state)]),
        note=one.withdrawal_reason or str(REFUSALS.get(one.refusal, "")),
        who=_("You") if one.added_by_id == reach.user_id else str(one.added_by),
        side=str(SIDES[Side(one.side)]),
        at=one.added_at,
        take_back_url=reverse("placements:take-back", args=address) if can_take_back else "",
    )
