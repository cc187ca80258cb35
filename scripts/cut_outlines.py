"""Cut the outlines of the maps from Natural Earth, as the package ``world-atlas`` carries it.

Usage, at development time only::

    npm pack world-atlas@2.0.2 i18n-iso-countries@7.14.0      # and unpack both
    python scripts/cut_outlines.py world-atlas/countries-50m.json i18n-iso-countries/codes.json

Natural Earth (naturalearthdata.com) is in the public domain.  The second file is only asked which two letters stand for
a country's number in ISO 3166.  What is written:

- ``content/assets/maps/world.svg``: all countries in the projection of the maps
  (``generator/pages/figures/projection.py``), each a path with its two letters as id, all of them together as ``land``.
  Borders that two countries share stay shared: each is simplified once, by Visvalingam's method, with areas as they are
  on the globe.  Land without a code of its own in ISO 3166 is drawn without an id.  Antarctica is left out.
- ``generator/pages/figures/country_boxes.tsv``: country, west, north, east, south of its main land in
  units of the map, by which a map of a country is cut out.
"""

from __future__ import annotations

import heapq
import itertools
import json
import math
import sys
from pathlib import Path
from typing import Any

from generator.pages.figures.projection import NORTH, SOUTH, WIDTH, project

PROJECT = Path(__file__).parents[1]
Point = tuple[float, float]

DETAIL = 0.045
"""A bend that spans less than this, in square degrees at the equator, is straightened."""

SMALLEST = 0.2
"""An island smaller than this is left out, unless it is the largest of its country."""

EMPTY_NORTH, COARSER = 67.0, 6.0
"""North of this latitude, where hardly anyone lives, bends and islands must be so many times larger to be kept."""

CROWDED, FINER = (-11.0, 35.0, 32.0, 60.0), 0.4
"""West, south, east and north of the part whose maps show the most detail, since its countries are small."""

MAIN = 0.2
"""Land of at least this part of the largest piece belongs to the main land of a country."""


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs as longitudes and latitudes."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def bend(before: Point, at: Point, after: Point) -> float:
    """Return the area of the triangle, in square degrees at the equator."""
    twice = (at[0] - before[0]) * (after[1] - before[1]) - (after[0] - before[0]) * (at[1] - before[1])
    return abs(twice) / 2 * math.cos(math.radians(at[1]))


def simplified(points: list[Point], detail: float) -> list[Point]:
    """Return the arc without its smallest bends; its ends stay."""
    if len(points) <= 4:
        return points
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    area = [0.0] * len(points)
    gone = [False] * len(points)
    heap: list[tuple[float, int]] = []
    for at in range(1, len(points) - 1):
        area[at] = bend(points[at - 1], points[at], points[at + 1])
        heapq.heappush(heap, (area[at], at))
    left = len(points)
    while heap:
        size, at = heapq.heappop(heap)
        if gone[at] or size != area[at]:
            continue
        if size >= detail or left <= 4:
            break
        gone[at] = True
        left -= 1
        low, high = before[at], after[at]
        after[low], before[high] = high, low
        for other in (low, high):
            if 0 < other < len(points) - 1:
                area[other] = max(size, bend(points[before[other]], points[other], points[after[other]]))
                heapq.heappush(heap, (area[other], other))
    return [point for point, dropped in zip(points, gone, strict=True) if not dropped]


def detail_of(arc: list[Point]) -> float:
    """Return how large a bend of an arc must be to be kept."""
    west, south, east, north = CROWDED
    if all(west < x < east and south < y < north for x, y in arc):
        return DETAIL * FINER
    return DETAIL * COARSER if all(y > EMPTY_NORTH for _, y in arc) else DETAIL


def at_the_edge(ring: list[Point]) -> list[list[Point]]:
    """Return a ring in the pieces that lie between 180 degrees west and east: some rings walk over that line."""
    unrolled = [ring[0]]
    for (before, _), (x, y) in itertools.pairwise(ring):
        last = unrolled[-1][0]
        unrolled.append((last + (x - before + 180) % 360 - 180, y))
    west, east = min(x for x, _ in unrolled), max(x for x, _ in unrolled)
    if west >= -180 and east <= 180:
        return [ring]
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        piece = [(x + turn, y) for x, y in unrolled]
        for edge, side in ((-180.0, 1), (180.0, -1)):
            piece = clipped(piece, edge, side)
        if len(piece) > 3:
            pieces.append(piece)
    return pieces


def clipped(ring: list[Point], edge: float, side: int) -> list[Point]:
    """Return the part of a ring that lies on one side of a longitude."""
    kept: list[Point] = []
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        inside = (a[0] - edge) * side >= 0
        if inside:
            kept.append(a)
        if inside != ((b[0] - edge) * side >= 0):
            part = (edge - a[0]) / (b[0] - a[0])
            kept.append((edge, a[1] + part * (b[1] - a[1])))
    return kept


def size_of(ring: list[Point]) -> float:
    """Return the area of a ring in square degrees at the equator."""
    middle = sum(point[1] for point in ring) / len(ring)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    return abs(twice) / 2 * math.cos(math.radians(middle))


def ring_of(indexes: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return the ring that arcs make; a negative index is an arc walked backwards."""
    points: list[Point] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def drawn(ring: list[Point]) -> tuple[str, list[tuple[int, int]]]:
    """Return a ring as a path of whole numbers, and its corners."""
    corners: list[tuple[int, int]] = []
    for longitude, latitude in ring:
        x, y = project(min(NORTH, max(SOUTH, latitude)), longitude)
        corner = round(x), round(y)
        if not corners or corner != corners[-1]:
            corners.append(corner)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 3:
        return "", []
    text = f"M{corners[0][0]} {corners[0][1]}l"
    for a, b in itertools.pairwise(corners):
        for step in (b[0] - a[0], b[1] - a[1]):
            text += f"{'' if step < 0 or text[-1] == 'l' else ' '}{step}"
    return text + "z", corners


def main(outlines: Path, codes: Path) -> None:
    """Write both files."""
    topology = json.loads(outlines.read_text("utf-8"))
    letters = {row[2]: row[0] for row in json.loads(codes.read_text("utf-8"))}
    whole = arcs_of(topology)
    arcs = [simplified(arc, detail_of(arc)) for arc in whole]
    paths: list[str] = []
    boxes: list[str] = []
    for country in sorted(topology["objects"]["countries"]["geometries"], key=lambda item: item.get("id", "999")):
        code = letters.get(country.get("id", ""), "")
        if code == "AQ":
            continue
        parts = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        sizes = [max(map(size_of, at_the_edge(ring_of(part[0], whole)))) for part in parts]
        lines: list[str] = []
        main_land: list[tuple[int, int]] = []
        for part, size in zip(parts, sizes, strict=True):
            far = all(y > EMPTY_NORTH for _, y in ring_of(part[0], whole))
            if size < SMALLEST * (COARSER if far else 1) and size < max(sizes):
                continue
            for number, ring in enumerate(part):
                # The smallest countries keep all their corners.
                for piece in at_the_edge(ring_of(ring, arcs if size >= SMALLEST else whole)):
                    text, corners = drawn(piece)
                    lines.append(text)
                    if number == 0 and size_of(piece) >= MAIN * max(sizes):
                        main_land.extend(corners)
        if not any(lines):
            continue
        identifier = f' id="{code}"' if code else ""
        paths.append(f'<path{identifier} d="{"".join(lines)}"/>')
        if code and main_land:
            (west, east), (north, south) = ((min(values), max(values)) for values in zip(*main_land, strict=True))
            boxes.append(f"{code}\t{west}\t{north}\t{east}\t{south}")
    top, bottom = round(project(NORTH, 0)[1]), round(project(SOUTH, 0)[1])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 {top} {WIDTH} {bottom - top}">\n'
        "<!-- Outlines: Natural Earth, public domain, simplified by scripts/cut_outlines.py -->\n"
        '<g id="land">\n' + "\n".join(paths) + "\n</g>\n</svg>\n"
    )
    (PROJECT / "content" / "assets" / "maps" / "world.svg").write_text(svg, "utf-8")
    table = PROJECT / "generator" / "pages" / "figures" / "country_boxes.tsv"
    table.write_text("\n".join(sorted(boxes)) + "\n", "utf-8")
    print(f"{len(paths)} countries, {len(svg):,} bytes")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))
