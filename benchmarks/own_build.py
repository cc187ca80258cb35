"""One build of ours in a process of its own; prints what each stage took, as JSON, on its last line.

Usage: python -m benchmarks.own_build FOLDER

It is what ``trial-catalog build`` does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from generator.console.commands import build, find_folders


def measure_build(folder: Path) -> dict[str, Any]:
    """Build the site of the project in *folder*."""
    os.environ.pop("CI", None)  # there, everything is always rendered
    folders = find_folders(folder / "mkdocs.yml", None, None, None)
    report = build(folders, strict=None, everything=False, scheduler=None)
    return {
        "stages": report.stages.seconds,
        "content_written": len(report.content.written),
        "site_written": report.rendered,
        "rendered": report.rendered,
    }


if __name__ == "__main__":
    print(json.dumps(measure_build(Path(sys.argv[1]))))
