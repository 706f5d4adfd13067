"""How sure a place and a price are, in the words of both sides."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from placements.web.shared import offered
from placements.web.shared.offered import Said
from providers.queries import UnitCard
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation.clock import STOCKHOLM

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=STOCKHOLM)
START = date(2025, 3, 10)
FULL = UnitCard(
    code="U-1",
    name="Ekhagen",
    provider_name="Klövervik",
    municipality="1480",
    district="",
    places_total=7,
    places_occupied=7,
    places_unavailable=0,
    next_free_on=None,
    places_confirmed_at=NOW - timedelta(days=1),
    unit_director="",
    contact_person="",
    phone="",
    email="",
)


@pytest.mark.parametrize(
    ("next_free_on", "shown", "note"),
    [
        (date(2025, 3, 8), "Ledig 8 mar", Said("Räknat i går 09:00", "fresh")),
        (date(2025, 3, 1), "Osäkert", Said("Fullt vid räkningen i går 09:00", "old")),
        (date(2025, 3, 2), "Osäkert", Said("Fullt vid räkningen i går 09:00", "old")),
        (date(2025, 3, 3), "Ledig 3 mar", Said("Räknat i går 09:00", "fresh")),
    ],
)
def test_free_day_that_had_passed_when_the_unit_was_counted_as_full_is_not_believed(
    next_free_on: date, shown: str, note: Said
) -> None:
    card = replace(FULL, next_free_on=next_free_on)
    assert offered.places(card, START, NOW) == shown
    assert offered.counted(card, NOW, is_certain=True) == note


def test_unit_that_is_not_counted_in_places_says_so() -> None:
    card = replace(FULL, places_total=None)
    assert offered.places(card, START, NOW) == "Räknas inte i platser"
    assert offered.counted(card, NOW, is_certain=True) == Said("")


@pytest.mark.parametrize(
    ("form", "days", "said"),
    [
        (ProvisionForm.DIRECT_AWARD, 180, Said("anbud 4 sep 2024")),
        (
            ProvisionForm.DIRECT_AWARD,
            181,
            Said("anbud 3 sep 2024, stäm av att priset gäller", "old"),
        ),
        (ProvisionForm.FRAMEWORK, 181, Said("gäller från 3 sep 2024")),
    ],
)
def test_price_of_a_direct_award_is_doubted_after_half_a_year(
    form: ProvisionForm, days: int, said: Said
) -> None:
    since = NOW.date() - timedelta(days=days)
    assert offered.priced(form, is_known=True, since=since, now=NOW) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 3, 10), Said("Har plats från 10 mar 2025", "fits")),
        (date(2025, 3, 11), Said("Har plats från 11 mar 2025, en dag efter önskad start", "old")),
        (
            date(2025, 3, 20),
            Said("Har plats från 20 mar 2025, tio dagar efter önskad start", "old"),
        ),
    ],
)
def test_place_that_comes_too_late_says_by_how_much(day: date, said: Said) -> None:
    assert offered.free_from(day, START) == said
