"""Pages of labels and their values: a new layout of this kind is a table of its labels and a few lines.

A value stands behind its label, parted by a colon, a tab or the border of a table, or on the lines below it.  A list
and a text run over several lines, to the next label, to a blank line or to the border of their cell; any other value
is one line.  What no label names stays unread and is shown.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from generator.language.messages import gettext_noop
from generator.model.document import Document, Line, LineRole
from generator.model.record import Record
from generator.readers.fields import Field, Rule, Rules, Statements, plain_name
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import date, is_stated

_LISTS = frozenset({"texts", "names", "measures", "numbers"})
_SEVERAL_LINES = _LISTS | {"text"}
"""Kinds of values that may run over several lines."""
_BULLET = re.compile(r"[*•-]\s+")
"""What extractions put before the items of a list, which pages of labels may be made of."""
_LONGEST_LABEL = 150
_WORDS_OF_A_LINK = 3
_KEPT = Rule("", "text")
_KEPT_TEXT = Rule("", "text", note=gettext_noop("It runs to the next label."))
_BORDER = " \t|"


def table_of_labels(wordings: Mapping[Rule, str]) -> dict[str, Rule]:
    """Return label -> rule, from the wordings that each rule has, parted by semicolons."""
    return {" ".join(label.split()): rule for rule, labels in wordings.items() for label in labels.split(";")}


def set_of_labels(text: str) -> frozenset[str]:
    """Return labels that are parted by semicolons."""
    return frozenset(" ".join(label.split()) for label in text.split(";"))


def numbered_items(text: str) -> list[str]:
    """Return the items of a list whose lines begin with 1, 2, 3 and so on; none where that is not certain."""
    lines = text.split("\n")
    found = [re.match(rf"{number}[.)]\s+(?=\S)", line) for number, line in enumerate(lines, start=1)]
    return [line[mark.end() :] for line, mark in zip(lines, found, strict=True) if mark] if all(found) else []


@dataclass(slots=True)
class Labelled:
    """A label as the document writes it, its rule, and the lines of its value."""

    name: str
    rule: Rule
    label: Line
    value: str
    """What stands behind the label, on its line."""
    closed: bool
    """True where the border of the value's cell has been seen."""
    below: list[Line] = dataclasses.field(default_factory=list)

    def takes_more(self) -> bool:
        """Say whether the next line may belong to the value."""
        return not self.closed and (self.rule.kind in _SEVERAL_LINES or not (self.value or self.below))

    def add(self, line: Line) -> None:
        """Add *line* to the value."""
        self.below.append(line)
        self.closed = line.stripped.endswith("|")

    def as_field(self) -> Field:
        """Return label and value as a field; its lines are those of the value."""
        texts = ([self.value] if self.value else []) + [line.stripped.rstrip(_BORDER) for line in self.below]
        if self.rule.kind != "text" or self.rule is _KEPT:
            texts = [_BULLET.sub("", text, count=1) if _BULLET.match(text) else text for text in texts]
        first = self.label if self.value or not self.below else self.below[0]
        last = self.below[-1] if self.below else self.label
        return Field(self.name, "\n".join(texts), (first.number, last.number))


class LabelledReader(Reader):
    """The reader of a page of labels and values.  A layout fills in the attributes; most need nothing else."""

    start: str
    """Regular expression for a whole line that only this layout has."""
    rules: Rules
    """Label in lower case, without its colon -> where its value belongs.

    One label has the kind ``number``, the trial's own registry number; where another number comes, another trial
    begins."""
    kept: frozenset[str] = frozenset()
    """Further labels in lower case: their values are kept under the labels themselves."""
    kept_texts: frozenset[str] = frozenset()
    """The same, of values that run on like free texts where `runs_on` says so."""
    runs_on: bool = False
    """True where free texts and lists run over blank lines, to the next label or heading: the table of labels has all
    labels of the page."""
    number_line: str = "(?!)"
    """Regular expression for a whole line that is the trial's number without a label, as its group ``number``."""
    inline: Rules = MappingProxyType({})
    """Labels that only a blank parts from their values, above all other labels; elsewhere they may begin a sentence."""
    titled: bool = False
    """True where the page has the trial's title above all labels: it is taken where one line alone stands there, or is
    longer than a link."""
    headings: str = "(?!)"
    """Regular expression for whole lines that are headings."""
    boilerplate: str = "(?!)"
    """Regular expression for whole lines that the site prints on each page, and that say nothing of the trial; lines
    that only draw a table say nothing either."""
    updated: str = ""
    """The label of the date, day first, on which the page was last changed."""

    @cached_property
    def _start(self) -> re.Pattern[str]:
        return re.compile(rf"^[ \t]*(?:{self.start})[ \t|]*$", re.MULTILINE)

    @cached_property
    def _inline(self) -> re.Pattern[str]:
        labels = sorted(map(re.escape, self.inline), key=len, reverse=True)
        return re.compile(rf"({'|'.join(labels) or '(?!)'})\s+(\S.*)", re.IGNORECASE)

    @cached_property
    def _number_line(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self.number_line})[ |]*")

    @cached_property
    def _boilerplate(self) -> re.Pattern[str]:
        return re.compile(rf"(?:[*•-]\s+)?(?:{self.boilerplate})[ |]*|(?:{self.start})[ |\t]*|[-:| ]{{3,}}")

    @cached_property
    def _headings(self) -> re.Pattern[str]:
        return re.compile(rf"(?:#{{1,6}}\s+|[*•-]\s+)?(?:{self.headings})[ |:]*")

    def recognises(self, document: Document) -> bool:
        """Say whether it has a line that only this layout has, and the label of the trial's number."""
        return self._start.search(document.text) is not None and any(
            labelled.rule.kind == "number" for labelled in self._labelled(document)
        )

    def read(self, document: Document) -> list[Record]:
        """Return a record for each trial.  Raises ReadError where fields belong to no trial."""
        for line in document.filled():
            if self._boilerplate.fullmatch(line.stripped):
                document.account(line.number, LineRole.BOILERPLATE, "sentence of the site")
            elif self._headings.fullmatch(line.stripped):
                document.account(line.number, LineRole.HEADING, "heading")
        trials: list[list[Labelled]] = [[]]
        number = ""
        for labelled in self._labelled(document):
            if labelled.rule.kind == "number":
                written = labelled.as_field().line
                if number and written != number:
                    trials.append([])
                number = written
            trials[-1].append(labelled)
        return [self._record(document, labels) for labels in trials]

    def _record(self, document: Document, labels: list[Labelled]) -> Record:
        statements = Statements(document, self.layout, self.rules)
        own = next((labelled for labelled in labels if labelled.rule.kind == "number"), None)
        if own is not None:
            statements.apply(own.rule, own.as_field())
        if own is None or statements.number is None:
            line = own.label.number if own else 1
            raise ReadError(
                line, "The page does not state the number of a known registry, so it is not known whose data it is"
            )
        if self.titled:
            self._state_title(statements, document, labels)
        self.state(statements, [labelled for labelled in labels if labelled.rule.kind != "number"])
        for labelled in labels:
            if labelled.rule.kind == "number" and labelled is not own:
                statements.draft.support(_place_of(statements), labelled.as_field().lines)
            if not labelled.value or not is_stated(labelled.as_field().text):
                document.account(labelled.label.number, LineRole.HEADING, labelled.name)
        changed = next((one.as_field().line for one in labels if plain_name(one.name) == self.updated), "")
        return statements.finish(statements.number.identifier, date(changed, day_first=True) if changed else None)

    def _state_title(self, statements: Statements, document: Document, labels: list[Labelled]) -> None:
        """State the line above the first label as the trial's title, if no other line is left there."""
        first = next((one.label.number for one in labels if not self._is_head(one.label)), 0)
        titles: list[Line] = []
        for line in document.unread():
            text = line.stripped.lstrip("# ").rstrip(_BORDER)
            if line.number >= first or self._is_head(line):
                continue
            if text == (statements.number.number if statements.number else ""):
                statements.draft.support(_place_of(statements), line.number)
            else:
                titles.append(line)
        if len(titles) > 1:  # a site's links are of a word or two
            titles = [line for line in titles if len(line.stripped.split()) > _WORDS_OF_A_LINK]
        if len(titles) == 1:
            field = Field("Title", titles[0].stripped.lstrip("# ").rstrip(_BORDER), titles[0].number)
            statements.state("protocolSection.identificationModule.briefTitle", field.line, field)

    def _is_head(self, line: Line) -> bool:
        """Say whether *line* may stand above the title: the number, or a label with its value."""
        return any(form.fullmatch(line.stripped) for form in (self._number_line, self._inline))

    def state(self, statements: Statements, labels: list[Labelled]) -> None:
        """State what stands under *labels*, those of one trial without its number, in their order."""
        for labelled in labels:
            field = labelled.as_field()
            if labelled.rule in (_KEPT, _KEPT_TEXT):
                if is_stated(field.text):
                    statements.keep(field)
            else:
                statements.read(field)

    def _labelled(self, document: Document) -> Iterator[Labelled]:
        """Yield the labels of the page in order, each with its value."""
        current: Labelled | None = None
        above = True
        for line in document.lines:
            found = self._label_of(line) if line.stripped else None
            above = above and (found is None or found.rule.kind == "number")
            if found is None and above and (beside := self._inline.fullmatch(line.stripped)):
                found = Labelled(beside[1], self.inline[plain_name(beside[1])], line, beside[2], closed=True)
            ends = found is not None or self._ends(line)
            if current is not None and not line.stripped and not self._goes_on(current):
                ends = bool(current.below or current.value)
            if current is not None and ends:
                yield current
                current = None
            if found is not None:
                current = found
            elif current is not None and line.stripped and current.takes_more():
                current.add(line)
        if current is not None:
            yield current

    def _goes_on(self, labelled: Labelled) -> bool:
        """Say whether a value goes on behind a blank line."""
        return self.runs_on and labelled.rule.kind in _SEVERAL_LINES and labelled.rule is not _KEPT

    def _ends(self, line: Line) -> bool:
        """Say whether *line* is a heading, a sentence of the site, or a row of another table."""
        text = line.stripped
        if "\t" in text or "|" in text.rstrip(_BORDER):
            return True
        return bool(text) and (self._boilerplate.fullmatch(text) or self._headings.fullmatch(text)) is not None

    def _label_of(self, line: Line) -> Labelled | None:
        text = line.stripped
        if own := self._number_line.fullmatch(text):
            return Labelled("number", Rule("", "number"), line, own["number"], closed=True)
        text = text.lstrip("# ") if text.startswith("#") else text
        if bullet := _BULLET.match(text):
            text = text[bullet.end() :]
        for border in ("|", "\t", ":"):
            label, _, value = text.partition(border)
            name = plain_name(label) if len(label) <= _LONGEST_LABEL else ""
            rule = self.rules.get(name) or (_KEPT if name in self.kept else None)
            rule = rule or (_KEPT_TEXT if name in self.kept_texts else None)
            if rule is not None:
                filled = value.strip(_BORDER)
                return Labelled(label.strip().rstrip(" :"), rule, line, filled, bool(filled) and text.endswith("|"))
        return None


def _place_of(statements: Statements) -> str:
    """Return where the trial's own number stands in the record."""
    nct = "protocolSection.identificationModule.nctId"
    if statements.draft.value(nct) is not None:
        return nct
    return "protocolSection.identificationModule.secondaryIdInfos.0.id"
