"""The earlier versions of documents, from the git repository in which they lie.

One pass of ``git log --raw`` along the first parents, so that a merge counts when it came, as one step; contents by
one ``git cat-file --batch``.  Git's own settings and attributes are left out: no program of the repository runs.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO

from generator.model.catalog import Commit
from generator.readers.opening import LARGEST_FILE, NO_DOCUMENTS, is_document, readable

_FORMAT = "%x01%H%x02%ct"
_COMMIT = re.compile(rb"\x01(?=[0-9a-f]{40,64}\x02)")
_ENTRY = re.compile(rb":\d{6} (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*\x00([^\x00]+)\x00")
_REGULAR = frozenset({b"100644", b"100755"})


@dataclass(frozen=True, slots=True)
class Version:
    """A document at one time."""

    path: str
    """Inside ``seeds/``, with forward slashes."""
    blob: str
    """Git's name of its content."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One commit, and the documents that it changed."""

    commit: str
    time: str
    """In UTC: ``2026-01-31T02:00:00Z``."""
    removed: tuple[str, ...] = ()
    """Paths of documents that went."""
    written: tuple[Version, ...] = ()
    """Documents that came or changed."""
    is_border: bool = False
    """True for the first commit of a clone that leaves out what was before: what it has is not new."""


@dataclass(frozen=True, slots=True)
class Log:
    """What git knows of the documents."""

    revisions: list[Revision] = field(default_factory=list)
    """The oldest first."""
    missing: str | None = None
    """What of the history is not there, why, and what to do; None where all is there."""
    current: dict[str, str] = field(default_factory=dict)
    """Path -> blob, of the documents that are as the last commit has them."""


def read_log(seeds: Path) -> Log:
    """Return all versions of the documents below *seeds* that the repository around it knows.

    Without git, a repository or a commit there are none, and ``missing`` says why.
    """
    try:
        shallow = _git(seeds, "rev-parse", "--is-shallow-repository").strip() == b"true"
        out = _git(
            seeds,
            *("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames", "--relative", "--reverse"),
            *(f"--format={_FORMAT}", "--", "."),
        )
        current = _current(seeds)
        border = _borders(seeds) if shallow else frozenset[str]()
    except FileNotFoundError:
        return Log(missing="git is not installed, so earlier versions of the documents are not known; install git")
    except subprocess.CalledProcessError as error:
        return Log(missing=_why(error))
    revisions = [
        revision
        for chunk in _COMMIT.split(out)[1:]
        if (revision := _revision(chunk, border)).written or revision.removed
    ]
    missing = None
    if shallow:
        since = f" before {revisions[0].time[:10]}" if revisions else ""
        missing = (
            f"this clone of the repository is shallow, so changes{since} are not known; clone it whole (in a GitHub "
            "workflow: fetch-depth: 0 for actions/checkout; elsewhere: git fetch --unshallow)"
        )
    return Log(revisions, missing, current)


def read_commit(seeds: Path) -> Commit | None:
    """Return the last commit that changed what lies below *seeds*, if all that lies there is as that commit has it.

    None where there is no git, no repository and no commit, too.  Of a shallow clone it is the last commit at all.
    """
    try:
        found = _git(seeds, "log", "-1", "--format=%H %ct", "--", ".").decode("ascii").split()
        changed = _git(seeds, "status", "--porcelain", "-z", "--untracked-files=normal", "--", ".")
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    if len(found) != 2 or changed:
        return None
    return Commit(found[0], datetime.fromtimestamp(int(found[1]), UTC).strftime("%Y-%m-%d"))


@contextmanager
def blobs(seeds: Path) -> Iterator[Blobs]:
    """Give the contents of versions for as long as the context lasts."""
    process = subprocess.Popen(  # noqa: S603 - no shell
        ["git", *_SAFE, "cat-file", "--batch"],  # noqa: S607 - git is where the user has it
        cwd=seeds,
        env=_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield Blobs(process)
    finally:
        process.communicate()


class Blobs:
    """Contents by git's names of them."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Ask this ``git cat-file --batch``."""
        self._process = process

    def content(self, blob: str) -> bytes | None:
        """Return the content of *blob*; None where the repository has it not, or it is too large for a document."""
        return next(self.contents([blob]))

    def contents(self, names: Iterable[str]) -> Iterator[bytes | None]:
        """Yield what :meth:`content` returns of each of *names*, in their order; nothing else may be asked meanwhile.

        Some are asked for ahead: git and this process need not wait for each other at each of them.
        """
        asking, answering = self._process.stdin, self._process.stdout
        assert asking is not None and answering is not None  # noqa: S101, PT018 - opened as pipes
        names = iter(names)
        while some := list(islice(names, _AHEAD)):
            asking.write(b"".join(name.encode() + b"\n" for name in some))
            asking.flush()
            yield from [_answer(answering) for _ in some]


_AHEAD = 16
"""Contents that are asked for at once: their names fit into any pipe, and they fit into memory."""


def _answer(answering: IO[bytes]) -> bytes | None:
    """Take one answer of ``git cat-file --batch``."""
    head = answering.readline().split()
    if len(head) != 3:
        return None
    size = int(head[2])
    content = answering.read(size) if size <= LARGEST_FILE else None
    while content is None and size > 0 and (thrown_away := answering.read(min(_AT_ONCE, size))):
        size -= len(thrown_away)
    answering.read(1)
    return content


_AT_ONCE = 1 << 20
"""Bytes of a content that is too large, which are thrown away together."""

_SAFE = (
    "--no-pager",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "log.showRoot=true"),
)


def _environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}


def _git(seeds: Path, *arguments: str) -> bytes:
    return subprocess.run(  # noqa: S603 - no shell, and paths stand after --
        ["git", *_SAFE, *arguments],  # noqa: S607
        cwd=seeds,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    ).stdout


def _why(error: subprocess.CalledProcessError) -> str:
    said = " ".join(error.stderr.decode(errors="replace").split())
    if "not a git repository" in said:
        return "the documents lie in no git repository, so earlier versions of them are not known; run git init there"
    if "does not have any commits" in said:
        return "the repository has no commit yet, so earlier versions of the documents are not known"
    return f"git cannot read the history of the documents, so changes are not shown ({said[:200]})"


def _borders(seeds: Path) -> frozenset[str]:
    """Return the commits whose parents a shallow clone leaves out."""
    path = _git(seeds, "rev-parse", "--git-path", "shallow").decode().strip()
    return frozenset((seeds / path).read_text(encoding="ascii").split())


def _current(seeds: Path) -> dict[str, str]:
    """Return path and blob of the documents that are in the folder as they are in the last commit."""
    listed = _git(seeds, "ls-tree", "-r", "-z", "HEAD", "--", ".")
    changed = {*_git(seeds, "diff", "--no-ext-diff", "--name-only", "-z", "--relative", "HEAD", "--", ".").split(b"\0")}
    found = {}
    for line in listed.split(b"\0"):
        about, _, path = line.partition(b"\t")
        if about.startswith(b"100") and path not in changed:
            found[_name(path)] = about.split()[2].decode()
    return found


def _revision(chunk: bytes, border: frozenset[str]) -> Revision:
    commit, _, rest = chunk.partition(b"\x02")
    seconds = re.match(rb"\d+", rest)
    time = datetime.fromtimestamp(int(seconds[0]) if seconds else 0, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    removed, written = [], []
    for mode, _old, blob, action, raw in _ENTRY.findall(rest):
        path = _name(raw)
        if not is_document(path) or path.split("/")[0] in NO_DOCUMENTS:
            continue
        if action == b"D" or mode not in _REGULAR:
            removed.append(path)
        else:
            written.append(Version(path, blob.decode()))
    name = commit.decode()
    return Revision(name, time, tuple(removed), tuple(written), name in border)


def _name(raw: bytes) -> str:
    return readable(raw.decode("utf-8", "surrogateescape"))
