"""Since when a source has not answered, and why, in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from providers.models import MonitoringSource, SourceAnswer
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Silence:
    name: str
    text: str


def silent_since(told: MonitoringSource | SourceAnswer) -> str:
    """Nothing of one that has answered."""
    if told.unanswered_since is None:
        return ""
    return _("Has not answered since %(moment)s: %(problem)s") % _since(told, told.unanswered_since)


def silence(source: MonitoringSource) -> Silence:
    """To be read after the source's name."""
    if source.unanswered_since is None:
        return Silence(source.name, "")
    said = _("has not answered since %(moment)s: %(problem)s")
    return Silence(source.name, said % _since(source, source.unanswered_since))


def _since(told: MonitoringSource | SourceAnswer, moment: datetime) -> dict[str, str]:
    return {
        "moment": wording.moment(moment, now=clock.now()),
        "problem": told.get_problem_display(),
    }
