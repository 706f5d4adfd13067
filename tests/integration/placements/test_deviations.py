"""Remarks on the own handling: filed, handled by quality and control, and answered."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from placements import actions
from placements.models import (
    PlacementRequest,
    ProcessDeviation,
    ProcessDeviationEntry,
    ProcessDeviationRequest,
)
from placements.queries import deviations as queries
from spink.accounts import queries as accounts
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.accounts.policies import NotAllowed
from spink.foundation import clock
from spink.foundation.bad_input import BadInput
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.factories.accounts import PlacementTeamFactory, UnitFactory, holding, place_of
from tests.factories.placements import (
    PlacementRequestFactory,
    ProcessDeviationFactory,
    ProcessDeviationRequestFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("codes", "frozen_clock")]

TEXT = "Det tog fem veckor innan någon tog förfrågan."


@pytest.fixture
def siv() -> User:
    return holding(Role.QUALITY_CONTROLLER, first_name="Siv", last_name="Ek")


@pytest.fixture
def alma() -> User:
    return holding(
        Role.SOCIAL_WORKER, unit=UnitFactory(), first_name="Alma", email="alma@example.se"
    )


def unit_of(user: User) -> Any:
    return user.role_assignments.get().unit


def behind(user: User) -> Any:
    return wall.opened_for(accounts.reach_of_user(user))


def seen(read: Callable[[], Any]) -> Any:
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
        return read()


def stored(**given: Any) -> ProcessDeviation:
    return seen(lambda: ProcessDeviation.objects.get(**given))


def filed(by: User, **given: Any) -> ProcessDeviation:
    with behind(by):
        return actions.file_deviation(
            by=by.actor,
            **{
                "key": uuid4(),
                "category": "handling_time",
                "text": TEXT,
                "unit": unit_of(by),
                **given,
            },
        )


def sent_request(by: User, **given: Any) -> PlacementRequest:
    made: PlacementRequest = PlacementRequestFactory(
        submitted=True, unit=unit_of(by), created_by=by, **given
    )
    return made


def test_deviation_is_taken_answered_and_opened_again(siv: User, alma: User) -> None:
    deviation = filed(alma)
    with behind(siv):
        actions.take_deviation(deviation_id=deviation.pk, by=siv.actor, version=1)
        actions.note_on_deviation(deviation_id=deviation.pk, text="Ringt teamet.", by=siv.actor)
        actions.correct_deviation(
            deviation_id=deviation.pk, category="contact", team_id=None, by=siv.actor
        )
        actions.close_deviation(
            deviation_id=deviation.pk,
            outcome="justified_measure",
            text="Vi har ändrat bevakningen.",
            by=siv.actor,
            version=4,
        )
    closed = stored()
    assert (closed.state, closed.category, closed.outcome, closed.closed_by, closed.version) == (
        "closed",
        "contact",
        "justified_measure",
        siv,
        5,
    )
    with behind(alma):
        found = queries.own_deviations(accounts.reach_of_user(alma)).get()
        told = queries.entries_of_deviation(found, with_internal=False)
    assert [(one.step, one.text) for one in told] == [
        ("close", "Vi har ändrat bevakningen."),
        ("take", ""),
    ]
    with behind(siv):
        actions.reopen_deviation(deviation_id=deviation.pk, by=siv.actor)
    again = stored()
    assert (again.state, again.outcome, again.closed_by, again.owner) == (
        "under_review",
        "",
        None,
        siv,
    )
    taken = AuditEntry.objects.filter(subject="process_deviation").order_by("pk")
    assert [(one.action, one.details) for one in taken] == [
        ("file_deviation", {"category": "handling_time"}),
        ("take_deviation", {"from": "received", "to": "under_review"}),
        ("note_deviation", {"from": "under_review", "to": "under_review"}),
        ("correct_deviation", {"from": "under_review", "to": "under_review"}),
        (
            "close_deviation",
            {"from": "under_review", "to": "closed", "outcome": "justified_measure"},
        ),
        ("reopen_deviation", {"from": "closed", "to": "under_review"}),
    ]
    events = OutboxEvent.objects.filter(name__startswith="deviation").order_by("created_at")
    assert [(one.name, one.payload) for one in events] == [
        ("deviation_filed", {"deviation_id": deviation.pk, "by_user_id": alma.pk}),
        ("deviation_answered", {"deviation_id": deviation.pk, "by_user_id": siv.pk}),
    ]


def test_form_sent_twice_is_one_deviation(alma: User) -> None:
    key = uuid4()
    assert filed(alma, key=key) == filed(alma, key=key)
    assert OutboxEvent.objects.filter(name="deviation_filed").count() == 1


@pytest.mark.parametrize("given", [{"category": "made_up"}, {"category": "delivery"}])
def test_category_outside_of_the_catalogue_is_refused(alma: User, given: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        filed(alma, **given)


def test_step_on_an_older_version_is_refused(siv: User, alma: User) -> None:
    deviation = filed(alma)
    with behind(siv):
        actions.take_deviation(deviation_id=deviation.pk, by=siv.actor, version=1)
        with pytest.raises(actions.DeviationOutdated):
            actions.note_on_deviation(
                deviation_id=deviation.pk, text="Sent", by=siv.actor, version=1
            )


def test_closing_needs_an_outcome_of_the_catalogue_and_an_answer(siv: User, alma: User) -> None:
    deviation = filed(alma)
    with behind(siv):
        actions.take_deviation(deviation_id=deviation.pk, by=siv.actor)
        for outcome, text in (("communicated", "Svar"), ("justified", " ")):
            with pytest.raises(BadInput):
                actions.close_deviation(
                    deviation_id=deviation.pk, outcome=outcome, text=text, by=siv.actor
                )


def test_nobody_handles_what_he_or_she_has_filed(siv: User) -> None:
    with behind(siv):
        own = actions.file_deviation(
            key=uuid4(), category="ladder", text=TEXT, unit=None, by=siv.actor
        )
        with pytest.raises(NotAllowed):
            actions.take_deviation(deviation_id=own.pk, by=siv.actor)
    colleague = holding(Role.QUALITY_CONTROLLER)
    with behind(colleague):
        actions.take_deviation(deviation_id=own.pk, by=colleague.actor)
        with pytest.raises(BadInput):
            actions.hand_over_deviation(deviation_id=own.pk, to_id=siv.pk, by=colleague.actor)


def test_one_who_had_the_request_before_neither_sees_nor_is_given_the_remark(
    siv: User, alma: User
) -> None:
    """An officer who has gone over to quality and control since."""
    request = sent_request(alma, assigned_to=siv, assigned_at=clock.now(), state="in_progress")
    deviation = filed(alma, request=request)
    assert stored().handlers == [siv.pk]
    with behind(siv):
        assert list(ProcessDeviation.objects.all()) == []
        assert queries.counted_deviations(["to_do"], user_id=siv.pk) == {"to_do": 0}
    colleague = holding(Role.QUALITY_CONTROLLER)
    with behind(colleague):
        actions.take_deviation(deviation_id=deviation.pk, by=colleague.actor)
        with pytest.raises(BadInput):
            actions.hand_over_deviation(deviation_id=deviation.pk, to_id=siv.pk, by=colleague.actor)


@pytest.mark.parametrize("who", ["filer", "handler"])
def test_database_refuses_a_deviation_closed_by_its_filer_or_by_whom_it_is_about(
    siv: User, alma: User, who: str
) -> None:
    deviation = ProcessDeviationFactory(filed_by=alma, handlers=[siv.pk])
    by = {"filer": alma, "handler": siv}[who]
    values = {"state": "closed", "owner": by, "outcome": "justified", "closed_at": clock.now()}
    with (
        wall.opened_for_job(SystemJob.LOAD_SAMPLE),
        pytest.raises(IntegrityError, match="deviation_closed_by_somebody_else"),
        transaction.atomic(),
    ):
        ProcessDeviation.objects.filter(pk=deviation.pk).update(closed_by=by, **values)


def test_texts_are_unreadable_at_rest(siv: User, alma: User) -> None:
    deviation = filed(alma)
    with behind(siv):
        actions.take_deviation(deviation_id=deviation.pk, by=siv.actor)
        actions.note_on_deviation(deviation_id=deviation.pk, text=TEXT, by=siv.actor)
    with wall.opened_for_job(SystemJob.LOAD_SAMPLE), connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM placements_processdeviation UNION ALL"
            " SELECT text FROM placements_processdeviationentry"
        )
        assert [TEXT in text for (text,) in cursor.fetchall()] == [False, False, False]


def test_wall_shows_a_deviation_to_the_unit_and_to_those_who_handle_it(alma: User) -> None:
    """The officers of the team and of the request see nothing of it, nor does anybody else."""
    team = PlacementTeamFactory()
    request = sent_request(alma, team=team)
    deviation = ProcessDeviationFactory(
        unit=unit_of(alma), filed_by=alma, team=team, has_request=True
    )
    ProcessDeviationRequestFactory(deviation=deviation, request=request)
    for is_internal in (True, False):
        seen(
            lambda is_internal=is_internal: ProcessDeviationEntry.objects.create(
                deviation=deviation,
                at=clock.now(),
                by=alma,
                step="note",
                is_internal=is_internal,
            )
        )
    places = {role: place_of(role) for role in Role}
    held = {"unit": unit_of(alma), "team": team, "department": unit_of(alma).department}
    readers = {
        role.value: holding(role, **{name: held[name] for name in place})
        for role, place in places.items()
    }
    readers["another unit"] = holding(
        Role.SOCIAL_WORKER, unit=UnitFactory(department=unit_of(alma).department)
    )
    expected = dict.fromkeys(readers, (0, 0, 0)) | {
        "social_worker": (1, 1, 1),
        "out_of_hours_worker": (1, 1, 1),
        "unit_manager": (1, 1, 1),
        "quality_controller": (1, 2, 0),
    }
    found = {}
    for name, reader in readers.items():
        with behind(reader):
            found[name] = (
                ProcessDeviation.objects.count(),
                ProcessDeviationEntry.objects.count(),
                ProcessDeviationRequest.objects.count(),
            )
    assert found == expected


def test_officers_see_the_own_remarks_and_none_of_their_colleagues() -> None:
    team = PlacementTeamFactory()
    mia, bo = (holding(Role.PLACEMENT_OFFICER, team=team) for _ in range(2))
    filer = holding(Role.SOCIAL_WORKER, unit=UnitFactory())
    request = sent_request(filer, team=team)
    with behind(mia):
        own = actions.file_deviation(
            key=uuid4(),
            category="direct_award",
            text=TEXT,
            unit=None,
            team=team,
            request=request,
            by=mia.actor,
        )
        assert queries.request_of_deviation(own, reach=accounts.reach_of_user(mia)) == request
    with behind(bo):
        assert list(ProcessDeviation.objects.all()) == []
    with behind(filer):
        assert list(ProcessDeviation.objects.all()) == []
        assert list(ProcessDeviationRequest.objects.all()) == []


@pytest.mark.parametrize("wrong", ["another filer", "another unit"])
def test_wall_lets_nobody_file_for_others(alma: User, wrong: str) -> None:
    colleague = holding(Role.UNIT_MANAGER, unit=unit_of(alma))
    values = {
        "another filer": {"unit": unit_of(alma), "filed_by": colleague},
        "another unit": {"unit": UnitFactory(), "filed_by": alma},
    }[wrong]
    with (
        behind(alma),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
    ):
        ProcessDeviation.objects.create(category="other", text=TEXT, filed_at=clock.now(), **values)


def test_unit_cannot_answer_or_take_away_its_own_remark(alma: User, siv: User) -> None:
    deviation = filed(alma)
    with behind(alma):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            ProcessDeviationEntry.objects.create(
                deviation=deviation, at=clock.now(), by=alma, step="close"
            )
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM placements_processdeviation")
            assert cursor.rowcount == 0
    with behind(siv), connection.cursor() as cursor:
        cursor.execute("DELETE FROM placements_processdeviation")
        assert cursor.rowcount == 0


def test_period_is_by_days_in_sweden(alma: User) -> None:
    deviation = filed(alma)
    filed_at = clock.now().astimezone(clock.STOCKHOLM).date()
    with behind(alma):
        found = queries.deviations()
        assert list(queries.filed_between(found, since=filed_at, until=filed_at)) == [deviation]
        later = date.fromordinal(filed_at.toordinal() + 1)
        assert list(queries.filed_between(found, since=later, until=None)) == []
