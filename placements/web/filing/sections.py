"""A draft's sections as pages show them: titles, how far each has come, and the answers given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements import queries
from placements.domain.sections import ALWAYS_NEEDED, FIELDS, Section
from placements.models import PlacementRequest
from placements.queries.completeness import Problem, sections_of
from placements.web.shared import need_facts
from placements.web.shared.head import heading_of
from spink.accounts.domain.reach import Reach
from spink.catalogue import queries as catalogue
from spink.web import wording

TITLES: dict[Section, Promise] = {
    Section.PERSON: gettext_lazy("The person"),
    Section.CHILD: gettext_lazy("The child"),
    Section.SERVICE: gettext_lazy("The service"),
    Section.DECISION: gettext_lazy("Decision and start"),
    Section.NEEDS: gettext_lazy("Needs"),
    Section.PLACE: gettext_lazy("Place"),
    Section.MORE: gettext_lazy("More that is important"),
}
NOTES: dict[Section, Promise] = {
    Section.PERSON: gettext_lazy("Who it concerns, age and gender"),
    Section.CHILD: gettext_lazy("The child's best interests and own view"),
    Section.SERVICE: gettext_lazy("Service and subtype"),
    Section.DECISION: gettext_lazy("Legal basis, dates and how urgent it is"),
    Section.NEEDS: gettext_lazy("What must be met and what you wish; companions"),
    Section.PLACE: gettext_lazy("Near what, and what to avoid"),
    Section.MORE: gettext_lazy("In your own words, and the basis for disclosure"),
}


@dataclass(frozen=True, slots=True)
class Task:
    title: str | Promise
    url: str
    state: str
    word: str
    note: str | Promise


@dataclass(frozen=True, slots=True)
class Answer:
    term: str
    values: list[str]
    change: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    section: Section
    title: str | Promise
    change: str
    answers: list[Answer] = field(default_factory=list)


def title_of(placement: PlacementRequest) -> str:
    """As every heading names a request; a draft may have no service yet."""
    service = catalogue.names([placement.service_type], of="service")[placement.service_type]
    if not service:
        return _("New request")
    return heading_of(service, queries.shown_label(placement).label)


def tasks_of(placement: PlacementRequest, problems: Iterable[Problem]) -> list[Task]:
    wrong = {problem.section for problem in problems}
    return [
        Task(
            title=TITLES[section],
            url=_url(placement, section),
            note=NOTES[section],
            **_progress(placement, section, section in wrong),
        )
        for section in sections_of(placement)
    ]


def _progress(placement: PlacementRequest, section: Section, is_wrong: bool) -> dict[str, str]:
    begun = any(getattr(placement, name) not in (None, "", [], False) for name in _fields(section))
    if is_wrong:
        state = "working" if begun else "new"
        return {"state": state, "word": _("Begun") if begun else _("Not begun")}
    if begun:
        return {"state": "done", "word": _("Done")}
    return {"state": "none", "word": _("May be left empty")}


def _fields(section: Section) -> tuple[str, ...]:
    names = dict.fromkeys((*FIELDS[section], *ALWAYS_NEEDED[section]))
    return tuple(name for name in names if name not in ANSWERED_FROM_THE_START)


ANSWERED_FROM_THE_START = frozenset({"lives_together"})


def _url(placement: PlacementRequest, section: Section) -> str:
    return reverse("placements:section", args=[placement.reference, section.value])


def summary_of(placement: PlacementRequest, problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """For the summary above the page: what is wrong, and the address of its field."""
    labels = field_labels()
    return [
        (
            f"{labels.get(problem.field, problem.field)}: {problem.text}",
            f"{_url(placement, problem.section)}?back=check#{anchor_of(problem.field)}",
        )
        for problem in problems
    ]


FIRST_ALTERNATIVES = {
    "person_id": "id_number_kind_0",
    "gender": "id_gender_0",
    "protection": "id_protection_0",
    "urgency": "id_urgency_0",
    "needs_required": "id_needs_required_0",
    "needs_wished": "id_needs_wished_0",
    "drug_free": "id_drug_free_0",
    "avoid_municipalities": "id_avoid_municipalities_0",
}


def anchor_of(name: str) -> str:
    """The control of a field, or the first of its alternatives."""
    return FIRST_ALTERNATIVES.get(name, f"id_{name}")


def field_labels() -> dict[str, str]:
    return {
        "person_id": _("Person"),
        "age": _("Age"),
        "gender": _("Gender"),
        "service_type": _("Service"),
        "subtype": _("Subtype"),
        "legal_basis": _("Legal basis"),
        "decision_date": _("Decision date"),
        "wanted_start": _("Wanted start"),
        "urgency": _("Urgency"),
        "disclosure_basis": _("Basis for disclosure"),
        "best_interests": _("The child's best interests"),
        "childs_view": _("The child's own view"),
    }


def answers_of(
    placement: PlacementRequest, reach: Reach, problems: Sequence[Problem]
) -> list[Part]:
    """All answers by section, each with the address where it is changed."""
    lacking = {(problem.section, problem.field) for problem in problems}
    parts = _answers(placement, reach)
    return [
        Part(
            section=section,
            title=TITLES[section],
            change=f"{_url(placement, section)}?back=check",
            answers=[
                Answer(
                    term,
                    [value for value in values if value],
                    f"{_url(placement, section)}?back=check#{anchor_of(name)}",
                    (section, name) in lacking,
                )
                for term, name, values in parts[section]
            ],
        )
        for section in sections_of(placement)
    ]


Given = list[tuple[str, str, list[str]]]


def _answers(placement: PlacementRequest, reach: Reach) -> dict[Section, Given]:
    names = need_facts.names_of(placement)
    person = queries.shown_person(placement, reach)
    protection = placement.person.get_protection_display() if placement.person else ""
    age = str(placement.age) if placement.age is not None else ""
    return {
        Section.PERSON: [
            (_("Name"), "person_id", [person.full_name]),
            (_("Number"), "number", [person.number]),
            (_("Age"), "age", [age]),
            (_("Gender"), "gender", [placement.get_gender_display()]),
            (_("Address"), "address", [person.address]),
            (_("Protected identity"), "protection", [str(protection)]),
        ],
        Section.CHILD: [
            (_("The child's best interests"), "best_interests", [placement.best_interests]),
            (_("The child's own view"), "childs_view", [placement.childs_view]),
            (_("Lives together with the adult"), "lives_together", [_together(placement)]),
        ],
        Section.SERVICE: [
            (_("Service"), "service_type", [names.service]),
            (_("Subtype"), "subtype", [names.subtype]),
            (_("SiS shortage"), "sis_shortage", [_("Yes") if placement.sis_shortage else ""]),
        ],
        Section.DECISION: [
            (_("Legal basis"), "legal_basis", [names.basis]),
            (_("Decision date"), "decision_date", [_day(placement.decision_date)]),
            (_("Wanted start"), "wanted_start", [_day(placement.wanted_start)]),
            (_("Urgency"), "urgency", [placement.get_urgency_display()]),
        ],
        Section.NEEDS: [
            (
                _("Must be met"),
                "needs_required",
                [names.needs[code] for code in placement.needs_required],
            ),
            (_("Wishes"), "needs_wished", [names.needs[code] for code in placement.needs_wished]),
            (_("Drug-free"), "drug_free", [need_facts.drug_free_text(placement.drug_free)]),
            (
                _("Companions"),
                "companions",
                [need_facts.companions_text(placement.companions)],
            ),
        ],
        Section.PLACE: [
            (_("Near"), "near", [_near(placement)]),
            (
                _("Avoid"),
                "avoid_municipalities",
                need_facts.avoided(placement, names),
            ),
        ],
        Section.MORE: [
            (_("In your own words"), "description", [placement.description]),
            (_("Basis for disclosure"), "disclosure_basis", [names.disclosure]),
            (_("Note on the disclosure"), "disclosure_note", [placement.disclosure_note]),
        ],
    }


def _together(placement: PlacementRequest) -> str:
    if placement.household_of_id is None:
        return ""
    return _("Yes") if placement.lives_together else _("No, a place is sought for the child alone")


def _near(placement: PlacementRequest) -> str:
    return need_facts.near_text(placement) if placement.near_latitude is not None else ""


def _day(day: object) -> str:
    return wording.day(day) if day else ""  # type: ignore[arg-type]
