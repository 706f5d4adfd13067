"""What kinds of care units the register holds, and how many of each on which rung.

Counts of contracts and of Göteborg's own units follow the published figures where they give any;
everything else is invented to be plausible.
"""

from dataclasses import dataclass, field
from typing import Final

Ages = tuple[int, int | None]

ADULTS: Final[dict[Ages, float]] = {(18, None): 6, (20, None): 2, (21, None): 2, (18, 65): 2}
ANYBODY: Final[dict[tuple[str, ...], float]] = {(): 7, ("woman",): 1.2, ("man",): 1.8}
CHILDREN_HOMES: Final[dict[Ages, float]] = {
    (13, 17): 4,
    (12, 18): 2,
    (15, 20): 3,
    (10, 15): 1,
    (0, 12): 1.5,
    (6, 17): 2,
}


@dataclass(frozen=True)
class Counts:
    """Units by rung. `contracts` run under the framework agreement in force at the start."""

    own: int = 0
    own_elsewhere: int = 0
    iop: int = 0
    contracts: int = 0
    direct: int = 0


@dataclass(frozen=True)
class Profile:
    key: str
    service_type: str
    counts: Counts
    subtypes: dict[tuple[str, ...], float]
    """Weights of the lists of subtypes that a unit gives; the empty list is all."""
    ages: dict[Ages, float]
    rate: tuple[float, float]
    places: tuple[int, int] | None
    """None: not counted in places."""
    methods: tuple[str, ...]
    genders: dict[tuple[str, ...], float] = field(default_factory=lambda: dict(ANYBODY))
    companion_ages: Ages | None = None
    drug_free: float | None = None
    """The share that is drug-free; None where it is not said."""
    permit: str = ""
    """The activity that IVO's permit names; empty where none is needed."""
    permit_needed_from: str = ""
    rate_unit: str = "day"
    far: float = 0.0
    """The share that lies outside the ten municipalities."""
    knows: tuple[str, ...] = ()
    """Needs that units of this kind nearly always meet."""
    refuses: tuple[str, ...] = ()
    """Needs that many units of this kind refuse."""
    idea_based: float = 0.1


PROFILES: Final = (
    Profile(
        "social",
        "supported_social_housing",
        Counts(own=17, own_elsewhere=9, contracts=33, direct=14),
        {
            ("akutboende",): 3,
            ("kortsiktigt kollektivt",): 3,
            ("kortsiktigt lägenhet",): 3,
            ("akutboende", "kortsiktigt kollektivt"): 1,
            ("kortsiktigt lägenhet", "långsiktigt lägenhet"): 3,
            ("kortsiktigt kollektivt", "långsiktigt kollektivt"): 2,
            ("långsiktigt lägenhet",): 1,
        },
        ADULTS,
        (780, 1850),
        (6, 24),
        ("MI", "Återfallsprevention", "Lågaffektivt bemötande", "Boendestöd", "Case management"),
        drug_free=0.65,
        idea_based=0.2,
    ),
    Profile(
        "emergency",
        "emergency_aid_housing",
        Counts(own=3, own_elsewhere=5, direct=12),
        {(): 1},
        {(18, None): 1},
        (590, 1150),
        (8, 30),
        ("Boendevärd", "MI"),
        companion_ages=(0, 17),
        idea_based=0.15,
        knows=("disability_or_ill_health",),
    ),
    Profile(
        "shelter",
        "protected_housing",
        Counts(own=1, own_elsewhere=1, iop=8, contracts=12, direct=12),
        {
            ("våld i nära relation eller hedersrelaterat våld",): 6,
            ("avhoppare",): 2,
            ("annan orsak", "avhoppare"): 2,
            ("våld i nära relation eller hedersrelaterat våld", "annan orsak"): 3,
        },
        {(18, None): 5, (16, None): 1, (18, 65): 1},
        (1900, 3900),
        (5, 14),
        ("Säkerhetsplanering", "Traumamedveten omsorg", "Samtalsstöd för barn", "FREDA"),
        genders={("woman",): 5, (): 3, ("man",): 2},
        companion_ages=(0, 17),
        permit="Skyddat boende",
        permit_needed_from="2024-04-01",
        knows=("intimate_partner_violence", "threats_or_violence"),
        far=0.3,
        idea_based=0.3,
    ),
    Profile(
        "housing_first",
        "housing_first",
        Counts(own=2, own_elsewhere=1, contracts=2),
        {(): 1},
        {(21, None): 1, (18, None): 1},
        (520, 760),
        (25, 60),
        ("Bostad först", "Peer support", "Skadereducering", "Case management"),
        genders={(): 1},
        knows=("active_substance_use", "disability_or_ill_health", "opioid_substitution"),
        idea_based=1.0,
    ),
    Profile(
        "work_cooperative",
        "treatment",
        Counts(contracts=2, direct=1),
        {("arbetskooperativ",): 1},
        {(18, 65): 1, (20, 64): 1},
        (8200, 11900),
        None,
        ("Arbetsträning", "Självhjälp"),
        rate_unit="month",
        idea_based=0.8,
        knows=("sober_since", "criminality"),
    ),
    Profile(
        "reinforced_family",
        "treatment",
        Counts(contracts=6, direct=6),
        {("förstärkt familjehemsvård",): 1},
        {(21, None): 1},
        (1450, 2500),
        (8, 30),
        ("Kontaktperson i familj", "KBT", "Återfallsprevention"),
        far=0.4,
        permit="Konsulentverksamhet",
        knows=("sober_since", "disability_or_ill_health"),
    ),
    Profile(
        "treatment_home",
        "treatment",
        Counts(contracts=28, direct=45),
        {("behandlingshem (HVB)",): 1},
        {(18, None): 3, (20, None): 2, (21, None): 2, (18, 65): 2},
        (2150, 3950),
        (6, 22),
        ("12-stegsprogram", "CRA", "KBT", "Återfallsprevention", "MATRIX", "ADHD-anpassad vård"),
        genders={(): 4, ("man",): 3, ("woman",): 2},
        permit="Hem för vård eller boende",
        far=0.6,
        knows=("sober_since", "criminality", "consequences_of_use"),
        refuses=("threats_or_violence",),
        idea_based=0.15,
    ),
    Profile(
        "adult_outpatient",
        "treatment",
        Counts(contracts=5, direct=14),
        {("öppenvård",): 1},
        {(18, None): 1},
        (840, 1290),
        None,
        ("CRA", "Återfallsprevention", "MI", "Haschavvänjning"),
        rate_unit="hour",
        genders={(): 1},
        knows=("sober_since", "active_substance_use"),
    ),
    Profile(
        "youth_housing",
        "supported_accommodation",
        Counts(own=4, own_elsewhere=4, contracts=12, direct=7),
        {(): 1},
        {(16, 20): 6, (17, 20): 2, (18, 20): 2},
        (1350, 2350),
        (5, 16),
        ("Vardagsträning", "Studie- och yrkesstöd", "MI", "ART"),
        genders={(): 5, ("woman",): 2, ("man",): 2},
        permit="Stödboende",
    ),
    Profile(
        "foster",
        "foster_home",
        Counts(contracts=20, direct=15),
        {("familjehem",): 3, ("familjehem", "jourhem"): 4, ("jourhem",): 2},
        {(0, 20): 5, (0, 17): 4, (7, 20): 2, (0, 12): 1},
        (1250, 2350),
        None,
        ("Konsulentstöd dygnet runt", "Anknytningsbaserat stöd", "Traumamedveten omsorg"),
        genders={(): 1},
        permit="Konsulentverksamhet",
        far=0.25,
        idea_based=0.15,
    ),
    Profile(
        "children_home",
        "residential_care_home",
        Counts(own=3, own_elsewhere=2, contracts=32, direct=26),
        {
            ("akut",): 4,
            ("behandling",): 5,
            ("utredning",): 1,
            ("akut", "utredning"): 3,
            ("akut", "behandling"): 3,
            ("behandling", "utredning"): 1,
        },
        CHILDREN_HOMES,
        (4400, 8900),
        (4, 9),
        ("Traumamedveten omsorg", "ART", "Lågaffektivt bemötande", "BBIC-utredning", "Repulse"),
        genders={(): 4, ("woman",): 2, ("man",): 4},
        permit="Hem för vård eller boende",
        far=0.35,
        knows=("neuropsychiatric", "acting_out"),
        refuses=("active_substance_use",),
    ),
    Profile(
        "child_outpatient",
        "outpatient_care",
        Counts(contracts=12, direct=10),
        {(): 1},
        {(0, 20): 4, (12, 20): 3, (6, 17): 1},
        (890, 1390),
        None,
        ("FFT", "MST", "Marte Meo", "Funktionell familjebehandling", "ART"),
        genders={(): 1},
        rate_unit="hour",
        knows=("neuropsychiatric", "criminality"),
    ),
    Profile(
        "short_term_psychiatric",
        "short_term_housing",
        Counts(own_elsewhere=2, contracts=30, direct=5),
        {("psykiska funktionsnedsättningar",): 1},
        {(18, None): 4, (18, 65): 3, (20, None): 1},
        (2350, 3950),
        (5, 14),
        ("Lågaffektivt bemötande", "Tydliggörande pedagogik", "ESL", "Vardagsstruktur"),
        permit="Hem för viss annan heldygnsvård",
        knows=("disability_or_ill_health", "neuropsychiatric"),
        refuses=("active_substance_use",),
    ),
    Profile(
        "short_term_physical",
        "short_term_housing",
        Counts(own=1, own_elsewhere=1, contracts=16, direct=3),
        {("fysiska funktionsnedsättningar",): 1},
        {(18, None): 4, (18, 65): 3},
        (2550, 4250),
        (5, 12),
        ("Rehabiliterande arbetssätt", "Vardagsstruktur", "Hjälpmedelsanpassad miljö"),
        genders={(): 1},
        permit="Hem för viss annan heldygnsvård",
        knows=("disability_or_ill_health", "mobility"),
        refuses=("active_substance_use", "threats_or_violence"),
    ),
    Profile(
        "short_term_stay",
        "short_term_stay",
        Counts(own=3, own_elsewhere=6, contracts=4, direct=2),
        {("korttidshem",): 1},
        {(0, 21): 3, (6, 21): 2, (12, 25): 1},
        (3100, 5600),
        (4, 8),
        ("Tydliggörande pedagogik", "AKK", "Lågaffektivt bemötande"),
        genders={(): 1},
        permit="Korttidsvistelse LSS",
        knows=("lss_person", "intellectual_disability", "neuropsychiatric", "supervision"),
    ),
    Profile(
        "camp",
        "short_term_stay",
        Counts(contracts=2, direct=1),
        {("lägerverksamhet",): 1},
        {(7, 21): 1, (12, 25): 1},
        (3400, 4900),
        (8, 16),
        ("Friluftsliv", "Tydliggörande pedagogik"),
        genders={(): 1},
        permit="Korttidsvistelse LSS",
        knows=("lss_person", "intellectual_disability", "neuropsychiatric"),
        idea_based=0.6,
    ),
    Profile(
        "special_children",
        "special_service_housing",
        Counts(own=2, own_elsewhere=2, contracts=16, direct=4),
        {("barn",): 1},
        {(7, 20): 2, (0, 20): 1, (12, 21): 1},
        (5600, 9400),
        (3, 6),
        ("Tydliggörande pedagogik", "AKK", "Lågaffektivt bemötande"),
        genders={(): 1},
        permit="Bostad med särskild service LSS",
        knows=("lss_person", "intellectual_disability", "supervision", "neuropsychiatric"),
    ),
    Profile(
        "special_adults",
        "special_service_housing",
        Counts(own=12, own_elsewhere=10, contracts=177, direct=6),
        {("vuxna",): 1},
        {(18, None): 1},
        (2900, 6200),
        (4, 9),
        ("Tydliggörande pedagogik", "AKK", "Lågaffektivt bemötande", "Pedagogiskt ramverk"),
        genders={(): 1},
        permit="Bostad med särskild service LSS",
        knows=("lss_person", "intellectual_disability", "supervision"),
        far=0.35,
    ),
    Profile(
        "assignment_home",
        "temporary_protection_home",
        Counts(own=5, own_elsewhere=5, iop=4),
        {(): 1},
        {(0, None): 1},
        (350, 610),
        (12, 60),
        ("Samhällsorientering", "Boendevärd"),
        genders={(): 1},
        companion_ages=(0, None),
        idea_based=1.0,
    ),
)
