"""The one interface to all sources, and how a source that gives no answer says so."""

from typing import Protocol

from providers.domain.control.facts import PASSING, Answer, Problem, Subject


class NotAnswered(Exception):
    """No answer that can be believed. It holds no number, no name and nothing of what was said."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem

    @property
    def is_passing(self) -> bool:
        return self.problem in PASSING


class NotNow(Exception):
    """The source is not to be asked before so many seconds have passed."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"not within {seconds:.0f} seconds")
        self.seconds = seconds


class Source(Protocol):
    def ask(self, subject: Subject) -> Answer:
        """What the source says of whom it is asked about. Raises NotAnswered."""
        ...
