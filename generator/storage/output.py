"""The files that a run leaves behind: written only where their bytes differ, removed where they no longer belong."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import msgspec

from generator.storage.file_signature import file_signature

MANIFEST = "manifest.json"
_TEMPORARY = re.compile(r"\..+\.\d+\.part", re.DOTALL)


class OutputError(Exception):
    """Two pages want the same file, or a file lies outside the tree."""


@dataclass(slots=True)
class WriteReport:
    """What a run did to the tree, as paths inside it, sorted."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    signatures: dict[str, bytes] = field(default_factory=dict)
    """Of all files that belong to the tree, the manifest too, by name, as they were left."""


class OutputTree:
    """A folder that generated files share with files written by hand.

    A manifest lists what was generated.  Only files in it are ever removed, so hand-written pages are safe.
    Each file is replaced as a whole: whoever reads it while we write, or after we crash, sees old or new.
    """

    def __init__(self, root: Path) -> None:
        """Open the tree at *root*, which need not exist yet."""
        self.root = root
        self.folder = str(root)
        self._previous = self._read_manifest()
        self._kept: dict[str, str] = {}
        self._report = WriteReport()

    def write(self, relative_path: str, content: str | bytes) -> None:
        """Put *content* at *relative_path* (forward slashes).  Raises OutputError for a path used twice."""
        name = self.claim(relative_path)
        data = content.encode("utf-8") if isinstance(content, str) else content
        written = put_file(self.root, name, data)
        self.note(name, file_signature(os.stat(self.root / name)), written=written)  # noqa: PTH116

    def is_by_hand(self, name: str) -> bool:
        """Tell whether a file stands at *name* that no earlier run wrote."""
        return (self.root / name).is_file() and name not in self._previous

    def claim(self, relative_path: str) -> str:
        """Say that a generated file belongs at *relative_path*, and return its name in this tree.

        Raises OutputError for a path that was claimed before, and for one outside the tree.
        """
        name = inside(relative_path, self.root)
        # File systems that ignore case would let one page overwrite the other.
        taken = self._kept.get(name.casefold())
        if taken is not None:
            raise OutputError(f"{name}: two pages want this file (the other as {taken}); rename one of them")
        self._kept[name.casefold()] = name
        return name

    def note(self, name: str, signature: bytes, *, written: bool) -> None:
        """Count a claimed file, left with this *signature*, as *written*, or as unchanged."""
        self._report.signatures[name] = signature
        (self._report.written if written else self._report.unchanged).append(name)

    def remove_leftovers(self) -> None:
        """Remove the temporary files of a run that was killed while it wrote."""
        for folder, _, names in os.walk(self.root):
            for name in names:
                if _TEMPORARY.fullmatch(name):
                    Path(folder, name).unlink(missing_ok=True)

    def finish(self) -> WriteReport:
        """Remove what earlier runs wrote and this one did not, store the manifest, and say what was done."""
        gone = [name for name in self._previous if name.casefold() not in self._kept]
        for name in gone:
            target = self.root / name
            if target.is_file() or target.is_symlink():
                target.unlink()
                self._report.removed.append(name)
            self._remove_empty_folders(target.parent)
        files = sorted(self._kept.values())
        data = msgspec.json.format(msgspec.json.encode({"files": files}), indent=1) + b"\n"
        manifest = self.root / MANIFEST
        if not _same_bytes(str(manifest), data):
            replace_file(manifest, data)
        self._report.signatures[MANIFEST] = file_signature(manifest.stat())
        for names in (self._report.written, self._report.unchanged, self._report.removed):
            names.sort()
        return self._report

    def _read_manifest(self) -> list[str]:
        """Return the files that the last run wrote; nothing where there is no readable manifest."""
        try:
            manifest = msgspec.json.decode((self.root / MANIFEST).read_bytes(), type=dict[str, list[str]])
        except (OSError, msgspec.DecodeError):
            return []
        found = []
        for name in manifest.get("files", []):
            path = None if _is_plain(name) else PurePosixPath(name)
            if path is None:
                found.append(name)
            elif not path.is_absolute() and ".." not in path.parts:
                found.append(str(path))
        return sorted(found)

    def _remove_empty_folders(self, folder: Path) -> None:
        while folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def inside(relative_path: str, root: Path) -> str:
    """Return *relative_path* as the name of a file inside *root*.  Raises OutputError for one outside."""
    if _is_plain(relative_path):
        return relative_path
    path = PurePosixPath(relative_path)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\\" in relative_path:
        raise OutputError(f"{relative_path}: a generated file must lie inside {root}")
    return str(path)


_ODD_STEPS = frozenset({"", ".", ".."})


def _is_plain(path: str) -> bool:
    """Tell quickly of most paths, of which there are many, that they lie inside and are written in one way only."""
    return "\\" not in path and _ODD_STEPS.isdisjoint(path.split("/"))


def put_file(root: Path, name: str, data: bytes) -> bool:
    """Write *data* to the file *name* inside *root* where other bytes stand there; tell whether they did."""
    target = os.path.join(root, name)  # noqa: PTH118
    if _same_bytes(target, data):
        return False
    replace_file(target, data)
    return True


def _same_bytes(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116 - a path object for each of many files costs more
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False


def temporary_path(path: Path | str) -> str:
    """Return the name beside *path* under which this process writes it first; `remove_leftovers` knows such names."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name[:100]}.{os.getpid()}.part")  # noqa: PTH118


def replace_file(path: Path | str, data: bytes) -> None:
    """Write *data* to *path* through a temporary file beside it, so that no half-written file is ever seen.

    Raises OSError, with *path* as its file name, where that cannot be done.
    """
    folder, temporary = os.path.dirname(path), temporary_path(path)  # noqa: PTH120
    try:
        try:
            file = open(temporary, "wb")  # noqa: PTH123, SIM115 - closed below
        except FileNotFoundError:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            file = open(temporary, "wb")  # noqa: PTH123, SIM115
        with file:
            file.write(data)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException as error:
        with suppress(OSError):
            Path(temporary).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.errno is not None:
            error.filename = str(path)  # a full disk names none, else it is the temporary one
        raise
