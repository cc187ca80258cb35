"""Reads documents through a cache, as a build does."""

from __future__ import annotations

from pathlib import Path

from generator.pipeline.flow import DAMAGES, open_cache
from generator.pipeline.processes import Workers
from generator.pipeline.read import read
from generator.readers.reader import Reading


class KeptReadings:
    """Reads documents, or takes them from the folder where an earlier run kept them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.reused = 0
        """Files that needed no reading, the last time."""

    def read_seeds(self, seeds: Path, executor: Workers | None = None) -> list[Reading]:
        with open_cache(self.folder, seeds) as cache:
            for _ in range(2):
                try:
                    found = read(seeds, cache, lambda _done, _total: None, executor)
                    self.reused = found.reused
                    return [found.reading(document.summary.path) for document in found.documents]
                except DAMAGES:
                    cache.reset()
        raise AssertionError("what was read a moment ago cannot be read")
