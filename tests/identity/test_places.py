"""Places: names of countries, the gazetteer, regions, coordinates, and what is not placed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.identity import gazetteer
from generator.identity.countries import PARTS_OF_COUNTRIES, country_of, is_country, stands_for_country
from generator.identity.curated import CuratedNames, parse_curated
from generator.identity.gazetteer import region_of, town_of
from generator.identity.identification import Identification
from generator.identity.keys import place_key
from generator.model.catalog import Entity
from generator.model.countries import countries
from generator.model.study import GeoPoint, Location
from generator.readers.countries import COUNTRIES
from tests.identity.catalogs import catalog, entity_of, study


def located(*places: tuple[str | None, str | None, str | None]) -> Identification:
    """Return the catalog of one trial for each city, state and country."""
    return catalog(
        *(
            study(f"T{number}", locations=[Location(city=city, state=state, country=country)])
            for number, (city, state, country) in enumerate(places)
        )
    )


def towns(found: Identification) -> list[Entity]:
    return [entity for entity in found.entities.values() if "siteCity" in entity.roles]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Korea, Republic of", "South Korea"),
        ("Turkey (Türkiye)", "Turkey"),
        ("Türkiye", "Turkey"),
        ("Czech Republic", "Czechia"),
        ("Russian Federation", "Russia"),
        ("USA", "United States"),
        ("The Netherlands", "Netherlands"),
        ("Iran, Islamic Republic of", "Iran"),
        ("Viet Nam", "Vietnam"),
        ("Moldova, Republic of", "Moldova"),
        ("Taiwan, Province of China", "Taiwan"),
        ("Allemagne", "Germany"),
        ("États-Unis", "United States"),
        ("Vereinigtes Königreich", "United Kingdom"),
        ("Países Bajos", "Netherlands"),
        ("Ελλάδα", "Greece"),
        ("日本", "Japan"),
    ],
)
def test_one_country_under_its_names(one: str, other: str) -> None:
    found = located((None, None, one), (None, None, other))
    [country] = [entity for entity in found.entities.values() if entity.kind == "place"]
    known = country_of(one)
    assert known is not None
    assert country.identifiers == {"iso3166": known.code}
    assert country.name == known.name
    assert country.studies == ["T0", "T1"]
    if one.casefold().removeprefix("the ") != other.casefold():
        assert any("in ISO 3166" in str(spelling.reason) for spelling in country.spellings)


def test_every_country_is_known_in_the_languages_of_the_table() -> None:
    """The names stand in the table, so that nothing is needed to look them up."""
    codes = [country.code for country in countries() if country.code]
    assert len(codes) == len(set(codes)) == 249
    for country in countries():
        assert all(country_of(name) == country for name in country.translated), country.code
    french = ("Espagne", "Belgique", "Pays-Bas", "Royaume-Uni", "Corée du Sud", "Côte d’Ivoire", "Tchad", "Suède")
    codes = [known.code for name in french if (known := country_of(name))]
    assert codes == ["ES", "BE", "NL", "GB", "KR", "CI", "TD", "SE"]


def test_what_is_no_country_is_none() -> None:
    assert is_country("Yugoslavia")
    assert not is_country("Wales")
    assert stands_for_country("Wales")
    wrong = ("Chian", "Chinese", "Wuhan", "Korea", "Multinational")
    assert not any(stands_for_country(text) for text in wrong)
    found = located(*((None, None, text) for text in (*wrong, "China", "Wales")))
    told = [problem for problem in found.problems if problem.code == "unknown-country"]
    assert [(problem.path, problem.severity) for problem in told] == [(f"T{n}.txt", "note") for n in range(5)]
    assert all(text in problem.message for text, problem in zip(wrong, told, strict=True))


def test_a_curated_name_says_which_country_is_meant() -> None:
    names = "- name: China\n  spellings:\n    - Chian\n  source: a slip of the pen\n"
    entries, problems = parse_curated("place", names)
    one = study("A", locations=[Location(country="Chian"), Location(country="China")])
    found = catalog(one, curated=CuratedNames(entries, problems))
    assert not found.problems
    [china] = [entity for entity in found.entities.values() if entity.kind == "place"]
    assert (china.name, china.identifiers) == ("China", {"iso3166": "CN"})


def test_countries_that_are_two() -> None:
    names = ("Korea, Republic of", "Korea, Democratic People's Republic of", "Congo", "Guinea", "Guinea-Bissau")
    assert len({known.code for name in names if (known := country_of(name))}) == len(names)
    assert country_of("Korea") is None


def test_every_country_that_registries_list_is_known() -> None:
    former = {"Former Serbia and Montenegro", "Former Yugoslavia", "Netherlands Antilles", "Serbia and Montenegro"}
    assert {name for name in COUNTRIES if country_of(name) is None} == former | {"Yugoslavia", "Kosovo"}


def test_a_part_of_a_country_belongs_to_it() -> None:
    found = located(("Edinburgh", None, "Scotland"), ("Edinburgh", None, "United Kingdom"))
    scotland = entity_of(found, "place", "Scotland")
    assert [reference.id for reference in scotland.part_of] == ["united-kingdom"]
    assert len(towns(found)) == 1
    assert set(PARTS_OF_COUNTRIES.values()) == {"GB"}


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        ("Vienna", "Wien", "Austria"),
        ("Cologne", "Köln", "Germany"),
        ("Koeln", "KÖLN", "Germany"),
        ("Praha 5", "Prague", "Czechia"),
        ("Lisbon", "Lisboa", "Portugal"),
        ("Saint Petersburg", "St. Petersburg", "Russian Federation"),
        ("Roma", "Rome", "Italy"),
    ],
)
def test_one_town_under_its_names(one: str, other: str, country: str) -> None:
    found = located((one, None, country), (other, None, country))
    [town] = towns(found)
    assert town.studies == ["T0", "T1"]
    assert town.latitude is not None
    assert town.longitude is not None
    assert "geonames" in town.identifiers
    assert town.note == "Coordinates from GeoNames (geonames.org), CC BY 4.0."
    assert place_key(one, None, country) == place_key(other, None, country)


def test_a_name_of_two_towns_is_not_placed() -> None:
    found = located(("Frankfurt", None, "Germany"), ("Münster", None, "Germany"), ("Paris", None, "United States"))
    assert [(town.latitude, town.identifiers) for town in towns(found)] == [(None, {})] * 3


def test_a_region_decides_and_two_regions_are_two_towns() -> None:
    found = located(
        ("Portland", "Maine", "United States"),
        ("Portland", "Oregon", "United States"),
        ("Portland", "OR", "USA"),
        ("Portland", None, "United States"),
        ("Münster", "Nordrhein-Westfalen", "Germany"),
        ("Münster", None, "Germany"),
    )
    placed = {tuple(town.studies): town.latitude for town in towns(found)}
    assert placed == {("T0",): 43.66, ("T1", "T2"): 45.52, ("T3",): None, ("T4",): 51.96, ("T5",): None}
    assert {town.id for town in towns(found)} >= {"portland-maine", "portland"}


def test_a_region_that_does_not_fit_decides_against() -> None:
    assert town_of("Stuttgart", "DE", "Bayern") is None
    assert town_of("Stuttgart", "DE", "Baden-Württemberg") is not None
    region = region_of("TX", "US")
    assert region is not None
    assert region.name == "Texas"


def test_a_city_is_part_of_its_region_and_that_of_its_country() -> None:
    found = located(("Houston", "TX", "United States"), ("Dallas", "Texas", "USA"), ("Lyon", None, "France"))
    texas = entity_of(found, "place", "Texas")
    assert texas.roles == ["region"]
    assert texas.studies == ["T0", "T1"]
    assert [reference.id for reference in entity_of(found, "place", "Houston").part_of] == ["texas"]
    assert [reference.id for reference in texas.part_of] == ["united-states"]
    assert [reference.id for reference in entity_of(found, "place", "Lyon").part_of] == ["france"]


@pytest.mark.parametrize("state", ["75013", "Cedex 12", "-", "N/A"])
def test_what_is_no_region(state: str) -> None:
    found = located(("Lyon", state, "France"))
    assert sorted(entity.name for entity in found.entities.values()) == ["France", "Lyon"]


def test_coordinates_that_a_document_states_go_first() -> None:
    one = Location(city="Lyon", country="France", geo_point=GeoPoint(lat=45.7, lon=4.8))
    far = Location(city="Lyon", country="France", geo_point=GeoPoint(lat=10.0, lon=4.8))
    lyon = entity_of(catalog(study("A", locations=[one])), "place", "Lyon")
    assert (lyon.latitude, lyon.longitude) == (45.7, 4.8)
    assert lyon.note == "Coordinates as documents state them for sites here."
    torn = entity_of(catalog(study("A", locations=[one]), study("B", locations=[far])), "place", "Lyon")
    assert (torn.latitude, torn.note) == (None, None)


def test_a_twin_town_is_found_by_its_second_name() -> None:
    town = town_of("Phoenix", "MU")
    assert town is not None
    assert town.name == "Vacoas"


def test_the_gazetteer_is_small_and_says_whose_it_is() -> None:
    folder = Path(gazetteer.__file__).parent
    assert (folder / gazetteer.CITIES).stat().st_size < 720_000
    readme = (folder / "README.md").read_text(encoding="utf-8")
    about = (folder.parents[2] / "content" / "about" / "index.md").read_text(encoding="utf-8")
    for text in (readme, about):
        assert "geonames.org" in text
        assert "creativecommons.org/licenses/by/4.0" in text
