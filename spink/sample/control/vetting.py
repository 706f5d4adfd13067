"""The vettings of those that asked to be added, with their checks and what those rest on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Final, NamedTuple

from providers.actions.control import vettings
from providers.actions.keeping.changing import change_part
from providers.domain.control.checks import Check
from providers.models import CareUnit, Provider, Vetting
from providers.models.control.choices import VettingState
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.sample.control.shown import answer_to, workday
from spink.sample.control.year import Telling, Year, at_work
from spink.sample.drawing import Draw
from spink.sample.register.applications import AUDIT, DIRECTOR, FINANCES, IVO, Application
from spink.sample.register.document import Json, direct_award
from spink.sample.register.world import World


class Failing(NamedTuple):
    checks: tuple[Check, ...]
    """The first of them that the vetting goes through."""
    note: str


FAILING: Final[dict[str, Failing]] = {
    IVO: Failing(
        (Check.INSPECTIONS,),
        "IVO har i år funnit brister i bemanningen och i hur händelser rapporteras.",
    ),
    FINANCES: Failing(
        (Check.FINANCES, Check.DEBTS), "Eget kapital under hälften av aktiekapitalet."
    ),
    AUDIT: Failing(
        (Check.FINANCES, Check.TAX_REGISTRATION),
        "Revisorn anmärker på sent betalda skatter och avgifter.",
    ),
    DIRECTOR: Failing((Check.UNIT_DIRECTOR,), "Föreståndaren är inte prövad av IVO."),
}
TEXT: Final[dict[str, str]] = {
    IVO: "Bristerna i tillsynen är inte åtgärdade. Välkommen åter när IVO har avslutat ärendet.",
    FINANCES: "Ekonomin bär inte ett uppdrag av den här omfattningen.",
    AUDIT: "Revisorns anmärkningar behöver vara åtgärdade först.",
    DIRECTOR: "Verksamheten saknar en föreståndare som IVO har godkänt.",
}
ADDED: Final = "Kontrollerna är utan anmärkning. Verksamheten läggs till för direktupphandling."
INKS, INKS_ON = 8, date(2024, 2, 20)
MADE_AT: Final = time(10, 20)


@dataclass(frozen=True)
class _Case:
    """`award` is what the register says of direct award when the unit is let in."""

    number: int
    application: Application
    award: Json | None

    @property
    def decided_at(self) -> datetime:
        return self.at(self.application.decided_on)

    def at(self, day: date) -> datetime:
        return datetime.combine(day, time(9 + self.number % 6, 7 * self.number % 60), STOCKHOLM)


def tellings(world: World, year: Year) -> Iterator[Telling]:
    units = {unit.code: unit for unit in world.units}
    for number, one in enumerate(world.applications):
        unit, first = units.get(one.unit), one.decided_on + timedelta(days=1)
        award = direct_award(unit, first, "", world.seed) if unit else None
        case = _Case(number, one, award)
        yield Telling(case.decided_at, partial(_vet, year, case), award is not None)


def by_ink(year: Year) -> None:
    """Of some of the framework's homes for children, as INK has told: not repeated here."""
    homes = [
        unit
        for unit in year.units
        if unit.profile.key == "children_home" and year.is_on_rung(unit, "framework", INKS_ON)
    ]
    draw, keeper = year.draw("vetted by INK"), year.keeper(1)
    providers = {unit.provider.code for unit in draw.some(homes, INKS)}
    for provider in Provider.objects.filter(code__in=providers).order_by("code"):
        with clock.frozen(at_work(INKS_ON, draw)):
            vettings.record_vetting_by_ink(
                provider_id=provider.pk,
                evidence=f"INK, avtal HVB barn och unga, dnr N{draw.whole(100, 999)}-0310/22",
                by=keeper.actor,
            )


def _vet(year: Year, case: _Case) -> None:
    application, keeper = case.application, year.keeper(case.number)
    provider = Provider.objects.get(code=application.provider.code)
    draw = year.draw("vetting", provider.code)
    with clock.frozen(case.at(application.begun_on)):
        vetting = vettings.begin_vetting(
            provider_id=provider.pk, needs_permit=application.needs_permit, by=keeper.actor
        )
    failing: dict[Check, str] = {}
    for reason in application.reasons:
        check = next(one for one in FAILING[reason].checks if one in vetting.checks)
        failing[check] = f"{failing.get(check, '')} {FAILING[reason].note}".strip()
    days = (application.decided_on - application.begun_on).days - 1
    for place, code in enumerate(vetting.checks, start=1):
        day = application.begun_on + timedelta(days=days * place // len(vetting.checks))
        make_check(vetting, Check(code), day, keeper, draw, failing.get(Check(code), ""))
    with clock.frozen(case.decided_at):
        _decide(case, vetting, keeper)


def make_check(
    vetting: Vetting, check: Check, day: date, by: User, draw: Draw, failing: str = ""
) -> None:
    day = workday(day)
    with clock.frozen(datetime.combine(day, MADE_AT, STOCKHOLM)):
        vettings.record_check(
            vetting_id=vetting.pk,
            check=check,
            answer=answer_to(check, day, draw, failing),
            by=by.actor,
        )


def _decide(case: _Case, vetting: Vetting, keeper: User) -> None:
    application, award = case.application, case.award
    if award is None:
        vettings.refuse_vetting(
            vetting_id=vetting.pk,
            reason_codes=application.reasons,
            text=TEXT[application.reasons[0]],
            by=keeper.actor,
        )
        return
    unit = CareUnit.objects.get(code=application.unit)
    first = application.decided_on + timedelta(days=1)
    vettings.add_to_register(
        vetting_id=vetting.pk, unit_ids=[unit.pk], vetted_from=first, text=ADDED, by=keeper.actor
    )
    change_part(
        part="direct_award",
        row_id=unit.pk,
        values={"rate": award["rate"], "rate_unit": award["rate_unit"], "rate_from": first},
        by=keeper.actor,
        note=vetting.reference,
    )


def decisions() -> dict[str, str]:
    """By the unit's code: the vetting that has let it in."""
    let_in = Vetting.objects.filter(state=VettingState.ADDED).prefetch_related("units")
    return {unit.code: vetting.reference for vetting in let_in for unit in vetting.units.all()}
