"""How much each officer has: open requests by what they wait for, and how many are overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from placements.domain.lifecycle import State
from placements.queries.queue import Group, in_group, in_groups, queue
from spink.accounts import queries as accounts
from spink.accounts.domain.reach import Reach
from spink.accounts.models import User


@dataclass(frozen=True, slots=True)
class Load:
    open: int = 0
    in_progress: int = 0
    awaiting_information: int = 0
    recommended: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class OfficersLoad:
    officer: User | None
    """None: the requests that nobody has."""
    is_officer_here: bool
    load: Load


NOTHING = Load()


def loads(reach: Reach, *, now: datetime) -> dict[int | None, Load]:
    """By the officer's id; None for what nobody has. One query."""
    named = {
        "open": Q(),
        **{
            state.value: Q(state=state)
            for state in (State.IN_PROGRESS, State.AWAITING_INFORMATION, State.RECOMMENDED)
        },
        "overdue": in_group(Group.OVERDUE),
    }
    counted = (
        in_groups(queue(reach), now=now)
        .values("assigned_to_id")
        .annotate(**{name: Count("pk", filter=of) for name, of in named.items()})
        .values_list("assigned_to_id", *named)
    )
    return {officer_id: Load(*figures) for officer_id, *figures in counted}


def workload(reach: Reach, *, now: datetime) -> list[OfficersLoad]:
    """Every officer of the reader's functions by name, then those who have left with requests."""
    by_id = loads(reach, now=now)
    officers = _officers(reach)
    left = [pk for pk in by_id if pk is not None and pk not in {one.pk for one in officers}]
    return [
        *(OfficersLoad(one, True, by_id.get(one.pk, NOTHING)) for one in officers),
        *(OfficersLoad(one, False, by_id[one.pk]) for one in accounts.users_by_id(left)),
        OfficersLoad(None, True, by_id.get(None, NOTHING)),
    ]


def _officers(reach: Reach) -> Sequence[User]:
    found = [one for pk in reach.placement_function_ids for one in accounts.officers_of(pk)]
    return list({one.pk: one for one in found}.values())
