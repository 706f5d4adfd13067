"""What stands in the addresses: for each parameter of a route, what is tried in its place."""

from itertools import product
from uuid import UUID, uuid4

from django.apps import apps

from placements.domain.sections import Section
from placements.models import SavedView, StandardText
from providers.models import RegisterCorrection
from providers.web.keeping.sections import TITLES as SECTIONS
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.models import ApiClient
from spink.accounts.web.keeping.kept import kept_of
from spink.webhooks.models import WebhookEndpoint
from tests.permissions.routes import Route
from tests.support import small_register
from tests.support.two_municipalities import Key, World

NIL = "00000000-0000-0000-0000-000000000000"


BEGINS_A_DRAFT = {
    "requests/new/",
    "requests/out-of-hours/new/",
    "requests/<reference:reference>/child/",
    "requests/<reference:reference>/side-by-side/",
}


def of(world: World, route: Route, key: Key | None) -> list[dict[str, str]]:
    """Every combination. Raises KeyError for a parameter of which nothing is known here."""
    names = route.parameters
    known = _of_request(world, key) if key else _of_the_rest(world, route)
    return [dict(zip(names, found, strict=True)) for found in product(*(known[n] for n in names))]


def sent(route: Route) -> dict[str, str]:
    """What a form sends; faulty answers where nothing is said here."""
    if route.path in BEGINS_A_DRAFT:
        return {"creation_key": str(uuid4())}
    known = {"register/corrections/<int:correction_id>/": {"result": "corrected"}}
    return known.get(route.path, {})


def _of_request(world: World, key: Key) -> dict[str, list[str]]:
    inquiries = world.rows[key].get("providerinquiry", [])
    checked = world.rows[key].get("selfcheckitem", [])
    return {
        "reference": [world.requests[key].reference],
        "inquiry_id": [str(inquiry.pk) for inquiry in inquiries] or ["1"],
        "number": ["1"],
        "check_id": [str(one.self_check_id) for one in checked] or ["0"],
        "position": ["1"],
        "attachment_id": [str(one.pk) for one in world.rows[key].get("attachment", [])] or [NIL],
        "touch_id": [str(one.pk) for one in world.rows[key].get("stoptouch", [])] or ["1"],
        "section": _sections(key),
    }


def _sections(key: Key) -> list[str]:
    """Every section of the own drafts; of others the one that asks who it is about."""
    sections = [section.value for section in Section]
    return sections if key in {("A1", "draft"), ("A1", "protected_draft")} else sections[:1]


def _of_the_rest(world: World, route: Route) -> dict[str, list[str]]:
    return {
        "app_label": ["providers"],
        "id": [str(world.places["A1"].filer.pk)],
        "object_id": [_first_of_its_model(route)],
        "section": list(SECTIONS),
        **{name: [value] for name, value in small_register.values().items()},
        "municipality": ["1480"],
        "complaint_id": [str(world.rows["A1", "plain"]["complaintrequest"][0].complaint_id)],
        "deviation_id": [str(world.rows["A1", "plain"]["processdeviationrequest"][0].deviation_id)],
        "deviation_step": ["hand_over"],
        "step": ["assign"],
        "text_id": [str(StandardText.objects.order_by("pk")[0].pk)],
        "view_id": [str(SavedView.objects.order_by("pk")[0].pk)],
        "row_id": [_first_that_is_kept(route)],
        "user_id": [str(world.places["A1"].filer.pk)],
        "role_id": [str(world.places["A1"].filer.role_assignments.all()[0].pk)],
        "review_id": ["1"],
        "measure": ["complaints", "matching_visits", "order_stops_framework"],
        "position": ["1"],
        "client_id": [str(ApiClient.objects.order_by("pk")[0].pk)],
        "endpoint_id": [first_webhook()],
        "uidb64": ["MQ"],
        "token": ["a-b"],
        "slug": ["verksamheter"],
        "upload_id": [str(uuid4())],
        "correction_id": [
            str(pk) for pk in RegisterCorrection.objects.values_list("pk", flat=True)
        ],
    }


def first_webhook() -> str:
    with wall.opened_for_job(SystemJob.ADMINISTER_WEBHOOKS):
        first = WebhookEndpoint.objects.order_by("pk").first()
    return str(first.pk if first else UUID(int=0))


def _first_that_is_kept(route: Route) -> str:
    """Rows of the kinds that administrators keep: administration/<kind>/<row>/."""
    if "row_id" not in route.parameters:
        return ""
    first = kept_of(route.path.split("/")[1]).rows().order_by("pk").first()
    return str(first.pk) if first else "1"


def _first_of_its_model(route: Route) -> str:
    """The administration's addresses: admin/app/model/."""
    _admin, *names = route.path.split("/")
    if "object_id" not in route.parameters or len(names) < 2:
        return ""
    first = apps.get_model(names[0], names[1])._default_manager.order_by("pk").first()
    return str(first.pk) if first else "1"
