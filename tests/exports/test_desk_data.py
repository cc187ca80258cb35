"""The manager's desk: its page, its data and its table agree, and say nothing of prose that nobody can know."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec

from generator.exports.desk_data import DESK, DESK_TABLE, desk_files
from generator.model.catalog_section import CompletenessItem
from generator.pages.paths import SitePaths
from generator.settings import Settings
from tests.exports.test_tasks_json import of_two_sponsors
from tests.pages.catalogs import small_catalog
from tests.pages.test_pages import pages_of


def test_the_desk_tells_what_is_missing_and_who_can_mend_it(tmp_path: Path) -> None:
    catalog = of_two_sponsors(words=1)
    study = catalog.studies["NCT00000001"]
    names = {5: "Primary sponsor", 21: "Ethics review", 23: "Summary results"}
    study.catalog_section.completeness = [
        CompletenessItem(number=number, name=name, state="notStated") for number, name in names.items()
    ]
    files = dict(desk_files(catalog, SitePaths(catalog, Settings())))
    desk = msgspec.json.decode(files[DESK])
    place, trial = next((place, row) for place, row in enumerate(desk["trials"]) if row[0] == "NCT00000001")
    assert trial[2:6] == ["trials/nct00000001/", "Recruiting", "open", "2020-01-02"]
    assert [desk["items"][number - 1] for number in trial[9]] == ["Primary sponsor"]
    assert desk["sponsors"] == [["Alpha", "organizations/alpha/", [place]], ["Zeta", "organizations/zeta/", [place]]]
    row = list(csv.DictReader(io.StringIO(files[DESK_TABLE].decode())))[place]
    assert row["Which WHO items"] == "Primary sponsor"
    assert row["Documents as of"] == "2020-01-02"
    page = pages_of(catalog, tmp_path)["desk/index.md"]
    assert "](../trials/nct00000001.md)" in page
    assert "42 CFR 11" in page


def test_of_prose_nothing_is_said_to_be_missing() -> None:
    catalog = small_catalog()
    section = catalog.studies["NCT00000001"].catalog_section
    section.completeness = [CompletenessItem(number=5, name="Primary sponsor", state="notStated")]
    section.documents = [msgspec.structs.replace(document, layout="project-page") for document in section.documents]
    desk = msgspec.json.decode(dict(desk_files(catalog, SitePaths(catalog, Settings())))[DESK])
    assert [row[9] for row in desk["trials"] if row[0] == "NCT00000001"] == [[]]
