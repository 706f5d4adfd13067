"""A proposal of another service as both sides read it, and the requests that belong to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from placements import policies, queries
from placements.domain.lifecycle import Side, State, Step
from placements.domain.values import ProposalAnswer
from placements.models import PlacementRequest, ServiceProposal
from placements.web.shared.need_facts import drug_free_text
from placements.web.shared.states import LOOKS
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """`left_out` does not come along to a request in the other service."""

    service: str
    note: str
    by: str
    at: datetime
    waits: bool
    reason: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    left_out: list[str] = field(default_factory=list)
    can_answer: bool = False
    can_withdraw: bool = False
    has_household: bool = False

    @property
    def look(self) -> str:
        return "warning" if self.can_answer else "info"


def proposal_of(placement: PlacementRequest, reach: Reach) -> ShownProposal | None:
    """What waits for its answer; the officer is shown the last one that was declined as well."""
    waits = placement.service_proposed_at is not None
    is_matched = placement.state == State.IN_PROGRESS
    if not waits and not (is_matched and Side.PLACING in policies.sides_of(reach, placement)):
        return None
    found = queries.latest_proposal(placement)
    if found is None or (not waits and found.answer != ProposalAnswer.DECLINED):
        return None
    return ShownProposal(
        service=_service(found),
        note=found.note,
        by=str(found.proposed_by),
        at=found.proposed_at,
        waits=waits,
        reason=found.reason,
        answered_by=str(found.answered_by or ""),
        answered_at=found.answered_at,
        left_out=left_out_of(placement, found.service_type) if waits else [],
        can_answer=waits and policies.can_take_step(Step.ACCEPT_SERVICE, placement, reach),
        can_withdraw=waits and policies.can_take_step(Step.WITHDRAW_PROPOSAL, placement, reach),
        has_household=waits and len(queries.living_together(placement)) > 1,
    )


def can_propose(placement: PlacementRequest, reach: Reach) -> bool:
    can = policies.can_take_step(Step.PROPOSE_SERVICE, placement, reach)
    return can and placement.service_proposed_at is None


def _service(proposal: ServiceProposal) -> str:
    """Stödboende, eget boende"""
    codes = {"service": [proposal.service_type], "subtype": [proposal.subtype]}
    named = catalogue.names_of_many(codes)
    service = named["service"][proposal.service_type]
    subtype = named["subtype"][proposal.subtype]
    return f"{service}, {subtype[:1].lower()}{subtype[1:]}" if subtype else service


def left_out_of(placement: PlacementRequest, service_type: str) -> list[str]:
    """In words, what is known and would not come along to a request in the service."""
    left_out = queries.beginning_in(placement, service_type, on=clock.today()).left_out
    texts = _texts_of(left_out)
    if queries.attachments_of(placement):
        texts.append(_("The documents: they stay here and can be opened here."))
    return texts


def _texts_of(left_out: Mapping[str, Any]) -> list[str]:
    texts = []
    if subtype := left_out.get("subtype"):
        name = catalogue.names([subtype], of="subtype")[subtype]
        texts.append(_("The subtype %(name)s.") % {"name": name})
    if day := left_out.get("decision_date"):
        named = {"day": wording.day(day)}
        texts.append(
            _("The decision of %(day)s: the new service needs a decision of its own.") % named
        )
    if "drug_free" in left_out:
        named = {"said": drug_free_text(left_out["drug_free"])}
        texts.append(_("Drug-free (%(said)s): it is not asked of the new service.") % named)
    needs = [*left_out.get("needs_required", []), *left_out.get("needs_wished", [])]
    if needs:
        names = catalogue.names(needs, of="need")
        named = {"needs": wording.listed([names[code] for code in needs])}
        texts.append(_("Needs that are no longer asked for: %(needs)s.") % named)
    return texts


@dataclass(frozen=True, slots=True)
class Linked:
    reference: str
    url: str
    service: str
    look: str
    state: str


@dataclass(frozen=True, slots=True)
class Continuation:
    """`left_out` is told of a draft: it is what still has to be filled in or was dropped."""

    before: list[Linked]
    after: list[Linked]
    left_out: list[str]
    is_over: bool
    """It ended in another service, whether the reader sees the new request or not."""

    @property
    def goes_on_at(self) -> str:
        return self.after[-1].url if self.after else ""


def continuation_of(request: WallRequest, placement: PlacementRequest) -> Continuation | None:
    """That they are read is logged; None for a request that stands alone."""
    found = queries.continued(placement, request.reach)
    before = [found.before] if found.before else []
    is_over = placement.state == State.OTHER_SERVICE
    if not before and not is_over:
        return None
    queries.log_list([*before, *found.after], reading=request.reading)
    names = catalogue.names({one.service_type for one in [*before, *found.after]}, of="service")
    told = before if placement.state == State.DRAFT else []
    return Continuation(
        before=_linked(before, names),
        after=_linked(found.after, names),
        left_out=[text for one in told for text in left_out_of(one, placement.service_type)],
        is_over=is_over,
    )


def _linked(requests: Iterable[PlacementRequest], names: Mapping[str, str]) -> list[Linked]:
    return [
        Linked(
            reference=one.reference,
            url=reverse(
                f"placements:{'edit' if one.state == State.DRAFT else 'request'}",
                args=[one.reference],
            ),
            service=names[one.service_type],
            look=LOOKS[State(one.state)],
            state=one.get_state_display(),
        )
        for one in requests
    ]
