"""Reads all documents of a folder, as one process does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.readers.opening import documents_in
from generator.readers.reader import Reading
from generator.readers.reading import read_file


def read_seeds(seeds: Path) -> Iterator[Reading]:
    """Yield what was read from each document below *seeds*, in the order of their paths.

    A document that cannot be read gives a reading without records and with a problem; it never stops the others.
    """
    for name, path in documents_in(seeds).items():
        yield from read_file(path, name)
