"""What axe remarks on a page."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

RUN = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]})
  .then(({violations}) => violations.map(({id, nodes}) => [id, nodes[0].target]))"""
"""Only what is remarked on leaves the browser: all that axe found good would take longer."""


def remarks_on(page: Page) -> list[tuple[str, Any]]:
    """The rules that are broken, each with the first element that breaks it."""
    page.evaluate(AXE_SCRIPT)
    found: list[tuple[str, Any]] = page.evaluate(RUN, RULES)
    return found
