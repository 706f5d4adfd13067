"""Units that one single reason keeps away: what differs, and whom to ask about it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from placements.domain.exceptions import may_be_excepted
from placements.matching.differences import Differences
from placements.matching.reasons import Reason
from placements.queries.excepting import person_of
from placements.web.placing.match.differing import Telling, detail, group_words
from placements.web.placing.match.units import Facts, unit_url
from placements.web.placing.words import REASONS
from providers import queries as register
from providers.domain.priority import PriorityGroup
from spink.catalogue.domain.ladder import ProvisionForm
from spink.catalogue.wording import rung_name

SHOWN = 8
ASK_SOCIAL_WORKER = frozenset({Reason.TOO_FAR, Reason.DRUG_FREE})
ASK_NOBODY = frozenset({Reason.NO_AGREEMENT, Reason.AGREEMENT_EXPIRED})
"""Neither the unit nor the social worker can change it."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    code: str
    choose: str
    name: str
    url: str
    under: str
    reason: str
    detail: str
    action: str
    action_url: str
    exception_url: str = ""
    """Where it is recommended by exception; empty where it never is, or is kept for others."""
    kept_for: str = ""
    """The group for which a full own unit keeps its places, and whether the person belongs."""


def near_misses(
    rows: list[int],
    differences: Differences,
    facts: Facts,
    telling: Telling,
    *,
    reference: str,
    can_recommend: bool,
) -> list[NearMiss]:
    groups = groups_of(rows, differences)
    misses = [_near_miss(row, differences, facts, telling, reference, groups) for row in rows]
    return misses if can_recommend else [replace(miss, exception_url="") for miss in misses]


def groups_of(rows: list[int], differences: Differences) -> dict[str, PriorityGroup]:
    """Of full own units, by code; asked of the register only where there are any."""
    full = [
        differences.unit(row)
        for row in rows
        if differences.form(row) is ProvisionForm.IN_HOUSE
        and Reason.NO_FREE_PLACE in differences.reasons(row)
    ]
    return register.priority_groups(full) if full else {}


def _near_miss(
    row: int,
    differences: Differences,
    facts: Facts,
    telling: Telling,
    reference: str,
    groups: Mapping[str, PriorityGroup],
) -> NearMiss:
    (reason,) = differences.reasons(row)
    code = differences.unit(row)
    said = detail(differences.of(row, reason), telling)
    group = groups.get(code)
    excludes = group is not None and _is_kept_from(group, telling)
    action, action_url = _action(reason, code, reference)
    return NearMiss(
        code=code,
        choose=_("Choose %(name)s") % {"name": facts.name(code)},
        name=facts.name(code),
        url=unit_url(code),
        under=", ".join(filter(None, [*_standing(row, differences), _municipality(code, facts)])),
        reason=f"{REASONS[reason]}:" if said else f"{REASONS[reason]}.",
        detail=said,
        action=action,
        action_url=action_url,
        exception_url="" if excludes else exception_url((reason,), code, reference),
        kept_for="" if group is None else _kept_for(group, telling, is_for_others=excludes),
    )


def exception_url(reasons: Collection[Reason], code: str, reference: str) -> str:
    if not may_be_excepted(reasons):
        return ""
    url = reverse("placements:recommend", args=[reference])
    return f"{url}?{urlencode({'unit': code})}"


def _is_kept_from(group: PriorityGroup, telling: Telling) -> bool:
    person = person_of(telling.need)
    return group.can_be_judged and not group.includes(age=person.age, needs=person.needs)


def _kept_for(group: PriorityGroup, telling: Telling, *, is_for_others: bool) -> str:
    named = {"group": group_words(group, telling.needs)}
    if is_for_others:
        return _("Keeps its places for: %(group)s. The person does not belong to them.") % named
    if group.can_be_judged:
        return _("Keeps its places for: %(group)s. The person belongs to them.") % named
    return _("Keeps its places for: %(group)s.") % named


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
