"""What the two sides have said to each other on a request, and each side's own notes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements import actions, policies, queries
from placements.domain.lifecycle import Side, Step
from placements.domain.values import Audience
from placements.models import PlacementRequest, TimelineEntry
from placements.queries.conversation import Reader
from placements.web.shared.sides import SIDES
from spink.accounts.domain.reach import Reach
from spink.foundation.actor import ActorKind

LATEST = 20

LABELS: dict[str, Promise] = {
    Step.ASK_INFORMATION: gettext_lazy("Question"),
    Step.ANSWER_INFORMATION: gettext_lazy("Answer"),
}
SIDE_OF: dict[str, Side] = {
    Step.ASK_INFORMATION: Side.PLACING,
    Step.ANSWER_INFORMATION: Side.FILING,
    Audience.PLACING: Side.PLACING,
    Audience.FILING: Side.FILING,
}


@dataclass(frozen=True, slots=True)
class Words:
    """One message, question, answer or note as its reader sees it."""

    at: datetime
    who: str
    side: str
    label: str
    text: str
    is_own: bool
    is_new: bool
    read_by: list[str]
    internal: bool


@dataclass(frozen=True, slots=True)
class Conversation:
    """The newest last."""

    messages: list[Words]
    notes: list[Words]
    earlier: int
    """How many messages stand before those that are shown."""


def conversation_of(
    placement: PlacementRequest,
    entries: Sequence[TimelineEntry],
    reach: Reach,
    *,
    whole: bool = False,
) -> Conversation:
    """As it stands, and noted as read from now on by one who acts on either side."""
    said = queries.said_of(entries)
    readers = queries.readers_of(placement) if said else []
    words = [_words(entry, readers, reach) for entry in said]
    sides = policies.sides_of(reach, placement)
    if said and sides and reach.user_id is not None:
        actions.note_reading(
            request_id=placement.pk,
            user_id=reach.user_id,
            side=Side.FILING if Side.FILING in sides else Side.PLACING,
            read_to=max(entry.pk for entry in said),
        )
    messages = [one for one in words if not one.internal]
    shown = messages if whole else messages[-LATEST:]
    notes = [one for one in words if one.internal]
    return Conversation(shown, notes, len(messages) - len(shown))


def _words(entry: TimelineEntry, readers: Sequence[Reader], reach: Reach) -> Words:
    author = entry.actor_id if entry.actor_kind == ActorKind.PERSON else ""
    is_own = author == str(reach.user_id)
    own_mark = next((one.read_to for one in readers if one.user_id == reach.user_id), 0)
    side = entry.facts.get("side") or SIDE_OF.get(entry.kind) or SIDE_OF.get(entry.audience)
    return Words(
        at=entry.at,
        who=_("You") if is_own else entry.actor_label,
        side=str(SIDES[Side(side)]) if side else "",
        label=str(LABELS.get(entry.kind, "")),
        text=entry.text,
        is_own=is_own,
        is_new=not is_own and entry.pk > own_mark,
        read_by=[
            one.name
            for one in readers
            if one.read_to >= entry.pk and str(one.user_id) not in (author, str(reach.user_id))
        ],
        internal=entry.audience != Audience.BOTH,
    )
