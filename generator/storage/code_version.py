"""What stands for our own code: what other code made, or would make in another process, is never used."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points, version
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_LIBRARIES = ("msgspec", "jinja2", "markupsafe")
"""Those whose work is kept or sent between processes."""

EXTENSIONS = "trial_catalog."
"""What the groups of entry points begin with by which other packages add to a catalog."""


@cache
def code_version() -> bytes:
    """Return what stands for our own code: all files of the package, Python, and the libraries whose work is kept.

    Code that other packages add by entry points counts with its files.
    """
    libraries = " ".join(f"{library} {version(library)}" for library in _LIBRARIES)
    made = hashlib.blake2b(f"{sys.version} {libraries}".encode(), digest_size=16)
    for package in (_PACKAGE, *_other_packages()):
        for file in sorted(package.rglob("*")) if package.is_dir() else [package]:
            if file.is_file() and file.suffix != ".pyc":
                made.update(file.relative_to(package.parent).as_posix().encode())
                made.update(hashlib.blake2b(file.read_bytes()).digest())
    return made.digest()


def _other_packages() -> Iterator[Path]:
    """Yield the folders and files of the packages that add to a catalog by entry points, our own left out."""
    every = entry_points()
    points = [point for group in every.groups if group.startswith(EXTENSIONS) for point in every.select(group=group)]
    for name in sorted({point.module.partition(".")[0] for point in points} - {_PACKAGE.name}):
        spec = find_spec(name)
        if spec is not None:
            yield from map(Path, spec.submodule_search_locations or filter(None, [spec.origin]))
