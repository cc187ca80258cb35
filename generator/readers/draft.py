"""A record in the making: every value is put in together with the lines that state it."""

from __future__ import annotations

from typing import cast

from generator.model.catalog_section import DocumentReference, UnreadText
from generator.model.document import Document, LineRole
from generator.model.pointers import Json, escape, lookup_steps
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.sentence import Note, as_sentence
from generator.model.source import Absence, AbsenceReason, How, Source
from generator.readers.checking import LeftOut, sources_above, typed

Lines = int | tuple[int, int]
"""One line number, or the first and the last of several."""


class Draft:
    """Collects what one document states about one trial.

    Values can only be put in with their lines, so a finished record has a source for each value, and the
    document knows what each line became.  Paths are written with dots from the record's root, as in
    ``protocolSection.statusModule.overallStatus``.
    """

    def __init__(self, document: Document, layout: str) -> None:
        """Start an empty record of what *document*, recognised as *layout*, states."""
        self.document = document
        self.layout = layout
        self._values: dict[str, Json] = {}
        self._sources: dict[str, list[Source]] = {}
        self._registry_values: dict[str, dict[str, None]] = {}
        self._absences: dict[str, Absence] = {}
        self._accounts: list[tuple[range, str]] = []
        self._mentions: set[int] = set()
        self._parents: dict[str, dict[str, Json]] = {}
        """By path: the objects that values were put into, which are never replaced."""
        self.place: str | None = None
        """JSON pointer, XML path or column, noted with every value stated from now on."""

    def state(self, path: str, value: Json, lines: Lines, how: How = "stated", note: Note | None = None) -> None:
        """Put *value* (a scalar, or a list of scalars) at *path*, stated by *lines*.

        Raises ValueError where the path already holds another value: a reader that finds two values for one
        field has to decide what that means before it comes here.
        """
        parent, key = self._parent(path)
        present = parent.get(key)
        if present is not None and present != value:
            raise ValueError(f"{path} is already {present!r}, cannot become {value!r}")
        self._put(parent, key, path, value, lines, how, note)

    def offer(self, path: str, value: Json, lines: Lines, how: How = "stated", note: Note | None = None) -> bool:
        """Put *value* at *path* if nothing or the same stands there; else change nothing and return False.

        For values that a damaged document may state twice: what is refused stays unread and so visible.
        """
        parent, key = self._parent(path)
        present = parent.get(key)
        if present is not None and present != value:
            return False
        self._put(parent, key, path, value, lines, how, note)
        return True

    def _put(
        self, parent: dict[str, Json], key: str, path: str, value: Json, lines: Lines, how: How, note: Note | None
    ) -> None:
        parent[key] = value
        pointer = _pointer(path)
        if isinstance(value, list):
            for index in range(len(value)):
                self._note_source(f"{pointer}/{index}", lines, how, note)
        else:
            self._note_source(pointer, lines, how, note)

    def append(
        self,
        path: str,
        value: Json,
        lines: Lines,
        how: How = "stated",
        note: Note | None = None,
        *,
        several: bool = False,
    ) -> None:
        """Add *value*, a scalar or an object whose lines are told as one, to the list at *path*, stated by *lines*.

        With *several*, it may be more than one value, and the document has no border between them.
        """
        parent, key = self._parent(path)
        items = cast("list[Json]", parent.setdefault(key, []))
        items.append(value)
        self._note_source(f"{_pointer(path)}/{len(items) - 1}", lines, how, note, several=several)

    def item(self, path: str) -> str:
        """Add an empty object to the list at *path* and return its own path, to put values under."""
        parent, key = self._parent(path)
        items = cast("list[Json]", parent.setdefault(key, []))
        items.append({})
        return f"{path}.{len(items) - 1}"

    def registry_field(self, name: str, value: str, lines: Lines) -> None:
        """Keep *value* under *name*, the document's own name for a field that the model has no place for.

        A further value under the same name stands below the first; the same value again is one more source.
        """
        self._registry_values.setdefault(name, {}).setdefault(value)
        self._note_source(f"/catalogSection/registryFields/{escape(name)}", lines, "stated", None)

    def support(self, path: str, lines: Lines, how: How = "stated", note: Note | None = None) -> None:
        """Add *lines* as one more source of the value that is already at *path*."""
        if self.value(path) is None:
            raise ValueError(f"{path} holds nothing that could be supported")
        self._note_source(_pointer(path), lines, how, note)

    def absent(self, path: str, reason: AbsenceReason, note: Note, lines: Lines | None = None) -> None:
        """Say why nothing is at *path*; with *lines*, where the document shows the absence."""
        sources = [self._source(lines, "stated", None)] if lines is not None else []
        self._absences[_pointer(path)] = Absence(reason=reason, note=as_sentence(note), sources=sources)

    def mentioned(self, number: int) -> None:
        """Say that the line with this number names another trial, and is no fact about this one."""
        self._mentions.add(number)

    def value(self, path: str) -> Json:
        """Return what is at *path*, or None."""
        above, _, key = path.rpartition(".")
        if (parent := self._parents.get(above)) is not None:
            return parent.get(key)
        return lookup_steps(self._values, path.split("."))

    def finish(self, identifier: str, as_of: str | None = None, *, provisional: bool = False) -> Record:
        """Return the record and tell the document's lines what they became.

        *identifier* is the registry number or the slug; *as_of* the date (partial) that the document gives
        for its content.  Unread lines are not known yet: see :func:`unread_text`.
        """
        study, left_out = typed(self._values)
        section = study.catalog_section
        section.id = identifier
        section.provisional = provisional
        section.registry_fields = {name: "\n".join(values) for name, values in self._registry_values.items()}
        section.sources = self._sources
        section.absences = self._absences
        section.documents = [
            DocumentReference(
                path=self.document.path,
                layout=self.layout,
                title=study.protocol_section.identification_module.brief_title,
                sha256=self.document.sha256 or None,
                as_of=as_of,
            )
        ]
        lines = self.document.lines if self._accounts else []
        for numbers, pointer in self._accounts:
            became = f"{identifier}#{pointer}"
            for number in numbers:
                line = lines[number - 1]
                if line.role is LineRole.BLANK:
                    continue
                if line.role is not LineRole.FACT:
                    line.role = LineRole.MENTION if number in self._mentions else LineRole.FACT
                if became not in line.became:
                    line.became.append(became)
        return Record(study, problems=[self._problem_of(one) for one in left_out])

    def _problem_of(self, left_out: LeftOut) -> Problem:
        """Return what is to be said of a value that the model has no place for; its lines become unread."""
        sources = self._sources.get(left_out.pointer) or sources_above(self._sources, left_out.pointer)
        return Problem(
            path=self.document.path,
            line=sources[0].first_line if sources else 1,
            message=f"{left_out.pointer} cannot be what it stands for ({left_out.expectation}); it is left out",
            severity="warning",
            code="unexpected-type",
        )

    def _parent(self, path: str) -> tuple[dict[str, Json], str]:
        above, _, key = path.rpartition(".")
        parent = self._parents.get(above)
        if parent is None:
            here: Json = self._values
            for step in above.split(".") if above else ():
                if isinstance(here, list):
                    here = here[int(step)]
                else:
                    here = cast("dict[str, Json]", here).setdefault(step, {})
            parent = self._parents[above] = cast("dict[str, Json]", here)
        return parent, key

    def _source(self, lines: Lines, how: How, note: Note | None, *, several: bool = False) -> Source:
        first, last = (lines, lines) if isinstance(lines, int) else lines
        place = self.place
        if place is None and (page := self.document.page_of(first)):
            place = f"page {page}"
        return Source(
            document=self.document.path,
            first_line=first,
            last_line=last,
            how=how,
            place=place,
            note=as_sentence(note) if note else None,
            several=several,
        )

    def _note_source(self, pointer: str, lines: Lines, how: How, note: Note | None, *, several: bool = False) -> None:
        source = self._source(lines, how, note, several=several)
        present = self._sources.get(pointer)
        if present is None:
            self._sources[pointer] = [source]
        elif source not in present:
            present.append(source)
        if not self.document.structured:
            self._accounts.append((range(source.first_line, source.last_line + 1), pointer))


def _pointer(path: str) -> str:
    """Return *path* as a JSON pointer; the API's names hold nothing that a pointer would have to escape."""
    return "/" + path.replace(".", "/")


def unread_text(document: Document) -> list[UnreadText]:
    """Return the unread lines of *document*, neighbours joined, blank lines between them kept."""
    groups: list[list[int]] = []
    for line in document.unread():
        if groups and all(
            document.line(number).role is LineRole.BLANK for number in range(groups[-1][-1] + 1, line.number)
        ):
            groups[-1].append(line.number)
        else:
            groups.append([line.number])
    return [
        UnreadText(
            document=document.path,
            first_line=group[0],
            last_line=group[-1],
            text="\n".join(document.line(number).text for number in range(group[0], group[-1] + 1)),
        )
        for group in groups
    ]
