"""Two municipalities with two departments each, with requests whose every text is a canary.

In each department: one unit whose social worker has filed four requests, two of them drafts and two
for persons with protected identity, and a second unit that has filed one. Whoever meets a canary
outside of the own reach has seen through the wall.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from placements.domain.lifecycle import State
from placements.domain.values import Audience, Protection
from placements.models import PlacementRequest
from spink.accounts.domain.roles import SCOPE_OF_ROLE, Role, Scope
from spink.accounts.models import Department, PlacementFunction, PlacementTeam, Unit, User
from spink.foundation import clock
from spink.foundation.identity_numbers import luhn_is_right
from tests.factories import accounts as people
from tests.factories import placements as made
from tests.factories import webhooks

PLACES: Final = ("A1", "A2", "B1", "B2")
MUNICIPALITIES: Final = {"A": ("1480", "Göteborg"), "B": ("1481", "Mölndal")}
KINDS: Final = ("plain", "protected", "draft", "protected_draft", "sibling")
DRAFTS: Final = frozenset({"draft", "protected_draft"})
ON_DUTY: Final = "on_duty"
COLLEAGUE: Final = "colleague"
VARIANTS: Final = (*(role.value for role in Role), ON_DUTY, COLLEAGUE)
"""Every role; the out-of-hours worker once more while on duty, and the filer's colleague."""
ROLE_OF: Final = {
    **{role.value: role for role in Role},
    ON_DUTY: Role.OUT_OF_HOURS_WORKER,
    COLLEAGUE: Role.SOCIAL_WORKER,
}
IDENTITY: Final = frozenset({"given_name", "family_name", "number", "address"})

# Skatteverket's published test numbers, and numbers that cannot exist (month 00, day 60).
NUMBERS: Final = {
    ("A1", "plain"): "191500722390",
    ("A2", "plain"): "191711602399",
    ("B1", "plain"): "191800852384",
    ("B2", "plain"): "192001602396",
}


Key = tuple[str, str]


@dataclass(frozen=True)
class Placed:
    """A department of the world, with its units and those who work there."""

    name: str
    department: Department
    unit: Unit
    sibling: Unit
    function: PlacementFunction
    team: PlacementTeam
    filer: User


@dataclass
class World:
    places: dict[str, Placed] = field(default_factory=dict)
    requests: dict[Key, PlacementRequest] = field(default_factory=dict)
    rows: dict[Key, dict[str, list[Any]]] = field(default_factory=dict)
    canaries: dict[Key, dict[str, str]] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)

    def said_to(self, variant: str, place: str) -> set[str]:
        """Every text that the variant at the place may meet; any other is a leak."""
        return {
            text
            for key in seen_by(variant, place)
            for name, text in self.canaries[key].items()
            if _may_meet(variant, key[1], name)
        }

    def all_said(self) -> set[str]:
        return {text for said in self.canaries.values() for text in said.values()}

    def user(self, variant: str, place: str) -> User:
        """Somebody of the variant at the place; the social worker is the one who filed."""
        if variant == Role.SOCIAL_WORKER:
            return self.places[place].filer
        if (variant, place) not in self.users:
            self.users[variant, place] = _employ(variant, self.places[place])
        return self.users[variant, place]


def own(place: str) -> set[Key]:
    return {(place, kind) for kind in KINDS if kind != "sibling"}


def purchases(place: str) -> set[Key]:
    return {(place, kind) for kind in ("plain", "sibling")}


def municipality(place: str, *, drafts: bool) -> set[Key]:
    kinds = [kind for kind in KINDS if drafts or kind not in DRAFTS]
    return {(near, kind) for near in PLACES if near[0] == place[0] for kind in kinds}


def seen_by(variant: str, place: str) -> set[Key]:
    """Whose requests are seen: the design's table, a line a role; the roles left out see none."""
    return {
        Role.SOCIAL_WORKER.value: own(place),
        COLLEAGUE: own(place),
        Role.UNIT_MANAGER.value: own(place),
        Role.OUT_OF_HOURS_WORKER.value: own(place),
        ON_DUTY: municipality(place, drafts=True),
        Role.LOCAL_PROCUREMENT_COORDINATOR.value: purchases(place),
        Role.PLACEMENT_OFFICER.value: municipality(place, drafts=False),
    }.get(variant, set())


def _may_meet(variant: str, kind: str, name: str) -> bool:
    """A protected identity is for the filer, an internal note for the own side."""
    if name in IDENTITY and kind.startswith("protected"):
        return variant == Role.SOCIAL_WORKER
    if name in {"timeline_placing", "hand_over_note"}:
        return variant == Role.PLACEMENT_OFFICER
    if name == "delay_note":
        return variant not in {Role.PLACEMENT_OFFICER, Role.LOCAL_PROCUREMENT_COORDINATOR}
    if name == "timeline_filing":
        return variant != Role.PLACEMENT_OFFICER
    return True


def build() -> World:
    world = World()
    for place in PLACES:
        world.places[place] = _place(place)
        for kind in KINDS:
            _file(world, place, kind)
    made.StandardTextVersionFactory()
    webhooks.endpoint(people.api_client(world.places[PLACES[0]].unit))
    made.SavedViewFactory(owner=world.user(Role.PLACEMENT_OFFICER, PLACES[0]))
    return world


def _place(name: str) -> Placed:
    code, municipality_name = MUNICIPALITIES[name[0]]
    municipality = people.MunicipalityFactory(code=code, name=municipality_name)
    department = people.DepartmentFactory(municipality=municipality, name=f"Förvaltning {name}")
    unit = people.UnitFactory(department=department, name=f"Enhet {name}")
    function = people.PlacementFunctionFactory(municipality=municipality)
    return Placed(
        name=name,
        department=department,
        unit=unit,
        sibling=people.UnitFactory(department=department, name=f"Granne {name}"),
        function=function,
        team=people.PlacementTeamFactory(function=function),
        filer=people.holding(Role.SOCIAL_WORKER, unit=unit, username=f"filer-{name}"),
    )


def _employ(variant: str, place: Placed) -> User:
    role = ROLE_OF[variant]
    held_in: dict[Scope, dict[str, Any]] = {
        Scope.UNIT: {"unit": place.unit},
        Scope.DEPARTMENT: {"department": place.department},
        Scope.TEAM: {"team": place.team},
        Scope.WHOLE: {},
    }
    user = people.holding(role, username=f"{variant}-{place.name}", **held_in[SCOPE_OF_ROLE[role]])
    if variant == ON_DUTY:
        people.DutyShiftFactory(user=user, municipality=place.department.municipality)
    return user


def _file(world: World, place: str, kind: str) -> None:
    where = world.places[place]
    say = _Canaries(place, kind)
    request = _request(where, kind, say)
    _identify(request, place, kind, say)
    world.requests[place, kind] = request
    world.rows[place, kind] = {} if kind in DRAFTS else _parts(request, where, say)
    world.canaries[place, kind] = say.said


class _Canaries:
    """Makes a text for a field that stands nowhere else, and remembers it."""

    def __init__(self, place: str, kind: str) -> None:
        self._of = f"{place}{kind}"
        self.said: dict[str, str] = {}

    def __call__(self, field_name: str) -> str:
        return self.keep(field_name, f"Kanarie{self._of}{field_name}".replace("_", ""))

    def keep(self, field_name: str, text: str) -> str:
        self.said[field_name] = text
        return text


def _request(where: Placed, kind: str, say: _Canaries) -> PlacementRequest:
    unit = where.sibling if kind == "sibling" else where.unit
    filer = where.filer
    if kind == "sibling":
        filer = people.holding(Role.SOCIAL_WORKER, unit=unit, username=f"sibling-{where.name}")
    protection = Protection.MARKED if kind.startswith("protected") else Protection.NONE
    person = made.PersonFactory(unit=unit, created_by=filer, protection=protection)
    request: PlacementRequest = made.PlacementRequestFactory(
        unit=unit,
        created_by=filer,
        person=person,
        submitted=kind not in DRAFTS,
        state=State.DRAFT if kind in DRAFTS else State.RECOMMENDED,
        has_purchase=kind in {"plain", "sibling"},
        description=say("description"),
        disclosure_note=say("disclosure_note"),
        near_label=say("near_label"),
    )
    return request


def _identify(request: PlacementRequest, place: str, kind: str, say: _Canaries) -> None:
    number = NUMBERS.get((place, kind)) or _impossible(place, kind)
    made.PersonIdentityFactory(
        person=request.person,
        given_name=say("given_name"),
        family_name=say("family_name"),
        number=say.keep("number", number),
        address=say("address"),
    )


def _impossible(place: str, kind: str) -> str:
    """Twelve digits that are nobody's: month 00 and day 60, with a right check digit."""
    stem = f"19{PLACES.index(place)}{KINDS.index(kind)}0060001"
    return next(f"{stem}{last}" for last in range(10) if luhn_is_right(f"{stem[2:]}{last}"))


def _parts(request: PlacementRequest, where: Placed, say: _Canaries) -> dict[str, list[Any]]:
    recommendation = made.RecommendationFactory(
        request=request, sent_by=where.filer, message=say("message")
    )
    checked = made.SelfCheckItemFactory(request=request, version=1)
    return {
        "recommendation": [recommendation],
        "recommendedunit": [made.RecommendedUnitFactory(recommendation=recommendation)],
        "recommendationexception": [
            made.RecommendationExceptionFactory(
                recommendation=recommendation, note=say("exception_note")
            )
        ],
        "providerinquiry": [made.ProviderInquiryFactory(request=request, note=say("inquiry_note"))],
        "informationrequest": [
            made.InformationRequestFactory(
                request=request,
                question=say("question"),
                answer=say("answer"),
                answered_at=clock.now(),
                answered_by=where.filer,
            )
        ],
        "handovernote": [
            made.HandOverNoteFactory(
                request=request,
                to=where.filer,
                written_by=where.filer,
                text=say("hand_over_note"),
            )
        ],
        "delayreason": [
            made.DelayReasonFactory(request=request, given_by=where.filer, note=say("delay_note"))
        ],
        "acuteplacement": [made.AcutePlacementFactory(request=request, registered_by=where.filer)],
        "serviceproposal": [
            made.ServiceProposalFactory(request=request, note=say("proposal_note"))
        ],
        "stoptouch": [made.StopTouchFactory(request=request, unit_names=[say("stopped_unit")])],
        "selfcheckitem": [checked],
        "selfcheckanswer": [made.SelfCheckAnswerFactory(item=checked, note=say("self_check_note"))],
        "outcomefeedback": [
            made.OutcomeFeedbackFactory(
                request=request, text=say("feedback_text"), asks_new_match=True
            )
        ],
        "timelineentry": [
            made.TimelineEntryFactory(
                request=request, audience=audience, text=say(f"timeline_{audience.value}")
            )
            for audience in Audience
        ],
        "attachment": [
            made.AttachmentFactory(
                request=request, name=say("attachment_name"), added_by=request.created_by
            )
        ],
        "complaintrequest": [
            made.ComplaintRequestFactory(
                request=request,
                complaint__unit=request.unit,
                complaint__filed_by=request.created_by,
                complaint__has_request=True,
            )
        ],
        "processdeviationrequest": [
            made.ProcessDeviationRequestFactory(
                request=request,
                deviation__unit=request.unit,
                deviation__filed_by=request.created_by,
            )
        ],
        "readmark": [made.ReadMarkFactory(request=request, user=request.created_by)],
        "notification": [made.NotificationFactory(request=request, user=request.created_by)],
    }
