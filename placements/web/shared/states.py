from placements.domain.lifecycle import State

LOOKS = {
    State.DRAFT: "none",
    State.SUBMITTED: "new",
    State.IN_PROGRESS: "working",
    State.AWAITING_INFORMATION: "waiting",
    State.RECOMMENDED: "fits",
    State.PLACED_ACUTE: "urgent",
    State.CLOSED: "done",
    State.OTHER_SERVICE: "done",
    State.WITHDRAWN: "none",
}
"""The shape beside the word of a state (docs/pages.md)."""
