"""One build of ours in a process of its own; prints what each stage took, as JSON, on its last line.

Usage: python -m benchmarks.own_build FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from benchmarks.catalogs import PROJECT
from generator import building
from generator.progress import Stages
from generator.readers.cache import ReadingCache
from generator.renderer.mkdocs_site import render
from generator.renderer.search_index import FOLDER, build_search_index
from generator.settings import read_settings


def main(folder: Path) -> None:
    stages = Stages(quiet=True)
    config, content, site = folder / "mkdocs.yml", folder / "content", folder / "site"
    cache = folder / "own-cache"
    settings = read_settings(config)
    made = building.make_catalog(folder / "seeds", content, stages, ReadingCache(cache / "readings.sqlite"))
    with stages.stage("write"):
        written = building.write_content(made, content, settings, PROJECT / "content")
    with stages.stage("render"):
        rendering = render(config, content, site, cache=cache / "render", own_search=True, kept={FOLDER})
    with stages.stage("search"):
        build_search_index(building.search_records(made, settings), site, cache / "search")
    result = {
        "stages": stages.seconds | {f"render: {name}": taken for name, taken in rendering.seconds.items()},
        "content_written": len(written.written),
        "site_written": rendering.written,
        "rendered": rendering.rendered,
    }
    print(msgspec.json.encode(result).decode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
