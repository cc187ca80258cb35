"""A build in which nothing changed: a stamp tells that, and the build need not open anything that was built.

After a build that went well, its stamp says of which state of its inputs (documents, curated names, pages written by
hand, templates, settings, our code, libraries, environment) which state of its outputs (content and site) came, and
what it printed.  States are told by the signatures of all files.  Where both are as the stamp says, all is done.

A stamp says something about two states, so no crash and no other build can make it wrong.  It could be wrong only where
a file was changed while the build was at work, or in the same tick of the clock, so that its signature does not show
it.  Hence there is none where an input changed after the build began or just before, where an output is not as the
build itself left it, or where an output is so new that the next change might not show.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from generator.folders import HAND_WRITTEN, PROJECT, Folders
from generator.store.files import CLOCK_STEP, changed_at, file_signature
from generator.store.trees import Tree, look_at

_FORM = 1
"""Number of the form of a stamp."""

_INHERIT = re.compile(r"""^["']?INHERIT["']?[ \t]*:[ \t]*["']?([^"'#\n]+?)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
_INHERITING = re.compile(r"^[^#\n]*\bINHERIT\b", re.MULTILINE)
_NAME = re.compile(r"[^\W\d]\w*", re.ASCII)
_VARIABLES = frozenset({"SITE_URL", "SOURCE_DATE_EPOCH"})
"""Variables of the environment that are read whatever the settings say."""

_MADE_BY_PYTHON = frozenset({"__pycache__"})
_ICONS = frozenset({"__pycache__", ".icons"})
"""Thousands of files in a theme's package, which change with its version only."""

Line = tuple[str, bool]
"""A line that a build prints, and whether it is an error's."""

Said = tuple[tuple[str, str], Sequence[Line]]
"""What a build says before and after the account of the time."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a build found when it began."""

    moment: int
    """When that was, in nanoseconds."""
    inputs: str
    """Stands for all inputs but those in the content folder and in the theme."""
    certain: bool
    """Whether a change of these inputs after *moment* would show."""
    content: Tree


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build left behind."""

    generated: Mapping[str, bytes]
    """Signatures of the files in the content folder that it made, as it left them."""
    removed: Collection[str]
    """Files in the content folder that it removed."""
    rendered: Mapping[str, bytes]
    """Signatures of the files in the site that it rendered or copied, as it left them."""
    theme: Sequence[str]
    """Folders of the theme."""
    moment: int
    """When it was done, in nanoseconds."""
    first: tuple[str, str]
    """What is said first when nothing changed since: figures of the content, and of the site."""
    rest: Sequence[Line]
    """What is said after the account of the time."""


def look(folders: Folders) -> Look:
    """Look at all inputs, before a build reads them."""
    moment = time.time_ns()
    made = hashlib.blake2b(digest_size=16)
    newest = 0
    certain = True
    for part in (str(_FORM), sys.version, str(Path.cwd()), *map(str, _resolved(folders)), *_libraries()):
        made.update(f"{part}\0".encode("utf-8", "surrogateescape"))
    try:
        for tree in _inputs(folders):
            made.update(f"{tree.mark}\0".encode())
            newest = max(newest, tree.newest)
            certain = certain and tree.whole
        content = look_at(str(folders.content), each=True)
        files, parts = _settings(folders.config)
        for status in files:
            made.update(file_signature(status))
            newest = max(newest, status.st_mtime_ns, status.st_ctime_ns)
        for part in parts:
            made.update(f"{part}\0".encode("utf-8", "surrogateescape"))
    except (OSError, ValueError):  # something went away this very moment, or the settings cannot be read
        return Look(moment, "", certain=False, content=Tree())
    certain = certain and content.whole and newest < moment - CLOCK_STEP
    return Look(moment, made.hexdigest(), certain, content)


def nothing_changed(folders: Folders, now: Look) -> Said | None:
    """Return what there is to say of the last build, if all is as it was then; else nothing."""
    try:
        stamp: dict[str, Any] = json.loads(_file(folders).read_bytes())
        if now.inputs and stamp["inputs"] == now.inputs and stamp["content"] == now.content.mark:
            themes = [_theme(folder).mark for folder in stamp["theme"]]
            kept = all(os.path.isfile(file) for file in stamp["caches"])  # noqa: PTH113
            if themes == stamp["themes"] and kept and look_at(str(folders.site)).mark == stamp["site"]:
                figures, size = stamp["first"]
                return (figures, size), [(text, bool(is_error)) for text, is_error in stamp["rest"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def discard(folders: Folders) -> None:
    """Take away the stamp of the last build, because another one begins."""
    with suppress(OSError):
        _file(folders).unlink(missing_ok=True)


def say(line: Line) -> None:
    """Print a line."""
    text, is_error = line
    click.echo(text, err=is_error)


def look_at_site(folders: Folders, *, settled_since: int = 0) -> Tree:
    """Look at the site; where it was done at a moment, as soon as a change after that would show."""
    if settled_since:
        time.sleep(max(0, settled_since + CLOCK_STEP - time.time_ns()) / 1e9)
    return look_at(str(folders.site), each=bool(settled_since))


def keep(folders: Folders, before: Look, site: Tree, done: Outcome) -> None:
    """Keep a stamp of a build, unless it could be wrong; *site* was looked at when it was settled."""
    try:
        content = look_at(str(folders.content), each=True)
        themes = [_theme(folder) for folder in done.theme]
    except OSError:
        return
    if (
        before.certain
        and _as_left(site, done)
        and _others_unchanged(before, content, done)
        and all(tree.whole and tree.newest < before.moment - CLOCK_STEP for tree in themes)
    ):
        stamp = {
            "inputs": before.inputs,
            "content": content.mark,
            "site": site.mark,
            "theme": list(done.theme),
            "themes": [tree.mark for tree in themes],
            "caches": [str(file) for file in _caches(folders)],
            "first": done.first,
            "rest": done.rest,
        }
        _write(_file(folders), json.dumps(stamp).encode())


def _as_left(site: Tree, done: Outcome) -> bool:
    """Tell whether the site is as the build left it."""
    changed = any(site.signatures.get(name) != signature for name, signature in done.rendered.items())
    return site.whole and not changed and site.newest <= done.moment


def _others_unchanged(before: Look, content: Tree, done: Outcome) -> bool:
    """Tell whether what the build made in the content folder is as it left it, and all else as it found it."""
    if not content.whole or content.newest > done.moment:
        return False
    if any(content.signatures.get(name) != signature for name, signature in done.generated.items()):
        return False
    made = {*done.generated, *done.removed}
    found = {name: mark for name, mark in before.content.signatures.items() if name not in made}
    now = {name: mark for name, mark in content.signatures.items() if name not in made}
    return found == now and all(changed_at(mark) < before.moment - CLOCK_STEP for mark in now.values())


def _resolved(folders: Folders) -> Iterator[Path]:
    for folder in (folders.config, folders.seeds, folders.content, folders.site):
        yield folder.resolve()


def _inputs(folders: Folders) -> Iterator[Tree]:
    yield look_at(str(folders.seeds))
    yield look_at(str(PROJECT / "generator"), passed_over=_MADE_BY_PYTHON)
    yield look_at(str(PROJECT / "templates"))
    if folders.content.resolve() != PROJECT / "content":
        for name in HAND_WRITTEN:
            yield look_at(str(PROJECT / "content" / name))


def _theme(folder: str) -> Tree:
    installed = any(part.endswith("-packages") for part in Path(folder).parts)
    return look_at(folder, passed_over=_ICONS if installed else _MADE_BY_PYTHON, folders=True)


def _libraries() -> Iterator[str]:
    """Yield names and versions of what is installed, and when that was changed last."""
    for folder in sorted({folder for folder in sys.path if os.path.isdir(folder)}):  # noqa: PTH112
        found = sorted(name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info")))  # noqa: PTH208
        yield from found
        if found and folder.endswith("-packages"):
            yield str(os.stat(folder).st_mtime_ns)  # noqa: PTH116


def _settings(config: Path) -> tuple[list[os.stat_result], list[str]]:
    """Return the files of the settings and of those that they inherit, and what they may read of the environment."""
    names = set(_VARIABLES)
    files: list[os.stat_result] = []
    file: Path | None = config
    seen: set[Path] = set()
    while file is not None:
        if file in seen:
            raise ValueError(f"{file} inherits itself")
        seen.add(file)
        files.append(file.stat())
        text = file.read_text(encoding="utf-8")
        names.update(_NAME.findall(text))
        found = _INHERIT.search(text)
        if found is None and _INHERITING.search(text):
            raise ValueError(f"{file}: this is another way to write what is inherited")
        file = (file.parent / found[1]).resolve() if found else None
    return files, [f"{name}={os.environ[name]}" for name in sorted(names & os.environ.keys())]


def _caches(folders: Folders) -> Iterator[Path]:
    """Yield what later builds rely on to cost what changed."""
    for of in ("content", "render", "search"):
        yield from sorted(folders.cache(of).glob("*.sqlite"))


def _file(folders: Folders) -> Path:
    name = hashlib.sha256(os.fsencode(folders.site.resolve())).hexdigest()[:16]
    return folders.cache("build") / f"{name}.json"


def _write(file: Path, data: bytes) -> None:
    """Write a stamp as a whole; where nothing can be kept, nothing is."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(file)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
