"""A request filled in by clicking, section by section, as a social worker does it in a browser."""

from dataclasses import dataclass
from datetime import timedelta

from playwright.sync_api import Page, expect

from spink.foundation import clock
from tests.support.filing import TEST_NUMBER

DAYS_AHEAD = timedelta(days=7)


def click(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def save(page: Page) -> None:
    click(page, "Spara och fortsätt")


def reference_of(page: Page) -> str:
    """The request that the page is about, by its address: /requests/<reference>/…"""
    return page.url.split("/requests/")[1].split("/")[0]


@dataclass(frozen=True)
class Who:
    given: str
    family: str
    age: int
    gender: str
    has_number: bool = True
    """One of the official test numbers, which says no age."""
    mark: str = ""


def say_who(page: Page, who: Who) -> None:
    if who.has_number:
        page.get_by_label("Samordningsnummer").check()
        page.get_by_label("Nummer", exact=True).fill(TEST_NUMBER)
    else:
        page.get_by_label("Inget nummer").check()
    page.get_by_label("Förnamn").fill(who.given)
    page.get_by_label("Efternamn").fill(who.family)
    page.get_by_label("Ålder").fill(str(who.age))
    page.get_by_label(who.gender, exact=True).check()
    if who.mark:
        page.get_by_label(who.mark, exact=True).check()
    save(page)


def say_what(page: Page, service: str, subtype: str) -> None:
    page.get_by_label("Insats").select_option(service)
    page.get_by_label("Inriktning").select_option(subtype)
    save(page)


def say_when(page: Page, *, urgency: str = "Snart") -> None:
    page.get_by_label("Lagrum").select_option("sol_2025")
    page.get_by_label("Beslutsdatum").fill(clock.today().isoformat())
    page.get_by_label("Önskad start").fill((clock.today() + DAYS_AHEAD).isoformat())
    page.get_by_label(urgency).check()
    save(page)


def say_the_rest(page: Page) -> None:
    """No needs, no place, and the basis for disclosure."""
    save(page)
    save(page)
    page.get_by_label("Med vilken grund").select_option("consent")
    save(page)


def send(page: Page) -> str:
    """From the list of sections; gives the reference number."""
    page.get_by_role("link", name="Kontrollera dina svar").click()
    click(page, "Skicka förfrågan")
    expect(page.get_by_role("status")).to_contain_text("är skickad")
    return reference_of(page)
