"""Pages of labels and their values: a new layout of this kind is a table of its labels and a few lines.

A value stands behind its label and a colon, or on the lines below it.  A list and a text run over several lines, to
the next label or to a blank line; any other value is one line.  What no label names stays unread and is shown.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.model.document import Document, Line, LineRole
from generator.model.record import Record
from generator.readers.fields import Field, Rule, Rules, Statements, plain_name
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import is_stated

_SEVERAL_LINES = frozenset({"text", "texts", "names", "measures", "numbers"})
"""Kinds of values that may run over several lines."""
_LONGEST_LABEL = 100


@dataclass(slots=True)
class _Labelled:
    """A label as the document writes it, its rule, and the lines of its value."""

    name: str
    rule: Rule
    label: Line
    value: str
    """What stands behind the label, on its line."""
    below: list[Line] = dataclasses.field(default_factory=list)

    def takes_more(self) -> bool:
        """Say whether the next line may belong to the value."""
        return self.rule.kind in _SEVERAL_LINES or not (self.value or self.below)

    def as_field(self) -> Field:
        """Return label and value as a field; its lines are those of the value."""
        texts = ([self.value] if self.value else []) + [line.stripped for line in self.below]
        first = self.label if self.value or not self.below else self.below[0]
        last = self.below[-1] if self.below else self.label
        return Field(self.name, "\n".join(texts), (first.number, last.number))


class LabelledReader(Reader):
    """The reader of a page of labels and values.  A layout fills in the attributes; there is nothing else to write."""

    start: str
    """Regular expression for the line that only this layout has."""
    rules: Rules
    """Label in lower case, without its colon -> where its value belongs.

    One label has the kind ``number``, the trial's own registry number; where it comes again, another trial begins."""
    boilerplate: str = "(?!)"
    """Regular expression for whole lines that the site prints on each page, and that say nothing of the trial."""

    @cached_property
    def _start(self) -> re.Pattern[str]:
        return re.compile(self.start, re.MULTILINE)

    @cached_property
    def _boilerplate(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self.boilerplate})|{self.start}")

    def recognises(self, document: Document) -> bool:
        """Say whether it has the line that only this layout has, and the label of the trial's number."""
        return self._start.search(document.text) is not None and any(
            labelled.rule.kind == "number" for labelled in self._labelled(document)
        )

    def read(self, document: Document) -> list[Record]:
        """Return a record for each trial.  Raises ReadError where the first fields belong to no trial."""
        records: list[Record] = []
        statements: Statements | None = None
        before: list[_Labelled] = []
        for line in document.filled():
            if self._boilerplate.fullmatch(line.stripped):
                document.account(line.number, LineRole.BOILERPLATE, "sentence of the site")
        for labelled in self._labelled(document):
            if labelled.rule.kind == "number":
                if statements is not None and statements.number is not None:
                    records.append(statements.finish(statements.number.identifier))
                statements = Statements(document, self.layout, self.rules)
            if statements is None:
                before.append(labelled)
                continue
            for one in (labelled, *before):
                self._state(statements, one, document)
            before.clear()
            if statements.number is None:
                message = (
                    f"“{labelled.value[:40]}” is no number of a known registry, so it is not known whose data it is"
                )
                raise ReadError(labelled.label.number, message, "no-number")
        if statements is None or statements.number is None:
            raise ReadError(1, "The page does not say which trial it is about; add its number", "no-number")
        records.append(statements.finish(statements.number.identifier))
        return records

    def _state(self, statements: Statements, labelled: _Labelled, document: Document) -> None:
        field = labelled.as_field()
        if not labelled.value or not is_stated(field.text):
            document.account(labelled.label.number, LineRole.HEADING, labelled.name)
        statements.read(field)

    def _labelled(self, document: Document) -> Iterator[_Labelled]:
        """Yield the labels of the page in order, each with its value."""
        current: _Labelled | None = None
        for line in document.lines:
            if not line.stripped:
                if current is not None and (current.value or current.below):
                    yield current
                    current = None
                continue
            label, colon, value = line.stripped[:_LONGEST_LABEL].partition(":")
            rule = self.rules.get(plain_name(label))
            if rule is not None:
                if current is not None:
                    yield current
                value = line.stripped.partition(":")[2].strip() if colon else ""
                current = _Labelled(label.strip(), rule, line, value)
            elif self._boilerplate.fullmatch(line.stripped):
                continue
            elif current is not None and current.takes_more():
                current.below.append(line)
        if current is not None:
            yield current
