"""Loading the sample part by part: what has been loaded is not loaded again."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final, Protocol

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from providers.actions import import_register
from providers.diary import changing_register
from providers.models import RegisterEdition
from spink.accounts.actions import load_organisation
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.wall import opened_for_job
from spink.catalogue.actions import load_catalogue
from spink.catalogue.models import ServiceType
from spink.foundation import audit, clock
from spink.foundation.actor import Actor, ActorKind
from spink.foundation.clock import STOCKHOLM
from spink.foundation.models import AuditEntry
from spink.sample import people, texts
from spink.sample.control.acts import Act, acts_of
from spink.sample.control.telling import Control
from spink.sample.control.vetting import decisions
from spink.sample.control.year import LAST_DAY
from spink.sample.everyday import Everyday
from spink.sample.everyday.decisions import end_decisions_of_the_past
from spink.sample.register.document import REGISTER_BEGINS, Json
from spink.sample.register.world import Edition, World, early
from spink.sample.requests.history import Editions, History
from spink.sample.requests.queue import Queue
from spink.sample.requests.rates import RatesThen
from spink.sample.requests.records import UnitNames

SEED: Final = 1
BY: Final = Actor(ActorKind.SYSTEM, "sample", "Registervården")
LOADED: Final = "sample_loaded"
CATALOGUE_NOTE: Final = "Katalogen läggs upp"
CATALOGUE_AT: Final = datetime.combine(
    REGISTER_BEGINS - timedelta(days=1), time(8), tzinfo=STOCKHOLM
)

Advance = Callable[[int], None]


class Progress(Protocol):
    """Told of each part: its name and how many steps it has."""

    def part(self, name: str, steps: int) -> AbstractContextManager[Advance]: ...


class NotASample(Exception):
    """The database holds something else than the sample, which is not mixed with it."""


@dataclass(frozen=True)
class Sample:
    seed: int
    day: date


@dataclass(frozen=True)
class Wanted:
    """`history` is the share of the two years' requests: 1 is all, 0 none."""

    seed: int = SEED
    day: date | None = None
    history: float = 1.0
    queue: bool = True


def loaded_parts() -> dict[str, Json]:
    """What was loaded, by part, with the seed and the day that it was made from."""
    rows = AuditEntry.objects.filter(action=LOADED, subject="sample").order_by("id")
    return {row.subject_id: row.details for row in rows}


def load(wanted: Wanted, progress: Progress) -> Sample:
    """Load what is missing. Raises NotASample where the database is somebody else's."""
    parts = loaded_parts()
    sample = _sample(wanted, parts)
    if "organisation" not in parts:
        _check_empty()
        _load_organisation(sample)
    if "texts" not in parts:
        _load_texts(sample)
    loading = _Loading(sample, progress)
    if "register" not in parts:
        loading.register()
    if wanted.history > 0 and "history" not in parts:
        loading.history(wanted.history)
    if sample.day > LAST_DAY and "control" not in parts:
        loading.control()
    if wanted.queue:
        loading.the_present(parts)
    return sample


@transaction.atomic
def once(part: str, do: Callable[[], None]) -> None:
    """Do it unless it has been done in this database."""
    parts = loaded_parts()
    if part not in parts:
        do()
        _mark(part, _sample(Wanted(), parts))


def _sample(wanted: Wanted, parts: Mapping[str, Json]) -> Sample:
    """What was begun is gone on with: its seed and day hold."""
    for details in parts.values():
        return Sample(details["seed"], date.fromisoformat(details["day"]))
    return Sample(wanted.seed, wanted.day or clock.today())


def _check_empty() -> None:
    if get_user_model().objects.exists() or RegisterEdition.objects.exists():
        raise NotASample(
            "The database holds users or a register that are not the sample's. Sample data are"
            " loaded into an empty database only."
        )


@transaction.atomic
def _load_organisation(sample: Sample) -> None:
    load_organisation(by=BY)
    with changing_register(by=BY, note=CATALOGUE_NOTE, dated=CATALOGUE_AT):
        load_catalogue(by=BY)
    count = people.load_people(seed=sample.seed, by=BY)
    _mark("organisation", sample, users=count)


@transaction.atomic
def _load_texts(sample: Sample) -> None:
    _mark("texts", sample, texts=texts.load_texts(day=sample.day))


@transaction.atomic
def _mark(part: str, sample: Sample, **counts: int) -> None:
    details: dict[str, Any] = {"seed": sample.seed, "day": sample.day.isoformat(), **counts}
    audit.record(action=LOADED, by=BY, subject="sample", subject_id=part, details=details)


class _Loading:
    def __init__(self, sample: Sample, progress: Progress) -> None:
        self._sample = sample
        self._progress = progress

    @cached_property
    def _world(self) -> World:
        services = ServiceType.objects.prefetch_related("rungs")
        forms = {
            service.code: [rung.provision_form for rung in service.rungs.all()]
            for service in services
        }
        return World(seed=self._sample.seed, day=self._sample.day, forms=forms)

    @cached_property
    def _acts(self) -> list[Act]:
        """Those before the last edition, which is of the sample's own day."""
        last = early(self._world.edition_days[-1])
        return [act for act in acts_of(self._world) if act.at < last]

    def _steps(self) -> Iterator[Edition | Act]:
        """In the order of time: an edition is made when what went before it has been done."""
        acts, editions = deque(self._acts), self._world.editions()
        for day in self._world.edition_days:
            while acts and acts[0].at < early(day):
                yield acts.popleft()
            self._world.decisions = decisions()
            yield next(editions)

    def register(self) -> None:
        """Step by step, each in its own transaction: a broken run goes on where it was."""
        there, counts = len(_editions()), 0
        steps = len(self._world.edition_days) + len(self._acts)
        with self._progress.part("register", steps) as advance:
            for number, step in enumerate(self._steps()):
                if number >= there:
                    counts += self._take(step)
                advance(1)
        _mark("register", self._sample, changes=counts)

    @staticmethod
    def _take(step: Edition | Act) -> int:
        """How many units an edition changes."""
        if isinstance(step, Act):
            step.carry_out()
            return 0
        imported = import_register(
            document=step.document, by=BY, note=step.note, dated=_not_ahead(step.at)
        )
        return imported.counts["units"]

    def history(self, share: float) -> None:
        editions, rates = self._diary()
        names = {unit.code: UnitNames(unit.name, unit.provider.name) for unit in self._world.units}
        history = History(
            seed=self._sample.seed, editions=editions, rates=rates, names=names, share=share
        )
        with (
            self._progress.part("history", history.count()) as advance,
            transaction.atomic(),
        ):
            requests = history.load(advance)
            with opened_for_job(SystemJob.LOAD_SAMPLE):
                ended = end_decisions_of_the_past(clock.now())
            _mark("history", self._sample, requests=requests, decisions_ended=ended)
        _count_rows()

    def control(self) -> None:
        """Of a year that is over."""
        told = Control(self._world)
        with self._progress.part("control", told.count) as advance, transaction.atomic():
            _mark("control", self._sample, scenes=told.load(advance))

    def the_present(self, parts: Mapping[str, Json]) -> None:
        every = {"queue": self.queue, "everyday": self.everyday, "today": self.today}
        for part, load_part in every.items():
            if part not in parts:
                load_part()

    def queue(self) -> None:
        with (
            self._progress.part("queue", Queue.count()) as advance,
            transaction.atomic(),
        ):
            _mark("queue", self._sample, requests=Queue(self._sample.seed).load(advance))

    def everyday(self) -> None:
        with (
            self._progress.part("everyday", Everyday.count()) as advance,
            transaction.atomic(),
        ):
            _mark("everyday", self._sample, scenes=Everyday(self._sample.seed).load(advance))

    def today(self) -> None:
        with self._progress.part("today", 1) as advance, transaction.atomic():
            _mark("today", self._sample, scenes=Everyday(self._sample.seed).load_today(advance))

    def _diary(self) -> tuple[Editions, RatesThen]:
        """The diary's numbers, and the units' documents at each."""
        rows = _editions()
        units: dict[str, Json] = {}
        documents = {}
        for step, row in zip(self._steps(), rows, strict=True):
            if isinstance(step, Edition):
                units = units | {unit["id"]: unit for unit in step.document["units"]}
            else:
                units = units | self._world.let_in(units, step.at.date())
            documents[row.number] = units
        times, numbers = [row.at for row in rows], [row.number for row in rows]
        return Editions(times, numbers), RatesThen(documents)


def _count_rows() -> None:
    """Without fresh statistics every look at one request reads through all of the history."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _editions() -> list[RegisterEdition]:
    """Those that the sample dated, but for the catalogue's."""
    dated = RegisterEdition.objects.filter(dated=True).exclude(note=CATALOGUE_NOTE)
    return list(dated.order_by("number"))


def _not_ahead(at: datetime) -> datetime:
    """Never later than now: what is still to come is no entry of a diary."""
    return min(at, clock.now() - timedelta(seconds=1))
