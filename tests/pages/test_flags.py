"""The to-do list holds every flag and problem once, with the way to its lines."""

from __future__ import annotations

import re
from pathlib import Path

from generator.model.catalog_section import Flag
from generator.model.problem import Problem
from generator.model.sentence import sentence
from generator.settings import Settings
from tests.pages.catalogs import small_catalog, source
from tests.pages.test_pages import pages_of


def test_every_flag_and_problem_is_listed_with_its_line(tmp_path: Path) -> None:
    catalog = small_catalog()
    catalog.problems.append(Problem(path="one.txt", line=3, message="Cut off.", code="malformed"))
    pages = pages_of(catalog, tmp_path)
    page = pages["flags/index.md"]
    assert "3 flags in 3 kinds" in page
    assert page.index("Error: A damaged record (1)") < page.index("## X (1)")
    assert "](../trials/nct00000001.md#flag-1)" in page
    assert '<span id="flag-1"></span>' in pages["trials/nct00000001.md"]
    assert "[document of NCT00000001, line 2](../documents/one.md#l2)" in page
    assert "[document of NCT00000001, line 3](../documents/one.md#l3)" in page
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(anchors) == len(set(anchors)) == 6


def test_many_flags_are_split_by_kind(tmp_path: Path) -> None:
    catalog = small_catalog()
    flags = [
        Flag(code="person-as-site", message=sentence(f"Word {number}."), sources=[source(1)]) for number in range(25)
    ]
    catalog.studies["NCT00000001"].catalog_section.flags = flags
    pages = pages_of(catalog, tmp_path, Settings(list_limit=10))
    parts = [page for name, page in pages.items() if name.startswith("flags/list/person-as-site-")]
    assert len(parts) == 3
    assert sorted(int(n) for page in parts for n in re.findall(r"Word (\d+)\.", page)) == list(range(25))
    assert all("](../index.md)" in page for page in parts)


def test_a_catalog_without_flags_has_nothing_to_do(tmp_path: Path) -> None:
    catalog = small_catalog()
    catalog.problems = []
    catalog.studies["NCT00000001"].catalog_section.flags = []
    assert "Nothing to do." in pages_of(catalog, tmp_path)["flags/index.md"]
