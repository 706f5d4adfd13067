"""The living queue: open requests around today, in every state, filed and handled by actions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from placements import actions
from placements.domain.values import Answer, Audience, NumberKind, Protection, Urgency
from placements.models import PlacementRequest
from placements.queries import matching
from providers.queries import named_units
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import User
from spink.accounts.wall import opened_for_job
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.sample.drawing import Draw
from spink.sample.persons import OFFICIAL_TEST_NUMBERS, People, Somebody
from spink.sample.places import GOTEBORG
from spink.sample.requests.content import asked, subtype_weights
from spink.sample.requests.filing import write_draft
from spink.sample.requests.plan import filing_units
from spink.sample.requests.services import SERVICES, Service
from spink.sample.requests.staff import Staff, staff_of

DRAFT: Final = "draft"
NEW: Final = "new"
WORKED_ON: Final = "worked on"
ASKED: Final = "providers asked"
ANSWERED: Final = "provider answered"
WAITING: Final = "awaiting information"
RECOMMENDED: Final = "recommended"
REPORTED: Final = "reported back"

HERE: Final = {
    DRAFT: 5,
    NEW: 9,
    WORKED_ON: 8,
    ASKED: 6,
    ANSWERED: 5,
    WAITING: 5,
    RECOMMENDED: 9,
    REPORTED: 4,
}
"""Göteborg's, by how far they have come."""
ELSEWHERE: Final = {
    "1481": (DRAFT, NEW, WORKED_ON, ASKED, WAITING, RECOMMENDED),
    "1440": (NEW,),
    "1401": (WORKED_ON,),
    "1482": (NEW, RECOMMENDED),
    "1441": (NEW,),
    "1402": (WAITING,),
    "1415": (WORKED_ON,),
    "1419": (NEW,),
    "1407": (RECOMMENDED,),
}
HOURS_AGO: Final = {
    DRAFT: (1, 70),
    NEW: (0.3, 22),
    WORKED_ON: (2, 60),
    ASKED: (6, 60),
    ANSWERED: (20, 80),
    WAITING: (30, 120),
    RECOMMENDED: (40, 230),
    REPORTED: (120, 260),
}
SERVICE_WEIGHTS: Final = {
    "supported_social_housing": 30.0,
    "short_term_housing": 15,
    "protected_housing": 9,
    "residential_care_home": 14,
    "emergency_aid_housing": 8,
    "foster_home": 9,
    "treatment": 7,
    "supported_accommodation": 5,
    "housing_first": 4,
    "outpatient_care": 3,
    "short_term_stay": 4,
}
ADULT_SERVICES: Final = ("supported_social_housing", "treatment", "emergency_aid_housing")
LAST_COUNTED: Final = 2024
PROTECTED_EVERY: Final = 13
SHOWN_EVERY: Final = 6
LOGINS_UNIT: Final = ("Funktionsstöd", "Myndighet vuxna 1")
QUESTION: Final = "Hur ser behovet av stöd ut på kvällar och helger?"
NIGHT_ENDS: Final = time(8)
NIGHT_BEGINS: Final = time(17)


@dataclass
class Entry:
    """One request of the queue while it is made."""

    state: str
    staff: Staff
    service: Service
    filer: User
    officer: User
    unit_id: int
    sent_at: datetime
    now: datetime
    draw: Draw

    def after(self, share: float) -> datetime:
        """A time between the sending and now."""
        return self.sent_at + (self.now - self.sent_at) * share


class Queue:
    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._people = People(seed, "queue")
        self._made = 0

    @staticmethod
    def count() -> int:
        return sum(HERE.values()) + sum(len(states) for states in ELSEWHERE.values())

    def load(self, advance: Callable[[int], None]) -> int:
        """Each in a transaction of its own, as if its people had done it."""
        now = clock.now()
        entries = sorted(self._entries(now), key=lambda entry: entry.sent_at)
        for entry in entries:
            with opened_for_job(SystemJob.LOAD_SAMPLE):
                self._make(entry)
            advance(1)
        return len(entries)

    def _entries(self, now: datetime) -> Iterator[Entry]:
        wanted = {GOTEBORG: [state for state, count in HERE.items() for _ in range(count)]}
        wanted |= {code: list(states) for code, states in ELSEWHERE.items()}
        for municipality, states in wanted.items():
            staff = staff_of(municipality)
            for number, state in enumerate(states):
                draw = Draw(self._seed, "queue", municipality, number)
                entry = _entry(staff, state, now, draw)
                shown = municipality == GOTEBORG and number % SHOWN_EVERY == 0
                yield _for_the_logins(entry) if shown else entry

    def _make(self, entry: Entry) -> None:
        self._made += 1
        somebody = self._somebody(entry)
        with clock.frozen(entry.sent_at):
            request = self._draft(entry, somebody)
            if entry.state == DRAFT:
                return
            actions.submit_request(request_id=request.pk, by=entry.filer.actor)
        _handle(entry, request)

    def _somebody(self, entry: Entry) -> Somebody:
        """Some have an official test number, some a protected identity."""
        service, draw = entry.service, entry.draw
        low, high = draw.weighted(service.ages)
        somebody = self._people.somebody(
            gender="woman" if draw.chance(service.women) else "man",
            birth_year=entry.now.year - draw.whole(low, high),
        )
        somebody = replace(somebody, protection=Protection.NONE)
        if self._made in (5, 17, 29):
            number = OFFICIAL_TEST_NUMBERS[self._made % len(OFFICIAL_TEST_NUMBERS)]
            return replace(somebody, number_kind=NumberKind.COORDINATION, number=number)
        if self._made % PROTECTED_EVERY == 0 or service.code == "protected_housing":
            return replace(somebody, protection=Protection.MARKED)
        return somebody

    def _draft(self, entry: Entry, somebody: Somebody) -> PlacementRequest:
        service, draw = entry.service, entry.draw
        content = asked(
            service,
            subtype=draw.weighted(subtype_weights(service, LAST_COUNTED)),
            age=somebody.age_in(entry.now.year),
            gender=somebody.gender,
            day=clock.today(),
            draw=draw,
            municipality=entry.staff.municipality,
            drug_free=draw.chance(0.65) if service.code == "supported_social_housing" else None,
            urgency=Urgency.ACUTE if _is_recent(entry) and draw.chance(0.4) else None,
        )
        return write_draft(
            somebody,
            content,
            unit_id=entry.unit_id,
            by=entry.filer.actor,
            creation_key=UUID(int=draw.whole(1, 2**120)),
            sections=draw.whole(1, 4) if entry.state == DRAFT else None,
        )


def _entry(staff: Staff, state: str, now: datetime, draw: Draw) -> Entry:
    services = SERVICE_WEIGHTS
    if staff.municipality != GOTEBORG:
        services = {code: services[code] for code in ADULT_SERVICES}
    service = SERVICES[draw.weighted(services)]
    department, unit = _filing_unit(staff, service, draw)
    unit_id = staff.units[department, unit].pk
    team = staff.team_for(service.team)
    return Entry(
        state=state,
        staff=staff,
        service=service,
        filer=draw.one(staff.filers[unit_id]),
        officer=draw.one(staff.officers[team.pk]),
        unit_id=unit_id,
        sent_at=_sent_at(state, now, draw),
        now=now,
        draw=draw,
    )


def _for_the_logins(entry: Entry) -> Entry:
    """Filed and handled by those whose logins the demo prints, so that they have some of each."""
    unit = entry.staff.units[LOGINS_UNIT].pk
    team = entry.staff.team_for("vuxna")
    return replace(
        entry,
        service=SERVICES["short_term_housing"],
        unit_id=unit,
        filer=entry.staff.filers[unit][0],
        officer=entry.staff.officers[team.pk][0],
    )


def _filing_unit(staff: Staff, service: Service, draw: Draw) -> tuple[str, str]:
    names = staff.names_of_units
    weights = {name: share for name, share in service.departments.items() if name in names}
    department = draw.weighted(weights) if weights else draw.one(sorted(names))
    return department, draw.one(filing_units(service, names[department]))


def _sent_at(state: str, now: datetime, draw: Draw) -> datetime:
    """So long ago; what would have been sent at night was sent in the afternoon before."""
    at = (now - timedelta(hours=draw.between(*HOURS_AGO[state]))).astimezone(STOCKHOLM)
    if now - at < timedelta(hours=4):
        return at
    if at.time() < NIGHT_ENDS:
        at -= timedelta(days=1)
    if not NIGHT_ENDS <= at.time() < NIGHT_BEGINS:
        at = at.replace(hour=draw.whole(9, 16), minute=draw.whole(0, 59))
    return at if at < now else now - timedelta(minutes=draw.whole(10, 90))


def _is_recent(entry: Entry) -> bool:
    return entry.now - entry.sent_at < timedelta(hours=5)


def _handle(entry: Entry, request: PlacementRequest) -> None:
    if entry.state == NEW:
        return
    officer = entry.officer.actor
    with clock.frozen(entry.after(0.2)):
        actions.take_request(request_id=request.pk, by=officer)
    if entry.state == WAITING:
        with clock.frozen(entry.after(0.4)):
            actions.ask_information(request_id=request.pk, question=QUESTION, by=officer)
    elif entry.state != WORKED_ON:
        _match(entry, request)
    elif entry.draw.chance(0.3):
        with clock.frozen(entry.after(0.5)):
            text = "Ringde enheten, återkommer i eftermiddag."
            actions.write(request_id=request.pk, text=text, audience=Audience.PLACING, by=officer)


def _match(entry: Entry, request: PlacementRequest) -> None:
    """Ask the first of the first rung that has any; the request stays as it is where none fits."""
    request = PlacementRequest.objects.get(pk=request.pk)
    with clock.frozen(entry.after(0.4)):
        offer = matching.offer_of(matching.match_now(request), request)
        forms = [form for form in offer.forms if offer.candidates[form]]
        if not forms:
            return
        units = list(offer.candidates[forms[0]])[:3]
        named = named_units(units)
        inquiries = actions.ask_providers(
            request_id=request.pk,
            units=[actions.AskedUnit(unit, named[unit].name, forms[0]) for unit in units],
            by=entry.officer.actor,
        )
    if entry.state == ASKED:
        return
    with clock.frozen(entry.after(0.6)):
        for inquiry, answer in zip(inquiries, (Answer.YES, Answer.NO), strict=False):
            actions.note_answer(
                request_id=request.pk,
                inquiry_id=inquiry.pk,
                answer=answer,
                reason="full" if answer is Answer.NO else "",
                by=entry.officer.actor,
            )
    if entry.state != ANSWERED:
        _recommend(entry, request, units)


def _recommend(entry: Entry, request: PlacementRequest, units: list[str]) -> None:
    """The one that said yes, and the third, which has not answered."""
    with clock.frozen(entry.after(0.7)):
        actions.recommend(
            request_id=request.pk, units=[units[0], *units[2:]], by=entry.officer.actor
        )
    if entry.state == REPORTED:
        with clock.frozen(entry.after(0.9)):
            actions.report_outcome(request_id=request.pk, unit_code=units[0], by=entry.filer.actor)
