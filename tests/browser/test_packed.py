"""Where very large catalogs pack the studies' JSON: what shows a study finds it, and a reader can save it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import opened_page, serve
from tests.conftest import ROOT, STUDIES, Project, new_project

pytestmark = pytest.mark.browser

SETTINGS = """
INHERIT: {inherit}
theme:
  custom_dir: {theme}
extra:
  catalog:
    study_files: packed
    entity_pages: shared
    record_lines: cited
"""


@pytest.fixture(scope="module")
def packed_site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The five seeds and thirty records in a line each, as a catalog of very many trials has them, built once."""
    project = new_project(tmp_path_factory.mktemp("packed"))
    for number in range(30):
        names = {"nctId": f"NCT000004{number:02}", "briefTitle": f"Packed trial {number}"}
        record = {"protocolSection": {"identificationModule": names, "statusModule": {"overallStatus": "COMPLETED"}}}
        (project.seeds / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")
    config = project.seeds.parent / "mkdocs.yml"
    text = SETTINGS.format(inherit=ROOT / "mkdocs.yml", theme=ROOT / "templates" / "theme")
    config.write_text(text, encoding="utf-8")
    folders = ["--seeds", str(project.seeds), "--content", str(project.content), "--site", str(project.site)]
    result = project.command("build", "--config", str(config), *folders)
    assert result.returncode == 0, result.stderr
    return project


@pytest.fixture(scope="module")
def address(packed_site: Project) -> Iterator[str]:
    with serve(packed_site.site, "/repository/") as address:
        yield address


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    with opened_page(browser, accept_downloads=True) as page:
        yield page


def packed(site: Path) -> dict[str, str]:
    """Return the path of the file that has each study."""
    return {
        json.loads(line)["catalogSection"]["id"]: file.relative_to(site).as_posix()
        for file in sorted((site / "api/v2/studies/packs").iterdir())
        for line in gzip.decompress(file.read_bytes()).splitlines()
    }


def test_each_study_lies_in_one_file_and_the_list_says_in_which(packed_site: Project) -> None:
    listed = json.loads((packed_site.site / "api/v2/studies.json").read_bytes())
    assert {study["id"]: study["file"] for study in listed["studies"]} == packed(packed_site.site)
    assert {*STUDIES, "NCT00000429"} <= {study["id"] for study in listed["studies"]}
    assert not list((packed_site.site / "api/v2/studies").glob("*.json"))
    assert len(list((packed_site.site / "api/v2/studies/packs").iterdir())) == 2


def test_trials_are_compared_and_put_on_a_card(opened: Page, address: str) -> None:
    opened.goto(f"{address}compare/?trials=NCT02955615,NCT00000407")
    expect(opened.get_by_role("table").first).to_contain_text("Packed trial 7")
    expect(opened.get_by_role("table").first).to_contain_text("Systemic Lupus Erythematosus")
    opened.goto(f"{address}card/?trial=NCT06774235")
    expect(opened.get_by_role("main")).to_contain_text("Prevention of Secondary Infections")


def test_the_record_of_a_trial_is_saved_as_json(opened: Page, address: str) -> None:
    opened.goto(f"{address}trials/nct00000407/")
    with opened.expect_download() as saving:
        opened.get_by_role("link", name="Record as JSON").click()
    assert saving.value.suggested_filename == "NCT00000407.json"
    record = json.loads(Path(saving.value.path()).read_bytes())
    assert record["protocolSection"]["identificationModule"]["briefTitle"] == "Packed trial 7"


def test_a_record_in_a_line_is_named_on_the_page_of_its_trial(opened: Page, address: str) -> None:
    opened.goto(f"{address}documents/")
    opened.get_by_role("link", name="7.json", exact=True).click()
    expect(opened).to_have_url(f"{address}trials/nct00000407/#documents")
    expect(opened.get_by_text("All that this page states is from one record.")).to_be_visible()
