"""Pagefind's own program: it says what words are found by, and brings what searches in the browser.

Which words Pagefind makes of what stands between two blanks (split, folded, stemmed) only Pagefind knows for certain.
So its program is asked, once for each such piece of text; what it answers is kept.
"""

from __future__ import annotations

import html
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

import msgspec

from generator.pages.output import replace_file
from generator.renderer.pagefind_files import UnknownFormatError, decode, unpacked

PROGRAM = ("pagefind.js", "wasm.en.pagefind")
"""What the browser loads to search, beside the index."""

_MEMORY = "dirty_decay_ms:0,muzzy_decay_ms:0,narenas:1"
"""Pagefind's allocator gives back at once what it does not need: an eighth less memory at its peak."""

_PIECES_ON_A_PAGE = 4_000
_ASKED_AT_ONCE = 500
_USUAL_WEIGHT = 24
"""How Pagefind writes the weight 1; words that are a part of what stands between blanks share it."""

_END = ("end", "…")
"""Ends a page of pieces, so that there is a word, and Pagefind adds no full stop to the last piece."""


class SearchIndexError(Exception):
    """The index could not be made; the message says why."""


VARIANT = "\1"
"""Parts a word by which text is found from the same word with its accents, where it has any."""

BEHIND_VARIANTS = "\2"
"""Behind a word: what comes after all ways of writing it, and before all other words."""

WordForms = str | tuple[tuple[str, int], ...]
"""The words by which a piece of text is found, each with what the piece's weight is divided by.

One word alone, as most pieces have it, that has the whole weight.
"""

_USUAL = re.compile(r"([A-Z]?[a-z]+|[0-9]+)[.,;:)]*")
"""A piece for which the same words stand as for what it holds without signs and capitals."""

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(WordForms)
_json = msgspec.json.Decoder(dict[str, Any])


def words_in(forms: WordForms) -> Iterable[str]:
    """Return the words alone."""
    return (forms,) if isinstance(forms, str) else [word for word, _ in forms]


def pagefind_version() -> str:
    """Return the version of Pagefind.  Raises SearchIndexError where it is not there."""
    try:
        return version("pagefind-bin")
    except PackageNotFoundError as error:
        raise SearchIndexError("the package pagefind-bin is not installed: pip install 'pagefind[bin]'") from error


class PagefindWords:
    """Knows by which words pieces of text are found."""

    def __init__(self, connection: sqlite3.Connection, program: Path) -> None:
        """Remember in the table ``pieces`` of *connection*; keep what the browser loads in the folder *program*."""
        self._connection = connection
        self._program = program
        self.forms: dict[str, WordForms] = {}
        """What was learnt, by piece."""

    def learn(self, pieces: Iterable[str]) -> None:
        """Find out the forms of *pieces*."""
        wanted: dict[str, str] = {}
        for piece in set(pieces) - self.forms.keys():
            usual = _USUAL.fullmatch(piece)
            wanted[piece] = usual[1].lower() if usual else piece
        self._learn(wanted.values())
        forms = self.forms
        forms.update((piece, forms[same]) for piece, same in wanted.items())

    def _learn(self, pieces: Iterable[str]) -> None:
        unknown = sorted(set(pieces) - self.forms.keys())
        for start in range(0, len(unknown), _ASKED_AT_ONCE):
            asked = unknown[start : start + _ASKED_AT_ONCE]
            marks = ",".join("?" * len(asked))
            rows = self._connection.execute(f"SELECT piece, forms FROM pieces WHERE piece IN ({marks})", asked)  # noqa: S608
            self.forms.update((piece, _decoder.decode(forms)) for piece, forms in rows)
        new = [piece for piece in unknown if piece not in self.forms]
        if new or not all((self._program / name).is_file() for name in PROGRAM):
            found = self._ask(new)
            self.forms.update(found)
            rows = [(piece, _encoder.encode(forms)) for piece, forms in found.items()]  # type: ignore[assignment]
            self._connection.executemany("INSERT OR REPLACE INTO pieces VALUES (?, ?)", rows)

    def forget(self) -> None:
        """Let go of what is in memory."""
        self.forms.clear()

    def _ask(self, pieces: list[str]) -> dict[str, WordForms]:
        with tempfile.TemporaryDirectory(prefix="pagefind-") as name:
            asked, answer = Path(name, "asked"), Path(name, "answer")
            asked.mkdir()
            pages = [pieces[start : start + _PIECES_ON_A_PAGE] for start in range(0, len(pieces), _PIECES_ON_A_PAGE)]
            for number, page in enumerate(pages or [[]]):
                words = " ".join(html.escape(piece) for piece in [*page, *_END])
                text = f'<!doctype html><html lang="en"><body data-pagefind-body><p>{words}</p></body></html>'
                (asked / f"{number}.html").write_text(text, encoding="utf-8")
            run_pagefind(asked, answer)
            for program in PROGRAM:
                replace_file(self._program / program, (answer / program).read_bytes())
            try:
                return dict(_answers(answer, pages))
            except (UnknownFormatError, KeyError, IndexError, TypeError, ValueError) as error:
                raise SearchIndexError(
                    f"Pagefind {pagefind_version()} writes other files than expected: {error!r}"
                ) from error


def run_pagefind(lean: Path, index: Path) -> None:
    """Have Pagefind make the index of the pages in *lean*.  Raises SearchIndexError where it fails."""
    pagefind_version()
    command = [sys.executable, "-m", "pagefind_bin", "--site", str(lean), "--output-path", str(index)]
    command += ["--force-language", "en", "--silent"]
    result = subprocess.run(  # noqa: S603
        command,
        env={**os.environ, "_RJEM_MALLOC_CONF": _MEMORY},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if result.returncode or not (index / "pagefind-entry.json").is_file():
        said = (result.stderr or result.stdout).strip()[-500:]
        raise SearchIndexError(f"Pagefind ended with {result.returncode}: {said or 'it said nothing'}")


def _answers(index: Path, pages: list[list[str]]) -> Iterator[tuple[str, WordForms]]:
    """Yield each piece with the words that stand at its place."""
    entry = msgspec.json.decode((index / "pagefind-entry.json").read_bytes())
    meta = cast("list[Any]", _value(index / f"pagefind.{entry['languages']['en']['hash']}.pf_meta"))
    asked: list[list[str]] = []
    for name, _ in meta[1]:
        fragment = _json.decode(unpacked((index / "fragment" / f"{name}.pf_fragment").read_bytes()))
        page = pages[int(Path(fragment["url"]).stem)] if pages else []
        if fragment["content"].split() != [*page, *_END]:
            raise UnknownFormatError("the words of a page are not those that were asked for")
        asked.append(page)
    found: list[list[list[tuple[str, int, str]]]] = [[[] for _ in range(len(page) + len(_END))] for page in asked]
    for file in (index / "index").iterdir():
        for word, occurrences, variants in cast("list[Any]", _value(file))[0]:
            _note(found, word, "", occurrences)
            for form, others in variants:
                _note(found, word, form, others)
    for page, places in zip(asked, found, strict=True):
        for piece, forms in zip(page, places, strict=False):
            # Parts share the weight; where there is but one, its share is the whole.
            parts = sum(weight != _USUAL_WEIGHT for _, weight, _ in forms)
            found_by = tuple(
                (f"{word}{VARIANT}{variant}" if variant else word, 1 if weight == _USUAL_WEIGHT else parts)
                for word, weight, variant in sorted(forms, key=lambda form: (-form[1], form[0], form[2]))
            )
            yield piece, found_by[0][0] if len(found_by) == 1 and found_by[0][1] == 1 else found_by


def _note(found: list[list[list[tuple[str, int, str]]]], word: str, variant: str, occurrences: list[Any]) -> None:
    page = 0
    for step, places, _ in occurrences:
        page += step
        weight, position = 25, 0
        for value in places:
            if value < 0:
                weight, position = -1 - value, 0
            else:
                position += value
                found[page][position].append((word, weight, variant))


def _value(file: Path) -> Any:
    return decode(unpacked(file.read_bytes()))
