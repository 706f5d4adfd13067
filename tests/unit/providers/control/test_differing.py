"""What of an answer is new, and how much it matters."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.domain.control.differing import (
    JUDGES,
    Change,
    changes,
    kept,
    merged,
    read,
)
from providers.domain.control.facts import KINDS, Answer, Fact, Happening, Severity, Value

VALUES: dict[type, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: st.integers(0, 10**7),
    str: st.sampled_from(["", "2025-03-01", "AAA", "B", "Solbacken AB"]),
    tuple: st.lists(st.sampled_from(["KK", "LI", "RE", "IVO-1"]), unique=True).map(
        lambda found: tuple(sorted(found))
    ),
}


@st.composite
def facts(draw: st.DrawFn) -> dict[Fact, Value]:
    chosen = draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True))
    return {fact: draw(VALUES[KINDS[fact]]) for fact in chosen}


def told(known: dict[Fact, Value], **said: Value) -> list[tuple[str, str]]:
    found = changes(known, Answer({Fact(name): value for name, value in said.items()}))
    return [(change.fact.value, change.severity.value) for change in found]


def test_every_fact_that_holds_is_judged() -> None:
    assert set(JUDGES) == set(KINDS)


@pytest.mark.parametrize(
    ("known", "said", "expected"),
    [
        ({}, {"registered": False}, [("registered", "serious")]),
        ({}, {"registered": True, "active": True, "f_tax": True}, []),
        ({}, {"deregistered": "2025-03-01"}, [("deregistered", "critical")]),
        ({}, {"deregistered": ""}, []),
        ({}, {"procedures": ("KK",)}, [("procedures", "critical")]),
        ({Fact.PROCEDURES: ("RE",)}, {"procedures": ("KK", "RE")}, [("procedures", "critical")]),
        ({Fact.PROCEDURES: ("KK",)}, {"procedures": ()}, []),
        ({}, {"procedures": ("RE",)}, [("procedures", "serious")]),
        ({}, {"name": "Solbacken AB"}, []),
        ({Fact.NAME: "Solbacken AB"}, {"name": "Månen AB"}, [("name", "notice")]),
        ({Fact.F_TAX: True}, {"f_tax": False}, [("f_tax", "serious")]),
        ({Fact.F_TAX: False}, {"f_tax": True}, []),
        ({}, {"debts": 0}, []),
        ({}, {"debts": 900}, [("debts", "notice")]),
        ({Fact.DEBTS: 900}, {"debts": 100_000}, [("debts", "serious")]),
        ({Fact.DEBTS: 900}, {"debts": 100}, []),
        ({}, {"credit_rating": "AA"}, []),
        ({}, {"credit_rating": "C"}, [("credit_rating", "serious")]),
        ({Fact.CREDIT_RATING: "AAA"}, {"credit_rating": "A"}, [("credit_rating", "notice")]),
        ({Fact.CREDIT_RATING: "C"}, {"credit_rating": "B"}, []),
        ({}, {"permits": ("IVO-1",)}, []),
        ({Fact.PERMITS: ("IVO-1", "IVO-2")}, {"permits": ("IVO-2",)}, [("permits", "critical")]),
    ],
)
def test_change_is_found_with_its_severity(
    known: dict[Fact, Value], said: dict[str, Value], expected: list[tuple[str, str]]
) -> None:
    assert told(known, **said) == expected


def test_each_permit_that_is_lost_is_a_finding_of_its_own() -> None:
    known: dict[Fact, Value] = {Fact.PERMITS: ("IVO-1", "IVO-2")}
    found = changes(known, Answer({Fact.PERMITS: ()}))
    assert [change.before for change in found] == ["IVO-1", "IVO-2"]
    assert len({change.fingerprint(7) for change in found}) == 2


@given(facts(), facts())
def test_answer_that_is_given_again_holds_nothing_new(
    known: dict[Fact, Value], said: dict[Fact, Value]
) -> None:
    answer = Answer(said)
    assert changes(merged(known, answer), answer) == []


@given(facts(), facts())
def test_fact_that_is_left_out_stays_as_it_was(
    known: dict[Fact, Value], said: dict[Fact, Value]
) -> None:
    after = merged(known, Answer(said))
    assert {fact: after[fact] for fact in known.keys() - said.keys()} == {
        fact: known[fact] for fact in known.keys() - said.keys()
    }


@given(facts())
def test_what_is_kept_is_read_back(said: dict[Fact, Value]) -> None:
    assert read(kept(said)) == said


def test_fact_of_a_later_version_is_left_aside() -> None:
    assert read({"colour": "blue", "f_tax": True}) == {Fact.F_TAX: True}


def test_same_thing_has_one_fingerprint_a_provider() -> None:
    again = [
        Change(Fact.DEBTS, Severity.NOTICE, None, 900),
        Change(Fact.DEBTS, Severity.SERIOUS, 100, 900),
    ]
    assert len({change.fingerprint(7) for change in again}) == 1
    assert again[0].fingerprint(7) != again[0].fingerprint(8)


def test_happening_is_the_same_by_its_key_whatever_its_title() -> None:
    said = [Happening(Fact.ARTICLE, "https://a.example/1", title) for title in ("Ny", "Ändrad")]
    found = changes({}, Answer(happenings=tuple(said)))
    assert [(change.after, change.severity) for change in found] == [
        ("Ny", Severity.NOTICE),
        ("Ändrad", Severity.NOTICE),
    ]
    assert len({change.fingerprint(7) for change in found}) == 1
