"""Where things lie: real places of the region by municipality, and some further away."""

from typing import NamedTuple

from spink.sample.drawing import Draw

GOTEBORG = "1480"
MEMBERS = ("1480", "1440", "1401", "1482", "1441", "1481", "1402", "1415", "1419", "1407")
NEIGHBOURS = MEMBERS[1:]

KM_PER_DEGREE_NORTH = 111.2
KM_PER_DEGREE_EAST = 59.3
"""At 57.8 degrees north."""


class Place(NamedTuple):
    municipality: str
    name: str
    latitude: float
    longitude: float
    reach_km: float = 0.8
    """How far from its middle one is still within it."""


PLACES = (
    Place("1480", "Centrum", 57.7010, 11.9740),
    Place("1480", "Majorna", 57.6925, 11.9210),
    Place("1480", "Lundby", 57.7190, 11.9330),
    Place("1480", "Backa", 57.7520, 11.9890),
    Place("1480", "Biskopsgården", 57.7270, 11.8930),
    Place("1480", "Torslanda", 57.7230, 11.7740),
    Place("1480", "Angered", 57.7970, 12.0490),
    Place("1480", "Bergsjön", 57.7560, 12.0640),
    Place("1480", "Gamlestaden", 57.7290, 12.0080),
    Place("1480", "Kortedala", 57.7480, 12.0320),
    Place("1480", "Frölunda", 57.6540, 11.9150),
    Place("1480", "Askim", 57.6290, 11.9480),
    Place("1480", "Högsbo", 57.6670, 11.9320),
    Place("1480", "Örgryte", 57.6990, 12.0130),
    Place("1481", "Mölndal", 57.6555, 12.0150),
    Place("1481", "Kållered", 57.6110, 12.0500),
    Place("1481", "Lindome", 57.5770, 12.0760),
    Place("1402", "Partille", 57.7395, 12.1070),
    Place("1402", "Sävedalen", 57.7280, 12.0690, 0.6),
    Place("1401", "Mölnlycke", 57.6590, 12.1180),
    Place("1401", "Landvetter", 57.6870, 12.2100),
    Place("1401", "Hindås", 57.7050, 12.4470),
    Place("1441", "Lerum", 57.7700, 12.2690),
    Place("1441", "Floda", 57.8090, 12.3640),
    Place("1441", "Gråbo", 57.8370, 12.3000),
    Place("1482", "Kungälv", 57.8720, 11.9790),
    Place("1482", "Ytterby", 57.8600, 11.9200),
    Place("1482", "Kode", 57.9450, 11.8510),
    Place("1440", "Nödinge", 57.8960, 12.0520),
    Place("1440", "Älvängen", 57.9590, 12.1190),
    Place("1440", "Surte", 57.8280, 12.0230, 0.4),
    Place("1415", "Stenungsund", 58.0720, 11.8260, 0.7),
    Place("1415", "Stora Höga", 58.0180, 11.8310),
    Place("1415", "Jörlanda", 57.9870, 11.8260),
    Place("1419", "Skärhamn", 57.9920, 11.5520, 0.4),
    Place("1419", "Myggenäs", 58.0590, 11.7450, 0.4),
    Place("1407", "Öckerö", 57.7110, 11.6500, 0.3),
    Place("1407", "Hönö", 57.6930, 11.6490, 0.3),
)
AROUND = (
    Place("1384", "Kungsbacka", 57.4880, 12.0770),
    Place("1489", "Alingsås", 57.9300, 12.5340),
    Place("1462", "Lilla Edet", 58.1340, 12.1270),
)
AWAY = (
    Place("1490", "Borås", 57.7210, 12.9400),
    Place("1485", "Uddevalla", 58.3490, 11.9400),
    Place("1488", "Trollhättan", 58.2830, 12.2890),
    Place("1383", "Varberg", 57.1070, 12.2520),
    Place("1496", "Skövde", 58.3910, 13.8460),
    Place("0680", "Jönköping", 57.7820, 14.1620),
    Place("1880", "Örebro", 59.2740, 15.2080),
)
IN_MUNICIPALITY = {
    code: tuple(place for place in PLACES if place.municipality == code) for code in MEMBERS
}


def position_in(place: Place, draw: Draw) -> tuple[float, float]:
    """Latitude and longitude somewhere within the place, to about ten metres."""
    north = draw.between(-place.reach_km, place.reach_km) * 0.7
    east = draw.between(-place.reach_km, place.reach_km) * 0.7
    return (
        round(place.latitude + north / KM_PER_DEGREE_NORTH, 4),
        round(place.longitude + east / KM_PER_DEGREE_EAST, 4),
    )
