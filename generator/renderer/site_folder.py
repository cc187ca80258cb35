"""The folder of the site is emptied before a build: what people would lose by that is refused, before anything happens.

A build lists the files that it left, in the folder itself.  Whatever else is found there at the next build is
somebody's own.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from generator.storage.output import gzipped, replace_file

LIST = ".built-files.gz"
"""The list inside the site's folder; MkDocs lets hidden files at the top stay."""

_UNDER_WAY = ".build-under-way"
"""Stands in the folder while a build writes, and stays where it is killed: what it left is no stranger's."""

_SEARCH = "pagefind/"
"""Its files bear other names in each build, and all are ours."""

_SHOWN = 3


class SiteFolderError(Exception):
    """The site would be built where people keep something else.  The message says what, and what to do."""


def check_site_folder(site: Path, kept: Mapping[str, Path], *, force: bool = False) -> None:
    """Raise SiteFolderError where a build into *site* would destroy what is not its own.

    *kept* are places that people need, by what they are: the documents, the content, the configuration's folder.  The
    site may not hold one of them, nor lie inside one but the configuration's.  It may not hold a repository or files
    that no earlier build listed, unless *force* says so.
    """
    place = site.resolve()
    advice = "choose another folder: `site_dir` in mkdocs.yml, or --site"
    for what, path in kept.items():
        folder = path.resolve()
        if folder.is_relative_to(place):
            raise SiteFolderError(
                f"{site}: the site would be built over {what} ({path}), which would be lost; {advice}"
            )
        if what != CONFIGURATION and place.is_relative_to(folder):
            raise SiteFolderError(f"{site}: the site would be built inside {what} ({path}); {advice}")
    if ".git" in place.parts:
        raise SiteFolderError(f"{site}: the site would be built inside a repository's own data; {advice}")
    if site.exists() and not site.is_dir():
        raise SiteFolderError(f"{site}: this is a file, not a folder; {advice}")
    if force or not site.is_dir() or (site / _UNDER_WAY).is_file():
        return
    if (site / ".git").exists():
        raise SiteFolderError(
            f"{site}: the site would be built over the files of a repository; {advice}, or build with --force "
            "(trial-catalog build) if all of them may go"
        )
    strange = list(islice(_not_listed(site), _SHOWN + 1))
    if strange:
        names = ", ".join(strange[:_SHOWN]) + (" and more" if len(strange) > _SHOWN else "")
        raise SiteFolderError(
            f"{site}: the folder holds files that no build has put there ({names}), and a build empties it. Move them "
            f"elsewhere, or {advice}; if they may go, delete the folder, or build once with trial-catalog build --force"
        )


CONFIGURATION = "the configuration"
"""What the folder of ``mkdocs.yml`` is called among the places that people need; the site usually lies inside it."""


def begin_site(site: Path) -> None:
    """Note in *site*, which was checked, that a build begins to write there."""
    site.mkdir(parents=True, exist_ok=True)
    (site / _UNDER_WAY).touch()


def list_site_files(site: Path) -> None:
    """Note in *site* which files a build left there, now that it ended."""
    if not site.is_dir():
        return
    names = "".join(f"{name}\n" for name in sorted(_files(site)) if not name.startswith(_SEARCH))
    replace_file(site / LIST, gzipped(names.encode("utf-8", "surrogateescape")))
    (site / _UNDER_WAY).unlink(missing_ok=True)


def _not_listed(site: Path) -> Iterator[str]:
    try:
        listed = set(gzip.decompress((site / LIST).read_bytes()).decode("utf-8", "surrogateescape").split("\n"))
    except (OSError, EOFError, zlib.error):
        listed = set()
    for name in _files(site):
        if name not in listed and not (listed and name.startswith(_SEARCH)):
            yield name


def _files(site: Path) -> Iterator[str]:
    """Yield the files that a build would remove: all but hidden ones at the top."""
    for folder, folders, names in os.walk(site):
        folders.sort()
        inside = os.path.relpath(folder, site).replace(os.sep, "/")
        prefix = "" if inside == "." else f"{inside}/"
        if not prefix:
            folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted([*names, *links]):
            if prefix or not name.startswith("."):
                yield f"{prefix}{name}"
