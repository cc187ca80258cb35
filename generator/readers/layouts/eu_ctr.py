"""EU Clinical Trials Register: the plain-text download, where a trial stands once for each member state.

Every field has a label with the code of the EudraCT application form (``A.3 Full title of the trial:``), its value
behind it or in the lines below, and translations under the same label with a language in brackets.  The sections
of one trial are merged into one record: what the member states agree on has several sources, what they state
differently stands in ``catalogSection.contradictions``, and what is each state's own (its decision, its sites) is
kept under the state's code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from generator.language.messages import gettext_noop
from generator.model.catalog_section import Contradiction, Statement
from generator.model.document import Document, Line, LineRole
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.model.sentence import Note, as_sentence, sentence
from generator.model.source import How, Source
from generator.model.word_tables import listed
from generator.readers.countries import split_countries
from generator.readers.draft import Draft
from generator.readers.reader import Reader, ReadError, line_starts
from generator.readers.registry_values import date, design_of, is_stated, open_value, sex_of

_START = re.compile(r"^Summary[ \t]*(?:\r\n|\n|\r)+EudraCT Number:(?! \||\t|\d)", re.MULTILINE)
_FIELD = re.compile(r"([A-Z](?:\.\d{1,2})+)(?:\s+(?:and|to)\s+[A-Z](?:\.\d{1,2})+)?[ \t]+(\S.*)")
_LETTERED = re.compile(r"([NP])\.[ \t]+(\S.*)")
_LANGUAGE = re.compile(r"[ \t]\(([a-z]{2})\)$")
_GROUP = re.compile(r"(Sponsor|D\.IMP:|D\.8 Placebo:)\s*(\d{1,3})")
_PREAMBLE = "This file contains full details on each clinical trial selected for download."

_SUMMARY_LABELS = frozenset(
    listed(
        """
        EudraCT Number; Sponsor's Protocol Code Number; National Competent Authority; Clinical Trial Type; Trial
        Status; Date on which this record was first entered in the EudraCT database; Trial results; Link
        """
    )
)
"""Labels without a code, before part A."""

_HEADINGS = frozenset(
    listed(
        """
        Summary; A. Protocol Information; B. Sponsor Information; C. Applicant Identification; D. IMP Identification;
        E. General Information on the Trial; F. Population of Trial Subjects; G. Investigator Networks to be involved
        in the Trial; H. Trial in Third Country; MedDRA Classification; N. Review by the Competent Authority or Ethics
        Committee in the country concerned; P. End of Trial
        """
    )
)
"""Lines that only say what follows."""

_OF_ONE_STATE = frozenset({"A.1", "E.8.3", "E.8.4", "E.8.4.1", "E.8.9.1", "F.4.1", "N", "P", "Summary"})
"""Codes of what is each member state's own: to differ is no contradiction."""

_ONE_LINE = frozenset(
    {"Summary", "A.1", "A.2", "A.4.1", "A.5.1", "A.5.2", "A.5.3", "B.5.4", "B.5.6", "E.1.2", "E.8.4.1", "E.8.5.1"}
    | {"E.8.9.1", "E.8.9.2", "F.1.2.1", "F.1.3.1", "F.4.1", "F.4.2.1", "F.4.2.2", "P"}
)
"""Codes of fields whose value never runs over several lines."""

_STATUSES = {
    "completed": "COMPLETED",
    "prematurely ended": "TERMINATED",
    "temporarily halted": "SUSPENDED",
    "suspended by ca": "SUSPENDED",
}
"""State of a trial in a member state, in lower case.  "Ongoing" does not say whether the trial recruits."""

_TEXTS = {
    "A.3": "protocolSection.identificationModule.officialTitle",
    "A.3.1": "protocolSection.identificationModule.briefTitle",
    "A.4.1": "protocolSection.identificationModule.orgStudyIdInfo.id",
    "E.1.1": "protocolSection.conditionsModule.conditions.0",
    "E.2.1": "catalogSection.objectives.0",
    "E.2.2": "catalogSection.objectives.1",
    "E.5.1": "protocolSection.outcomesModule.primaryOutcomes.0.measure",
    "E.5.1.1": "protocolSection.outcomesModule.primaryOutcomes.0.timeFrame",
    "E.5.2": "protocolSection.outcomesModule.secondaryOutcomes.0.measure",
    "E.5.2.1": "protocolSection.outcomesModule.secondaryOutcomes.0.timeFrame",
}
"""Code -> where API v2 has the same text."""

_NUMBERS = {"A.5.1": "REGISTRY", "A.5.2": "REGISTRY", "A.5.3": "OTHER"}
"""Code of another registry's number -> type of the secondary id."""

_PHASES = {"E.7.1": "PHASE1", "E.7.2": "PHASE2", "E.7.3": "PHASE3", "E.7.4": "PHASE4"}
_AGES = {"F.1.1": "CHILD", "F.1.2": "ADULT", "F.1.3": "OLDER_ADULT"}
_DESIGN = {
    "E.8.1.1": "randomised",
    "E.8.1.2": "open",
    "E.8.1.3": "single blind",
    "E.8.1.4": "double blind",
    "E.8.1.5": "parallel group",
    "E.8.1.6": "cross over",
}
_OTHER_NAMES = ("D.2.1.1.1", "D.3.8", "D.3.2", "D.3.9.2", "D.3.9.3")
"""Trade name, INN, product code, sponsor's code, other name of a product."""


@dataclass(slots=True)
class _Entry:
    """One filled field of one member state's section."""

    code: str
    label: str
    language: str | None
    group: str
    """The sponsor, product or placebo that it belongs to, such as ``D.IMP: 2``; empty for the trial itself."""
    lines: tuple[int, int]
    value: str
    state: str
    read: bool = False

    @property
    def name(self) -> str:
        """The field's name for the record."""
        code = "" if self.code == "Summary" else f"{self.code} " if "." in self.code else f"{self.code}. "
        language = f" ({self.language})" if self.language else ""
        group = f"{self.group} / " if self.group else ""
        return f"{group}{code}{self.label}{language}"

    @property
    def one_line(self) -> str:
        """The value in one line."""
        return " ".join(self.value.split())


@dataclass(slots=True)
class _Section:
    """One member state's record of a trial."""

    line: int
    entries: list[_Entry] = field(default_factory=list)
    state: str = ""

    def find(self, code: str, label: str | None = None) -> _Entry | None:
        """Return the field with this code in the register's working language, and not of a product or sponsor."""
        for entry in self.entries:
            if entry.code == code and entry.language is None and label in {None, entry.label}:
                return entry
        return None

    def groups(self, prefix: str) -> dict[str, list[_Entry]]:
        """Return the fields of each sponsor, product or placebo, by its heading."""
        groups: dict[str, list[_Entry]] = {}
        for entry in self.entries:
            if entry.group.startswith(prefix) and entry.language is None:
                groups.setdefault(entry.group, []).append(entry)
        return groups


class Parser:
    """Takes the lines apart into sections and fields."""

    def __init__(self, document: Document) -> None:
        """Start before the first line of *document*."""
        self.document = document
        self.sections: list[_Section] = []
        self.labels: set[tuple[str, str]] = set()
        """Labels that this document has used; only they may come again out of order."""
        self.position: tuple[object, ...] = ()
        self.group = ""
        self.entry: _Entry | None = None
        self.pieces: list[str] = []

    def parse(self) -> list[_Section]:
        """Return the sections in the document's order."""
        lines = self.document.lines
        for index, line in enumerate(lines):
            text = self.text_of(line) if line.stripped else ""
            if text == "Summary" and any(
                following.stripped.startswith("EudraCT Number:") for following in lines[index + 1 : index + 4]
            ):
                self.close()
                self.sections.append(_Section(line.number))
                self.position, self.group = (), ""
                self.document.account(line.number, LineRole.HEADING, "Summary")
            elif text.startswith(_PREAMBLE) and not self.sections:
                self.document.account(line.number, LineRole.BOILERPLATE, "the download's own introduction")
            elif self.sections and text and not self._starts_something(line.number, text):
                self._continue(line.number, text)
        self.close()
        return self.sections

    def text_of(self, line: Line) -> str:
        """Return the text of *line*; empty where it is no part of the record."""
        return line.stripped

    def _starts_something(self, number: int, text: str) -> bool:
        """Handle a line that begins a field or is a heading; say whether it does."""
        if text in _HEADINGS:
            self.close()
            self.position, self.group = (text[0],) if text[1] == "." else self.position, ""
            self.document.account(number, LineRole.HEADING, text)
            return True
        group = _GROUP.fullmatch(text)
        if group:
            self.close()
            self.group = f"{group[1].rstrip(':')} {group[2]}".replace("D.8 ", "")
            self.position = ("B",) if group[1] == "Sponsor" else ("D", 8) if "Placebo" in group[1] else ("D",)
            self.document.account(number, LineRole.HEADING, self.group)
            return True
        if not self.position:
            label, colon, value = text.partition(":")
            if colon and label in _SUMMARY_LABELS:
                self._open("Summary", label, value, number)
                return True
            return False
        match = _FIELD.fullmatch(text) or _LETTERED.fullmatch(text)
        if not match:
            return False
        code, rest = match[1], match[2]
        label, value, is_heading = _split(rest)
        position: tuple[object, ...] = (code[0], *(int(step) for step in code.split(".")[1:]))
        if not self._fits(position) and (code, label) not in self.labels:
            return False
        self.position = position
        self.labels.add((code, label))
        if code[0] in "ABCEFGHNP" and not code.startswith("B"):
            self.group = ""
        if is_heading:
            self.close()
            self.document.account(number, LineRole.HEADING, text)
        else:
            self._open(code, label, value, number)
        return True

    def _fits(self, position: tuple[object, ...]) -> bool:
        """Say whether *position* follows the last one in the form: text that looks like a label does so rarely."""
        return [str(step).zfill(3) for step in position] >= [str(step).zfill(3) for step in self.position]

    def _open(self, code: str, label: str, value: str, number: int) -> None:
        self.close()
        language = _LANGUAGE.search(label)
        if language:
            label = label[: language.start()]
        self.entry = _Entry(
            code, label.strip(), language[1] if language else None, self.group, (number, number), "", ""
        )
        self.pieces = [value.strip()]

    def _continue(self, number: int, text: str) -> None:
        """Add a line to the field that is open; without one, or where one line is all it has, it stays unread."""
        if self.entry is None:
            return
        if self.entry.code in _ONE_LINE or self.pieces[0].casefold() in {"yes", "no"}:
            self.close()
            return
        missing = number - self.entry.lines[1] - 1
        self.pieces.extend([""] * min(missing, 1))
        self.pieces.append(text)
        self.entry.lines = (self.entry.lines[0], number)

    def close(self) -> None:
        """End the field that is open."""
        entry, self.entry = self.entry, None
        if entry is None or not self.sections:
            return
        entry.value = "\n".join(self.pieces).strip()
        if is_stated(entry.value):
            self.sections[-1].entries.append(entry)
        else:
            self.document.account(range(entry.lines[0], entry.lines[1] + 1), LineRole.HEADING, f"{entry.name}: nothing")


def _split(rest: str) -> tuple[str, str, bool]:
    """Split the text after a code into label and value, and say whether it is a heading without either."""
    for label in ("Ethics Committee Opinion: Reason(s) for unfavourable opinion",):
        if rest.startswith(f"{label}:"):
            return label, rest[len(label) + 1 :], False
    question = re.match(r"(Is a Placebo used in this Trial)\?:?\s*(.*)", rest)
    if question:
        return question[1], question[2], False
    label, colon, value = rest.partition(":")
    return label.strip(), value, not colon


class _Merge:
    """Makes one record of all sections of one trial."""

    def __init__(self, document: Document, layout: str, identifier: str, sections: list[_Section]) -> None:
        self.document = document
        self.draft = Draft(document, layout)
        self.identifier = identifier
        self.sections = sections
        self.contradictions: list[Contradiction] = []
        self.other_names: dict[str, dict[str, int]] = {}
        """Path of a product -> its other names in lower case -> their places."""
        self.losers: list[tuple[tuple[int, int], str]] = []
        """Lines of values that were not chosen, and the pointer of the field."""

    def record(self) -> Record:
        """Return the trial's record."""
        self._identification()
        self._status()
        self._sponsors()
        self._design()
        self._outcomes_and_objectives()
        self._eligibility()
        self._interventions()
        self._countries()
        self._rest()
        record = self.draft.finish(self.identifier)
        record.study.catalog_section.contradictions = self.contradictions
        for lines, pointer in self.losers:
            numbers = range(lines[0], lines[1] + 1)
            self.document.account(numbers, LineRole.FACT, f"{self.identifier}#{pointer}")
            for number in numbers:
                if self.document.line(number).role is not LineRole.BLANK:
                    self.document.line(number).role = LineRole.FACT
        return record

    # Choosing among member states

    def _choose(
        self, path: str, stated: Iterable[tuple[str | int | bool | list[str], list[_Entry]]], note: Note | None = None
    ) -> bool:
        """State at *path* what the first member state says, with every state that says the same as a source.

        What others say differently becomes a contradiction.  Each statement is a value and the fields it comes from.
        """
        how: How = "inferred" if note else "stated"
        versions: dict[str, tuple[str | int | bool | list[str], list[_Entry]]] = {}
        for value, entries in stated:
            key = " ".join(_printed(value).split())
            if key in versions:
                versions[key][1].extend(entries)
            else:
                versions[key] = (value, list(entries))
            for entry in entries:
                entry.read = True
        if not versions:
            return False
        (value, entries), *others = versions.values()
        path = self._state(path, value, entries, how, note)
        if others:
            pointer = "".join(f"/{step}" for step in path.split("."))
            self.contradictions.append(
                Contradiction(
                    pointer=pointer,
                    statements=[
                        Statement(value=_printed(one), sources=[self._source(entry, how, note) for entry in of_one])
                        for one, of_one in versions.values()
                    ],
                    rule=sentence("The member states' records differ; the first one in the document is shown."),
                )
            )
            self.losers.extend((entry.lines, pointer) for _, of_one in others for entry in of_one)
        return True

    def _source(self, entry: _Entry, how: How, note: Note | None) -> Source:
        first, last = entry.lines
        return Source(
            document=self.document.path,
            first_line=first,
            last_line=last,
            how=how,
            place=_place(entry),
            note=as_sentence(note) if note else None,
        )

    def _state(
        self,
        path: str,
        value: str | int | bool | list[str],
        entries: list[_Entry],
        how: How = "stated",
        note: Note | None = None,
    ) -> str:
        """Put *value* at *path* with all *entries* as sources, and return where it is.

        A path that ends in a number adds to the end of a list.
        """
        parent, _, last = path.rpartition(".")
        self.draft.place = _place(entries[0])
        if last.isdecimal() and isinstance(value, str):
            self.draft.append(parent, value, entries[0].lines, how, note)
            present = self.draft.value(parent)
            path = f"{parent}.{len(present) - 1}" if isinstance(present, list) else path
        else:
            self.draft.state(path, list(value) if isinstance(value, list) else value, entries[0].lines, how, note)
        targets = [f"{path}.{index}" for index in range(len(value))] if isinstance(value, list) else [path]
        for target in targets:
            for entry in entries[1:]:
                self.draft.place = _place(entry)
                self.draft.support(target, entry.lines, how, note)
        return path

    def _entries(self, code: str, label: str | None = None) -> list[_Entry]:
        """Return the field of each section that has it."""
        return [entry for section in self.sections if (entry := section.find(code, label))]

    def _answers(self, code: str) -> list[tuple[bool, list[_Entry]]]:
        """Return the yes or no of each section."""
        words = {"yes": True, "no": False}
        return [
            (words[entry.one_line.casefold()], [entry])
            for entry in self._entries(code)
            if entry.one_line.casefold() in words
        ]

    # The modules of API v2

    def _identification(self) -> None:
        module = "protocolSection.identificationModule"
        path = self.draft.item(f"{module}.secondaryIdInfos")
        numbers = self._entries("Summary", "EudraCT Number") + self._entries("A.2")
        own = [entry for entry in numbers if (number := recognise(entry.one_line)) and number.number == self.identifier]
        for entry in own:
            entry.read = True
        self._state(f"{path}.id", self.identifier, own)
        self._state(f"{path}.type", "EUDRACT_NUMBER", own)
        for code, kind in _NUMBERS.items():
            known: dict[str, str] = {}
            for entry in self._entries(code):
                entry.read = True
                if entry.one_line in known:
                    self.draft.support(known[entry.one_line], entry.lines)
                    continue
                path = self.draft.item(f"{module}.secondaryIdInfos")
                number = recognise(entry.one_line)
                self._state(f"{path}.id", entry.one_line, [entry])
                self._state(f"{path}.type", kind, [entry])
                if number and number.primary:
                    self._state(f"{path}.domain", number.kind.registry, [entry])
                known[entry.one_line] = f"{path}.id"
        for code in ("A.3", "A.3.1", "A.4.1"):
            self._choose(_TEXTS[code], [(entry.one_line, [entry]) for entry in self._entries(code)])
        for entry in self._entries("Summary", "Sponsor's Protocol Code Number"):
            if entry.one_line == self.draft.value(_TEXTS["A.4.1"]):
                entry.read = True
                self.draft.place = _place(entry)
                self.draft.support(_TEXTS["A.4.1"], entry.lines)
        short = [entry for entry in self._entries("A.3.2") if re.fullmatch(r"\S{2,14}", entry.one_line)]
        self._choose(f"{module}.acronym", [(entry.one_line, [entry]) for entry in short])

    def _status(self) -> None:
        module = "protocolSection.statusModule"
        self._choose(
            f"{module}.overallStatus",
            [
                (_STATUSES.get(entry.one_line.casefold()) or open_value(entry.one_line), [entry])
                for entry in self._entries("Summary", "Trial Status")
            ],
        )
        label = "Date on which this record was first entered in the EudraCT database"
        dated = [(value, entry) for entry in self._entries("Summary", label) if (value := date(entry.one_line))]
        if dated:
            value, entry = min(dated, key=lambda pair: pair[0])
            if len({one for one, _ in dated}) == 1:
                self._choose(f"{module}.studyFirstSubmitDate", [(one, [its]) for one, its in dated])
            else:
                note = gettext_noop("The earliest of the days on which the member states' records were entered.")
                self._state(f"{module}.studyFirstSubmitDate", value, [entry], "inferred", note)
        self._choose(
            f"{module}.completionDateStruct.date",
            [
                (value, [entry])
                for entry in self._entries("P", "Date of the global end of the trial")
                if (value := date(entry.one_line))
            ],
        )

    def _sponsors(self) -> None:
        module = "protocolSection.sponsorCollaboratorsModule"
        named = [
            [
                (entry, next((other for other in entries if other.code.startswith("B.3")), None))
                for entries in section.groups("Sponsor").values()
                if (entry := next((one for one in entries if one.code == "B.1.1"), None))
            ]
            for section in self.sections
        ]
        if all(len(sponsors) <= 1 for sponsors in named):
            single = [sponsors[0] for sponsors in named if sponsors]
            self._choose(f"{module}.leadSponsor.name", [(entry.one_line, [entry]) for entry, _ in single])
            statuses = [status for _, status in single if status and status.one_line.casefold() == "commercial"]
            if statuses and len(statuses) == len(single):
                note = gettext_noop("The register says that the sponsor is commercial.")
                self._state(f"{module}.leadSponsor.class", "INDUSTRY", statuses, "inferred", note)
        else:
            self._union(
                "catalogSection.sponsorsWithoutRole", "name", [entry for sponsors in named for entry, _ in sponsors]
            )
        lead = str(self.draft.value(f"{module}.leadSponsor.name") or "").casefold()
        supporters = [
            entry
            for section in self.sections
            for entry in section.entries
            if entry.code == "B.4.1" and entry.language is None and entry.one_line.casefold() != lead
        ]
        self._union(f"{module}.collaborators", "name", [one for one in supporters if one.one_line.casefold() != "none"])
        contacts: dict[tuple[str, ...], str] = {}
        for section in self.sections:
            for entries in section.groups("Sponsor").values():
                parts = {entry.code: entry for entry in entries}
                found = [
                    (key, parts[code])
                    for key, code in (("name", "B.5.2"), ("phone", "B.5.4"), ("email", "B.5.6"))
                    if code in parts
                ]
                if not found:
                    continue
                identity = tuple(f"{key}:{entry.one_line.casefold()}" for key, entry in found)
                path = contacts.get(identity)
                if path is None:
                    path = self.draft.item("protocolSection.contactsLocationsModule.centralContacts")
                    contacts[identity] = path
                for key, entry in found:
                    self._add(f"{path}.{key}", entry)

    def _add(self, path: str, entry: _Entry) -> None:
        """State the value of *entry* at *path*, or support it there."""
        entry.read = True
        self.draft.place = _place(entry)
        if self.draft.value(path) is None:
            self.draft.state(path, entry.one_line, entry.lines)
        else:
            self.draft.support(path, entry.lines)

    def _union(self, path: str, key: str, entries: list[_Entry]) -> None:
        """Add an object for each name among *entries*; a name that stands there already gets one more source."""
        known: dict[str, str] = {}
        for entry in entries:
            name = entry.one_line.casefold()
            if name not in known:
                known[name] = self.draft.item(path)
            self._add(f"{known[name]}.{key}", entry)

    def _design(self) -> None:
        module = "protocolSection.designModule"
        note = gettext_noop("The register holds interventional trials of medicinal products only.")
        numbers = self._entries("A.2") or self._entries("Summary", "EudraCT Number")
        self._state(f"{module}.studyType", "INTERVENTIONAL", numbers[:1], "inferred", note)
        self._choose(f"{module}.phases", self._chosen(_PHASES))
        self._choose("protocolSection.eligibilityModule.stdAges", self._chosen(_AGES))
        designs: dict[str, list[tuple[str, list[_Entry]]]] = {}
        for section in self.sections:
            entries = {question: entry for code, question in _DESIGN.items() if (entry := section.find(code))}
            answers = {question: entry.one_line.casefold() == "yes" for question, entry in entries.items()}
            for name, value in design_of(answers).items():
                stating = [
                    entry for question, entry in entries.items() if answers[question] and question in _QUESTIONS[name]
                ]
                designs.setdefault(name, []).append((value, stating))
        for name, stated in designs.items():
            self._choose(f"{module}.designInfo.{name}", list(stated))
        self._choose("protocolSection.oversightModule.oversightHasDmc", self._answers("E.8.7"))
        counts = [entry for entry in self._entries("F.4.2.2") if re.fullmatch(r"[1-9]\d{0,6}", entry.one_line)]
        if self._choose(f"{module}.enrollmentInfo.count", [(int(entry.one_line), [entry]) for entry in counts]):
            self._state(f"{module}.enrollmentInfo.type", "ESTIMATED", counts[:1])

    def _chosen(self, codes: dict[str, str]) -> list[tuple[list[str], list[_Entry]]]:
        """Return for each section the values whose question it answers with yes."""
        chosen = []
        for section in self.sections:
            entries = {value: entry for code, value in codes.items() if (entry := section.find(code))}
            values = [value for value, entry in entries.items() if entry.one_line.casefold() == "yes"]
            if values:
                chosen.append((values, [entries[value] for value in values]))
        return chosen

    def _outcomes_and_objectives(self) -> None:
        self._choose(_TEXTS["E.1.1"], [(entry.one_line, [entry]) for entry in self._entries("E.1.1")])
        for code in ("E.2.1", "E.2.2"):
            self._choose(_TEXTS[code], [(entry.value, [entry]) for entry in self._entries(code)])
        for measure, moments in (("E.5.1", "E.5.1.1"), ("E.5.2", "E.5.2.1")):
            entries = self._entries(measure)
            if not entries:
                continue
            path = self.draft.item(_TEXTS[measure].removesuffix(".0.measure"))
            self._choose(f"{path}.measure", [(entry.value, [entry]) for entry in entries])
            self._choose(f"{path}.timeFrame", [(entry.value, [entry]) for entry in self._entries(moments)])

    def _eligibility(self) -> None:
        module = "protocolSection.eligibilityModule"
        criteria = []
        for section in self.sections:
            parts = [
                (title, entry)
                for title, code in (("Inclusion Criteria:", "E.3"), ("Exclusion Criteria:", "E.4"))
                if (entry := section.find(code))
            ]
            if parts:
                text = "\n\n".join(f"{title}\n\n{entry.value}" for title, entry in parts)
                criteria.append((text, [entry for _, entry in parts]))
        self._choose(f"{module}.eligibilityCriteria", criteria)
        sexes = []
        for section in self.sections:
            female, male = section.find("F.2.1"), section.find("F.2.2")
            if female and male and {female.one_line.casefold(), male.one_line.casefold()} <= {"yes", "no"}:
                value = sex_of(female=female.one_line.casefold() == "yes", male=male.one_line.casefold() == "yes")
                if value:
                    sexes.append((value, [female, male]))
        self._choose(f"{module}.sex", sexes)
        self._choose(f"{module}.healthyVolunteers", self._answers("F.3.1"))

    def _interventions(self) -> None:
        """State each product once by its name: the states number their products differently."""
        known: dict[str, str] = {}
        for section in self.sections:
            for entries in section.groups("D.IMP").values():
                named = {
                    code: next((entry for entry in entries if entry.code == code), None)
                    for code in ("D.3.1", *_OTHER_NAMES)
                }
                order = ("D.3.1", "D.2.1.1.1", "D.3.8", "D.3.2")
                name = next((entry for code in order if (entry := named[code])), None)
                if name is None:
                    continue
                path = known.get(name.one_line.casefold())
                if path is None:
                    path = self.draft.item("protocolSection.armsInterventionsModule.interventions")
                    known[name.one_line.casefold()] = path
                    self._product_type(path, entries)
                self._add(f"{path}.name", name)
                for code in _OTHER_NAMES:
                    other = named[code]
                    if other and other is not name:
                        self._other_name(path, name.one_line, other)
        placebos = [entry for entry in self._entries_of_groups("D.8.1") if entry.one_line.casefold() == "yes"]
        if placebos:
            path = self.draft.item("protocolSection.armsInterventionsModule.interventions")
            note = gettext_noop("The register says that the trial uses a placebo.")
            for entry in placebos:
                entry.read = True
            self._state(f"{path}.name", "Placebo", placebos, "inferred", note)

    def _entries_of_groups(self, code: str) -> list[_Entry]:
        return [entry for section in self.sections for entry in section.entries if entry.code == code]

    def _product_type(self, path: str, entries: list[_Entry]) -> None:
        answers = {entry.code: entry for entry in entries if entry.one_line.casefold() in {"yes", "no"}}
        chemical, biological = answers.get("D.3.11.1"), answers.get("D.3.11.2")
        if not chemical or not biological:
            return
        found = {chemical.one_line.casefold(): "DRUG", biological.one_line.casefold(): "BIOLOGICAL"}
        if set(found) == {"yes", "no"}:
            entry = chemical if found["yes"] == "DRUG" else biological
            note = gettext_noop(
                "The register says that its active substance is of chemical, or of biological, origin only."
            )
            self._state(f"{path}.type", found["yes"], [entry], "inferred", note)

    def _other_name(self, path: str, name: str, entry: _Entry) -> None:
        others = self.other_names.setdefault(path, {})
        text = entry.one_line.casefold()
        entry.read = True
        self.draft.place = _place(entry)
        if text == name.casefold():
            self.draft.support(f"{path}.name", entry.lines)
        elif text in others:
            self.draft.support(f"{path}.otherNames.{others[text]}", entry.lines)
        else:
            others[text] = len(others)
            self.draft.append(f"{path}.otherNames", entry.one_line, entry.lines)

    def _countries(self) -> None:
        """State the member states, and the other countries in which sites are planned."""
        known: dict[str, str] = {}
        for entry in self._entries("A.1"):
            self._country(entry.one_line.partition(" - ")[0].strip(), entry, entry.lines, known)
        for entry in self._entries("E.8.6.3"):
            if entry.lines[0] == entry.lines[1] and entry.value:
                # All in one line, as on the register's page: only names that are known can be parted.
                for name in split_countries(entry.one_line) or ():
                    self._country(name, entry, entry.lines, known)
                continue
            entry.read = True
            for number in range(entry.lines[0], entry.lines[1] + 1):
                text = self.document.line(number).stripped
                if number == entry.lines[0]:
                    text = text.partition("planned:")[2].strip()
                    if not text:
                        self.document.account(number, LineRole.HEADING, entry.name)
                if text:
                    self._country(text, entry, (number, number), known)

    def _country(self, name: str, entry: _Entry, lines: tuple[int, int], known: dict[str, str]) -> None:
        entry.read = True
        self.draft.place = _place(entry)
        if name.casefold() in known:
            self.draft.support(known[name.casefold()], lines)
        else:
            known[name.casefold()] = f"catalogSection.countries.{len(known)}"
            self.draft.append("catalogSection.countries", name, lines)

    def _rest(self) -> None:
        """Keep what nothing has read, once where the member states agree and under each state's code where not."""
        fields: dict[str, list[list[_Entry]]] = {}
        for section in self.sections:
            of_state: dict[str, list[_Entry]] = {}
            for entry in section.entries:
                if not entry.read:
                    of_state.setdefault(entry.name, []).append(entry)
            for name, entries in of_state.items():
                fields.setdefault(name, []).append(entries)
        for name, states in fields.items():
            agree = len({tuple(entry.one_line for entry in entries) for entries in states}) == 1
            for entry in (entry for entries in states for entry in entries):
                shared = agree and entry.code not in _OF_ONE_STATE
                self.draft.place = _place(entry)
                self.draft.registry_field(name if shared else f"{name} [{entry.state}]", entry.value, entry.lines)


_QUESTIONS = {
    "allocation": {"randomised"},
    "maskingInfo.masking": {"open", "single blind", "double blind"},
    "interventionModel": {"parallel group", "cross over"},
}
"""Field of API v2's design -> the questions that decide it."""


def _place(entry: _Entry) -> str:
    return f"{entry.state}: {entry.name}" if entry.state else entry.name


def _printed(value: str | int | bool | list[str]) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(value) if isinstance(value, list) else str(value)


class TextReader(Reader):
    """The plain-text download with all details."""

    layout = "eu-ctr-text"
    title = gettext_noop("EU Clinical Trials Register record")
    rank = 1
    description = "Every field is read, the member states' records side by side."
    marks = (line_starts("EudraCT Number:", "Sponsor Protocol Code", r"[A-Z]\.\d(?:\.\d)*\s"),)
    parser = Parser

    def recognises(self, document: Document) -> bool:
        """Say whether the text begins with the download's introduction or with a trial's summary."""
        head = document.text[:2000].lstrip("\ufeff")
        return _START.search(head) is not None and (head.startswith((_PREAMBLE, "Summary")))

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial, whatever the number of its member states.

        Raises ReadError where a section does not say which trial it is about.
        """
        sections = self.parser(document).parse()
        if not sections:
            raise ReadError(1, "The text has no section that begins with “Summary” and “EudraCT Number:”", "no-trial")
        trials: dict[str, list[_Section]] = {}
        for section in sections:
            entry = section.find("Summary", "EudraCT Number")
            number = recognise(entry.one_line) if entry else None
            if number is None or number.kind.name != "eudract":
                raise ReadError(
                    section.line, "The section does not state a EudraCT number such as 2016-000488-17", "no-number"
                )
            second = section.find("A.2")
            other = recognise(second.one_line) if second else None
            if second and other and other.number != number.number:
                raise ReadError(
                    second.lines[0],
                    f"The section is about {number.number} in its summary and about {other.number} in A.2",
                    "two-numbers",
                )
            section.state = self._state(section)
            for one in section.entries:
                one.state = section.state
            trials.setdefault(number.number, []).append(section)
        return [_Merge(document, self.layout, number, group).record() for number, group in trials.items()]

    def _state(self, section: _Section) -> str:
        """Return the code of the member state, or its name, or the number of the section's first line."""
        link = section.find("Summary", "Link")
        code = re.search(r"/trial/[\d-]+/([A-Za-z0-9-]{2,12})/?$", link.one_line) if link else None
        if code:
            return code[1].upper()
        authority = section.find("A.1") or section.find("Summary", "National Competent Authority")
        return authority.one_line.partition(" - ")[0] if authority else f"line {section.line}"


READER = TextReader()
