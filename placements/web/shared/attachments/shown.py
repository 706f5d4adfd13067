"""The documents of a request in words, as the one who reads them may act on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from placements import policies
from placements.domain.lifecycle import Side
from placements.models import Attachment, PlacementRequest
from placements.web.shared.sides import SIDES
from spink.accounts.domain.reach import Reach
from spink.foundation.files.states import FileState
from spink.web.files.words import LOOKS, REFUSALS, WORDS


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
    refused, withdrawn = one.state == FileState.REFUSED, one.withdrawn_at is not None
    stands = not (refused or withdrawn)
    can_take_back = stands and policies.can_take_back(one, placement, reach)
    return ShownAttachment(
        name=one.name,
        url=reverse("placements:document", args=address) if one.may_be_opened else "",
        size=filesizeformat(one.size) if stands else "",
        look="none" if withdrawn else LOOKS[FileState(one.state)],
        state=_("Withdrawn") if withdrawn else str(WORDS[FileState(one.state)]),
        note=one.withdrawal_reason or str(REFUSALS.get(one.refusal, "")),
        who=_("You") if one.added_by_id == reach.user_id else str(one.added_by),
        side=str(SIDES[Side(one.side)]),
        at=one.added_at,
        take_back_url=reverse("placements:take-back", args=address) if can_take_back else "",
    )
