"""What people did with the register on days of the past: each act is one number of its diary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from providers.diary import changing_register
from spink.foundation import clock
from spink.foundation.actor import Actor
from spink.foundation.models import OutboxEvent
from spink.sample.control import reviews, stopping, vetting
from spink.sample.control.year import Telling, Year
from spink.sample.register.world import World

APART: Final = timedelta(seconds=1)
BY: Final = Actor.system("sample")


@dataclass(frozen=True)
class Act:
    """Changes the register once, at a time that no other act has.

    What went before it and changes no register is told with it, so that all is in its order.
    """

    at: datetime
    tellings: tuple[Telling, ...]

    def carry_out(self) -> None:
        """As its day was now: what its events call for has happened long ago."""
        with transaction.atomic(), changing_register(by=BY, dated=self.at):
            for telling in self.tellings:
                with clock.frozen(self.at if telling.changes_register else telling.at):
                    telling.do()
            with clock.frozen(self.at):
                settle_events()


def settle_events() -> None:
    """They were handled on their day: nobody is told of them now."""
    OutboxEvent.objects.filter(handled_at=None, created_at__lte=clock.now()).update(
        handled_at=clock.now()
    )


def acts_of(world: World) -> Iterator[Act]:
    """In the order of time. Some stop is always later than what is told of the year."""
    year = Year.of(world)
    told = [*stopping.tellings(year), *vetting.tellings(world, year), *reviews.tellings(year)]
    waiting: list[Telling] = []
    last = None
    for telling in sorted(told, key=lambda one: one.at):
        waiting.append(telling)
        if telling.changes_register:
            last = max(telling.at, last + APART) if last else telling.at
            yield Act(last, tuple(waiting))
            waiting.clear()
