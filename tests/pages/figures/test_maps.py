"""Maps: dots only where a town is known, countries as a whole where none is, and words for all that is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.identity.gazetteer import ATTRIBUTION
from generator.model.catalog import Catalog, Entity, Kind, Link
from generator.model.catalog_section import CatalogSection
from generator.model.study import GeoPoint, Location, Study
from generator.pages.figures.country_boxes import WORLD, country_boxes
from generator.pages.figures.maps import places_of, site_map
from generator.pages.figures.projection import NORTH, WIDTH, project
from generator.pages.links import Linker
from generator.pages.paths import PageAddress, SitePaths
from generator.settings import Settings

ROOT = Path(__file__).parents[3]
MODULE = "/protocolSection/contactsLocationsModule"
TOWNS = {
    "paris": (48.85, 2.35),
    "nancy": (48.69, 6.18),
    "versailles": (48.80, 2.13),
    "auckland": (-36.85, 174.76),
    "lima": (-12.04, -77.03),
}


def study_at(identifier: str, *sites: tuple[str, str, str | None]) -> tuple[Study, list[Link]]:
    """Return a study with sites, each a town, a country and a status, and its links to them."""
    study = Study()
    study.catalog_section = CatalogSection(id=identifier)
    links = []
    for index, (town, country, status) in enumerate(sites):
        study.protocol_section.contacts_locations_module.locations.append(
            Location(city=town, country=country, status=status)
        )
        for role, entity, field in (("siteCity", town, "city"), ("country", country, "country")):
            pointer = f"{MODULE}/locations/{index}/{field}"
            links.append(Link(study=identifier, kind="place", entity=entity, role=role, pointer=pointer))  # type: ignore[arg-type]
    return study, links


def linker_for(*studies: tuple[Study, list[Link]]) -> Linker:
    entities: dict[tuple[Kind, str], Entity] = {}
    catalog = Catalog(studies={study.catalog_section.id or "": study for study, _ in studies}, entities=entities)
    for _, links in studies:
        catalog.links += links
    for code, country in (("FR", "france"), ("ES", "spain"), ("NZ", "new-zealand"), ("PE", "peru"), ("", "atlantis")):
        entities["place", country] = Entity(
            kind="place", id=country, name=country.title(), roles=["country"], identifiers={"iso3166": code}
        )
    for town, (latitude, longitude) in TOWNS.items():
        entities["place", town] = Entity(
            kind="place",
            id=town,
            name=town.title(),
            roles=["siteCity"],
            latitude=latitude,
            longitude=longitude,
            coordinates_from="gazetteer",
        )
    entities["place", "nowhere"] = Entity(kind="place", id="nowhere", name="Nowhere", roles=["siteCity"])
    return Linker(PageAddress("trials/nct1.md"), catalog, SitePaths(catalog, Settings()), Settings())


def drawn(*studies: tuple[Study, list[Link]], several: bool = False) -> str:
    linker = linker_for(*studies)
    identifiers = [study.catalog_section.id or "" for study, _ in studies]
    return site_map(places_of(identifiers, linker), linker, several=several) or ""


def test_the_form_of_a_dot_tells_whether_its_site_recruits() -> None:
    picture = drawn(
        study_at(
            "nct1",
            ("nancy", "france", "RECRUITING"),
            ("lima", "peru", "COMPLETED"),
            ("auckland", "new-zealand", "NOT_YET_RECRUITING"),
        )
    )
    assert re.search(r'<g class="open"><circle [^>]*><title>Nancy</title>', picture)
    assert re.search(r'<g class="soon"><circle [^>]*><title>Auckland</title>', picture)
    assert re.search(r'<g class="other"><path [^>]*><title>Lima</title>', picture)
    assert 'aria-label="Map: 3 towns, 1 of them with a recruiting site"' in picture
    assert "● said to recruit · ○ not yet recruiting · ■ not said to recruit" in picture
    assert ATTRIBUTION in picture


def test_coordinates_of_a_document_go_before_those_of_the_gazetteer() -> None:
    study, links = study_at("nct1", ("nancy", "france", None))
    study.protocol_section.contacts_locations_module.locations[0].geo_point = GeoPoint(lat=40.0, lon=-3.0)
    picture = drawn((study, links))
    west, _, width, _ = map(float, (re.search('viewBox="([^"]+)"', picture) or [""])[1].split())
    assert west + width / 2 == pytest.approx(project(40.0, -3.0)[0], abs=1)
    assert "Coordinates: as documents state them" in picture
    assert ATTRIBUTION not in picture


def test_a_country_without_a_known_town_is_shaded() -> None:
    picture = drawn(study_at("nct1", ("nowhere", "spain", None), ("nancy", "france", None)))
    assert f'{WORLD}#ES"' in picture
    assert f'{WORLD}#FR"' not in picture
    assert "Shaded, no town known: Spain" in picture
    assert "1 site in towns without known coordinates" in picture


def test_there_is_no_map_where_no_place_is_known() -> None:
    assert not drawn(study_at("nct1", ("nowhere", "atlantis", None)))
    assert not drawn(study_at("nct1"))


def test_towns_that_lie_together_share_a_dot_and_all_trials_count_once() -> None:
    picture = drawn(
        study_at("nct1", ("paris", "france", None), ("versailles", "france", "RECRUITING")),
        study_at("nct2", ("paris", "france", None), ("auckland", "new-zealand", None)),
        several=True,
    )
    assert '<g class="open"><circle' in picture
    assert "<title>Paris, Versailles: 2 trials</title>" in picture
    assert "<title>Auckland: 1 trial</title>" in picture


def test_a_map_with_one_place_far_away_is_first_shown_where_most_are() -> None:
    together = [("nancy", "france", None), ("paris", "france", None), ("versailles", "france", None)]
    picture = drawn(study_at("nct1", *together, ("auckland", "new-zealand", None)))
    whole, near = (
        [float(number) for number in text.split()] for text in re.findall(r'(?:viewBox|data-near)="([^"]+)"', picture)
    )
    assert near[2] < whole[2] / 4
    assert near[2] / near[3] == pytest.approx(whole[2] / whole[3], rel=0.01)
    x, y = project(48.7, 6.2)
    assert near[0] < x < near[0] + near[2]
    assert near[1] < y < near[1] + near[3]
    assert "data-near" not in drawn(study_at("nct1", *together))
    assert "data-near" not in drawn(study_at("nct1", together[0], ("lima", "peru", None), ("auckland", "", None)))


def test_only_the_sites_of_a_country_stand_on_its_map() -> None:
    made = study_at("nct1", ("nancy", "france", None), ("auckland", "new-zealand", None), ("nowhere", "spain", None))
    linker = linker_for(made)
    places = places_of([made[0].catalog_section.id or ""], linker, within=linker.catalog.entities["place", "france"])
    assert [town.point.id for town in places.towns] == ["nancy"]
    assert not places.countries


@pytest.mark.parametrize("sites", [1, 30])
def test_a_map_is_small(sites: int) -> None:
    picture = drawn(study_at("nct1", *[("nancy", "france", None)] * sites))
    assert len(picture) < 700


def test_the_outlines_are_small_and_each_country_has_its_own() -> None:
    svg = (ROOT / "content" / WORLD).read_text("utf-8")
    assert len(svg) < 65_000
    assert {f'id="{code}"' for code in country_boxes()} <= set(re.findall('id="[A-Z]{2}"', svg))
    for code, box in country_boxes().items():
        assert 0 <= box.west <= box.east <= WIDTH, code
        assert box.north <= box.south, code


def test_the_projection_keeps_small_things_in_form() -> None:
    x, y = project(60.0, 10.0)
    right, up = project(60.0, 10.1)[0] - x, y - project(60.05, 10.0)[1]
    assert right == pytest.approx(up, rel=0.01)  # a degree to the east is half as long as one to the north
    assert project(89.0, 0.0)[1] == project(NORTH, 0.0)[1]
