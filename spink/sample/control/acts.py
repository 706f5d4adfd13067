"""What people did with the register on days of the past: each act is one number of its diary."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from providers.diary import changing_register
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.models import OutboxEvent
from spink.sample.control import stopping, vetting
from spink.sample.register.world import World

APART: Final = timedelta(seconds=1)


@dataclass(frozen=True)
class Act:
    """Changes the register once, at a time that no other act has."""

    at: datetime
    by: str
    do: Callable[[User], None]

    def carry_out(self) -> None:
        """As its day was now: what its events call for has happened long ago."""
        by = User.objects.get(username=self.by)
        with (
            transaction.atomic(),
            clock.frozen(self.at),
            changing_register(by=by.actor, dated=self.at),
        ):
            self.do(by)
            settle_events()


def settle_events() -> None:
    """They were handled on their day: nobody is told of them now."""
    OutboxEvent.objects.filter(handled_at=None, created_at__lte=clock.now()).update(
        handled_at=clock.now()
    )


def acts_of(world: World) -> list[Act]:
    """In the order of time."""
    return list(_apart([*stopping.acts(world.units), *vetting.acts(world)]))


def _apart(planned: Sequence[tuple[datetime, str, Callable[[User], None]]]) -> Iterator[Act]:
    last = None
    for at, by, do in sorted(planned, key=lambda act: act[0]):
        last = max(at, last + APART) if last else at
        yield Act(last, by, do)
