"""Changing the register part by part, now or on a later day."""

from providers.actions.keeping.changing import Outdated, change_part, remove_part
from providers.actions.keeping.planning import (
    REMOVED,
    cancel_planned,
    carry_out_planned,
    plan_change,
)
from providers.actions.keeping.several import agree, end_provider

__all__ = [
    "REMOVED",
    "Outdated",
    "agree",
    "cancel_planned",
    "carry_out_planned",
    "change_part",
    "end_provider",
    "plan_change",
    "remove_part",
]
