"""What a stop takes and what comes instead is what two whole matches say."""

from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from placements.matching import Need, Outcome, Register, match
from placements.matching.without import Standing, Stopping, lost, next_best
from tests.unit.matching.cases import Maker
from tests.unit.matching.made import made_up, register_of

Document = dict[str, Any]
KINDS = ["recommendation_stop", "order_stop", "paused", "unpublished", "closed_by_fire"]


def choices(outcome: Outcome) -> list[Standing]:
    ids = outcome.register.ids
    return [Standing(ids[row], form) for form, found in outcome.on_rungs() for row, *_ in found]


def without_units(document: Document, codes: set[str]) -> Register:
    left = [unit for unit in document["units"] if unit["id"] not in codes]
    return register_of(document | {"units": left})


def with_stop(document: Document, codes: set[str], stop: Stopping) -> Register:
    entry = {"kind": stop.kind, "from": said(stop.first), "to": said(stop.last)}
    units = [
        unit | {"stops": [*(unit.get("stops") or []), entry]} if unit["id"] in codes else unit
        for unit in document["units"]
    ]
    return register_of(document | {"units": units})


def said(day: date | None) -> str | None:
    return day.isoformat() if day else None


def a_stop(random: Random, maker: Maker) -> Stopping:
    near = [maker.instant, maker.start]
    days = sorted(random.choice(near) + timedelta(random.choice([-9, -1, 0, 1])) for _ in "ab")
    first, last = (day if random.random() < 0.7 else None for day in days)
    return Stopping(random.choice(KINDS), first, last)


@settings(made_up)
@given(st.randoms(use_true_random=False))
def test_a_stop_takes_what_a_match_with_it_lacks(random: Random) -> None:
    maker = Maker(random)
    document, documents = maker.case()
    register = register_of(document)
    needs = [
        Need.from_document(one, place="need", service_types=register.provision_forms)
        for one in documents
    ]
    codes = {unit["id"] for unit in document["units"] if random.random() < 0.4}
    stop = a_stop(random, maker)
    units = register_of(
        document | {"units": [unit for unit in document["units"] if unit["id"] in codes]}
    )
    stopped = with_stop(document, codes, stop)
    expected = {}
    for number, need in enumerate(needs):
        left = choices(match(need, stopped))
        taken = [one for one in choices(match(need, register)) if one not in left]
        if taken:
            expected[number] = taken
    assert lost(needs, units, stop) == expected


@settings(made_up)
@given(st.randoms(use_true_random=False))
def test_the_next_best_is_the_first_of_a_match_without_the_units(random: Random) -> None:
    maker = Maker(random)
    document, documents = maker.case()
    register = register_of(document)
    needs = [
        Need.from_document(one, place="need", service_types=register.provision_forms)
        for one in documents
    ]
    codes = {unit["id"] for unit in document["units"] if random.random() < 0.3}
    left = without_units(document, codes)
    firsts = [next(iter(choices(match(need, left))), None) for need in needs]
    assert next_best(needs, register, codes) == firsts
