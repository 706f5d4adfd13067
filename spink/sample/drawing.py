"""Drawing lots that come out the same for the same seed, whatever else is drawn before."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """The lots of one part of the sample: each part has its own, so none disturbs another."""

    def __init__(self, seed: int, *part: object) -> None:
        named = "/".join(str(step) for step in (seed, *part))
        self._random = Random(named)  # noqa: S311 - it is a sample, and no secret

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def part(self) -> float:
        """From 0 to before 1."""
        return self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends within."""
        return self._random.randint(low, high)

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random.random()

    def one(self, options: Sequence[T]) -> T:
        return options[self._random.randrange(len(options))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        return self._random.choices(list(weights), weights=list(weights.values()))[0]

    def many(self, weights: Mapping[T, float], count: int) -> list[T]:
        return self._random.choices(list(weights), weights=list(weights.values()), k=count)

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """So many of them, none twice; all where there are fewer."""
        return self._random.sample(list(options), min(count, len(options)))

    def shuffled(self, options: Sequence[T]) -> list[T]:
        return self._random.sample(list(options), len(options))
