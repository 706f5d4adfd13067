"""What is done with visits: planned, made and written down, cancelled; and their questions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction

from providers.domain.control.visits import VisitOutcome, VisitState, VisitStep, state_after
from providers.models import CareUnit, EarlierNotes, RegisterChange, SiteVisit, VisitTemplate
from providers.models.control.choices import VisitForm
from providers.queries.control.complaints import form_of
from spink.accounts.models import PlacementTeam
from spink.catalogue import queries as catalogue
from spink.foundation import audit, clock
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput


class Outdated(Exception):
    """Somebody else changed the visit since it was read; `current` is how it stands now."""

    def __init__(self, current: SiteVisit) -> None:
        super().__init__(f"visit {current.pk} is at version {current.version}")
        self.current = current


def plan_visit(
    *,
    care_unit: CareUnit,
    team: PlacementTeam,
    planned_on: date,
    mode: VisitForm,
    is_joint: bool,
    by: Actor,
) -> SiteVisit:
    buyer = team.function.municipality_id
    with transaction.atomic():
        visit = SiteVisit.objects.create(
            care_unit=care_unit,
            team=team,
            provision_form=form_of(care_unit.provider, care_unit, buyer=buyer, day=planned_on),
            mode=mode,
            is_joint=is_joint,
            planned_on=planned_on,
            planned_by_id=by.user_id,
        )
        _audit("plan_visit", visit, by)
    return visit


def change_visit(
    *,
    visit_id: int,
    planned_on: date,
    mode: str,
    is_joint: bool,
    by: Actor,
    version: int | None = None,
) -> SiteVisit:
    """Raises StepNotAllowed, Outdated."""
    with _taking(VisitStep.CHANGE, visit_id, by, version) as visit:
        visit.planned_on, visit.mode, visit.is_joint = planned_on, mode, is_joint
    return visit


def make_visit(
    *,
    visit_id: int,
    made_on: date,
    mode: str,
    is_joint: bool,
    answers: Sequence[tuple[str, str]],
    notes: str,
    outcome: VisitOutcome,
    by: Actor,
    version: int | None = None,
) -> SiteVisit:
    """Write down a visit that has been made. Raises StepNotAllowed, Outdated, BadInput."""
    if made_on > clock.today():
        raise BadInput("is a later day", field="made_on")
    with _taking(VisitStep.MAKE, visit_id, by, version) as visit:
        visit.made_on, visit.mode, visit.is_joint = made_on, mode, is_joint
        visit.answers = [list(pair) for pair in answers]
        visit.notes, visit.outcome = notes, outcome
        buyer = visit.team.function.municipality_id
        unit = visit.care_unit
        visit.provision_form = form_of(unit.provider, unit, buyer=buyer, day=made_on)
    return visit


def complete_visit(
    *,
    visit_id: int,
    notes: str,
    outcome: VisitOutcome,
    register_number: int | None,
    by: Actor,
    version: int | None = None,
) -> SiteVisit:
    """What the visit led to. Raises StepNotAllowed, Outdated, BadInput for another's edition."""
    with _taking(VisitStep.COMPLETE, visit_id, by, version) as visit:
        of_unit = RegisterChange.objects.filter(unit_id=visit.care_unit_id)
        if register_number and not of_unit.filter(edition=register_number).exists():
            raise BadInput("is no change of the unit", field="register_number")
        visit.notes, visit.outcome = notes, outcome
        visit.register_number = register_number
    return visit


def cancel_visit(
    *, visit_id: int, because: str, by: Actor, version: int | None = None
) -> SiteVisit:
    """Raises StepNotAllowed, Outdated."""
    with _taking(VisitStep.CANCEL, visit_id, by, version) as visit:
        visit.cancelled_because = because
    return visit


def write_template(
    *, service_type: str, valid_from: date, questions: Sequence[str], by: Actor
) -> VisitTemplate:
    """The questions from a day on; those of the same day are replaced. Raises BadInput."""
    if service_type not in {one.code for one in catalogue.all_services()}:
        raise BadInput("is no service", field="service_type")
    if valid_from < clock.today():
        raise BadInput("is an earlier day", field="valid_from")
    with transaction.atomic():
        template, _is_new = VisitTemplate.objects.update_or_create(
            service_type=service_type,
            valid_from=valid_from,
            defaults={
                "questions": list(questions),
                "written_by_id": by.user_id,
                "written_at": clock.now(),
            },
        )
        audit.record(
            action="write_visit_template",
            by=by,
            subject="visit_template",
            subject_id=str(template.pk),
            details={"service": service_type, "from": str(valid_from)},
        )
    return template


@contextmanager
def _taking(step: VisitStep, visit_id: int, by: Actor, version: int | None) -> Iterator[SiteVisit]:
    with transaction.atomic():
        found = SiteVisit.objects.select_for_update(of=("self",))
        visit = found.select_related("team__function", "care_unit__provider").get(pk=visit_id)
        if version is not None and visit.version != version:
            raise Outdated(visit)
        before, outcome, notes = visit.state, visit.outcome, visit.notes
        visit.state = state_after(step, VisitState(before))
        yield visit
        visit.version += 1
        visit.save()
        written_over: dict[str, Any] = {}
        if outcome and outcome != visit.outcome:
            written_over["outcome"] = [outcome, visit.outcome]
        if notes and notes != visit.notes:
            written_over["notes_changed"] = True
        if outcome and (outcome, notes) != (visit.outcome, visit.notes):
            EarlierNotes.objects.create(
                visit=visit,
                outcome=outcome,
                notes=notes,
                until=clock.now(),
                written_over_by_id=by.user_id,
            )
        _audit(f"{step.value}_visit", visit, by, **{"from": before}, **written_over)


def _audit(action: str, visit: SiteVisit, by: Actor, **details: Any) -> None:
    audit.record(
        action=action,
        by=by,
        subject="visit",
        subject_id=str(visit.pk),
        details={**details, "to": visit.state},
    )
