"""A provider's timeline: everything in order of time, what ends soon first, nothing too much."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from providers.actions import plan_change
from providers.models import IncidentVisit, Provider, Review, StopKind
from providers.queries.history import last_change_of
from providers.web.timeline.page import timeline_of
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.accounts.queries import reach_of_user
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories import providers as made
from tests.factories.accounts import holding
from tests.factories.control import (
    ComplaintFactory,
    FindingFactory,
    ReviewFactory,
    SiteVisitFactory,
    VettingFactory,
    visited,
)
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

KEEPER = Actor.system("keeper")
NOW = datetime(2026, 6, 1, 12, tzinfo=clock.STOCKHOLM)
TODAY = NOW.date()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def keeper() -> Client:
    return client_of(holding(Role.QUALITY_CONTROLLER))


@pytest.fixture
def reader() -> Client:
    return client_of(holding(Role.CONTROLLER))


def timeline(client: Client, provider: Provider) -> Any:
    with clock.frozen(NOW):
        page = client.get(reverse("providers:provider", args=[provider.pk]))
    assert page.status_code == 200
    return page.context["timeline"]


def said(happenings: list[Any]) -> list[tuple[date, str, str]]:
    """But the changes of the register, which the database dates by its own clock."""
    told = [(one.day, one.text, one.state) for one in happenings]
    return [one for one in told if one[2] != "Noterat"]


def test_what_ends_soon_stands_first_and_what_has_ended_of_an_open_unit(reader: Client) -> None:
    provider = made.ProviderFactory()
    soon, gone, closed, far = (
        made.CareUnitFactory(provider=provider, name=name, open_to=open_to)
        for name, open_to in [
            ("Snart", None),
            ("Borta", None),
            ("Stängd", date(2025, 1, 31)),
            ("Senare", None),
        ]
    )
    made.PermitFactory(unit=soon, valid_from=None, valid_to=TODAY + timedelta(days=30))
    made.PermitFactory(unit=gone, valid_from=None, valid_to=TODAY - timedelta(days=1))
    made.PermitFactory(unit=closed, valid_from=None, valid_to=date(2025, 1, 31))
    made.PermitFactory(unit=far, valid_from=None, valid_to=TODAY + timedelta(days=91))
    made.AgreementUnitFactory(
        unit=soon,
        lot__agreement__name="Ramavtal A",
        lot__agreement__valid_to=TODAY + timedelta(days=90),
    )
    told = timeline(reader, provider)
    assert said(told.ending) == [
        (date(2026, 5, 31), "Tillståndet för Borta upphör", "Har upphört"),
        (date(2026, 7, 1), "Tillståndet för Snart upphör", "Kommande"),
        (date(2026, 8, 30), "Avtalet Ramavtal A upphör", "Kommande"),
    ]
    assert [day for day, _text, _state in said(told.to_come)] == [
        date(2026, 7, 1),
        date(2026, 8, 30),
        date(2026, 8, 31),
    ]


def test_everything_is_in_order_of_time_by_year(keeper: Client, reader: Client) -> None:
    with clock.frozen(NOW - timedelta(days=200)):
        unit = made.CareUnitFactory(name="Björkhaga", open_from=date(2024, 2, 1))
        FindingFactory(provider=unit.provider, found_at=NOW - timedelta(days=3))
        next_transaction()
        made.StopFactory(
            unit=unit,
            kind=StopKind.PAUSED,
            reason_code="finances",
            valid_from=date(2025, 5, 5),
            decided_at=NOW,
            decided_by="Siv Stopp",
        )
        plan_change(
            part="unit",
            row_id=unit.pk,
            values={"age_from": 21},
            day=TODAY + timedelta(days=10),
            seen=last_change_of(unit),
            by=KEEPER,
        )
    own = timeline(keeper, unit.provider)
    assert said(own.to_come) == [(date(2026, 6, 11), "Planerad ändring av Björkhaga", "Planerad")]
    years = {year.year: [one.text.split(":")[0] for one in year.happenings] for year in own.years}
    assert (years[2024], years[2025]) == (["Björkhaga öppnar"], ["Pausad"])
    assert "Iakttagelse" in years[2026]
    others = timeline(reader, unit.provider)
    assert "Iakttagelse" not in [
        one.text.split(":")[0] for year in others.years for one in year.happenings
    ]
    assert [one.under for year in others.years for one in year.happenings if year.year == 2025] == [
        ""
    ]


def test_plan_that_gives_protected_housing_away_is_not_told(keeper: Client, reader: Client) -> None:
    unit = made.CareUnitFactory(latitude=None, longitude=None)
    made.CareUnitServiceFactory(unit=unit, service_type_id="protected_housing")
    for values in ({"municipality": "1440"}, {"age_from": 21}):
        made.PlannedChangeFactory(unit=unit, row_id=unit.pk, part="unit", day=TODAY, values=values)
    found = [
        [one.under for year in timeline(who, unit.provider).years for one in year.happenings]
        for who in (reader, keeper)
    ]
    assert [("Kommun" in told, "Från ålder" in told) for told in found] == [
        (False, True),
        (True, True),
    ]


def made_visit(review: Review) -> None:
    IncidentVisit.objects.create(
        review=review, day=date(2026, 4, 2), form="digital", notes="x", at=NOW, by=review.opened_by
    )


def test_control_is_told_to_those_who_may_read_it_and_visits_to_everybody(
    keeper: Client, reader: Client
) -> None:
    unit = made.CareUnitFactory(name="Björkhaga")
    opened = datetime(2026, 3, 1, 12, tzinfo=clock.STOCKHOLM)
    watched = {"decision": "watched", "follow_up_on": date(2026, 5, 1), "reason_codes": ["x"]}
    review = ReviewFactory(
        provider=unit.provider,
        reason="Kanarieskäl",
        opened_at=opened,
        state="decided",
        decided_at=datetime(2026, 4, 20, 12, tzinfo=clock.STOCKHOLM),
        **watched,
    )
    made_visit(review)
    VettingFactory(
        provider=unit.provider,
        begun_at=datetime(2024, 1, 2, 12, tzinfo=clock.STOCKHOLM),
        state="refused",
        decided_at=datetime(2024, 2, 2, 12, tzinfo=clock.STOCKHOLM),
        reason_codes=["weak_finances"],
    )
    ComplaintFactory(provider=unit.provider, text="Kanariesynpunkt", filed_at=opened)
    visited(care_unit=unit)
    SiteVisitFactory(care_unit=unit, planned_on=date(2026, 9, 1))

    def told(client: Client) -> list[tuple[date, str, str]]:
        found = timeline(client, unit.provider)
        everything = [*found.to_come, *(one for year in found.years for one in year.happenings)]
        assert "Kanarie" not in str(everything)
        return sorted(said(everything))

    of_units = [
        (date(2025, 2, 14), "Besök på Björkhaga", "Bedömd som lämplig"),
        (date(2026, 9, 1), "Besök på Björkhaga", "Planerat"),
    ]
    assert told(reader) == of_units
    reference = f"Fördjupad kontroll {review.reference}"
    begun, refused = told(keeper)[:2]
    assert [(one[0], one[2]) for one in (begun, refused)] == [
        (date(2024, 1, 2), "Påbörjad"),
        (date(2024, 2, 2), "Inte tillagd"),
    ]
    (complaint,) = [one for one in told(keeper) if one[2] == "Mottagen"]
    assert set(told(keeper)) - {begun, refused, complaint, *of_units} == {
        (date(2026, 3, 1), reference, "Påbörjad"),
        (date(2026, 4, 2), "Händelsestyrt besök", "Genomfört"),
        (date(2026, 4, 20), reference, "Bevakas"),
        (date(2026, 5, 1), f"{reference} ses över igen", "Försenad"),
    }


def test_latest_of_a_day_stands_first(keeper: Client) -> None:
    provider = made.ProviderFactory()
    hours = [NOW - timedelta(hours=hour) for hour in (3, 2, 1)]
    filed = [ComplaintFactory(provider=provider, filed_at=at).pk for at in hours]
    VettingFactory(
        provider=provider,
        begun_at=hours[0],
        state="refused",
        decided_at=hours[1],
        reason_codes=["weak_finances"],
    )
    (year,) = timeline(keeper, provider).years
    told = [(one.text.split(":")[0], one.state) for one in year.happenings]
    assert [text for text, _ in told if text.startswith("Synpunkt")] == [
        f"Synpunkt {pk}" for pk in reversed(filed)
    ]
    states = [state for _, state in told if state in ("Inte tillagd", "Påbörjad")]
    assert states == ["Inte tillagd", "Påbörjad"]


@pytest.mark.parametrize("size", [1, 4])
def test_timeline_asks_as_many_queries_whatever_has_happened(
    size: int, django_assert_num_queries: Any
) -> None:
    provider = made.ProviderFactory()
    for _ in range(size):
        next_transaction()
        unit = made.CareUnitFactory(provider=provider, open_from=date(2024, 2, 1))
        made.PermitFactory(unit=unit)
        made.DirectAwardVettingFactory(unit=unit, vetted_from=date(2024, 3, 1))
        made.PriceFactory(agreement_unit__unit=unit)
        made.StopFactory(unit=unit, valid_from=date(2024, 4, 1))
        made.PlannedChangeFactory(unit=unit)
        FindingFactory(provider=provider)
        decided = {"state": "decided", "decision": "no_action", "reason_codes": ["x"]}
        review = ReviewFactory(provider=provider, decided_at=NOW, **decided)
        made_visit(review)
        SiteVisitFactory(care_unit=unit)
    reach = reach_of_user(holding(Role.QUALITY_CONTROLLER))
    with django_assert_num_queries(QUERIES):
        timeline_of(provider, reach)


QUERIES = 16
