"""What stands for our own code: what other code made, or would make in another process, is never used."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_LIBRARIES = ("msgspec", "jinja2", "markupsafe")
"""Those whose work is kept or sent between processes."""


@cache
def code_version() -> bytes:
    """Return what stands for our own code: all files of the package, Python, and the libraries whose work is kept."""
    libraries = " ".join(f"{library} {version(library)}" for library in _LIBRARIES)
    made = hashlib.blake2b(f"{sys.version} {libraries}".encode(), digest_size=16)
    for file in sorted(_PACKAGE.rglob("*")):
        if file.is_file() and file.suffix != ".pyc":
            made.update(file.relative_to(_PACKAGE).as_posix().encode())
            made.update(hashlib.blake2b(file.read_bytes()).digest())
    return made.digest()
