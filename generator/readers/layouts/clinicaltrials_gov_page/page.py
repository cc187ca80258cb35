"""The walk down the page's sections, which hands each label to what reads the lines below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.language.messages import gettext_noop
from generator.model.document import Document, LineRole
from generator.model.registry_numbers import find_numbers
from generator.model.sentence import sentence
from generator.readers.display_words import known_value
from generator.readers.fields import Field, Rule, Statements, plain_name
from generator.readers.layouts.clinicaltrials_gov_classic.words import ages, is_without_highest_age
from generator.readers.layouts.clinicaltrials_gov_page.lines import Line, page_lines
from generator.readers.layouts.clinicaltrials_gov_page.results import cut_results, read_results
from generator.readers.layouts.clinicaltrials_gov_page.tables import (
    BOILERPLATE,
    HEADERS,
    ORDER,
    OTHER_HEADINGS,
    PREFIXED,
    SECTIONS,
    TYPED,
    Label,
    Shape,
)

_TYPED_LABEL = re.compile(
    r"(?P<label>[^()]{5,70}?)\s*\((?P<type>actual|estimated|anticipated)\)\s*:?\s*(?P<value>.*)", re.IGNORECASE
)
_IDENTIFIER = "clinicaltrials.gov id"
_STATUS = "protocolSection.statusModule"
_LONGEST_LABEL = 70
_LONGEST_ITEM = 400
"""Characters of an item of a list: a longer line is text that ran into it."""
_PARTIES = re.compile(r"participant|subject|care ?provider|caregiver|investigator|outcomes assessor", re.IGNORECASE)
_PROVIDED = re.compile(r"(?P<name>(?:\S(?:.{0,300}?\S)??)?)\s*(?:\(responsible party\))?", re.IGNORECASE)
_LAST_STATUS = re.compile(r"last known status was:?\s*(?P<status>.{1,40})", re.IGNORECASE)
_LABELLED = re.compile(r"(?P<label>[^:]{1,40}):\s*(?P<value>.+)")
_CONTACT_FIELDS = {"name": "name", "phone number": "phone", "phone": "phone", "email": "email", "e-mail": "email"}
_EXTENSION = re.compile(r"(?P<phone>[^a-z]{5,40}?)\s*ext\.?:?\s*(?P<extension>\+?\w{1,12})", re.IGNORECASE)
_DEGREES = frozenset(
    """
    md phd dphil do mbbs mbchb mbbch mph msc ms ma mba msn mhs mpharm pharmd bsc ba rn np dds dmd dvm edd psyd scd drph
    dr prof professor jr sr ii iii frcp frcpc frcs fracp facp facc facs faha fesc mrcp frcpath pt dpt
    """.replace("\n", " ").split()
)
"""What stands behind a comma and still belongs to a person's name, in lower case and without points."""
_OFFICIAL_NOTE = gettext_noop(
    "The page joins name, degrees and affiliation with commas; what looks like a degree is taken for part of the name."
)


@dataclass(frozen=True, slots=True)
class Found:
    """A label as it stands on a line."""

    name: str
    label: Label
    qualifier: str = ""
    """``Actual`` or ``Estimated``."""
    value: str = ""
    """What stands behind it on the same line."""


class Page:
    """The reading of one page."""

    def __init__(self, document: Document, layout: str, tables: Mapping[Shape, Callable[[Page, Found], None]]) -> None:
        """Start before the first line of *document*; *tables* read what stands in tables, by the label's shape."""
        self.document = document
        self.tables = tables
        self.statements = Statements(document, layout, {})
        self.draft = self.statements.draft
        self.lines = page_lines(document)
        self.position = 0
        self.section = ""
        self.label_place = -1
        """Place of the last label in its section."""
        self.interventions: dict[str, str] = {}
        """Interventions as the page writes them, ``drug: zinc`` -> their paths."""

    # Where reading stands

    def more(self) -> bool:
        """Say whether lines are left."""
        return self.position < len(self.lines)

    @property
    def line(self) -> Line:
        """The line at the cursor."""
        return self.lines[self.position]

    def known(self, line: Line, role: LineRole, meaning: str) -> None:
        """Account for *line* as a heading or a sentence of the site."""
        self.document.account(line.number, role, meaning)

    def field(self, name: str, text: str, first: Line, last: Line | None = None) -> Field:
        """Return *text*, which stands from the line *first* to *last*, as a field."""
        return Field(name, text, (first.number, (last or first).number))

    def section_at(self, line: Line) -> str | None:
        """Return the section that *line* opens: one that comes after the present one on the page."""
        name = OTHER_HEADINGS.get(line.name, line.name)
        if name not in SECTIONS or (self.section and ORDER[name] <= ORDER[self.section]):
            return None
        return name

    def label_at(self, line: Line, *, in_text: bool = False) -> Found | None:
        """Return the label that *line* begins with, in the present section.

        Free text ends only at a label that comes later in the section, and that stands alone on its line but in the
        details of the design, where labels and values share lines.
        """
        found = self._label_at(line, in_text and self.section != "study plan")
        if found and in_text and list(SECTIONS[self.section]).index(found.name) <= self.label_place:
            return None
        return found

    def _label_at(self, line: Line, alone: bool) -> Found | None:
        labels = SECTIONS.get(self.section, {})
        name = line.name
        if name in labels:
            return Found(name, labels[name])
        for prefix in PREFIXED:
            if prefix in labels and name.startswith(f"{prefix} "):
                return Found(prefix, labels[prefix])
        typed = _TYPED_LABEL.fullmatch(line.bare) if "(" in line.bare else None
        if typed and (name := plain_name(typed["label"])) in labels and name in TYPED:
            return Found(name, labels[name], typed["type"], typed["value"].strip("| "))
        if alone:
            return None
        if len(line.cells) == 2 and (name := plain_name(line.cells[0])) in labels and labels[name].shape != "arms":
            return Found(name, labels[name], value=line.cells[1])
        label, colon, value = line.bare.partition(":")
        if not colon or len(label) > _LONGEST_LABEL:
            return None
        name = plain_name(label)
        return Found(name, labels[name], value=value.strip()) if value.strip() and name in labels else None

    def ends(self, line: Line, *, in_text: bool = False) -> bool:
        """Say whether *line* belongs to what comes next."""
        return self.section_at(line) is not None or self.label_at(line, in_text=in_text) is not None

    def below(self) -> list[Line]:
        """Return the lines from the cursor to the next label or section, and move behind them."""
        start = self.position
        while self.more() and not self.ends(self.line):
            self.position += 1
        return self.lines[start : self.position]

    # The page

    def read(self) -> None:
        """Read the whole page."""
        self.lines, results = cut_results(self.lines)
        start = max((index for index, line in enumerate(self.lines) if line.name == "study overview"), default=None)
        if start is None:
            start = next((index for index, line in enumerate(self.lines) if self.section_at(line)), len(self.lines))
        self._head(self.lines[:start])
        self.position = start
        while self.more():
            line = self.line
            section = self.section_at(line)
            if section:
                self.section, self.label_place = section, -1
                self.known(line, LineRole.HEADING, section)
                self.position += 1
            elif found := self.label_at(line):
                self._label(found)
            else:
                if BOILERPLATE.fullmatch(line.bare):
                    self.known(line, LineRole.BOILERPLATE, "sentence of the site")
                self.position += 1
        if results:
            read_results(self.document, self.draft, results)

    def _head(self, lines: list[Line]) -> None:
        """Read what stands above the sections: status, title, number, sponsor."""
        place = next((i for i, line in enumerate(lines) if line.name.startswith(_IDENTIFIER)), None)
        for index, line in enumerate(lines):
            if BOILERPLATE.fullmatch(line.bare) or line.name in ORDER | OTHER_HEADINGS:
                self.known(line, LineRole.BOILERPLATE, "sentence of the site")
                if line.bare.casefold() in {"no results posted", "results posted"}:
                    posted = line.bare.casefold() == "results posted"
                    self.statements.state("hasResults", posted, self.field("", "", line))
            elif place is not None and index >= place and (found := self._head_label(lines, index)):
                self._head_value(*found)
        if place is not None:
            self._title(lines[:place])

    def _head_label(self, lines: list[Line], index: int) -> tuple[str, str, Line, Line] | None:
        """Return the label of the head at *index*, its value and the lines of both."""
        line = lines[index]
        plain = line.bare.casefold()
        for label in (_IDENTIFIER, "sponsor", "information provided by", "last update posted"):
            if not plain.startswith(label):
                continue
            value = line.bare[len(label) :].strip(" :|\t")
            if value:
                return label, value, line, line
            if index + 1 < len(lines):
                return label, lines[index + 1].bare, line, lines[index + 1]
        return None

    def _head_value(self, label: str, value: str, line: Line, last: Line) -> None:
        field = self.field(label, value, line, last)
        if label == _IDENTIFIER:
            numbers = find_numbers(value)
            if len(numbers) == 1 and numbers[0].kind.name == "nct":
                self.statements.identify(numbers[0], field)
        elif label == "sponsor":
            self.statements.state("protocolSection.sponsorCollaboratorsModule.leadSponsor.name", value, field)
        elif label == "last update posted":
            self._typed_date(Rule(f"{_STATUS}.lastUpdatePostDateStruct", "date"), value, field)
        else:
            party = _PROVIDED.fullmatch(value)
            if party and party["name"]:
                self.statements.state("catalogSection.responsibleParty", party["name"], field)

    def _typed_date(self, rule: Rule, value: str, field: Field) -> None:
        """State a date behind which its type may stand in parentheses, or before which it does."""
        found = re.fullmatch(r"(?:\((?P<before>\w+)\)\s*)?(?P<date>[^()]+?)\s*(?:\((?P<behind>\w+)\))?", value)
        if found and self.statements.apply(Rule(f"{rule.path}.date", "date"), field.part(found["date"])):
            kind = known_value("dateType", found["before"] or found["behind"] or "")
            if kind:
                self.statements.state(f"{rule.path}.type", kind, field)

    def _title(self, lines: list[Line]) -> None:
        """Read the title, the last line above the number, and the status, a word alone above it."""
        rest = [line for line in lines if self.document.line(line.number).role is LineRole.UNREAD]
        if not rest:
            return
        title = rest.pop()
        self.statements.state(
            "protocolSection.identificationModule.briefTitle", title.bare, self.field("title", title.bare, title)
        )
        for line in reversed(rest[-4:]):
            reason = re.fullmatch(r"\((.+)\)", line.bare)
            last = _LAST_STATUS.fullmatch(line.bare)
            status = known_value("status", line.bare)
            if reason:
                self.statements.state(f"{_STATUS}.whyStopped", reason[1].strip(), self.field("", "", line))
            elif last and (known := known_value("status", last["status"])):
                self.statements.state(f"{_STATUS}.lastKnownStatus", known, self.field("", "", line))
            elif status:
                self.statements.state(f"{_STATUS}.overallStatus", status, self.field("", "", line))
                return
            else:
                return

    # Labels and what stands below them

    def _label(self, found: Found) -> None:
        """Read the label at the cursor and what belongs to it."""
        label_line = self.line
        self.label_place = list(SECTIONS[self.section]).index(found.name)
        self.position += 1
        shape = found.label.shape
        if shape == "heading" or (not found.value and shape != "line"):
            self.known(label_line, LineRole.HEADING, found.name)
        if shape == "line":
            self._one_line(found, label_line)
        elif shape == "text":
            self._text(found, label_line)
        elif shape in self.tables:
            self.tables[shape](self, found)
        elif shape != "heading":
            behind = [Line.of(label_line.number, found.value)] if found.value else []
            lines = behind if behind and shape == "kept" else [*behind, *self.below()]
            self._list(found, [line for line in lines if line.text and not self.is_furniture(line)])

    def is_furniture(self, line: Line) -> bool:
        """Account for a sentence of the site among the lines below a label, and say whether *line* is one."""
        if not BOILERPLATE.fullmatch(line.bare):
            return False
        self.known(line, LineRole.BOILERPLATE, "sentence of the site")
        return True

    def _one_line(self, found: Found, label_line: Line) -> None:
        """Read a value that is one line: the rest of the label's, or the next one."""
        value, last = found.value, label_line
        if not value and self.more() and not self.ends(self.line) and not BOILERPLATE.fullmatch(self.line.bare):
            value, last = self.line.bare, self.line
        rule = found.label.rule
        if not value:
            self.known(label_line, LineRole.HEADING, found.name)
            return
        field = self.field(found.name, value, label_line, last)
        if found.name in TYPED and rule.kind == "date":
            before = self.draft.value(f"{rule.path}.date")
            self._typed_date(rule, f"({found.qualifier}) {value}" if found.qualifier else value, field)
            understood = self.draft.value(f"{rule.path}.date") is not None and before is None
            understood = understood or self.document.line(last.number).role is LineRole.FACT
        elif found.name == "enrollment":
            understood = self.statements.apply(Rule(f"{rule.path}.count", "count"), field)
            kind = known_value("dateType", found.qualifier)
            if understood and kind and self.draft.value(f"{rule.path}.count") is not None:
                self.statements.state(f"{rule.path}.type", kind, field)
        elif rule.kind == "masking":
            understood = self.statements.apply(rule, field.part(_with_commas(value)))
        else:
            understood = self.statements.apply(rule, field)
        if last is not label_line:
            if understood:
                self.position += 1
            else:
                self.known(label_line, LineRole.HEADING, found.name)

    def _text(self, found: Found, label_line: Line) -> None:
        """Read free text, to the next label that can follow it."""
        start = self.position
        while self.more() and not self.ends(self.line, in_text=True):
            self.position += 1
        lines = self.lines[start : self.position]
        if found.value:
            lines = [Line.of(label_line.number, found.value), *lines]
        if lines:
            field = self.field(found.name, paragraphs(lines), lines[0], lines[-1])
            self.statements.apply(found.label.rule, field)

    def _list(self, found: Found, lines: list[Line]) -> None:
        """Read what has a line for each item."""
        rule = found.label.rule
        reading = {
            "interventions": self._interventions,
            "identifiers": self._identifiers,
            "person": self._person,
            "officials": self._officials,
        }.get(found.label.shape)
        if reading:
            reading(lines)
        elif found.label.shape == "mesh" and lines:
            text = "\n".join(line.bare for line in lines)
            self.statements.state("catalogSection.meshTerms", text, self.field(found.name, text, lines[0], lines[-1]))
        elif found.label.shape == "kept" and lines:
            self.statements.keep(self.field(found.name.capitalize(), paragraphs(lines), lines[0], lines[-1]))
        else:
            for line in lines:
                self._item(found, rule, line)

    def _item(self, found: Found, rule: Rule, line: Line) -> None:
        """Read one item of a list; a line that cannot be one stays unread."""
        field = self.field(found.name, line.bare, line)
        shape = found.label.shape
        if shape == "references":
            path = "protocolSection.referencesModule.references"
            self.statements.add(path, field, type=rule.path, citation=line.bare)
        elif len(line.bare) > _LONGEST_ITEM:
            return
        elif shape == "collaborators":
            self.statements.add(rule.path, field, name=line.bare)
        elif shape == "links":
            address = re.fullmatch(r"https?://\S+", line.bare)
            self.statements.add(rule.path, field, **{"url" if address else "label": line.bare})
        elif shape == "info types":
            kind = known_value("ipdSharingInfoType", line.bare)
            if kind:
                self.statements.append(rule.path, kind, field)
        elif shape == "ages":
            self._ages(field)
        elif rule.kind == "phases":
            self._phase(rule, field)
        else:
            self.statements.apply(rule, field)

    def _phase(self, rule: Rule, field: Field) -> None:
        """Add one phase to those that stand in lines of their own; several in one line are a whole list."""
        value = known_value("phase", field.line)
        if value is None:
            self.statements.apply(rule, field)
        else:
            self.statements.append(rule.path, value, field)

    def _ages(self, field: Field) -> None:
        limits = ages(field.line)
        for name, value in zip(("minimumAge", "maximumAge", "stdAges"), limits or (), strict=False):
            if value:
                self.statements.state(f"protocolSection.eligibilityModule.{name}", value, field)
        if is_without_highest_age(field.line):
            path = "protocolSection.eligibilityModule.maximumAge"
            note = sentence("The page says “{words}”.", words=field.line)
            self.statements.draft.absent(path, "statedAsNone", note, field.lines)

    def _interventions(self, lines: list[Line]) -> None:
        """Read ``Drug: Zinc``, one a line."""
        for line in lines:
            word, colon, name = line.bare.partition(":")
            kind = known_value("interventionType", word) if colon else None
            if kind and name.strip():
                path = self.statements.add(
                    "protocolSection.armsInterventionsModule.interventions",
                    self.field("intervention", line.bare, line),
                    type=kind,
                    name=name.strip(),
                )
                self.interventions.setdefault(line.name, path)

    def _identifiers(self, lines: list[Line]) -> None:
        """Read the study's own number and the others, one a line, some with their type in parentheses."""
        own = "protocolSection.identificationModule.orgStudyIdInfo.id"
        for line in lines:
            field = self.field("number", line.bare, line)
            if len(line.bare) > _LONGEST_ITEM:
                continue
            if self.draft.value(own) is None:
                self.statements.state(own, line.bare, field)
                continue
            written, bracket, inside = line.bare.removesuffix(")").rpartition("(")
            kind, _, domain = inside.partition(":")
            known = known_value("secondaryIdType", kind) if bracket and line.bare.endswith(")") else None
            if known and written.strip():
                self.statements.secondary_id(written.strip(), field, known, domain.strip() or None)
            else:
                self.statements.secondary_id(line.bare, field)

    def _person(self, lines: list[Line]) -> None:
        """Read ``Name: …``, ``Phone Number: …``, ``Email: …``; a second name begins another person."""
        path = ""
        for line in lines:
            labelled = _LABELLED.fullmatch(line.bare)
            key = _CONTACT_FIELDS.get(plain_name(labelled["label"])) if labelled else None
            if labelled is None or key is None:
                continue
            if key == "name" or not path:
                path = self.draft.item("protocolSection.contactsLocationsModule.centralContacts")
                self.statements.state(f"{path}.role", "CONTACT", self.field("role", "", line))
            self.state_contact(path, key, labelled["value"].strip(), line)

    def state_contact(self, path: str, key: str, value: str, line: Line) -> None:
        """State a part of a contact; an extension is parted from its number."""
        extended = _EXTENSION.fullmatch(value) if key == "phone" else None
        field = self.field(key, value, line)
        self.statements.state(f"{path}.{key}", extended["phone"].strip() if extended else value, field)
        if extended:
            self.statements.state(f"{path}.phoneExt", extended["extension"], field)

    def _officials(self, lines: list[Line]) -> None:
        """Read ``Principal Investigator: name, degrees, affiliation``."""
        for line in lines:
            labelled = _LABELLED.fullmatch(line.bare)
            role = known_value("role", labelled["label"]) if labelled else None
            if labelled is None or role is None:
                continue
            parts = re.split(r", (?![^()]{0,200}\))", labelled["value"])
            size = 1
            while size < len(parts) and _is_degree(parts[size]):
                size += 1
            field = self.field("official", line.bare, line)
            path = self.statements.add("protocolSection.contactsLocationsModule.overallOfficials", field, role=role)
            note = _OFFICIAL_NOTE if len(parts) > 1 else None
            self.statements.state(f"{path}.name", ", ".join(parts[:size]), field, note)
            if parts[size:]:
                self.statements.state(f"{path}.affiliation", ", ".join(parts[size:]), field, note)

    def is_header(self, line: Line) -> bool:
        """Say whether *line* holds heads of tables' columns only."""
        return all(plain_name(cell) in HEADERS for cell in line.cells)


def _is_degree(text: str) -> bool:
    words = re.split(r"[\s,/&-]+", text.replace(".", "").casefold())
    return all(word in _DEGREES for word in words)


def _with_commas(value: str) -> str:
    """Return ``Double (Participant Investigator)`` with commas between the parties."""
    kind, bracket, parties = value.removesuffix(")").partition("(")
    if not bracket or _PARTIES.sub("", parties).strip(" ,"):
        return value
    return f"{kind.strip()} ({', '.join(_PARTIES.findall(parties))})"


def paragraphs(lines: list[Line]) -> str:
    """Return the text of *lines*, blank lines between them kept."""
    text = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before is not None and line.number > before.number + 1:
            text.append("")
        text.append(line.text)
    return "\n".join(text)
