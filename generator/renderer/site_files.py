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
    try:
        os.mkdir(os.path.dirname(path))  # noqa: PTH102, PTH120 - most pages have a folder of their own
    except FileExistsError:
        if _holds(path, data):
            return False
    except OSError:
        _clear_the_way(Path(path))
    if not os.path.exists(path):  # noqa: PTH110
        _write(path, data)
        return True
    temporary = f"{path}.{os.getpid()}{_PART}"
    try:
        _write(temporary, data)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def _holds(path: str, data: bytes) -> bool:
    """Tell whether the file at *path* holds *data*; make room where it is no file."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - here and below: done ten thousands of times
            return os.fstat(file.fileno()).st_size == len(data) and file.read() == data
    except FileNotFoundError:
        return False
    except (IsADirectoryError, NotADirectoryError):
        _clear_the_way(Path(path))
        return False


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(data)


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
