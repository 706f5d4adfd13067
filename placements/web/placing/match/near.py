"""Units that one single reason keeps away: what differs, and whom to ask about it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from placements.matching.differences import Differences
from placements.matching.reasons import Reason
from placements.web.placing.match.differing import Telling, detail
from placements.web.placing.match.units import Facts, unit_url
from placements.web.placing.words import REASONS
from spink.catalogue.wording import rung_name

SHOWN = 8
ASK_SOCIAL_WORKER = frozenset({Reason.TOO_FAR, Reason.DRUG_FREE})
ASK_NOBODY = frozenset({Reason.NO_AGREEMENT, Reason.AGREEMENT_EXPIRED})
"""Neither the unit nor the social worker can change it."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    name: str
    url: str
    under: str
    reason: str
    detail: str
    action: str
    action_url: str


def near_misses(
    rows: list[int], differences: Differences, facts: Facts, telling: Telling, *, reference: str
) -> list[NearMiss]:
    return [_near_miss(row, differences, facts, telling, reference) for row in rows]


def _near_miss(
    row: int, differences: Differences, facts: Facts, telling: Telling, reference: str
) -> NearMiss:
    (reason,) = differences.reasons(row)
    code = differences.unit(row)
    said = detail(differences.of(row, reason), telling)
    action, action_url = _action(reason, code, reference)
    return NearMiss(
        name=facts.name(code),
        url=unit_url(code),
        under=", ".join(filter(None, [*_standing(row, differences), _municipality(code, facts)])),
        reason=f"{REASONS[reason]}:" if said else f"{REASONS[reason]}.",
        detail=said,
        action=action,
        action_url=action_url,
    )


def _standing(row: int, differences: Differences) -> list[str]:
    form, rank = differences.form(row), differences.rank(row)
    if form is None:
        return []
    return [rung_name(form), "" if rank is None else _("rank %(rank)d") % {"rank": rank}]


def _municipality(code: str, facts: Facts) -> str:
    card = facts.cards.get(code)
    return facts.municipalities.get(card.municipality, "") if card else ""


def _action(reason: Reason, code: str, reference: str) -> tuple[str, str]:
    if reason in ASK_NOBODY:
        return "", ""
    asks_sender = reason in ASK_SOCIAL_WORKER
    url = reverse(
        "placements:ask-information" if asks_sender else "placements:inquiries", args=[reference]
    )
    text = _("Ask the social worker") if asks_sender else _("Ask the unit")
    return text, f"{url}?{urlencode({'unit': code})}"
