"""The files of fetched records: ``seeds/registry/``, one a trial, named by its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from generator.model.registry_numbers import RegistryNumber, recognise
from generator.registries.registry import FetchedRecord, Registry
from generator.storage.cache import digest
from generator.storage.output import replace_file

FOLDER = "registry"
"""Inside ``seeds/``."""

_LEFT = re.compile(r"\..+\.\d+\.part", re.DOTALL)


class RecordFiles:
    """The files of one catalog."""

    def __init__(self, seeds: Path) -> None:
        """Use the folder inside *seeds*; it is made when the first record comes."""
        self._folder = seeds / FOLDER

    def path(self, registry: Registry, number: str) -> Path:
        """Return where the record of *number* belongs."""
        found = recognise(number)
        return self._folder / f"{found.identifier if found else number}{registry.ending}"

    def read(self, registry: Registry, number: str) -> bytes | None:
        """Return the record of *number* as it was last written, if there is one."""
        try:
            return self.path(registry, number).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, registry: Registry, record: FetchedRecord, *, dry: bool) -> bytes | None:
        """Write a record unless it is there already, but for stamps of the server; *dry* only looks.

        Returns what was there before where it differs, empty bytes where nothing was, None where nothing changed.
        """
        before = self.read(registry, record.number)
        if before is not None and registry.without_stamps(before) == registry.without_stamps(record.data):
            return None
        if not dry:
            replace_file(self.path(registry, record.number), record.data)
        return before or b""

    def state_of(self, registry: Registry, numbers: Iterable[str]) -> str:
        """Return what stands for the files of *numbers* as they are now; empty where one is missing."""
        contents = [self.read(registry, number) for number in numbers]
        return "" if None in contents else digest(*(content or b"" for content in contents)).hex()

    def numbers(self, by_kind: Mapping[str, Registry]) -> list[RegistryNumber]:
        """Return the numbers whose records are there, sorted."""
        if not self._folder.is_dir():
            return []
        found = []
        for file in sorted(self._folder.iterdir()):
            number = recognise(file.stem)
            registry = by_kind.get(number.kind.name) if number else None
            if number is not None and registry is not None and file == self.path(registry, number.number):
                found.append(number)
        return found

    def remove_leftovers(self) -> None:
        """Remove what a run that was killed had not finished writing."""
        if self._folder.is_dir():
            for file in self._folder.iterdir():
                if _LEFT.fullmatch(file.name):
                    file.unlink(missing_ok=True)
