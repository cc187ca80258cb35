"""Each format is read by its own ecosystem's library and says what the catalog says."""

from __future__ import annotations

import json
import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import frictionless
import openapi_spec_validator
import pytest
import rispy
import sqlite_utils
from bibtexparser.entrypoint import parse_file
from fhir.resources.researchstudy import ResearchStudy
from lxml import etree

from generator.exports.data_package import data_package
from generator.exports.exporter import known_exporters
from generator.exports.fhir import research_study
from generator.exports.published import PublishedCatalog
from generator.model.catalog import Catalog
from generator.model.catalog_section import Contradiction, Statement
from generator.model.data_file import ExportedFile
from generator.model.document import Document
from generator.model.study import Study
from generator.pages.paths import SitePaths
from generator.pipeline.flow import make_catalog
from generator.readers.layouts.clinicaltrials_gov_csv import READER as CSV_READER
from generator.readers.layouts.who_ictrp import XML_READER
from generator.settings import Settings
from tests.conftest import SEEDS, STUDIES
from tests.exports.exported import export, json_of
from tests.pages.catalogs import HOSTILE, small_catalog
from tests.studies.records import numbered, record


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Path]:
    """The five seeds, and the folder in which they are written."""
    folder = tmp_path_factory.mktemp("seeds")
    catalog = make_catalog(SEEDS, folder).catalog
    published = export(catalog, folder, Settings(licence="CC0-1.0", doi="10.5072/example"))
    files = [file for exporter in known_exporters().values() for file in exporter.files]
    exported = {file.path: ExportedFile((folder / file.path).stat().st_size, b"") for file in files}
    (folder / "data/datapackage.json").write_bytes(data_package(files, exported, folder, published))
    return catalog, folder


def hostile(folder: Path) -> Path:
    export(small_catalog(HOSTILE + "\n\n}@{x\x00\x0b"), folder)
    return folder / "data"


def test_the_data_package_is_valid(seeds: tuple[Catalog, Path]) -> None:
    file = seeds[1] / "data/datapackage.json"
    report = frictionless.validate(str(file))
    assert report.valid, report.flatten(["type", "title", "message"])
    package = json_of(file)
    assert package["licenses"] == [{"name": "CC0-1.0"}]
    assert package["id"] == "https://doi.org/10.5072/example"
    tables = [resource for resource in package["resources"] if resource["type"] == "table"]
    assert len(tables) > 40
    assert all(field["description"] for table in tables for field in table["schema"]["fields"])


def test_a_wrong_reference_makes_the_package_invalid(seeds: tuple[Catalog, Path], tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    for name in ("studies", "designs"):
        shutil.copy2(seeds[1] / f"data/tables/{name}.csv", tmp_path / "tables")
    studies = tmp_path / "tables/studies.csv"
    studies.write_text(studies.read_text("utf-8").replace("NCT02955615,", "gone,", 1), "utf-8")
    package = json_of(seeds[1] / "data/datapackage.json")
    package["resources"] = [
        {key: value for key, value in resource.items() if key not in {"bytes", "hash"}}
        for resource in package["resources"]
        if resource["name"] in {"tables-studies-csv", "tables-designs-csv"}
    ]
    for resource in package["resources"]:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [key for key in keys if key["fields"] == "study_id"]
    report = frictionless.validate(package, basepath=str(tmp_path))
    assert {kind for (kind,) in report.flatten(["type"])} == {"foreign-key"}


def test_the_database_has_keys_and_finds_words(seeds: tuple[Catalog, Path]) -> None:
    with closing(sqlite_utils.Database(seeds[1] / "data/catalog.sqlite")) as database:
        assert list(database.query("PRAGMA foreign_key_check")) == []
        assert list(database.query("PRAGMA integrity_check")) == [{"integrity_check": "ok"}]
        keys = {(key.column, key.other_table) for key in database.table("facilities").foreign_keys}
        assert keys == {("study_id", "studies"), ("entity_id", "entities")}
        assert database.table("studies").detect_fts() == "studies_fts"
        assert [row["study_id"] for row in database.table("studies").search("lupus")] == ["NCT02955615"]
        assert {row["name"] for row in database.table("entities").search("klatzmann")} == {"David Klatzmann"}


def test_datasette_is_told_of_every_table(seeds: tuple[Catalog, Path]) -> None:
    tables = json_of(seeds[1] / "data/metadata.json")["databases"]["catalog"]["tables"]
    with closing(sqlite_utils.Database(seeds[1] / "data/catalog.sqlite")) as database:
        assert set(tables) == {name for name in database.table_names() if "_fts" not in name}
        for name, entry in tables.items():
            assert set(entry["columns"]) == set(database[name].columns_dict)
            assert entry.get("label_column", "study_id") in {*entry["columns"], "study_id"}


def test_our_reader_of_the_registrys_download_reads_the_trials(seeds: tuple[Catalog, Path]) -> None:
    text = (seeds[1] / "data/trials.csv").read_text("utf-8")
    document = Document("trials.csv", text)
    assert CSV_READER.recognises(document)
    found = {found.id: found.study for found in CSV_READER.read(document)}
    numbers = {name for name in STUDIES if name.startswith("NCT")}
    assert set(found) == numbers
    for identifier in numbers:
        read, known = found[identifier].protocol_section, seeds[0].studies[identifier].protocol_section
        assert read.identification_module.brief_title == known.identification_module.brief_title
        assert read.status_module.overall_status == known.status_module.overall_status
        assert read.status_module.start_date_struct.date == known.status_module.start_date_struct.date  # type: ignore[union-attr]
        assert read.conditions_module.conditions == known.conditions_module.conditions
        assert read.design_module.phases == known.design_module.phases
        assert read.design_module.enrollment_info.count == known.design_module.enrollment_info.count  # type: ignore[union-attr]
        assert read.design_module.design_info == known.design_module.design_info
        names = [item.name for item in known.arms_interventions_module.interventions if item.type]
        assert [item.name for item in read.arms_interventions_module.interventions] == names


def test_trials_without_a_number_are_in_the_table(seeds: tuple[Catalog, Path]) -> None:
    lines = (seeds[1] / "data/trials.csv").read_text("utf-8").splitlines()
    assert [line.rpartition(",")[2] for line in lines if line.startswith(",")] == [
        "trials/prev-hap/",
        "trials/treat-hap/",
    ]


def test_our_reader_of_whos_export_reads_the_trials(seeds: tuple[Catalog, Path]) -> None:
    document = Document("ictrp.xml", (seeds[1] / "data/ictrp.xml").read_text("utf-8"))
    assert XML_READER.recognises(document)
    found = {found.id: found.study.protocol_section for found in XML_READER.read(document)}
    for identifier in (name for name in STUDIES if name.startswith("NCT")):
        known = seeds[0].studies[identifier].protocol_section
        read = found[identifier]
        assert read.identification_module.brief_title == known.identification_module.brief_title
        assert read.conditions_module.conditions == known.conditions_module.conditions
        assert read.design_module.phases == known.design_module.phases


def test_reference_managers_read_the_citations(seeds: tuple[Catalog, Path]) -> None:
    folder = seeds[1] / "data"
    with (folder / "citations.ris").open(encoding="utf-8") as file:
        ris = {entry["id"]: entry for entry in rispy.load(file)}
    bibtex = parse_file(str(folder / "citations.bib"))
    csl = {entry["id"]: entry for entry in json_of(folder / "citations.json")}
    assert bibtex.failed_blocks == []
    assert set(ris) == set(csl) == set(bibtex.entries_dict)
    assert set(STUDIES) <= set(ris)
    trial = ris["NCT02955615"]
    title = seeds[0].studies["NCT02955615"].protocol_section.identification_module.brief_title
    assert (trial["title"], trial["accession_number"], trial["year"]) == (title, "NCT02955615", "2019")
    assert [author.rstrip(",") for author in trial["authors"]] == ["Iltoo Pharma"]
    assert csl["NCT02955615"]["issued"] == {"date-parts": [[2019, 3, 5]]}
    assert csl["NCT02955615-1"]["PMID"] == "35973803"
    assert ris["NCT02955615-1"]["doi"] == csl["NCT02955615-1"]["DOI"] == "10.1136/ard-2022-222501"


def test_odd_texts_break_no_citation(tmp_path: Path) -> None:
    folder = hostile(tmp_path)
    assert parse_file(str(folder / "citations.bib")).failed_blocks == []
    with (folder / "citations.ris").open(encoding="utf-8") as file:
        assert len(rispy.load(file)) == len(json_of(folder / "citations.json"))


def test_fhir_resources_are_valid_and_say_what_is_known(seeds: tuple[Catalog, Path], tmp_path: Path) -> None:
    lines = (seeds[1] / "data/research-studies.ndjson").read_bytes().splitlines()
    found = {trial["id"]: trial for trial in (ResearchStudy.model_validate_json(line).model_dump() for line in lines)}
    assert set(found) == set(STUDIES)
    trial = found["NCT02955615"]
    assert trial["progressStatus"][0]["state"]["coding"][0]["code"] == "completed"
    assert trial["identifier"][0]["assigner"]["display"] == "ClinicalTrials.gov"
    assert trial["associatedParty"][0]["role"]["coding"][0]["code"] == "lead-sponsor"
    assert trial["associatedParty"][0]["name"] == "Iltoo Pharma"
    for line in (hostile(tmp_path) / "research-studies.ndjson").read_bytes().splitlines():
        ResearchStudy.model_validate_json(line)


def test_fhir_has_no_code_where_the_registrys_word_has_none() -> None:
    modules: dict[str, Any] = {
        "statusModule": {"overallStatus": "SUSPENDED", "startDateStruct": {"date": "spring 2019"}},
        "designModule": {"phases": ["PHASE1", "PHASE4"]},
    }
    study = record("NCT00000102", numbered("NCT00000102", **modules)).study
    resource = research_study(published(study))
    assert resource["progressStatus"] == [{"state": {"text": "Suspended"}}]
    assert resource["phase"] == {"text": "Phase 1, Phase 4"}
    assert "period" not in resource
    ResearchStudy.model_validate(resource)


def published(study: Study) -> Any:
    catalog = Catalog(studies={study.catalog_section.id or "": study})
    return next(PublishedCatalog(catalog, SitePaths(catalog, Settings()), Settings()).studies())


def test_the_description_of_the_api_fits_what_is_there(seeds: tuple[Catalog, Path]) -> None:
    description = json_of(seeds[1] / "api/openapi.json")
    openapi_spec_validator.validate(description)
    assert set(description["paths"]) == {"/v2/studies/{id}.json", "/v2/studies.json", "/entities.json"}
    schemas = description["components"]["schemas"]
    assert "briefTitle" in schemas["IdentificationModule"]["properties"]


def test_xml_of_odd_texts_can_be_read(tmp_path: Path) -> None:
    root = etree.parse(hostile(tmp_path) / "ictrp.xml").getroot()
    assert len(root) == len(small_catalog().studies)
    assert HOSTILE[:30] in (root.findtext("Trial/Public_title") or "")


def test_no_program_that_collects_addresses_finds_one(tmp_path: Path) -> None:
    export(small_catalog("write to some.one@example.org now"), tmp_path)
    for file in sorted(tmp_path.rglob("*")):
        if file.is_file() and file.suffix != ".parquet":
            assert not re.search(rb"[\w.]+@[\w]+\.[\w.]+", file.read_bytes()), file


CONTACTS: dict[str, Any] = {
    "contactsLocationsModule": {
        "centralContacts": [{"name": "Tom Peel", "phone": "+33 1 55", "email": "tom@port.example", "role": "CONTACT"}],
        "overallOfficials": [{"name": "Ada Brenner", "role": "PRINCIPAL_INVESTIGATOR"}],
        "locations": [{"facility": "Harbour Clinic", "contacts": [{"name": "Min-ji Park", "phone": "44-77"}]}],
    },
    "descriptionModule": {"briefSummary": "Write to maria@port.example before you come."},
}


def test_without_contacts_no_file_of_any_format_names_one(tmp_path: Path) -> None:
    hidden = (b"Tom Peel", b"+33 1 55", b"port.example", b"Min-ji", b"44-77", b"tom-peel")
    source = tmp_path / "seeds"
    source.mkdir()
    (source / "one.json").write_text(json.dumps({"protocolSection": numbered("NCT00000102", **CONTACTS)}))
    catalog = make_catalog(source, tmp_path / "content").catalog
    everything = []
    for name, settings in (("shown", Settings()), ("hidden", Settings(contacts=False))):
        export(catalog, tmp_path / name, settings)
        everything.append(
            b"\n".join(file.read_bytes() for file in sorted((tmp_path / name).rglob("*")) if file.is_file())
        )
    shown, without = everything
    assert b"Tom Peel" in shown
    assert b"Min-ji" in shown
    assert b"Harbour Clinic" in without
    assert [word for word in hidden if word in without] == []


def test_a_contradiction_about_a_contact_is_hidden_with_it(tmp_path: Path) -> None:
    study = record("NCT00000102", numbered("NCT00000102", **CONTACTS)).study
    pointer = "/protocolSection/contactsLocationsModule/centralContacts/0/phone"
    study.catalog_section.contradictions = [
        Contradiction(pointer=pointer, statements=[Statement(value="+33 1 55"), Statement(value="66")])
    ]
    catalog = Catalog(studies={"NCT00000102": study})
    export(catalog, tmp_path, Settings(contacts=False))
    assert b"+33 1 55" not in b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
