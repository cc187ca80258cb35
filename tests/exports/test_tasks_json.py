"""The file by which the browser finds what is to do for one sponsor agrees with the pages of the to-do list."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from generator.exports.tasks_json import tasks_data
from generator.model.catalog import Catalog, Entity, Kind, Link, Spelling
from generator.model.catalog_section import Flag
from generator.model.problem import Problem
from generator.model.sentence import sentence
from generator.settings import Settings
from tests.pages.catalogs import small_catalog, source
from tests.pages.test_pages import pages_of


def of_two_sponsors(*, words: int) -> Catalog:
    """Return a catalog of one trial with two sponsors and so many flags of one kind."""
    catalog = small_catalog()
    catalog.problems.append(Problem(path="nowhere.txt", line=1, message="Cut off.", code="malformed"))
    study = catalog.studies["NCT00000001"]
    study.catalog_section.flags = [
        Flag(code="person-as-site", message=sentence(f"Word {number}."), sources=[source(1)]) for number in range(words)
    ]
    catalog.links = [link for link in catalog.links if "ponsor" not in link.role and link.role != "responsibleParty"]
    sponsors: dict[tuple[Kind, str], Entity] = {}
    for name in ("Zeta", "Alpha"):
        spellings = [Spelling(text=name, rule="exact"), Spelling(text=f"{name} Ltd", rule="exact")]
        entity = Entity(kind="organization", id=name.lower(), name=name, spellings=spellings, studies=["NCT00000001"])
        sponsors["organization", entity.id] = entity
        pointer = "/protocolSection/sponsorCollaboratorsModule/leadSponsor"
        catalog.links.append(Link("NCT00000001", "organization", entity.id, "leadSponsor", pointer))
    catalog.entities = {**catalog.entities, **sponsors}
    return catalog


def test_each_remark_stands_where_the_file_says(tmp_path: Path) -> None:
    catalog = of_two_sponsors(words=25)
    tasks = msgspec.json.decode(tasks_data(catalog, 10))
    pages = pages_of(catalog, tmp_path, Settings(list_limit=10))
    assert tasks["limit"] == 10
    assert [sponsor[:2] for sponsor in tasks["sponsors"]] == [["Alpha", ["Alpha Ltd"]], ["Zeta", ["Zeta Ltd"]]]
    total = 0
    for place, (code, addresses) in enumerate(tasks["kinds"]):
        files = [f"{address.rstrip('/')}.md" for address in addresses] or ["flags/index.md"]
        anchors = [re.findall(rf'id="{re.escape(code)}:(\d+)"', pages[file]) for file in files]
        numbers = [int(number) for page in anchors for number in page]
        assert numbers == list(range(1, len(numbers) + 1))
        assert all(len(page) <= 10 for page in anchors)
        total += len(numbers)
        if code == "person-as-site":
            assert len(files) == 3
            assert [shares for sponsor in tasks["sponsors"] for shares in sponsor[2:]] == [[place, 1, 25]] * 2
    assert total == tasks["flags"]


def test_the_smallest_kinds_stay_on_the_first_page(tmp_path: Path) -> None:
    catalog = of_two_sponsors(words=25)
    pages = pages_of(catalog, tmp_path, Settings(list_limit=10))
    assert "Cut off." in pages["flags/index.md"]
    assert "Word 1." not in pages["flags/index.md"]
