"""A check as a row of the list that a vetting or a review is."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from providers.models import ProviderCheck
from providers.web.control import vetting_words as words
from spink.foundation import clock


@dataclass(frozen=True, slots=True)
class ShownCheck:
    name: str
    result: tuple[str, str]
    holding: tuple[str, str]
    made: ProviderCheck | None
    by: str
    action: str
    url: str


def shown_check(
    code: str, made: ProviderCheck | None, *, warned: timedelta, url: str = ""
) -> ShownCheck:
    return ShownCheck(
        name=words.check_name(code),
        result=words.result(made),
        holding=words.holding(made, clock.today(), warned=warned),
        made=made,
        by=str(made.by) if made else "",
        action=_("Make it again") if made else _("Make the check"),
        url=url,
    )
