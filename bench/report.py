"""What every benchmark prints: one JSON line a figure, with its goal and whether it is met."""

import json
import sys
from typing import Literal


def report(
    name: str, value: float, unit: str, goal: float, *, better: Literal["above", "below"] = "above"
) -> bool:
    met = value >= goal if better == "above" else value <= goal
    line = {"name": name, "value": round(value, 3), "unit": unit, "goal": goal, "met": met}
    print(json.dumps(line), flush=True)
    return met


def note(text: str) -> None:
    """For people, beside the figures: how a figure came about."""
    print(text, file=sys.stderr, flush=True)
