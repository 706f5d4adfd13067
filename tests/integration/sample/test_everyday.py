import json
from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from placements.actions.stopping import carry_out_stop
from placements.domain.lifecycle import State
from placements.domain.not_carried_out import SMALLEST_SHOWN, Quarter
from placements.domain.recommending import Offer, passed_over
from placements.domain.reporting import reason_kind
from placements.domain.values import Answer
from placements.domain.working_time import Office
from placements.models import (
    AccessReview,
    Attachment,
    HandOverNote,
    OfficeHours,
    PlacementRequest,
    ProcessDeviation,
    ReadMark,
    Recommendation,
    RecommendationException,
    SavedView,
    SelfCheck,
    SelfCheckItem,
    StopTouch,
    TimelineEntry,
)
from placements.queries import follow_up
from placements.queries.decisions import count_by_reason
from placements.queries.office import office_of
from providers.domain.control.follow_up import Counts, year_of
from providers.models import (
    AgreementLot,
    CareUnit,
    Complaint,
    Finding,
    MonitoringSource,
    OffenceRecord,
    PlannedChange,
    Price,
    RegisterChange,
    RegisterCorrection,
    Review,
    SiteVisit,
    Stop,
    Vetting,
    VisitTemplate,
)
from providers.queries.control.vettings import overdue_checks
from spink.accounts import queries as accounts
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import User
from spink.accounts.wall import opened_for, opened_for_job
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.models import ServiceSplit
from spink.foundation import clock
from spink.foundation.files import vault
from spink.foundation.models import OutboxEvent
from spink.sample import facts
from spink.sample.places import GOTEBORG, MEMBERS
from tests.support.samples import NOW

pytestmark = pytest.mark.usefixtures("sample")


def test_a_family_of_three_is_matched_as_one() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        (adult,) = PlacementRequest.objects.filter(household_members__isnull=False).distinct()
        family = [adult, *PlacementRequest.objects.filter(household_of=adult).order_by("id")]
        assert [one.age for one in family] == [36, 9, 4]
        assert {one.service_type for one in family} == {"protected_housing"}
        assert {one.assigned_to.username for one in family if one.assigned_to} == {"handlaggare"}
        assert {one.person.is_protected for one in family if one.person} == {True}


def test_one_proposal_of_another_service_waits_and_one_goes_on_in_a_draft() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        (waits,) = PlacementRequest.objects.filter(service_proposed_at__isnull=False)
        assert (waits.state, waits.created_by.username) == ("in_progress", "socialsekreterare")
        (draft,) = PlacementRequest.objects.filter(continues__state=State.OTHER_SERVICE)
        assert (draft.state, draft.service_type) == ("draft", "supported_accommodation")


def test_home_and_family_stand_side_by_side_for_one_person() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        linked = PlacementRequest.objects.exclude(side_by_side=None)
        assert {one.service_type for one in linked} == {"residential_care_home", "foster_home"}
        assert len({(one.side_by_side, one.person_id) for one in linked}) == 1


def test_a_double_across_departments_is_resolved_and_another_stands() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        back = PlacementRequest.objects.select_related("person").get(withdrawal_reason="double")
        assert back.person is not None
        others = PlacementRequest.objects.filter(person__number_hash=back.person.number_hash)
        (kept,) = others.exclude(pk=back.pk)
        assert kept.department_id != back.department_id
        assert (back.state, kept.state) == (State.WITHDRAWN, State.IN_PROGRESS)


def test_one_night_placement_is_completed_and_one_waits() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        placed = PlacementRequest.objects.filter(acute_placement__isnull=False)
        assert sorted(placed.values_list("state", flat=True)) == [State.CLOSED, State.PLACED_ACUTE]


def test_decisions_not_carried_out_stand_in_figures_some_of_them_too_few_to_be_shown() -> None:
    with clock.frozen(NOW):
        counts = count_by_reason(Quarter.of(NOW.date()))
    assert max(counts.values()) >= SMALLEST_SHOWN
    assert min(counts.values()) < SMALLEST_SHOWN
    assert "" in {reason for _department, reason in counts}


def test_an_exception_leaves_a_correction_of_the_register_open() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        (kept,) = RecommendationException.objects.all()
        assert kept.excluded_for == ["no_free_place"]
    (correction,) = RegisterCorrection.objects.all()
    assert (correction.unit_code, correction.fact, correction.result) == (
        kept.unit_code,
        "places",
        "",
    )


def test_an_own_unit_keeps_its_places_for_a_group() -> None:
    units = CareUnit.objects.filter(operated_by=GOTEBORG).exclude(priority_group="")
    assert units.get().priority_age_to == 45


def test_every_municipality_has_somebody_who_answers_out_of_hours() -> None:
    numbers = dict(OfficeHours.objects.values_list("municipality_id", "jour_phone"))
    assert set(numbers) == set(MEMBERS)
    assert len(set(numbers.values())) == len(MEMBERS)
    assert {number[:10] for number in numbers.values()} == {"031-390 06"}


def test_a_note_waits_for_the_officer_and_a_colleague_shares_a_view() -> None:
    officer = User.objects.get(username="handlaggare")
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        (note,) = HandOverNote.objects.filter(read_at=None)
        assert note.to == officer
        assert note.request.assigned_to == officer
    shared = SavedView.objects.exclude(team=None).get()
    assert shared.owner != officer
    assert shared.team in accounts.teams_of(officer)


def test_a_conversation_has_words_that_the_officer_has_not_read() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        mark = ReadMark.objects.get(user__username="handlaggare")
        said = TimelineEntry.objects.filter(request=mark.request, kind="message")
        assert said.filter(pk__gt=mark.read_to).count() == 1


def test_a_document_can_be_opened() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        document = Attachment.objects.get()
    assert document.may_be_opened
    assert vault.read(document.stored_as).startswith(b"%PDF-")


def test_changes_of_a_unit_and_of_a_price_wait_for_their_day() -> None:
    plan = PlannedChange.objects.get()
    assert (plan.day, list(plan.values)) == (date(2025, 4, 1), ["places_total"])
    prices = Price.objects.filter(agreement_unit__unit=plan.unit)
    assert prices.filter(valid_from=date(2025, 5, 1)).exists()


def test_a_sample_of_last_months_readings_is_partly_judged() -> None:
    with opened_for(accounts.reach_of_user(User.objects.get(username="enhetschef"))):
        review = AccessReview.objects.get()
        assert review.month == (NOW.date().replace(day=1) - timedelta(days=1)).replace(day=1)
        rows = review.rows.all()
        assert 0 < rows.exclude(judgement="").count() < rows.count()


def test_due_times_are_those_that_the_rules_of_today_give() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        rows = PlacementRequest.objects.exclude(due_at=None).exclude(due_hours=None)
        office: Office = office_of(GOTEBORG)
        for row in rows.filter(municipality_id=GOTEBORG)[:80]:
            assert row.due_at is not None
            assert office.is_open(row.due_at - timedelta(seconds=1))


def test_a_rung_is_passed_with_a_reason_and_a_choice_explained_where_it_must_be() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        for sent in Recommendation.objects.prefetch_related("units", "request__feedback")[:120]:
            forms = {
                unit.unit_code: ProvisionForm(unit.provision_form) for unit in sent.units.all()
            }
            bought = ProvisionForm.DIRECT_AWARD in forms.values()
            assert bool(sent.direct_award_reason) == bought
            for told in sent.request.feedback.all():
                assert bool(told.reason) == bool(reason_kind(told.unit_code, forms))


def test_reason_for_passing_is_given_where_something_before_could_be_used() -> None:
    """As far as what is kept tells: a decided split is not kept, and at night nobody is asked."""
    split = ServiceSplit.objects.values_list("service_type__code", flat=True)
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        sent = Recommendation.objects.filter(
            exceptions=None, request__acute_placement=None
        ).exclude(request__service_type__in=list(split))
        told = [_is_passed(one) for one in sent.prefetch_related("units")]
    assert len(told) > 50
    assert [(one, reason) for one, reason, could in told if bool(reason) != could] == []


def _is_passed(sent: Recommendation) -> tuple[str, str, bool]:
    """The reason that is kept, and whether something was passed that had not said no."""
    inquiries = sent.request.inquiries.exclude(answer="").order_by("answered_at", "pk")
    answers = {one.unit_code: Answer(one.answer) for one in inquiries}
    rungs = {ProvisionForm(rung["provision_form"]): rung["candidates"] for rung in sent.rungs}
    offer = Offer(
        candidates={form: [one["unit"] for one in found] for form, found in rungs.items()},
        answers=answers,
        ranks={
            one["unit"]: one["rank"]
            for found in rungs.values()
            for one in found
            if one["rank"] is not None and sent.need.get("subtype")
        },
    )
    chosen = [unit.unit_code for unit in sent.units.all()]
    named = f"{sent.need['service_type']}: {chosen} of {offer}"
    return named, sent.skipped_rung_reason, bool(passed_over(chosen, offer))


def test_ranks_of_a_lot_are_given_once_each() -> None:
    for lot in AgreementLot.objects.prefetch_related("units"):
        ranks = [one.rank for one in lot.units.all() if one.rank is not None]
        assert sorted(ranks) == sorted(set(ranks))


def test_no_place_is_promised_before_it_was_counted() -> None:
    for unit in CareUnit.objects.exclude(next_free_on=None):
        assert unit.places_confirmed_at is not None
        assert unit.next_free_on is not None
        assert unit.next_free_on >= unit.places_confirmed_at.date()


def test_findings_of_sources_are_in_every_state_and_one_source_is_silent() -> None:
    lately = Finding.objects.filter(found_at__year=NOW.year)
    states = Counter(lately.values_list("state", flat=True))
    assert states == {"new": 4, "watched": 1, "dismissed": 1, "review": 1}
    silent = MonitoringSource.objects.exclude(unanswered_since=None)
    assert [(one.code, one.problem) for one in silent] == [("ivo", "missing")]


def test_half_a_year_of_self_checks_is_locked_and_the_last_month_begun() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        checks = list(SelfCheck.objects.order_by("month"))
        items = list(SelfCheckItem.objects.prefetch_related("answers"))
    assert {one.pk for one in checks} == {one.self_check_id for one in items}
    assert [one.locked_at is not None for one in checks] == [True] * 5 + [False]
    assert {one.placement_function.municipality_id for one in checks} == {GOTEBORG}
    by_others = [
        answer.answered_by_id not in item.handlers
        for item in items
        for answer in item.answers.all()
    ]
    assert by_others == [True] * len(by_others) != []


def test_report_of_the_year_is_what_was_published() -> None:
    printed = StringIO()
    days = ("--from", "2024-01-01", "--to", "2024-12-31")
    call_command("follow_up_report", *days, "--format", "json", stdout=printed)
    told, published = json.loads(printed.getvalue()), facts.follow_up()
    assert list(told) == list(published)[:11]
    assert told == {name: published[name] for name in told}


def splits() -> dict[str, dict[str, Counts]]:
    return {one.name: dict(one.splits) for one in follow_up.report(year_of(2024))}


def test_report_of_the_year_is_split_as_was_published() -> None:
    told = splits()
    visits = told["matching_visits"]
    assert visits["provision_form"] == {"framework": 59, "iop": 7, "direct_award": 8}
    assert visits["team"] == {"Team vuxna": 33, "Team barn och unga": 41}
    assert visits["visit_company"] == {"joint": 3, "alone": 71}
    assert visits["visit_outcome"] == {"fit": 74}
    assert told["order_stops_framework"]["stop_reason"] == {"investigation": 5, "ivo_findings": 5}
    assert told["unpublished_direct"]["stop_reason"] == {"own_review": 1, "ivo_findings": 2}
    assert set(told["onboarding_checks_rejected"]["vetting_reason"]) == {
        "ivo_findings",
        "weak_finances",
        "audit_remarks",
        "no_approved_director",
    }
    categories = Counter(told["complaints"]["complaint_category"]).most_common(2)
    assert [category for category, _ in categories] == ["documentation", "support"]
    assert set(told["complaints"]["provision_form"]) == {"in_house", "iop", "direct_award"}


def test_half_year_before_has_neither_vettings_nor_reviews() -> None:
    printed = StringIO()
    days = ("--from", "2024-01-01", "--to", "2024-06-30")
    call_command("follow_up_report", *days, "--format", "json", stdout=printed)
    told = json.loads(printed.getvalue())
    assert (told["onboarding_checks"], told["in_depth_reviews"], told["unpublished_direct"]) == (
        0,
        0,
        0,
    )


def test_the_complaint_that_stopped_somebody_is_of_consultant_supported_foster_care() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        complaint = Complaint.objects.select_related("care_unit").get(outcome="stop")
    unit = complaint.care_unit
    assert unit is not None
    assert [one.service_type_id for one in unit.services.all()] == ["foster_home"]
    (stop,) = Stop.objects.filter(unit=unit, kind="recommendation_stop", ended_at=None)
    assert complaint.filed_at < (stop.decided_at or NOW) < (complaint.closed_at or NOW)


def test_stops_of_the_year_stand_in_the_diary_when_they_were_decided() -> None:
    decided = Stop.objects.filter(decided_at__year=2024)
    rows = RegisterChange.objects.filter(table_name="providers_stop", operation="I")
    written = dict(rows.values_list("row_pk", "edition__at"))
    assert len(decided) == 26
    assert [one.reference for one in decided if written[one.pk] != one.decided_at] == []
    homes = Stop.objects.filter(kind="order_stop", decided_at__year=2024)
    assert set(homes.values_list("unit__services__service_type__code", flat=True)) == {
        "residential_care_home"
    }
    assert {bool(one.decision_reference) for one in homes} == {True}


def test_each_review_that_stops_names_its_stop_and_rests_on_checks() -> None:
    stopping = Review.objects.filter(decision__in=("paused", "removed"))
    kinds = {"paused": "paused", "removed": "unpublished"}
    for review in stopping.prefetch_related("stops__stop", "made", "entries"):
        (named,) = review.stops.all()
        assert named.stop.kind == kinds[review.decision]
        assert (review.decided_at or NOW) < (named.stop.decided_at or NOW)
        assert {one.check_code for one in review.made.all()} == set(review.checks) != set()
        steps = [one.at for one in review.entries.all()]
        assert steps == sorted(steps)
    assert not Review.objects.filter(opened_at__gt=NOW).exists()


def test_the_present_of_the_control_is_alive() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        open_ones = Complaint.objects.exclude(state="closed").values_list("state", flat=True)
        assert Counter(open_ones) == {
            "received": 3,
            "sent": 2,
            "with_ink": 1,
            "answered": 1,
            "passed_back": 1,
        }
        remarks = ProcessDeviation.objects.filter(filed_at__year=NOW.year)
        assert Counter(remarks.values_list("state", flat=True)) == {
            "received": 1,
            "under_review": 1,
        }
    codes = CareUnit.objects.filter(vettings__isnull=False).values_list("code", flat=True)
    assert (len(codes), len(overdue_checks(codes, NOW.date()))) == (9, 1)
    under_way = Review.objects.filter(decided_at=None)
    assert sorted(under_way.values_list("state", flat=True)) == ["open", "with_lawyer"]
    visits = SiteVisit.objects.filter(planned_on__year=NOW.year)
    assert Counter(visits.values_list("state", flat=True)) == {"planned": 6, "made": 3}
    assert visits.filter(state="planned", planned_on__lt=NOW.date()).count() == 1
    assert {"residential_care_home", "treatment"} <= set(
        VisitTemplate.objects.values_list("service_type", flat=True)
    )


def test_what_a_court_has_said_is_behind_its_wall() -> None:
    assert OffenceRecord.objects.count() == 0
    with opened_for(accounts.reach_of_user(User.objects.get(username="jurist"))):
        assert OffenceRecord.objects.count() == 1


def test_nobody_is_told_now_of_what_happened_in_the_year() -> None:
    pending = OutboxEvent.objects.filter(handled_at=None)
    assert not pending.filter(created_at__year__lt=NOW.year).exists()
    assert not pending.filter(name="stop_ended").exists()
    (event,) = pending.filter(name="stop_set")
    assert (event.created_at.date(), Stop.objects.get(pk=event.payload["stop_id"]).kind) == (
        NOW.date(),
        "order_stop",
    )


def test_stop_of_today_touches_a_request_of_the_login_that_is_printed() -> None:
    event = OutboxEvent.objects.get(name="stop_set", handled_at=None)
    with clock.frozen(NOW), transaction.atomic():
        carry_out_stop(stop_id=event.payload["stop_id"])
        with opened_for_job(SystemJob.LOAD_SAMPLE):
            touches = StopTouch.objects.filter(request__created_by__username="socialsekreterare")
            assert {touch.request.state for touch in touches} >= {"recommended"}
            assert all(touch.alternative_code for touch in touches)
        transaction.set_rollback(True)


def test_no_more_than_one_vetting_of_a_provider_is_under_way() -> None:
    again = Vetting.objects.get(state="ongoing")
    assert [one.state for one in again.provider.vettings.order_by("begun_at")] == [
        "refused",
        "ongoing",
    ]
