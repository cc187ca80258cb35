"""The vocabularies of the catalog's owner: `seeds/vocabularies/*.csv`."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.identity.curated import CuratedNames
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger
from generator.identity.vocabularies.own import digest_of_own, load_own
from generator.model.study import Study
from generator.readers.opening import documents_in
from tests.identity.catalogs import by_id, entity_of, site, study

HOSPITALS = """\
# title: Our hospitals
# version: 2026-05
# licence: CC0
id,name,names,abbreviations,part_of,city,country
g1,Assistance Publique Hôpitaux de Paris,Paris Public Hospitals,APHP,,Paris,France
h1,Hôpital Cochin,Cochin Hospital|CHU Cochin,,g1,Paris,France
h2,Hôpital Européen,,,,Marseille,France
"""
ROR = """\
id,names.types.acronym,names.types.alias,names.types.label,names.types.ror_display,\
locations.geonames_details.country_name,locations.geonames_details.name,relationships,status
https://ror.org/016ncsr12,no_lang_code: CHRU,,fr: Hôpital Central de Nancy; en: Nancy Central Hospital,\
Centre Hospitalier Universitaire de Nancy,France,Nancy,child: https://ror.org/04vfs2w97,active
https://ror.org/04vfs2w97,,,,Université de Lorraine,France,Nancy,parent: https://ror.org/016ncsr12,active
"""


def seeds_with(folder: Path, **files: str) -> Path:
    (folder / "vocabularies").mkdir()
    for name, text in files.items():
        (folder / "vocabularies" / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def told(folder: Path, *studies: Study) -> Identification:
    vocabularies, problems = load_own(folder)
    assert problems == []
    return identify(by_id(studies), CuratedNames(), SlugLedger(), vocabularies)


def test_names_of_one_row_are_one_organization_and_part_of_another(tmp_path: Path) -> None:
    found = told(
        seeds_with(tmp_path, hospitals=HOSPITALS),
        study("A", sponsor="Paris Public Hospitals"),
        study("B", sponsor="Assistance Publique Hôpitaux de Paris"),
        study("C", locations=[site("Cochin Hospital", "Paris")]),
        study("D", sponsor="CHU Cochin"),
    )
    group = entity_of(found, "organization", "Paris Public Hospitals")
    assert (group.name, group.studies) == ("Assistance Publique Hôpitaux de Paris", ["A", "B"])
    cochin = entity_of(found, "organization", "CHU Cochin")
    assert (cochin.name, cochin.studies) == ("Hôpital Cochin", ["C", "D"])
    assert [one.id for one in cochin.part_of] == [group.id]
    assert str(cochin.part_of[0].reason) == (
        "Our hospitals (2026-05) has “Hôpital Cochin” as part of “Assistance Publique Hôpitaux de Paris” (g1)."
    )
    assert cochin.identifiers == {"hospitals": "h1"}


def test_a_document_that_states_another_town_speaks_against_it(tmp_path: Path) -> None:
    found = told(
        seeds_with(tmp_path, hospitals=HOSPITALS),
        study("A", locations=[site("Cochin Hospital", "Lyon")]),
        study("B", sponsor="Hôpital Cochin"),
        study("C", sponsor="CHU Cochin"),
    )
    assert entity_of(found, "organization", "Cochin Hospital").studies == ["A"]
    assert entity_of(found, "organization", "CHU Cochin").studies == ["B", "C"]


def test_an_abbreviation_alone_joins_nothing(tmp_path: Path) -> None:
    found = told(
        seeds_with(tmp_path, hospitals=HOSPITALS),
        study("A", sponsor="APHP"),
        study("B", sponsor="Assistance Publique Hôpitaux de Paris"),
    )
    assert entity_of(found, "organization", "APHP").studies == ["A"]


def test_an_export_of_ror_works_as_it_is(tmp_path: Path) -> None:
    found = told(
        seeds_with(tmp_path, ror=ROR),
        study("A", sponsor="Nancy Central Hospital"),
        study("B", sponsor="Hôpital Central de Nancy"),
        study("C", sponsor="Université de Lorraine"),
    )
    nancy = entity_of(found, "organization", "Nancy Central Hospital")
    assert (nancy.name, nancy.studies) == ("Centre Hospitalier Universitaire de Nancy", ["A", "B"])
    assert nancy.identifiers == {"ror": "016ncsr12"}
    assert [one.id for one in nancy.parts] == ["universite-de-lorraine"]


def test_drugs_and_conditions_can_have_tables_too(tmp_path: Path) -> None:
    found = told(
        seeds_with(tmp_path, codes="# kind: drug\nid,name,codes\nd1,Examplumab,XY-12|XY-0012\n"),
        study("A", drugs=["XY 12"]),
        study("B", drugs=["Examplumab"]),
    )
    assert entity_of(found, "drug", "XY 12").name == "Examplumab"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "no column “id”"),
        ("id,title\n1,A\n", 1, "no column “name”"),
        ("# kind: city\nid,name\n1,A\n", 1, "“city” is no kind"),
        ("# author: me\nid,name\n1,A\n", 1, "“author” is nothing that a vocabulary says"),
        ("id,name\n1,A\n\n1,B\n", 4, "“B” has the id 1, which “A” in line 2 has too"),
        ("id,name\n,A\n", 2, "no id or no name"),
        ("# version: 1\nid,name,part_of\n1,A,9\n", 3, "part of 9, which is the id of no row"),
    ],
)
def test_what_is_wrong_has_its_line_and_what_to_do(tmp_path: Path, text: str, line: int, words: str) -> None:
    _, problems = load_own(seeds_with(tmp_path, ours=text))
    [problem] = problems
    assert (problem.path, problem.line, problem.code) == ("vocabularies/ours.csv", line, "vocabulary-file")
    assert words in problem.message


def test_a_file_in_another_encoding_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = seeds_with(tmp_path, hospitals=HOSPITALS)
    (folder / "vocabularies" / "broken.csv").write_bytes(b"id,name\n1,Stra\xdfe\n")
    vocabularies, problems = load_own(folder)
    assert [one.about.name for one in vocabularies] == ["hospitals"]
    assert [(one.path, one.line) for one in problems] == [("vocabularies/broken.csv", 2)]


def test_tables_are_no_documents_and_count_for_what_is_kept(tmp_path: Path) -> None:
    folder = seeds_with(tmp_path, hospitals=HOSPITALS)
    assert documents_in(folder) == {}
    before = digest_of_own(folder)
    (folder / "vocabularies" / "hospitals.csv").write_text(HOSPITALS.replace("Cochin", "Necker"), encoding="utf-8")
    assert digest_of_own(folder) != before
