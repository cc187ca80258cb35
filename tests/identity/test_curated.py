"""The files of curated names: what they do, and the messages about what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.identity.curated import (
    FILES,
    IDENTIFIERS,
    KEYS,
    SPELLING_KEYS,
    CuratedNames,
    load_curated,
    parse_curated,
)
from generator.identity.slugs import SlugLedger
from generator.model.catalog import Kind
from generator.model.study import BrowseModule, DerivedSection, Mesh
from tests.identity.catalogs import SEEDS, catalog, entity_of, site, study


def curated(text: str, kind: Kind = "organization") -> CuratedNames:
    entries, problems = parse_curated(kind, text)
    return CuratedNames(entries, problems)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- name: A\n  speling: [B]\n  source: s\n", 2, "(did you mean “spellings”?)"),
        ("- name: A\n", 1, "“A” has no source"),
        ("- spellings: [B]\n  source: s\n", 1, "This entry has no name"),
        (
            "- name: A\n  source: s\n- name: B\n  spellings: [a]\n  source: s\n",
            4,
            "belongs to “B” here and to “A” in line 1",
        ),
        ("- name: B\n  source: s\n- name: A\n  source: s\n", 3, "keep the entries sorted by name"),
        ("- name: A\n  source: s\n  spellings: [B]\n", 1, "stand in the order name, spellings, source"),
        ("- name: A\n  part_of: [Bee]\n  source: s\n- name: Bees\n  source: s\n", 1, "(did you mean “Bees”?)"),
        ("- name: A\n  not_same_as: [A]\n  source: s\n", 1, "names itself under not_same_as"),
        (
            "- name: A\n  identifiers: {ror: https://ror.org/00pg5jh14}\n  source: s\n",
            2,
            "does not have the form of a ror id",
        ),
        ("- name: A\n  identifiers: {rorr: 00pg5jh14}\n  source: s\n", 2, "(did you mean “ror”?)"),
        ("- name: A\n  cited_as: [A B]\n  source: s\n", 2, "Only persons are cited"),
        ("- name: A\n  slug: A B\n  source: s\n", 2, "cannot stand in an address"),
        ("- name: A\n  source: s\n- name: A\n  source: s\n", 3, "already has an entry in line 1"),
        ("- name: [\n", 2, "This is not YAML"),
        ("name: A\n", 1, "A file of names is a list"),
        ("- A\n", 1, "An entry is a mapping"),
    ],
)
def test_messages_name_the_line_and_the_way_out(text: str, line: int, message: str) -> None:
    problems = curated(text).problems
    assert [(problem.path, problem.line) for problem in problems] == [("names/organizations.yml", line)]
    assert message in problems[0].message


def test_one_id_is_one_entity() -> None:
    problems = curated(
        "- name: A\n  identifiers: {ror: 00pg5jh14}\n  source: s\n"
        "- name: B\n  identifiers: {ror: 00pg5jh14}\n  source: s\n"
    ).problems
    assert [problem.line for problem in problems] == [4]


def test_an_orcid_has_a_check_digit() -> None:
    text = "- name: Ann Bee\n  identifiers: {{orcid: {}}}\n  source: s\n"
    assert curated(text.format("0000-0003-1934-9504"), "person").problems == []
    assert len(curated(text.format("0000-0003-1934-9505"), "person").problems) == 1


def test_a_citation_needs_its_study() -> None:
    problems = curated("- name: Ann Bee\n  cited_as: [Bee A]\n  source: s\n", "person").problems
    assert "cited in no study" in problems[0].message


def test_a_file_of_an_unknown_kind(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "persons.yml").write_text("[]", encoding="utf-8")
    problems = load_curated(tmp_path).problems
    assert [problem.path for problem in problems] == ["names/persons.yml"]


def test_missing_files_are_empty(tmp_path: Path) -> None:
    assert load_curated(tmp_path).problems == []


def test_an_entry_that_no_document_needs_is_noted() -> None:
    found = catalog(study("T", sponsor="B"), curated=curated("- name: A\n  source: s\n"))
    assert [(problem.severity, problem.code) for problem in found.problems] == [("note", "unused-name")]


def test_a_spelling_joins_and_says_why() -> None:
    names = curated("- name: Alpha\n  spellings: [Beta]\n  source: A letter of 1 May.\n")
    found = catalog(study("T", sponsor="Beta"), study("U", sponsor="ALPHA"), curated=names)
    entity = entity_of(found, "organization", "Beta")
    assert (entity.name, entity.studies, entity.verified) == ("Alpha", ["T", "U"], True)
    reason = next(str(spelling.reason) for spelling in entity.spellings if spelling.text == "Beta")
    assert reason == "A curated name says so (seeds/names/organizations.yml, line 1): A letter of 1 May."


def test_a_spelling_can_ask_for_its_city() -> None:
    names = curated("- name: Alpha\n  spellings: [{text: Hôpital Central, city: Nancy}]\n  source: s\n")
    found = catalog(
        study("T", locations=[site("Hopital Central", "Nancy")]),
        study("U", locations=[site("Hopital Central", "Lyon")]),
        curated=names,
    )
    assert entity_of(found, "organization", "Alpha").studies == ["T"]


def test_two_entries_stay_two_whatever_a_document_states() -> None:
    entries = "- name: Alpha\n{}  source: s\n- name: Beta\n  source: s\n"
    stated = study("T", drugs=["Alpha (Beta)"])
    silent = catalog(stated, curated=curated(entries.format("  not_same_as: [Beta]\n"), "drug"))
    assert "Beta" not in [spelling.text for spelling in entity_of(silent, "drug", "Alpha").spellings]
    assert not [problem for problem in silent.problems if problem.code == "kept-apart"]
    warned = catalog(stated, study("U", drugs=["Beta"]), curated=curated(entries.format(""), "drug"))
    assert entity_of(warned, "drug", "Beta").studies == ["U"]
    problem = next(problem for problem in warned.problems if problem.code == "kept-apart")
    assert "T states “Alpha (Beta)”" in problem.message


def test_a_group_that_no_document_names_has_a_page_where_a_part_is_named() -> None:
    names = curated("- name: Group\n  source: s\n- name: House\n  part_of: [Group]\n  source: s\n")
    found = catalog(study("T", sponsor="House"), curated=names)
    group = entity_of(found, "organization", "Group")
    assert group.studies == []
    assert [reference.id for reference in group.parts] == ["house"]


def test_an_id_that_documents_contradict_is_an_error() -> None:
    one = study("T", conditions=["Lupus"])
    one.derived_section = DerivedSection(
        condition_browse_module=BrowseModule(meshes=[Mesh(id="D008180", term="Lupus")])
    )
    names = curated("- name: Lupus\n  identifiers: {mesh: D000001}\n  source: s\n", "condition")
    found = catalog(one, curated=names)
    assert [problem.code for problem in found.problems] == ["identifier-conflict"]


def test_a_wanted_slug_leads_the_old_one_to_the_new() -> None:
    ledger = SlugLedger()
    catalog(study("T", sponsor="Alpha"), slugs=ledger)
    names = curated("- name: Alpha\n  slug: alpha-group\n  source: s\n")
    found = catalog(study("T", sponsor="Alpha"), slugs=ledger, curated=names)
    assert entity_of(found, "organization", "Alpha").id == "alpha-group"
    assert ledger.redirects() == {("organization", "alpha"): "alpha-group"}


def test_two_entities_on_one_address_are_an_error_that_names_both() -> None:
    names = curated("- name: Alpha\n  slug: beta\n  source: s\n")
    ledger = SlugLedger()
    catalog(study("T", sponsor="Alpha"), study("U", sponsor="Beta"), slugs=ledger)
    found = catalog(study("T", sponsor="Alpha"), study("U", sponsor="Beta"), slugs=ledger, curated=names)
    problem = next(problem for problem in found.problems if problem.code == "slug-of-two")
    assert "“Alpha”" in problem.message
    assert "“Beta”" in problem.message


def test_the_schema_for_editors_knows_the_same_keys() -> None:
    schema = json.loads((SEEDS / "names" / "names.schema.json").read_text(encoding="utf-8"))
    entry = schema["$defs"]["entry"]["properties"]
    assert list(entry) == list(KEYS)
    assert set(entry["identifiers"]["properties"]) == set(IDENTIFIERS)
    assert set(schema["$defs"]["spelling"]["oneOf"][1]["properties"]) == set(SPELLING_KEYS)


def test_the_schema_for_editors_has_the_same_forms_and_demands() -> None:
    schema = json.loads((SEEDS / "names" / "names.schema.json").read_text(encoding="utf-8"))
    identifiers = schema["$defs"]["entry"]["properties"]["identifiers"]["properties"]
    for name, pattern in IDENTIFIERS.items():
        of_editor = identifiers[name]["pattern"].removeprefix("^").removesuffix("$")
        assert of_editor.replace("[0-9]", r"\d") == pattern.pattern.replace("[0-9]", r"\d").replace(r"\dX", "0-9X")
    assert schema["$defs"]["entry"]["required"] == ["name", "source"]
    for values in schema["$defs"].values():
        assert values.get("additionalProperties", False) is False


@pytest.mark.parametrize("file", sorted(path.name for path in (SEEDS / "names").glob("*.yml")))
def test_our_own_files_name_the_schema_and_are_in_form(file: str) -> None:
    text = (SEEDS / "names" / file).read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=names.schema.json\n")
    kind = next(kind for kind, path in FILES.items() if path == f"names/{file}")
    assert curated(text, kind).problems == []
