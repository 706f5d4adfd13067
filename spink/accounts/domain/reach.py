"""How far a user may see among persons and requests: the table of who sees what, as a value.

Source: design table "Who may see what" (secrecy stands between departments, OSL 26:1):
social workers and unit managers see their own units, local procurement coordinators their own
department's requests with a purchase, out-of-hours workers the own municipality while on duty,
placement officers those sent to their placement function; every other role sees none.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from spink.accounts.domain.roles import Role


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that holds today, with the place that it is held in.

    `municipality_code` and `department_id` are also those of the unit, where it is held in one.
    """

    role: Role
    unit_id: int | None = None
    department_id: int | None = None
    placement_function_id: int | None = None
    municipality_code: str | None = None
    place_name: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift that is running now."""

    municipality_code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reach:
    user_id: int | None = None
    roles: frozenset[Role] = frozenset()
    unit_ids: frozenset[int] = frozenset()
    filing_unit_ids: frozenset[int] = frozenset()
    purchase_department_ids: frozenset[int] = frozenset()
    placement_function_ids: frozenset[int] = frozenset()
    duty_municipality_codes: frozenset[str] = frozenset()
    review_department_ids: frozenset[int] = frozenset()
    controls_providers: bool = False
    """Reads what is kept of providers alone: complaints, but no requests."""
    duty_reason: str = ""
    held: tuple[HeldRole, ...] = ()

    @property
    def is_on_duty(self) -> bool:
        return bool(self.duty_municipality_codes)


NOTHING = Reach()

SEES_OWN_UNIT = frozenset({Role.SOCIAL_WORKER, Role.UNIT_MANAGER, Role.OUT_OF_HOURS_WORKER})
READS_OFFENCES = frozenset({Role.QUALITY_CONTROLLER, Role.LAWYER})
"""What courts have said of providers."""
HANDLES_DEVIATIONS = frozenset({Role.QUALITY_CONTROLLER})
"""Remarks on how requests were handled; no officer is one of them (`NOT_TOGETHER`)."""
FILES_FOR_UNIT = frozenset({Role.SOCIAL_WORKER, Role.OUT_OF_HOURS_WORKER})
CONTROLS_PROVIDERS = frozenset({Role.QUALITY_CONTROLLER, Role.LAWYER})


def reach_of(*, user_id: int, held: Iterable[HeldRole], duty: Iterable[Duty] = ()) -> Reach:
    """The union of what each held role sees.

    A shift counts only in a municipality where the out-of-hours role is held today.
    """
    roles = list(held)
    jour = {one.municipality_code for one in roles if one.role is Role.OUT_OF_HOURS_WORKER}
    running = [shift for shift in duty if shift.municipality_code in jour]
    return Reach(
        user_id=user_id,
        roles=frozenset(one.role for one in roles),
        unit_ids=_ids((one.role in SEES_OWN_UNIT, one.unit_id) for one in roles),
        filing_unit_ids=_ids((one.role in FILES_FOR_UNIT, one.unit_id) for one in roles),
        purchase_department_ids=_ids(
            (one.role is Role.LOCAL_PROCUREMENT_COORDINATOR, one.department_id) for one in roles
        ),
        placement_function_ids=_ids(
            (one.role is Role.PLACEMENT_OFFICER, one.placement_function_id) for one in roles
        ),
        review_department_ids=_ids(
            (one.role is Role.UNIT_MANAGER, one.department_id) for one in roles
        ),
        duty_municipality_codes=frozenset(shift.municipality_code for shift in running),
        controls_providers=any(one.role in CONTROLS_PROVIDERS for one in roles),
        duty_reason="; ".join(sorted({shift.reason for shift in running})),
        held=tuple(roles),
    )


def reach_of_client(*, account_id: int, unit_ids: Iterable[int]) -> Reach:
    """A client of the API sees and files for all units of its department."""
    own = frozenset(unit_ids)
    return Reach(user_id=account_id, unit_ids=own, filing_unit_ids=own)


def _ids(pairs: Iterable[tuple[bool, int | None]]) -> frozenset[int]:
    return frozenset(place for holds, place in pairs if holds and place is not None)
