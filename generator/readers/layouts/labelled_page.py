"""A page of labelled fields from a registry whose layout is not known: only what a label names exactly is taken.

The labels are the wordings that registries have for WHO's 24 items: pages of ISRCTN, DRKS, ANZCTR, CTRI, PACTR, jRCT,
ChiCTR and others, saved or copied.  A label stands on a line of its own above its value, or before it, parted by a
colon, a tab or the border of a table.  Free text runs to the next label that is known; whatever no label names stays
unread and is shown.  The record says that the layout is not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from generator.language.messages import gettext_noop
from generator.model.document import Document, Line, LineRole
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.registry_numbers import RegistryNumber, find_numbers
from generator.readers.countries import COUNTRIES
from generator.readers.fields import Field, Rule, Statements, enumerated, plain_name
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import RECRUITMENT_STATUSES, STUDY_TYPES, is_stated

_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_OUTCOMES = "protocolSection.outcomesModule"
_LABELS_NEEDED = 5
_MOST_LABELS = 1_000
"""A page with more labels is a list of trials, or none at all."""
_LONGEST_PAGE = 1_000_000
_LONGEST_LABEL = 70
_LONGEST_SUBLABEL = 20_000
_STRUCTURED = re.compile(r"\s*[{\[<]")

_WORDINGS: dict[str, tuple[Rule, str]] = {
    f"{_IDENTIFICATION}.briefTitle": (
        Rule(f"{_IDENTIFICATION}.briefTitle", "line"),
        """
        public title; public title of study; public title of the study; public title of trial; brief title;
        title of the trial for lay people; study title; trial title
        """,
    ),
    f"{_IDENTIFICATION}.officialTitle": (
        Rule(f"{_IDENTIFICATION}.officialTitle", "line"),
        """
        scientific title; scientific title of study; scientific title of the study; official title;
        official scientific title; full title of the trial; official scientific title of the study
        """,
    ),
    f"{_IDENTIFICATION}.acronym": (
        Rule(f"{_IDENTIFICATION}.acronym", "line"),
        """
        acronym; scientific title acronym; acronym/abbreviation; trial acronym; study acronym; title acronym;
        acronym/abbreviation of the study
        """,
    ),
    "summary": (
        Rule("protocolSection.descriptionModule.briefSummary"),
        """
        brief summary; plain english summary; plain english summary of protocol; brief summary in lay language;
        brief summary of the study; lay summary
        """,
    ),
    "status": (
        Rule(f"{_STATUS}.overallStatus", "status"),
        """
        recruitment status; overall study status; overall recruitment status; overall trial status;
        recruitment status of trial; trial status; study status; recruiting status; overall status
        """,
    ),
    "submitted": (
        Rule(f"{_STATUS}.studyFirstSubmitDate", "date"),
        """
        date of registration; registration date; date of registration in drks; registered on; date registered;
        date submitted; submission date; date of first registration
        """,
    ),
    "start": (
        Rule(f"{_STATUS}.startDateStruct.date", "date"),
        """
        date of first enrolment; date of first enrollment; date of first participant enrolment;
        actual study start date; start date; study start date; actual start date of recruitment;
        date of first participant enrolled; actual date of first enrollment; date first enrolment
        """,
    ),
    "end": (
        Rule(f"{_STATUS}.completionDateStruct.date", "date"),
        """
        completion date; study completion date; date of study completion; overall study end date;
        actual study completion date; date of completion
        """,
    ),
    "type": (
        Rule(f"{_DESIGN}.studyType", "study type"),
        "study type; type of study; primary study design; type of trial; trial type",
    ),
    "phase": (
        Rule(f"{_DESIGN}.phases", "phases"),
        "phase; study phase; phase of trial; trial phase; phase of the trial",
    ),
    "size": (
        Rule(f"{_DESIGN}.enrollmentInfo.count", "count"),
        """
        target sample size; sample size; target number of participants; target size; total sample size;
        anticipated target sample size; planned sample size; enrollment; enrolment; expected sample size;
        target sample size (number of participants); number of participants
        """,
    ),
    "conditions": (
        Rule("protocolSection.conditionsModule.conditions", "texts"),
        """
        health condition(s) or problem(s) studied; health condition or problem studied; condition; conditions;
        health condition; health conditions; disease(s) or condition(s) being studied; condition studied;
        health conditions / problems studied; target disease; diseases or conditions being studied
        """,
    ),
    "lead": (
        Rule(f"{_SPONSORS}.leadSponsor.name", "line"),
        "primary sponsor; sponsor; name of primary sponsor; primary sponsor name; name of sponsor; lead sponsor",
    ),
    "countries": (
        Rule("catalogSection.countries", "texts"),
        """
        countries of recruitment; country of recruitment; recruitment countries; countries;
        recruitment country; countries / regions of recruitment; country(ies) of recruitment
        """,
    ),
    "sex": (Rule(f"{_ELIGIBILITY}.sex", "sex"), "sex; gender; sexes eligible for study; sex/gender"),
    "minimum": (
        Rule(f"{_ELIGIBILITY}.minimumAge", "age"),
        "minimum age; age minimum; lower age limit; inclusion age minimum; age from; min age; age min",
    ),
    "maximum": (
        Rule(f"{_ELIGIBILITY}.maximumAge", "age"),
        "maximum age; age maximum; upper age limit; inclusion age maximum; age to; max age; age max",
    ),
    "healthy": (
        Rule(f"{_ELIGIBILITY}.healthyVolunteers", "yes or no"),
        "accepts healthy volunteers; healthy volunteers; healthy volunteers allowed; accept healthy volunteers?",
    ),
    "inclusion": (
        Rule("inclusion"),
        """
        inclusion criteria; key inclusion criteria; participant inclusion criteria; main inclusion criteria;
        key inclusion & exclusion criteria: inclusion; include criteria; additional inclusion criteria
        """,
    ),
    "exclusion": (
        Rule("exclusion"),
        """
        exclusion criteria; key exclusion criteria; participant exclusion criteria; main exclusion criteria;
        additional exclusion criteria
        """,
    ),
    "primary": (
        Rule(f"{_OUTCOMES}.primaryOutcomes", "measures"),
        """
        primary outcome; primary outcomes; primary outcome measure; primary outcome measures; primary outcome(s);
        primary outcome measure(s); key primary outcomes; primary endpoint; primary outcome measure or endpoint
        """,
    ),
    "secondary": (
        Rule(f"{_OUTCOMES}.secondaryOutcomes", "measures"),
        """
        secondary outcome; secondary outcomes; secondary outcome measures; secondary outcome(s);
        key secondary outcome measure(s); key secondary outcomes; secondary endpoint; key secondary outcome(s)
        """,
    ),
    "numbers": (
        Rule("", "numbers"),
        """
        secondary id; secondary ids; secondary id no.; secondary identifying numbers; eudract number;
        clinicaltrials.gov number; clinicaltrials.gov identifier; eudract/ctis number; iras number;
        universal trial number; utn; other identifying numbers; protocol number; protocol/serial number;
        utn (universal trial number); secondary id(s); eudract no.; universal trial number (utn)
        """,
    ),
    "updated": (
        Rule("updated", "date"),
        """
        last update; last updated; last edited; last refreshed on; last update in drks; last modified on;
        date last updated; last updated date; last modified
        """,
    ),
    "people": (
        Rule("people"),
        """
        contact for public queries; contact for scientific queries; public contact; scientific contact; address;
        website; email; e-mail; phone; telephone; affiliation; name; contact name; principal investigator; fax
        """,
    ),
    "kept": (
        Rule("kept"),
        """
        study design; intervention; interventions; intervention(s); source of monetary support;
        sources of monetary or material support; source(s) of monetary or material support;
        source of monetary or material support; secondary sponsor;
        condition category; post graduate thesis; recruitment status of trial (india);
        recruitment status of trial (global); date of first enrollment (india); date of first enrollment (global);
        interventions, observational groups;
        ethics review; ethics approval; ethics approval(s); study hypothesis; study objectives;
        intervention type; age group; participant type(s); doi; keywords; secondary study design;
        final sample size; total final enrolment; date of final enrolment; planned study start date;
        planned study completion date; ipd sharing plan; individual participant data (ipd) sharing plan;
        study setting(s); study participating centre; results; publication and dissemination plan; allocation; masking;
        blinding; method of generating random sequence; method of concealment; brief summary in scientific language;
        drug / device / biological / vaccine name(s); patient information sheet; overall study start date;
        study design scientific; funder name; funder type; sponsor type; organisation;
        study website; trial website; study setting; purpose; timing;
        type of randomization; control; who is blinded; source of funding
        """,
    ),
}
"""What a label is about -> its rule, and its wordings in lower case.

``kept`` is kept under the label itself; what belongs to ``people`` stays unread, because a name, a number and an
address that stand apart cannot be put together for certain."""

_NUMBER_LABELS = frozenset(
    """
    clinicaltrials.gov id;
    trial id; main id; drks-id; isrctn; irct id; irct registration number; registration number; ctri number; jrct id;
    trial registration number; pactr number; registration id; umin id; tctr id; trial identifier; registry number;
    unique issued identification number for this trial; slctr registration number; actrn; trial id (actrn); cris
    registration number; trial number; registry identifier; reference number; isrctn number; registration no; id
    """.replace("\n", " ").split(";")
)
_LABELS = {
    " ".join(wording.split()): (name, rule)
    for name, (rule, wordings) in _WORDINGS.items()
    for wording in wordings.split(";")
}
_NUMBERS = frozenset(" ".join(label.split()) for label in _NUMBER_LABELS)
_CRITERIA = frozenset(label for label, (name, _) in _LABELS.items() if name in {"inclusion", "exclusion"})
"""Labels of criteria, behind which a page may have a table with rows of its own."""
_FREE = frozenset({"summary", "inclusion", "exclusion", "kept"})
"""What may run over several lines."""
_SECTIONS = frozenset(
    " ".join(heading.split())
    for heading in """
    study information; trial information; eligibility; locations; study participating centre; sponsor information;
    contact information; contact details; contacts; funders; funding; results and publications; editorial notes;
    ethics; key dates; study design; study population; identifiers; additional files; study outputs; results;
    participants; recruitment; participating centres; study characteristics; sponsor; general information
    """.replace("\n", " ").split(";")
)
"""Headings of parts of a page: free text ends there."""
_SUBLABELS = frozenset({"details", "free text"})
"""What stands between a label and its value."""
_LISTS = frozenset({"conditions", "countries", "primary", "secondary", "numbers"})
"""What may have a line for each item, where the lines are items of a list."""
_BULLET = re.compile(r"(?:[*•·-]|\d{1,2}[.)])\s+")
_LAYOUT_NOTE = (
    "The layout of this page is not known; only fields under labels that registries have were read. Check the facts "
    "against the page, or save the record as JSON or XML from the registry"
)


@dataclass(slots=True)
class _Found:
    """A label, and the lines and text of its value."""

    label: str
    line: Line
    name: str
    rule: Rule
    value: str
    below: list[Line]
    sublabels: list[Line] = field(default_factory=list)
    """Lines between label and value that only say that the value follows."""

    @property
    def lines(self) -> tuple[int, int]:
        """The lines of label and value."""
        return self.line.number, self.below[-1].number if self.below else self.line.number


def _parted(line: Line) -> tuple[str, str]:
    """Return what may be a label, as tables have it, and what stands behind it on the same line."""
    text = line.stripped.removeprefix("* ").lstrip("#").strip()
    if text.startswith("|"):
        text = text[1:].strip()
    for border in ("|", "\t"):
        if border in text:
            first, *rest = (cell.strip() for cell in text.split(border))
            filled = [cell for cell in rest if cell]
            name = plain_name(first.strip("* "))
            second = plain_name(filled[0]) if len(filled) > 1 else ""
            if second in _SUBLABELS or second == "name":
                filled = filled[1:]
            elif second in _LABELS and name in _CRITERIA:
                name, filled = second, filled[1:]
            return name, " | ".join(filled)
    name = plain_name(text.strip("*"))
    if name in _LABELS or name in _NUMBERS:
        return name, ""
    label, colon, value = text.partition(":")
    return (plain_name(label.strip("*")), value.strip(" *")) if colon else (name, "")


def _known(line: Line) -> tuple[str, str] | None:
    if len(line.stripped) > 20_000:
        return None
    name, value = _parted(line)
    return (name, value) if len(name) <= _LONGEST_LABEL and (name in _LABELS or name in _NUMBERS) else None


class LabelledPage(Reader):
    """Reads pages of labelled fields of registries whose layout is not known."""

    layout = "labelled-page"
    language = None
    title = gettext_noop("page of labelled fields, layout not known")
    short_title = gettext_noop("page of labelled fields")
    rank = 6
    description = (
        "What stands under labels that registries have for WHO's 24 items is read; the rest is shown as "
        "unread, and the page says that the layout is not known. Names, telephone numbers and addresses of "
        "people are not read."
    )
    last_resort = True

    def recognises(self, document: Document) -> bool:
        """Say whether the page has a registry's number and at least five labels of registries with values."""
        if document.structured or len(document.text) > _LONGEST_PAGE or _STRUCTURED.match(document.text):
            return False
        lines = document.filled()
        names = set()
        count = 0
        for index, line in enumerate(lines):
            known = _known(line)
            count += known is not None
            if count > _MOST_LABELS:
                return False
            if known and known[0] in _LABELS and _LABELS[known[0]][0] not in {"kept", "numbers", "people"}:
                below = lines[index + 1] if index + 1 < len(lines) else None
                if known[1] or (below is not None and _known(below) is None and not below.stripped.endswith(":")):
                    names.add(_LABELS[known[0]][0])
        return len(names) >= _LABELS_NEEDED and _own_number(lines) is not None

    def read(self, document: Document) -> list[Record]:
        """Return the page's one record.  Raises ReadError where it does not say whose it is."""
        lines = document.filled()
        own = _own_number(lines)
        if own is None:
            raise ReadError(1, "The page does not say which trial it is about; add its number", "no-number")
        number, line = own
        statements = Statements(document, self.layout, {})
        statements.identify(number, Field("number", number.written, line.number))
        for one_line in lines:
            known = _known(one_line)
            if known is not None and known[0] in _NUMBERS and not known[1]:
                document.account(one_line.number, LineRole.HEADING, "label of a number")
        found = _labels(lines)
        criteria: dict[str, Field] = {}
        updated = None
        for one in found:
            if one.name == "people":
                document.account(one.line.number, LineRole.UNREAD if one.value else LineRole.HEADING, one.label)
            elif one.below or one.value:
                for line_above in (one.line, *one.sublabels) if one.below else one.sublabels:
                    document.account(line_above.number, LineRole.HEADING, one.label)
                self._state(statements, one, criteria)
                if one.name == "updated":
                    updated = statements.draft.value("catalogSection.updated")
            else:
                document.account(one.line.number, LineRole.HEADING, one.label)
        statements.criteria(criteria.get("inclusion"), criteria.get("exclusion"))
        record = statements.finish(number.identifier, str(updated) if updated else None)
        for one_line in document.unread():
            if plain_name(one_line.stripped.strip("#* ")) in _SECTIONS:
                document.account(one_line.number, LineRole.HEADING, "heading of a part")
        record.problems.append(Problem(document.path, line.number, _LAYOUT_NOTE, "note", "unknown-layout-of-labels"))
        return [record]

    def _state(self, statements: Statements, one: _Found, criteria: dict[str, Field]) -> None:
        """State what stands under a label; what is not understood is kept under it."""
        text = one.value or "\n".join(line.stripped for line in one.below)
        first = one.line.number if one.value else one.below[0].number
        field = Field(one.label.capitalize(), text, (first, one.lines[1]))
        if not is_stated(text):
            return
        if one.name in {"inclusion", "exclusion"}:
            if one.name in criteria:
                statements.keep(field)
            else:
                criteria[one.name] = field
            return
        understood = one.name not in {"kept", "updated"} and _is_certain(one.name, field)
        if understood and one.name in _LISTS:
            field = Field(field.name, "\n".join(_BULLET.sub("", item) for item in text.split("\n")), field.lines)
            if one.name == "countries":
                field = Field(field.name, "\n".join(_countries(field.text)), field.lines)
        if not understood or not statements.apply(one.rule, field):
            statements.keep(field)


def _is_certain(name: str, field: Field) -> bool:
    """Say whether the value under a label is one that is known, where the label has a closed set of them."""
    words = field.line.casefold()
    if name == "status":
        return enumerated("status", field.line) is not None or words in RECRUITMENT_STATUSES
    if name == "type":
        return enumerated("studyType", field.line) is not None or words in STUDY_TYPES
    if name == "countries":
        return all(country in COUNTRIES for country in _countries(field.text)) and bool(_countries(field.text))
    return True


def _countries(text: str) -> list[str]:
    """Return the countries of a list; one whose name has a comma (``Korea, Republic of``) stands alone on its line."""
    found: list[str] = []
    for line in text.split("\n"):
        whole = _BULLET.sub("", line).strip()
        found.extend([whole] if whole in COUNTRIES else [part.strip() for part in re.split(r"[,;]", whole)])
    return [country for country in found if country]


def _labels(lines: list[Line]) -> list[_Found]:
    """Return the labels of the page with their values.

    Below a label, free text runs to the next label, a list over its items, and any other value is one line.
    """
    found: list[_Found] = []
    open_one: _Found | None = None
    criteria = ""
    for line in lines:
        known = _known(line)
        name, value = _parted(line) if known is None and len(line.stripped) <= _LONGEST_SUBLABEL else known or ("", "")
        head = plain_name(line.stripped.lstrip("|* ").partition("|")[0])
        criteria = head if head in _CRITERIA else criteria
        if known is None and name in _SUBLABELS:
            last = found[-1] if found and not (found[-1].value or found[-1].below) else None
            label = last.label if last else criteria
            if label and value:
                found.append(_Found(label, line, *_LABELS[label], value, []))
            elif last:
                last.sublabels.append(line)
            open_one = last if last and not value else None
            continue
        if known is not None:
            label, value = known
            open_one = None
            if label in _LABELS:
                open_one = _Found(label, line, *_LABELS[label], value, [])
                found.append(open_one)
                if value:
                    open_one = None
            continue
        if open_one is None or line.stripped.endswith(":") or plain_name(line.stripped.strip("#* ")) in _SECTIONS:
            open_one = None
            continue
        if open_one.name in _FREE or not open_one.below or (open_one.name in _LISTS and _are_items(open_one, line)):
            open_one.below.append(line)
        else:
            open_one = None
    return found


def _are_items(one: _Found, line: Line) -> bool:
    return _BULLET.match(line.stripped) is not None and _BULLET.match(one.below[0].stripped) is not None


def _own_number(lines: list[Line]) -> tuple[RegistryNumber, Line] | None:
    """Return the trial's own number: the one behind a label for it, else the only one on the page."""
    every: dict[str, tuple[RegistryNumber, Line]] = {}
    labelled: dict[str, tuple[RegistryNumber, Line]] = {}
    waiting = False
    for line in lines:
        if len(line.stripped) > 20_000:
            continue
        numbers = [number for number in find_numbers(line.stripped) if number.primary]
        name, _ = _parted(line)
        for number in numbers:
            every.setdefault(number.join_key, (number, line))
            rest = plain_name(line.stripped.replace(number.written, " "))
            if (name in _NUMBERS or rest in _NUMBERS or waiting) and len(numbers) == 1:
                labelled.setdefault(number.join_key, (number, line))
        waiting = name in _NUMBERS and not numbers
    chosen = labelled or every
    return next(iter(chosen.values())) if len(chosen) == 1 else None


READER = LabelledPage()
