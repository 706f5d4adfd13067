"""What quality and control have before them now: vettings, reviews, complaints, visits, remarks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from placements import actions
from placements.domain.lifecycle import State
from placements.models import PlacementRequest, RecommendedUnit
from providers.actions.control import complaints, reviews, vettings, visits
from providers.actions.control.reviews import Opening
from providers.actions.stops import set_stop
from providers.domain.control.checks import Check
from providers.domain.control.visits import VisitOutcome
from providers.domain.stopping import InksDecision
from providers.models import CareUnit, Complaint, Finding, StopKind, Vetting
from providers.models.control.choices import FindingState, VettingState, VisitForm
from providers.queries.control.sources import in_scope
from providers.queries.control.visits import questions_for
from providers.queries.pages import units_on_rung
from spink.accounts import queries as accounts
from spink.accounts.models import User
from spink.accounts.wall import opened_for
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock
from spink.sample.control import words
from spink.sample.control.shown import answer_to, workday
from spink.sample.control.vetting import make_check
from spink.sample.drawing import Draw
from spink.sample.everyday.keeping import KEEPER
from spink.sample.everyday.stage import COLLEAGUE, FILER, LOGINS_UNIT, OFFICER, Stage
from spink.sample.places import GOTEBORG

OTHER_KEEPER, CHILD_OFFICER = "kvalitet2", "handlaggare6"
CHECKED_BEFORE: Final = 60
"""Days since the checks were made that run out about now."""
RUNS_OUT_IN: Final = {0: -8, 1: 16}
"""Days until the first check of the first vettings runs out."""
REVIEWED: Final = 9
"""The place in scope of whom the lawyer is asked about: after those that have findings."""


def vetting_under_way(stage: Stage) -> None:
    """One that was refused asks again: half of its checks are made."""
    refused = Vetting.objects.filter(state=VettingState.REFUSED).order_by("decided_at").first()
    if refused is None:
        return
    keeper, draw = stage.user(OTHER_KEEPER), stage.draw("vetting under way")
    with clock.frozen(stage.workday(16, 9, 20)):
        vetting = vettings.begin_vetting(
            provider_id=refused.provider_id, needs_permit=refused.needs_permit, by=keeper.actor
        )
    for number, check in enumerate(vetting.checks[: len(vetting.checks) // 2]):
        make_check(vetting, Check(check), stage.workday(12 - 2 * number, 10).date(), keeper, draw)


def checks_made_again(stage: Stage) -> None:
    """In time, but for one that has run out and one that is about to."""
    added = Vetting.objects.filter(state=VettingState.ADDED).order_by("decided_at", "pk")
    keeper = stage.user(KEEPER)
    for number, vetting in enumerate(added):
        draw = stage.draw("checks made again", number)
        for place, code in enumerate(vetting.checks):
            days = CHECKED_BEFORE if number in RUNS_OUT_IN and place == 0 else 0
            until = stage.now.date() - timedelta(days=days)
            _make_again(until, vetting, Check(code), keeper, draw)
        if number in RUNS_OUT_IN:
            _let_run_out(stage, vetting, RUNS_OUT_IN[number], keeper, draw)


def _make_again(until: date, vetting: Vetting, check: Check, keeper: User, draw: Draw) -> None:
    made = vetting.made.get(check_code=check, is_latest=True)
    while made.holds_until < until:
        make_check(
            vetting, check, made.holds_until - timedelta(days=draw.whole(4, 20)), keeper, draw
        )
        made = vetting.made.get(check_code=check, is_latest=True)


def _let_run_out(stage: Stage, vetting: Vetting, days: int, keeper: User, draw: Draw) -> None:
    check, made_at = Check(vetting.checks[0]), stage.workday(CHECKED_BEFORE, 11)
    answer = answer_to(check, made_at.date(), draw)
    with clock.frozen(made_at):
        vettings.record_check(
            vetting_id=vetting.pk,
            check=check,
            answer=replace(answer, holds_until=stage.now.date() + timedelta(days=days)),
            by=keeper.actor,
        )


def review_in_progress(stage: Stage) -> None:
    """Of the finding that was sent to it: two checks made, two to do."""
    finding = Finding.objects.filter(state=FindingState.REVIEW, review=None).first()
    if finding is None:
        return
    keeper, draw = stage.user(KEEPER), stage.draw("review in progress")
    checks = (Check.UNIT_DIRECTOR, Check.PERMIT, Check.INSPECTIONS, Check.FINANCES)
    with clock.frozen(stage.workday(2, 13)):
        opening = Opening(
            "Föreståndaren kan ha slutat, och tillståndet saknas i IVO:s lista.", checks, finding.pk
        )
        review = reviews.open_review(
            provider_id=finding.provider_id, opening=opening, by=keeper.actor
        )
    for check, note in zip(checks[:2], ("Ingen godkänd föreståndare anmäld.", ""), strict=True):
        with clock.frozen(stage.workday(1, 15)):
            answer = answer_to(check, clock.today(), draw, note)
            reviews.record_review_check(
                review_id=review.pk, check=check, answer=answer, by=keeper.actor
            )


def review_with_the_lawyer(stage: Stage) -> None:
    """With what a court has said, which they and quality and control alone read."""
    found = list(in_scope(stage.now.date(), everyone=False).order_by("code")[: REVIEWED + 1])
    if len(found) <= REVIEWED:
        return
    keeper, draw = stage.user(OTHER_KEEPER), stage.draw("review with the lawyer")
    check = Check.COURT_OF_BOARD
    with opened_for(accounts.reach_of_user(keeper)):
        with clock.frozen(stage.workday(14, 9)):
            opening = Opening(
                "Tips om att en i styrelsen är dömd för ekonomisk brottslighet.", (check,)
            )
            review = reviews.open_review(
                provider_id=found[REVIEWED].pk, opening=opening, by=keeper.actor
            )
        with clock.frozen(stage.workday(6, 14)):
            answer = answer_to(check, clock.today(), draw, "Se uppgifterna om brott.")
            reviews.record_review_check(
                review_id=review.pk, check=check, answer=answer, by=keeper.actor
            )
            reviews.record_offence(
                review_id=review.pk,
                court="Påhittade tingsrätten",
                case_number=f"B {draw.whole(100, 4000)}-{stage.now:%y}",
                text="Grovt bokföringsbrott, villkorlig dom. Har vunnit laga kraft.",
                by=keeper.actor,
            )
        with clock.frozen(stage.workday(5, 9)):
            reviews.ask_lawyer(
                review_id=review.pk,
                text="Är domen skäl nog för att ta bort utföraren ur registret?",
                by=keeper.actor,
            )


class _Complaint(NamedTuple):
    days_ago: int
    form: ProvisionForm
    service: str
    category: str
    text: int
    steps: int
    """How many of the steps are taken: asked, answered, passed back."""
    filer: str = FILER


COMPLAINTS: Final = (
    _Complaint(1, ProvisionForm.DIRECT_AWARD, "short_term_housing", "documentation", 0, 0),
    _Complaint(2, ProvisionForm.FRAMEWORK, "special_service_housing", "support", 0, 0, COLLEAGUE),
    _Complaint(25, ProvisionForm.DIRECT_AWARD, "special_service_housing", "staffing", 0, 1),
    _Complaint(6, ProvisionForm.IN_HOUSE, "short_term_housing", "cooperation", 0, 1, COLLEAGUE),
    _Complaint(9, ProvisionForm.FRAMEWORK, "short_term_housing", "premises", 0, 1),
    _Complaint(12, ProvisionForm.IN_HOUSE, "special_service_housing", "treatment", 0, 2),
    _Complaint(17, ProvisionForm.DIRECT_AWARD, "short_term_housing", "support", 3, 3),
)


def open_complaints(stage: Stage) -> None:
    """In every state that is not closed: one without an answer in time, one just answered."""
    for number, one in enumerate(COMPLAINTS):
        unit = _unit_on(stage, one.form, one.service, number)
        if unit is not None:
            _complain(stage, one, unit, number)


def _unit_on(stage: Stage, form: ProvisionForm, service: str, number: int) -> CareUnit | None:
    found = CareUnit.objects.filter(services__service_type__code=service, stops=None)
    rung = units_on_rung(found, form, buyer=GOTEBORG, day=stage.now.date())
    units = list(rung.select_related("provider").distinct().order_by("code"))
    return stage.draw("unit of", number).one(units) if units else None


def _complain(stage: Stage, one: _Complaint, unit: CareUnit, number: int) -> None:
    keeper = stage.user(KEEPER).actor
    with clock.frozen(stage.workday(one.days_ago, 11, 5 * number)):
        complaint, _ = complaints.file_complaint(
            key=stage.key("complaint", number),
            provider=unit.provider,
            care_unit=unit,
            unit=stage.staff.units[LOGINS_UNIT],
            category=one.category,
            text=words.SAID[one.category][one.text],
            by=stage.user(one.filer).actor,
        )
    steps: list[Callable[[Complaint], object]] = [
        lambda of: (
            complaints.hand_to_ink(complaint_id=of.pk, text=words.HANDED, by=keeper)
            if of.provision_form == ProvisionForm.FRAMEWORK
            else complaints.send_to_provider(complaint_id=of.pk, text=words.SENT, by=keeper)
        ),
        lambda of: complaints.record_answer(complaint_id=of.pk, text=words.ANSWERED[1], by=keeper),
        lambda of: complaints.pass_back(complaint_id=of.pk, text=words.TOLD, by=keeper),
    ]
    for done, step in enumerate(steps[: one.steps], start=1):
        with clock.frozen(stage.workday(max(one.days_ago - 5 * done, 1), 15, done)):
            step(complaint)


def complaint_about_a_request(stage: Stage) -> None:
    """Which request it is stands behind the wall of requests."""
    filer = stage.user(FILER)
    reach = accounts.reach_of_user(filer)
    with opened_for(reach), clock.frozen(stage.workday(1, 16)):
        mine = PlacementRequest.objects.filter(created_by=filer, recommendations__isnull=False)
        request = mine.order_by("reference").first()
        if request is None:
            return
        sent = request.recommendations.order_by("-sent_at")[0].units.order_by("position")[0]
        unit = CareUnit.objects.select_related("provider").get(code=sent.unit_code)
        actions.file_complaint_about_request(
            request=request,
            reach=reach,
            key=stage.key("complaint about a request"),
            care_unit=unit,
            category="cooperation",
            text=words.SAID["cooperation"][0],
            by=filer.actor,
        )


def stop_of_today(stage: Stage) -> None:
    """INK has just stopped a home that was recommended: the outbox does what follows."""
    waiting = PlacementRequest.objects.filter(created_by__username=FILER, state=State.RECOMMENDED)
    sent = RecommendedUnit.objects.filter(
        recommendation__request__in=waiting, provision_form=ProvisionForm.FRAMEWORK
    )
    first = sent.order_by("recommendation__request__reference", "position").first()
    if first is None:
        return
    with clock.frozen(stage.now - timedelta(minutes=20)):
        set_stop(
            on=CareUnit.objects.get(code=first.unit_code),
            kind=StopKind.ORDER_STOP,
            by=stage.user(KEEPER).actor,
            reason_code="ivo_findings",
            decision=InksDecision(f"N148-0911/{stage.now:%y}", clock.today()),
        )


class _Visit(NamedTuple):
    days_ahead: int
    team: str
    outcome: VisitOutcome | None = None
    """Of one that has been made."""
    is_joint: bool = False


VISITS: Final = (
    _Visit(-20, "vuxna", VisitOutcome.FIT),
    _Visit(-13, "barn-och-unga", VisitOutcome.FIT, is_joint=True),
    _Visit(-6, "vuxna", VisitOutcome.FOLLOW_UP),
    _Visit(-4, "barn-och-unga"),
    _Visit(3, "vuxna"),
    _Visit(9, "barn-och-unga"),
    _Visit(15, "vuxna", is_joint=True),
    _Visit(23, "barn-och-unga"),
    _Visit(36, "vuxna"),
)
SERVICE_OF: Final = {"vuxna": "supported_social_housing", "barn-och-unga": "residential_care_home"}


def visits_of_the_season(stage: Stage) -> None:
    """Some made, one whose day has been, and the next ones planned."""
    for number, one in enumerate(VISITS):
        unit = _unit_on(stage, ProvisionForm.FRAMEWORK, SERVICE_OF[one.team], 100 + number)
        if unit is not None:
            _visit(stage, one, unit, number)


def _visit(stage: Stage, one: _Visit, unit: CareUnit, number: int) -> None:
    officer = stage.user(OFFICER if one.team == "vuxna" else CHILD_OFFICER).actor
    day = workday(stage.now.date() + timedelta(days=one.days_ahead))
    mode = VisitForm.DIGITAL if number == 1 else VisitForm.ON_SITE
    with clock.frozen(stage.workday(30, 13, number)):
        visit = visits.plan_visit(
            care_unit=unit,
            team=stage.staff.teams[one.team],
            planned_on=day,
            mode=mode,
            is_joint=one.is_joint,
            by=officer,
        )
    if one.outcome is None:
        return
    draw = stage.draw("visit", number)
    with clock.frozen(stage.workday(-one.days_ahead - 1, 15)):
        asked = questions_for(unit, day)
        visits.make_visit(
            visit_id=visit.pk,
            made_on=day,
            mode=mode,
            is_joint=one.is_joint,
            answers=[(ask, draw.one(words.REPLIES.get(ask, words.REPLIES_ELSE))) for ask in asked],
            notes=draw.one(words.NOTES),
            outcome=one.outcome,
            by=officer,
        )


def remarks(stage: Stage) -> None:
    """On the own handling: one that nobody has taken, one under review."""
    filer = stage.user(COLLEAGUE).actor
    told = (
        (8, "contact", "Fick inget svar på två frågor i tidslinjen på en vecka."),
        (2, "timeline", "Det framgår inte vilka verksamheter som har tillfrågats."),
    )
    for days_ago, category, text in told:
        with clock.frozen(stage.workday(days_ago, 10, 30)):
            filed = actions.file_deviation(
                key=stage.key("remark", category),
                category=category,
                text=text,
                unit=stage.staff.units[LOGINS_UNIT],
                team=stage.staff.teams["vuxna"],
                by=filer,
            )
        if days_ago > 5:
            with clock.frozen(stage.workday(days_ago - 3, 9)):
                actions.take_deviation(deviation_id=filed.pk, by=stage.user(KEEPER).actor)
