"""The lean texts and names that the search is made from, and the index that Pagefind makes of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from generator import building
from generator.exports.search_names import LARGEST, Name, NamedTrial, name_files, named
from generator.exports.search_records import (
    SearchRecords,
    ages_of,
    catalog_version,
    condensed,
    number_keys,
    tokens,
)
from generator.model.catalog import Catalog, Entity, Kind, Link, Spelling
from generator.model.catalog_section import CatalogSection
from generator.model.study import (
    EligibilityModule,
    GeoPoint,
    IdentificationModule,
    Location,
    StatusModule,
    Study,
)
from generator.renderer.search_index import FOLDER, SearchIndexError, build_search_index
from generator.settings import Settings
from tests.conftest import SEEDS, files_of


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> SearchRecords:
    made = building.make_catalog(SEEDS, tmp_path_factory.mktemp("content"))
    return building.search_records(made, Settings())


def trials(records: SearchRecords) -> dict[str, NamedTrial]:
    return {url: named(records.lean(identifier)) for url, identifier in records.paths().items()}


def points(records: SearchRecords) -> list[tuple[str, float, float]]:
    return [point for identifier in records.paths().values() for point in records.lean(identifier).points]


def facet(text: bytes, name: str) -> list[str]:
    return re.findall(rf'data-pagefind-filter="{name}\[content\]" content="([^"]*)"', text.decode())


def small(**places: str) -> SearchRecords:
    """Return a catalog of one recruiting trial with a site in each of these towns, with that status."""
    study = Study(catalog_section=CatalogSection(id="NCT00000001"))
    identification = study.protocol_section.identification_module
    identification.nct_id, identification.brief_title = "NCT00000001", 'A trial <of> script & "quotes"'
    study.protocol_section.status_module.overall_status = "RECRUITING"
    entities: dict[tuple[Kind, str], Entity] = {}
    catalog = Catalog(studies={"NCT00000001": study}, entities=entities)
    for number, (town, status) in enumerate(places.items()):
        study.protocol_section.contacts_locations_module.locations.append(
            Location(city=town, country="France", status=status or None, geo_point=GeoPoint(lat=45.0, lon=number))
        )
        entities["place", town] = Entity(
            kind="place", id=town, name=town.title(), country="France", roles=["siteCity"], studies=["NCT00000001"]
        )
        pointer = f"/protocolSection/contactsLocationsModule/locations/{number}/city"
        catalog.links.append(Link(study="NCT00000001", kind="place", entity=town, role="siteCity", pointer=pointer))
    return SearchRecords(catalog, lambda entity: f"places/{entity.id}/", lambda study: f"trials/{study.lower()}/")


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("NCT06774235", {"nct06774235", "06774235"}),
        ("2024-516780-93-00", {"20245167809300", "202451678093"}),
        ("EUCTR2016-000488-17-FR", {"euctr201600048817fr", "201600048817"}),
        ("87RI24_0040 (PLATINIUM)", {"87ri240040platinium"}),
        ("ISRCTN12345678", {"isrctn12345678"}),
    ],
)
def test_numbers_are_found_in_any_way_of_writing(written: str, keys: set[str]) -> None:
    assert keys <= set(number_keys(written))


def test_words_are_folded_as_the_browser_folds_them() -> None:
    assert tokens("Sébastien GIBOT, ILT-101") == ("sebastien", "gibot", "ilt", "101")
    assert condensed("ILT-101") == condensed("ilt 101") == "ilt101"


def test_a_trial_holds_every_spelling_of_its_drug(seeds: SearchRecords) -> None:
    text = seeds.html("NCT06774235").decode()
    assert "Imukin" in text
    assert "rHuIFN-γ" in text


def test_a_trial_holds_all_its_numbers(seeds: SearchRecords) -> None:
    text = seeds.html("NCT06774235").decode()
    for key in ("NCT06774235", "nct06774235", "2024-516780-93-00", "20245167809300", "202451678093"):
        assert key in text


def test_facets_have_ids_that_stay_and_names_to_read(seeds: SearchRecords) -> None:
    text = seeds.html("NCT02955615")
    assert facet(text, "drug") == ["ilt-101|ILT-101"]
    assert facet(text, "status") == ["COMPLETED"]
    assert facet(text, "phase") == ["PHASE2"]
    assert facet(text, "start") == ["2017"]
    assert facet(text, "results") == ["NO"]
    assert "france|France" in facet(text, "country")


def test_a_trial_is_found_by_an_id_that_it_had() -> None:
    catalog = small(lyon="").catalog
    catalog.former_ids = {"prev-hap": "NCT00000001", "nct-00000001": "NCT00000001"}
    records = SearchRecords(catalog, lambda _: None, lambda study: f"trials/{study.lower()}/")
    trial = named(records.lean("NCT00000001"))
    assert trial.numbers == ["NCT00000001", "prev-hap"]
    (content,) = name_files(records, {"trials/nct00000001/": trial}).values()
    found = msgspec.json.decode(content)
    assert [found["names"][place][2] for place in found["words"]["hap"]] == ["trials/nct00000001/"]


def test_what_is_not_stated_says_so(seeds: SearchRecords) -> None:
    text = seeds.html("treat-hap")
    assert facet(text, "status") == ["NOT_STATED"]
    assert facet(text, "phase") == ["NOT_STATED"]


def test_names_in_a_trial_keep_their_hyphens(seeds: SearchRecords) -> None:
    assert "Assistance Publique - Hôpitaux de Paris" in seeds.html("NCT04133233").decode()


def test_no_e_mail_address_is_searched(seeds: SearchRecords) -> None:
    for identifier in seeds.paths().values():
        assert "@" not in seeds.html(identifier).decode()


def test_text_of_documents_is_no_markup() -> None:
    text = small().html("NCT00000001").decode()
    assert "<of>" not in text
    assert 'A trial &lt;of&gt; script &amp; "quotes"' in text


def test_sites_tell_whether_they_themselves_recruit() -> None:
    records = small(lyon="RECRUITING", paris="", nice="COMPLETED", lille="RECRUITING")
    assert facet(records.html("NCT00000001"), "site") == ["lille 1", "lyon 1", "nice 3", "paris 2"]
    study = records.catalog.studies["NCT00000001"]
    study.protocol_section.status_module = StatusModule(overall_status="COMPLETED")
    # The site says so and the trial does not: what only one of the two says is not the best that can be known.
    assert facet(records.html("NCT00000001"), "site") == ["lille 2", "lyon 2", "nice 3", "paris 3"]


def test_towns_take_their_place_from_their_sites_or_have_their_own() -> None:
    records = small(lyon="", paris="")
    paris = records.catalog.entities["place", "paris"]
    paris.latitude, paris.longitude = 48.857, 2.352
    assert [(town.id, town.latitude, town.longitude) for town in records.towns(points(records))] == [
        ("lyon", 45.0, 0.0),
        ("paris", 48.857, 2.352),
    ]


@pytest.mark.parametrize(
    ("lowest", "highest", "groups"),
    [
        ("18 Years", "80 Years", ["ADULT", "OLDER_ADULT"]),
        (None, "17 Years", ["CHILD"]),
        ("6 Months", "12 Months", ["CHILD"]),
        (None, None, []),
        ("12 Years", None, ["CHILD", "ADULT", "OLDER_ADULT"]),
    ],
)
def test_age_groups_follow_from_stated_limits(lowest: str | None, highest: str | None, groups: list[str]) -> None:
    study = Study()
    study.protocol_section.eligibility_module = EligibilityModule(minimum_age=lowest, maximum_age=highest)
    assert ages_of(study) == groups


def test_a_name_is_found_by_each_word_of_each_spelling(seeds: SearchRecords) -> None:
    (content,) = name_files(seeds, trials(seeds)).values()
    file = msgspec.json.decode(content)

    def titles(word: str) -> set[str]:
        return {file["names"][number][1] for number in file["words"][word]}

    assert "Sébastien GIBOT" in titles("gibot")
    assert titles("imukin") == {"Interferon gamma-1b"}
    assert "ILT-101" in titles("ilt101")
    assert "Treatment of Severe Infections With Mesenchymal Stem Cells" in titles("chocmsc")
    assert any("Interferon Gamma" in title for title in titles("202451678093"))
    assert file["words"]["secondary"] == []  # a word of titles, for typing errors


def test_large_files_are_cut_along_the_beginnings_of_words() -> None:
    records = small()
    entities = dict(records.catalog.entities)
    for number in range(4000):
        name = f"{'abcdefgh'[number % 8]}{'aeiou'[number % 5]}{number} clinic"
        entities["organization", f"o{number}"] = Entity(
            kind="organization", id=f"o{number}", name=name, spellings=[Spelling(text=name, rule="own")]
        )
    catalog = Catalog(studies=records.catalog.studies, entities=entities)
    records = SearchRecords(catalog, records.url_of, records.trial_url)
    files = name_files(records, trials(records), [Name("page", "About this catalog", "about/", 0, (), "")])
    assert len(files) > 8
    assert max(map(len, files.values())) < 2 * LARGEST
    seen: set[str] = set()
    for beginning, content in files.items():
        words = set(msgspec.json.decode(content)["words"])
        assert all(word.startswith(beginning) for word in words)
        assert not seen & words
        seen |= words
        for word in words:  # the longest beginning that fits is the file's own
            assert max((key for key in files if word.startswith(key)), key=len) == beginning
    assert {"clinic", "ba1"} & seen == {"clinic"} or "about" in seen


def test_the_version_follows_the_documents_and_the_names(seeds: SearchRecords, tmp_path: Path) -> None:
    version = catalog_version(seeds.catalog)
    assert re.fullmatch("[0-9a-f]{10}", version)
    other = catalog_version(building.make_catalog(SEEDS, tmp_path).catalog)
    assert other == version
    records = small()
    before = catalog_version(records.catalog)
    records.catalog.entities = {("drug", "x"): Entity(kind="drug", id="x", name="X")}
    assert catalog_version(records.catalog) != before


def test_the_index_is_the_same_bytes_each_time(seeds: SearchRecords, tmp_path: Path) -> None:
    first = build_search_index(seeds, tmp_path / "a", tmp_path / "cache-a")
    second = build_search_index(seeds, tmp_path / "b", tmp_path / "cache-b")
    assert (first.trials, first.renewed) == (6, 6)
    assert second.renewed == 6
    one, other = files_of(tmp_path / "a"), files_of(tmp_path / "b")
    assert one == other
    assert {"pagefind/catalog.json", "pagefind/towns.json", "pagefind/pagefind.js"} <= one.keys()
    assert not [name for name in one if name.endswith((".css", "-ui.js"))]


def test_an_unchanged_index_is_kept(seeds: SearchRecords, tmp_path: Path) -> None:
    build_search_index(seeds, tmp_path, tmp_path / "cache")
    (tmp_path / FOLDER / "stale.json").write_text("{}", encoding="utf-8")
    again = build_search_index(seeds, tmp_path, tmp_path / "cache")
    assert (again.renewed, again.written) == (0, 0)
    assert not (tmp_path / FOLDER / "stale.json").exists()


def test_only_what_changed_is_taken_apart_again(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    site, cache = tmp_path / "site", tmp_path / "cache"

    def records() -> SearchRecords:
        return building.search_records(building.make_catalog(seeds, tmp_path / "content"), Settings())

    build_search_index(records(), site, cache)
    assert build_search_index(records(), site, cache).renewed == 0
    document = next(path for path in seeds.glob("*.txt") if "NCT02955615" in path.read_text(encoding="utf-8"))
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("interleukin", "interleukin or interferon", 1), encoding="utf-8")
    assert text != document.read_text(encoding="utf-8")
    again = build_search_index(records(), site, cache)
    assert 0 < again.renewed < 6
    assert 0 < again.written < len(files_of(site))
    build_search_index(records(), tmp_path / "clean", tmp_path / "clean-cache")
    assert files_of(site) == files_of(tmp_path / "clean")
    rows = msgspec.json.decode((site / FOLDER / "order.json").read_bytes())
    names = {path.stem for path in (site / FOLDER / "fragment").iterdir()}
    assert {row[0] for row in rows} == names


def test_an_empty_catalog_has_an_index_too(tmp_path: Path) -> None:
    records = SearchRecords(Catalog(), lambda _: None, lambda _: None)
    assert build_search_index(records, tmp_path, tmp_path / "cache").trials == 0


def test_a_failure_of_the_indexer_is_told(
    seeds: SearchRecords, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.renderer.pagefind_program.sys.executable", "/bin/false")
    with pytest.raises(SearchIndexError, match="ended with 1"):
        build_search_index(seeds, tmp_path, tmp_path / "cache")
    assert not (tmp_path / FOLDER / "catalog.json").exists()


def test_a_title_that_is_missing_is_the_number() -> None:
    study = Study(catalog_section=CatalogSection(id="X-1"))
    study.protocol_section.identification_module = IdentificationModule(brief_title="  ")
    records = SearchRecords(Catalog(studies={"X-1": study}), lambda _: None, lambda study: f"trials/{study}/")
    assert '<h1 data-pagefind-weight="9">X-1</h1>' in records.html("X-1").decode()
