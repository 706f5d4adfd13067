"""A sweep asks about everybody in scope once, and survives whoever asks."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from providers.actions.control import sweeping
from providers.actions.control.sweeping import begin_due_sweeps, begin_sweep, sweep_some
from providers.domain.control.facts import Answer, Fact
from providers.models import (
    Finding,
    ItemState,
    MonitoringSource,
    RegisterEdition,
    SourceAnswer,
    Sweep,
    SweepItem,
)
from providers.queries.control.sources import in_scope, told_sources
from spink.foundation import clock
from tests.conftest import MORNING
from tests.factories import providers as made
from tests.factories.control import directly_procured
from tests.support.org_numbers import org_numbers
from tests.support.sources import Said, Server, as_json, organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

TRADER = "1915007223"
"""Ten digits of a number that stands for a test person."""


def begun() -> Sweep:
    sweep = begin_sweep(told_sources()["bolagsverket"])
    assert sweep is not None
    return sweep


def swept(sweep: Sweep) -> Sweep:
    """Carried on until nothing more can be done at once."""
    while sweep_some(sweep_id=sweep.pk):
        pass
    sweep.refresh_from_db()
    return sweep


def counted(sweep: Sweep) -> tuple[int, int, int]:
    return sweep.total, sweep.answered, sweep.unanswered


def gone_into_bankruptcy(number: str) -> Said:
    long = "pagaendeAvvecklingsEllerOmstruktureringsforfarande"
    going_on = {long: {f"{long}Lista": [{"kod": "KK"}]}}
    return as_json({"organisationer": [organisation(number, **going_on)]})


def test_everybody_is_asked_about_once_and_what_is_new_is_found(monitored: Server) -> None:
    well, ill = (directly_procured(number) for number in org_numbers(2))
    monitored.says[ill.organisation_number] = gone_into_bankruptcy(ill.organisation_number)
    register = RegisterEdition.objects.count()

    sweep = swept(begun())

    assert (counted(sweep), sweep.ended_at is not None) == ((2, 2, 0), True)
    assert [said.split()[-1] for said in monitored.asked[1:]] == [
        well.organisation_number,
        ill.organisation_number,
    ]
    (finding,) = Finding.objects.all()
    assert (finding.provider, finding.fact, finding.after, finding.severity, finding.state) == (
        ill,
        "procedures",
        "KK",
        "critical",
        "new",
    )
    assert SourceAnswer.objects.get(provider=well).facts["active"] is True
    assert RegisterEdition.objects.count() == register
    assert SweepItem.objects.count() == 0


def test_same_finding_twice_is_one_until_it_is_dismissed_and_comes_again(
    monitored: Server,
) -> None:
    (number,) = org_numbers(1)
    directly_procured(number)
    well = as_json({"organisationer": [organisation(number)]})
    ill = gone_into_bankruptcy(number)

    def sweep_daily(*says: Said) -> None:
        for said in says:
            monitored.says[number] = said
            with clock.frozen(MORNING + timedelta(days=next(days))):
                swept(begun())

    days = count()
    sweep_daily(ill, ill, well, ill)
    assert Finding.objects.count() == 1
    Finding.objects.update(state="dismissed", reason_code="explained")
    sweep_daily(ill)
    assert Finding.objects.count() == 1
    sweep_daily(well, ill)
    assert [one.state for one in Finding.objects.order_by("pk")] == ["dismissed", "new"]


def test_silence_is_told_with_its_beginning_and_answer_ends_it(
    monitored: Server, frozen_clock: datetime
) -> None:
    (number,) = org_numbers(1)
    directly_procured(number)
    monitored.says[number] = Said(404, b"<html>")
    swept(begun())
    answer, source = SourceAnswer.objects.get(), MonitoringSource.objects.get()
    assert (answer.unanswered_since, answer.problem) == (MORNING, "malformed")
    assert (source.unanswered_since, source.answered_at) == (MORNING, None)

    del monitored.says[number]
    later = MORNING + sweeping.WAIT_AFTER_FAILURE
    with clock.frozen(later):
        sweep = swept(Sweep.objects.get())
    for row in (answer, source):
        row.refresh_from_db()
        assert (row.unanswered_since, row.problem, row.answered_at) == (None, "", later)
    assert counted(sweep) == (1, 1, 0)


def test_provider_that_is_never_answered_about_ends_unanswered(
    monitored: Server, frozen_clock: datetime
) -> None:
    first, second = org_numbers(2)
    directly_procured(first), directly_procured(second)
    monitored.says[first] = as_json({"organisationer": [organisation(second)]})
    sweep = begun()
    for number in range(sweeping.MOST_ATTEMPTS + 1):
        with clock.frozen(MORNING + number * sweeping.WAIT_AFTER_FAILURE):
            swept(sweep)
    assert (counted(sweep), sweep.ended_at is not None) == ((2, 1, 1), True)
    asked = [said for said in monitored.asked if said.endswith(first)]
    assert len(asked) == sweeping.MOST_ATTEMPTS
    assert Finding.objects.count() == 0


def test_sweep_of_a_source_that_is_down_gives_up_when_the_next_is_due(
    monitored: Server, frozen_clock: datetime
) -> None:
    for number in org_numbers(3):
        directly_procured(number)
    sweep = begun()
    monitored.says["/token"] = Said(403)
    swept(sweep)
    with clock.frozen(MORNING + timedelta(hours=24)):
        swept(sweep)
        assert counted(sweep) == (3, 0, 3)
        begin_due_sweeps()
        assert Sweep.objects.filter(ended_at=None).count() == 1


def test_sweep_is_begun_when_it_is_due_and_one_at_a_time(
    monitored: Server, frozen_clock: datetime
) -> None:
    directly_procured(next(org_numbers(1)))
    for hours, expected in ((0, 1), (1, 1), (25, 1)):
        with clock.frozen(MORNING + timedelta(hours=hours)):
            begin_due_sweeps()
        assert Sweep.objects.count() == expected
    swept(Sweep.objects.get())
    for hours, expected in ((23, 1), (24, 2), (24, 2)):
        with clock.frozen(MORNING + timedelta(hours=hours)):
            begin_due_sweeps()
        assert Sweep.objects.count() == expected


def test_claim_of_somebody_who_died_runs_out_and_a_late_answer_changes_nothing(
    monitored: Server, frozen_clock: datetime
) -> None:
    (number,) = org_numbers(1)
    provider = directly_procured(number)
    sweep = begun()
    source, claimed = sweeping._claim(sweep.pk, claim := sweeping.uuid4())
    assert (claimed, sweep_some(sweep_id=sweep.pk), monitored.asked) == ([provider.pk], False, [])

    after = MORNING + sweeping.CLAIMED_FOR
    with clock.frozen(after):
        swept(sweep)
    assert counted(sweep) == (1, 1, 0)
    late = sweeping.Outcome(answered={provider.pk: Answer({Fact.F_TAX: False})})
    assert source is not None
    sweeping._keep(source, sweep.pk, claim, late)
    assert Finding.objects.count() == 0
    assert "f_tax" not in SourceAnswer.objects.get().facts


def test_pace_that_is_used_up_costs_no_attempt(
    monitored: Server, settings: Any, frozen_clock: datetime
) -> None:
    for number in org_numbers(3):
        directly_procured(number)
    settings.MONITORING_SOURCES["bolagsverket"] |= {"rate": "2/hour"}
    sweep = begun()
    assert sweep_some(sweep_id=sweep.pk) is False
    waiting = SweepItem.objects.get(state=ItemState.WAITING)
    assert (waiting.attempts, waiting.claim) == (0, None)
    assert waiting.free_at == MORNING + timedelta(minutes=30)


def test_scope_is_whom_direct_awards_may_go_to() -> None:
    today = date(2025, 3, 3)
    numbers = org_numbers(6)
    inside = directly_procured(next(numbers))
    trader = made.ProviderFactory(legal_form="sole_trader", personal_number=TRADER)
    made.DirectAwardVettingFactory(unit__provider=trader)
    framework = made.ProviderFactory(organisation_number=next(numbers))
    ended = made.ProviderFactory(organisation_number=next(numbers))
    made.DirectAwardVettingFactory(unit__provider=ended, vetted_to=date(2025, 3, 2))
    town = made.ProviderFactory(organisation_number=next(numbers), legal_form="municipality")
    made.DirectAwardVettingFactory(unit__provider=town)
    unnumbered = made.ProviderFactory()
    made.DirectAwardVettingFactory(unit__provider=unnumbered)
    assert set(in_scope(today, everyone=False)) == {inside, trader}
    assert set(in_scope(today, everyone=True)) == {inside, trader, framework, ended}


def test_number_of_a_sole_trader_stands_nowhere_but_in_the_question(
    monitored: Server, caplog: pytest.LogCaptureFixture
) -> None:
    trader = made.ProviderFactory(legal_form="sole_trader", personal_number=TRADER)
    made.DirectAwardVettingFactory(unit__provider=trader)
    monitored.says[TRADER] = gone_into_bankruptcy(TRADER)
    with caplog.at_level("DEBUG"):
        swept(begun())
    assert monitored.asked[-1] == f"/v1/organisationer {TRADER}"
    assert TRADER not in caplog.text
    kept = [*SourceAnswer.objects.values_list("facts", flat=True), *Finding.objects.values()]
    assert TRADER not in str(kept)


@pytest.mark.parametrize("size", [1, 3])
def test_queries_are_as_many_whatever_the_size_of_a_batch(monitored: Server, size: int) -> None:
    for number in org_numbers(size):
        directly_procured(number)
        monitored.says[number] = gone_into_bankruptcy(number)
    sweep = begun()
    with CaptureQueriesContext(connection) as queries:
        sweep_some(sweep_id=sweep.pk)
    assert (len(queries), Finding.objects.count()) == (21, size)
