"""Pages of entities: what is open and whom to call, neighbours, timeline, and how little a page of one trial has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from generator.model.catalog import Catalog, Entity, EntityReference, Kind, Link, Role, Spelling
from generator.model.catalog_section import CatalogSection, DocumentReference, Flag
from generator.model.outline import outline_of
from generator.model.sentence import sentence
from generator.model.source import Source
from generator.model.study import Contact, DateStruct, Location, Reference, Study
from generator.pages.figures.timeline import MOST_BARS
from generator.pages.paths import SitePaths
from generator.settings import Settings
from tests.conftest import ROOT
from tests.pages.test_pages import pages_of

LOCATION = "/protocolSection/contactsLocationsModule/locations/0/facility"


def trial(catalog: Catalog, identifier: str, status: str, start: str = "", end: str = "") -> Study:
    study = Study()
    study.catalog_section = CatalogSection(id=identifier)
    study.protocol_section.identification_module.brief_title = f"Title of {identifier}"
    module = study.protocol_section.status_module
    module.overall_status = status
    if start:
        module.start_date_struct = DateStruct(date=start)
    if end:
        module.completion_date_struct = DateStruct(date=end, type="ESTIMATED" if end > "2025" else "ACTUAL")
    cast("dict[str, Study]", catalog.studies)[identifier] = study
    return study


def link(catalog: Catalog, study: str, kind: Kind, name: str, role: Role, pointer: str = "") -> None:
    entities = cast("dict[tuple[Kind, str], Entity]", catalog.entities)
    entity = entities.setdefault((kind, name), Entity(kind=kind, id=name, name=name.title()))
    entity.studies = sorted({*entity.studies, study})
    entity.roles = [*dict.fromkeys([*entity.roles, role])]
    catalog.links.append(Link(study=study, kind=kind, entity=name, role=role, pointer=pointer))


def hospital_catalog() -> Catalog:
    """Return three trials at one hospital: it recruits, it does not, and it does not say."""
    catalog = Catalog()
    for identifier, status, here in (
        ("NCT00000001", "RECRUITING", "RECRUITING"),
        ("NCT00000002", "RECRUITING", "COMPLETED"),
        ("NCT00000003", "RECRUITING", None),
    ):
        study = trial(catalog, identifier, status, "2020-01", "2026-02")
        contacts = [Contact(name="Jo Nurse", phone="123")] if here == "RECRUITING" else []
        module = study.protocol_section.contacts_locations_module
        module.locations = [Location(facility="Clinic", city="Nancy", status=here, contacts=contacts)]
        module.central_contacts = [Contact(name="Cara Central", phone="456")]
        link(catalog, identifier, "organization", "clinic", "site", LOCATION)
        link(catalog, identifier, "drug", "pill", "intervention")
    return catalog


def test_a_contact_that_is_paired_with_its_hospital_by_reasoning_says_so(tmp_path: Path) -> None:
    catalog = hospital_catalog()
    called = "Jo Nurse, 123"
    assert f"{called}</span>" in pages_of(catalog, tmp_path / "stated")["organizations/clinic.md"]
    study = catalog.studies["NCT00000001"]
    pointer = LOCATION.replace("facility", "contacts/0/phone")
    study.catalog_section.sources[pointer] = [Source(document="page.txt", first_line=3, last_line=3, how="inferred")]
    for seen in (study, outline_of(study)):
        cast("dict[str, Study]", catalog.studies)["NCT00000001"] = seen
        page = pages_of(catalog, tmp_path / str(id(seen)))["organizations/clinic.md"]
        assert f'{called} <span class="tag tag--inferred">inferred</span>' in page


def test_a_hospital_says_first_what_is_open_and_whom_to_call(tmp_path: Path) -> None:
    page = pages_of(hospital_catalog(), tmp_path)["organizations/clinic.md"]
    opened, others = (
        page.index("### Said to be open here, and whom to call (2)"),
        page.index("### Other trials at this site (1)"),
    )
    assert opened < page.index("nct00000001.md") < page.index("nct00000003.md") < others
    assert others < page.index("nct00000002.md")
    assert "Jo Nurse, 123" in page[opened:others]
    assert 'href="../../card/?trial=NCT00000001&amp;site=clinic">Pocket card</a>' in page[opened:others]
    assert "The trial recruits; whether this site does is not stated." in page
    assert page.count("For the whole trial: Cara Central, 456") == 1


def test_a_hospital_keeps_contacts_to_itself_where_the_settings_say_so(tmp_path: Path) -> None:
    page = pages_of(hospital_catalog(), tmp_path, Settings(contacts=False))["organizations/clinic.md"]
    assert "### Said to be open here" in page
    assert "Jo Nurse" not in page
    assert "Cara Central" not in page


def test_a_town_names_its_hospitals_and_whether_they_recruit(tmp_path: Path) -> None:
    catalog = hospital_catalog()
    for identifier in list(catalog.studies):
        link(catalog, identifier, "place", "nancy", "siteCity", LOCATION.replace("facility", "city"))
    page = pages_of(catalog, tmp_path)["places/nancy.md"]
    hospital = "[Clinic](../organizations/clinic.md)"
    assert f'{hospital} <b class="open">Recruiting</b>' in page
    assert f'{hospital} <b class="done">Completed</b>' in page
    assert f"{hospital}</span>" in page


def test_what_is_open_at_its_hospitals_comes_first_on_a_groups_page(tmp_path: Path) -> None:
    catalog = hospital_catalog()
    link(catalog, "NCT00000002", "organization", "group", "leadSponsor")
    part = EntityReference(kind="organization", id="clinic")
    catalog.entities["organization", "group"].parts = [part]
    page = pages_of(catalog, tmp_path)["organizations/group.md"]
    assert page.index("### Said to be open at its hospitals, and whom to call (2)") < page.index("### Lead sponsor (1)")
    assert page.index("### Lead sponsor (1)") < page.index("### At its hospitals, others (1)")


def test_neighbours_are_counted_and_people_and_sites_share_at_least_two_trials(tmp_path: Path) -> None:
    catalog = Catalog()
    for number in range(4):
        identifier = f"NCT0000000{number}"
        trial(catalog, identifier, "COMPLETED")
        link(catalog, identifier, "drug", "pill", "intervention")
        link(catalog, identifier, "condition", "often" if number else "once", "condition")
        link(catalog, identifier, "person", "caller", "centralContact")
        for other in range(number):
            link(catalog, identifier, "organization", f"site-{other}", "site")
    page = pages_of(catalog, tmp_path / "a")["drugs/pill.md"]
    section = page[page.index("## Shares most trials with") :]
    assert "**Conditions** [Often](../conditions/often.md) (3) · [Once](../conditions/once.md) (1)" in section
    assert "Site-2" not in section
    assert re.search(r"Site-0\]\([^)]*\) \(3\) · \[Site-1\]\([^)]*\) \(2\)\n", section)
    assert "[Caller](../people/caller.md) (4)" in section
    hidden = pages_of(catalog, tmp_path / "b", Settings(contacts=False))["drugs/pill.md"]
    assert "Caller" not in hidden


def test_a_row_tells_from_when_to_when_stated_and_estimated_apart(tmp_path: Path) -> None:
    catalog = Catalog()
    for identifier, start, end in (
        ("NCT00000001", "2019-07", "2021-03-04"),
        ("NCT00000002", "2020", "2027-01"),
        ("NCT00000003", "2021-02-03", ""),
        ("NCT00000004", "", ""),
        ("NCT00000005", "0209-05", "soon"),
    ):
        trial(catalog, identifier, "COMPLETED", start, end)
        link(catalog, identifier, "drug", "pill", "intervention")
    page = pages_of(catalog, tmp_path)["drugs/pill.md"]
    rows = dict(re.findall(r"<small>(NCT\d+)(.*)</small>", page))
    assert rows["NCT00000001"] == " · from 2019-07 to 2021-03-04"
    assert rows["NCT00000002"] == " · from 2020 to 2027-01 (estimated)"
    assert rows["NCT00000003"] == " · from 2021-02-03"
    assert rows["NCT00000004"] == ""
    assert rows["NCT00000005"] == " · from 0209-05 to soon (estimated)"


def test_the_browser_draws_those_that_the_page_does_not() -> None:
    script = ROOT / "content" / "assets" / "javascripts" / "figures" / "spans.js"
    assert f"MOST_BARS = {MOST_BARS};" in script.read_text("utf-8")


def test_many_trials_are_told_by_the_years_of_their_starts(tmp_path: Path) -> None:
    catalog = Catalog()
    for number in range(30):
        identifier = f"NCT000000{number:02}"
        trial(catalog, identifier, "COMPLETED", f"{2010 + number % 3}-01" if number else "")
        link(catalog, identifier, "drug", "pill", "intervention")
    page = pages_of(catalog, tmp_path)["drugs/pill.md"]
    assert "<caption>Trials by the year of their start</caption>" in page
    assert '<th scope="row">2011</th><td>10</td>' in page
    assert "1 trial states no start." in page
    assert page.index("## When") < page.index("## Trials")


def test_the_page_of_one_trial_repeats_nothing(tmp_path: Path) -> None:
    catalog = Catalog()
    trial(catalog, "NCT00000001", "COMPLETED", "2019", "2020")
    link(catalog, "NCT00000001", "drug", "pill", "intervention")
    link(catalog, "NCT00000001", "condition", "sick", "condition")
    page = pages_of(catalog, tmp_path)["drugs/pill.md"]
    assert "<figure" not in page
    assert "## Shares" not in page
    assert len(page) < 1200


def test_the_graph_says_where_a_walk_can_begin(tmp_path: Path) -> None:
    pages = pages_of(hospital_catalog(), tmp_path)
    graph = pages[SitePaths.graph.file]
    assert '<a href="./?at=drugs/pill">Pill</a> (3 trials)' in graph


def test_the_home_page_shows_the_catalog_in_figures(tmp_path: Path) -> None:
    catalog = hospital_catalog()
    catalog.studies["NCT00000002"].protocol_section.status_module.overall_status = "COMPLETED"
    catalog.studies["NCT00000002"].protocol_section.design_module.phases = ["PHASE1", "PHASE2"]
    home = pages_of(catalog, tmp_path)["index.md"]
    assert re.search(r'href="search/\?status=RECRUITING">Recruiting</a></th><td>2</td>', home)
    assert re.search(r'href="search/\?phase=PHASE1">Phase 1</a></th><td>1</td>', home)
    assert "A trial of two phases counts in both." in home
    assert 'href="search/?from=2020&amp;to=2020">2020</a></th><td>3</td>' in home
    for reader in ("Patients", "Research nurses", "Consortium managers", "Librarians", "Investigators"):
        assert reader in home


def test_a_country_tells_trials_with_a_site_from_those_that_only_name_it(tmp_path: Path) -> None:
    catalog = Catalog()
    for number, pointer in enumerate((LOCATION.replace("facility", "country"), "/catalogSection/countries/0"), start=1):
        trial(catalog, f"NCT0000000{number}", "COMPLETED")
        link(catalog, f"NCT0000000{number}", "place", "peru", "country", pointer)
    page = pages_of(catalog, tmp_path)["places/peru.md"]
    with_site, named = page.index("### Trials with a site here (1)"), page.index("without a site here (1)")
    assert with_site < page.index("nct00000001.md") < named < page.index("nct00000002.md")


def test_who_is_no_sponsor_is_not_called_one(tmp_path: Path) -> None:
    catalog = Catalog()
    study = trial(catalog, "NCT00000001", "COMPLETED")
    study.catalog_section.flags = [Flag(code="x", message=sentence("Look."))]
    link(catalog, "NCT00000001", "organization", "clinic", "responsibleParty")
    pages = pages_of(catalog, tmp_path)
    assert "Responsible party: [Clinic](../organizations/clinic.md)" in pages["flags/index.md"]
    assert "Sponsor:" not in pages["flags/index.md"]
    assert (
        '[Clinic](../organizations/clinic.md)<br><small data-trials="1">1 trial · <i>Responsible party</i>'
        in pages["sponsors/index.md"]
    )


def test_an_author_is_called_what_documents_call_him(tmp_path: Path) -> None:
    catalog = Catalog()
    study = trial(catalog, "NCT00000001", "COMPLETED")
    trial(catalog, "NCT00000002", "COMPLETED")
    study.protocol_section.references_module.references = [Reference(citation="A paper.")]
    citation = "/protocolSection/referencesModule/references/0/citation"
    link(catalog, "NCT00000001", "person", "doe", "referenceAuthor", citation)
    link(catalog, "NCT00000002", "person", "doe", "principalInvestigator")
    pages = pages_of(catalog, tmp_path)
    told = "by [Doe](../people/doe.md), principal investigator of [NCT00000002](nct00000002.md)"
    assert told in pages["trials/nct00000001.md"]
    # Who only wrote a paper relates no trials.
    assert "Related trials" not in pages["trials/nct00000001.md"] + pages["trials/nct00000002.md"]


def test_a_list_and_the_trials_page_give_one_date(tmp_path: Path) -> None:
    catalog = Catalog()
    study = trial(catalog, "NCT00000001", "RECRUITING")
    link(catalog, "NCT00000001", "drug", "pill", "intervention")
    study.catalog_section.documents = [DocumentReference(path="a.json", layout="eu-ctis-json", as_of="2025-08-19")]
    study.protocol_section.status_module.last_update_post_date_struct = DateStruct(date="2025-08-20")
    pages = pages_of(catalog, tmp_path)
    assert 'as of <time datetime="2025-08-19">19 August 2025</time>' in pages["trials/nct00000001.md"]
    assert "as of 2025-08-19" in pages["drugs/pill.md"]
    assert "as of 2025-08-19" in pages["index.md"]


def test_the_home_page_parts_new_statements_from_old_ones_and_counts_what_its_link_leads_to(tmp_path: Path) -> None:
    catalog = Catalog()
    for number, (status, as_of) in enumerate(
        (("RECRUITING", "2025-11-20"), ("RECRUITING", "2018-05-02"), ("AVAILABLE", "2025-01-01")), start=1
    ):
        study = trial(catalog, f"NCT0000000{number}", status)
        study.catalog_section.documents = [DocumentReference(path="a", layout="eu-ctis-json", as_of=as_of)]
    home = pages_of(catalog, tmp_path)["index.md"]
    fresh, older = home.index('<div class="fresh"'), home.index("Said by older documents")
    assert "Recruiting now" not in home
    assert fresh < home.index("nct00000001.md") < older < home.index("nct00000002.md")
    assert '<a href="search/?status=RECRUITING">All 2 trials that are said to be recruiting, with filters</a>' in home


def test_a_name_with_one_spelling_and_no_doubt_has_no_bookkeeping(tmp_path: Path) -> None:
    catalog = Catalog()
    trial(catalog, "NCT00000001", "COMPLETED")
    link(catalog, "NCT00000001", "organization", "clinic", "site")
    link(catalog, "NCT00000001", "organization", "klinik", "site")
    catalog.entities["organization", "clinic"].spellings = [Spelling(text="Clinic", rule="own")]
    same = EntityReference(kind="organization", id="clinic")
    catalog.entities["organization", "klinik"].possibly_same_as = [same]
    pages = pages_of(catalog, tmp_path)
    plain, doubted = pages["organizations/clinic.md"], pages["organizations/klinik.md"]
    assert "verified" not in plain
    assert "How the name is written" not in plain
    assert "may be the same as another name" not in plain
    assert "[may be the same as another name](#possibly-the-same)" in doubted


def test_a_persons_trial_stands_once_with_all_that_they_are_to_it(tmp_path: Path) -> None:
    catalog = Catalog()
    for identifier in ("NCT00000001", "NCT00000002"):
        trial(catalog, identifier, "COMPLETED")
    for role in ("facilityContact", "principalInvestigator", "centralContact", "referenceAuthor"):
        link(catalog, "NCT00000001", "person", "doe", role)
    link(catalog, "NCT00000002", "person", "doe", "referenceAuthor")
    page = pages_of(catalog, tmp_path)["people/doe.md"]
    running, written = (
        page.index("### As investigator or contact (1)"),
        page.index("### Author of a cited publication (1)"),
    )
    assert running < page.index("nct00000001.md") < written < page.index("nct00000002.md")
    assert page.count("nct00000001.md") == 1
    assert "Principal investigator · Central contact · Contact at a site" in page


def test_a_map_of_other_peoples_towns_is_not_headed_where(tmp_path: Path) -> None:
    catalog = hospital_catalog()
    for number, (town, latitude) in enumerate((("nancy", 48.7), ("lyon", 45.7)), start=1):
        link(catalog, f"NCT0000000{number}", "place", town, "siteCity", LOCATION.replace("facility", "city"))
        entity = catalog.entities["place", town]
        entity.latitude, entity.longitude = latitude, 5.0
        link(catalog, f"NCT0000000{number}", "organization", "payer", "leadSponsor")
        link(catalog, f"NCT0000000{number}", "person", "jo", "principalInvestigator")
    pages = pages_of(catalog, tmp_path)
    headings = {file: re.findall("^## (Where.*)$", pages[file], re.MULTILINE) for file in pages if "/" in file}
    assert headings["organizations/payer.md"] == headings["people/jo.md"] == ["Where its trials run"]
    assert headings["places/nancy.md"] == ["Where"]
