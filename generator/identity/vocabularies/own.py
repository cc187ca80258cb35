"""The vocabularies of the catalog's owner: ``seeds/vocabularies/*.csv``, one table a file.

A file begins with lines that say what it is, each after ``#`` (all may be left out), then names its columns::

    # title: Our hospitals
    # version: 2026-05
    # licence: CC0
    # kind: organization
    id,name,names,part_of,city,country
    h1,Hôpital Cochin,Cochin Hospital|Hôpital Cochin Port-Royal,g1,Paris,France

The columns of an export of ROR, and of EMA's list of organizations, are known under their own names.  What is wrong
with a file becomes a problem with its line and what to do; a row that cannot be used does not stop the others.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, cast

from generator.identity.cleaning import fold
from generator.identity.drug_names import drug_key
from generator.identity.keys import condition_key, organization_key, other_orders
from generator.identity.vocabularies.shipped import lines_with
from generator.identity.vocabularies.vocabulary import About, Concept, NameKind, Vocabulary
from generator.model.kinds import Kind
from generator.model.problem import Problem, Severity
from generator.readers.opening import VOCABULARIES_FOLDER, check_file
from generator.readers.reader import ReadError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "identifier", "organisation id", "organisation identifier", "org id"),
    "name": ("name", "names.types.ror_display", "organisation name", "organization name", "org name"),
    "names": ("names", "synonyms", "aliases", "labels", "names.types.alias", "names.types.label"),
    "brands": ("brands",),
    "codes": ("codes",),
    "former names": ("former names",),
    "abbreviations": ("abbreviations", "acronyms", "names.types.acronym"),
    "part of": ("part of", "broader", "parent", "relationships"),
    "city": ("city", "locations.geonames_details.name", "addresses[0].city"),
    "country": ("country", "locations.geonames_details.country_name", "country.country_name"),
}
"""What each column may be called; capitals, and ``_`` for a blank, do not count."""

_KIND_OF_COLUMN: Mapping[str, NameKind] = {
    "name": "s",
    "names": "s",
    "brands": "b",
    "codes": "c",
    "former names": "f",
    "abbreviations": "a",
}
HEAD = ("title", "version", "licence", "source", "kind")
"""What the lines at a file's beginning may say."""
OWN_KINDS: tuple[Kind, ...] = ("organization", "drug", "condition")
_BORDER = re.compile(r"[|;]")
_LANGUAGE = re.compile(r"^(?:[a-z]{2,3}|no_lang_code): ")
_PARENT = re.compile(r"^(?:parent: ?)?(\S+)$", re.IGNORECASE)
_ROR = re.compile(r"^https?://ror\.org/(0[a-hj-km-np-tv-z0-9]{6}\d{2})$")
_SHORTEST = 3

Found = TypeVar("Found")


@dataclass(slots=True)
class _Row:
    line: int
    concept: Concept
    names: list[tuple[str, NameKind]] = field(default_factory=list)


class OwnVocabulary:
    """A table that the catalog's owner gives."""

    def __init__(self, about: About, rows: Mapping[str, _Row]) -> None:
        """Index *rows*, by identifier, by the keys of their names."""
        self.about = about
        self._concepts = {identifier: row.concept for identifier, row in rows.items()}
        names = {
            f"{key}\t{identifier}\t{kind}"
            for identifier, row in rows.items()
            for text, kind in row.names
            for key in _keys(text, about.kind)
            if len(key) >= _SHORTEST
        }
        # One text takes much less memory than an index of a hundred thousand organizations.
        self._names = "\n".join(sorted(names)).encode()

    def meanings(self, key: str) -> list[tuple[str, NameKind]]:
        """Return the identifiers of the concepts that a name with this *key* means, and what it is to each."""
        found = (line.split("\t") for line in lines_with(self._names, key))
        return [(identifier, cast("NameKind", kind)) for _, identifier, kind in found]

    def concept(self, identifier: str) -> Concept | None:
        """Return the concept with this *identifier*, if there is one."""
        return self._concepts.get(identifier)


def _keys(text: str, kind: Kind) -> tuple[str, ...]:
    if kind == "organization":
        return (organization_key(text),)
    if kind == "drug":
        return (drug_key(text),)
    return (condition_key(text), *other_orders(text))


def vocabulary_files(seeds: Path) -> list[Path]:
    """Return the files of vocabularies below *seeds*, sorted."""
    folder = seeds / VOCABULARIES_FOLDER
    return sorted(folder.glob("*.csv")) if folder.is_dir() else []


def digest_of_own(seeds: Path) -> bytes:
    """Return what stands for the owner's vocabularies below *seeds*."""
    made = hashlib.blake2b(digest_size=16)
    for file in vocabulary_files(seeds):
        with suppress(OSError):  # whoever reads the file says what is wrong with it
            made.update(f"{file.name}\0".encode("utf-8", "surrogateescape"))
            made.update(hashlib.blake2b(file.read_bytes()).digest())
    return made.digest()


def load_own(seeds: Path) -> tuple[list[Vocabulary], list[Problem]]:
    """Read the vocabularies below *seeds*; what is wrong with one does not stop the others."""
    return _of_each(seeds, _Reading.read)


def about_own(seeds: Path) -> list[About]:
    """Return what the vocabularies below *seeds* say of themselves, without reading their rows."""
    return _of_each(seeds, _Reading.about)[0]


def _of_each(seeds: Path, read: Callable[[_Reading, str], Found | None]) -> tuple[list[Found], list[Problem]]:
    found: list[Found] = []
    problems: list[Problem] = []
    for file in vocabulary_files(seeds):
        reading = _Reading(f"{VOCABULARIES_FOLDER}/{file.name}", file.stem)
        try:
            check_file(file, reading.path)
            one = read(reading, file.read_bytes().decode("utf-8-sig"))
            if one is not None:
                found.append(one)
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            reading.problem(line, "This is not UTF-8: save the file as UTF-8. No name in it is used.")
        except OSError as error:
            reading.problem(1, f"The file cannot be opened: {error.strerror}. Check its permissions.")
        except ReadError as error:
            reading.problem(error.line, error.message)
        except csv.Error as error:
            reading.problem(reading.line, f"This is no CSV: {error}. Correct the line. No name in the file is used.")
        problems.extend(reading.problems)
    return found, problems


class _Reading:
    """Reads one file."""

    def __init__(self, path: str, name: str) -> None:
        self.path = path
        self.name = name
        self.line = 1
        self.problems: list[Problem] = []

    def problem(self, line: int, message: str, severity: Severity = "error") -> None:
        self.problems.append(
            Problem(path=self.path, line=line, message=message, severity=severity, code="vocabulary-file")
        )

    def read(self, text: str) -> Vocabulary | None:
        """Return the vocabulary that is in *text*."""
        begun = self._begin(text)
        if begun is None:
            return None
        about, columns, lines = begun
        first = self.line - 1
        rows: dict[str, _Row] = {}
        reader = csv.reader(lines)
        next(reader)
        for cells in reader:
            self.line = first + reader.line_num
            self._add(rows, columns, cells)
        self._check_parents(rows)
        is_ror = all(_ROR.match(f"https://ror.org/{identifier}") for identifier in rows)
        return OwnVocabulary(replace(about, scheme="ror") if is_ror else about, rows)

    def about(self, text: str) -> About | None:
        """Return what *text* says of the vocabulary in it."""
        begun = self._begin(text)
        return begun[0] if begun else None

    def _begin(self, text: str) -> tuple[About, dict[str, list[int]], list[str]] | None:
        """Return what the vocabulary is, where its columns are, and the lines from the one that names them on."""
        lines = text.splitlines(keepends=True)
        head, first = self._head(lines)
        columns = self._columns(next(csv.reader(lines[first:]), []), first + 1)
        kind = head.get("kind", "organization")
        if kind not in OWN_KINDS:
            self.problem(1, f"“{kind}” is no kind of vocabulary: write one of {', '.join(OWN_KINDS)} after “# kind:”.")
            return None
        if columns is None:
            return None
        about = About(
            name=self.name,
            kind=kind,
            title=head.get("title", self.name),
            version=head.get("version", ""),
            source=head.get("source", f"seeds/{self.path}"),
            licence=head.get("licence", ""),
            scheme=self.name,
        )
        self.line = first + 1
        return about, columns, lines[first:]

    def _head(self, lines: list[str]) -> tuple[dict[str, str], int]:
        head: dict[str, str] = {}
        for number, line in enumerate(lines):
            if not line.startswith("#"):
                return head, number
            what, colon, text = line.lstrip("# ").partition(":")
            if colon and fold(what) in HEAD:
                head[fold(what)] = text.strip()
            elif colon:
                self.problem(
                    number + 1, f"“{what}” is nothing that a vocabulary says of itself: write one of {', '.join(HEAD)}."
                )
        return head, len(lines)

    def _columns(self, named: list[str], line: int) -> dict[str, list[int]] | None:
        columns: dict[str, list[int]] = {}
        for number, written in enumerate(named):
            plain = " ".join(written.strip().casefold().replace("_", " ").split())
            for column, known in COLUMNS.items():
                if plain in {name.replace("_", " ") for name in known}:
                    columns.setdefault(column, []).append(number)
        missing = [column for column in ("id", "name") if column not in columns]
        if missing:
            self.problem(
                line,
                f"There is no column “{missing[0]}”: the first row names the columns, and “id” and “name” are needed. "
                "No name in the file is used.",
            )
            return None
        return columns

    def _add(self, rows: dict[str, _Row], columns: Mapping[str, list[int]], cells: list[str]) -> None:
        def values(column: str) -> Iterator[str]:
            for number in columns.get(column, ()):
                for piece in _BORDER.split(cells[number]) if number < len(cells) else ():
                    if text := _LANGUAGE.sub("", piece.strip()):
                        yield text

        if not any(cell.strip() for cell in cells):
            return
        identifier = _plain_id(cells[columns["id"][0]].strip() if columns["id"][0] < len(cells) else "")
        name = next(values("name"), "")
        if not identifier or not name:
            self.problem(self.line, "This row has no id or no name: fill both in, or take it out.", "warning")
            return
        names = [(text, kind) for column, kind in _KIND_OF_COLUMN.items() for text in values(column)]
        parents = tuple(
            _plain_id(found[1])
            for text in values("part of")
            if (found := _PARENT.match(text)) and _plain_id(found[1]) != identifier
        )
        city, country = next(values("city"), None), next(values("country"), None)
        known = rows.get(identifier)
        if known is None:
            rows[identifier] = _Row(self.line, Concept(identifier, name, parents, city, country), names)
            return
        if known.concept.name != name:
            self.problem(
                self.line,
                f"“{name}” has the id {identifier}, which “{known.concept.name}” in line {known.line} has too: one id "
                "is one concept; join the rows or correct the id.",
            )
            return
        # A row for each place: what stands in several has none.
        at = known.concept
        known.names.extend(names)
        known.concept = Concept(
            identifier,
            name,
            tuple(dict.fromkeys((*at.parents, *parents))),
            at.city if at.city == city else None,
            at.country if at.country == country else None,
        )

    def _check_parents(self, rows: Mapping[str, _Row]) -> None:
        for row in rows.values():
            unknown = [parent for parent in row.concept.parents if parent not in rows]
            if unknown and not _ROR.match(f"https://ror.org/{unknown[0]}"):
                self.problem(
                    row.line,
                    f"“{row.concept.name}” is part of {unknown[0]}, which is the id of no row: correct it, or add "
                    "the row.",
                    "warning",
                )


def _plain_id(identifier: str) -> str:
    """Return an id without the web address that ROR writes before it."""
    found = _ROR.match(identifier)
    return found[1] if found else identifier
