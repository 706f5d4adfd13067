"""Standard texts: what they are for, and the closed list of what is filled in when one is used.

Nothing about the person is on the list, so that no text can carry it anywhere.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Purpose(StrEnum):
    ASK_INFORMATION = "ask_information"
    RECOMMENDATION = "recommendation"
    HAND_OVER = "hand_over"
    MESSAGE = "message"
    ASK_PROVIDER = "ask_provider"


class Placeholder(StrEnum):
    """As it is written between braces: {referens}."""

    REFERENCE = "referens"
    SERVICE = "insats"
    START = "startdag"
    UNITS = "verksamheter"
    OFFICER = "handläggare"
    PHONE = "telefon"
    FILER = "socialsekreterare"


EVERYWHERE = frozenset(Placeholder) - {Placeholder.UNITS}
OF_NO_REQUEST = frozenset({Placeholder.OFFICER, Placeholder.PHONE})
OUTSIDE = OF_NO_REQUEST | {Placeholder.SERVICE, Placeholder.START}
"""What a provider may read: not the reference and not who filed, which lead to the person."""
ALLOWED: Mapping[Purpose, frozenset[Placeholder]] = {
    Purpose.ASK_INFORMATION: EVERYWHERE,
    Purpose.RECOMMENDATION: frozenset(Placeholder),
    Purpose.HAND_OVER: EVERYWHERE,
    Purpose.MESSAGE: EVERYWHERE,
    Purpose.ASK_PROVIDER: OUTSIDE,
}
_WRITTEN = re.compile(r"\{([^{}]*)\}")


def unknown_in(body: str, purpose: Purpose) -> list[str]:
    """What stands between braces and is not on the purpose's list, and braces without a pair."""
    allowed = ALLOWED[purpose]
    unknown = [f"{{{name}}}" for name in _WRITTEN.findall(body) if name not in allowed]
    left = _WRITTEN.sub("", body)
    return list(dict.fromkeys([*unknown, *(brace for brace in "{}" if brace in left)]))


def says_the_same_of_all(body: str) -> bool:
    """Nothing in it is filled in from one request, so that many can share it."""
    return all(name in OF_NO_REQUEST for name in _WRITTEN.findall(body))


def filled(body: str, values: Mapping[Placeholder, str]) -> str:
    """Every placeholder replaced once: what is filled in is never read for more of them."""
    known = {placeholder.value: text for placeholder, text in values.items()}
    return _WRITTEN.sub(lambda found: known.get(found.group(1), found.group(0)), body)
