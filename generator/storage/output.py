"""The files that a run leaves behind: written only where their bytes differ, removed where they no longer belong."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import msgspec

from generator.storage.file_signature import file_signature

MANIFEST = "manifest.json"
"""Lists the files that are generated."""

UNFINISHED = ".manifest.unfinished"
"""Lists files that a run under way adds: the manifest is written at its end, and the run may be killed before."""

_TEMPORARY = re.compile(r"\..+\.\d+\.part", re.DOTALL)


class OutputError(Exception):
    """Two pages want the same file, or a file lies outside the tree."""


@dataclass(slots=True)
class WriteReport:
    """What a run did to the tree, as paths inside it, sorted."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    in_place_of_generated: list[str] = field(default_factory=list)
    """People's own files that stand where a generated file would."""
    in_place_of_packaged: list[str] = field(default_factory=list)
    """People's own files that stand where a page or an asset of the package would."""
    signatures: dict[str, bytes] = field(default_factory=dict)
    """Of all files that belong to the tree, the manifest too, by name, as they were left."""


class _Manifest(msgspec.Struct, frozen=True):
    files: list[str] = []
    """All that is generated or copied."""
    copies: dict[str, str] = {}
    """Digests of the files that come with the package, as they were copied: whoever edits one makes it their own."""


class OutputTree:
    """A folder that generated files share with files of people's own.

    A manifest lists what was generated.  A file that it does not list is somebody's own: it is never overwritten and
    never removed, and where a generated file would stand in its place, it stays.  Each file is replaced as a whole:
    whoever reads it while we write, or after we crash, sees old or new.
    """

    def __init__(self, root: Path) -> None:
        """Open the tree at *root*, which need not exist yet."""
        self.root = root
        self.folder = str(root)
        manifest = self._read_manifest()
        self._copies_before = manifest.copies
        self._previous = frozenset(_harmless([*manifest.files, *self._read_unfinished()]))
        self._kept: dict[str, str] = {}
        self._copies: dict[str, str] = {}
        self._report = WriteReport()

    def write(self, relative_path: str, content: str | bytes) -> None:
        """Put *content* at *relative_path* (forward slashes).  Raises OutputError for a path used twice."""
        name = self.claim(relative_path)
        written = self.put(name, content.encode("utf-8") if isinstance(content, str) else content)
        if written is None:
            self.leave(name)
        else:
            self.note(name, file_signature(os.stat(self.root / name)), written=written)  # noqa: PTH116

    def copy(self, relative_path: str, data: bytes) -> None:
        """Put a file of the package at *relative_path*, unless somebody wrote or edited the one that stands there."""
        name = self.claim(relative_path)
        written = None if self.is_edited(name) else self.put(name, data)
        if written is None:
            self._report.in_place_of_packaged.append(name)
            return
        self._copies[name] = _digest(data)
        self.note(name, file_signature(os.stat(self.root / name)), written=written)  # noqa: PTH116

    def put(self, name: str, data: bytes) -> bool | None:
        """Write *data* to the claimed file *name* where other bytes stand there; tell whether they did.

        None means that a file of somebody's own stands there, or one where a folder is needed; nothing is written.
        May be called in another process than the one that claims and notes.
        """
        return put_file(self.root, name, data) if self.may_write(name) else None

    def may_write(self, name: str) -> bool:
        """Tell whether the claimed file *name* may be written, as no file of somebody's own stands there.

        From then on it counts as ours, even where the run is killed before its end.
        """
        if self.is_by_hand(name):
            return False
        if name not in self._previous:
            _append_line(self.root / UNFINISHED, name)
        return True

    def is_by_hand(self, name: str) -> bool:
        """Tell whether something stands at *name*, or where a folder for it must be, that no earlier run wrote."""
        if name in self._previous:
            return False
        if os.path.lexists(os.path.join(self.folder, name)):  # noqa: PTH118
            return True
        folder = name.rpartition("/")[0]
        while folder:
            if os.path.isfile(os.path.join(self.folder, folder)):  # noqa: PTH113, PTH118
                return folder not in self._previous
            folder = folder.rpartition("/")[0]
        return False

    def is_edited(self, name: str) -> bool:
        """Tell whether the copy of a packaged file at *name* differs from the one that was copied."""
        copied = self._copies_before.get(name)
        if copied is None:
            return False
        try:
            return _digest((self.root / name).read_bytes()) != copied
        except OSError:
            return False

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

    def leave(self, name: str) -> None:
        """Leave a claimed place to the file of somebody's own that stands there."""
        self._report.in_place_of_generated.append(name)

    def ignored_by_git(self) -> str:
        """Return a ``.gitignore`` that lists what is generated here so far, and nothing that is somebody's own.

        A folder that holds nothing else is one line.
        """
        theirs = {*self._report.in_place_of_generated, *self._report.in_place_of_packaged}
        ours = {name for name in self._kept.values() if name not in theirs} | {MANIFEST, UNFINISHED, ".gitignore"}
        shared: set[str] = set()
        for folder, _, names in os.walk(self.root):
            inside_root = os.path.relpath(folder, self.root).replace(os.sep, "/")
            prefix = "" if inside_root == "." else f"{inside_root}/"
            if any(f"{prefix}{name}" not in ours and f"{prefix}{name}" not in self._previous for name in names):
                shared.update(_folders_of(f"{prefix}x"))
        lines = set()
        for name in ours:
            whole = next((folder for folder in _folders_of(name) if folder not in shared), None)
            lines.add(f"/{whole}/" if whole else f"/{name}")
        listed = "".join(re.sub(r"([\\*?\[])", r"\\\1", line) + "\n" for line in sorted(lines))
        return f"# What trial-catalog generates here; it keeps this list up to date.\n{listed}"

    def remove_leftovers(self) -> None:
        """Remove the temporary files of a run that was killed while it wrote."""
        for folder, _, names in os.walk(self.root):
            for name in names:
                if _TEMPORARY.fullmatch(name):
                    Path(folder, name).unlink(missing_ok=True)

    def finish(self) -> WriteReport:
        """Remove what earlier runs wrote and this one did not, store the manifest, and say what was done."""
        theirs = {*self._report.in_place_of_generated, *self._report.in_place_of_packaged}
        for name in sorted(self._previous):
            if name.casefold() in self._kept or name in theirs or self.is_edited(name):
                continue
            target = self.root / name
            if os.path.isfile(target) or os.path.islink(target):  # noqa: PTH113, PTH114 - false where a name is too long
                target.unlink()
                self._report.removed.append(name)
            self._remove_empty_folders(target.parent)
        manifest = _Manifest(
            files=sorted(name for name in self._kept.values() if name not in theirs),
            copies=dict(sorted(self._copies.items())),
        )
        data = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        file = self.root / MANIFEST
        if not _same_bytes(str(file), data):
            replace_file(file, data)
        (self.root / UNFINISHED).unlink(missing_ok=True)
        self._report.signatures[MANIFEST] = file_signature(file.stat())
        report = self._report
        for names in (report.written, report.unchanged, report.removed):
            names.sort()
        report.in_place_of_generated.sort()
        report.in_place_of_packaged.sort()
        return report

    def _read_manifest(self) -> _Manifest:
        """Return what the last run wrote; nothing where there is no readable manifest."""
        try:
            return msgspec.json.decode((self.root / MANIFEST).read_bytes(), type=_Manifest)
        except (OSError, msgspec.DecodeError):
            return _Manifest()

    def _read_unfinished(self) -> list[str]:
        """Return the files that a run which was killed had begun to add."""
        try:
            text = (self.root / UNFINISHED).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return []
        return [line for line in text.split("\n")[:-1] if line]

    def _remove_empty_folders(self, folder: Path) -> None:
        while folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _harmless(names: list[str]) -> Iterator[str]:
    """Yield the names that lie inside a tree."""
    for name in names:
        path = None if _is_plain(name) else PurePosixPath(name)
        if path is None:
            yield name
        elif not path.is_absolute() and ".." not in path.parts:
            yield str(path)


def _folders_of(name: str) -> Iterator[str]:
    """Yield the folders that hold the file *name*, the outermost first."""
    steps = name.split("/")[:-1]
    for count in range(1, len(steps) + 1):
        yield "/".join(steps[:count])


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _append_line(path: Path, line: str) -> None:
    """Add a line to a file in one step, whichever processes do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
    try:
        os.write(file, f"{line}\n".encode())
    finally:
        os.close(file)


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


def gzipped(data: bytes) -> bytes:
    """Return *data* as a gzip file that tells neither when nor by which Python, on which system, it was made."""
    packed = gzip.compress(data, mtime=0)
    return packed[:9] + b"\xff" + packed[10:]


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
