"""One build of ours in a process of its own; prints what each stage took, as JSON, on its last line.

Usage: python -m benchmarks.own_build FOLDER [--pages-alone]

It does what ``trial-catalog build`` does, in the same order.  With ``--pages-alone`` only the pages are rendered, into
a site of their own, from nothing and without a search index: to compare with generators that make none.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.catalogs import PROJECT
from generator import building
from generator.progress import Stages
from generator.renderer.mkdocs_site import render
from generator.renderer.search_index import FOLDER, SearchReport, build_search_index
from generator.settings import read_settings
from generator.site_size import measure


def build(folder: Path) -> dict[str, Any]:
    """Build the site of the project in *folder*."""
    stages = Stages(quiet=True)
    config, content, site = folder / "mkdocs.yml", folder / "content", folder / "site"
    cache = folder / "own-cache"
    settings = read_settings(config)
    found: list[SearchReport] = []
    taken = 0.0
    with building.generated(
        folder / "seeds", content, settings, PROJECT / "content", stages, kept=cache / "content"
    ) as (made, written):

        def index() -> None:
            nonlocal taken
            started = time.perf_counter()
            found.append(build_search_index(building.search_records(made, settings), site, cache / "search"))
            taken = time.perf_counter() - started

        with stages.stage("render"):
            rendering = render(
                config, content, site, cache=cache / "render", own_search=True, kept={FOLDER}, meanwhile=index
            )
        stages.seconds["render"] -= taken
        stages.seconds["search"] = taken
    with stages.stage("size"):
        measure(site)
    return {
        "stages": stages.seconds | {f"render: {name}": seconds for name, seconds in rendering.seconds.items()},
        "content_written": len(written.written),
        "site_written": rendering.written + found[0].written,
        "rendered": rendering.rendered,
    }


def pages_alone(folder: Path) -> dict[str, Any]:
    """Render the pages of the project in *folder* from nothing."""
    place = folder / "pages-alone"
    shutil.rmtree(place, ignore_errors=True)
    stages = Stages(quiet=True)
    with stages.stage("render"):
        rendering = render(
            folder / "mkdocs.yml", folder / "content", place / "site", cache=place / "cache", own_search=True
        )
    shutil.rmtree(place, ignore_errors=True)
    return {"stages": stages.seconds, "content_written": 0, "site_written": 0, "rendered": rendering.rendered}


if __name__ == "__main__":
    work = pages_alone if "--pages-alone" in sys.argv else build
    print(msgspec.json.encode(work(Path(sys.argv[1]))).decode())
