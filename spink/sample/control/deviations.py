"""The year's remarks on the own handling, each with what it led to.

Figures of `follow_up`: seven. They led to clearer texts of the timeline, to closer checks that
prices are current, and to a stricter use of the routine for direct awards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Final, NamedTuple
from uuid import UUID

from placements import actions
from placements.models import ProcessDeviation
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.wall import opened_for_job
from spink.foundation import clock
from spink.sample.control.shown import workday
from spink.sample.control.year import Year, at_work
from spink.sample.register.stops import YEAR

Scene = Callable[[], None]


class Remark(NamedTuple):
    category: str
    text: str
    found: str
    outcome: str
    answer: str
    team: str = "vuxna"


REMARKS: Final = (
    Remark(
        "timeline",
        "Tidslinjen säger bara att en verksamhet rekommenderas, inte varför den andra valdes bort.",
        "Stämmer. Handläggaren tog det på telefon och skrev inget.",
        "justified_measure",
        "Du har rätt. Vi skriver från och med nu vad som skilde verksamheterna åt.",
    ),
    Remark(
        "price",
        "Priset i rekommendationen var från förra året. Skillnaden är 140 kronor om dygnet.",
        "Priset höjdes i februari och var inte infört i registret.",
        "justified_measure",
        "Priserna stäms nu av när de är äldre än ett halvår, innan vi rekommenderar.",
    ),
    Remark(
        "direct_award",
        "Bara en utförare tillfrågades innan vi fick förslag om direktupphandling.",
        "Rutinen säger tre. Det var bråttom men skälet är inte nedtecknat.",
        "justified_measure",
        "Vi har gått igenom rutinen med båda teamen. Skälet skrivs alltid i förfrågan.",
        "barn-och-unga",
    ),
    Remark(
        "handling_time",
        "Det tog fyra dagar innan någon tog förfrågan, fast den var märkt som snar.",
        "Inkom dagen före en klämdag. Ingen bevakade kön.",
        "justified",
        "Det tog för lång tid. Vi beklagar och bevakar kön även klämdagar.",
    ),
    Remark(
        "information",
        "Vi fick veta att boendet inte tar emot rullstol först när vi ringde dit.",
        "Registret sade att det gick. Rättat samma dag.",
        "justified_measure",
        "Uppgiften i registret var fel och är rättad. Den tas upp vid nästa besök.",
    ),
    Remark(
        "price",
        "Det framgår inte om priset gäller med eller utan extra tillsyn.",
        "Utföraren lämnade två priser och bara det ena kom med.",
        "justified_measure",
        "Vi skriver vad som ingår i priset i varje rekommendation.",
        "barn-och-unga",
    ),
    Remark(
        "fit",
        "Familjehemmet ligger längre bort än vi bad om.",
        "Avståndet var ett önskemål och inget krav, och inga närmare hem hade plats.",
        "not_justified",
        "Inget hem inom avståndet hade plats den veckan. Det står i tidslinjen den 3.",
        "barn-och-unga",
    ),
)
PLACES: Final = {
    "vuxna": ("Funktionsstöd", "Myndighet vuxna 2"),
    "barn-och-unga": ("Hisingen", "Placerade barn och familjehem"),
}
EVERY: Final = timedelta(days=47)


@dataclass(frozen=True)
class _Case:
    number: int
    remark: Remark

    @property
    def filed_on(self) -> date:
        return workday(date(YEAR, 2, 6) + self.number * EVERY)


def scenes(year: Year) -> list[Scene]:
    return [partial(_tell, year, _Case(number, one)) for number, one in enumerate(REMARKS)]


def _tell(year: Year, case: _Case) -> None:
    remark, draw = case.remark, year.draw("deviation", case.number)
    place = year.staff.units[PLACES[remark.team]]
    filer, keeper = year.staff.filers[place.pk][0], year.keeper(case.number).actor
    filed_at = at_work(case.filed_on, draw)
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        with clock.frozen(filed_at):
            filed = actions.file_deviation(
                key=UUID(int=draw.whole(1, 2**120)),
                category=remark.category,
                text=remark.text,
                unit=place,
                team=year.staff.teams[remark.team],
                by=filer.actor,
            )
        with clock.frozen(at_work(case.filed_on + timedelta(days=4), draw)):
            actions.take_deviation(deviation_id=filed.pk, by=keeper)
        with clock.frozen(at_work(case.filed_on + timedelta(days=8), draw)):
            actions.note_on_deviation(deviation_id=filed.pk, text=remark.found, by=keeper)
        with clock.frozen(at_work(case.filed_on + timedelta(days=13), draw)):
            actions.close_deviation(
                deviation_id=filed.pk, outcome=remark.outcome, text=remark.answer, by=keeper
            )
        actions.mark_deviation_looked_at(ProcessDeviation.objects.get(pk=filed.pk), by=filer.actor)
