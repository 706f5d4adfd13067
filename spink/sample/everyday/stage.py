"""Who plays, when it is, and how one of them files a request."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from placements import actions
from placements.domain.values import NumberKind, Urgency
from placements.models import PlacementRequest
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.sample.drawing import Draw
from spink.sample.persons import OFFICIAL_TEST_NUMBERS, People, Somebody
from spink.sample.places import GOTEBORG
from spink.sample.requests.calendar import SATURDAY
from spink.sample.requests.content import Asked, asked
from spink.sample.requests.filing import write_draft
from spink.sample.requests.services import SERVICES
from spink.sample.requests.staff import Staff

LOGINS_UNIT = ("Funktionsstöd", "Myndighet vuxna 1")
FILER, COLLEAGUE = "socialsekreterare", "socialsekreterare2"
OFFICER, OTHER_OFFICER = "handlaggare", "handlaggare2"


@dataclass(frozen=True)
class Stage:
    seed: int
    now: datetime
    staff: Staff
    people: People

    def draw(self, *part: object) -> Draw:
        return Draw(self.seed, "everyday", *part)

    def key(self, *part: object) -> UUID:
        return UUID(int=self.draw("key", *part).whole(1, 2**120))

    @staticmethod
    def user(username: str) -> User:
        return User.objects.get(username=username)

    def filer_of(self, unit: tuple[str, str]) -> User:
        return self.staff.filers[self.staff.units[unit].pk][0]

    def workday(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """So many days ago, or on the Friday before."""
        day = self.now.astimezone(STOCKHOLM).date() - timedelta(days=days_ago)
        while day.weekday() >= SATURDAY:
            day -= timedelta(days=1)
        return datetime.combine(day, time(hour, minute), STOCKHOLM)

    def somebody(self, *, age: int, gender: str, official: int | None = None) -> Somebody:
        """With one of the official test numbers where another request is to meet it."""
        found = self.people.somebody(gender=gender, birth_year=self.now.year - age)
        if official is None:
            return found
        number = OFFICIAL_TEST_NUMBERS[official]
        return replace(found, number_kind=NumberKind.COORDINATION, number=number)

    def file(
        self,
        name: str,
        somebody: Somebody,
        service: str,
        subtype: str,
        *,
        at: datetime,
        unit: tuple[str, str] = LOGINS_UNIT,
        by: User | None = None,
        change: Callable[[Asked], Asked] | None = None,
        send: bool = True,
    ) -> PlacementRequest:
        """The content is drawn as for the queue; `change` says what the story needs otherwise."""
        filer = by or self.filer_of(unit)
        with clock.frozen(at):
            content = self.content(name, somebody, service, subtype)
            request = write_draft(
                somebody,
                change(content) if change else content,
                unit_id=self.staff.units[unit].pk,
                by=filer.actor,
                creation_key=self.key(name),
            )
            if send:
                request = actions.submit_request(request_id=request.pk, by=filer.actor)
        return request

    def content(self, name: str, somebody: Somebody, service: str, subtype: str) -> Asked:
        given: dict[str, Any] = {"drug_free": True if "social" in service else None}
        return replace(
            asked(
                SERVICES[service],
                subtype=subtype,
                age=somebody.age_in(self.now.year),
                gender=somebody.gender,
                day=clock.today(),
                draw=self.draw("content", name),
                municipality=GOTEBORG,
                urgency=Urgency.SOON,
                **given,
            ),
            near=None,
            avoid_municipalities=(),
        )
