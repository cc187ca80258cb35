"""The projection of the maps: Mercator's, in which what is small keeps its form, cut near the poles."""

from __future__ import annotations

import math

WIDTH = 7200
"""Units from 180 degrees west to 180 degrees east: 20 a degree, so that whole numbers are fine enough."""

NORTH, SOUTH = 80.0, -58.0
"""What lies nearer to a pole is drawn at this latitude."""

_UNITS = WIDTH / 360


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Return x and y of a place in units of the map, y growing to the south."""
    bounded = math.radians(min(NORTH, max(SOUTH, latitude)))
    y = math.degrees(math.log(math.tan(math.pi / 4 + bounded / 2)))
    return (longitude + 180) * _UNITS, -y * _UNITS
