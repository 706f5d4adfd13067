"""What stands on a provider's timeline, whatever part of the register or the control tells it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from providers.models import Provider
from spink.accounts.domain.reach import Reach

SOON: Final = timedelta(days=90)
MOST_OF_A_KIND: Final = 200


@dataclass(frozen=True, slots=True)
class Happening:
    """On a day; `look` and `state` say in shape and word what came of it.

    `ends`: on that day something ends that the provider needs, and nothing follows it yet.
    """

    day: date
    text: str
    look: str
    state: str
    under: str = ""
    url: str = ""
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose timeline, for whom, on which day."""

    provider: Provider
    reach: Reach
    today: date


Teller = Callable[[Asked], Iterable[Happening]]
"""Tells what one part knows of a provider to those who may know it, in a number of queries that
does not depend on how much that is. At most MOST_OF_A_KIND, the latest."""
