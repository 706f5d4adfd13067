"""Since when a source has not answered, and why, in words."""

from dataclasses import dataclass

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
    said = {
        "moment": wording.moment(told.unanswered_since, now=clock.now()),
        "problem": told.get_problem_display(),
    }
    return _("Has not answered since %(moment)s: %(problem)s") % said


def silence(source: MonitoringSource) -> Silence:
    return Silence(source.name, silent_since(source))
