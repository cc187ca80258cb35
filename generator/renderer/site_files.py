"""The files of the site: written only where their bytes differ, removed where they no longer belong."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from pathlib import Path

_PART = ".part"
"""How the names of files end that are being written; a crash may leave one."""


def write_if_different(path: str, data: bytes) -> bool:
    """Write *data* to *path* unless that is what it holds; tell whether it was written.

    A file that is there is replaced as a whole: whoever reads it meanwhile sees the old one or the new one.
    """
    return write_with_status(path, data)[0]


def write_with_status(path: str, data: bytes) -> tuple[bool, os.stat_result]:
    """Do as ``write_if_different``, and return the status of the file, too."""
    try:
        os.mkdir(os.path.dirname(path))  # noqa: PTH102, PTH120 - most pages have a folder of their own
    except FileExistsError:
        status = _status_if_it_holds(path, data)
        if status is not None:
            return False, status
    except OSError:
        _clear_the_way(Path(path))
    else:
        return True, _write(path, data)
    if not os.path.lexists(path):
        return True, _write(path, data)
    temporary = f"{path}.{os.getpid()}{_PART}"
    try:
        _write(temporary, data)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True, os.stat(path)  # noqa: PTH116


def _status_if_it_holds(path: str, data: bytes) -> os.stat_result | None:
    """Return the status of the file at *path* where it holds *data*; make room where it is no file."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - here and below: done ten thousands of times
            status = os.fstat(file.fileno())
            return status if status.st_size == len(data) and file.readall() == data else None
    except FileNotFoundError:
        return None
    except (IsADirectoryError, NotADirectoryError):
        _clear_the_way(Path(path))
        return None


def _write(path: str, data: bytes) -> os.stat_result:
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        return os.fstat(file.fileno())


def _clear_the_way(path: Path) -> None:
    """Remove what stands where *path* is to be a file: a folder in its place, or a file in place of a folder."""
    for parent in reversed(path.parents):
        if parent.is_symlink() or (parent.exists() and not parent.is_dir()):
            parent.unlink()
            break
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)


def files_below(folder: Path) -> Iterator[str]:
    """Yield the paths of all files in *folder* and below, with forward slashes.

    As MkDocs does when it cleans, names in the folder itself that begin with a dot are passed over.
    """
    for place, folders, names in os.walk(folder):
        inside = Path(place).relative_to(folder)
        if inside == Path():
            folders[:] = [name for name in folders if not name.startswith(".")]
            names = [name for name in names if not name.startswith(".") or name.endswith(_PART)]
        for name in names:
            yield (inside / name).as_posix()


def remove_files(site: Path, names: Collection[str]) -> int:
    """Remove these files of *site* and the folders that are empty then; return how many were there."""
    removed = 0
    for name in sorted(names):
        path = site / name
        try:
            path.unlink()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            continue
        removed += 1
        remove_empty_folders(path.parent, keep=site)
    return removed


def remove_empty_folders(folder: Path, keep: Path) -> None:
    """Remove *folder* if it is empty, then those around it that are empty then, up to *keep*."""
    while folder != keep and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
