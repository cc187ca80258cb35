"""In which file of the site the JSON of each study lies."""

from __future__ import annotations

STUDIES = "api/v2/studies"


def study_file(identifier: str) -> str:
    """Return the path inside the site of the file that has the study with this id."""
    return f"{STUDIES}/{identifier}.json"
