"""Where a page stands: sections however deep, and lists of pages that are not in the navigation."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from generator.renderer.navigation import Place, Places

NAVIGATION = [
    {"Home": "index.md"},
    {"Ours": [{"Deep": [{"Deeper": [{"First": "own/first.md"}]}]}, {"Trials": "trials/index.md"}]},
    {"Who": [{"Elsewhere": "https://example.org/"}, {"Sponsors": "sponsors/index.md"}]},
    {"Flat": "flags/index.md"},
]
PAGES = ("index", "own/first", "trials/index", "trials/t", "sponsors/index", "organizations/o", "flags/index", "loose")


@pytest.fixture
def place(tmp_path: Path) -> object:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    config = load_config(str(tmp_path / "mkdocs.yml"), nav=NAVIGATION)
    files = Files([File(f"{name}.md", str(tmp_path / "docs"), str(tmp_path), True) for name in PAGES])
    nav = get_navigation(files, config)
    places = Places(nav)

    def of(name: str) -> Place:
        file = files.get_file_from_path(f"{name}.md")
        assert file is not None
        return places.place(file.page or Page(None, file, config))

    return of


@pytest.mark.parametrize(
    ("page", "steps", "tab"),
    [
        ("index", [], "Home"),
        ("own/first", [("Ours", "own/first/"), ("Deep", "own/first/"), ("Deeper", "own/first/")], "Ours"),
        ("trials/index", [("Ours", "own/first/")], "Ours"),
        ("trials/t", [("Ours", "own/first/"), ("Trials", "trials/")], "Ours"),
        ("organizations/o", [("Who", "https://example.org/")], "Who"),
        ("flags/index", [], "Flat"),
        ("loose", [], None),
    ],
)
def test_the_way_to_a_page(place: object, page: str, steps: list[tuple[str, str]], tab: str | None) -> None:
    found: Place = place(page)  # type: ignore[operator]
    assert [(step.title, step.url) for step in found.steps] == steps
    assert (found.tab.title if found.tab else None) == tab
