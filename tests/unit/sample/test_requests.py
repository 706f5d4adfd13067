import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.values import NumberKind, Protection
from spink.accounts.actions.organisation import DATA
from spink.foundation.clock import STOCKHOLM
from spink.foundation.identity_numbers import person_number
from spink.sample import facts
from spink.sample.drawing import Draw
from spink.sample.persons import OFFICIAL_TEST_NUMBERS, impossible_numbers
from spink.sample.places import GOTEBORG
from spink.sample.requests.calendar import office_time_after
from spink.sample.requests.content import OLD_LAW_ENDS, apportioned
from spink.sample.requests.plan import YEARS, Planned, YearPlan
from spink.sample.requests.services import SERVICES

TODAY = date(2026, 3, 3)
NEW_YEAR = datetime(2023, 1, 1, tzinfo=STOCKHOLM)


def filers() -> dict[str, list[str]]:
    rows: list[dict[str, Any]] = json.loads((DATA / "departments.json").read_bytes())
    return {row["short_name"]: row["units"] for row in rows if row["municipality"] == GOTEBORG}


@cache
def history(seed: int = 1) -> dict[int, list[Planned]]:
    plan = YearPlan(seed, filers())
    return {year: plan.requests_of(year) for year in YEARS}


def of_service(year: int, service: str) -> list[Planned]:
    return [one for one in history()[year] if one.asked.service_type == service]


def persons(requests: list[Planned]) -> set[int]:
    """Persons are told apart by who they are, in whichever unit."""
    return {id(one.case.somebody) for one in requests}


def test_plan_same_seed_gives_the_same_requests() -> None:
    plan = YearPlan(1, filers())
    assert {year: plan.requests_of(year) for year in YEARS} == history()


def test_plan_another_seed_gives_other_requests() -> None:
    assert history(2) != history()


@pytest.mark.parametrize(("year", "total"), [(2023, 7056), (2024, 7425)])
def test_plan_has_exactly_the_published_volumes(year: int, total: int) -> None:
    counts = Counter(one.asked.service_type for one in history()[year])
    assert counts == facts.requests_of(year)
    assert counts.total() == total


def test_plan_has_the_published_subtypes_of_protected_housing() -> None:
    counts = Counter(one.asked.subtype for one in of_service(2024, "protected_housing"))
    assert counts == {
        "våld i nära relation eller hedersrelaterat våld": 297,
        "avhoppare": 97,
        "annan orsak": 73,
    }


@pytest.mark.parametrize(
    ("service", "shares"),
    [
        ("residential_care_home", {"akut": 0.5, "behandling": 0.4, "utredning": 0.1}),
        (
            "short_term_housing",
            {"psykiska funktionsnedsättningar": 0.7, "fysiska funktionsnedsättningar": 0.3},
        ),
    ],
)
def test_plan_has_the_published_shares_of_subtypes(service: str, shares: dict[str, float]) -> None:
    requests = of_service(2024, service)
    counts = Counter(one.asked.subtype for one in requests)
    assert {name: round(count / len(requests), 2) for name, count in counts.items()} == shares


@pytest.mark.parametrize("year", YEARS)
def test_plan_asks_for_drug_free_housing_in_65_percent(year: int) -> None:
    requests = of_service(year, "supported_social_housing")
    free = sum(one.asked.drug_free is True for one in requests)
    assert round(free / len(requests), 3) == 0.65


@pytest.mark.parametrize("drug_free", [True, False])
def test_plan_has_special_needs_by_both_published_columns(drug_free: bool) -> None:
    requests = [
        one.asked
        for year in YEARS
        for one in of_service(year, "supported_social_housing")
        if one.asked.drug_free is drug_free
    ]
    for need, shares in facts.special_needs().items():
        asked = sum(need in (*one.needs_required, *one.needs_wished) for one in requests)
        assert asked / len(requests) == pytest.approx(shares[drug_free], abs=0.025)


@pytest.mark.parametrize("year", YEARS)
def test_persons_of_short_term_housing_ask_for_social_housing_too(year: int) -> None:
    short_term = persons(of_service(year, "short_term_housing"))
    social = persons(of_service(year, "supported_social_housing"))
    assert len(short_term & social) / len(short_term) == pytest.approx(0.27, abs=0.01)


@pytest.mark.parametrize("year", YEARS)
def test_children_of_homes_ask_for_foster_homes_in_the_same_month(year: int) -> None:
    by_month: dict[int, dict[str, list[Planned]]] = defaultdict(lambda: defaultdict(list))
    for one in history()[year]:
        by_month[one.sent_at.month][one.asked.service_type].append(one)
    for month in by_month.values():
        homes = persons(month["residential_care_home"])
        share = len(homes & persons(month["foster_home"])) / len(homes)
        assert 0.14 <= share <= 0.20


@pytest.mark.parametrize(("year", "youths"), [(2023, 40), (2024, 55)])
def test_youths_without_a_place_at_sis_are_marked_once(year: int, youths: int) -> None:
    marked = [one for one in history()[year] if one.asked.sis_shortage]
    assert len(marked) == youths
    assert len(persons(marked)) == youths


@pytest.mark.parametrize("year", YEARS)
def test_plan_is_spread_over_the_year_and_slow_in_july(year: int) -> None:
    months = Counter(one.sent_at.month for one in history()[year])
    assert set(months) == set(range(1, 13))
    assert months[7] < months[10]
    assert {one.sent_at.year for one in history()[year]} == {year}


def test_every_department_files() -> None:
    assert {one.case.department for one in history()[2024]} == set(filers())


def test_no_number_is_anybodys() -> None:
    numbers = {}
    for one in (*history()[2023], *history()[2024]):
        somebody = one.case.somebody
        if somebody.number_kind is NumberKind.PERSONAL:
            numbers[somebody.number] = id(somebody)
            assert somebody.number[4:6] == "00"
            assert 1 <= int(somebody.number[6:8]) <= 31
    everybody = persons([*history()[2023], *history()[2024]])
    assert 0.95 * len(everybody) <= len(numbers) <= len(everybody)


@given(st.integers(min_value=1900, max_value=2025), st.integers(0, 10))
def test_impossible_numbers_pass_the_form_and_belong_to_no_day(year: int, seed: int) -> None:
    numbers = impossible_numbers(Draw(seed, "test"), year)
    first = [next(numbers) for _ in range(20)]
    assert len(set(first)) == 20
    for number in first:
        assert person_number(number, today=TODAY).birth_date is None
        assert not person_number(number, today=TODAY).is_coordination_number


@pytest.mark.parametrize("number", OFFICIAL_TEST_NUMBERS)
def test_official_test_numbers_pass_the_form(number: str) -> None:
    assert person_number(number, today=TODAY).digits == number


def test_protected_persons_have_no_initials() -> None:
    protected = [
        one.case.somebody
        for one in history()[2024]
        if one.case.somebody.protection is not Protection.NONE
    ]
    assert protected
    assert {one.initials for one in protected} == {""}


def test_ages_lie_in_what_the_service_is_for() -> None:
    for code, service in SERVICES.items():
        if code not in ("supported_social_housing", "foster_home"):
            low = min(first for first, _ in service.ages)
            high = max(last for _, last in service.ages)
            assert {low <= one.asked.age <= high for one in of_service(2024, code)} == {True}


def test_decisions_rest_on_the_law_of_their_day() -> None:
    for one in history()[2024]:
        assert one.asked.decision_date <= one.sent_at.date()
        assert one.asked.decision_date <= OLD_LAW_ENDS
        assert not one.asked.legal_basis.startswith("sol_2025")


def test_protected_housing_is_asked_for_near_nothing() -> None:
    assert {one.asked.near for one in of_service(2024, "protected_housing")} == {None}


@given(
    st.integers(0, 10_000),
    st.dictionaries(st.text(min_size=1), st.floats(0.01, 1000), min_size=1, max_size=8),
)
def test_apportioned_adds_up_and_is_off_by_less_than_one(
    total: int, weights: dict[str, float]
) -> None:
    counts = apportioned(total, weights)
    assert sum(counts.values()) == total
    for name, weight in weights.items():
        assert abs(counts[name] - total * weight / sum(weights.values())) < 1 + 1e-6


@given(
    st.integers(0, 1_000_000).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes)),
    st.floats(0, 40),
)
def test_office_time_is_on_a_working_day_and_not_before(at: datetime, hours: float) -> None:
    later = office_time_after(at, hours)
    assert later >= at
    assert later.weekday() < 5
    assert 8 <= later.hour + later.minute / 60 <= 17
    assert later - at >= timedelta(hours=hours) - timedelta(hours=1)
