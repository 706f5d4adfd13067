"""Each service as it is asked for: by whom, of what age, with which needs and on which ground."""

from dataclasses import dataclass, field
from typing import Final

from spink.sample import facts
from spink.sample.drawing import Draw

AgeBand = tuple[int, int]

CHILD_BASES: Final = {"sol_4_1": 5.0, "sol_6_1a": 2.5, "lvu_2": 1.0, "lvu_3": 0.9, "lvu_6": 0.6}
ADULT_BASES: Final = {"sol_4_1": 1.0}
REQUIRED: Final = 0.28
"""The share of special needs that must be met; the others are wished."""
MOSTLY_REQUIRED: Final = {
    "active_substance_use": 0.75,
    "mobility": 0.9,
    "lss_person": 0.7,
    "opioid_substitution": 0.7,
    "threats_or_violence": 0.6,
}
DRUG_FREE: Final = 0.65
"""The share of requests for supported social housing that ask for drug-free housing."""

FOR_ADULTS: Final = (
    "Behöver stöd att komma igång med vardagsrutiner. God kontakt med öppenvården.",
    "Har bott hos bekanta en tid och står nu utan bostad. Vill gärna ha nära till buss.",
    "Har hund. Har bott i boende tidigare och trivdes i mindre grupp.",
    "Avslutar behandling och behöver boende direkt efter utskrivning.",
    "Arbetar deltid på förmiddagar. Behöver lugn miljö och personal som ser till dagligen.",
    "Tidigare boende avslutades på grund av störningar. Motiverad till förändring.",
    "",
)
FOR_CHILDREN: Final = (
    "Går i skolan och vill gärna kunna gå kvar. Regelbundet umgänge med föräldrarna.",
    "Har behov av tydlig struktur och vuxna som finns nära. Spelar fotboll två gånger i veckan.",
    "Två syskon placeras var för sig. Kontakten mellan dem ska underlättas.",
    "Tidigare familjehem har sagt upp sig. Barnet är informerat och vill bo kvar i trakten.",
    "Utredning pågår. Placeringen behöver kunna förlängas.",
    "",
)
FOR_DISABILITY: Final = (
    "Behöver stöd i alla dagliga situationer och förberedelse inför förändringar.",
    "Väntar på egen bostad. Korttidsboendet behöver kunna pågå tills den är klar.",
    "Använder rullstol inomhus. Behöver anpassat badrum.",
    "Daglig verksamhet tre dagar i veckan. Färdtjänst finns.",
    "",
)
FOR_SHELTER: Final = (
    "Behöver skyddas omgående. Arbetsplatsen är känd för den som hotar.",
    "Polisanmälan är gjord. Kontakt med åklagare pågår.",
    "Hot från tidigare krets. Behöver annan ort.",
    "",
)


@dataclass(frozen=True)
class Service:
    code: str
    ages: dict[AgeBand, float]
    women: float
    needs: dict[str, float]
    """Shares of requests with each need; empty: the published columns, by drug-free or not."""
    departments: dict[str, float]
    """Weights of Göteborg's departments, by short name."""
    units: tuple[str, ...]
    """Beginnings of the names of units that file for it."""
    per_person: float
    """Requests for it that a person has in a year, on average."""
    descriptions: tuple[str, ...]
    subtypes: dict[str, float] = field(default_factory=dict)
    legal_bases: dict[str, float] = field(default_factory=lambda: dict(ADULT_BASES))
    companions: float = 0.0
    team: str = "vuxna"


CITY: Final = {"Centrum": 28.0, "Hisingen": 25.0, "Nordost": 27.0, "Sydväst": 20.0}
DISABILITY: Final = {"Funktionsstöd": 78.0, "Centrum": 6, "Hisingen": 6, "Nordost": 6, "Sydväst": 4}
ADULT_UNITS: Final = ("Missbruk", "Boendestöd", "Mottagning vuxna", "Vuxenenheten", "Myndighet")
SHELTER_UNITS: Final = ("Relationsvåld", "Avhoppar", "Vuxenenheten")
CHILD_UNITS: Final = ("Utredning", "Placerade", "Mottagning barn", "Barn", "Ungdoms")
DISABILITY_UNITS: Final = (
    "Myndighet vuxna",
    "Myndighet socialpsyk",
    "Mottagning vuxna",
    "Funktion",
)

YOUNG_NEEDS: Final = {
    "neuropsychiatric": 0.38,
    "disability_or_ill_health": 0.22,
    "acting_out": 0.24,
    "criminality": 0.2,
    "self_harm": 0.16,
    "suicidal_acts": 0.1,
    "active_substance_use": 0.07,
    "threats_or_violence": 0.09,
    "intellectual_disability": 0.05,
}
CALM_YOUNG_NEEDS: Final = {need: share * 0.55 for need, share in YOUNG_NEEDS.items()}

SERVICES: Final = {
    service.code: service
    for service in (
        Service(
            "supported_social_housing",
            ages={(18, 24): 12, (25, 39): 36, (40, 54): 33, (55, 69): 17, (70, 78): 2},
            women=0.24,
            needs={},
            departments=CITY | {"Funktionsstöd": 3.0},
            units=ADULT_UNITS,
            per_person=1.62,
            descriptions=FOR_ADULTS,
            subtypes={
                "akutboende": 42,
                "kortsiktigt kollektivt": 17,
                "kortsiktigt lägenhet": 24,
                "långsiktigt kollektivt": 6,
                "långsiktigt lägenhet": 11,
            },
        ),
        Service(
            "emergency_aid_housing",
            ages={(20, 34): 4, (35, 49): 4, (50, 64): 2},
            women=0.45,
            needs={"disability_or_ill_health": 0.12},
            departments=CITY,
            units=("Hemlöshet", "Mottagning vuxna", "Boendestöd", "Vuxenenheten"),
            per_person=1.15,
            descriptions=FOR_ADULTS,
            companions=0.25,
        ),
        Service(
            "protected_housing",
            ages={(18, 24): 3, (25, 39): 5, (40, 59): 2},
            women=0.8,
            needs={
                "intimate_partner_violence": 0.55,
                "threats_or_violence": 0.22,
                "disability_or_ill_health": 0.16,
                "suicidal_acts": 0.05,
            },
            departments=CITY,
            units=SHELTER_UNITS,
            per_person=1.2,
            descriptions=FOR_SHELTER,
            companions=0.4,
        ),
        Service(
            "housing_first",
            ages={(23, 39): 4, (40, 54): 4, (55, 66): 2},
            women=0.3,
            needs={
                "active_substance_use": 0.55,
                "disability_or_ill_health": 0.4,
                "opioid_substitution": 0.15,
            },
            departments=CITY,
            units=ADULT_UNITS,
            per_person=1.05,
            descriptions=FOR_ADULTS,
        ),
        Service(
            "treatment",
            ages={(21, 29): 3, (30, 44): 4, (45, 64): 3},
            women=0.3,
            needs={
                "sober_since": 0.2,
                "disability_or_ill_health": 0.35,
                "criminality": 0.22,
                "neuropsychiatric": 0.2,
                "consequences_of_use": 0.2,
                "opioid_substitution": 0.08,
                "suicidal_acts": 0.06,
            },
            departments=CITY,
            units=("Missbruk", "Unga vuxna", "Vuxenenheten"),
            per_person=1.15,
            descriptions=FOR_ADULTS,
            subtypes={
                "behandlingshem (HVB)": 60,
                "öppenvård": 20,
                "förstärkt familjehemsvård": 14,
                "arbetskooperativ": 6,
            },
        ),
        Service(
            "residential_care_home",
            ages={(4, 9): 8, (10, 12): 10, (13, 15): 38, (16, 17): 38, (18, 19): 6},
            women=0.38,
            needs=YOUNG_NEEDS,
            departments=CITY,
            units=CHILD_UNITS,
            per_person=1.3,
            descriptions=FOR_CHILDREN,
            legal_bases=CHILD_BASES,
            team="barn-och-unga",
        ),
        Service(
            "supported_accommodation",
            ages={(16, 17): 5, (18, 20): 5},
            women=0.4,
            needs=CALM_YOUNG_NEEDS,
            departments=CITY,
            units=CHILD_UNITS,
            per_person=1.1,
            descriptions=FOR_CHILDREN,
            legal_bases=CHILD_BASES,
            team="barn-och-unga",
        ),
        Service(
            "foster_home",
            ages={(0, 6): 35, (7, 12): 28, (13, 17): 37},
            women=0.48,
            needs=CALM_YOUNG_NEEDS,
            departments=CITY,
            units=("Placerade", "Utredning", "Barn", "Ungdoms"),
            per_person=1.12,
            descriptions=FOR_CHILDREN,
            subtypes={"familjehem": 55, "jourhem": 45},
            legal_bases=CHILD_BASES,
            team="barn-och-unga",
        ),
        Service(
            "outpatient_care",
            ages={(6, 12): 3, (13, 18): 7},
            women=0.42,
            needs=CALM_YOUNG_NEEDS,
            departments=CITY,
            units=CHILD_UNITS,
            per_person=1.05,
            descriptions=FOR_CHILDREN,
            team="barn-och-unga",
        ),
        Service(
            "short_term_housing",
            ages={(18, 24): 20, (25, 39): 35, (40, 54): 28, (55, 64): 17},
            women=0.36,
            needs={
                "disability_or_ill_health": 0.75,
                "neuropsychiatric": 0.3,
                "supervision": 0.14,
                "self_harm": 0.1,
                "acting_out": 0.1,
                "suicidal_acts": 0.09,
                "active_substance_use": 0.06,
                "intellectual_disability": 0.1,
                "lss_person": 0.08,
            },
            departments=DISABILITY,
            units=DISABILITY_UNITS,
            per_person=1.06,
            descriptions=FOR_DISABILITY,
            subtypes={
                "psykiska funktionsnedsättningar": 70,
                "fysiska funktionsnedsättningar": 30,
            },
        ),
        Service(
            "short_term_stay",
            ages={(4, 9): 3, (10, 14): 4, (15, 20): 3},
            women=0.36,
            needs={
                "lss_person": 0.9,
                "intellectual_disability": 0.55,
                "neuropsychiatric": 0.6,
                "supervision": 0.35,
                "acting_out": 0.16,
                "mobility": 0.12,
            },
            departments={"Funktionsstöd": 1.0},
            units=("Myndighet barn", "Funktion"),
            per_person=1.04,
            descriptions=FOR_DISABILITY,
            subtypes={"korttidshem": 82, "lägerverksamhet": 18},
            legal_bases={"lss_9_6": 1.0},
        ),
    )
}


def needs_asked(
    service: Service, subtype: str, drug_free: bool | None, draw: Draw
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Needs that must be met, and needs that are wished to be met."""
    shares = _shares(service, subtype, drug_free)
    asked = [need for need, share in shares.items() if draw.chance(share)]
    required = [need for need in asked if draw.chance(MOSTLY_REQUIRED.get(need, REQUIRED))]
    return tuple(required), tuple(need for need in asked if need not in required)


def _shares(service: Service, subtype: str, drug_free: bool | None) -> dict[str, float]:
    if service.needs:
        wheelchair = {"mobility": 0.6} if subtype.startswith("fysiska") else {}
        return service.needs | wheelchair
    return {need: share[bool(drug_free)] for need, share in facts.special_needs().items()}
