"""Places that a request can wish to be near: municipalities, and parts of Göteborg."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "places.json"


@dataclass(frozen=True, slots=True)
class Place:
    """Degrees of the place's middle, which is where distance is measured from."""

    code: str
    label: str
    lat: float
    lon: float


@cache
def places() -> tuple[Place, ...]:
    return tuple(Place(**row) for row in json.loads(DATA.read_text(encoding="utf-8")))


def place_of(code: str) -> Place | None:
    return next((place for place in places() if place.code == code), None)


def place_labelled(label: str) -> Place | None:
    return next((place for place in places() if place.label == label), None)
