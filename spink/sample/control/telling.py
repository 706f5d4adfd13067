"""The year as a part of the sample: what its people did, in the order of the kinds of things."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from providers.actions.control.complaints import change_complaint_setting
from providers.actions.control.vettings import set_warned_days
from spink.foundation import clock
from spink.foundation.clock import STOCKHOLM
from spink.sample.control import complaints, deviations, vetting, visits
from spink.sample.control.acts import settle_events
from spink.sample.control.year import Year
from spink.sample.register.stops import YEAR
from spink.sample.register.world import World

SETTINGS_AT: Final = datetime(YEAR - 1, 11, 20, 10, tzinfo=STOCKHOLM)


class Control:
    """What has not changed the register: its acts have been told with its editions."""

    def __init__(self, world: World) -> None:
        self._year = Year.of(world)
        self._scenes: list[Callable[[], None]] = [
            self._settings,
            partial(vetting.by_ink, self._year),
            *complaints.scenes(self._year),
            *visits.scenes(self._year),
            *deviations.scenes(self._year),
        ]

    @property
    def count(self) -> int:
        return len(self._scenes)

    def load(self, advance: Callable[[int], None]) -> int:
        for scene in self._scenes:
            scene()
            advance(1)
        settle_events()
        return self.count

    def _settings(self) -> None:
        keeper = self._year.keeper(0).actor
        with clock.frozen(SETTINGS_AT):
            change_complaint_setting(by=keeper, answer_days=14, similar_count=3, similar_days=180)
            set_warned_days(days=45, by=keeper)
