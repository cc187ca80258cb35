"""Print what the changelog says of a version; fail where tag, version and changelog do not agree.

Usage: python scripts/release_notes.py v0.2.0
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def release_notes(tag: str, root: Path = ROOT) -> str:
    """Return the changelog's text of the version that *tag* names.  Raises ValueError where they do not agree."""
    version = str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    if tag != f"v{version}":
        raise ValueError(f"pyproject.toml: the version is {version}, the tag {tag}; change one of them")
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d\n"
    found = re.search(heading + r"(.*?)(?=^## |^\[|\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise ValueError(f"CHANGELOG.md: there is no text below “## [{version}] - YYYY-MM-DD”; write what changed")
    return found[1].strip() + "\n"


if __name__ == "__main__":
    try:
        sys.stdout.write(release_notes(sys.argv[1]))
    except (ValueError, IndexError) as error:
        sys.exit(f"error: {error}\n\n{__doc__}")
