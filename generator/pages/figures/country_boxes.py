"""Where the countries lie on the map, cut together with their outlines (``scripts/cut_outlines.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WORLD = "assets/maps/world.svg"
"""The outlines, below the root of the site: all of them as ``land``, each country by its two letters."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in units of the map."""

    west: float
    north: float
    east: float
    south: float

    def around(self, other: Box) -> Box:
        """Return the smallest box that holds both."""
        return Box(
            min(self.west, other.west),
            min(self.north, other.north),
            max(self.east, other.east),
            max(self.south, other.south),
        )


@lru_cache(maxsize=1)
def country_boxes() -> dict[str, Box]:
    """Return the box of the main land of each country that has an outline, by its two letters in ISO 3166."""
    boxes = {}
    for line in (Path(__file__).parent / "country_boxes.tsv").read_text("utf-8").splitlines():
        code, *edges = line.split("\t")
        boxes[code] = Box(*map(float, edges))
    return boxes
