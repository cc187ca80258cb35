"""Other site generators on the same pages: each gets what it needs beside them, and is left out where it is missing."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib import metadata

from benchmarks.catalogs import Catalog
from benchmarks.measuring import Measure, run

QUIET = {"NO_MKDOCS_2_WARNING": "1"}

HUGO_LAYOUT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} - {{ site.Title }}</title>
<meta name="description" content="{{ .Description }}"></head>
<body><nav>{{ range site.Menus.main }}<a href="{{ .URL }}">{{ .Name }}</a>{{ end }}</nav>
<aside>{{ .TableOfContents }}</aside><main>{{ .Content }}</main></body></html>
"""

HUGO_SETTINGS = """
title = "Trial Catalog"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
[[menus.main]]
name = "Trials"
pageRef = "/trials"
[[menus.main]]
name = "Drugs"
pageRef = "/drugs"
[[menus.main]]
name = "Sponsors"
pageRef = "/sponsors"
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """A generator to compare with."""

    name: str
    package: str
    extra: str = ""
    """What is set up in another way than usual."""

    @property
    def version(self) -> str | None:
        """Its version; None where it is not installed."""
        try:
            return metadata.version(self.package)
        except metadata.PackageNotFoundError:
            return None

    def build(self, catalog: Catalog, *, clean: bool, patience: float | None = None) -> Measure:
        """Build the site of *catalog*; a *clean* build has nothing of an earlier one.

        Raises CommandError where it fails, or takes longer than *patience* seconds.
        """
        if self.package == "mkdocs":
            return _mkdocs(catalog, self.extra, patience)
        if self.package == "zensical":
            return _zensical(catalog, patience, clean=clean)
        return _hugo(catalog, patience, clean=clean)


PEERS = (
    Peer("MkDocs, Material", "mkdocs"),
    Peer("MkDocs, Material, without search", "mkdocs", "without-search"),
    Peer("Zensical", "zensical"),
    Peer("Hugo, plain theme, no search", "hugo"),
)


def _mkdocs(catalog: Catalog, extra: str, patience: float | None) -> Measure:
    configuration = f"{extra or 'stock'}.yml"
    site = catalog.folder / "peers" / f"mkdocs-{extra or 'search'}"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", configuration, "--site-dir", site]
    return run(command, catalog.folder, QUIET, patience)


def _zensical(catalog: Catalog, patience: float | None, *, clean: bool) -> Measure:
    """Build with Zensical, which wants its configuration above the content and keeps its cache there."""
    if clean:
        shutil.rmtree(catalog.folder / ".cache", ignore_errors=True)
        shutil.rmtree(catalog.folder / "peers" / "zensical", ignore_errors=True)
    settings = "INHERIT: stock.yml\nsite_dir: peers/zensical\n"
    (catalog.folder / "zensical.yml").write_text(settings, encoding="utf-8")
    return run([sys.executable, "-m", "zensical", "build", "-f", "zensical.yml"], catalog.folder, None, patience)


def _hugo(catalog: Catalog, patience: float | None, *, clean: bool) -> Measure:
    """Build with Hugo, which calls a folder's own page ``_index.md``."""
    folder = catalog.folder / "peers" / "hugo"
    if clean:
        shutil.rmtree(folder, ignore_errors=True)
    if not folder.exists():
        (folder / "layouts").mkdir(parents=True)
        (folder / "layouts" / "all.html").write_text(HUGO_LAYOUT, encoding="utf-8")
        (folder / "hugo.toml").write_text(HUGO_SETTINGS, encoding="utf-8")
        for source in catalog.content.rglob("*"):
            inside = source.relative_to(catalog.content)
            if source.is_file() and inside.parts[0] != "api":
                name = "_index.md" if source.name == "index.md" else source.name
                target = folder / ("content" if source.suffix == ".md" else "static") / inside.with_name(name)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
    return run([sys.executable, "-m", "hugo", "--quiet"], folder, None, patience)
