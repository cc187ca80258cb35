"""Decisions about names, written into ``seeds/names/*.yml`` as a person would write them.

Comments, order and style of a file stay as they are: only the lines of the one entry change, or one is added where it
belongs by its name.  Each decision says why and when.

A library that writes YAML back with its comments has one indentation for all lists of a file, so that it would change
lines that nobody decided about; PyYAML's nodes say where an entry stands, and only that is touched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from generator.identity.curated import FILES, KEYS, CuratedName, curated_key, parse_curated, sorting_key
from generator.model.catalog import Entity, Kind
from generator.storage.output import put_file

Answer = Literal["same", "different", "part of"]


class DecisionError(Exception):
    """A decision cannot be written; the message names file and line, and says what to do."""


@dataclass(frozen=True, slots=True)
class Written:
    """A file before a decision changed it, and after."""

    file: Path
    before: bytes | None
    """None where there was no file."""
    after: bytes

    def undo(self) -> None:
        """Bring the file back to what it was.

        Raises DecisionError where somebody has changed it since.
        """
        if not self.file.is_file() or self.file.read_bytes() != self.after:
            raise DecisionError(
                f"seeds/{self.file.parent.name}/{self.file.name}:1: the file was changed since: take out by hand what "
                "was decided."
            )
        if self.before is None:
            self.file.unlink(missing_ok=True)
        else:
            put_file(self.file.parent, self.file.name, self.before)


def decide(seeds: Path, first: Entity, second: Entity, answer: Answer, reason: str) -> Written:
    """Write that *first* is the same as, different from, or part of *second*, because of *reason*, below *seeds*.

    Raises DecisionError where the file of curated names has an error, or already says the contrary.
    """
    file = seeds / FILES[first.kind]
    before = file.read_bytes() if file.is_file() else None
    try:
        text = (before or b"").decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"seeds/{FILES[first.kind]}:{line}: the file is not UTF-8: save it as UTF-8, then decide again."
        raise DecisionError(message) from error
    editing = _Editing(first.kind, text)
    if answer == "same":
        editing.join(first, second, reason)
    elif answer == "different":
        for one, other in ((first, second), (second, first)):
            editing.ensure(one, reason)
            editing.ensure(other, reason)
            editing.add(one, "not_same_as", editing.name_of(other))
    else:
        editing.ensure(second, reason)
        editing.ensure(first, reason)
        editing.add(first, "part_of", editing.name_of(second))
    file.parent.mkdir(parents=True, exist_ok=True)
    after = editing.text.encode()
    put_file(file.parent, file.name, after)
    return Written(file, before, after)


class _Editing:
    """The text of one file of curated names, while it is changed."""

    def __init__(self, kind: Kind, text: str) -> None:
        self.kind = kind
        self.text = text
        self.entries: list[CuratedName] = []
        self._read()

    def _read(self) -> None:
        self.entries, problems = parse_curated(self.kind, self.text)
        wrong = next((problem for problem in problems if problem.severity == "error"), None)
        if wrong is not None:
            raise DecisionError(f"seeds/{wrong.path}:{wrong.line}: {wrong.message} Then decide again.")

    def entry_of(self, entity: Entity) -> CuratedName | None:
        """Return the entry that claims the name of *entity*."""
        key = curated_key(self.kind, entity.name)
        named = [entry for entry in self.entries if entry.name == entity.name]
        claiming = [
            entry
            for entry in self.entries
            for spelling in entry.spellings
            if curated_key(self.kind, spelling.text) == key and spelling.study is None
            if spelling.city is None or entity.city is None or spelling.city == entity.city
        ]
        return next(iter(named or claiming), None)

    def name_of(self, entity: Entity) -> str:
        """Return what the file calls *entity*."""
        entry = self.entry_of(entity)
        return entry.name if entry else entity.name

    def ensure(self, entity: Entity, reason: str) -> None:
        """Give *entity* an entry that says *reason*."""
        entry = self.entry_of(entity)
        if entry is None:
            self._insert(entity, reason)
        elif reason not in entry.source:
            self._add_source(entry, reason)

    def _add_source(self, entry: CuratedName, reason: str) -> None:
        node = next((child for at, child in self._node(entry.name).value if at.value == "source"), None)
        if node is None:
            self._insert_lines(_last_line(self._node(entry.name)) + 1, [f"  source: {scalar(reason)}"])
        elif node.style in (">", "|"):
            line = _last_line(node)
            last = self.text.splitlines()[line]
            self._insert_lines(line + 1, [last[: len(last) - len(last.lstrip())] + reason])
        else:
            self._replace(node.start_mark.index, node.end_mark.index, scalar(f"{entry.source} {reason}"))

    def join(self, first: Entity, second: Entity, reason: str) -> None:
        """Make the names of two entities spellings of one entry."""
        entries = self.entry_of(first), self.entry_of(second)
        if entries[0] and entries[1]:
            if entries[0] is entries[1]:
                return
            raise DecisionError(
                f"seeds/{FILES[self.kind]}:{entries[0].line}: “{entries[0].name}” and “{entries[1].name}” (line "
                f"{entries[1].line}) are two entries: join them by hand."
            )
        one, other = (second, first) if entries[1] else (first, second)
        self.ensure(one, reason)
        known = {curated_key(self.kind, one.name)}
        for entity in (one, other):
            for text in (entity.name, *(spelling.text for spelling in entity.spellings)):
                key = curated_key(self.kind, text)
                entry = self.entry_of(one)
                claimed = {curated_key(self.kind, spelling.text) for spelling in entry.spellings} if entry else set()
                if key not in known | claimed:
                    known.add(key)
                    self.add(one, "spellings", text, shown=spelling_line(text, entity))

    def add(self, entity: Entity, key: str, value: str, *, shown: str | None = None) -> None:
        """Add *value*, written as *shown*, to the list *key* of the entry of *entity*, unless it stands there."""
        name = self.name_of(entity)
        node = self._node(name)
        values = {str(at.value): (at, child) for at, child in node.value}
        shown = shown or scalar(value)
        if key not in values:
            behind = [child for at, child in node.value if KEYS.index(str(at.value)) < KEYS.index(key)]
            self._insert_lines(_last_line(behind[-1]) + 1, [f"  {key}: [{shown}]"])
            return
        child = values[key][1]
        items = list(child.value) if isinstance(child, yaml.SequenceNode) else [child]
        if any(str(item.value) == value for item in items if isinstance(item, yaml.ScalarNode)):
            return
        if not isinstance(child, yaml.SequenceNode) or child.flow_style:
            start, end = child.start_mark.index, child.end_mark.index
            inside = self.text[start:end].strip().removeprefix("[").removesuffix("]").strip()
            self._replace(start, end, f"[{inside}, {shown}]" if inside else f"[{shown}]")
            return
        last = items[-1]
        indent = " " * (last.start_mark.column - 2)
        self._insert_lines(_last_line(last) + 1, [f"{indent}- {shown}"])

    def _insert(self, entity: Entity, reason: str) -> None:
        behind = [entry for entry in self.entries if sorting_key(entry.name) < sorting_key(entity.name)]
        lines = [f"- name: {scalar(entity.name)}"]
        if _needs_city(entity) and entity.city:
            lines.append(f"  city: {scalar(entity.city)}")
        lines.append(f"  source: {scalar(reason)}")
        if behind:
            place = _last_line(self._node(max(behind, key=lambda entry: sorting_key(entry.name)).name)) + 1
        else:
            place = self.entries[0].line - 1 if self.entries else len(self.text.splitlines())
        self._insert_lines(place, lines)

    def _node(self, name: str) -> yaml.MappingNode:
        root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        for node in root.value if isinstance(root, yaml.SequenceNode) else ():
            if isinstance(node, yaml.MappingNode):
                named = {str(key.value): value.value for key, value in node.value}
                if " ".join(str(named.get("name", "")).split()) == name:
                    return node
        raise DecisionError(f"seeds/{FILES[self.kind]}:1: “{name}” has no entry any more: start the review again.")

    def _insert_lines(self, line: int, lines: Sequence[str]) -> None:
        present = self.text.splitlines()
        self.text = "\n".join([*present[:line], *lines, *present[line:]]) + "\n"
        self._read()

    def _replace(self, start: int, end: int, text: str) -> None:
        self.text = self.text[:start] + text + self.text[end:]
        self._read()


def _last_line(node: yaml.Node) -> int:
    """Return the last line of *node* that says something, counted from 0."""
    end = node.end_mark
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _last_line(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _last_line(node.value[-1])
    return int(end.line) - 1 if end.column == 0 and end.line > node.start_mark.line else int(end.line)


def _needs_city(entity: Entity) -> bool:
    """Say whether the name is a hospital's, which others elsewhere can bear."""
    return entity.kind == "organization" and bool(entity.city) and set(entity.roles) <= {"site"}


def spelling_line(text: str, entity: Entity) -> str:
    """Return a spelling of *entity* as YAML; a hospital's with its city, because others may bear the name elsewhere."""
    return f"{{text: {scalar(text)}, city: {scalar(entity.city or '')}}}" if _needs_city(entity) else scalar(text)


_PLAIN = re.compile(r"[^\W\d_][\w .()&’'/+-]*[\w.)]")


def scalar(text: str) -> str:
    """Return *text* as one value in YAML, in quotes only where it needs them."""
    if _PLAIN.fullmatch(text) and yaml.safe_load(f"[{text}]") == [text]:
        return text
    return json.dumps(text, ensure_ascii=False)
