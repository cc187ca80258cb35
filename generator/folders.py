"""Where things are for one run; known without loading anything else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]
"""The checkout: where ``mkdocs.yml``, ``seeds/`` and the hand-written pages are, unless options say otherwise."""

HAND_WRITTEN = ("about", "assets", "card", "compare", "search")
"""Folders inside the content folder that people write; everything else there is generated."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things are for one run."""

    config: Path
    seeds: Path
    content: Path
    site: Path

    def cache(self, of: str) -> Path:
        """Return the folder that keeps what is known of the ``content``, or else of the site (``render`` …)."""
        beside = self.content if of == "content" else self.site
        return beside.resolve().parent / ".cache" / of
