import json
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from placements import queries
from placements.domain.lifecycle import ENDED, State
from placements.domain.standard_texts import Purpose, unknown_in
from placements.domain.values import NumberKind
from placements.models import (
    OutcomeFeedback,
    PersonIdentity,
    PlacementRequest,
    Recommendation,
    TimelineEntry,
)
from placements.queries.matching import replayed
from providers.models import RegisterEdition
from providers.queries import current_register, register_as_of
from spink.accounts import queries as accounts
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.accounts.wall import opened_for_job
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.sample import facts, loading, people, story
from spink.sample.loading import Sample, Wanted
from spink.sample.management.commands.demo import PASSWORD
from spink.sample.persons import OFFICIAL_TEST_NUMBERS
from spink.sample.places import GOTEBORG, MEMBERS
from spink.sample.register.world import edition_days
from spink.sample.requests.plan import YEARS
from spink.sample.texts import TEXTS
from tests.support.samples import NOW, SHARE, Quiet

OPEN = [state for state in State if state not in ENDED]


def counts() -> tuple[int, int, int, int]:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        return (
            User.objects.count(),
            RegisterEdition.objects.count(),
            PlacementRequest.objects.count(),
            TimelineEntry.objects.count(),
        )


@pytest.mark.usefixtures("sample")
def test_sample_is_loaded_once() -> None:
    before = counts()
    again = Quiet()
    loading.load(Wanted(history=SHARE), again)
    assert counts() == before
    assert again.steps == {}


def test_sample_has_standard_texts_for_every_use(sample: Sample) -> None:
    services = {one.code for one in catalogue.all_services()}
    for text in TEXTS:
        assert (text.name, unknown_in(text.body, text.purpose)) == (text.name, [])
        assert text.service_type in services | {""}
    offered = {one: len(queries.texts_for(one, "", on=sample.day)) for one in Purpose}
    assert [use for use, count in offered.items() if not count] == []
    assert len(queries.texts_for_many(Purpose.HAND_OVER, on=sample.day)) == 1


@pytest.mark.usefixtures("sample")
def test_progress_ends_where_it_said(progress: Quiet) -> None:
    assert list(progress.steps) == [
        "register",
        "history",
        "control",
        "queue",
        "everyday",
        "today",
    ]
    for steps, done in progress.steps.values():
        assert steps == done > 0


def test_sample_keeps_its_seed_and_day(sample: Sample) -> None:
    again = loading.load(Wanted(seed=99, day=date(2024, 1, 1), history=SHARE), Quiet())
    assert again == sample == Sample(loading.SEED, NOW.date())


@pytest.mark.usefixtures("sample")
def test_register_is_dated_edition_by_edition() -> None:
    dated = RegisterEdition.objects.filter(dated=True).order_by("number")
    own = dated.filter(actor__id="sample")
    days = [one.at.astimezone(clock.STOCKHOLM).date() for one in own]
    assert days[1:] == edition_days(NOW.date())
    assert {one.actor["kind"] for one in dated.difference(own)} == {"person"}
    undated = RegisterEdition.objects.filter(dated=False)
    assert [one.note for one in undated.order_by("number")] == [
        "Nytt pris enligt avtalets uppräkning",
        "",
    ]


@pytest.mark.usefixtures("sample")
def test_register_as_of_an_earlier_day_is_another() -> None:
    then = register_as_of(NOW.replace(year=2024))
    now = current_register()
    assert then.number is not None
    assert now.number is not None
    assert then.number < now.number
    assert len(then.ids) < len(now.ids)


@pytest.mark.usefixtures("sample")
def test_every_role_has_a_login() -> None:
    roles = {role for user in people.logins() for role in user.reach.roles}
    assert roles == set(Role)


@pytest.mark.usefixtures("sample")
def test_every_unit_that_filed_has_a_social_worker_who_sees_its_requests() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        filed = PlacementRequest.objects.select_related("created_by").order_by("id")[:20]
        for request in filed:
            reach = accounts.reach_of_user(request.created_by)
            assert request.unit_id in reach.filing_unit_ids


@pytest.mark.usefixtures("sample")
def test_history_has_its_share_of_the_published_volumes() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        for year in YEARS:
            rows = PlacementRequest.objects.filter(reference__startswith=f"{year}-")
            found = Counter(rows.values_list("service_type", flat=True))
            assert found == {
                service: max(1, round(count * SHARE))
                for service, count in facts.requests_of(year).items()
            }
            assert set(rows.values_list("municipality_id", flat=True)) == {GOTEBORG}
            assert set(rows.values_list("state", flat=True)) <= {State.CLOSED, State.WITHDRAWN}


@pytest.mark.usefixtures("sample")
def test_history_is_mostly_recommended_and_reported_back() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        old = PlacementRequest.objects.filter(submitted_at__year__lt=2025)
        reported = OutcomeFeedback.objects.filter(request__in=old)
        assert reported.count() == old.filter(state=State.CLOSED).count()
        assert reported.count() >= 0.8 * old.count()
        assert Recommendation.objects.filter(request__in=old).count() == reported.count()


@pytest.mark.usefixtures("sample")
def test_recommendations_of_the_past_are_replayed_byte_for_byte() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        sent = Recommendation.objects.order_by("sent_at")
        for one in [*sent[:6], *sent.reverse()[:6]]:
            then = replayed(one.need, register_number=one.register_number, instant=one.instant)
            assert then.digest == one.outcome_digest
            assert then.rungs == one.rungs


@pytest.mark.usefixtures("sample")
def test_recommended_units_stood_on_their_rung_at_their_price() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        for sent in Recommendation.objects.filter(exceptions=None).prefetch_related("units")[:60]:
            standing = {
                unit["unit"]: (rung["provision_form"], unit["rate"], unit["rank"])
                for rung in sent.rungs
                for unit in rung["candidates"]
            }
            for unit in sent.units.all():
                rate = None if unit.rate is None else float(unit.rate)
                assert standing[unit.unit_code] == (unit.provision_form, rate, unit.rank)
                assert unit.rate_from is not None


@pytest.mark.usefixtures("sample")
def test_no_identity_number_is_anybodys() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        rows = PersonIdentity.objects.select_related("person")
        kinds = Counter(row.person.number_kind for row in rows)
        for row in rows:
            if row.person.number_kind == NumberKind.PERSONAL:
                assert row.number[4:6] == "00"
                assert 1 <= int(row.number[6:8]) <= 31
            elif row.person.number_kind == NumberKind.COORDINATION:
                assert row.number in OFFICIAL_TEST_NUMBERS
            else:
                assert row.number == "" or row.number.startswith("R-")
        assert kinds[NumberKind.PERSONAL] > 0.9 * len(rows)


@pytest.mark.usefixtures("sample")
def test_protected_persons_have_no_initials() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        rows = PersonIdentity.objects.exclude(person__protection="none")
        assert rows
        assert set(rows.values_list("person__initials", flat=True)) == {""}


@pytest.mark.usefixtures("sample")
def test_queue_lives_in_every_state_and_municipality() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        rows = PlacementRequest.objects.filter(state__in=OPEN)
        assert 65 <= rows.count() <= 85
        assert set(rows.values_list("state", flat=True)) == set(OPEN)
        assert set(rows.values_list("municipality_id", flat=True)) == set(MEMBERS)
        waiting = rows.filter(state__in=[State.SUBMITTED, State.IN_PROGRESS])
        assert waiting.filter(due_at__lt=NOW).exists()
        assert waiting.filter(due_at__gt=NOW).exists()
        assert rows.filter(urgency="acute").exists()
        assert rows.exclude(person__protection="none").exists()
        assert not rows.filter(changed_at__gt=NOW).exists()


@pytest.mark.usefixtures("sample")
def test_printed_logins_have_requests_in_most_states() -> None:
    with opened_for_job(SystemJob.LOAD_SAMPLE):
        rows = PlacementRequest.objects.all()
        filed = rows.filter(created_by__username=story.FILER, state__in=OPEN)
        assert set(filed.values_list("state", flat=True)) == set(OPEN) - {State.PLACED_ACUTE}
        taken = rows.filter(assigned_to__username=story.OFFICER, state__in=OPEN)
        assert set(taken.values_list("state", flat=True)) == {
            State.IN_PROGRESS,
            State.AWAITING_INFORMATION,
            State.RECOMMENDED,
        }


@pytest.mark.usefixtures("sample")
def test_story_goes_through_the_whole_main_job() -> None:
    told = story.play()
    assert told["state"] == State.CLOSED
    assert [one["step"] for one in told["timeline"]] == [
        "submit",
        "take",
        "ask_provider",
        "note_provider_answer",
        "note_provider_answer",
        "recommend",
        "report_chosen",
    ]
    assert [one["answer"] for one in told["inquiries"]] == ["no", "yes"]
    assert [rung["provision_form"] for rung in told["ladder"]] == [
        "in_house",
        "framework",
        "direct_award",
    ]
    assert told["choice"]["unit"] == told["recommendation"]["units"][0]["unit"]
    own = [one for one in told["near_misses"] if one["provider"] == "Göteborgs Stad"]
    assert [one["reasons"] for one in own] == [["no_free_place"]]
    assert sum(told["counts"]["by_reason"].values()) >= told["counts"]["excluded"]


@pytest.mark.usefixtures("sample")
def test_demo_prints_nothing_but_the_story_as_json() -> None:
    printed = StringIO()
    call_command("demo", "--once", "--json", "--no-history", stdout=printed)
    told = json.loads(printed.getvalue())
    assert told["state"] == State.CLOSED
    assert told["reference"].startswith("2025-")


@pytest.mark.usefixtures("sample")
def test_demo_prints_tables_that_name_what_happened() -> None:
    printed = StringIO()
    call_command("demo", "--once", "--no-history", stdout=printed)
    text = printed.getvalue()
    for named in ("Korttidsboende", "Egen regi", "Ramavtal", "Direktupphandling", "Vald"):
        assert named in text
    assert PASSWORD not in text


@pytest.mark.usefixtures("sample")
def test_demo_sets_its_password_once_and_for_its_own_people_alone() -> None:
    call_command("demo", "--json", "--no-history", stdout=StringIO())
    assert User.objects.get(username="handlaggare").check_password(PASSWORD)
    others = User.objects.filter(username__startswith="soc0")
    assert others
    assert [one for one in others if one.has_usable_password()] == []
    changed = User.objects.get(username="jurist")
    changed.set_password("Nio-granar-vid-backen")
    changed.save()
    call_command("demo", "--json", "--no-history", stdout=StringIO())
    assert User.objects.get(username="jurist").check_password("Nio-granar-vid-backen")
