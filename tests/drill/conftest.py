import json
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from spink.accounts import queries as accounts
from spink.accounts.domain.reach import Reach
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.catalogue.actions import load_catalogue
from tests.factories import accounts as people
from tests.support.workers import Jobs

Report = Callable[..., None]


@dataclass(frozen=True)
class Town:
    """One unit that files, and a team of two officers who are told."""

    filer: User
    officers: tuple[User, User]

    @property
    def reach(self) -> Reach:
        return accounts.reach_of_user(self.filer)


@pytest.fixture
def town(transactional_db: None) -> Town:
    return make_town()


def make_town() -> Town:
    load_catalogue()
    unit = people.UnitFactory()
    team = people.PlacementTeamFactory()
    people.TeamServiceFactory(team=team)
    first, second = (people.holding(Role.PLACEMENT_OFFICER, team=team) for _ in range(2))
    return Town(people.holding(Role.SOCIAL_WORKER, unit=unit), (first, second))


@pytest.fixture
def slow_jobs(jobs: Jobs) -> Jobs:
    """Jobs that take a moment, so that they can be killed in the middle."""
    return replace(jobs, seconds_to_send=0.1)


@pytest.fixture
def report(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Report:
    """Print a drill's figures as one line of JSON."""

    def tell(**figures: float | int | str) -> None:
        drill = request.node.name.removeprefix("test_")
        with capsys.disabled():
            print("\n" + json.dumps({"drill": drill} | figures))  # noqa: T201

    return tell
