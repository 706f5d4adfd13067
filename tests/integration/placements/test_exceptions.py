"""Recommending what the match excluded: the trace, the task for the register, and the database."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from placements import actions, queries
from placements.actions import AskedException
from placements.domain.recommending import CannotRecommend
from placements.domain.values import Answer
from placements.models import PlacementRequest, Recommendation, RecommendedUnit
from providers.diary import changing_register
from providers.models import CareUnit, RegisterCorrection
from spink.accounts import queries as accounts
from tests.conftest import MORNING
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.integration.placements.conftest import DIRECT, FRAMEWORK, OWN, Filed, World

pytestmark = pytest.mark.usefixtures("units")

TODAY = MORNING.date()
CONFIRMED = AskedException("places_outdated", "Två platser lediga", "Mona Ek", TODAY)


def changed(code: str, **values: object) -> CareUnit:
    with changing_register(by=register.TESTS):
        unit = CareUnit.objects.get(code=code)
        for name, value in values.items():
            setattr(unit, name, value)
        unit.save()
    return unit


def recommended(
    world: World, request: PlacementRequest, *units: str, **exceptions: AskedException
) -> Recommendation:
    with world.behind_wall_of(world.officer):
        return actions.recommend(
            request_id=request.pk,
            units=units,
            exceptions={code.replace("_", "-"): asked for code, asked in exceptions.items()},
            skipped_rung_reason="safety",
            by=world.officer.actor,
        )


def corrections() -> list[tuple[str, str, str, date]]:
    found = RegisterCorrection.objects.order_by("unit_code", "fact")
    return list(found.values_list("unit_code", "fact", "confirmed_by", "confirmed_on"))


def test_full_unit_that_confirmed_a_place_is_recommended_with_its_trace(
    world: World, taken: Filed
) -> None:
    request = taken()
    sent = recommended(world, request, FRAMEWORK, OWN, U_own=CONFIRMED)
    with world.behind_wall_of(world.social_worker):
        units = list(sent.units.values_list("unit_code", "provision_form", "places_certain"))
        (kept,) = sent.exceptions.values(
            "unit_code", "excluded_for", "reason", "note", "confirmed_by", "confirmed_on"
        )
        reach = accounts.reach_of_user(world.social_worker)
        (entry, *_) = queries.timeline_of(request, reach=reach)
    assert units == [(OWN, "in_house", False), (FRAMEWORK, "framework", True)]
    assert kept == {
        "unit_code": OWN,
        "excluded_for": ["no_free_place"],
        "reason": "places_outdated",
        "note": "Två platser lediga",
        "confirmed_by": "Mona Ek",
        "confirmed_on": TODAY,
    }
    assert entry.facts == {"units": ["Byalagsgatan", "Ekhagen"], "excepted": ["Byalagsgatan"]}
    assert corrections() == [(OWN, "places", "Mona Ek", TODAY)]


def test_yes_to_an_inquiry_is_the_confirmation(world: World, taken: Filed) -> None:
    request = taken()
    asked = rows.ProviderInquiryFactory(
        request=request, unit_code=OWN, asked_by=world.officer, answered=True, answer=Answer.YES
    )
    unsigned = AskedException("places_outdated", "Svarade ja")
    sent = recommended(world, request, OWN, U_own=unsigned)
    with world.behind_wall_of(world.officer):
        (kept,) = sent.exceptions.all()
    assert (kept.inquiry_id, kept.confirmed_by, kept.confirmed_on) == (
        asked.pk,
        str(world.officer),
        TODAY,
    )


@pytest.mark.parametrize("answer", [Answer.NO, Answer.LATER])
def test_another_answer_confirms_nothing(world: World, taken: Filed, answer: Answer) -> None:
    request = taken()
    rows.ProviderInquiryFactory(
        request=request,
        unit_code=OWN,
        asked_by=world.officer,
        answered=True,
        answer=answer,
        place_from=date(2025, 3, 9) if answer is Answer.LATER else None,
    )
    with pytest.raises(CannotRecommend) as refused:
        recommended(world, request, OWN, U_own=AskedException("places_outdated", "Ringt"))
    assert (refused.value.code, RegisterCorrection.objects.count()) == ("not_confirmed", 0)


def test_reason_of_another_kind_is_no_reason(world: World, taken: Filed) -> None:
    with pytest.raises(CannotRecommend) as refused:
        recommended(world, taken(), OWN, U_own=replace(CONFIRMED, reason="safety"))
    assert refused.value.code == "exception_reason"


def stopped() -> None:
    register.StopFactory(unit=changed(OWN), kind="paused")


def stopped_provider() -> None:
    unit = changed(OWN)
    register.StopFactory(unit=None, provider=unit.provider, kind="unpublished")


def without_permit() -> None:
    register.PermitFactory(unit=changed(OWN), valid_from=None)


def ended_permit() -> None:
    register.PermitFactory(unit=changed(OWN), valid_to=date(2025, 3, 9))


def without_agreement() -> None:
    changed(OWN, operated_by="")


HINDRANCES = [stopped, stopped_provider, without_permit, ended_permit, without_agreement]


@pytest.mark.parametrize("hinder", HINDRANCES)
def test_unit_that_is_stopped_or_lacks_its_permit_or_agreement_is_never_excepted(
    world: World, taken: Filed, hinder: Callable[[], None]
) -> None:
    hinder()
    request = taken()
    with pytest.raises(CannotRecommend) as refused:
        recommended(world, request, OWN, U_own=CONFIRMED)
    assert (refused.value.code, RegisterCorrection.objects.count()) == ("never_excepted", 0)
    assert kept_of(world, request) == []


def kept_of(world: World, request: PlacementRequest) -> list[Recommendation]:
    with world.behind_wall_of(world.officer):
        return list(Recommendation.objects.filter(request=request))


@pytest.mark.parametrize("hinder", HINDRANCES)
def test_database_takes_no_exception_for_such_a_unit(
    world: World, taken: Filed, hinder: Callable[[], None]
) -> None:
    hinder()
    sent = recommended(world, taken(), FRAMEWORK)
    with world.behind_wall_of(world.officer), pytest.raises(IntegrityError, match="is stopped"):
        _add_excepted(sent, OWN, "in_house")


def _add_excepted(sent: Recommendation, code: str, form: str) -> None:
    with transaction.atomic():
        sent.exceptions.create(
            unit_code=code,
            excluded_for=["no_free_place"],
            reason="places_outdated",
            note="Ringt",
            confirmed_by="Mona Ek",
            confirmed_on=TODAY,
        )
        _add_unit(sent, code, form)


def _add_unit(sent: Recommendation, code: str, form: str) -> None:
    with transaction.atomic():
        RecommendedUnit.objects.create(
            recommendation=sent,
            position=sent.units.count() + 1,
            unit_code=code,
            unit_name=code,
            provision_form=form,
            places_certain=True,
        )


def test_database_takes_no_excluded_unit_without_an_exception(world: World, taken: Filed) -> None:
    sent = recommended(world, taken(), FRAMEWORK)
    with world.behind_wall_of(world.officer):
        with pytest.raises(IntegrityError, match="neither fits"):
            _add_unit(sent, OWN, "in_house")
        _add_unit(sent, DIRECT, "direct_award")
        _add_excepted(sent, OWN, "in_house")


@pytest.mark.parametrize("form", ["iop", "framework", "direct_award"])
def test_database_takes_no_exception_on_a_rung_that_is_not_open(
    world: World, taken: Filed, form: str
) -> None:
    sent = recommended(world, taken(), FRAMEWORK)
    with world.behind_wall_of(world.officer), pytest.raises(IntegrityError, match="is stopped"):
        _add_excepted(sent, OWN, form)


@pytest.mark.parametrize("reasons", [[], ["stopped"], ["age", "permit"]])
def test_database_takes_no_exception_for_what_is_never_excepted(
    world: World, taken: Filed, reasons: list[str]
) -> None:
    sent = recommended(world, taken(), FRAMEWORK)
    with (
        world.behind_wall_of(world.officer),
        pytest.raises(IntegrityError, match="excepted_for_what_may_be"),
        transaction.atomic(),
    ):
        sent.exceptions.create(
            unit_code=OWN,
            excluded_for=reasons,
            reason="places_outdated",
            note="Ringt",
            confirmed_by="Mona Ek",
            confirmed_on=TODAY,
        )


def test_unit_that_fits_again_needs_no_exception(world: World, taken: Filed) -> None:
    changed(OWN, places_occupied=10)
    sent = recommended(world, taken(), OWN, U_own=CONFIRMED)
    with world.behind_wall_of(world.officer):
        assert (sent.units.count(), sent.exceptions.count()) == (1, 0)
    assert corrections() == []


@pytest.mark.django_db(transaction=True)  # a number of the diary for each change
def test_outcome_is_replayed_byte_for_byte_with_the_exception_beside_it(
    world: World, taken: Filed
) -> None:
    request = taken()
    plain = recommended(world, request, FRAMEWORK)
    sent = recommended(world, request, OWN, U_own=CONFIRMED)
    changed(OWN, places_occupied=10)
    again = queries.replayed(sent.need, register_number=sent.register_number, instant=sent.instant)
    assert (again.digest, sent.outcome_digest) == (sent.outcome_digest, plain.outcome_digest)
    assert sent.rungs == plain.rungs == again.rungs


def test_open_task_of_the_same_fact_is_raised_once(world: World, taken: Filed) -> None:
    request = taken()
    for who in ("Mona Ek", "Siv Al"):
        recommended(world, request, OWN, U_own=replace(CONFIRMED, confirmed_by=who))
    assert corrections() == [(OWN, "places", "Mona Ek", TODAY)]


def test_every_fact_that_differs_is_a_task(world: World, taken: Filed) -> None:
    changed(OWN, age_to=30)
    sent = recommended(world, taken(), OWN, U_own=CONFIRMED)
    with world.behind_wall_of(world.officer):
        assert sent.exceptions.get().excluded_for == ["age", "no_free_place"]
    assert [fact for _unit, fact, *_ in corrections()] == ["ages", "places"]


def test_task_holds_nothing_of_the_request(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, OWN, U_own=replace(CONFIRMED, note="Alva Testsson, hemlig"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM providers_registercorrection c")
        (text,) = cursor.fetchone()
    canaries = (request.reference, "hemlig", "Alva")
    assert [word in text for word in canaries] == [False] * len(canaries)


def test_person_of_the_priority_group_is_recommended_the_full_own_unit(
    world: World, taken: Filed
) -> None:
    changed(OWN, priority_group="Yngre personer", priority_age_from=18, priority_age_to=40)
    asked = replace(CONFIRMED, reason="priority_group")
    sent = recommended(world, taken(), OWN, U_own=asked)
    with world.behind_wall_of(world.officer):
        assert sent.exceptions.get().reason == "priority_group"
    assert corrections() == []


def test_person_outside_of_the_priority_group_is_not(world: World, taken: Filed) -> None:
    changed(OWN, priority_group="Äldre", priority_age_from=60, priority_needs=["mobility"])
    for reason in ("priority_group", "places_outdated"):
        with pytest.raises(CannotRecommend) as refused:
            recommended(world, taken(), OWN, U_own=replace(CONFIRMED, reason=reason))
        assert (refused.value.code, refused.value.unit) == ("kept_for_priority_group", OWN)
