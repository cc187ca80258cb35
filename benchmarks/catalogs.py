"""Lays out a project of its own for each size: documents, configuration, theme and hand-written pages."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.invention import Inventor
from generator.renderer.site_defaults import navigation

PROJECT = Path(__file__).parents[1]


class InFolder:
    """A catalog whose parts lie beside each other in one folder."""

    folder: Path

    @property
    def seeds(self) -> Path:
        """The documents and the curated names."""
        return self.folder / "seeds"

    @property
    def content(self) -> Path:
        """The pages: generated ones, and copies of the hand-written ones."""
        return self.folder / "content"

    @property
    def site(self) -> Path:
        """The website."""
        return self.folder / "site"


@dataclass(frozen=True)
class Catalog(InFolder):
    """A catalog of invented trials in a folder."""

    folder: Path
    trials: int

    @property
    def pages(self) -> int:
        """Number of Markdown files."""
        return sum(1 for _ in self.content.rglob("*.md"))

    def document(self, number: int) -> Path:
        return sorted(self.seeds.glob("NCT*.json"))[number]


def lay_out(folder: Path, trials: int) -> Catalog:
    """Write the documents of a catalog of so many trials into an empty folder, and copy what the project brings."""
    shutil.rmtree(folder, ignore_errors=True)
    catalog = Catalog(folder, trials)
    catalog.seeds.mkdir(parents=True)
    for name, data in Inventor(trials).records():
        (catalog.seeds / name).write_bytes(data)
    shutil.copytree(PROJECT / "templates" / "theme", folder / "theme")
    settings = {
        "INHERIT": str(PROJECT / "mkdocs.yml"),
        "docs_dir": "content",
        "site_dir": "site",
        "theme": {"custom_dir": "theme"},
        "nav": yaml.safe_load(navigation())["nav"],
        "plugins": ["trial-catalog"],  # without the project's documentation, which a catalog does not have
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    stock = {**settings, "plugins": ["search"], "site_dir": "site-stock"}
    (folder / "stock.yml").write_text(yaml.safe_dump(stock), encoding="utf-8")
    without_search = {**settings, "plugins": [], "site_dir": "site-without-search"}
    (folder / "without-search.yml").write_text(yaml.safe_dump(without_search), encoding="utf-8")
    return catalog


def size_of(folder: Path) -> float:
    """Return the megabytes that the files in *folder* hold."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
