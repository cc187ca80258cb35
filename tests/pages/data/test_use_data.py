"""The page about the data tells of every file, and its examples run as they stand there."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pyld import jsonld

from generator.exports.exporter import known_exporters
from generator.exports.tables.rows import TABLES
from generator.pages.linked_data import as_script, trial_data
from tests.conftest import STUDIES, Project, files_of
from tests.exports.test_formats import published
from tests.studies.records import numbered, record

_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


BASE = "https://catalog.example/data/"


def linked_data(page: Path) -> list[Any]:
    """Return what a page says of itself in JSON-LD, as a processor understands it."""
    found = [json.loads(text) for text in _SCRIPT.findall(page.read_text("utf-8"))]
    assert all(one["@context"] == "https://schema.org" for one in found)
    vocabulary = {"@vocab": "https://schema.org/", "contentUrl": {"@type": "@id"}}
    return [jsonld.expand({**one, "@context": vocabulary}, {"base": BASE})[0] for one in found]


def of_type(name: str, page: Path) -> Any:
    [found] = [one for one in linked_data(page) if one["@type"] == [f"https://schema.org/{name}"]]
    return found


def values(item: Any, name: str) -> list[Any]:
    return [one.get("@value", one.get("@id")) for one in item[f"https://schema.org/{name}"]]


def examples(site: Project, language: str) -> list[str]:
    text = (site.content / "data/index.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_every_file_is_linked_with_its_size(built_site: Project) -> None:
    page = (built_site.site / "data/index.html").read_text("utf-8")
    links = dict(re.findall(r'<a href="([^"]+)">[^<]*</a>( \([\d.,]+ (?:bytes|KB|MB)\))', page))
    wanted = {file.path for one in known_exporters().values() if one.by_default for file in one.files}
    assert {f"data/{link}" if not link.startswith("../") else link.removeprefix("../") for link in links} == wanted
    for path in wanted:
        assert (built_site.site / path).is_file()
    for table in TABLES:
        assert f"<b>{table.name}</b>" in page


def test_each_registry_is_named_with_what_it_asks(built_site: Project) -> None:
    text = (built_site.content / "data/index.md").read_text("utf-8")
    [line] = [line for line in text.splitlines() if line.startswith("-   ClinicalTrials.gov: 4 trials")]
    assert "Name ClinicalTrials.gov as the source" in line.replace("&#46;", ".")
    assert "https://clinicaltrials.gov/about-site/terms-conditions" in line


def test_the_navigation_leads_to_it(built_site: Project) -> None:
    assert 'href="data/"' in (built_site.site / "index.html").read_text("utf-8")


@pytest.mark.filterwarnings("default")
def test_the_example_in_python_runs(built_site: Project) -> None:
    [code] = examples(built_site, "python")
    run = subprocess.run([sys.executable, "-c", code], cwd=built_site.site, capture_output=True, text=True, check=True)
    assert re.search(r"RECRUITING +2", run.stdout)


def test_the_examples_in_sql_run(built_site: Project) -> None:
    where, words = examples(built_site, "sql")
    database = sqlite3.connect(built_site.site / "data/catalog.sqlite")
    found = {row[0]: row for row in database.execute(where).fetchall()[::-1]}
    assert set(found) == set(STUDIES)
    assert found["NCT02955615"][2:] == ("003_b79911ed87769d5b.txt", 1)
    assert [row[0] for row in database.execute(words)]
    database.close()


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_the_example_in_r_runs(built_site: Project) -> None:
    [code] = examples(built_site, "r")
    run = subprocess.run(["Rscript", "-e", code], cwd=built_site.site, capture_output=True, text=True, check=True)
    assert re.search(r"RECRUITING", run.stdout)


def test_the_data_describe_themselves(built_site: Project) -> None:
    data = of_type("Dataset", built_site.site / "data/index.html")
    [name] = values(data, "name")
    assert name == "Trial Catalog"
    addresses = {value for one in data["https://schema.org/distribution"] for value in values(one, "contentUrl")}
    assert f"{BASE}trials.csv" in addresses
    root = BASE.removesuffix("data/")
    assert all((built_site.site / address.removeprefix(root)).is_file() for address in addresses)


def test_a_trial_says_of_itself_what_its_documents_state(built_site: Project) -> None:
    page = built_site.site / "trials/nct02955615/index.html"
    trial = of_type("MedicalTrial", page)
    assert values(trial, "status") == ["https://schema.org/Completed"]
    [sponsor] = trial["https://schema.org/sponsor"]
    assert values(sponsor, "name") == ["Iltoo Pharma"]
    assert not [name for name in trial if "phase" in name.lower() or "outcome" in name.lower()]
    crumbs = of_type("BreadcrumbList", page)["https://schema.org/itemListElement"]
    assert [values(one, "name")[0] for one in crumbs][:3] == ["Home", "Find a trial", "Trials"]
    assert values(crumbs[2], "item") == ["../"]


def test_a_trial_leads_to_the_same_thing_in_other_forms(built_site: Project) -> None:
    folder = built_site.site / "trials/nct02955615"
    links = re.findall(
        r'<link rel="alternate describedby" type="([^"]+)" href="([^"]+)">', (folder / "index.html").read_text("utf-8")
    )
    kinds = [kind for kind, _ in links]
    assert kinds == ["application/json", "text/csv", "application/x-research-info-systems", "application/x-bibtex"]
    assert all((folder / address).resolve().is_file() for _, address in links)


def test_copies_of_registrys_pages_are_kept_out_of_search_engines(built_site: Project) -> None:
    for name, page in files_of(built_site.site).items():
        if name.endswith("index.html"):
            is_copy = name.startswith("documents/") and name != "documents/index.html"
            assert (b'<meta name="robots" content="noindex">' in page) >= is_copy, name


def test_what_is_only_inferred_is_not_said() -> None:
    study = record("NCT00000102", numbered("NCT00000102", statusModule={"overallStatus": "RECRUITING"})).study
    pointer = "/protocolSection/statusModule/overallStatus"
    assert trial_data(published(study).record)["status"] == "https://schema.org/Recruiting"
    [source] = study.catalog_section.sources[pointer]
    study.catalog_section.sources[pointer] = [type(source)(document="a", first_line=1, last_line=1, how="inferred")]
    assert "status" not in trial_data(published(study).record)


def test_no_text_ends_the_script_or_the_front_matter() -> None:
    text = as_script({"name": "</script><script>alert('x')</script> & \u2028 \x00 a@b.org\n---\n"})
    assert not set("<>&\n@\u2028\x00") & set(text)
    assert json.loads(text[1:-1].replace("''", "'"))["name"].startswith("</script>")
