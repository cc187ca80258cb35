"""Maps of sites: dots of our own over the outlines of the countries, which lie in one file for all pages.

A trial's page asks for ``site_map(places_of([its id], linker), linker)``.  Nothing is placed by a guess: a dot stands
where a document or the gazetteer has the town; a country of whose towns none is known is shaded as a whole.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from generator.identity.gazetteer import ATTRIBUTION
from generator.language.formats import plural
from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import Entity, MapPoint, StudySummary, map_point_of
from generator.pages.figures.country_boxes import WORLD, Box, country_boxes
from generator.pages.figures.projection import NORTH, SOUTH, WIDTH, project
from generator.pages.links import Linker
from generator.pages.lists.rows import location_number
from generator.pages.text.escaping import Markdown, html_text, plain
from generator.pages.text.phrases import and_more
from generator.pages.text.wording import status

_SMALLEST = 400.0
"""Width of the narrowest map: 20 degrees, at which the outlines still look right."""

_FLATTEST, _STEEPEST = 2.3, 1.25
"""Width over height of a map, at most and at least."""

_FAR, _MOST, _CLOSER = 0.2, 0.75, 0.5
"""A gap is wide that takes so much of a map's extent; a map is first shown on the side of it with so many places, where
that side is so much smaller."""

_NOTHING_KNOWN = StudySummary()
_MOST_DOTS = 250
_MOST_NAMES = 4

_LOOKS = ("other", "soon", "open")
"""What a dot says of the sites of its town, in the order in which dots are drawn: the open ones lie on top."""

_LEGEND = {
    "open": gettext_noop("● said to recruit"),
    "soon": gettext_noop("○ not yet recruiting"),
    "other": gettext_noop("■ not said to recruit"),
}


@dataclass(slots=True)
class Town:
    """A town with sites, and where it lies."""

    point: MapPoint
    latitude: float
    longitude: float
    trials: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    """The trials of which a site here is said to recruit."""
    soon: set[str] = field(default_factory=set)
    sites: int = 0

    @property
    def look(self) -> str:
        """Which of the looks its dot has."""
        return "open" if self.open else "soon" if self.soon else "other"


@dataclass(slots=True)
class Places:
    """Where trials take place, as far as it is known."""

    towns: list[Town] = field(default_factory=list)
    """The one with the most trials first."""
    countries: list[tuple[MapPoint, int]] = field(default_factory=list)
    """Countries of whose towns none has coordinates, with their numbers of trials."""
    unplaced: int = 0
    """Sites whose towns have no coordinates."""
    stated: bool = False
    """True where documents state coordinates, and ``gazetteer`` where those of the gazetteer are used."""
    gazetteer: bool = False


def places_of(studies: Iterable[str], linker: Linker, within: Entity | None = None) -> Places:
    """Return where the *studies* with these ids take place.

    Only the sites in *within* count, a country, region or hospital, if it is given.
    """
    found = Places()
    towns: dict[str, Town] = {}
    placed: set[str] = set()
    countries: dict[str, set[str]] = {}
    for identifier in studies:
        summary = linker.catalog.study_summary(identifier) or _NOTHING_KNOWN
        number_of_sites, statuses = summary.number_of_sites, summary.statuses()
        on_map: set[int] = set()
        in_country: dict[str, set[int]] = {}
        links = linker.catalog.links_of_study(identifier)
        inside = (
            None
            if within is None
            else {
                location_number(link.pointer) for link in links if link.entity == within.id and link.kind == within.kind
            }
        )
        for link in links:
            if link.kind != "place":
                continue
            index = location_number(link.pointer)
            if inside is not None and (index is None or index not in inside):
                continue
            if link.role == "siteCity" and index is not None and index < number_of_sites:
                if _place(link.entity, identifier, summary.point_at(index), statuses.get(index), towns, found, linker):
                    on_map.add(index)
                else:
                    found.unplaced += 1
            elif link.role == "country":
                in_country.setdefault(link.entity, set()).update(() if index is None else (index,))
        for country, indexes in in_country.items():
            countries.setdefault(country, set()).add(identifier)
            if indexes & on_map:
                placed.add(country)
    found.towns = sorted(towns.values(), key=lambda town: (-len(town.trials), -town.sites, town.point.id))
    found.countries = sorted(
        (
            (point, len(ids))
            for key, ids in countries.items()
            if key not in placed and (point := linker.catalog.map_point(key)) is not None and point.code
        ),
        key=lambda entry: (-entry[1], entry[0].id),
    )
    return found


def place_itself(entity: Entity) -> Places:
    """Return the one place that *entity* is: a town with its coordinates, or a country."""
    if "country" in entity.roles:
        return Places(countries=[(map_point_of(entity), len(entity.studies))])
    if entity.latitude is None or entity.longitude is None:
        return Places()
    gazetteer = entity.coordinates_from == "gazetteer"
    return Places(
        [Town(map_point_of(entity), entity.latitude, entity.longitude, set(entity.studies))],
        stated=not gazetteer,
        gazetteer=gazetteer,
    )


def _place(
    place: str,
    study: str,
    point: tuple[float, float] | None,
    code: str | None,
    towns: dict[str, Town],
    found: Places,
    linker: Linker,
) -> bool:
    """Count a site at its town; False where nothing says where the town lies."""
    town = towns.get(place)
    if town is None:
        known = linker.catalog.map_point(place)
        if known is None:
            return False
        if point is not None:
            latitude, longitude = point
            found.stated = True
        elif known.latitude is not None and known.longitude is not None:
            latitude, longitude = known.latitude, known.longitude
            if known.coordinates_from == "gazetteer":
                found.gazetteer = True
            else:
                found.stated = True
        else:
            return False
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return False
        town = towns[place] = Town(known, latitude, longitude)
    town.sites += 1
    town.trials.add(study)
    if code:
        group = status(code).group
        if group == "open":
            town.open.add(study)
        elif group == "soon":
            town.soon.add(study)
    return True


def site_map(places: Places, linker: Linker, *, several: bool = False) -> Markdown | None:
    """Return a map of *places* as a block of HTML; None where nothing is known that a map could show.

    The list of the towns belongs beside it: the picture's text says only how many there are.  *several* is true where
    the places are those of several trials: then the dots grow with the number of trials.
    """
    boxes = country_boxes()
    shaded = {point.code: number for point, number in places.countries if point.code in boxes}
    if not places.towns and not shaded:
        return None
    points = [(town, *project(town.latitude, town.longitude)) for town in places.towns]
    all_boxes = [*(Box(x, y, x, y) for _, x, y in points), *(boxes[code] for code in shaded)]
    window = _window(all_boxes)
    near = _near(all_boxes, window)
    width = window.east - window.west
    nearer = f' data-near="{_view_box(near)}"' if near else ""
    outlines = linker.page.to_file(WORLD)
    lines = [
        f'<figure class="map{" map--small" if len(places.towns) + len(shaded) == 1 else ""}">',
        f'<svg viewBox="{_view_box(window)}"{nearer} role="img" '
        f'aria-label="{html_text(_said(places))}" stroke-width="{width / 700:.1f}">'
        f'<use href="{outlines}#land"/>' + "".join(f'<use href="{outlines}#{code}"/>' for code in shaded),
    ]
    looks = set()
    groups = _grouped(points, near.east - near.west if near else width)
    for look in _LOOKS:
        dots = [group for group in groups if group.look == look]
        if dots:
            looks.add(look)
            drawn = "".join(group.drawn(width, several=several) for group in dots)
            lines.append(f'<g class="{look}">{drawn}</g>')
    lines.append(f"</svg>\n<figcaption>{_caption(places, looks)}</figcaption>\n</figure>")
    return Markdown("\n".join(lines))


@dataclass(slots=True)
class _Dot:
    """Towns that lie so close that they share a dot."""

    x: float
    y: float
    look: str
    towns: list[Town]
    trials: set[str]

    def drawn(self, width: float, *, several: bool) -> str:
        names = [town.point.name for town in self.towns[:_MOST_NAMES]]
        said = and_more(", ".join(names), len(self.towns) - len(names))
        if several:
            trials = plural(len(self.trials), "{n} trial", "{n} trials")
            said += f": {trials}"
        title = f"<title>{html_text(plain(said))}</title>"
        size = width * (0.0095 + (min(0.002 * math.log2(len(self.trials) or 1), 0.012) if several else 0))
        if self.look == "other":
            # A square of the same area as the disc.
            edge = round(size * 1.77)
            return f'<path d="M{self.x - edge / 2:.0f} {self.y - edge / 2:.0f}h{edge}v{edge}h-{edge}z">{title}</path>'
        return f"<circle cx={self.x:.0f} cy={self.y:.0f} r={size:.0f}>{title}</circle>"


def _grouped(points: list[tuple[Town, float, float]], width: float) -> list[_Dot]:
    """Return the dots: towns closer than a dot is wide share one, which stands at the largest of them."""
    cell = width / 50
    while True:
        dots: dict[tuple[int, int], _Dot] = {}
        for town, x, y in points:
            column, row = int(x // cell), int(y // cell)
            near = [
                dot
                for at in ((column + right, row + down) for right in (-1, 0, 1) for down in (-1, 0, 1))
                if (dot := dots.get(at)) and (dot.x - x) ** 2 + (dot.y - y) ** 2 < cell * cell
            ]
            if near or (column, row) in dots:
                dot = near[0] if near else dots[column, row]
                dot.towns.append(town)
                dot.trials |= town.trials
                dot.look = max(dot.look, town.look, key=_LOOKS.index)
            else:
                dots[column, row] = _Dot(x, y, town.look, [town], set(town.trials))
        if len(dots) <= _MOST_DOTS:
            # Small dots are drawn last, so that large ones do not cover them.
            return sorted(dots.values(), key=lambda dot: (-len(dot.trials), dot.towns[0].point.id))
        cell *= 1.5


def _window(boxes: list[Box], form: float | None = None) -> Box:
    """Return the part of the world with all of *boxes* and room around them; *form* is its width over height."""
    around = boxes[0]
    for box in boxes[1:]:
        around = around.around(box)
    width, height = (around.east - around.west) * 1.16, (around.south - around.north) * 1.2
    width = max(width, height * (form or _STEEPEST), _SMALLEST)
    height = max(height, width / (form or _FLATTEST))
    top, bottom = project(NORTH, 0)[1], project(SOUTH, 0)[1]
    height, width = min(height, bottom - top), min(width, WIDTH)
    west = min(max((around.west + around.east - width) / 2, 0), WIDTH - width)
    north = min(max((around.north + around.south - height) / 2, top), bottom - height)
    return Box(west, north, west + width, north + height)


def _near(boxes: list[Box], window: Box) -> Box | None:
    """Return the part of the *window* where most of *boxes* are, of the same form; None where it is not much smaller.

    A script shows this part first, and lets the reader go from there to the whole.
    """
    kept = boxes
    while (fewer := _without_far_ones(kept, math.ceil(len(boxes) * _MOST))) is not None:
        kept = fewer
    width = window.east - window.west
    near = _window(kept, width / (window.south - window.north))
    return near if near.east - near.west <= width * _CLOSER else None


def _without_far_ones(boxes: list[Box], fewest: int) -> list[Box] | None:
    """Return those of *boxes* on one side of a wide gap, at least *fewest*; None where there is no such gap."""
    sides: tuple[Callable[[Box], tuple[float, float]], ...] = (
        lambda box: (box.west, box.east),
        lambda box: (box.north, box.south),
    )
    for side in sides:
        ordered = sorted(boxes, key=side)
        wide = _FAR * (max(side(box)[1] for box in boxes) - side(ordered[0])[0])
        reach = side(ordered[0])[1]
        for at, box in enumerate(ordered[1:], start=1):
            begin, end = side(box)
            if begin - reach > wide:
                for part in (ordered[:at], ordered[at:]):
                    if len(part) >= fewest:
                        return part
            reach = max(reach, end)
    return None


def _view_box(box: Box) -> str:
    return f"{box.west:.0f} {box.north:.0f} {box.east - box.west:.0f} {box.south - box.north:.0f}"


def _said(places: Places) -> str:
    """Return what the map shows, in one sentence."""
    pieces = []
    if places.towns:
        pieces.append(plural(len(places.towns), "{n} town", "{n} towns"))
        opened = sum(bool(town.open) for town in places.towns)
        if opened:
            pieces.append(plural(opened, "{n} of them with a recruiting site", "{n} of them with a recruiting site"))
    if places.countries:
        names = ", ".join(point.name for point, _ in places.countries[:8])
        pieces.append(gettext("{countries} as a whole").format(countries=names))
    return plain(gettext("Map: {places}").format(places=", ".join(pieces)))


def _caption(places: Places, looks: set[str]) -> str:
    """Return what the signs mean, what is not on the map, and where the coordinates come from."""
    pieces = []
    if looks:
        pieces.append(" · ".join(gettext(words) for look, words in _LEGEND.items() if look in looks))
    shaded = [point for point, _ in places.countries if point.code]
    if shaded:
        shown = ", ".join(html_text(plain(point.name)) for point in shaded[:8])
        names = and_more(shown, len(shaded) - 8)
        pieces.append(gettext("Shaded, no town known: {countries}").format(countries=names))
    unknown = len(places.countries) - len(shaded)
    if unknown:
        pieces.append(plural(unknown, "{n} name of a country not recognised", "{n} names of a country not recognised"))
    if places.unplaced:
        pieces.append(
            plural(
                places.unplaced,
                "{n} site in towns without known coordinates",
                "{n} sites in towns without known coordinates",
            )
        )
    attribution = html_text(ATTRIBUTION)
    if places.stated and places.gazetteer:
        pieces.append(gettext("Coordinates: as documents state them or {source}").format(source=attribution))
    elif places.stated:
        pieces.append(gettext("Coordinates: as documents state them"))
    elif places.gazetteer:
        pieces.append(gettext("Coordinates: {source}").format(source=attribution))
    return ". ".join(pieces)
