"""The group for which a full unit of the municipality's own keeps its places."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PriorityGroup:
    """Whoever is of the ages or has one of the needs belongs to it."""

    words: str = ""
    age_from: int | None = None
    age_to: int | None = None
    needs: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words) or self.can_be_judged

    @property
    def has_ages(self) -> bool:
        return self.age_from is not None or self.age_to is not None

    @property
    def can_be_judged(self) -> bool:
        """A group that is told in words only is judged by people."""
        return self.has_ages or bool(self.needs)

    def includes(self, *, age: int | None, needs: Collection[str]) -> bool:
        return self._is_of_age(age) or not set(self.needs).isdisjoint(needs)

    def _is_of_age(self, age: int | None) -> bool:
        if age is None or not self.has_ages:
            return False
        return (self.age_from or 0) <= age and (self.age_to is None or age <= self.age_to)
