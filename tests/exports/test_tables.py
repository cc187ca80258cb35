"""The tables lose nothing: from them alone, the studies come back as they were."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from generator.exports.tables.cells import written
from generator.exports.tables.of_names import CONTRADICTIONS, ENTITIES, ENTITY_SPELLINGS, MENTIONS, SOURCES
from generator.exports.tables.of_studies import FACILITIES, INTERVENTIONS, STUDIES
from generator.exports.tables.rows import TABLES, TABLES_OF_STUDIES
from generator.model.catalog import Catalog
from generator.model.data_file import Items, Table
from generator.model.pointers import escape, leaves
from generator.model.study import Study
from generator.pages.text.contacts import E_MAIL
from generator.pipeline.flow import make_catalog
from generator.settings import Settings
from tests.conftest import ROOT, SEEDS
from tests.exports.exported import export, read_back, rows_of
from tests.pages.catalogs import small_catalog
from tests.studies.records import numbered, record

RECORDS = ROOT.parent / "shared" / "data" / "ctgov-json"

NOT_IN_TABLES = (
    "/annotationSection/annotationModule/violationAnnotation",
    "/annotationSection/annotationModule/unpostedAnnotation/unpostedResponsibleParty",
    "/derivedSection/miscInfoModule/versionHolder",
    "/derivedSection/miscInfoModule/submissionTracking",
    "/derivedSection/conditionBrowseModule/browse",
    "/derivedSection/interventionBrowseModule/browse",
    "/documentSection/largeDocumentModule/noSap",
    "/catalogSection/completeness",
    "/catalogSection/entities",
    "/catalogSection/sources",
    "/catalogSection/absences",
    "/catalogSection/contradictions",
)
"""What other files hold, or other tables in another form."""


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Catalog, Path]:
    """The five seeds, and the folder in which they are written."""
    folder = tmp_path_factory.mktemp("seeds")
    catalog = make_catalog(SEEDS, folder).catalog
    export(catalog, folder)
    return catalog, folder


def values_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Return what the tables about studies hold: id of a study -> JSON pointer -> value."""
    found: dict[str, dict[str, Any]] = {}
    for table in TABLES_OF_STUDIES:
        for row in rows_of(folder / f"data/tables/{table.name}.csv", table):
            values = found.setdefault(str(row["study_id"]), {})
            items, item = place_of(table, row)
            for column in table.columns:
                cell = row[column.name]
                if cell is None or (items.scalar and column.name != items.scalar and not column.at.startswith("/")):
                    continue
                at = "" if items.scalar == column.name else dict(items.fields).get(column.name, column.at)
                outer = item_above(items.pointer, item, column.up)
                pointer = at if at.startswith("/") else f"{outer}/{at}" if at else outer
                if column.how == "value":
                    values.update(leaves(cell, pointer))
    return found


def place_of(table: Table, row: dict[str, Any]) -> tuple[Items, str]:
    """Return the list of a row, and the JSON pointer of its item, as its key says."""
    steps = str(row[table.key]).removeprefix(f"{row['study_id']}").split(":")[1:]
    items = table.items[0]
    if len(table.items) > 1:
        items = next(one for one in table.items if one.label == steps[0])
        steps = steps[1:]
    if table.name == "registry_fields":
        steps = [escape(row["name"])]
    pointer = items.pointer
    for step in steps:
        pointer = pointer.replace("*", step, 1)
    return items, pointer


def item_above(pattern: str, item: str, up: int) -> str:
    """Return the pointer of the item so many lists further out than *item*."""
    for _ in range(up):
        pattern = pattern.rpartition("/*")[0]
    return "/".join(item.split("/")[: len(pattern.rpartition("/*")[0].split("/")) + 1]) if up else item


def compare(published: Any, folder: Path) -> None:
    found = values_of(folder)
    for study in published.studies():
        wanted = {
            pointer: E_MAIL.sub(r"\1 (at) \2", value) if isinstance(value, str) else value
            for pointer, value in leaves(study.record)
            if not pointer.startswith(NOT_IN_TABLES)
            and "/flags/" not in pointer
            and pointer != "/catalogSection/provisional"
        }
        assert {pointer: found[study.id].get(pointer) for pointer in wanted} == wanted


def test_every_fact_of_the_seeds_comes_back_from_the_tables(seeds: tuple[Catalog, Path], tmp_path: Path) -> None:
    compare(export(seeds[0], tmp_path, None, "tables"), tmp_path)


def test_every_fact_of_a_catalog_with_everything_comes_back(tmp_path: Path) -> None:
    compare(export(small_catalog(), tmp_path, None, "tables"), tmp_path)
    hostile = small_catalog("=cmd()|' /C calc'!A0\n'-1,\"2\"\t@x")
    compare(export(hostile, tmp_path / "hostile", None, "tables"), tmp_path / "hostile")


@pytest.mark.records
@pytest.mark.skipif(not RECORDS.is_dir(), reason="the real records lie outside the project")
def test_every_fact_of_real_records_comes_back(tmp_path: Path) -> None:
    compare(export(make_catalog(RECORDS, tmp_path).catalog, tmp_path, None, "tables"), tmp_path)


def test_every_source_of_the_seeds_is_in_its_table(seeds: tuple[Catalog, Path]) -> None:
    catalog, folder = seeds
    found = {
        (row["study_id"], row["pointer"], row["document"], row["first_line"], row["last_line"], row["how"])
        for row in rows_of(folder / "data/tables/sources.csv", SOURCES)
    }
    wanted = {
        (identifier, pointer, source.document, source.first_line, source.last_line, source.how)
        for identifier, study in catalog.studies.items()
        for pointer, sources in study.catalog_section.sources.items()
        for source in sources
    }
    assert len(wanted) > 400
    assert found == wanted


def test_a_mention_says_why_its_spelling_stands_for_a_name(seeds: tuple[Catalog, Path]) -> None:
    folder = seeds[1] / "data/tables"
    spellings = {row["id"]: row for row in rows_of(folder / "entity_spellings.csv", ENTITY_SPELLINGS)}
    names = {row["id"]: row["name"] for row in rows_of(folder / "entities.csv", ENTITIES)}
    drugs = [
        (spellings[row["spelling_id"]]["text"], names[row["entity_id"]], spellings[row["spelling_id"]]["reason"])
        for row in rows_of(folder / "mentions.csv", MENTIONS)
        if row["role"] == "intervention" and row["spelling_id"]
    ]
    joined = {(text, name) for text, name, _ in drugs}
    assert {text for text, name in joined if name == "ILT-101"} >= {"ILT101", "ILT-101"}
    assert all(reason for text, name, reason in drugs if text != name)


def test_contradictions_stand_side_by_side(tmp_path: Path) -> None:
    export(small_catalog(), tmp_path, None, "tables")
    rows = list(rows_of(tmp_path / "data/tables/contradictions.csv", CONTRADICTIONS))
    assert [row["chosen"] for row in rows] == [True, False]
    assert len({row["pointer"] for row in rows}) == 1


def test_a_name_leads_to_what_it_stands_for(seeds: tuple[Catalog, Path]) -> None:
    folder = seeds[1] / "data/tables"
    entities = {row["id"]: row for row in rows_of(folder / "entities.csv", ENTITIES)}
    named = [row for row in rows_of(folder / "interventions.csv", INTERVENTIONS) if row["entity_id"]]
    assert {entities[row["entity_id"]]["kind"] for row in named} == {"drug"}
    sites = [row for row in rows_of(folder / "facilities.csv", FACILITIES) if row["entity_id"]]
    assert sum(entities[row["entity_id"]]["kind"] == "organization" for row in sites) > 20


@given(st.one_of(st.text(), st.text(alphabet="'=+-@\t\r\nab")))
def test_no_text_is_run_by_a_spreadsheet_and_each_comes_back(text: str) -> None:
    cell = str(written(text))
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert (read_back(cell, "string") or "") == text


def test_all_formats_hold_the_same_rows(seeds: tuple[Catalog, Path]) -> None:
    folder = seeds[1] / "data"
    database = sqlite3.connect(folder / "catalog.sqlite")
    filled = 0
    for table in TABLES:
        rows = list(rows_of(folder / "tables" / f"{table.name}.csv", table))
        found = parquet.read_table(folder / f"{table.name}.parquet")
        assert found.to_pylist() == rows, table.name
        lists = {column.name for column in table.columns if column.type == "array"}
        kinds = {column.name: column.type for column in table.columns}
        order = f"SELECT * FROM {table.name} ORDER BY {table.key}"  # noqa: S608
        stored = [dict(zip(kinds, row, strict=True)) for row in database.execute(order)]
        for row in stored:
            for name, value in row.items():
                if value is not None and name in lists:
                    row[name] = read_back(value, "array")
                elif value is not None and kinds[name] == "boolean":
                    row[name] = bool(value)
        assert stored == sorted(rows, key=lambda row: str(row[table.key]).encode()), table.name
        filled += bool(rows)
    database.close()
    assert filled > 25


def test_parquet_tells_what_columns_mean(seeds: tuple[Catalog, Path]) -> None:
    schema = parquet.read_schema(seeds[1] / "data/studies.parquet")
    assert schema.field("enrollment").type == pyarrow.int64()
    assert schema.field("brief_title").metadata[b"description"].decode() == STUDIES.column("brief_title").meaning


def test_every_column_is_made_and_described() -> None:
    names = [table.name for table in TABLES]
    assert len(names) == len(set(names))
    for table in TABLES:
        columns = [column.name for column in table.columns]
        assert len(columns) == len(set(columns)), table.name
        assert table.key in columns
        assert not table.label or table.label in columns
        assert table.meaning.endswith(".")
        for column in table.columns:
            assert column.meaning.endswith((".", "…")), f"{table.name}.{column.name}"
            if column.refers:
                other, _, key = column.refers.partition(".")
                [found] = [one for one in TABLES if one.name == other]
                assert found.key == key


def test_an_arm_that_an_intervention_names_is_found(tmp_path: Path) -> None:
    arms = {
        "armGroups": [{"label": "Low"}, {"label": "High"}],
        "interventions": [{"name": "Zinc", "armGroupLabels": ["High", "Elsewhere"]}],
    }
    study = record("NCT00000102", numbered("NCT00000102", armsInterventionsModule=arms)).study
    export(Catalog(studies={"NCT00000102": study}), tmp_path, None, "tables")
    table = next(table for table in TABLES if table.name == "design_group_interventions")
    rows = list(rows_of(tmp_path / f"data/tables/{table.name}.csv", table))
    assert [(row["design_group_id"], row["design_group_title"]) for row in rows] == [
        ("NCT00000102:1", "High"),
        (None, "Elsewhere"),
    ]


RESULTS: dict[str, Any] = {
    "participantFlowModule": {
        "groups": [{"id": "FG000", "title": "Zinc"}, {"id": "FG001", "title": "None"}],
        "periods": [
            {
                "title": "Winter",
                "milestones": [{"type": "STARTED", "achievements": [{"groupId": "FG001", "numSubjects": "12"}]}],
                "dropWithdraws": [{"type": "Death", "reasons": [{"groupId": "FG000", "numSubjects": "1"}]}],
            }
        ],
    },
    "baselineCharacteristicsModule": {
        "groups": [{"id": "BG000", "title": "All"}],
        "denoms": [{"units": "Participants", "counts": [{"groupId": "BG000", "value": "24"}]}],
        "measures": [
            {
                "title": "Age",
                "paramType": "MEAN",
                "unitOfMeasure": "years",
                "denoms": [{"units": "Participants", "counts": [{"groupId": "BG000", "value": "23"}]}],
                "classes": [{"categories": [{"measurements": [{"groupId": "BG000", "value": "61", "spread": "NA"}]}]}],
            }
        ],
    },
    "outcomeMeasuresModule": {
        "outcomeMeasures": [
            {"type": "PRIMARY", "title": "Coughs", "groups": [{"id": "OG000"}]},
            {
                "type": "SECONDARY",
                "title": "Sneezes",
                "groups": [{"id": "OG000", "title": "Zinc"}, {"id": "OG001", "title": "None"}],
                "classes": [
                    {
                        "title": "Day 1",
                        "denoms": [{"units": "Noses", "counts": [{"groupId": "OG001", "value": "11"}]}],
                        "categories": [
                            {"title": "Loud", "measurements": [{"groupId": "OG001", "value": "1,024", "comment": "-"}]}
                        ],
                    }
                ],
                "analyses": [{"pValue": "<0.05", "groupIds": ["OG000", "OG001", "OG009"]}],
            },
        ]
    },
    "adverseEventsModule": {
        "timeFrame": "A year",
        "eventGroups": [{"id": "EG000"}, {"id": "EG001", "seriousNumAffected": 1, "seriousNumAtRisk": 12}],
        "seriousEvents": [{"term": "Sepsis", "notes": "?", "stats": [{"groupId": "EG001", "numAffected": 1}]}],
    },
    "moreInfoModule": {
        "limitationsAndCaveats": {"description": "Few"},
        "certainAgreement": {"piSponsorEmployee": False},
        "pointOfContact": {"title": "Desk", "phone": "1"},
    },
}


def rows_by_table(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {table.name: list(rows_of(folder / f"data/tables/{table.name}.csv", table)) for table in TABLES}


def test_results_come_back_and_name_their_groups(tmp_path: Path) -> None:
    whole = {"protocolSection": numbered("NCT00000102"), "resultsSection": RESULTS}
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/one.json").write_text(json.dumps(whole))
    published = export(make_catalog(tmp_path / "seeds", tmp_path).catalog, tmp_path, None, "tables", "sqlite")
    compare(published, tmp_path)
    rows = rows_by_table(tmp_path)
    groups = {row["id"]: (row["result_type"], row["ctgov_group_code"]) for row in rows["result_groups"]}
    [measurement] = rows["outcome_measurements"]
    assert groups[measurement["result_group_id"]] == ("Outcome", "OG001")
    assert measurement["outcome_id"] == "NCT00000102:1"
    assert [measurement[name] for name in ("title", "classification", "category")] == ["Sneezes", "Day 1", "Loud"]
    assert (measurement["param_value"], measurement["param_value_num"]) == ("1,024", 1024)
    [baseline] = rows["baseline_measurements"]
    assert (baseline["dispersion_value"], baseline["dispersion_value_num"]) == ("NA", None)
    assert [(row["scope"], row["count"]) for row in rows["baseline_counts"]] == [("overall", "24"), ("measure", "23")]
    compared = [row["result_group_id"] for row in rows["outcome_analysis_groups"]]
    assert compared == ["NCT00000102:outcome:1:0", "NCT00000102:outcome:1:1", None]
    for table in ("milestones", "drop_withdrawals", "baseline_measurements", "reported_events", "outcome_counts"):
        for row in rows[table]:
            assert groups[row["result_group_id"]][1] == row["ctgov_group_code"], table
    serious = [row for row in rows["reported_event_totals"] if row["event_type"] == "serious"]
    assert [(groups[row["result_group_id"]][1], row["subjects_affected"]) for row in serious] == [
        ("EG000", None),
        ("EG001", 1),
    ]
    database = sqlite3.connect(tmp_path / "data/catalog.sqlite")
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    database.close()


def test_without_contacts_nobody_is_named_to_ask_about_results(tmp_path: Path) -> None:
    study = msgspec.convert({"protocolSection": numbered("NCT00000102"), "resultsSection": RESULTS}, Study)
    study.catalog_section.id = "NCT00000102"
    export(Catalog(studies={"NCT00000102": study}), tmp_path, Settings(contacts=False), "tables")
    rows = rows_by_table(tmp_path)
    assert rows["result_contacts"] == []
    assert [row["limitations_and_caveats"] for row in rows["studies"]] == ["Few"]
