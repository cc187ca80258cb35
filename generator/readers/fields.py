"""Named fields of one trial, put in their places by a table: what the layouts of labelled fields share.

A layout brings its fields (columns, elements, labels with their values) as :class:`Field`, and a table that has a
:class:`Rule` for each name.  Here is how each kind of value is understood.  A field that no rule takes, or whose value
is not understood, is kept under its own name among the registry's fields: nothing is lost, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from generator.language.messages import gettext_noop
from generator.model.document import Document, LineRole
from generator.model.record import Record
from generator.model.registry_numbers import RegistryNumber, recognise
from generator.model.sentence import Note, Sentence, sentence
from generator.model.source import How
from generator.readers.display_words import DISPLAY_WORDS, EnumerationName, known_value, masking
from generator.readers.draft import Draft, Lines
from generator.readers.registry_values import (
    NO_LIMIT,
    RECRUITMENT_STATUSES,
    STUDY_TYPES,
    YES_OR_NO,
    age,
    date,
    is_stated,
    open_words,
    phases,
    sex,
)

_NUMBERS = "protocolSection.identificationModule.secondaryIdInfos"

UNKNOWN_ENROLLMENT = 99_999_999
"""What ClinicalTrials.gov writes for an enrolment that nobody knows."""

Kind = Literal[
    "text",
    "line",
    "date",
    "day first date",
    "count",
    "yes or no",
    "status",
    "study type",
    "phases",
    "sex",
    "age",
    "age in years",
    "masking",
    "texts",
    "names",
    "measures",
    "number",
    "numbers",
    "known",
]
"""How a value is understood.

``text`` keeps its lines, ``line`` is one.  ``texts``, ``names`` and ``measures`` are lists whose items the layout has
parted by line breaks (the last two are put in objects of their own).  ``number`` and ``numbers`` are numbers of the
trial in registries.  ``known`` states nothing that the model has a place for, and is not shown either."""


@dataclass(frozen=True, slots=True)
class Field:
    """One filled field of one trial."""

    name: str
    """As the document writes it."""
    text: str
    """The value, its line breaks kept."""
    lines: Lines
    place: str | None = None
    """JSON pointer, XML path or column; None in a text document."""

    @property
    def line(self) -> str:
        """The value in one line."""
        return " ".join(self.text.split())

    def part(self, text: str) -> Field:
        """Return a field that holds *text*, a part of this one."""
        return Field(self.name, text, self.lines, self.place)


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a field belongs in API v2, and how its value is understood."""

    path: str
    """From the record's root; for lists of objects, the list."""
    kind: Kind | EnumerationName = "text"
    """A kind of value, or the enumeration whose words the field holds."""
    note: Note | None = None
    """Where the value only follows from the field: how."""
    extra: tuple[tuple[str, str], ...] = ()
    """Further values that the field states by itself, such as the type of a date: path and value."""


Rules = Mapping[str, Rule]
"""Name of a field, as :func:`plain_name` writes it -> rule."""


@lru_cache(maxsize=2048)
def plain_name(name: str) -> str:
    """Return *name* as tables have it: one line, lower case, without a colon at its end."""
    return " ".join(name.split()).rstrip(" :").casefold()


def enumerated(enumeration: EnumerationName, words: str) -> str | None:
    """Return the value that *words* are or stand for (``RANDOMIZED``, ``Randomized``), or None."""
    plain = words.strip()
    return plain if plain in DISPLAY_WORDS[enumeration].values() else known_value(enumeration, plain)


def note_of_form(number: RegistryNumber) -> Sentence:
    """Return how the type and the registry of *number* are known where the document does not say them."""
    return sentence("The number has the form that numbers of {registry} have.", registry=number.kind.registry)


class Statements:
    """The record of one trial in the making, filled from fields."""

    def __init__(self, document: Document, layout: str, rules: Rules) -> None:
        """Start the record of a trial in *document*; *rules* has the names in the form of :func:`plain_name`."""
        self.draft = Draft(document, layout)
        self.rules = rules
        self.number: RegistryNumber | None = None
        """The trial's own number, once it is known."""

    def read(self, field: Field) -> None:
        """Put *field* where its rule says, or keep it under its own name."""
        rule = self.rules.get(plain_name(field.name))
        if not is_stated(field.text):
            return
        if rule is None or not self.apply(rule, field):
            self.keep(field)

    def apply(self, rule: Rule, field: Field) -> bool:
        """Put *field* where *rule* says; return False, with nothing stated, where its value is not understood."""
        if rule.kind in _KINDS:
            understood = _KINDS[rule.kind](self, rule, field)
        else:
            value = enumerated(cast("EnumerationName", rule.kind), field.line)
            understood = value is not None and self.state(rule.path, value, field, rule.note)
        if understood:
            for path, value in rule.extra:
                self.state(path, value, field, rule.note)
        return understood

    def state(self, path: str, value: str | int | bool | list[str], field: Field, note: Note | None = None) -> bool:
        """Put *value* at *path*, stated by *field* or, with a *note*, following from it.

        Return False where another value stands there already.
        """
        how: How = "inferred" if note else "stated"
        self.draft.place = field.place
        return self.draft.offer(path, list(value) if isinstance(value, list) else value, field.lines, how, note)

    def add(self, path: str, field: Field, **values: str | None) -> str:
        """Add an object with *values*, without those that are None, to the list at *path*; return its own path."""
        item = self.draft.item(path)
        for name, value in values.items():
            if value:
                self.state(f"{item}.{name.rstrip('_')}", value, field)
        return item

    def append(self, path: str, value: str, field: Field, note: Note | None = None) -> None:
        """Add *value* to the list of texts at *path*, once; with a *note* it follows from *field*."""
        how: How = "inferred" if note else "stated"
        present = self.draft.value(path)
        self.draft.place = field.place
        if isinstance(present, list) and value in present:
            self.draft.support(f"{path}.{present.index(value)}", field.lines, how, note)
        else:
            self.draft.append(path, value, field.lines, how, note)

    def keep(self, field: Field) -> None:
        """Keep *field* under its own name."""
        self.draft.place = field.place
        self.draft.registry_field(field.name.strip().rstrip(":").rstrip() or "(no name)", field.text, field.lines)

    def identify(self, number: RegistryNumber, field: Field) -> None:
        """State the trial's own number: an NCT number in its place, any other as a secondary one."""
        self.number = number
        if number.kind.name == "nct":
            self.state("protocolSection.identificationModule.nctId", number.number, field)
        else:
            self.secondary_id(number.number, field)

    def secondary_id(self, written: str, field: Field, kind: str | None = None, domain: str | None = None) -> None:
        """State a further number of the trial, once.

        *kind* and *domain* are what the document says of it; else the form of the number tells whose it is.
        """
        listed = self.draft.value(_NUMBERS)
        number = recognise(written, domain or "")
        for present in listed if isinstance(listed, list) else ():
            if isinstance(present, dict) and present.get("id") == written:
                return
        if self.draft.value("protocolSection.identificationModule.nctId") == written:
            return
        item = self.add(_NUMBERS, field, id=written, type=kind, domain=domain)
        if number is not None and kind is None and number.kind.secondary_id_type:
            note = note_of_form(number)
            self.state(f"{item}.type", number.kind.secondary_id_type, field, note)
            if domain is None and number.kind.secondary_id_type == "REGISTRY":
                self.state(f"{item}.domain", number.kind.registry, field, note)

    def criteria(self, inclusion: Field | None, exclusion: Field | None) -> None:
        """State the criteria, which the document has in two fields, as one text with the headings of API v2."""
        path = "protocolSection.eligibilityModule.eligibilityCriteria"
        parts = [(title, part) for title, part in (("Inclusion", inclusion), ("Exclusion", exclusion)) if part]
        if not parts:
            return
        text = "\n\n".join(f"{title} Criteria:\n\n{part.text.strip()}" for title, part in parts)
        self.state(path, text, parts[0][1])
        for _, part in parts[1:]:
            self.draft.place = part.place
            self.draft.support(path, part.lines)

    def finish(self, identifier: str, as_of: str | None = None) -> Record:
        """Return the record."""
        return self.draft.finish(identifier, as_of)


def _text(statements: Statements, rule: Rule, field: Field) -> bool:
    return statements.state(rule.path, field.text.strip(), field, rule.note)


def _line(statements: Statements, rule: Rule, field: Field) -> bool:
    return statements.state(rule.path, field.line, field, rule.note)


def _date(statements: Statements, rule: Rule, field: Field, *, day_first: bool | None = None) -> bool:
    value = date(field.line, day_first=day_first)
    return value is not None and statements.state(rule.path, value, field, rule.note)


def _day_first_date(statements: Statements, rule: Rule, field: Field) -> bool:
    return _date(statements, rule, field, day_first=True)


def count_of(text: str) -> int | None:
    """Return a number of participants such as ``1,216`` or ``60 participants``, or None where *text* is none."""
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3}){1,2}|\d{1,8})(?: (?:participants?|subjects?|patients?))?", text.strip())
    return int(found[1].replace(",", "")) if found else None


def _count(statements: Statements, rule: Rule, field: Field) -> bool:
    number = count_of(field.line)
    if number == UNKNOWN_ENROLLMENT:
        statements.draft.place = field.place
        note = gettext_noop("The document has 99999999, which registries write for an unknown enrolment.")
        statements.draft.absent(rule.path, "notStated", note, field.lines)
        return True
    return number is not None and statements.state(rule.path, number, field, rule.note)


def _yes_or_no(statements: Statements, rule: Rule, field: Field) -> bool:
    answer = YES_OR_NO.get(field.line.casefold())
    return answer is not None and statements.state(rule.path, answer, field, rule.note)


def _status(statements: Statements, rule: Rule, field: Field) -> bool:
    words = field.line.casefold()
    value = enumerated("status", field.line) or RECRUITMENT_STATUSES.get(words) or open_words(field.line)
    return value is not None and statements.state(rule.path, value, field, rule.note)


def _study_type(statements: Statements, rule: Rule, field: Field) -> bool:
    words = field.line.casefold()
    value = enumerated("studyType", field.line) or STUDY_TYPES.get(words) or open_words(field.line)
    if words == "observational [patient registry]":
        statements.state("protocolSection.designModule.patientRegistry", True, field)
    return value is not None and statements.state(rule.path, value, field, rule.note)


def _phases(statements: Statements, rule: Rule, field: Field) -> bool:
    pieces = [piece.strip() for piece in re.split(r"[|\n]", field.text) if piece.strip()]
    values = [enumerated("phase", piece) for piece in pieces]
    found = cast("list[str]", values) if values and all(values) else phases(field.text)
    return found is not None and statements.state(rule.path, found, field, rule.note)


def _sex(statements: Statements, rule: Rule, field: Field) -> bool:
    value = sex(field.line)
    return value is not None and statements.state(rule.path, value, field, rule.note)


def _age(statements: Statements, rule: Rule, field: Field, unit: str = "") -> bool:
    if field.line.casefold() in NO_LIMIT:
        statements.draft.place = field.place
        statements.draft.absent(rule.path, "statedAsNone", gettext_noop("The registry states no limit."), field.lines)
        if not statements.draft.document.structured:
            first, last = (field.lines, field.lines) if isinstance(field.lines, int) else field.lines
            statements.draft.document.account(range(first, last + 1), LineRole.HEADING, "no limit")
        return True
    value = age(field.line, unit)
    if value is None or (rule.path.endswith("maximumAge") and value.startswith("0 ")):
        return False
    return statements.state(rule.path, value, field, rule.note)


def _age_in_years(statements: Statements, rule: Rule, field: Field) -> bool:
    return _age(statements, rule, field, "Year")


def _masking(statements: Statements, rule: Rule, field: Field) -> bool:
    kind, parties = masking(field.line)
    if kind not in DISPLAY_WORDS["masking"].values():
        return False
    if not statements.state(f"{rule.path}.masking", kind, field, rule.note):
        return False
    if parties and all(party in DISPLAY_WORDS["whoMasked"].values() for party in parties):
        statements.state(f"{rule.path}.whoMasked", parties, field, rule.note)
    return True


_MOST_ITEMS = 1_000
"""A field with more items is no list that anybody wrote."""


def _items(field: Field) -> list[Field]:
    """Return the items of a list, each once, with lines of its own where the document's lines tell them.

    Return none where they are too many to be a list.
    """
    pieces = field.text.split("\n")
    first, last = (field.lines, field.lines) if isinstance(field.lines, int) else field.lines
    told = last - first + 1 == len(pieces)
    found: dict[str, Field] = {}
    for number, piece in enumerate(pieces, start=first):
        if is_stated(piece):
            text = " ".join(piece.split())
            begin = found[text].lines if text in found else number
            begin = begin if isinstance(begin, int) else begin[0]
            found[text] = Field(field.name, text, (begin, number) if told else field.lines, field.place)
    return list(found.values()) if len(found) <= _MOST_ITEMS else []


def _each(put: Callable[[Statements, str, Field], object]) -> Callable[[Statements, Rule, Field], bool]:
    """Return what puts each item of a list where the rule says."""

    def understand(statements: Statements, rule: Rule, field: Field) -> bool:
        items = _items(field)
        for item in items:
            put(statements, rule.path, item)
        return bool(items)

    return understand


def _number(statements: Statements, _: Rule, field: Field) -> bool:
    number = recognise(field.line)
    if number is None or not number.primary or statements.number is not None:
        return False
    statements.identify(number, field)
    return True


def _known(_statements: Statements, _rule: Rule, _field: Field) -> bool:
    return True


_KINDS: dict[Kind, Callable[[Statements, Rule, Field], bool]] = {
    "text": _text,
    "line": _line,
    "date": _date,
    "day first date": _day_first_date,
    "count": _count,
    "yes or no": _yes_or_no,
    "status": _status,
    "study type": _study_type,
    "phases": _phases,
    "sex": _sex,
    "age": _age,
    "age in years": _age_in_years,
    "masking": _masking,
    "texts": _each(lambda statements, path, item: statements.append(path, item.text, item)),
    "names": _each(lambda statements, path, item: statements.add(path, item, name=item.text)),
    "measures": _each(lambda statements, path, item: statements.add(path, item, measure=item.text)),
    "number": _number,
    "numbers": _each(lambda statements, _, item: statements.secondary_id(item.text, item)),
    "known": _known,
}
if set(_KINDS) != set(get_args(Kind)):  # pragma: no cover
    raise ValueError("each kind of value needs the function that understands it")
