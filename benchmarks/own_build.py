"""One build of ours in a process of its own; prints what each stage took, as JSON, on its last line.

Usage: python -m benchmarks.own_build FOLDER [--pages-alone]

It is what ``trial-catalog build`` does.  With ``--pages-alone`` only the pages are rendered, into a site of their own,
from nothing and without a search index: to compare with generators that make none.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from generator.cli import build_site
from generator.folders import Folders


def build(folder: Path) -> dict[str, Any]:
    """Build the site of the project in *folder*."""
    built = build_site(Folders(folder / "mkdocs.yml", folder / "seeds", folder / "content", folder / "site"))
    if built is None:
        return {"stages": {}, "content_written": 0, "site_written": 0, "rendered": 0}
    rendering = built.rendering
    return {
        "stages": built.stages.seconds | {f"render: {name}": seconds for name, seconds in rendering.seconds.items()},
        "content_written": len(built.content.written),
        "site_written": rendering.written + (built.search.made if built.search else 0),
        "rendered": rendering.rendered,
    }


def pages_alone(folder: Path) -> dict[str, Any]:
    """Render the pages of the project in *folder* from nothing."""
    from generator.progress import Stages
    from generator.renderer.mkdocs_site import render

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
    print(json.dumps(work(Path(sys.argv[1]))))
