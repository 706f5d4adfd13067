"""Nobody stopped is asked or recommended; choosing one all the same takes a word of one's own."""

from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from placements import actions, queries
from placements.domain.recommending import CannotRecommend
from placements.models import OutcomeFeedback, PlacementRequest, ProviderInquiry, Recommendation
from providers.models import CareUnit, Provider, Stop, StopKind
from spink.accounts import queries as accounts
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock
from tests.factories import placements as rows
from tests.factories import providers as register
from tests.integration.placements.conftest import CHEAPER, DIRECT, FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of, version_in

pytestmark = pytest.mark.usefixtures("units")


def stopped(code: str, kind: StopKind = StopKind.PAUSED) -> None:
    with register.changing_register(by=register.TESTS):
        Stop.objects.create(
            unit=CareUnit.objects.get(code=code), kind=kind, valid_from=clock.today()
        )


def recommended(world: World, request: PlacementRequest, *units: str) -> Recommendation:
    with world.behind_wall_of(world.officer):
        return actions.recommend(
            request_id=request.pk,
            units=units,
            skipped_rung_reason="safety",
            by=world.officer.actor,
        )


def test_a_stopped_unit_is_not_recommended(world: World, taken: Filed) -> None:
    request = taken()
    stopped(FRAMEWORK)
    with pytest.raises(CannotRecommend):
        recommended(world, request, FRAMEWORK)


@pytest.mark.parametrize(
    ("kind", "form", "is_refused"),
    [
        (StopKind.ORDER_STOP, ProvisionForm.FRAMEWORK, True),
        (StopKind.RECOMMENDATION_STOP, ProvisionForm.FRAMEWORK, False),
        (StopKind.RECOMMENDATION_STOP, ProvisionForm.DIRECT_AWARD, True),
    ],
)
def test_whoever_writes_the_row_the_database_takes_no_stopped_unit(
    world: World, taken: Filed, kind: StopKind, form: ProvisionForm, is_refused: bool
) -> None:
    sent = rows.RecommendationFactory(request=taken(), sent_by=world.officer)
    stopped(FRAMEWORK, kind)
    refused = pytest.raises(IntegrityError, match="U-framework is stopped")
    with refused if is_refused else nullcontext(), transaction.atomic():
        rows.RecommendedUnitFactory(recommendation=sent, unit_code=FRAMEWORK, provision_form=form)


def test_the_database_takes_no_unit_that_has_moved_to_a_stopped_provider(
    world: World, taken: Filed
) -> None:
    sent = rows.RecommendationFactory(request=taken(), sent_by=world.officer)
    stop = register.StopFactory(unit=None, provider=register.ProviderFactory(), kind="paused")
    with register.changing_register(by=register.TESTS):
        unit = CareUnit.objects.get(code=DIRECT)
        unit.provider = Provider.objects.get(pk=stop.provider_id)
        unit.save()
    with pytest.raises(IntegrityError, match="is stopped"), transaction.atomic():
        rows.RecommendedUnitFactory(recommendation=sent, unit_code=DIRECT)


def test_asking_a_stopped_unit_is_refused_with_its_reason(world: World, taken: Filed) -> None:
    request = taken()
    stopped(FRAMEWORK)
    officer = logged_in(world.officer)
    page = text_of(officer.get(page_of(request, "inquiries", query=f"?unit={FRAMEWORK}")))
    sent = {"version": version_in(page), "unit": [FRAMEWORK, CHEAPER]}
    answer = officer.post(page_of(request, "inquiries"), sent)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == ["Ekhagen är stoppad sedan 3 mars 2025."]
    assert ProviderInquiry.objects.count() == 0


def test_the_database_takes_no_question_to_a_stopped_unit(world: World, taken: Filed) -> None:
    request = taken()
    stopped(DIRECT, StopKind.RECOMMENDATION_STOP)
    rows.ProviderInquiryFactory(request=request, unit_code=DIRECT, provision_form="framework")
    with pytest.raises(IntegrityError, match="is stopped"), transaction.atomic():
        rows.ProviderInquiryFactory(request=request, unit_code=DIRECT, provision_form="")


@pytest.fixture
def browser(world: World) -> Client:
    return logged_in(world.social_worker)


def reported(browser: Client, request: PlacementRequest, **typed: object) -> object:
    url = page_of(request, "report")
    version = version_in(text_of(browser.get(url)))
    return browser.post(url, {"version": version, **typed})


def errors_of(response: object) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)  # type: ignore[attr-defined]


def test_choosing_a_stopped_unit_takes_a_tick_and_a_word(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stopped(FRAMEWORK)
    told = {"despite_stop": ["Ekhagen är stoppad sedan 3 mars 2025."]}
    asked = {"text": ["Skriv varför ni väljer en verksamhet som är stoppad."]}
    choice = {"choice": f"unit:{FRAMEWORK}"}
    assert errors_of(reported(browser, request, **choice)) == told | asked
    assert errors_of(reported(browser, request, **choice, text="Bor där redan")) == told
    assert errors_of(reported(browser, request, **choice, despite_stop="on")) == asked
    with pytest.raises(actions.StoppedUnit), world.behind_wall_of(world.social_worker):
        actions.report_outcome(
            request_id=request.pk,
            unit_code=FRAMEWORK,
            despite_stop=True,
            by=world.social_worker.actor,
        )
    reported(browser, request, **choice, despite_stop="on", text="Bor där redan")
    with world.behind_wall_of(world.social_worker):
        (feedback,) = OutcomeFeedback.objects.all()
        reach = accounts.reach_of_user(world.social_worker)
        entry = queries.timeline_of(request, reach=reach)[0]
    assert (feedback.unit_code, feedback.text) == (FRAMEWORK, "Bor där redan")
    assert entry.facts["despite_stop"] is True
    page = text_of(browser.get(page_of(request, "request")))
    assert "Valde Ekhagen, trots att den är stoppad" in page


def test_choosing_another_unit_that_is_stopped_takes_the_same(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stopped(DIRECT, StopKind.RECOMMENDATION_STOP)
    other = {"choice": "other", "other_unit": "Sjövik", "other_reason": "client_wish"}
    found = errors_of(reported(browser, request, **other, text="Känd sedan tidigare"))
    assert found == {"despite_stop": ["Sjövik är stoppad sedan 3 mars 2025."]}


def test_a_stop_of_another_rung_does_not_stand_in_the_way(
    world: World, taken: Filed, browser: Client
) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    stopped(FRAMEWORK, StopKind.RECOMMENDATION_STOP)
    answer = reported(browser, request, choice=f"unit:{FRAMEWORK}")
    assert answer.status_code == 302  # type: ignore[attr-defined]


def test_the_history_of_a_request_that_has_ended_names_whom_it_named(
    world: World, taken: Filed
) -> None:
    request = taken()
    with world.behind_wall_of(world.social_worker):
        actions.withdraw_request(
            request_id=request.pk, reason="other", by=world.social_worker.actor
        )
    stopped(FRAMEWORK)
    sent = rows.RecommendationFactory(request=request, sent_by=world.officer)
    rows.RecommendedUnitFactory(recommendation=sent, unit_code=FRAMEWORK)
