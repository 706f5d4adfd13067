"""What other apps show of a client on its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from spink.accounts.models import ApiClient


@dataclass(frozen=True, slots=True)
class Beside:
    template: str
    told: dict[str, Any]


_tellers: list[Callable[[ApiClient], Beside]] = []


def stands_beside(teller: Callable[[ApiClient], Beside]) -> Callable[[ApiClient], Beside]:
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def beside(client: ApiClient) -> list[Beside]:
    return [teller(client) for teller in _tellers]
