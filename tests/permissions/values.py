"""What stands in the addresses: for each parameter of a route, what is tried in its place."""

from itertools import product

from placements.domain.sections import Section
from providers.models import CareUnit
from tests.permissions.routes import Route
from tests.support.two_municipalities import Key, World


def of(world: World, route: Route, key: Key | None) -> list[dict[str, str]]:
    """Every combination. Raises KeyError for a parameter of which nothing is known here."""
    known: dict[str, list[str]] = {
        "section": _sections(key),
        "app_label": ["accounts"],
        "object_id": [str(world.places["A1"].filer.pk)],
        "id": [str(world.places["A1"].filer.pk)],
    }
    if {"code", "provider_id"} & set(route.parameters):
        unit = CareUnit.objects.select_related("provider").order_by("id")[0]
        known |= {"code": [unit.code], "provider_id": [str(unit.provider_id)]}
    if key is not None:
        inquiries = world.rows[key].get("providerinquiry", [])
        known["reference"] = [world.requests[key].reference]
        known["inquiry_id"] = [str(inquiry.pk) for inquiry in inquiries] or ["1"]
        known["number"] = ["1"]
    names = route.parameters
    return [dict(zip(names, found, strict=True)) for found in product(*(known[n] for n in names))]


def _sections(key: Key | None) -> list[str]:
    """Every section of the own drafts; of others the one that asks who it is about."""
    sections = [section.value for section in Section]
    return sections if key in {("A1", "draft"), ("A1", "protected_draft")} else sections[:1]
