"""What differs, as an officer reads it: one sentence a reason, with the figures in it."""

from datetime import date

import pytest
from django.utils import translation

from placements.matching import Near, Need
from placements.matching.differences import Difference
from placements.matching.reasons import Reason
from placements.web.placing.match.differing import Telling, detail

NEED = Need(
    municipality="1480",
    service_type="short_term_housing",
    wanted_start=date(2026, 3, 5),
    near=Near(57.7, 11.97, 40),
)
TELLING = Telling(NEED, {"mobility": "Fysiska förflyttningssvårigheter", "x": "LSS-insats"})


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (
            Difference(Reason.NOT_OPEN, first=date(2026, 3, 6)),
            "öppnar 6 mars 2026, dagen efter önskad start.",
        ),
        (
            Difference(Reason.NOT_OPEN, first=date(2020, 1, 1), last=date(2026, 2, 1)),
            "stänger 1 februari 2026.",
        ),
        (Difference(Reason.AGE, ages=(18, 64)), "tar emot 18–64 år."),
        (Difference(Reason.AGE, ages=(40, None)), "tar emot från 40 år."),
        (Difference(Reason.COMPANION, ages=(0, 6)), "tar emot medföljande 0–6 år."),
        (Difference(Reason.GENDER, codes=("woman",)), "bara för kvinnor."),
        (
            Difference(Reason.GENDER, codes=("man", "other")),
            "bara för män och personer av annat kön.",
        ),
        (
            Difference(Reason.DRUG_FREE, drug_free=True),
            "verksamheten är drogfri, förfrågan gäller en som inte är det.",
        ),
        (
            Difference(Reason.DRUG_FREE, drug_free=False),
            "verksamheten är inte drogfri, förfrågan gäller en som är det.",
        ),
        (
            Difference(Reason.NEED_NOT_MET, codes=("mobility", "x")),
            "fysiska förflyttningssvårigheter och LSS-insats.",
        ),
        (Difference(Reason.NEED_REFUSED, codes=("unknown",)), "unknown."),
        (
            Difference(Reason.NO_FREE_PLACE, free=0, first=date(2026, 3, 24)),
            "nästa blir ledig 24 mars 2026, 19 dagar efter önskad start.",
        ),
        (Difference(Reason.NO_FREE_PLACE, free=0), "det är inte känt när nästa blir ledig."),
        (
            Difference(Reason.AGREEMENT_EXPIRED, first=date(2020, 1, 1), last=date(2025, 9, 30)),
            "gick ut 30 september 2025.",
        ),
        (
            Difference(Reason.AGREEMENT_EXPIRED, first=date(2026, 4, 1)),
            "börjar gälla 1 april 2026.",
        ),
        (Difference(Reason.TOO_FAR, metres=47_210), "47,2\xa0km, gränsen är 40\xa0km."),
        (Difference(Reason.PERMIT), ""),
        (Difference(Reason.NO_AGREEMENT), ""),
    ],
)
def test_difference_is_said_in_one_sentence(difference: Difference, text: str) -> None:
    with translation.override("sv"):
        assert detail(difference, TELLING) == text


def test_several_places_are_said_against_those_that_are_needed() -> None:
    family = Need(
        municipality="1480",
        service_type="short_term_housing",
        wanted_start=date(2026, 3, 5),
        companions=(4, 7),
    )
    difference = Difference(Reason.NO_FREE_PLACE, free=-1)
    with translation.override("sv"):
        said = detail(difference, Telling(family, {}))
    assert said == "0 lediga, 3 behövs."
