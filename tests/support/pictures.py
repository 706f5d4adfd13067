"""Pictures of the user guide, taken where a browser's test plays the story that the guide tells.

Taken only on request: `SPINK_PICTURES=1 make test TESTS=tests/e2e` writes them into docs/pictures.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

FOLDER = Path(__file__).resolve().parents[2] / "docs/pictures"
WIDTH, HEIGHT = 1280, 900


def picture(page: Page, name: str, *, whole: bool = False) -> None:
    """The page from its top; `whole` with what lies below the window's lower edge."""
    if os.environ.get("SPINK_PICTURES", "") in ("", "0"):
        return
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=whole, animations="disabled")
