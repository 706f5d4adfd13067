"""What checks rest on: where each is looked up, and what can be shown for it."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from providers.actions.control.checking import Answer
from providers.domain.control.checks import HOLDS, Check, CheckResult
from spink.sample.drawing import Draw

FRIDAY: Final = 4


class Shown(NamedTuple):
    source: str
    evidence: str
    """With the day, and a number that looks like one."""


SHOWN: Final[dict[Check, Shown]] = {
    Check.FINANCES: Shown("Kreditupplysning", "Rapport {day}, i ärendet"),
    Check.F_TAX: Shown("Skatteverket", "Uppgift via företagsuppslag {day}"),
    Check.EMPLOYER: Shown("Skatteverket", "Uppgift via företagsuppslag {day}"),
    Check.TAX_REGISTRATION: Shown("Skatteverket", "Registreringsbevis {day}"),
    Check.DEBTS: Shown("Kronofogden", "Utdrag {day}"),
    Check.COURT_OF_COMPANY: Shown("Tingsrätterna", "Svar på begäran {day}"),
    Check.COURT_OF_BOARD: Shown("Tingsrätterna", "Svar på begäran {day}"),
    Check.COURT_OF_SIGNATORIES: Shown("Tingsrätterna", "Svar på begäran {day}"),
    Check.COURT_OF_TRADER: Shown("Tingsrätterna", "Svar på begäran {day}"),
    Check.PERMIT: Shown("IVO", "Tillståndsbevis, dnr 8.1.1-{number}/{year}"),
    Check.INSPECTIONS: Shown("IVO", "Tillsynsbeslut, dnr 8.5-{number}/{year}"),
    Check.UNIT_DIRECTOR: Shown("IVO", "Föreståndarprövning, dnr 8.1.2-{number}/{year}"),
}


def answer_to(check: Check, day: date, draw: Draw, failing: str = "") -> Answer:
    """With a note of what is wrong, else passed; it holds for as long as the page proposes."""
    shown = SHOWN[check]
    return Answer(
        result=CheckResult.FAILED if failing else CheckResult.PASSED,
        source=shown.source,
        evidence=shown.evidence.format(day=day, number=draw.whole(10_000, 60_000), year=day.year),
        made_on=day,
        holds_until=day + HOLDS[check],
        note=failing,
    )


def workday(day: date) -> date:
    """The day, or the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))
