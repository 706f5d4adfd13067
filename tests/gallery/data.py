"""Made-up content for the pages of components."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Row
from typing import Any

NOW = datetime(2026, 3, 3, 13, 32, tzinfo=UTC)
TODAY = NOW.date()

MET = ["Särskilt behov av tillsyn", "Neuropsykiatrisk funktionsnedsättning"]

UNITS = [
    Row(
        id=1,
        name="Gläntan",
        under="Bergvik Omsorg AB, Mölndal",
        met=MET,
        free=3,
        total=12,
        counted=NOW - timedelta(hours=6),
        rate=2950,
        since=TODAY.replace(month=2, day=1),
        metres=6321,
        rank=2,
        visited=TODAY - timedelta(days=109),
    ),
    Row(
        id=2,
        name="Sjöbo",
        under="Stiftelsen Sjöbo, Göteborg (Hisingen)",
        met=MET[:1],
        free=1,
        total=9,
        counted=NOW - timedelta(days=9),
        rate=3120,
        since=TODAY.replace(month=2, day=1),
        metres=3800,
        rank=4,
        visited=TODAY - timedelta(days=286),
    ),
]

OTHERS = [
    Row(
        id=3,
        name="Klippan",
        under="Klippans Stöd AB, Kungälv",
        met=MET[:1],
        free=2,
        total=6,
        counted=NOW - timedelta(days=1),
        rate=3480,
        since=TODAY - timedelta(days=50),
        metres=17100,
        rank=None,
        visited=None,
    ),
    Row(
        id=4,
        name="Norrhagen",
        under="Hagens Vård AB, Lerum",
        met=[],
        free=1,
        total=4,
        counted=NOW - timedelta(hours=7),
        rate=3750,
        since=TODAY - timedelta(days=250),
        metres=24600,
        rank=None,
        visited=None,
    ),
]

REASONS = [
    Row(text=text, count=count, url="#")
    for text, count in {
        "Annan insats": 338,
        "Annan inriktning": 29,
        "Inte öppen på startdagen": 2,
        "Åldern": 9,
        "Könet": 6,
        "Tar inte emot behovet": 8,
        "Möter inte ett behov": 27,
        "Tillstånd saknas": 1,
        "Ingen ledig plats": 24,
        "Stoppad": 4,
        "Inget avtal": 1338,
        "Avtalet gäller inte startdagen": 5,
        "För långt bort": 16,
    }.items()
]

NEAR = [
    Row(
        name="Björkgården",
        under="Ramavtal, rang 1, Alingsås",
        url="#",
        reason="För långt bort:",
        detail="47,2 km, gränsen är 40 km.",
        action="Fråga socialsekreteraren",
        action_url="#",
    ),
    Row(
        name="Ängen",
        under="Egen regi, Göteborg",
        url="#",
        reason="Ingen ledig plats:",
        detail="nästa blir ledig 24 mars, 19 dagar efter önskad start.",
        action="Fråga verksamheten",
        action_url="#",
    ),
]

STEPS = [
    Row(title="Skickad", note="2 mars 10:14", state="done"),
    Row(title="Matchad", note="3 mars 14:32", state="done"),
    Row(title="Rekommenderad", note="3 mars 15:06", state="done"),
    Row(title="Återkoppla", note="nu, senast fredag 6 mars", state="now"),
    Row(title="Avslutad", note="när du har återkopplat", state="later"),
]

ENTRIES = [
    Row(
        at=NOW,
        who="Elin Berg, Spink",
        text="Spink rekommenderade Gläntan och Sjöbo",
        internal=False,
        note="",
    ),
    Row(
        at=NOW - timedelta(minutes=30),
        who="",
        text="Gläntan svarade: plats 5 mars",
        internal=False,
        note="Nattpersonal finns alla dagar.",
    ),
    Row(
        at=NOW - timedelta(hours=20),
        who="Elin Berg",
        text="Ring föreståndaren före tolv",
        internal=True,
        note="",
    ),
    Row(at=NOW - timedelta(days=12), who="", text="Du skickade förfrågan", internal=False, note=""),
]

TASKS = [
    Row(title="Personen", url="#", state="done", word="Klar", note="A.L., 34 år"),
    Row(
        title="Insats och beslut",
        url="#",
        state="working",
        word="Påbörjad",
        note="Beslutsdag saknas",
    ),
    Row(title="Särskilda behov", url="#", state="new", word="Inte påbörjad", note=""),
    Row(title="Kontrollera och skicka", url="#", state="none", word="Kan inte göras än", note=""),
]

TABS = [
    Row(label="Förfrågan", url="#", current=False, count=""),
    Row(label="Matchning", url="#", current=True, count=""),
    Row(label="Frågor till utförare", url="#", current=False, count=1),
    Row(label="Meddelanden", url="#", current=False, count=2),
    Row(label="Tidslinje", url="#", current=False, count=""),
]

TRAIL = [Row(label="Arbetskö", url="#"), Row(label="2026-01243", url="")]

GROUPS = [
    (
        "Försenade",
        "",
        [
            Row(
                id=11,
                service="Skyddat boende",
                reference="2026-01171",
                person="",
                protected=True,
                department="",
                state="working",
                word="Matchas",
                urgent=False,
                news="",
                due=NOW - timedelta(days=1),
                owner="Du",
            ),
            Row(
                id=12,
                service="Socialt boende med stöd, akutboende",
                reference="2026-01198",
                person="M.K., 41 år",
                protected=False,
                department="Nordost",
                state="working",
                word="Matchas",
                urgent=False,
                news="Komplettering kom i dag 13:05",
                due=NOW - timedelta(hours=2),
                owner="Du",
            ),
        ],
    ),
    (
        "I dag",
        "",
        [
            Row(
                id=13,
                service="Korttidsboende, fysiska funktionsnedsättningar",
                reference="2026-01243",
                person="A.L., 34 år",
                protected=False,
                department="Funktionsstöd",
                state="working",
                word="Matchas",
                urgent=True,
                news="",
                due=NOW + timedelta(minutes=88),
                owner="Du",
            ),
            Row(
                id=14,
                service="Nödbistånd boende",
                reference="2026-01230",
                person="T.S., 29 år",
                protected=False,
                department="Sydväst",
                state="new",
                word="Ny",
                urgent=False,
                news="Kom i dag 10:55",
                due=NOW + timedelta(hours=3),
                owner="Ruben Ahl",
            ),
        ],
    ),
    (
        "Väntar på andra",
        "Inget att göra förrän svaret kommer.",
        [
            Row(
                id=15,
                service="Behandlingsinsatser, behandlingshem (HVB)",
                reference="2026-01204",
                person="J.B., 38 år",
                protected=False,
                department="Centrum",
                state="waiting",
                word="Väntar på utförare",
                urgent=False,
                news="Två av tre har svarat",
                due=NOW + timedelta(hours=22),
                owner="",
            ),
        ],
    ),
]

CHOSEN = [Row(text="Läge: öppna", url="#"), Row(text="Förvaltning: Centrum", url="#")]

COLORS: dict[str, Any] = {
    "Ny": "new",
    "Matchas": "working",
    "Väntar på utförare": "waiting",
    "Passar": "fits",
    "Klar": "done",
    "Räknat i dag": "fresh",
    "Brådskande": "urgent",
    "Försenad": "late",
    "Osäkert": "old",
    "Stoppad": "stopped",
    "Skyddade uppgifter": "protected",
    "Inga lediga platser": "none",
    "2 passar": "reserve",
}
