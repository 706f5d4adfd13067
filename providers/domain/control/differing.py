"""What is new in a source's answer against what it said before, and how much it matters."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, TypeAlias

from providers.domain.control.facts import KINDS, Answer, Fact, Happening, Severity, Value

MUCH_DEBT = 100_000
"""Kronor from which a debt is no trifle for a company that runs homes."""
LARGE_PROCEDURES = frozenset({"KK", "LI"})
RATINGS = ("AAA", "AA", "A", "AN", "B", "C")
"""The best first. A new company has none yet (AN)."""
WEAK_RATINGS = frozenset({"B", "C"})

_S = Severity


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to look at. Of a happening `before` is None and `after` its title."""

    fact: Fact
    severity: Severity
    before: Value | None
    after: Value | None
    happening: Happening | None = None

    @property
    def key(self) -> list[Any]:
        """What makes it the same thing when it is found again."""
        if self.happening:
            return [self.fact.value, self.happening.key]
        if self.after is None:
            return [self.fact.value, "without", self.before]
        return [self.fact.value, self.after]

    def fingerprint(self, provider_id: int) -> str:
        said = json.dumps([provider_id, *self.key], ensure_ascii=False)
        return sha256(said.encode()).hexdigest()


Judge: TypeAlias = Callable[[Value | None, Value], Iterable[Change]]


def changes(known: Mapping[Fact, Value], answer: Answer) -> list[Change]:
    """`known` is what the same source has said before; nothing, when it is asked first."""
    found = [
        change
        for fact, value in answer.facts.items()
        if known.get(fact) != value
        for change in JUDGES[fact](known.get(fact), value)
    ]
    return found + [_happened(one) for one in answer.happenings]


def merged(known: Mapping[Fact, Value], answer: Answer) -> dict[Fact, Value]:
    """What is known after the answer: a fact that it leaves out stays as it was."""
    return {**known, **answer.facts}


def _happened(one: Happening) -> Change:
    severity = one.severity or HAPPENED.get(one.fact, _S.NOTICE)
    return Change(one.fact, severity, None, one.title, one)


HAPPENED = {Fact.INSPECTION: _S.SERIOUS, Fact.ARTICLE: _S.NOTICE, Fact.NOTED: _S.NOTICE}


def _lost(fact: Fact, severity: Severity) -> Judge:
    """A yes that is a no: also where nothing was known."""

    def judge(before: Value | None, after: Value) -> list[Change]:
        return [] if after else [Change(fact, severity, before, after)]

    return judge


def _other(fact: Fact) -> Judge:
    def judge(before: Value | None, after: Value) -> list[Change]:
        return [Change(fact, _S.NOTICE, before, after)] if before else []

    return judge


def _deregistered(before: Value | None, after: Value) -> list[Change]:
    return [Change(Fact.DEREGISTERED, _S.CRITICAL, before or None, after)] if after else []


def _procedures(before: Value | None, after: Value) -> list[Change]:
    begun = [code for code in _texts(after) if code not in _texts(before)]
    return [
        Change(Fact.PROCEDURES, _S.CRITICAL if code in LARGE_PROCEDURES else _S.SERIOUS, None, code)
        for code in begun
    ]


def _debts(before: Value | None, after: Value) -> list[Change]:
    """More than before; what is paid off is no finding."""
    owed, owes = int(before or 0), int(after)  # type: ignore[arg-type]
    if owes <= owed:
        return []
    return [Change(Fact.DEBTS, _S.SERIOUS if owes >= MUCH_DEBT else _S.NOTICE, before, after)]


def _rating(before: Value | None, after: Value) -> list[Change]:
    """One that is worse than before, and a weak one when it is first heard of."""
    is_weak = after in WEAK_RATINGS
    if before is None and not is_weak:
        return []
    if before in RATINGS and after in RATINGS and _rank(after) <= _rank(before):
        return []
    return [Change(Fact.CREDIT_RATING, _S.SERIOUS if is_weak else _S.NOTICE, before, after)]


def _rank(rating: Value | None) -> int:
    return RATINGS.index(str(rating))


def _permits(before: Value | None, after: Value) -> list[Change]:
    """Each that is held no longer. What a unit needs and has never had is the register's matter."""
    gone = [number for number in _texts(before) if number not in _texts(after)]
    return [Change(Fact.PERMITS, _S.CRITICAL, number, None) for number in gone]


def _texts(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


JUDGES: dict[Fact, Judge] = {
    Fact.REGISTERED: _lost(Fact.REGISTERED, _S.SERIOUS),
    Fact.DEREGISTERED: _deregistered,
    Fact.PROCEDURES: _procedures,
    Fact.ACTIVE: _lost(Fact.ACTIVE, _S.SERIOUS),
    Fact.NAME: _other(Fact.NAME),
    Fact.LEGAL_FORM: _other(Fact.LEGAL_FORM),
    Fact.F_TAX: _lost(Fact.F_TAX, _S.SERIOUS),
    Fact.EMPLOYER: _lost(Fact.EMPLOYER, _S.SERIOUS),
    Fact.DEBTS: _debts,
    Fact.CREDIT_RATING: _rating,
    Fact.PERMITS: _permits,
}


def kept(facts: Mapping[Fact, Value]) -> dict[str, Any]:
    """As JSON, to be read back by `read`."""
    return {fact.value: value for fact, value in facts.items()}


def read(kept_facts: Mapping[str, Any]) -> dict[Fact, Value]:
    """What was kept; a fact that this version does not know is left aside."""
    known = {Fact(name): value for name, value in kept_facts.items() if name in set(Fact)}
    return {
        fact: tuple(value) if KINDS.get(fact) is tuple else value for fact, value in known.items()
    }
