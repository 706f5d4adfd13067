"""Units side by side: a row for each thing that may differ, a cell for each unit."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from placements.models import PlacementRequest
from placements.web.placing.match.differing import reasons_text
from placements.web.placing.match.near import exception_url
from placements.web.placing.match.reading import Reading, facts_of
from placements.web.placing.match.units import Facts, ShownUnit, shown_unit
from placements.web.placing.words import stop_word
from placements.web.shared.offered import Said
from providers import queries as register
from providers.queries import Agreed, ComparedUnit
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web import wording

UNKNOWN: dict[str, Any] = {
    "rank": None,
    "places_certain": False,
    "wished_met": [],
    "rate": None,
    "distance_km": None,
}
"""Of a unit that stands on no rung."""


NOTHING = Said("")


@dataclass(frozen=True, slots=True)
class Column:
    """A unit of the comparison."""

    shown: ShownUnit
    unit: ComparedUnit
    form: ProvisionForm | None
    why_not: str
    """Empty for one that fits."""
    may_be_chosen: bool


@dataclass(frozen=True, slots=True)
class Cell:
    name: str
    """The unit's, for a narrow page where it stands before the text."""
    text: str
    look: str = ""
    note: Said = NOTHING


@dataclass(frozen=True, slots=True)
class Row:
    title: str | Promise
    under: str
    cells: list[Cell]

    @property
    def differs(self) -> bool:
        return len({(cell.text, cell.note.text) for cell in self.cells}) > 1


Say = Callable[[Column], tuple[str, str, Said]]
"""What a cell says, with its shape, and a second line."""


def columns_of(
    placement: PlacementRequest, reading: Reading, codes: Sequence[str]
) -> tuple[list[Column], Facts]:
    """In the order of the address; codes that the register does not have are left out."""
    start = placement.wanted_start or clock.today()
    units = register.compared_units(
        [code for code in codes if "\0" not in code],
        municipality=placement.municipality_id,
        service_type=placement.service_type,
        start=start,
        today=clock.today(),
    )
    placed = {code: _placed(code, reading) for code in codes if code in units}
    chosen = [(form, candidate) for form, candidate in placed.values() if form is not None]
    facts = facts_of(placement, reading, chosen, placed)
    return [
        _column(units[code], form, candidate, reading, facts, placement.reference)
        for code, (form, candidate) in placed.items()
    ], facts


def _placed(code: str, reading: Reading) -> tuple[ProvisionForm | None, dict[str, Any]]:
    """Where the unit stands, or would stand if nothing spoke against it."""
    for rung in reading.matched.rungs:
        for candidate in rung["candidates"]:
            if candidate["unit"] == code:
                return ProvisionForm(rung["provision_form"]), candidate
    row = reading.differences.row(code)
    beside = None if row is None else reading.differences.beside(row)
    return beside or (None, UNKNOWN | {"unit": code})


def _column(
    unit: ComparedUnit,
    form: ProvisionForm | None,
    candidate: dict[str, Any],
    reading: Reading,
    facts: Facts,
    reference: str,
) -> Column:
    row = reading.differences.row(unit.code)
    reasons = () if row is None else reading.differences.reasons(row)
    why_not = _("Another service.") if row is None else ""
    if row is not None and reasons:
        why_not = reasons_text(reading.differences, row, reading.telling)
    return Column(
        shown=shown_unit(candidate, form or ProvisionForm.DIRECT_AWARD, facts),
        unit=unit,
        form=form,
        why_not=why_not,
        may_be_chosen=not why_not or bool(exception_url(reasons, unit.code, reference)),
    )


def rows_of(
    placement: PlacementRequest, columns: Sequence[Column], names: dict[str, str]
) -> list[Row]:
    def row(title: str | Promise, say: Say, under: str = "") -> Row:
        cells = [Cell(column.shown.name, *say(column)) for column in columns]
        return Row(title, under, cells)

    return [
        row(_("Fits"), _fits),
        row(_("Provision form"), _rung),
        row(_("Agreement"), _agreement),
        *(row(names[n], _need(n), _("Must be met")) for n in placement.needs_required),
        *(row(names[n], _need(n), _("Wish")) for n in placement.needs_wished),
        row(_("Price"), _price),
        row(_("Price for the whole period"), _sum),
        row(_("Free places"), _places),
        row(_("Distance"), lambda one: (one.shown.distance or _("not known"), "", NOTHING)),
        row(_("Asked about a place"), _asked),
        row(_("Stops and remarks"), _stops),
        row(_("Methods"), _methods),
        row(_("Staffing"), lambda one: (one.unit.staffing or _("not known"), "", NOTHING)),
        row(_("Last visit"), _last_visit),
    ]


def _last_visit(one: Column) -> tuple[str, str, Said]:
    visit = one.unit.last_visit
    if visit is None:
        return _("No visit is noted in the register"), "", NOTHING
    return wording.short_day(visit.made_on), "", Said(visit.outcome)


def _fits(one: Column) -> tuple[str, str, Said]:
    if not one.why_not:
        return _("Fits"), "fits", NOTHING
    return _("Does not fit"), "none", Said(one.why_not)


def _rung(one: Column) -> tuple[str, str, Said]:
    if one.form is None:
        return _("No rung"), "", NOTHING
    rank = _("rank %(rank)s") % {"rank": one.shown.rank} if one.shown.rank else ""
    return rung_name(one.form), "", Said(rank)


def _agreement(one: Column) -> tuple[str, str, Said]:
    if one.form is ProvisionForm.IN_HOUSE:
        return _("Own unit, no agreement needed"), "", NOTHING
    agreed = one.unit.agreed.get(one.form) if one.form else None
    if agreed is None:
        return _("No agreement"), "none", NOTHING
    name = agreed.name or _("Vetted for direct award")
    return name, "", Said(_until(agreed))


def _until(agreed: Agreed) -> str:
    if agreed.valid_to is None:
        return _("without end")
    return _("until %(day)s") % {"day": wording.short_day(agreed.valid_to)}


def _need(code: str) -> Say:
    def say(one: Column) -> tuple[str, str, Said]:
        if code in one.unit.needs_refused:
            return _("Does not take it on"), "none", NOTHING
        if code in one.unit.needs_met:
            return _("Met"), "fits", NOTHING
        return _("Not met"), "none", NOTHING

    return say


def _price(one: Column) -> tuple[str, str, Said]:
    if not one.shown.rate:
        return one.shown.rate_note.text, one.shown.rate_note.look, NOTHING
    return one.shown.rate, "", one.shown.rate_note


def _sum(_one: Column) -> tuple[str, str, Said]:
    """A request has no end, so that no sum would be true."""
    return _("Not known: the request has no end day"), "", NOTHING


def _places(one: Column) -> tuple[str, str, Said]:
    return one.shown.places, "", one.shown.places_note


def _asked(one: Column) -> tuple[str, str, Said]:
    if one.shown.asked is None:
        return _("Not asked"), "", NOTHING
    return one.shown.asked.text, one.shown.asked.look, NOTHING


def _stops(one: Column) -> tuple[str, str, Said]:
    remark = one.shown.remark
    if one.unit.stops:
        said = wording.listed([str(stop_word(kind)) for kind in one.unit.stops])
        return said, "stopped", remark or NOTHING
    if remark is not None:
        return remark.text, remark.look, NOTHING
    return pgettext("stops", "None"), "", NOTHING


def _methods(one: Column) -> tuple[str, str, Said]:
    return ", ".join(one.unit.methods) or _("not known"), "", NOTHING
