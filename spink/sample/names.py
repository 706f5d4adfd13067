"""Invented names: of units, of providers, of people. Put together from words that do not belong
together in any firm that we know of; numbers and addresses are of series that nobody has.
"""

from collections.abc import Iterator
from typing import Final

from spink.sample.drawing import Draw


def _words(text: str) -> list[str]:
    return text.split()


FIRST: Final = _words(
    "Alm Asp Bark Björn Blåbär Boll Brand Bräken Brunn Duv Dyning Ejder Ek Fibbl Fjäll Fjär Flod "
    "Frost Fågel Getrams Glim Gran Gull Gärds Hagtorn Hassel Havre Hed Hjort Humle Häger Hägg "
    "Klint Klöver Knipp Korn Kråk Lark Lavendel Lind Ljung Lodjur Lom Lyng Lärk Lönn Malva Mistel "
    "Myr Mån Nors Nyckel Näckros Odon Olvon Oxel Pil Pors Rips Rug Rönn Sand Silver Skogs Slån "
    "Snö Spire Spov Stare Stjärn Stork Svan Säv Sälg Tall Tistel Trast Tranbär Trol Tärn Ugg Vass "
    "Vete Vide Vild Vinter Vipp Ärt Örn"
)
PLACES_ON_LAND: Final = _words(
    "backen berget brinken bryggan dalen fallet gläntan grinden gården hagen heden holmen kullen "
    "källan lunden lyckan maden näset röset slänten stigen strömmen tegen tunet udden vallen viken "
    "vången ängen åsen"
)
FIRM_ENDS: Final = _words(
    "dimma glöd gnista hamn kärr ljus måne ringla sken skimmer spår stig syra vinge vind våg"
)
FIRM_KINDS: Final = ("Omsorg", "Vård", "Stöd", "Boende", "Vård och Stöd", "Utveckling")

GIVEN_WOMEN: Final = _words(
    "Agnes Aida Alma Amina Anja Astrid Birgit Cecilia Dalia Ebba Edith Elin Elvira Emina Ester "
    "Fatima Frida Greta Hanna Hedda Ines Ingrid Jasmin Johanna Karin Klara Lea Leila Linnea Maja "
    "Malin Mariam Märta Nadia Nora Olga Petra Rana Rut Sara Signe Siri Stina Svea Tilda Tuva Vera "
    "Ylva Zahra Åsa"
)
GIVEN_MEN: Final = _words(
    "Adam Ahmed Albin Ali Anton Arvid Axel Bashir Birger David Edvin Elias Emil Erik Felix Filip "
    "Folke Gustav Hamid Harald Hugo Ibrahim Isak Ivan Jakob Johan Jonas Karim Kasper Love Ludvig "
    "Malte Milan Nils Noel Olle Omar Oskar Otto Ruben Samir Sixten Sten Tage Tariq Ture Valter "
    "Viggo Yusuf Örjan"
)
FAMILY: Final = _words(
    "Ahlvik Almgren Askfors Berghag Björkfalk Boström Brantvik Cederhag Dalkvist Ekhamre Elgvall "
    "Fagerlid Falkmo Florander Forsnäs Granlyng Grimstad Gyllhag Hagelvik Havsmark Hedvall "
    "Hildebro Holmsjö Hällstad Idehag Jarlvik Kallhed Klintmo Kronlid Kvarnhed Lagerås Lindmo "
    "Ljungvall Lundevik Malmhed Mosskär Myrstrand Nordhag Norrvik Näsfors Odenvik Palmlid Rosmark "
    "Rydfalk Rönnvik Sandhed Sjövall Skoghem Skärlid Stenmo Strandvik Sundhag Svartlid Sävlund "
    "Tallvik Torpman Tångvall Ulvhed Vallmo Vikhed Västfors Wallmark Åkervik Ängvall Öhrvik"
)


def unit_names(draw: Draw) -> Iterator[str]:
    """Names without end, none twice."""
    every = draw.shuffled([f"{first}{end}" for first in FIRST for end in PLACES_ON_LAND])
    yield from every
    yield from (f"{name} {number}" for number in range(2, 1000) for name in every)


def firm_names(draw: Draw) -> Iterator[str]:
    yield from draw.shuffled([f"{first}{end}" for first in FIRST for end in FIRM_ENDS])


def organisation_numbers(draw: Draw) -> Iterator[str]:
    """Ten digits with a right check digit; no legal form's series begins with 4, so nobody has
    them (first digits in use: 1-3 and 5-9)."""
    used = set()
    while True:
        body = f"4{draw.whole(0, 9)}{draw.whole(2, 9)}{draw.whole(0, 999_999):06}"
        if body not in used:
            used.add(body)
            yield body + luhn_digit(body)


def luhn_digit(body: str) -> str:
    total = 0
    for position, character in enumerate(reversed(body)):
        value = int(character) * (1 if position % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def person_name(draw: Draw, gender: str = "") -> tuple[str, str]:
    """Given name and family name."""
    given = {"woman": GIVEN_WOMEN, "man": GIVEN_MEN}.get(gender, GIVEN_WOMEN + GIVEN_MEN)
    return draw.one(given), draw.one(FAMILY)


def phone(draw: Draw) -> str:
    """Of the series that are kept for books and films (PTS): 031-390 06 00 to 06 99."""
    return f"031-390 06 {draw.whole(0, 99):02}"


def ascii_name(text: str) -> str:
    table = str.maketrans("åäöéü ", "aaoeu-")
    plain = text.lower().translate(table)
    return "".join(mark for mark in plain if mark.isascii() and (mark.isalnum() or mark == "-"))
