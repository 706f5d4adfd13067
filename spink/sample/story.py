"""One request through the whole main job, by the real actions, as the people whose job it is.

Each step is taken behind the wall as that person sees it, and asks the policies first.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from placements import actions, policies
from placements.domain.lifecycle import Step
from placements.domain.recommending import Offer
from placements.domain.values import Answer, NumberKind, Urgency
from placements.models import PlacementRequest
from placements.queries import matching
from placements.queries.matching import Matched
from providers.queries import NamedUnit, named_units
from spink.accounts import queries as accounts
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.models import User
from spink.accounts.wall import opened_for
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock
from spink.sample.persons import OFFICIAL_TEST_NUMBERS, Somebody
from spink.sample.requests.content import OLD_LAW_ENDS, Asked
from spink.sample.requests.filing import write_draft

FILER: Final = "socialsekreterare"
OFFICER: Final = "handlaggare"
ROUTE: Final = "demo"
SERVICE: Final = "short_term_housing"
SUBTYPE: Final = "fysiska funktionsnedsättningar"
DAYS_AHEAD: Final = 9
"""Within the register's horizon for places, so that a full unit is excluded."""
ASKED_AT_MOST: Final = 2
MESSAGE: Final = "Den första har plats från önskad start. Den andra är inte tillfrågad än."

Story = dict[str, Any]


class NothingFits(Exception):
    """No unit of the sample fits the story's need, or too few."""


@dataclass(frozen=True)
class _Cast:
    filer: User
    officer: User


@contextmanager
def _as(user: User, step: Step, request_id: int) -> Iterator[PlacementRequest]:
    """The request as the user sees it, who may take the step and whose reading is logged."""
    reach = accounts.reach_of_user(user)
    with opened_for(reach):
        request = PlacementRequest.objects.get(pk=request_id)
        policies.check_can_take_step(step, request, reach)
        log_reading(Reading(by=user.actor, route=ROUTE), [request.reference])
        yield request


def play() -> Story:
    """File, take, match, ask, answer, recommend, report back; what happened, as JSON holds it."""
    people = _Cast(User.objects.get(username=FILER), User.objects.get(username=OFFICER))
    request_id = _file(people.filer)
    with _as(people.officer, Step.TAKE, request_id):
        actions.take_request(request_id=request_id, by=people.officer.actor)
    with _as(people.officer, Step.ASK_PROVIDER, request_id) as request:
        matched = matching.match_now(request)
        asked = _ask(request, matched, people.officer)
    chosen = _recommend(request_id, asked, people.officer)
    with _as(people.filer, Step.REPORT_CHOSEN, request_id) as request:
        actions.report_outcome(request_id=request_id, unit_code=chosen[0], by=people.filer.actor)
        return _told(request_id, people, matched)


def _file(filer: User) -> int:
    reach = accounts.reach_of_user(filer)
    with opened_for(reach):
        policies.check_can_file(reach)
        (unit,) = accounts.units_with_departments(reach.filing_unit_ids)
        request = write_draft(_somebody(), _asked(), unit_id=unit.pk, by=filer.actor)
        actions.submit_request(request_id=request.pk, by=filer.actor)
    return request.pk


def _somebody() -> Somebody:
    return Somebody(
        given_name="Alva",
        family_name="Ljungvall",
        gender="woman",
        birth_year=clock.today().year - 34,
        number_kind=NumberKind.COORDINATION,
        number=OFFICIAL_TEST_NUMBERS[0],
    )


def _asked() -> Asked:
    today = clock.today()
    return Asked(
        service_type=SERVICE,
        subtype=SUBTYPE,
        age=34,
        gender="woman",
        legal_basis="sol_2025" if today > OLD_LAW_ENDS else "sol_4_1",
        decision_date=today,
        wanted_start=today + timedelta(days=DAYS_AHEAD),
        urgency=Urgency.SOON,
        drug_free=None,
        companions=(),
        needs_required=("mobility",),
        needs_wished=("supervision", "neuropsychiatric"),
        near=("Hisingen", 57.7190, 11.9330, 40),
        avoid_municipalities=("1419",),
        disclosure_basis="consent",
        description="Använder rullstol inomhus. Daglig verksamhet tre dagar i veckan.",
    )


def _ask(request: PlacementRequest, matched: Matched, officer: User) -> list[str]:
    """The first units of the first rung that has any: the first says no, the second yes."""
    form, units = _first_rung(matching.offer_of(matched, request))
    named = named_units(units)
    inquiries = actions.ask_providers(
        request_id=request.pk,
        units=[actions.AskedUnit(unit, named[unit].name, form) for unit in units],
        by=officer.actor,
    )
    for inquiry, answer in zip(inquiries, (Answer.NO, Answer.YES), strict=False):
        note = "Platsen hann bli bokad." if answer is Answer.NO else "Plats från önskad start."
        actions.note_answer(
            request_id=request.pk,
            inquiry_id=inquiry.pk,
            answer=answer,
            reason="full" if answer is Answer.NO else "",
            note=note,
            by=officer.actor,
        )
    return units


def _first_rung(offer: Offer) -> tuple[ProvisionForm, list[str]]:
    for form in offer.forms:
        units = list(offer.candidates[form])
        if len(units) >= ASKED_AT_MOST:
            return form, units[:ASKED_AT_MOST]
    raise NothingFits(SUBTYPE)


def _recommend(request_id: int, asked: Sequence[str], officer: User) -> list[str]:
    """The one that said yes, and the next of its rung that nobody has asked."""
    with _as(officer, Step.RECOMMEND, request_id) as request:
        offer = matching.offer_of(matching.match_now(request), request)
        form = offer.rung_of(asked[1])
        others = [unit for unit in offer.candidates[form] if unit not in asked] if form else []
        sent = actions.recommend(
            request_id=request_id, units=[asked[1], *others[:1]], message=MESSAGE, by=officer.actor
        )
        return [unit.unit_code for unit in sent.units.order_by("position")]


def _told(request_id: int, people: _Cast, matched: Matched) -> Story:
    request = PlacementRequest.objects.get(pk=request_id)
    near: Any = matched.outcome.to_dict("near")
    codes = {one["unit"] for rung in matched.rungs for one in rung["candidates"]}
    named = named_units(codes | {one["unit"] for one in near["excluded"]})
    return {
        "reference": request.reference,
        "filed_by": str(people.filer),
        "officer": str(people.officer),
        "state": request.state,
        "need": matched.need_document,
        "register_number": matched.register_number,
        "instant": matched.instant.isoformat(),
        "rules_version": matched.rules_version,
        "outcome_digest": matched.digest,
        "ladder": [_rung(rung, named) for rung in matched.rungs],
        "near_misses": [_with_names(one, named) for one in near["excluded"]],
        "counts": near["counts"],
        "inquiries": list(_inquiries(request)),
        "recommendation": _recommendation(request),
        "choice": _choice(request),
        "timeline": [
            {"at": entry.at.isoformat(), "who": entry.actor_label, "step": entry.kind}
            for entry in request.timeline.order_by("at", "id")
        ],
    }


def _rung(rung: dict[str, Any], named: dict[str, NamedUnit]) -> Story:
    candidates = [_with_names(one, named) for one in rung["candidates"]]
    return {"provision_form": rung["provision_form"], "candidates": candidates}


def _with_names(one: dict[str, Any], named: dict[str, NamedUnit]) -> Story:
    unit = named[one["unit"]]
    return {"unit": unit.code, "name": unit.name, "provider": unit.provider_name} | {
        key: value for key, value in one.items() if key != "unit"
    }


def _inquiries(request: PlacementRequest) -> Iterator[Story]:
    for one in request.inquiries.order_by("id"):
        yield {
            "unit": one.unit_code,
            "name": one.unit_name,
            "answer": one.answer,
            "note": one.note,
        }


def _recommendation(request: PlacementRequest) -> Story:
    sent = request.recommendations.get()
    return {
        "message": sent.message,
        "skipped_rung_reason": sent.skipped_rung_reason,
        "direct_award_reason": sent.direct_award_reason,
        "units": [
            {
                "unit": unit.unit_code,
                "name": unit.unit_name,
                "provider": unit.provider_name,
                "provision_form": unit.provision_form,
                "rank": unit.rank,
                "rate": None if unit.rate is None else str(unit.rate),
                "rate_unit": unit.rate_unit,
                "rate_from": unit.rate_from.isoformat() if unit.rate_from else None,
            }
            for unit in sent.units.order_by("position")
        ],
    }


def _choice(request: PlacementRequest) -> Story:
    chosen = request.feedback.get()
    return {
        "unit": chosen.unit_code,
        "name": chosen.unit_name,
        "provision_form": chosen.provision_form,
        "reason": chosen.reason,
    }
