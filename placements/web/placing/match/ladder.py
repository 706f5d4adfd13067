"""The ladder rung by rung: the first that fits, those after it, and why an empty one is empty."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from placements.matching.differences import Differences, KeptAway
from placements.matching.reasons import Reason
from placements.queries.matching import Matched
from placements.web.placing.match.differing import Telling, detail
from placements.web.placing.match.units import Candidate, Facts, ShownUnit, shown_unit
from placements.web.placing.words import REASONS
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.wording import rung_name
from spink.web import wording

SHOWN_A_RUNG = 15


@dataclass(frozen=True, slots=True)
class RungPlan:
    """A rung before anything is read of its units: which of them the page shows."""

    step: int
    form: ProvisionForm
    candidates: Sequence[Candidate]
    count: int
    kept_away: KeptAway | None
    """Of an empty rung."""

    @property
    def nearest(self) -> int | None:
        return self.kept_away.nearest if self.kept_away else None

    @property
    def hidden(self) -> int:
        return self.count - len(self.candidates)


@dataclass(frozen=True, slots=True)
class ShownRung:
    step: int
    form: str
    title: str
    look: str
    state: str
    word: str
    note: str
    units: list[ShownUnit]
    hidden: int


def plan(matched: Matched, differences: Differences, *, whole: str = "") -> list[RungPlan]:
    """`whole` names the rung that is shown to its end."""
    plans = []
    for step, rung in enumerate(matched.rungs, start=1):
        form = ProvisionForm(rung["provision_form"])
        candidates = rung["candidates"]
        shown = candidates if whole == form else candidates[:SHOWN_A_RUNG]
        kept_away = None if candidates else differences.kept_away(form)
        plans.append(RungPlan(step, form, shown, len(candidates), kept_away))
    return plans


def shown_rungs(
    plans: Sequence[RungPlan], differences: Differences, facts: Facts, telling: Telling
) -> list[ShownRung]:
    first = next((one.step for one in plans if one.count), None)
    return [
        _empty(one, one.kept_away, differences, facts, telling)
        if one.kept_away
        else _filled(one, plans, facts, is_first=one.step == first)
        for one in plans
    ]


def _filled(one: RungPlan, plans: Sequence[RungPlan], facts: Facts, *, is_first: bool) -> ShownRung:
    word = ngettext("%(count)s fits", "%(count)s fit", one.count)
    return ShownRung(
        step=one.step,
        form=one.form,
        title=rung_name(one.form),
        look="" if is_first else "later",
        state="fits" if is_first else "reserve",
        word=word % {"count": wording.number(one.count)},
        note=_first_note(one) if is_first else _later_note(plans),
        units=[shown_unit(candidate, one.form, facts) for candidate in one.candidates],
        hidden=one.hidden,
    )


def _first_note(one: RungPlan) -> str:
    if any(candidate["rank"] is not None for candidate in one.candidates):
        return _("The order of the agreement holds. Ask in the order in which they stand.")
    if one.form is ProvisionForm.IN_HOUSE:
        return _("Own units are used first.")
    if one.form is ProvisionForm.DIRECT_AWARD:
        return _("Nothing fits on an earlier rung. The reason is kept with the recommendation.")
    return ""


def _later_note(plans: Sequence[RungPlan]) -> str:
    names = {
        ProvisionForm.IN_HOUSE: _("Own units fit."),
        ProvisionForm.IOP: _("A partnership (IOP) fits."),
        ProvisionForm.FRAMEWORK: _("The framework agreement has units that fit."),
    }
    first = next(one.form for one in plans if one.count)
    return _("%(first)s If you recommend from here, you give a reason.") % {
        "first": names.get(first, "")
    }


def _empty(
    one: RungPlan, kept_away: KeptAway, differences: Differences, facts: Facts, telling: Telling
) -> ShownRung:
    return ShownRung(
        step=one.step,
        form=one.form,
        title=rung_name(one.form),
        look="empty",
        state="none",
        word=_empty_word(kept_away),
        note=_empty_note(one.form, kept_away, differences, facts, telling),
        units=[],
        hidden=0,
    )


def _empty_word(kept_away: KeptAway) -> str:
    if not kept_away.units:
        return _("None at all")
    return _("No free places") if kept_away.are_full else _("None fits")


def _empty_note(
    form: ProvisionForm,
    kept_away: KeptAway,
    differences: Differences,
    facts: Facts,
    telling: Telling,
) -> str:
    """One line: what is common to those that the rung is open to, and which is nearest."""
    if not kept_away.units:
        return _NOBODY[form]()
    if kept_away.common is None:
        return _all_of_another_subtype(kept_away.units)
    common = _common(kept_away.common, kept_away.common_units, kept_away.of_right_kind)
    if kept_away.nearest is None:
        return common
    (reason,) = differences.reasons(kept_away.nearest)
    difference = differences.of(kept_away.nearest, reason)
    said = detail(difference, telling)
    why = f"{_lower(reason)}, {said}" if said else f"{_lower(reason)}."
    named = {"name": facts.name(differences.unit(kept_away.nearest)), "why": why}
    if kept_away.of_right_kind == 1:
        return _("The only one of the right kind is %(name)s: %(why)s") % named
    if reason is kept_away.common is Reason.NO_FREE_PLACE and difference.first is None:
        return common
    if reason is kept_away.common and said:
        named["why"] = said
    return " ".join((common, _("Nearest is %(name)s: %(why)s") % named))


def _lower(reason: Reason) -> str:
    return str(REASONS[reason]).lower()


def _all_of_another_subtype(count: int) -> str:
    text = ngettext(
        "The only one gives another subtype.", "All %(count)s give another subtype.", count
    )
    return text % {"count": wording.number_word(count)}


def _common(reason: Reason, count: int, of_right_kind: int) -> str:
    """What keeps most away of those with the right service and subtype."""
    named = {
        "count": wording.number_word(count),
        "all": wording.number_word(of_right_kind),
        "reason": _lower(reason),
    }
    if of_right_kind == 1:
        return _("The only one of the right kind: %(reason)s.") % named
    if count == of_right_kind:
        return _("All %(all)s of the right kind: %(reason)s.") % named
    return capfirst(_("%(count)s of %(all)s of the right kind: %(reason)s.") % named)


_NOBODY = {
    ProvisionForm.IN_HOUSE: lambda: _("The municipality has no unit of its own for the service."),
    ProvisionForm.IOP: lambda: _("No partnership (IOP) holds for the service on the start day."),
    ProvisionForm.FRAMEWORK: lambda: _("No agreement holds for the service on the start day."),
    ProvisionForm.DIRECT_AWARD: lambda: _("No vetted unit gives the service on the start day."),
}
