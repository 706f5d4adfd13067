"""Units on a map, gathered by the database: as many queries and rows for many units as for few."""

from dataclasses import dataclass

from django.db.models import Avg, Count, F, Max, Min
from django.db.models.functions import Floor

from providers.domain.mapping import Box
from providers.queries.pages import Units, unprotected


@dataclass(frozen=True, slots=True)
class Gathered:
    """Units that lie together; `code` and `name` are of the only one, where there is one."""

    count: int
    code: str
    name: str
    latitude: float
    longitude: float
    box: Box


def on_the_map(found: Units) -> Units:
    """Those with a position. The database keeps none of protected housing; it is asked anyway."""
    return unprotected(found.filter(latitude__isnull=False))


def units_within(found: Units, box: Box) -> Units:
    return found.filter(
        latitude__range=(box.south, box.north), longitude__range=(box.west, box.east)
    )


def box_of(found: Units) -> Box | None:
    """None where nothing lies anywhere."""
    sides = found.order_by().aggregate(
        south=Min("latitude"), west=Min("longitude"), north=Max("latitude"), east=Max("longitude")
    )
    return None if sides["south"] is None else Box(**sides)


def gathered(found: Units, cell: tuple[float, float]) -> list[Gathered]:
    high, wide = cell
    rows = (
        found.order_by()
        .annotate(row=Floor(F("latitude") / high), column=Floor(F("longitude") / wide))
        .values("row", "column")
        .annotate(
            count=Count("pk"),
            code_=Min("code"),
            name_=Min("name"),
            lat=Avg("latitude"),
            lon=Avg("longitude"),
            south=Min("latitude"),
            west=Min("longitude"),
            north=Max("latitude"),
            east=Max("longitude"),
        )
        .order_by("-lat", "lon")
    )
    return [
        Gathered(
            row["count"],
            row["code_"],
            row["name_"],
            row["lat"],
            row["lon"],
            Box(row["south"], row["west"], row["north"], row["east"]),
        )
        for row in rows
    ]


def middles(found: Units) -> list[tuple[str, float, float]]:
    """Of each municipality the middle of its units that are shown, those with most units first."""
    rows = (
        found.order_by()
        .exclude(municipality="")
        .values("municipality")
        .annotate(count=Count("pk"), lat=Avg("latitude"), lon=Avg("longitude"))
        .order_by("-count", "municipality")
    )
    return [(row["municipality"], row["lat"], row["lon"]) for row in rows]
