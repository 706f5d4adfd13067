"""The standard texts of the sample: a few for each use, as an administrator would keep them."""

from datetime import date
from typing import Final, NamedTuple

from placements.actions import create_text
from placements.domain.standard_texts import Purpose
from spink.accounts.models import User


class Text(NamedTuple):
    purpose: Purpose
    name: str
    body: str
    service_type: str = ""


TEXTS: Final = (
    Text(
        Purpose.ASK_INFORMATION,
        "Mer om stödet",
        "Hej {socialsekreterare}!\n\n"
        "För att hitta rätt plats behöver vi veta mer om stödet i {referens}:\n"
        "– Behövs vaken personal på natten?\n"
        "– Vilka tider på dygnet behövs mest stöd?\n"
        "– Finns det något som gör att en verksamhet inte passar?\n\n"
        "Vi går vidare så snart du har svarat här.\n\n"
        "{handläggare}, {telefon}",
    ),
    Text(
        Purpose.ASK_INFORMATION,
        "Startdag och område",
        "Hej {socialsekreterare}!\n\n"
        "Ni har önskat start {startdag}. Kan den flyttas några dagar om rätt plats blir ledig"
        " först då? Finns det områden som inte går, till exempel för att någon bor där?\n\n"
        "{handläggare}, {telefon}",
    ),
    Text(
        Purpose.ASK_INFORMATION,
        "Skola och umgänge",
        "Hej {socialsekreterare}!\n\n"
        "Innan vi föreslår familjehem behöver vi veta hur långt det får vara till skolan, hur"
        " umgänget ser ut och vad barnet självt har sagt om var det vill bo.\n\n"
        "{handläggare}, {telefon}",
        "foster_home",
    ),
    Text(
        Purpose.RECOMMENDATION,
        "Ring i den här ordningen",
        "Hej {socialsekreterare}!\n\n"
        "Vi rekommenderar {verksamheter}. Ring dem i den ordning de står och säg att ni kommer"
        " från oss. Återkoppla sedan här vilken ni valde, även om det inte blev någon av dem:"
        " då letar vi vidare.\n\n"
        "{handläggare}, {telefon}",
    ),
    Text(
        Purpose.RECOMMENDATION,
        "Platsen hålls bara i dag",
        "Hej {socialsekreterare}!\n\n"
        "{verksamheter} har plats men kan bara hålla den i dag. Ring så snart du kan, och ring mig"
        " om du inte får tag på dem.\n\n"
        "{handläggare}, {telefon}",
    ),
    Text(
        Purpose.MESSAGE,
        "Vi matchar",
        "Hej {socialsekreterare}!\n\n"
        "Vi har börjat matcha {referens} och frågar verksamheter om plats. Skriv här om något"
        " ändras.\n\n"
        "{handläggare}, {telefon}",
    ),
    Text(
        Purpose.MESSAGE,
        "Påminnelse om återkoppling",
        "Hej {socialsekreterare}!\n\n"
        "Hur gick det med verksamheterna som vi rekommenderade? Återkoppla här vilken ni valde,"
        " så att platserna som ni inte behöver blir fria för andra.\n\n"
        "{handläggare}",
    ),
    Text(
        Purpose.ASK_PROVIDER,
        "Fråga om plats",
        "Hej!\n\n"
        "Vi söker en plats ({insats}) från den {startdag}. Kan ni svara på:\n"
        "– Har ni en ledig plats, och från vilken dag?\n"
        "– Vad kostar den per dygn, och vad ingår?\n"
        "– Har ni vaken personal på natten?\n\n"
        "Skriv inget om enskilda personer i svaret. Vi ringer om det som behöver sägas.\n\n"
        "{handläggare}, placeringshandläggare, Spink\n{telefon}",
    ),
    Text(
        Purpose.ASK_PROVIDER,
        "Påminnelse om svar",
        "Hej!\n\n"
        "Vi har frågat om en plats ({insats}) från den {startdag} och behöver ert svar i dag,"
        " även om det är nej.\n\n"
        "{handläggare}, placeringshandläggare, Spink\n{telefon}",
    ),
    Text(
        Purpose.HAND_OVER,
        "Ledighet",
        "Jag är ledig och lämnar över. Allt som är gjort står i tidslinjen. Börja med de"
        " utförare som inte har svarat.\n\n{handläggare}",
    ),
    Text(
        Purpose.HAND_OVER,
        "Bättre hos dig",
        "{referens} passar bättre hos dig som kan {insats}. Socialsekreteraren"
        " {socialsekreterare} vet att du tar över.\n\n{handläggare}, {telefon}",
    ),
)


def load_texts(*, day: date) -> int:
    """As the administrator of the sample has written them. How many."""
    administrator = User.objects.get(username="admin").actor
    for text in TEXTS:
        create_text(
            purpose=text.purpose,
            service_type=text.service_type,
            name=text.name,
            body=text.body,
            valid_from=day,
            by=administrator,
        )
    return len(TEXTS)
