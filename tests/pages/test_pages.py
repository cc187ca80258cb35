"""The pages as a whole: links in both directions, hostile text, contacts, both dialects, long lists."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator.exports.desk_data import DESK_TABLE
from generator.model.catalog import Catalog, Entity, Kind, Link
from generator.model.catalog_section import CatalogSection, CompletenessItem, UnpairedContact
from generator.model.document import Document
from generator.model.study import DateStruct, Location, Study
from generator.pages import OutputTree, write_pages
from generator.pages.paths import PageAddress, SitePaths
from generator.settings import Settings
from tests.pages.catalogs import HOSTILE, small_catalog
from tests.pages.dialects import DIALECTS, commonmark, python_markdown, read, seen

LINK = re.compile(r"\]\(((?!https?:|mailto:)[^)\s]+)\)")
FIGURE = re.compile(r"<(figure|ol)\b.*?</\1>", re.DOTALL)
"""HTML, in which brackets are text."""
HREF = re.compile(r'href="([^"]+)"')
BY_HAND = (
    "about/index.md",
    "about/names.md",
    "about/mend.md",
    "about/absences.md",
    "about/glossary.md",
    "card/index.md",
    "compare/index.md",
    "search/index.md",
)
ASSETS = Path(__file__).parents[2] / "content"


def pages_of(catalog: Catalog, tmp_path: Path, settings: Settings | None = None) -> dict[str, str]:
    output = OutputTree(tmp_path)
    write_pages(catalog, output, settings or Settings())
    output.finish()
    return {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*.md")}


def body_of(page: str) -> str:
    return page.split("---\n", 2)[2]


@pytest.mark.parametrize("text", ["Some words", HOSTILE])
def test_every_link_leads_to_a_page_and_anchor(text: str, tmp_path: Path) -> None:
    pages = pages_of(small_catalog(text), tmp_path)
    anchors = {
        path: set(re.findall(r'id="([^"]+)"', python_markdown(body_of(page)) + page)) for path, page in pages.items()
    }
    by_hand = {path: body_of((ASSETS / path).read_text("utf-8")) for path in BY_HAND}
    anchors |= {path: set(re.findall(r'id="([^"]+)"', python_markdown(body))) for path, body in by_hand.items()}
    for path, page in pages.items():
        for target in LINK.findall(FIGURE.sub("", body_of(page)).partition('<ol class="lines">')[0]):
            file, _, anchor = target.partition("#")
            resolved = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
            assert resolved in pages or resolved in BY_HAND, f"{path} -> {target}"
            if anchor:
                assert anchor in anchors[resolved], f"{path} -> {target}"
        for target in HREF.findall(page):
            folder = PageAddress(path).url
            bare, _, query = target.partition("#")[0].partition("?")
            resolved = posixpath.normpath(posixpath.join("/", folder, bare)).lstrip("/")
            urls = {PageAddress(other).url.rstrip("/") for other in (*pages, *BY_HAND)}
            if query.startswith("at="):
                assert query.removeprefix("at=") in urls, f"{path} -> {target}"
            if resolved.startswith(("api/", "data/")) or resolved == DESK_TABLE:
                continue  # exported beside the pages
            if resolved.startswith("assets/"):
                assert (ASSETS / resolved).is_file(), f"{path} -> {target}"
                continue
            assert resolved in urls, f"{path} -> {target}"
            anchor = target.partition("#")[2]
            file = next(other for other in (*pages, *BY_HAND) if PageAddress(other).url.rstrip("/") == resolved)
            assert not anchor or anchor in anchors[file], f"{path} -> {target}"


def test_links_go_both_ways(tmp_path: Path) -> None:
    catalog = small_catalog()
    pages = pages_of(catalog, tmp_path)
    paths = SitePaths(catalog, Settings())
    for link in catalog.links:
        trial, entity = paths.trial(link.study), paths.entity(link.kind, link.entity)
        assert trial
        assert entity
        assert f"]({trial.link_to(entity)})" in pages[trial.file], link
        assert f"]({entity.link_to(trial)})" in pages[entity.file], link
    for path in catalog.documents:
        address = paths.document(path)
        assert address
        assert any(address.file.rsplit("/")[-1] in page for name, page in pages.items() if name.startswith("trials/"))


@pytest.mark.parametrize("dialect", DIALECTS)
def test_hostile_text_comes_out_as_text(
    dialect: Callable[[str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.pages.writer.LONGEST_PAGE", 1_000_000)  # what is escaped takes more room
    harmless = pages_of(small_catalog("Some words"), tmp_path / "a")
    hostile = pages_of(small_catalog(HOSTILE), tmp_path / "b")
    assert sorted(harmless) == sorted(hostile)
    for name, page in hostile.items():
        front, body = yaml.safe_load(page.split("---\n")[1]), body_of(page)
        assert "<" not in front["title"] + front["description"]
        assert '"' not in front["title"] + front["description"]
        found = read(dialect(body))
        assert not {"script", "img"} & set(found.tags), name
        statuses = read(dialect(body_of(harmless[name]))).tags.count("b")
        assert found.tags.count("b") == statuses, name
        for key, value in found.attributes:
            assert not key.startswith("on"), name
            assert "javascript:" not in (value or ""), name
        if name.startswith(("trials/nct", "organizations/hospital", "drugs/pill", "documents/one")):
            assert '<script>alert("x")</script>' in seen(dialect(body)), name
            assert "{{ 7*7 }}" in seen(dialect(body)), name


@pytest.mark.parametrize("text", ["Some words", HOSTILE, "a_b *c* 1. d"])
def test_both_dialects_show_the_same_pages(text: str, tmp_path: Path) -> None:
    for name, page in pages_of(small_catalog(text), tmp_path).items():
        body = body_of(page)
        ours, next_one = read(python_markdown(body)), read(commonmark(body))
        squeezed = [re.sub(r"\s", "", "".join(found.text)) for found in (ours, next_one)]
        assert squeezed[0] == squeezed[1], name
        hrefs = [[value for key, value in found.attributes if key == "href"] for found in (ours, next_one)]
        assert hrefs[0] == hrefs[1], name
        lists = [
            [tag for tag in found.tags if tag in {"ul", "ol", "li", "h1", "h2", "h3"}] for found in (ours, next_one)
        ]
        assert lists[0] == lists[1], name


def test_no_e_mail_address_stands_bare(tmp_path: Path) -> None:
    for name, page in pages_of(small_catalog("write to some.one@example.org now"), tmp_path).items():
        assert not re.search(r"[\w.]+@[\w.]+", page), name


def test_contacts_can_be_left_out(tmp_path: Path) -> None:
    shown = pages_of(small_catalog(), tmp_path / "a")
    hidden = pages_of(small_catalog(), tmp_path / "b", Settings(contacts=False))
    assert any("Call Me" in page for page in shown.values())
    assert "people/caller.md" in shown
    assert "people/caller.md" not in hidden
    for name, page in hidden.items():
        assert "Call Me" not in page, name
        assert "example.org" not in page.replace("https://example.org/", ""), name
        assert "(at)" not in page, name
    assert "people/doctor.md" in hidden


def test_three_kinds_of_absence_are_told_apart(tmp_path: Path) -> None:
    page = pages_of(small_catalog(), tmp_path)["trials/nct00000001.md"]
    missing = page[page.index("## What is missing, and why") :]
    lost, none, unstated = (
        missing.index("**Not in this copy of the record**"),
        missing.index("**None, as stated**"),
        missing.index("**Not stated**"),
    )
    assert lost < missing.index("primary completion date") < none
    assert none < missing.index("secondary outcome") < unstated
    assert unstated < missing.index("responsible party")


def test_same_catalog_same_bytes(tmp_path: Path) -> None:
    output = OutputTree(tmp_path)
    write_pages(small_catalog(), output, Settings())
    output.finish()
    again = OutputTree(tmp_path)
    write_pages(small_catalog(), again, Settings())
    report = again.finish()
    assert not report.written
    assert not report.removed


def many(number: int) -> Catalog:
    studies: dict[str, Study] = {}
    entities: dict[tuple[Kind, str], Entity] = {}
    for index in range(number):
        study = Study()
        study.catalog_section = CatalogSection(id=f"NCT{index:08}")
        study.protocol_section.identification_module.brief_title = f"Trial {index}"
        study.protocol_section.status_module.overall_status = "COMPLETED" if index % 3 else "RECRUITING"
        study.protocol_section.status_module.start_date_struct = DateStruct(date=f"{2000 + index % 7}-01")
        studies[f"NCT{index:08}"] = study
        name = f"{'ABCab'[index % 5]}{'xyz'[index % 3]}{index}"
        entities["drug", f"d{index}"] = Entity(kind="drug", id=f"d{index}", name=name, studies=[f"NCT{index:08}"])
    return Catalog(studies=studies, entities=entities)


def test_long_lists_are_split_and_nothing_is_left_out(tmp_path: Path) -> None:
    number = 100
    pages = pages_of(many(number), tmp_path, Settings(list_limit=10))
    for folder, pattern in (("trials", r"\]\(\.\./(nct\d+)\.md\)"), ("drugs", r"\]\(\.\./(d\d+)\.md\)")):
        parts = {name: page for name, page in pages.items() if name.startswith(f"{folder}/list/")}
        listed = [link for page in parts.values() for link in re.findall(pattern, page)]
        assert len(listed) == len(set(listed)) == number
        assert all(len(re.findall(pattern, page)) <= 10 for page in parts.values())
        index = pages[f"{folder}/index.md"]
        assert all(f"({name.removeprefix(f'{folder}/')})" in index for name in parts)


def test_a_long_list_of_trials_begins_with_those_of_the_newest_documents(tmp_path: Path) -> None:
    catalog = many(40)
    newest = catalog.studies["NCT00000007"]
    newest.protocol_section.status_module.last_update_post_date_struct = DateStruct(date="2026-01-02")
    index = pages_of(catalog, tmp_path, Settings(list_limit=10))["trials/index.md"]
    rows = re.findall(r"\]\((nct\d+)\.md\)", index)
    assert rows[0] == "nct00000007"
    assert len(rows) == 25
    assert index.count("## ") == 2


def listing(kind: Kind, *entities: Entity) -> Catalog:
    study = Study()
    study.catalog_section = CatalogSection(id="NCT00000001")
    for entity in entities:
        entity.studies = ["NCT00000001"]
    return Catalog(studies={"NCT00000001": study}, entities={(kind, entity.id): entity for entity in entities})


def headings_and_names(page: str) -> list[str]:
    return re.findall(r"^(## .+|-   \[[^\]]+)", page, re.MULTILINE)


def test_names_stand_under_their_first_letter_whatever_stands_before_it(tmp_path: Path) -> None:
    names = [",lopinavir", "(R)-ketamine", "[Redacted] drug", "2-DG", "aspirin"]
    catalog = listing("drug", *(Entity(kind="drug", id=f"d{number}", name=name) for number, name in enumerate(names)))
    page = pages_of(catalog, tmp_path)["drugs/index.md"]
    assert re.findall(r"drugs/(d\d)\.md|\((d\d)\.md\)", page) == [("", f"d{number}") for number in (3, 4, 0, 1, 2)]


def test_people_are_sorted_by_their_family_names(tmp_path: Path) -> None:
    names = ["Zoe Adams", "Ann B. Cole, MD", "GIBOT Sébastien", "Bert Dole"]
    people = [
        Entity(kind="person", id=f"p{number}", name=name, roles=["studyChair"]) for number, name in enumerate(names)
    ]
    page = pages_of(listing("person", *people), tmp_path)["investigators/index.md"]
    order = re.findall(r"/people/(p\d)\.md", page)
    assert order == ["p0", "p1", "p3", "p2"]


def test_hospitals_stand_by_country_and_town(tmp_path: Path) -> None:
    places = [("A", "Lyon", "France"), ("B", "Aachen", "Germany"), ("C", "Angers", "France"), ("D", None, None)]
    hospitals = [
        Entity(kind="organization", id=name.lower(), name=name, city=city, country=country, roles=["site"])
        for name, city, country in places
    ]
    catalog = listing("organization", *hospitals)
    page = pages_of(catalog, tmp_path)["sites/index.md"]
    assert headings_and_names(page) == [
        "## France",
        "-   [C",
        "-   [A",
        "## Germany",
        "-   [B",
        "## Country not stated",
        "-   [D",
    ]
    pages = pages_of(catalog, tmp_path, Settings(list_limit=2))
    assert re.findall(r"\[([^\]]+) \((\d)\)\]", pages["sites/index.md"]) == [
        ("France", "2"),
        ("Germany", "1"),
        ("Country not stated", "1"),
    ]


def test_a_long_list_of_places_begins_with_all_countries(tmp_path: Path) -> None:
    towns = [Entity(kind="place", id=f"t{number}", name=f"Town {number}", roles=["siteCity"]) for number in range(9)]
    countries = [Entity(kind="place", id=name, name=name, roles=["country"]) for name in ("peru", "chad")]
    pages = pages_of(listing("place", *towns, *countries), tmp_path, Settings(list_limit=5))
    assert headings_and_names(pages["places/index.md"])[:3] == ["## Countries", "-   [chad", "-   [peru"]


def test_an_entity_with_many_trials_has_several_pages(tmp_path: Path) -> None:
    catalog = many(25)
    france = Entity(kind="place", id="france", name="France", roles=["country"])
    catalog.entities = {**catalog.entities, ("place", "france"): france}
    catalog.links = [
        Link(study=study, kind="place", entity="france", role="country", pointer="") for study in catalog.studies
    ]
    pages = pages_of(catalog, tmp_path, Settings(list_limit=10))
    parts = [page for name, page in pages.items() if name.startswith(("places/france", "places/list/france"))]
    assert len(parts) == 3
    listed = [link for page in parts for link in re.findall(r"trials/(nct\d+)\.md", page)]
    assert len(listed) == len(set(listed)) == 25
    assert "](list/france-1-2.md)" in pages["places/france.md"]


def test_two_names_on_one_path_get_a_counter() -> None:
    catalog = small_catalog()
    another = Entity(kind="drug", id="PILL", name="Another")
    catalog.entities = {**catalog.entities, ("drug", "PILL"): another}
    paths = SitePaths(catalog, Settings())
    addresses = [paths.entity("drug", identifier) for identifier in ("pill", "PILL")]
    assert [address.file for address in addresses if address] == ["drugs/pill.md", "drugs/pill-2.md"]


def test_an_address_that_two_wanted_stays_with_the_one_that_has_it() -> None:
    catalog = small_catalog()
    entities = {**catalog.entities, ("drug", "PILL"): Entity(kind="drug", id="PILL", name="Another")}
    catalog.entities = entities
    chosen = SitePaths(catalog, Settings()).contested
    assert chosen == {"drugs/pill.md": "drug pill", "drugs/pill-2.md": "drug PILL"}
    catalog.entities = {key: entity for key, entity in entities.items() if key != ("drug", "pill")}
    address = SitePaths(catalog, Settings(), chosen).entity("drug", "PILL")
    assert address
    assert address.file == "drugs/pill-2.md"


def test_a_list_has_a_page_of_its_own_for_each_country_however_it_is_written(tmp_path: Path) -> None:
    countries = ["Chad", "Chad?", "x" * 5000, *(f"Country {number}" for number in range(10))]
    entities: dict[tuple[Kind, str], Entity] = {
        ("organization", f"h{number}"): Entity(
            kind="organization", id=f"h{number}", name=f"House {number}", roles=["site"], country=country
        )
        for number, country in enumerate(countries)
    }
    pages = pages_of(Catalog(entities=entities), tmp_path, Settings(list_limit=10))
    assert "House 0" in pages["sites/list/chad.md"]
    assert "House 1" in pages["sites/list/chad-2.md"]
    [longest] = [page for page in pages if page.startswith("sites/list/xxx")]
    assert "House 2" in pages[longest]


def test_documents_whose_names_fold_together_get_marks() -> None:
    catalog = Catalog(
        documents={path: Document(path, "x") for path in ("a_b.txt", "a-b.txt", "a/b.txt", "c.json", "c.txt")}
    )
    paths = SitePaths(catalog, Settings())
    files = {path: address.file for path in catalog.documents if (address := paths.document(path))}
    assert len(set(files.values())) == 5
    assert files["c.json"] == "documents/c-json.md"
    assert files["c.txt"] == "documents/c.md"


def test_a_trial_that_moved_leads_on(tmp_path: Path) -> None:
    catalog = small_catalog()
    catalog.former_ids = {"prev-hap": "NCT00000001"}
    page = pages_of(catalog, tmp_path)["trials/prev-hap.md"]
    front = yaml.safe_load(page.split("---\n")[1])
    assert front["moved_to"] == "../nct00000001/"
    assert front["template"] == "moved.html"
    assert "](nct00000001.md)" in page


def test_the_address_of_a_name_that_is_gone_says_so(tmp_path: Path) -> None:
    catalog = small_catalog()
    catalog.former_entities = {("organization", "site-4711"): None, ("person", "ann-roe"): None}
    pages = pages_of(catalog, tmp_path / "all")
    front = yaml.safe_load(pages["organizations/site-4711.md"].split("---\n")[1])
    assert front["noindex"] is True
    assert "No page any more: site 4711" in pages["organizations/site-4711.md"]
    assert "search/?q=site+4711" in pages["organizations/site-4711.md"]
    assert "](index.md)" in pages["organizations/site-4711.md"]
    assert "people/ann-roe.md" in pages
    hidden = pages_of(catalog, tmp_path / "hidden", Settings(contacts=False))
    assert "people/ann-roe.md" not in hidden


def test_an_empty_catalog_has_all_lists(tmp_path: Path) -> None:
    pages = pages_of(Catalog(), tmp_path)
    assert {"index.md", "trials/index.md", "drugs/index.md", "documents/index.md", "sites/index.md"} <= set(pages)


def test_many_documents_stand_on_several_pages_each_once(tmp_path: Path) -> None:
    catalog = small_catalog()
    paths = [f"{number:02}.txt" for number in range(25)]
    catalog.documents = {path: Document(path, "text") for path in paths}
    pages = pages_of(catalog, tmp_path, Settings(list_limit=10))
    assert "[Documents 11 to 20](list/2.md)" in pages["documents/index.md"]
    parts = [pages[f"documents/list/{number}.md"] for number in (1, 2, 3)]
    assert [re.findall(r"\[(\d\d\.txt)\]", part) for part in parts] == [paths[:10], paths[10:20], paths[20:]]
    assert all("[All documents](../index.md)" in part for part in parts)


def test_long_records_show_the_lines_that_pages_lead_to(tmp_path: Path) -> None:
    catalog = small_catalog()
    document = Document("one.txt", "\n".join(f"line {number}" for number in range(1, 5001)), structured=True)
    catalog.documents = {**catalog.documents, "one.txt": document}
    page = pages_of(catalog, tmp_path)["documents/one.md"]
    assert 'id="l3"' in page
    assert 'id="l4000"' not in page
    assert "of the record not shown here" in page


def test_what_only_the_catalog_has_a_place_for_is_shown(tmp_path: Path) -> None:
    catalog = small_catalog()
    section = catalog.studies["NCT00000001"].catalog_section
    section.responsible_party = "Central Hospital, Nancy"
    section.age_limit_without_bound = "75 Years"
    section.registry_fields = {"ethics_review/name": "Committee\nof X", "target_size": "12"}
    section.contacts_without_site = [UnpairedContact(name="Loose Contact", phone="1 2")]
    section.completeness = [CompletenessItem(number=18, name="Recruitment status", state="notStated")]
    pages = pages_of(catalog, tmp_path)
    page, fields = pages["trials/nct00000001.md"], pages["trials/nct00000001-fields.md"]
    assert "**Responsible party, in which capacity not stated** Central Hospital, Nancy" in page
    assert "**Age limit, lowest or highest not stated** 75 years" in page
    assert "[2 more fields of the registry, under its own names](nct00000001-fields.md)" in page
    assert "ethics_review" not in page
    assert "-   **ethics_review/name** Committee<br>of X" in fields
    assert "Loose Contact" in page
    section.registry_fields["Public_Contact_Firstname"] = "Jo Only"
    assert "Jo Only" in pages_of(catalog, tmp_path / "a")["trials/nct00000001-fields.md"]
    hidden = pages_of(catalog, tmp_path / "b", Settings(contacts=False))
    assert "Jo Only" not in hidden["trials/nct00000001-fields.md"]
    assert "Loose Contact" not in hidden["trials/nct00000001.md"]
    assert "**Not stated (1):** 18 Recruitment status" in page


@pytest.mark.parametrize(("number", "folded", "beside"), [(4, False, False), (31, True, False), (301, True, True)])
def test_many_sites_are_folded_and_very_many_have_a_page(
    number: int, folded: bool, beside: bool, tmp_path: Path
) -> None:
    catalog = small_catalog()
    sites = [Location(facility=f"Hospital {at}", country="AB"[at % 2], status="RECRUITING") for at in range(number)]
    catalog.studies["NCT00000001"].protocol_section.contacts_locations_module.locations = sites
    pages = pages_of(catalog, tmp_path)
    page = pages["trials/nct00000001.md"]
    assert ("trials/nct00000001-sites.md" in pages) == ("](nct00000001-sites.md)" in page) == beside
    listed = pages["trials/nct00000001-sites.md"] if beside else page
    assert sorted(re.findall(r"Hospital \d+", listed)) == sorted(site.facility or "" for site in sites)
    assert (f"<summary>A ({(number + 1) // 2})</summary>" in listed) == folded
    assert listed.count("All of them: <b") == 2
