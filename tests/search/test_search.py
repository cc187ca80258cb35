"""The lean texts and names that the search is made from, and the index that Pagefind makes of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec
import pytest

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
from generator.pages.catalog_version import catalog_version
from generator.pipeline import flow
from generator.search import index
from generator.search.index import FOLDER, SearchIndexError, write_search_index
from generator.search.names import LARGEST, ListedTrial, Name, listed, name_files
from generator.search.texts import EVERY_TRIAL, SearchTexts, ages_of, as_html, condensed, number_keys, tokens
from generator.search.towns import gazetteer_files, towns_with_sites
from generator.settings import Settings
from tests.conftest import ROOT, SEEDS, files_of, steady_files_of


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> SearchTexts:
    made = flow.make_catalog(SEEDS, tmp_path_factory.mktemp("content"))
    return flow.search_records(made, Settings())


def trials(records: SearchTexts) -> list[ListedTrial]:
    return [listed(url, records.text(identifier)) for url, identifier in records.paths().items()]


def page(records: SearchTexts, identifier: str) -> bytes:
    return as_html(records.text(identifier))


def facet(text: bytes, name: str) -> list[str]:
    return re.findall(rf'data-pagefind-filter="{name}\[content\]" content="([^"]*)"', text.decode())


def small(**places: str) -> SearchTexts:
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
    return SearchTexts(catalog, lambda entity: f"places/{entity.id}/", lambda study: f"trials/{study.lower()}/")


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


def test_a_trial_holds_every_spelling_of_its_drug(seeds: SearchTexts) -> None:
    text = page(seeds, "NCT06774235").decode()
    assert "Imukin" in text
    assert "rHuIFN-γ" in text


def test_a_trial_holds_all_its_numbers(seeds: SearchTexts) -> None:
    text = page(seeds, "NCT06774235").decode()
    for key in ("NCT06774235", "nct06774235", "2024-516780-93-00", "20245167809300", "202451678093"):
        assert key in text


def test_facets_have_ids_that_stay_and_names_to_read(seeds: SearchTexts) -> None:
    text = page(seeds, "NCT02955615")
    assert facet(text, "drug") == ["ilt-101|ILT-101"]
    assert facet(text, "status") == ["COMPLETED"]
    assert facet(text, "phase") == ["PHASE2"]
    assert facet(text, "start") == ["2017"]
    assert facet(text, "results") == ["NO"]
    assert "france|France" in facet(text, "country")


def test_a_trial_is_found_by_an_id_that_it_had() -> None:
    catalog = small(lyon="").catalog
    catalog.former_ids = {"prev-hap": "NCT00000001", "nct-00000001": "NCT00000001"}
    records = SearchTexts(catalog, lambda _: None, lambda study: f"trials/{study.lower()}/")
    trial = listed("trials/nct00000001/", records.text("NCT00000001"))
    assert trial.numbers == ["NCT00000001", "prev-hap"]
    (content,) = name_files(records, [trial]).values()
    found = msgspec.json.decode(content)
    assert [found["names"][place][2] for place in found["words"]["hap"]] == ["trials/nct00000001/"]


def test_what_is_not_stated_says_so(seeds: SearchTexts) -> None:
    text = page(seeds, "treat-hap")
    assert facet(text, "status") == ["NOT_STATED"]
    assert facet(text, "phase") == ["NOT_STATED"]
    assert facet(text, "results") == ["NOT_STATED"]


def test_a_trial_without_a_sponsor_is_found_by_its_responsible_party(seeds: SearchTexts) -> None:
    trial = seeds.text("NCT02883803")
    assert trial.facets["sponsor"] == ["chru-de-nancy|CHRU de Nancy"]
    assert trial.shown["sponsor"] == "CHRU de Nancy (responsible party)"


def test_names_in_a_trial_keep_their_hyphens(seeds: SearchTexts) -> None:
    assert "Assistance Publique - Hôpitaux de Paris" in page(seeds, "NCT04133233").decode()


def test_no_e_mail_address_is_searched(seeds: SearchTexts) -> None:
    for identifier in seeds.paths().values():
        assert "@" not in page(seeds, identifier).decode()


def test_text_of_documents_is_no_markup() -> None:
    text = page(small(), "NCT00000001").decode()
    assert "<of>" not in text
    assert 'A trial &lt;of&gt; script &amp; "quotes"' in text


def test_sites_tell_whether_they_themselves_recruit() -> None:
    records = small(lyon="RECRUITING", paris="", nice="COMPLETED", lille="RECRUITING")
    assert facet(page(records, "NCT00000001"), "site") == ["lille 1", "lyon 1", "nice 3", "paris 2"]
    study = records.catalog.studies["NCT00000001"]
    study.protocol_section.status_module = StatusModule(overall_status="COMPLETED")
    # The site says so and the trial does not: what only one of the two says is not the best that can be known.
    assert facet(page(records, "NCT00000001"), "site") == ["lille 2", "lyon 2", "nice 3", "paris 3"]


def test_towns_take_their_place_from_their_sites_or_have_their_own() -> None:
    records = small(lyon="", paris="", nowhere="")
    paris = records.catalog.entities["place", "paris"]
    paris.latitude, paris.longitude = 48.857, 2.352
    points = [point for trial in trials(records) for point in trial.points if point[0] != "nowhere"]
    assert [(town.id, town.latitude, town.longitude) for town in towns_with_sites(records.catalog, points)] == [
        ("lyon", 45.0, 0.0),
        ("nowhere", None, None),
        ("paris", 48.857, 2.352),
    ]


def test_a_town_has_the_other_names_that_documents_and_the_gazetteer_have() -> None:
    records = small(munich="")
    munich = records.catalog.entities["place", "munich"]
    munich.identifiers, munich.spellings = {"geonames": "2867714"}, [Spelling(text="Monaco di Baviera", rule="own")]
    (town,) = towns_with_sites(records.catalog, [])
    assert town.keys[:2] == ["munich", "monaco di baviera"]
    assert "munchen" in town.keys
    assert town.region


def test_the_gazetteer_goes_along_by_exact_names() -> None:
    found = {key: towns for file in gazetteer_files().values() for key, towns in msgspec.json.decode(file).items()}
    assert "France" in {town[3] for town in found["perpignan"]}
    assert len(found["london"]) > 1
    assert "Munich" in {town[1] for town in found["munchen"]}


@pytest.mark.parametrize(("stated", "value"), [(True, "YES"), (False, "NO"), (None, "NOT_STATED")])
def test_results_are_stated_denied_or_not_stated(stated: bool | None, value: str) -> None:
    records = small()
    records.catalog.studies["NCT00000001"].has_results = stated
    assert facet(page(records, "NCT00000001"), "results") == [value]


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


def test_a_name_is_found_by_each_word_of_each_spelling(seeds: SearchTexts) -> None:
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
    records = SearchTexts(catalog, records.url_of, records.trial_url)
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


def test_the_version_follows_the_documents_and_the_names(seeds: SearchTexts, tmp_path: Path) -> None:
    version = catalog_version(seeds.catalog)
    assert re.fullmatch("[0-9a-f]{10}", version)
    other = catalog_version(flow.make_catalog(SEEDS, tmp_path).catalog)
    assert other == version
    records = small()
    before = catalog_version(records.catalog)
    records.catalog.entities = {("drug", "x"): Entity(kind="drug", id="x", name="X")}
    assert catalog_version(records.catalog) != before


def test_the_index_is_the_same_bytes_each_time(seeds: SearchTexts, tmp_path: Path) -> None:
    first = write_search_index(seeds, tmp_path / "a", tmp_path / "cache-a")
    assert (first.trials, first.shards, first.made) == (6, 1, 1)
    write_search_index(seeds, tmp_path / "b", tmp_path / "cache-b")
    one = steady_files_of(tmp_path / "a")
    assert one == steady_files_of(tmp_path / "b")
    assert {"pagefind/catalog.json", "pagefind/towns.json", "pagefind/0/pagefind.js"} <= one.keys()
    assert not [name for name in one if name.endswith((".css", "-ui.js"))]


def test_a_site_that_was_cleaned_gets_a_copy(seeds: SearchTexts, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    write_search_index(seeds, site, cache)
    before = files_of(site)
    shutil.rmtree(site)
    assert write_search_index(seeds, site, cache).made == 0
    assert files_of(site) == before


def test_what_is_strange_or_missing_is_put_right(seeds: SearchTexts, tmp_path: Path) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    write_search_index(seeds, site, cache)
    before = files_of(site)
    (site / FOLDER / "stale.json").write_text("{}", encoding="utf-8")
    next((site / FOLDER / "0" / "fragment").iterdir()).unlink()
    assert write_search_index(seeds, site, cache).made == 0
    assert files_of(site) == before


def test_another_version_of_pagefind_makes_all_anew(
    seeds: SearchTexts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_search_index(seeds, tmp_path, tmp_path / "cache")
    monkeypatch.setattr(index, "pagefind_version", lambda: "0")
    assert write_search_index(seeds, tmp_path, tmp_path / "cache").made == 1


@pytest.mark.parametrize("pattern", ["shard-*/index/pagefind.js", "shard-*/index/wasm.en.pagefind", "names/index/*.gz"])
def test_a_damaged_file_of_the_cache_is_never_published(seeds: SearchTexts, tmp_path: Path, pattern: str) -> None:
    cache = tmp_path / "cache"
    write_search_index(seeds, tmp_path / "a", cache)
    damaged = next(cache.glob(pattern))
    data = damaged.read_bytes()
    damaged.write_bytes(bytes(len(data)))
    write_search_index(seeds, tmp_path / "b", cache)
    assert next(cache.glob(pattern)).read_bytes() == data
    assert all(file.read_bytes().strip(b"\0") for file in (tmp_path / "b").rglob("*") if file.is_file())


def test_only_the_shard_of_what_changed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "ONE_INDEX", 2)
    monkeypatch.setattr(index, "IN_A_SHARD", 3)
    seeds = tmp_path / "seeds"
    shutil.copytree(SEEDS, seeds)
    site, cache = tmp_path / "site", tmp_path / "cache"

    def records() -> SearchTexts:
        return flow.search_records(flow.make_catalog(seeds, tmp_path / "content"), Settings())

    assert write_search_index(records(), site, cache).shards == 2
    assert write_search_index(records(), site, cache).made == 0
    document = next(path for path in seeds.glob("*.txt") if "NCT02955615" in path.read_text(encoding="utf-8"))
    text = document.read_text(encoding="utf-8")
    document.write_text(text.replace("interleukin", "interleukin or interferon", 1), encoding="utf-8")
    assert text != document.read_text(encoding="utf-8")
    assert write_search_index(records(), site, cache).made == 1
    write_search_index(records(), tmp_path / "clean", tmp_path / "clean-cache")
    assert steady_files_of(site) == steady_files_of(tmp_path / "clean")


def test_a_build_that_was_interrupted_leaves_no_half_index(
    seeds: SearchTexts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    write_search_index(seeds, site, cache)
    before = files_of(site)
    shutil.rmtree(site / FOLDER / "0")

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "copytree", stop)
        with pytest.raises(KeyboardInterrupt):
            write_search_index(seeds, site, cache)
    assert not (site / FOLDER / "catalog.json").exists()
    write_search_index(seeds, site, cache)
    assert files_of(site) == before


def test_an_empty_catalog_has_an_index_too(tmp_path: Path) -> None:
    records = SearchTexts(Catalog(), lambda _: None, lambda _: None)
    assert write_search_index(records, tmp_path, tmp_path / "cache").trials == 0


def test_a_failure_of_the_indexer_is_told(seeds: SearchTexts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.search.index.sys.executable", "/bin/false")
    with pytest.raises(SearchIndexError, match="ended with 1"):
        write_search_index(seeds, tmp_path, tmp_path / "cache")
    assert not (tmp_path / FOLDER / "catalog.json").exists()


def test_a_title_that_is_missing_is_the_number() -> None:
    study = Study(catalog_section=CatalogSection(id="X-1"))
    study.protocol_section.identification_module = IdentificationModule(brief_title="  ")
    records = SearchTexts(Catalog(studies={"X-1": study}), lambda _: None, lambda study: f"trials/{study}/")
    assert '<h1 data-pagefind-weight="9">X-1</h1>' in page(records, "X-1").decode()


def test_a_trial_is_found_by_british_and_american_spellings() -> None:
    records = small(Lyon="")
    study = records.catalog.studies["NCT00000001"]
    study.protocol_section.description_module.brief_summary = "Chemotherapy of brain tumours in leukaemia and anemia."
    text = page(records, "NCT00000001").decode()
    assert "Also spelled tumors, leukemia, anaemia." in text


def test_what_is_spelled_in_one_way_gets_no_second_spelling() -> None:
    records = small(Lyon="")
    study = records.catalog.studies["NCT00000001"]
    study.protocol_section.description_module.brief_summary = "Tumour, tumor; chemotherapy."
    assert "Also spelled" not in page(records, "NCT00000001").decode()


def test_a_word_of_every_trial_answers_a_search_without_words(seeds: SearchTexts) -> None:
    assert all(EVERY_TRIAL in page(seeds, study).decode() for study in seeds.paths().values())
    engine = ROOT / "content" / "assets" / "javascripts" / "search" / "engine.js"
    assert f'EVERY_TRIAL = "{EVERY_TRIAL}"' in engine.read_text(encoding="utf-8")
