"""A map without a ground: positions on a plane, as far apart as they are on the earth."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

WIDTH: Final = 800
LARGEST_HEIGHT: Final = 900
SMALLEST_SPAN: Final = 0.02
"""Degrees of latitude: two kilometres, so that one house does not fill the map."""
CELL: Final = 40
"""What lies within a square of so many units of the drawing is one mark."""
KM_A_DEGREE: Final = 111.2
ROUND_KM: Final = (50, 20, 10, 5, 2, 1, 0.5)


@dataclass(frozen=True, slots=True)
class Box:
    """In degrees."""

    south: float
    west: float
    north: float
    east: float

    @classmethod
    def parsed(cls, text: str) -> Self | None:
        """`south,west,north,east`; None for what is none."""
        try:
            south, west, north, east = (float(part) for part in text.split(","))
        except ValueError:
            return None
        is_one = -90 <= south <= north <= 90 and -180 <= west <= east <= 180
        return cls(south, west, north, east) if is_one else None

    def __str__(self) -> str:
        return ",".join(f"{side:.5f}" for side in (self.south, self.west, self.north, self.east))

    def with_margin(self) -> "Box":
        """A tenth wider on every side, and never too small to see where one is."""
        high = max((self.north - self.south) * 0.1, SMALLEST_SPAN / 2)
        wide = max((self.east - self.west) * 0.1, SMALLEST_SPAN)
        return Box(self.south - high, self.west - wide, self.north + high, self.east + wide)


@dataclass(frozen=True, slots=True)
class Plane:
    """Where on a drawing a position in the box stands. North is up."""

    box: Box
    scale: float
    """Units of the drawing a degree of latitude."""
    height: float

    @classmethod
    def of(cls, box: Box) -> Self:
        narrow = _narrowing(box)
        scale = WIDTH / ((box.east - box.west) * narrow)
        scale = min(scale, LARGEST_HEIGHT / (box.north - box.south))
        return cls(box, scale, max((box.north - box.south) * scale, WIDTH / 4))

    def x(self, longitude: float) -> float:
        """What is narrower than the drawing stands in its middle."""
        narrow = _narrowing(self.box)
        middle = (self.box.west + self.box.east) / 2
        return WIDTH / 2 + (longitude - middle) * narrow * self.scale

    def y(self, latitude: float) -> float:
        middle = (self.box.south + self.box.north) / 2
        return self.height / 2 - (latitude - middle) * self.scale

    @property
    def cell(self) -> tuple[float, float]:
        """Degrees of latitude and of longitude that are one mark's."""
        return CELL / self.scale, CELL / self.scale / _narrowing(self.box)

    @property
    def ruler(self) -> tuple[float, float]:
        """A round number of kilometres, and how long it is on the drawing."""
        a_km = self.scale / KM_A_DEGREE
        km = next((km for km in ROUND_KM if km * a_km <= WIDTH / 4), ROUND_KM[-1])
        return km, km * a_km


def _narrowing(box: Box) -> float:
    """Degrees of longitude are shorter the farther north."""
    return max(math.cos(math.radians((box.south + box.north) / 2)), 0.01)


@dataclass(frozen=True, slots=True)
class Label:
    text: str
    x: float
    y: float


def apart(labels: Iterable[Label]) -> list[Label]:
    """The labels that do not stand on one before them."""
    kept: list[Label] = []
    for label in labels:
        width = 5 * len(label.text)
        if all(
            abs(label.y - other.y) > 18 or abs(label.x - other.x) > width + 5 * len(other.text)
            for other in kept
        ):
            kept.append(label)
    return kept
