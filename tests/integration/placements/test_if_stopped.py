"""Before a stop is decided those who have requests see what it would do to their own."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from placements.matching.without import Stopping
from placements.models import PlacementRequest
from placements.queries.touched import touched_requests
from providers import queries as register_queries
from providers.models import CareUnit
from providers.queries.stops import register_of
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from spink.foundation.models import AuditEntry
from tests.factories.accounts import holding
from tests.factories.control import ReviewFactory
from tests.integration.placements.conftest import CHEAPER, DIRECT, FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import logged_in, text_of
from tests.integration.placements.test_stop_previews import INKS, asked, recommended

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]


def page_of(user: User, code: str = FRAMEWORK, **question: str) -> Any:
    url = reverse("providers:unit_if_stopped", args=[code])
    return logged_in(user).get(url, question)


def told(user: User, **question: str) -> list[tuple[str, str, str, str]]:
    rows = page_of(user, **question).context["rows"]
    return [(row.reference, row.stage[1], row.loses, row.instead) for row in rows]


def test_officer_sees_each_own_request_with_what_is_next_best(
    world: World, submitted: Filed, taken: Filed
) -> None:
    possible, sent = submitted(), taken()
    recommended(world, sent, FRAMEWORK)
    assert told(world.officer) == [
        (sent.reference, "Rekommenderad", "Ekhagen", "Sävlunda"),
        (possible.reference, "Passar", "Ekhagen", "Sävlunda"),
    ]
    assert told(world.other_officer) == []


def test_whoever_filed_sees_what_is_recommended_or_asked_and_nothing_of_the_match(
    world: World, submitted: Filed, taken: Filed
) -> None:
    submitted()
    asked_for, sent = taken(), taken()
    asked(world, asked_for, FRAMEWORK, "framework")
    recommended(world, sent, FRAMEWORK)
    expected = [
        (sent.reference, "Rekommenderad", "Ekhagen", "Sävlunda"),
        (asked_for.reference, "Frågad", "Ekhagen", "Sävlunda"),
    ]
    assert told(world.social_worker) == expected
    assert told(world.colleague) == expected
    assert told(world.other_department) == []


def test_wall_alone_keeps_others_requests_away(world: World, taken: Filed) -> None:
    request = taken()
    recommended(world, request, FRAMEWORK)
    units = register_of(CareUnit.objects.filter(code=FRAMEWORK))
    found = []
    for user in (world.officer, world.other_officer, world.other_department):
        with world.behind_wall_of(user):
            stop = Stopping("paused", clock.today(), None)
            register = register_queries.current_register()
            touched = touched_requests(stop, units, register)
            found.append([one.request.pk for one in touched])
    assert found == [[request.pk], [], []]


def test_request_without_another_unit_is_warned_of(world: World, submitted: Filed) -> None:
    request = submitted()
    with world.behind_wall_of(world.social_worker):
        PlacementRequest.objects.filter(pk=request.pk).update(avoid_units=[CHEAPER, DIRECT])
    page = page_of(world.officer)
    (row,) = page.context["rows"]
    assert (page.context["without"], row.instead) == (1, "")
    assert "Ingen annan verksamhet passar" in text_of(page)


@pytest.mark.parametrize(
    ("question", "touched"),
    [
        ({}, 1),
        ({"kind": "order_stop"}, 1),
        ({"kind": "recommendation_stop"}, 0),
        ({"kind": "nonsense", "valid_from": "x"}, 1),
        ({"kind": "paused", "valid_from": "2025-04-01"}, 0),
        ({"page": "7"}, 1),
    ],
)
def test_question_is_of_a_kind_and_of_days(
    world: World, submitted: Filed, question: dict[str, str], touched: int
) -> None:
    submitted()
    assert len(told(world.officer, **question)) == touched


def test_reading_is_logged_and_nothing_else_is_kept(world: World, submitted: Filed) -> None:
    request = submitted()
    page_of(world.officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('spink.job_tables', '{accounts_accessentry}', true)")
        cursor.execute("SELECT subjects FROM accounts_accessentry WHERE route LIKE '%if-stopped%'")
        assert cursor.fetchall() == [([request.reference],)]
    assert AuditEntry.objects.filter(action="stop_previewed").count() == 0


def test_quality_sends_an_address_that_tells_nothing_of_why(world: World, submitted: Filed) -> None:
    submitted()
    keeper = holding(Role.QUALITY_CONTROLLER)
    provider = CareUnit.objects.get(code=FRAMEWORK).provider
    review = ReviewFactory(
        provider=provider,
        state="decided",
        decision="paused",
        decided_at=clock.now(),
        reason_codes=["debts"],
    )
    url = reverse("providers:unit_stop", args=[FRAMEWORK])
    given = {"kind": "paused", "reason_code": "own_review", "step": "review"} | INKS
    preview = logged_in(keeper).post(f"{url}?review={review.reference}", given)
    address = preview.context["question_url"]
    assert address == (
        f"http://testserver{reverse('providers:unit_if_stopped', args=[FRAMEWORK])}?kind=paused"
    )
    assert logged_in(keeper).get(address).status_code == 403
    asked_by_officer = logged_in(world.officer).get(address)
    secrets = (review.reference, "Egen fördjupad kontroll", "Skulder", str(keeper))
    assert [text for text in secrets if text in text_of(asked_by_officer)] == []
    assert len(asked_by_officer.context["rows"]) == 1


def test_officers_find_the_question_at_unit_provider_and_group(world: World) -> None:
    unit = CareUnit.objects.get(code=FRAMEWORK)
    pages = {
        reverse("providers:unit", args=[FRAMEWORK]): "unit_if_stopped",
        reverse("providers:provider", args=[unit.provider_id]): "provider_if_stopped",
    }
    for page, name in pages.items():
        code = FRAMEWORK if name == "unit_if_stopped" else unit.provider_id
        link = reverse(f"providers:{name}", args=[code])
        found = [
            f'href="{link}"' in logged_in(user).get(page).content.decode()
            for user in (world.officer, world.social_worker)
        ]
        assert found == [True, False]
        assert logged_in(world.officer).get(link).status_code == 200


@pytest.mark.parametrize("count", [1, 6])
def test_page_costs_the_same_queries_for_many_requests(
    world: World, submitted: Filed, count: int
) -> None:
    for _ in range(count):
        submitted()
    client, url = logged_in(world.officer), reverse("providers:unit_if_stopped", args=[FRAMEWORK])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    assert (len(page.context["rows"]), len(queries)) == (count, 21)
