"""A check as a row of the list that a vetting or a review is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from providers.models import CheckDocument, ProviderCheck
from providers.web.control import vetting_words as words
from providers.web.control.shown_documents import ShownDocument, shown_documents
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
    documents: list[ShownDocument]
    documents_url: str


def shown_check(
    code: str,
    made: ProviderCheck | None,
    *,
    warned: timedelta | None,
    documents: Mapping[int, list[CheckDocument]],
    url: str = "",
) -> ShownCheck:
    """`warned` is None where nothing rests on the check any more."""
    return ShownCheck(
        name=words.check_name(code),
        result=words.result(made, is_over=warned is None),
        holding=words.holding(made, clock.today(), warned=warned),
        made=made,
        by=str(made.by) if made else "",
        action=_("Make it again") if made else _("Make the check"),
        url=url,
        documents=shown_documents(documents[made.pk]) if made else [],
        documents_url=reverse("providers:check-documents", args=[made.pk]) if made else "",
    )
