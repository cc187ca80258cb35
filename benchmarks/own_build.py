"""One build of ours in a process of its own; prints what each stage took, as JSON, on its last line.

Usage: python -m benchmarks.own_build FOLDER [CONFIGURATION] [generate|render]
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from benchmarks.catalogs import PROJECT
from generator import building
from generator.progress import Stages
from generator.renderer.mkdocs_site import render
from generator.settings import read_settings


def main(folder: Path, configuration: str = "mkdocs.yml", only: str = "") -> None:
    stages = Stages(quiet=True)
    config = folder / configuration
    result: dict[str, object] = {}
    if only != "render":
        made = building.make_catalog(folder / "seeds", folder / "content", stages)
        with stages.stage("write"):
            report = building.write_content(made, folder / "content", read_settings(config), PROJECT / "content")
        result["content_written"] = len(report.written)
    if only != "generate":
        site = folder / ("site" if configuration == "mkdocs.yml" else "site-without-search")
        with stages.stage("render"):
            rendering = render(config, folder / "content", site, cache=folder / "render-cache")
        result |= {"pages": rendering.pages, "rendered": rendering.rendered, "site_written": rendering.written}
        stages.seconds |= {f"render: {name}": seconds for name, seconds in rendering.seconds.items()}
    print(msgspec.json.encode({**result, "stages": stages.seconds}).decode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
