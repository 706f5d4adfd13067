"""Social workers who go on filing requests, whatever happens to the machines meanwhile."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.db import Error, connection

from placements import actions
from placements.domain.sections import Section
from placements.models import PlacementRequest
from spink.accounts import wall
from spink.foundation import clock
from tests.drill.conftest import Town


def file_draft(town: Town) -> PlacementRequest:
    """A draft that can be sent, written as the pages write it. Needs the wall to be open."""
    by, today = town.filer.actor, clock.today()
    (unit_id,) = town.reach.filing_unit_ids
    request = actions.start_draft(unit_id=unit_id, creation_key=uuid4(), by=by)
    details = actions.PersonDetails(given_name="Astrid", age=34, gender="woman")
    actions.save_person(request_id=request.pk, details=details, by=by)
    sections: dict[Section, dict[str, object]] = {
        Section.SERVICE: {
            "service_type": "short_term_housing",
            "subtype": "fysiska funktionsnedsättningar",
        },
        Section.DECISION: {
            "legal_basis": "sol_2025",
            "decision_date": today,
            "wanted_start": today + timedelta(days=7),
            "urgency": "soon",
        },
        Section.MORE: {"disclosure_basis": "consent"},
    }
    for section, values in sections.items():
        actions.save_section(request_id=request.pk, section=section, values=values, by=by)
    return request


def file_request(town: Town) -> str:
    """One request in one transaction, as one page would; its reference once it is committed."""
    with wall.opened_for(town.reach):
        request = file_draft(town)
        actions.submit_request(request_id=request.pk, by=town.filer.actor)
    return request.reference


@dataclass
class Filing:
    """What those who file were told: the references that were acknowledged, and the errors."""

    town: Town
    pause: float
    acknowledged: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    longest: float = 0
    """Seconds that the slowest filing took, of those that succeeded."""
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self._stop.wait(self.pause):
            began = time.monotonic()
            try:
                self.acknowledged.append(file_request(self.town))
                self.longest = max(self.longest, time.monotonic() - began)
            except Error as error:
                self.errors.append(type(error).__name__)
                connection.close()
        connection.close()

    def stop(self) -> None:
        self._stop.set()


@contextmanager
def filing(town: Town, *, threads: int = 2, pause: float = 0.4) -> Iterator[Filing]:
    going_on = Filing(town, pause)
    running = [threading.Thread(target=going_on.run) for _ in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield going_on
    finally:
        going_on.stop()
        for thread in running:
            thread.join()
