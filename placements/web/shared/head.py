"""What stands at the top of every page about one request: who, where it stands, when it is due."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from placements import queries
from placements.domain.lifecycle import OPEN_WITH_PLACING, State
from placements.domain.values import Urgency
from placements.models import PlacementRequest
from placements.web.shared.states import LOOKS
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording

SHOW_DUE = OPEN_WITH_PLACING | {State.PLACED_ACUTE}
KEYS = {"request": "o", "match": "m", "inquiries": "u"}
"""The tabs' shortcuts."""


@dataclass(frozen=True, slots=True)
class Link:
    label: str | Promise
    url: str | Promise


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int | str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class RequestHead:
    """`sender` and `filer` are empty where they would tell where a protected person lives."""

    reference: str
    title: str
    service: str
    is_protected: bool
    state_look: str
    state: str
    urgent: str
    sender: str
    filer: str
    owner: str
    due: str
    due_note: str
    is_late: bool
    trail: list[Link]
    tabs: list[Tab]
    tabs_label: str


def head_of(
    placement: PlacementRequest, *, current: str, service: str = "", asked: int | None = None
) -> RequestHead:
    """`current` is the URL name of the tab that the page belongs to; `asked` counts inquiries."""
    service = service or _service_name(placement)
    shown = queries.shown_label(placement)
    due, note, is_late = _due(placement)
    return RequestHead(
        reference=placement.reference,
        title=heading_of(service, shown.label),
        service=service,
        is_protected=shown.is_protected,
        state_look=LOOKS[State(placement.state)],
        state=placement.get_state_display(),
        urgent=placement.get_urgency_display() if placement.urgency == Urgency.ACUTE else "",
        sender="" if shown.is_protected else f"{placement.department}, {placement.unit}",
        filer=str(placement.created_by),
        owner=str(placement.assigned_to or ""),
        due=due,
        due_note=note,
        is_late=is_late,
        trail=[Link(_("Work queue"), reverse("placements:queue")), Link(placement.reference, "")],
        tabs=_tabs(placement.reference, current, asked),
        tabs_label=_("Request %(reference)s") % {"reference": placement.reference},
    )


def _service_name(placement: PlacementRequest) -> str:
    code = placement.service_type
    return catalogue.names([code], of="service")[code]


def heading_of(service: str, label: str) -> str:
    """The service, and for whom where that may be said."""
    if not label:
        return service
    return _("%(service)s for %(initials)s") % {"service": service, "initials": label}


def _due(placement: PlacementRequest) -> tuple[str, str, bool]:
    now = clock.now()
    if placement.state not in SHOW_DUE or placement.due_at is None:
        return "", "", False
    if placement.state == State.RECOMMENDED:
        return _feedback_due(placement)
    due = placement.due_at
    waits = placement.state == State.AWAITING_INFORMATION or placement.service_proposed_at
    if waits and due < now:
        return _("The due time stands still"), _("until the answer comes"), False
    if waits:
        text = _("Due %(moment)s") % {"moment": wording.moment(due, now=now)}
        return text, _("stands still until the answer comes"), False
    text = _("Due %(moment)s") % {"moment": wording.moment(due, now=now)}
    if placement.state == State.PLACED_ACUTE:
        text = _("Complete by %(moment)s") % {"moment": wording.moment(due, now=now)}
    return text, wording.left(due, now=now), due < now


def _feedback_due(placement: PlacementRequest) -> tuple[str, str, bool]:
    day = placement.feedback_due_on
    if day is None:
        return "", "", False
    said = wording.near_day(day, today=clock.today())
    return _("Report back by %(day)s") % {"day": said}, _("the social worker"), False


def _tabs(reference: str, current: str, asked: int | None) -> list[Tab]:
    listed = {
        "request": _("Request"),
        "match": _("Match"),
        "inquiries": _("Questions to providers"),
        "documents": _("Documents"),
        "timeline": _("Timeline"),
    }
    counts = {"inquiries": asked}
    return [
        Tab(
            label,
            reverse(f"placements:{name}", args=[reference]),
            name == current,
            "" if counts.get(name) is None else counts[name] or 0,
            KEYS.get(name, ""),
        )
        for name, label in listed.items()
    ]
