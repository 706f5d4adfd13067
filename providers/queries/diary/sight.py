from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader of the diary may know."""

    sees_protected: bool
    """Where protected housing lies."""
    sees_why: bool
    """Why a stop was set, and by whom."""
    sees_planned: bool
    """Stops that are to come, and those that never came to hold."""
