"""A visitor who has nothing but a keyboard: walks by Tab, and looks where the focus is."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

MOST_TABS = 250

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const isDrawn = (one) => {
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== "none";
  };
  const line = element.matches("[type=radio], [type=checkbox]") && element.closest(".ds-field");
  const drawn = [element, line].some((one) => one && isDrawn(one));
  const label = element.labels?.[0]?.innerText;
  const inSight = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0
    && box.top < innerHeight && box.left < innerWidth;
  const at = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1));
  const uncovered = !!at && (element.contains(at) || at.contains(element)
    || !!element.labels?.[0]?.contains(at));
  const chosen = element.selectedOptions?.[0]?.innerText;
  return {
    name: (element.getAttribute("aria-label") || label || element.innerText || element.value || "")
      .replace(/\\s+/g, " ").trim(),
    kind: element.type || element.tagName.toLowerCase(),
    visible: drawn && inSight && uncovered,
    chosen: (chosen || "").trim(),
    checked: !!element.checked,
    stop: (window.stopsOfTab || []).indexOf(element),
  };
}"""


STOPS = """() => {
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, "
    + "[tabindex='0']";
  const groups = new Set();
  const isMet = (one) => {
    if (one.disabled || one.tabIndex < 0 || !one.checkVisibility()) return false;
    if (one.type !== "radio") return true;
    const group = [...document.getElementsByName(one.name)];
    if (group.some((other) => other.checked) ? !one.checked : groups.has(one.name)) return false;
    return groups.add(one.name);
  };
  window.stopsOfTab = [...document.querySelectorAll(can)].filter(isMet);
  return window.stopsOfTab.map((one) => one.getAttribute("aria-label") || one.labels?.[0]?.innerText
    || one.innerText || one.name || one.id);
}"""
"""Whatever can be used: of radio buttons the one that is chosen, or the first."""


@dataclass(frozen=True)
class Focused:
    name: str
    kind: str
    visible: bool
    chosen: str
    checked: bool
    stop: int
    """Which of the page's stops of Tab it is, where they were counted."""


class Lost(AssertionError):
    """Tab does not lead there, or the focus cannot be seen."""


class Keyboard:
    """Every step of the focus is looked at: one that cannot be seen ends the story."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)
        self._page.wait_for_load_state()

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def focused(self) -> Focused | None:
        found: dict[str, Any] | None = self._page.evaluate(FOCUSED)
        if found is None:
            return None
        focused = Focused(**found)
        if not focused.visible:
            raise Lost(f"{self._page.url}: the focus on {focused} cannot be seen")
        return focused

    def to(self, name: str, *kinds: str) -> None:
        """Tab until the focus is on what is called so; `kinds` where several are."""
        met: list[str] = []
        for _ in range(MOST_TABS):
            self._page.keyboard.press("Tab")
            focused = self.focused()
            if focused and focused.name.startswith(name) and (not kinds or focused.kind in kinds):
                return
            met.append(focused.name if focused else "–")
        raise Lost(f"{self._page.url}: no {name!r} among {met[:60]}")

    def unreached(self) -> list[str]:
        """What can be used on the page, and Tab does not lead to; each step of it can be seen."""
        names: list[str] = self._page.evaluate(STOPS)
        met: set[int] = set()
        for _ in range(2 * len(names) + 2):  # a page may put the focus somewhere to begin with
            if met.issuperset(range(len(names))):
                break
            self._page.keyboard.press("Tab")
            if focused := self.focused():
                met.add(focused.stop)
        return [name for at, name in enumerate(names) if at not in met]

    def fill(self, name: str, text: str) -> None:
        self.to(name, "text", "password", "number", "textarea", "search")
        self.press("Control+a")
        self.type(text)

    def choose(self, name: str, beginning: str) -> None:
        """An option of a list: to its first word by letters, and on by the arrow."""
        self.to(name, "select-one")
        self.type(beginning.partition(" ")[0].rstrip(","))
        for _ in range(30):
            focused = self.focused()
            if focused and focused.chosen.startswith(beginning):
                return
            self._page.keyboard.press("ArrowDown")
        raise Lost(f"{self._page.url}: no {beginning!r} in the list {name!r}")

    def pick(self, first: str, wanted: str) -> None:
        """One of the radio buttons of a group, by the arrows from the one that Tab leads to."""
        self.to(first, "radio")
        self._page.keyboard.press("Space")
        for _ in range(20):
            focused = self.focused()
            if focused and focused.name.startswith(wanted):
                return
            self._page.keyboard.press("ArrowDown")
        raise Lost(f"{self._page.url}: no {wanted!r} in the group of {first!r}")

    def activate(self, name: str, *kinds: str) -> None:
        """A link or a button, by Enter."""
        self.to(name, *(kinds or ("submit", "button", "a", "summary")))
        with self._page.expect_event("load", timeout=15_000):
            self._page.keyboard.press("Enter")

    def mark(self, name: str) -> None:
        self.to(name, "checkbox")
        self.press("Space")

    def open_by(self, key: str) -> None:
        """A shortcut that leads to another page."""
        with self._page.expect_event("load", timeout=15_000):
            self._page.keyboard.press(key)
