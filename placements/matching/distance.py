from typing import Final

import numpy as np

from placements.matching.asked import Value
from providers.domain.register.columns import Column

EARTH_RADIUS_M: Final = 6_371_008.8


def metres(latitude: Value, longitude: Value, to_latitude: Column, to_longitude: Column) -> Value:
    """Great-circle distance from radians, in whole metres; NaN where a position is not known.

    Whole, so that every way of computing it compares alike.
    """
    across = np.sin((to_latitude - latitude) / 2)
    along = np.sin((to_longitude - longitude) / 2)
    half_chord = across * across + np.cos(latitude) * np.cos(to_latitude) * (along * along)
    return np.rint(2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(half_chord, 1))))
