"""A request's need in words: the same facts for both sides, each under its own name."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from placements.domain.values import Protection
from placements.models import PlacementRequest
from spink.accounts import queries as accounts
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Fact:
    term: str
    values: list[str] = field(default_factory=list)
    note: str = ""
    strong: bool = False

    @property
    def text(self) -> str:
        return self.values[0] if self.values else ""


@dataclass(frozen=True, slots=True)
class NeedNames:
    """The names of every code in a request, read in a constant number of queries."""

    service: str
    subtype: str
    basis: str
    disclosure: str
    needs: dict[str, str]
    municipalities: dict[str, str]


def names_of(request: PlacementRequest) -> NeedNames:
    codes = {
        "service": request.service_type,
        "subtype": request.subtype,
        "basis": request.legal_basis,
        "disclosure": request.disclosure_basis,
    }
    needs = [*request.needs_required, *request.needs_wished]
    named = catalogue.names_of_many({of: [code] for of, code in codes.items()} | {"need": needs})
    return NeedNames(
        **{of: named[of].get(code, "") for of, code in codes.items()},
        needs=named["need"],
        municipalities=accounts.municipality_names(request.avoid_municipalities),
    )


def need_facts(request: PlacementRequest, *, names: NeedNames | None = None) -> list[Fact]:
    """What a match looks at and what it rests on, in the order in which officers read it."""
    named = names or names_of(request)
    start = request.wanted_start
    return [
        Fact(_("Service"), [named.service], strong=True),
        Fact(_("Subtype"), [named.subtype] if named.subtype else []),
        Fact(
            _("Wanted start"),
            [wording.weekday(start)] if start else [],
            note=wording.days_until(start, today=clock.today()) if start else "",
            strong=True,
        ),
        Fact(_("Urgency"), [request.get_urgency_display()] if request.urgency else []),
        Fact(_("Age"), [_age(request)] if request.age is not None else []),
        Fact(_("Gender"), [request.get_gender_display()] if request.gender else []),
        Fact(_("Must be met"), [named.needs[code] for code in request.needs_required]),
        Fact(_("Wishes"), [named.needs[code] for code in request.needs_wished]),
        Fact(_("Drug-free"), [drug_free_text(request.drug_free)]),
        Fact(_("Companions"), [companions_text(request.companions)]),
        Fact(_("Near"), [near_text(request)] if request.near_latitude is not None else []),
        Fact(_("Avoid"), avoided(request, named)),
        Fact(_("SiS shortage"), [_("Yes")] if request.sis_shortage else []),
        Fact(_("Decision"), _decision(request, named)),
    ]


def _age(request: PlacementRequest) -> str:
    return ngettext("%(years)d year", "%(years)d years", request.age or 0) % {"years": request.age}


def drug_free_text(drug_free: bool | None) -> str:
    if drug_free is None:
        return _("Does not matter")
    return _("Yes, drug-free") if drug_free else _("No, active use is accepted")


def companions_text(ages: list[int]) -> str:
    if not ages:
        return pgettext("companions", "None")
    years = wording.listed([str(age) for age in ages])
    text = ngettext("One: %(ages)s years", "%(count)s: %(ages)s years", len(ages))
    return text % {"count": capfirst(wording.number_word(len(ages))), "ages": years}


def near_text(request: PlacementRequest) -> str:
    place = request.near_label or _("The chosen place")
    if request.within_km is None:
        return place
    return _("%(place)s, at most %(km)d km") % {"place": place, "km": request.within_km}


def avoided(request: PlacementRequest, named: NeedNames) -> list[str]:
    return [
        *(named.municipalities.get(code, code) for code in request.avoid_municipalities),
        *request.avoid_units,
    ]


def _decision(request: PlacementRequest, named: NeedNames) -> list[str]:
    if not named.basis:
        return []
    decided = wording.day(request.decision_date) if request.decision_date else ""
    return [f"{named.basis}, {decided}" if decided else named.basis]


def is_protected(request: PlacementRequest) -> bool:
    return request.person is not None and request.person.protection != Protection.NONE
