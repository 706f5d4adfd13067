"""The follow-up report: which rows each measure counts, on which day, and who reads it."""

import io
import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from placements.queries import follow_up
from providers.domain.control.follow_up import Measured, Period
from providers.domain.stopping import INK
from providers.models import IncidentVisit
from spink.foundation.clock import STOCKHOLM
from tests.factories import providers as register
from tests.factories.accounts import PlacementTeamFactory, UserFactory
from tests.factories.control import (
    ComplaintFactory,
    ReviewFactory,
    SiteVisitFactory,
    VettingFactory,
    directly_procured,
    visited,
)
from tests.factories.placements import ProcessDeviationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock")]

AUTUMN = Period(date(2024, 7, 1), date(2024, 12, 31))
DURING = datetime(2024, 10, 15, 12, tzinfo=STOCKHOLM)
NAMES = [
    "onboarding_checks",
    "onboarding_checks_rejected",
    "complaints",
    "complaints_leading_to_stop",
    "in_depth_reviews",
    "in_depth_reviews_leading_to_pause_or_removal",
    "incident_driven_visits",
    "order_stops_framework",
    "unpublished_direct",
    "matching_visits",
    "process_deviations",
]


def vetted(at: datetime, **given: Any) -> Any:
    return VettingFactory(**{"state": "added", "decided_at": at, **given})


def refused(at: datetime, *reasons: str) -> Any:
    return vetted(at, state="refused", reason_codes=list(reasons or ["debts"]))


def complained(at: datetime, outcome: str = "", **given: Any) -> Any:
    closed = {"state": "closed", "outcome": outcome, "closed_at": at} if outcome else {}
    return ComplaintFactory(filed_at=at, **(closed | given))


def reviewed(at: datetime, decision: str = "no_action", *reasons: str, **given: Any) -> Any:
    return ReviewFactory(
        state="decided",
        decision=decision,
        decided_at=at,
        reason_codes=list(reasons or ["debts"]),
        **given,
    )


def went(at: datetime, **given: Any) -> Any:
    return IncidentVisit.objects.create(
        review=ReviewFactory(**given), day=at.date(), form="on_site", at=at, by=UserFactory()
    )


def stopped(at: datetime, kind: str = "order_stop", **given: Any) -> Any:
    """By INK, unless said."""
    inks = {"decided_by": INK, "decision_reference": "INK 12/24", "decided_on": at.date()}
    return register.StopFactory(
        **{"kind": kind, "decided_at": at + timedelta(days=400), **inks, **given}
    )


def unpublished(at: datetime, **given: Any) -> Any:
    """By Spink, on a unit in direct award."""
    if not {"unit", "provider", "group"} & set(given):
        given["unit"] = register.DirectAwardVettingFactory().unit
    decided = {"decided_at": at, "decided_by": "Mona Ek"}
    return register.StopFactory(**{"kind": "unpublished", **decided, **given})


def seen(at: datetime, **given: Any) -> Any:
    return visited(made_on=at.date(), **given)


def remarked(at: datetime, **given: Any) -> Any:
    return ProcessDeviationFactory(filed_at=at, **given)


def found(period: Period = AUTUMN) -> dict[str, Measured]:
    return {one.name: one for one in follow_up.report(period)}


def counted(period: Period = AUTUMN) -> dict[str, int]:
    """Those that are not zero."""
    return {name: one.count for name, one in found(period).items() if one.count}


MADE: dict[str, tuple[Callable[[datetime], Any], list[str]]] = {
    "vetting": (vetted, ["onboarding_checks"]),
    "refusal": (refused, ["onboarding_checks", "onboarding_checks_rejected"]),
    "complaint": (complained, ["complaints"]),
    "complaint_that_stopped": (
        lambda at: complained(at, "stop"),
        ["complaints", "complaints_leading_to_stop"],
    ),
    "review": (reviewed, ["in_depth_reviews"]),
    "pause": (
        lambda at: reviewed(at, "paused"),
        ["in_depth_reviews", "in_depth_reviews_leading_to_pause_or_removal"],
    ),
    "incident_visit": (went, ["incident_driven_visits"]),
    "order_stop": (stopped, ["order_stops_framework"]),
    "unpublishing": (unpublished, ["unpublished_direct"]),
    "visit": (seen, ["matching_visits"]),
    "deviation": (remarked, ["process_deviations"]),
}
MIDNIGHT = datetime.combine(AUTUMN.first, time.min, tzinfo=STOCKHOLM)
AFTER = datetime.combine(AUTUMN.last + timedelta(days=1), time.min, tzinfo=STOCKHOLM)
INSTANT = timedelta(microseconds=1)


@pytest.mark.parametrize("kind", MADE)
def test_row_counts_from_the_first_midnight_in_sweden_to_the_last(kind: str) -> None:
    make, measures = MADE[kind]
    make(MIDNIGHT - INSTANT)
    make(AFTER)
    assert counted() == {}

    make(MIDNIGHT)
    make(AFTER - INSTANT)
    assert counted() == dict.fromkeys(measures, 2)


def test_measures_are_named_and_ordered_as_they_are_handed_on() -> None:
    assert [one.name for one in follow_up.report(AUTUMN)] == NAMES


def test_vetting_counts_when_it_is_decided_here_and_whatever_comes_after() -> None:
    VettingFactory(begun_at=DURING)
    VettingFactory(begun_at=DURING, state="cancelled")
    inks = {"checks": [], "evidence": "INK 7/24"}
    vetted(DURING, state="by_ink", **inks)
    vetted(DURING, state="ended", ended_at=DURING, reason_codes=["debts"], **inks)
    assert counted() == {}

    vetted(DURING, state="ended", ended_at=AFTER, reason_codes=["debts"])
    refused(DURING, "debts", "ivo_findings")
    refused(DURING, "debts")
    checks, rejected = found()["onboarding_checks"], found()["onboarding_checks_rejected"]
    assert (checks.count, checks.splits) == (3, {"vetting_decision": {"added": 1, "refused": 2}})
    assert (rejected.count, rejected.out_of) == (2, 3)
    assert rejected.splits == {"vetting_reason": {"debts": 2, "ivo_findings": 1}}


def test_complaint_of_a_framework_provider_stands_beside() -> None:
    complained(DURING, "stop", provision_form="framework")
    complained(AFTER, provision_form="framework")
    complained(DURING, "communicated", provision_form="iop", category="support")
    complained(DURING, "stop", provision_form="in_house")
    complained(DURING)

    whole, part = found()["complaints"], found()["complaints_leading_to_stop"]
    assert (whole.count, whole.left_to_ink) == (3, 1)
    assert whole.splits == {
        "complaint_category": {"documentation": 2, "support": 1},
        "provision_form": {"iop": 1, "in_house": 1, "direct_award": 1},
        "complaint_outcome": {"communicated": 1, "stop": 1, "": 1},
    }
    assert (part.count, part.out_of, part.left_to_ink) == (1, 3, 0)
    assert part.splits == {"complaint_category": {"documentation": 1}}


def test_complaint_filed_in_the_period_has_the_outcome_that_it_got_later() -> None:
    complained(DURING, "stop", closed_at=AFTER)
    complained(MIDNIGHT - INSTANT, "stop")

    assert counted() == {"complaints": 1, "complaints_leading_to_stop": 1}


def test_review_counts_by_its_decision_and_not_by_its_opening() -> None:
    ReviewFactory(opened_at=DURING)
    ReviewFactory(opened_at=DURING, state="with_lawyer")
    ReviewFactory(opened_at=DURING, state="cancelled")
    reviewed(DURING, "told_ink", kind="for_ink", inks_reference="INK 8/24")
    reviewed(AFTER, "paused", opened_at=DURING)
    assert counted() == {}

    reviewed(DURING, "watched", follow_up_on=date(2025, 2, 1))
    reviewed(DURING, "paused", "ivo_findings", "debts", opened_at=MIDNIGHT - INSTANT)
    reviewed(DURING, "removed", "debts")
    whole = found()["in_depth_reviews"]
    part = found()["in_depth_reviews_leading_to_pause_or_removal"]
    decisions = {"watched": 1, "paused": 1, "removed": 1}
    assert (whole.count, whole.splits) == (3, {"review_decision": decisions})
    assert (part.count, part.out_of) == (2, 3)
    assert part.splits == {"review_reason": {"debts": 2, "ivo_findings": 1}}


def test_incident_visit_counts_whoever_asked_for_it_and_whatever_became_of_the_review() -> None:
    went(DURING, kind="for_ink", inks_reference="INK 9/24")
    went(DURING, state="cancelled")

    measured = found()["incident_driven_visits"]
    assert (measured.count, measured.splits["review_kind"]) == (2, {"for_ink": 1, "in_depth": 1})


def test_stop_counts_on_the_day_of_inks_decision_before_any_other() -> None:
    within, later = AUTUMN.last, AUTUMN.last + timedelta(days=1)
    recorded = {"decided_by": INK, "decision_reference": "INK 1/25", "kind": "order_stop"}
    stop = register.StopFactory
    stop(decided_on=within, decided_at=AFTER, valid_from=later, reason_code="x", **recorded)
    stop(decided_on=later, decided_at=DURING, valid_from=within, **recorded)
    stop(decided_at=DURING, valid_from=later, **recorded)
    stop(kind="order_stop", valid_from=within)  # as one that was handed in can be
    stop(kind="order_stop")
    for kind in ("paused", "recommendation_stop"):
        stopped(DURING, kind)

    measured = found()["order_stops_framework"]
    assert (measured.count, measured.splits) == (3, {"stop_reason": {"x": 1, "": 2}})


def test_stop_counts_once_whatever_it_reaches_and_also_when_it_is_lifted() -> None:
    group = register.CorporateGroupFactory()
    provider = directly_procured("5566778899", group=group)
    register.DirectAwardVettingFactory(unit__provider=provider)
    unpublished(DURING, provider=provider, unit=None, reason_code="own_review")
    lifted = {"ended_at": DURING, "ended_by": "Mona Ek"}
    unpublished(DURING, group=group, unit=None, reason_code="ivo_findings", **lifted)

    measured = found()["unpublished_direct"]
    reasons = {"own_review": 1, "ivo_findings": 1}
    assert (measured.count, measured.splits) == (2, {"stop_reason": reasons})


def test_unpublishing_of_others_than_the_directly_procured_is_not_counted() -> None:
    unpublished(DURING, unit=register.CareUnitFactory())
    unit = register.DirectAwardVettingFactory().unit
    unpublished(DURING, unit=unit, decision_reference="INK 2/24", decided_on=AUTUMN.first)
    unpublished(AFTER, unit=unit, decision_reference="INK 2/25", decided_on=AFTER.date())

    measured = found()["unpublished_direct"]
    assert (measured.count, measured.left_to_ink) == (0, 1)


def test_visits_are_split_by_who_made_them_and_where() -> None:
    SiteVisitFactory(planned_on=DURING.date())
    SiteVisitFactory(planned_on=DURING.date(), state="cancelled", cancelled_because="Stängt")
    adults, children = (PlacementTeamFactory(name=name, code=name) for name in ("Vuxna", "Barn"))
    seen(DURING, team=adults, is_joint=True, provision_form="iop", outcome="follow_up")
    seen(DURING, team=children, mode="digital", planned_on=AFTER.date())
    seen(DURING, team=children)

    assert found()["matching_visits"].splits == {
        "team": {"Vuxna": 1, "Barn": 2},
        "provision_form": {"iop": 1, "framework": 2},
        "visit_outcome": {"follow_up": 1, "fit": 2},
        "visit_company": {"joint": 1, "alone": 2},
        "visit_mode": {"on_site": 2, "digital": 1},
    }


def test_process_deviations_are_split_by_what_they_are_about() -> None:
    remarked(DURING, category="price")
    by = UserFactory()
    closed = {"state": "closed", "outcome": "justified", "closed_at": AFTER, "closed_by": by}
    remarked(DURING, owner=by, **closed)

    measured = found()["process_deviations"]
    assert (measured.count, measured.splits) == (
        2,
        {
            "deviation_category": {"handling_time": 1, "price": 1},
            "deviation_outcome": {"": 1, "justified": 1},
        },
    )


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("follow_up_report", *arguments, stdout=out)
    return out.getvalue()


def test_command_prints_the_measures_as_json_and_as_text() -> None:
    complained(DURING)
    complained(AFTER)
    days = ("--from", "2024-07-01", "--to", "2024-12-31")

    expected = dict.fromkeys(NAMES, 0) | {"complaints": 1}
    assert json.loads(printed(*days, "--format", "json")) == expected
    assert list(json.loads(printed(*days, "--format", "json"))) == NAMES
    lines = [line.split() for line in printed(*days).splitlines()]
    assert lines == [[name, str(expected[name])] for name in NAMES]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--from", "2024-12-31", "--to", "2024-07-01"], "--to: is before the first day"),
        (["--from", "1999-12-31", "--to", "2024-07-01"], "--from: is not between 2000-01-01"),
        (["--from", "2024-07-01", "--to", "9999-12-31"], "--to: is not between 2000-01-01"),
        (["--from", "2024-02-30", "--to", "2024-07-01"], "2024-02-30 is no day as 2026-03-05"),
        (["--from", "2024-07-01"], "--to"),
        (["--from", "2024-07-01", "--to", "2024-07-31", "--format", "xml"], "--format"),
    ],
)
def test_command_says_what_is_wrong_with_the_days(arguments: list[str], why: str) -> None:
    with pytest.raises(CommandError) as error:
        printed(*arguments)
    assert why in str(error.value)
