"""The same person's other requests, on a request's page: doubles, side by side, earlier ones."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from placements import policies, queries
from placements.domain.lifecycle import ENDED, Side, State
from placements.models import PlacementRequest
from placements.queries import persons
from placements.web.shared.states import LOOKS
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web import wording


@dataclass(frozen=True, slots=True)
class Other:
    reference: str
    url: str
    service: str
    look: str
    state: str
    note: str
    version: int = 0
    can_link: bool = False
    can_close: bool = False


@dataclass(frozen=True, slots=True)
class SamePerson:
    """`doubles` are open and not linked, `perhaps` are alike but without a number to tell by."""

    side_by_side: list[Other] = field(default_factory=list)
    doubles: list[Other] = field(default_factory=list)
    perhaps: list[Other] = field(default_factory=list)
    in_department: list[str] = field(default_factory=list)
    earlier: list[Other] = field(default_factory=list)
    close_reasons: list[tuple[str, str]] = field(default_factory=list)
    advice: str = ""
    """What the officer does about doubles of units that do not see each other's."""

    @property
    def has_double(self) -> bool:
        return bool(self.doubles or self.in_department)

    @property
    def to_close(self) -> list[str]:
        """The references of those that are offered for closing."""
        return [one.reference for one in self.side_by_side if one.can_close]

    @property
    def is_empty(self) -> bool:
        return not (
            self.side_by_side or self.doubles or self.perhaps or self.in_department or self.earlier
        )


def same_person(request: WallRequest, placement: PlacementRequest) -> SamePerson:
    """That they are read is logged."""
    found = persons.same_person(placement, request.reach)
    apart = [one for one in found if not _goes_on(one, placement)]
    same = [one for one in apart if not _is_of_household(one, placement)]
    perhaps = persons.perhaps_same_person(placement, request.reach)
    alike = [one for one in perhaps if not _is_of_household(one, placement)]
    queries.log_list([*same, *alike], reading=request.reading)
    sides = policies.sides_of(request.reach, placement)
    is_filing = Side.FILING in sides
    near = persons.elsewhere_in_department(placement, request.reading) if is_filing else []
    rows = _Rows(placement, [*same, *alike], {one.service_type for one in near}, sides)
    linked = [one for one in same if _is_linked(one, placement)]
    others = [one for one in same if one not in linked]
    doubles = [one for one in others if one.state not in ENDED]
    shown = SamePerson(
        side_by_side=rows.of(linked),
        doubles=rows.of(doubles),
        perhaps=rows.of(alike),
        in_department=[rows.in_department(one) for one in near],
        earlier=rows.of(one for one in others if one.state in ENDED),
        advice=_advice(doubles, placement) if Side.PLACING in sides else "",
    )
    if shown.to_close:
        known = catalogue.reasons(ReasonKind.WITHDRAWN, clock.today())
        shown.close_reasons.extend((reason.code, reason.name) for reason in known)
    return shown


def _advice(doubles: Iterable[PlacementRequest], placement: PlacementRequest) -> str:
    if all(one.unit_id == placement.unit_id for one in doubles):
        return ""
    return _(
        "The units do not see each other's requests. Ask each of them on its own request, without "
        "telling that there is another; whoever has filed a double withdraws it."
    )


def _is_of_household(one: PlacementRequest, placement: PlacementRequest) -> bool:
    """It is shown among the household, where withdrawn ones are left out."""
    return queries.head_id(one) == queries.head_id(placement) and one.state != State.WITHDRAWN


def _goes_on(one: PlacementRequest, placement: PlacementRequest) -> bool:
    """The one ended in the service of the other: shown in a place of its own."""
    return one.pk == placement.continues_id or one.continues_id == placement.pk


def _is_linked(one: PlacementRequest, placement: PlacementRequest) -> bool:
    return one.side_by_side is not None and one.side_by_side == placement.side_by_side


class _Rows:
    def __init__(
        self,
        placement: PlacementRequest,
        found: list[PlacementRequest],
        services: set[str],
        sides: Collection[Side],
    ) -> None:
        self._placement = placement
        self._sides = sides
        self._units = queries.chosen_units(found)
        codes = services | {one.service_type for one in found}
        self._services = catalogue.names(codes, of="service")

    def of(self, requests: Iterable[PlacementRequest]) -> list[Other]:
        return [self._row(one) for one in requests]

    def _row(self, one: PlacementRequest) -> Other:
        name = "edit" if one.state == State.DRAFT else "request"
        is_same = one.person_id == self._placement.person_id
        answered = self._placement.state == State.CLOSED and one.state not in ENDED
        return Other(
            reference=one.reference,
            url=reverse(f"placements:{name}", args=[one.reference]),
            service=self._services.get(one.service_type) or _("No service chosen yet"),
            look=LOOKS[State(one.state)],
            state=one.get_state_display(),
            note=self._note(one),
            version=one.version,
            can_link=bool(self._sides) and is_same and not _is_linked(one, self._placement),
            can_close=Side.FILING in self._sides and answered and _is_linked(one, self._placement),
        )

    def _note(self, one: PlacementRequest) -> str:
        """Where it led, else who filed it and when."""
        day = wording.day((one.submitted_at or one.created_at).date())
        by = self._units.get(one.pk) or (str(one.unit) if not _hidden(one) else "")
        return ", ".join(part for part in (by, day) if part)

    def in_department(self, one: persons.InDepartment) -> str:
        service = self._services.get(one.service_type, "")
        named = {
            "unit": one.unit,
            "filer": one.filer,
            "service": service,
            "day": wording.day(one.sent_at.date()),
        }
        if one.is_open:
            return _("%(unit)s has an open request: %(service)s, %(filer)s, %(day)s.") % named
        return _("%(unit)s had a request: %(service)s, %(filer)s, %(day)s.") % named


def _hidden(one: PlacementRequest) -> bool:
    return one.person is not None and one.person.is_protected
