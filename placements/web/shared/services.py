"""Services by area and subtypes by service, as forms offer them."""

from collections.abc import Iterable, Mapping, Sequence

from placements.queries.completeness import routing_problem
from spink.catalogue.models import ServiceType, Subtype
from spink.foundation import clock

Choices = list[tuple[str, str]]


def by_area(services: Iterable[ServiceType]) -> list[tuple[str, Choices]]:
    areas: dict[str, Choices] = {}
    for service in services:
        areas.setdefault(service.get_area_display(), []).append((service.code, service.name))
    return list(areas.items())


def by_service(
    services: Mapping[str, ServiceType], subtypes: Mapping[str, Sequence[Subtype]]
) -> list[tuple[str, Choices]]:
    return [
        (services[code].name, [(one.code, one.name) for one in found])
        for code, found in subtypes.items()
        if code in services
    ]


def asked_for_today(services: Iterable[ServiceType]) -> list[ServiceType]:
    today = clock.today()
    return [one for one in services if routing_problem(one, on=today) is None]
