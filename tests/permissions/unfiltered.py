"""The application with its own filters switched off, so that PostgreSQL alone holds the wall."""

from typing import Any

import pytest
from django.db.models import Q

from placements import policies, queries
from placements.models import PlacementRequest, TimelineEntry
from placements.queries import visible


def switch_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visible, "seen_by", lambda _reach: Q())
    monkeypatch.setattr(policies, "may_see_identity", lambda *_args: True)
    monkeypatch.setattr(queries, "timeline_of", _whole_timeline)


def _whole_timeline(request: PlacementRequest, **_: Any) -> list[TimelineEntry]:
    return list(TimelineEntry.objects.filter(request=request).order_by("-at", "-id"))
