"""The reader: a legacy XML record to API v2, element by element."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import cast

from generator.language.messages import gettext_noop
from generator.model.catalog_section import UnreadText
from generator.model.document import Document
from generator.model.pointers import Json
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.sentence import sentence
from generator.model.source import How
from generator.readers.draft import Draft
from generator.readers.layouts.clinicaltrials_gov_xml.conversion import (
    NONE_STATED,
    date,
    group_id,
    number,
    open_enumeration,
    text,
)
from generator.readers.layouts.clinicaltrials_gov_xml.mapping import (
    EVENT,
    EVENT_TABLES,
    GROUP,
    KEPT_AS_REGISTRY_FIELDS,
    OUTCOME_MEASURE,
    PARTICIPANTS_TITLE,
    PENDING_RESULTS,
    PROTOCOL,
    RESULT_ITEMS,
    RESULTS,
    STUDY_DESIGN,
    TOTALS,
    Items,
    Known,
    Rule,
    Value,
)
from generator.readers.reader import Reader, ReadError
from generator.readers.xml import Element, last_line, parse, root_name

Object = dict[str, Json]

UNKNOWN_ENROLLMENT = 99_999_999
"""What the registry writes for an enrolment that nobody knows."""

"""The root element, or the declaration that names it."""
_NO_RESULTS = re.compile(r"<!--\s*Results have not yet been posted for this study\s*-->")
_NCT_NUMBER = re.compile(r"NCT\d{8}")
_DOWNLOADED = re.compile(r"ClinicalTrials\.gov processed this data on (.+)")
_LABELS = re.compile(r"(?:^|,\s+)(?=(?:[A-Z][a-z]+ ){0,2}[A-Z][a-z]+: )")
_PROVIDED = "ClinicalTrials.gov/ProvidedDocs/{end}/{number}/"

_INTERVENTIONS = "protocolSection.armsInterventionsModule"
_DESIGN = "protocolSection.designModule"
_DOCUMENTS = "documentSection.largeDocumentModule.largeDocs"
_EVENTS = "resultsSection.adverseEventsModule"
_BASELINE = "resultsSection.baselineCharacteristicsModule"


class ClinicalTrialsGovXml(Reader):
    """Reads legacy XML records."""

    layout = "clinicaltrials-gov-xml"
    title = gettext_noop("ClinicalTrials.gov record (older XML)")
    short_title = gettext_noop("ClinicalTrials.gov record")
    rank = 2
    description = "Every element is read, results included."

    def recognises(self, document: Document) -> bool:
        """Say whether the document's first element is ``clinical_study``."""
        return root_name(document.text) == "clinical_study"

    def read(self, document: Document) -> list[Record]:
        """Return the record."""
        document.structured = True
        return [_Reading(document, parse(document)).record()]


def _line(element: Element) -> int:
    line = cast("int | None", element.sourceline)
    return 1 if line is None else line


@cache
def _steps(path: str) -> tuple[str, tuple[str, ...], str]:
    """Return the first step of *path*, the steps behind it, and the attribute; nothing for what there is not."""
    names, _, attribute = path.partition("@")
    first, *rest = names.strip("/").split("/")
    return ("" if first == "." else first), tuple(rest), attribute


Children = dict[str, list[Element]]
"""The elements inside an element, by their names."""


def _children(element: Element) -> Children:
    children: Children = {}
    for child in element:
        children.setdefault(str(child.tag), []).append(child)
    return children


class _Reading:
    """The reading of one record, and which of its pieces are accounted for."""

    def __init__(self, document: Document, root: Element) -> None:
        self.document = document
        self.root = root
        self.draft = Draft(document, ClinicalTrialsGovXml.layout)
        self.problems: list[Problem] = []
        self.last_line = last_line(document)
        self.read: set[Element] = set()
        """Elements whose text is accounted for."""
        self.read_attributes: set[tuple[Element, str]] = set()
        self.in_root = _children(root)
        self.elements = list(root.iter("*"))
        """All of them, held so that each stays the same object."""

    def record(self) -> Record:
        identifier = self._identifier()
        self.read_attributes.add((self.root, "rank"))
        self._phase_of_no_trial()
        self._unknown_enrollment()
        self._apply(self.root, PROTOCOL, "")
        as_of = self._header(identifier)
        self._study_design()
        self._arms()
        self._reference_types()
        self._safety_issues()
        self._pending_results()
        self._provided_documents(identifier)
        self._results()
        self._registry_fields()
        record = self.draft.finish(identifier, as_of)
        record.study.catalog_section.unread = self._unread()
        record.problems.extend(self.problems)
        return record

    # Reading single pieces

    def _identifier(self) -> str:
        found = [element for element in self.root.findall("id_info/nct_id") if self._text(element)]
        numbers = {self._text(element) for element in found}
        if len(numbers) > 1:
            raise ReadError(
                self._lines(found[1])[0],
                f"The record has several NCT numbers: {', '.join(sorted(filter(None, numbers)))}."
                " Put each record into a file of its own.",
                "two-numbers",
            )
        identifier = (self._text(found[0]) or "").strip() if found else ""
        if not _NCT_NUMBER.fullmatch(identifier):
            line = self._lines(found[0])[0] if found else self._lines(self.root)[0]
            has = f"has “{identifier}”" if identifier else "has none"
            raise ReadError(
                line,
                f"A record needs an NCT number in id_info/nct_id, and this one {has}. Download it again.",
                "no-number",
            )
        return identifier

    def _text(self, element: Element) -> str | None:
        """Return the text of an element that holds nothing but text."""
        if len(element) or not element.text or not element.text.strip():
            return None
        return element.text

    def _lines(self, element: Element) -> tuple[int, int]:
        first, last_line = _line(element), self.last_line
        if len(element):
            return min(first, last_line), min(max(self._end(element), first), last_line)
        text = element.text
        last = first + text.count("\n") if text else first
        return (first, last) if last <= last_line else (min(first, last_line), last_line)

    def _end(self, element: Element) -> int:
        breaks = 0
        while len(element):
            child = element[-1]
            breaks += (child.tail or "").count("\n")
            element = child
        return _line(element) + (element.text or "").count("\n") + breaks

    def _place(self, element: Element, attribute: str | None = None) -> str:
        path = self.root.getroottree().getpath(element)
        return f"{path}/@{attribute}" if attribute else path

    def _found(
        self, element: Element, path: str, children: Children | None = None
    ) -> Iterator[tuple[Element, str | None, str]]:
        """Yield each element (and attribute) at *path* that holds text not yet read, with that text."""
        first, rest, attribute = _steps(path)
        if not first:
            elements = [element]
        else:
            if children is None:
                children = self.in_root if element is self.root else _children(element)
            elements = children.get(first, [])
            for step in rest:
                elements = [below for one in elements for below in one.iterchildren(step)]
        for found in elements:
            if attribute:
                value = found.get(attribute)
                if value and value.strip() and (found, attribute) not in self.read_attributes:
                    yield found, attribute, value
            else:
                content = self._text(found)
                if content is not None and found not in self.read:
                    yield found, None, content

    def _mark(self, element: Element, attribute: str | None) -> None:
        if attribute:
            self.read_attributes.add((element, attribute))
        else:
            self.read.add(element)

    # Carrying out the table, with a source for each value

    def _apply(self, element: Element, rules: Iterable[Rule], base: str) -> None:
        children = _children(element)
        for rule in rules:
            if (first := _steps(rule.path)[0]) and first not in children:
                continue
            if isinstance(rule, Known):
                self._apply_known(element, rule, children)
            elif isinstance(rule, Value):
                self._apply_value(element, rule, base, children)
            else:
                for child in element.findall(rule.path):
                    if not self._holds_anything(child):
                        continue
                    item = self.draft.item(base + rule.target)
                    self._apply(child, rule.rules, f"{item}.")
                    self._person(child, item)
                    for key, constant in rule.constants.items():
                        self.draft.place = self._place(child)
                        self.draft.offer(f"{item}.{key}", constant, self._lines(child))

    def _apply_known(self, element: Element, rule: Known, children: Children | None = None) -> None:
        for found, attribute, words in self._found(element, rule.path, children):
            if " ".join(words.split()) in rule.words:
                self._mark(found, attribute)

    def _apply_value(self, element: Element, rule: Value, base: str, children: Children | None = None) -> None:
        for found, attribute, words in self._found(element, rule.path, children):
            value = rule.convert(words)
            if value is None or value == [] or value == "":
                continue
            self.draft.place = self._place(found, attribute)
            lines = self._lines(found)
            path = base + rule.target
            if value == NONE_STATED:
                self.draft.absent(
                    path, "statedAsNone", sentence("The record says “{words}”.", words=words.strip()), lines
                )
                self._mark(found, attribute)
            elif rule.many:
                self.draft.append(path, value, lines)
                self._mark(found, attribute)
            elif isinstance(value, dict):
                if all(self.draft.value(f"{path}.{key}") in (None, one) for key, one in value.items()):
                    for key, one in value.items():
                        self.draft.state(f"{path}.{key}", one, lines)
                    self._mark(found, attribute)
            elif self.draft.offer(path, value, lines):
                self._mark(found, attribute)

    def _holds_anything(self, element: Element) -> bool:
        return any((one.text and one.text.strip()) or one.attrib for one in element.iter())

    def _person(self, element: Element, item: str) -> None:
        """Put the name together: ``last_name`` holds it whole, older records have it in pieces."""
        pieces = {
            part: found
            for part in ("first_name", "middle_name", "last_name", "degrees")
            if (found := next(iter(element.findall(part)), None)) is not None and self._text(found)
        }
        if "last_name" not in pieces:
            return
        words = {part: text(self._text(found) or "") or "" for part, found in pieces.items()}
        name = " ".join(words[part] for part in ("first_name", "middle_name", "last_name") if part in words)
        if "degrees" in words:
            name += f", {words['degrees']}"
        self.draft.place = self._place(pieces["last_name"])
        lines = [self._lines(found) for found in pieces.values()]
        if self.draft.offer(f"{item}.name", name, (min(lines)[0], max(line[1] for line in lines))):
            self.read.update(pieces.values())

    # What needs more than the table

    def _header(self, identifier: str) -> str | None:
        """Return the day of the download, and compare the address with the number."""
        as_of = None
        for element, _, words in self._found(self.root, "required_header/download_date"):
            match = _DOWNLOADED.fullmatch(" ".join(words.split()))
            if match and (as_of := date(match[1])):
                self.read.add(element)
        aliases = self.draft.value("protocolSection.identificationModule.nctIdAliases")
        known = {identifier, *(cast("list[str]", aliases) if isinstance(aliases, list) else [])}
        for element, _, words in self._found(self.root, "required_header/url"):
            match = re.fullmatch(
                r"https?://(?:www\.)?clinicaltrials\.gov/(?:ct2/)?show/(?:record/)?(NCT\d{8})", words.strip()
            )
            if match and match[1] in known:
                self.read.add(element)
            elif match:
                self._problem(
                    element,
                    f"The record's address is that of {match[1]}, its number {identifier}. Download the record again.",
                    "two-numbers",
                )
        comment = _NO_RESULTS.search(self.document.text)
        results = self.root.find("clinical_results")
        if results is not None:
            self.draft.place = self._place(results)
            self.draft.state("hasResults", True, self._lines(results)[0])
        elif comment:
            self.draft.place = None
            line = self.document.line_at(comment.start())
            self.draft.state("hasResults", False, line)
        return as_of

    def _study_design(self) -> None:
        """Take the line ``Allocation: Randomized, Masking: Double Blind (…), …`` apart."""
        for element, _, words in self._found(self.root, "study_design"):
            self.draft.place = self._place(element)
            lines = self._lines(element)
            left: list[str] = []
            for part in _LABELS.split(" ".join(words.split())):
                label, _, said = part.partition(": ")
                target, convert = STUDY_DESIGN.get(label, ("", None))
                value = convert(said) if convert else None
                if value is None:
                    if part:
                        left.append(part)
                elif isinstance(value, dict):
                    for key, one in value.items():
                        if not self.draft.offer(f"{target}.{key}", one, lines):
                            left.append(part)
                elif not self.draft.offer(target, value, lines):
                    left.append(part)
            for part in left:
                self.draft.registry_field("study_design", part, lines)
            self.read.add(element)

    def _phase_of_no_trial(self) -> None:
        """Take ``N/A`` for what it says: only an interventional study can have the phase "not applicable"."""
        if self.root.findtext("study_type", "").strip() == "Interventional":
            return
        for element, _, words in self._found(self.root, "phase"):
            if words.strip() == "N/A":
                self.draft.place = self._place(element)
                self.draft.absent(
                    f"{_DESIGN}.phases", "statedAsNone", gettext_noop("The record says “N/A”."), self._lines(element)
                )
                self.read.add(element)

    def _unknown_enrollment(self) -> None:
        for element, _, words in self._found(self.root, "enrollment"):
            if number(words) == UNKNOWN_ENROLLMENT:
                note = gettext_noop("The record has 99999999, which the registry writes for an unknown enrolment.")
                self.draft.place = self._place(element)
                self.draft.absent(f"{_DESIGN}.enrollmentInfo.count", "notStated", note, self._lines(element))
                self.read.add(element)

    def _arms(self) -> None:
        """Name each arm's interventions, as API v2 does, from the arms that the interventions name."""
        arms = cast("list[Object]", self.draft.value(f"{_INTERVENTIONS}.armGroups") or [])
        elements = [one for one in self.root.findall("intervention") if self._holds_anything(one)]
        interventions = cast("list[Object]", self.draft.value(f"{_INTERVENTIONS}.interventions") or [])
        labels = Counter(str(arm.get("label")) for arm in arms)
        for index, arm in enumerate(arms):
            label = arm.get("label")
            if not label or labels[str(label)] > 1:
                continue
            for element, intervention in zip(elements, interventions, strict=True):
                if label not in cast("list[Json]", intervention.get("armGroupLabels") or []):
                    continue
                kind = element.findtext("intervention_type", "").strip()
                name = intervention.get("name")
                if kind and name:
                    self.draft.place = self._place(element)
                    self.draft.append(
                        f"{_INTERVENTIONS}.armGroups.{index}.interventionNames",
                        f"{kind}: {name}",
                        self._lines(element),
                        "inferred",
                        gettext_noop("The intervention names this arm."),
                    )
        for path in ("number_of_arms", "number_of_groups"):
            for element, _, words in self._found(self.root, path):
                if number(words) == len(arms):
                    self.read.add(element)  # as many as there are

    def _reference_types(self) -> None:
        path = "protocolSection.referencesModule.references"
        elements = [
            *((one, "BACKGROUND") for one in self.root.findall("reference") if self._holds_anything(one)),
            *((one, "RESULT") for one in self.root.findall("results_reference") if self._holds_anything(one)),
        ]
        for index, (element, kind) in enumerate(elements):
            self.draft.place = self._place(element)
            how: How = "inferred"
            note = sentence("The record has it among its elements “{name}”.", name=element.tag)
            self.draft.offer(f"{path}.{index}.type", kind, self._lines(element), how, note)

    def _safety_issues(self) -> None:
        """Keep whether an outcome is a safety issue, which API v2 has dropped, with the outcome's name."""
        for group in ("primary_outcome", "secondary_outcome", "other_outcome", "clinical_results/outcome_list/outcome"):
            for outcome in self.root.findall(group):
                name = outcome.findtext("measure" if outcome.find("title") is None else "title") or ""
                for element, _, words in self._found(outcome, "safety_issue"):
                    self.draft.place = self._place(element)
                    value = f"{' '.join(name.split())}: {words.strip()}" if name.strip() else words.strip()
                    self.draft.registry_field(f"{outcome.tag}/safety_issue", value, self._lines(element))
                    self.read.add(element)

    def _pending_results(self) -> None:
        path = "annotationSection.annotationModule.unpostedAnnotation.unpostedEvents"
        for element in self.root.findall("pending_results/*"):
            kind = PENDING_RESULTS.get(str(element.tag))
            words = self._text(element)
            if kind is None or words is None:
                continue
            unknown = words.strip() == "Unknown"
            day = None if unknown else date(words)
            if day is None and not unknown:
                continue
            self.draft.place = self._place(element)
            event: Object = {"type": kind, **({"dateUnknown": True} if unknown else {"date": day})}
            self.draft.append(path, event, self._lines(element))
            self.read.add(element)

    def _provided_documents(self, identifier: str) -> None:
        """State the file's name where the address is the one that the registry makes of it."""
        elements = [
            one for one in self.root.findall("provided_document_section/provided_document") if self._holds_anything(one)
        ]
        beginning = _PROVIDED.format(end=identifier[-2:], number=identifier).casefold()
        for index, provided in enumerate(elements):
            for element, _, words in self._found(provided, "document_url"):
                address = re.sub(r"^https?://(?:www\.)?", "", words.strip())
                name = address[len(beginning) :]
                if address.casefold().startswith(beginning) and re.fullmatch(r"[\w.-]+", name):
                    self.draft.place = self._place(element)
                    if self.draft.offer(f"{_DOCUMENTS}.{index}.filename", name, self._lines(element)):
                        self.read.add(element)

    def _registry_fields(self) -> None:
        for path in KEPT_AS_REGISTRY_FIELDS:
            for element, attribute, words in self._found(self.root, path):
                if path == "last_update_submitted_qc" and date(words) == self.draft.value(
                    "protocolSection.statusModule.lastUpdateSubmitDate"
                ):
                    self.draft.place = self._place(element)
                    self.draft.support("protocolSection.statusModule.lastUpdateSubmitDate", self._lines(element))
                else:
                    self.draft.place = self._place(element)
                    self.draft.registry_field(path, " ".join(words.split()), self._lines(element))
                self._mark(element, attribute)

    # Results: one source for each entry of their lists

    def _results(self) -> None:
        results = self.root.find("clinical_results")
        if results is None:
            return
        for value in RESULTS:
            self._apply_value(results, value, "")
        for items in RESULT_ITEMS:
            for element in results.findall(items.path):
                if not self._holds_anything(element):
                    continue
                if items.path == "baseline/measure_list/measure" and self._is_number_of_participants(element):
                    self._append(f"{_BASELINE}.denoms", self._participants(element), element)
                    continue
                built = self._built(element, items.rules)
                if items.path == "outcome_list/outcome":
                    self._add_measure(element, built)
                self._append(items.target, built, element)
        self._adverse_events(results)

    def _append(self, target: str, built: Object, element: Element) -> None:
        if built:
            self.draft.place = self._place(element)
            self.draft.append(target, built, self._lines(element))

    def _built(self, element: Element, rules: Iterable[Rule]) -> Object:
        """Return the object that *rules* make of *element*."""
        built: Object = {}
        children = _children(element)
        for rule in rules:
            if (first := _steps(rule.path)[0]) and first not in children:
                continue
            if isinstance(rule, Known):
                self._apply_known(element, rule, children)
            elif isinstance(rule, Items):
                objects = [self._built(child, rule.rules) for child in element.findall(rule.path)]
                filled: list[Json] = [one for one in objects if one]
                if filled:
                    built.setdefault(rule.target, [])
                    cast("list[Json]", built[rule.target]).extend(filled)
            else:
                for found, attribute, words in self._found(element, rule.path, children):
                    value = rule.convert(words)
                    if value is None or value == "":
                        continue
                    if rule.many:
                        cast("list[Json]", built.setdefault(rule.target, [])).append(value)
                    elif built.setdefault(rule.target, value) != value:
                        continue
                    self._mark(found, attribute)
        return built

    def _is_number_of_participants(self, measure: Element) -> bool:
        """Say whether *measure* tells nothing but how many were analysed in each group."""
        measurements = measure.findall("category_list/category/measurement_list/measurement")
        return (
            measure.findtext("title", "").strip() == PARTICIPANTS_TITLE
            and measure.findtext("units", "").strip().casefold() == "participants"
            and {str(child.tag) for child in measure} <= {"title", "units", "param", "category_list"}
            and len(measure.findall("category_list/category")) == 1
            and measure.find("category_list/category/sub_title") is None
            and all(set(one.attrib) == {"group_id", "value"} and not (one.text or "").strip() for one in measurements)
        )

    def _participants(self, measure: Element) -> Object:
        """Return the number of those analysed, which older records give as a measure."""
        built = self._built(measure, OUTCOME_MEASURE)
        measurements = [
            cast("Object", measurement)
            for one in cast("list[Object]", built.get("classes", []))
            for category in cast("list[Object]", one.get("categories", []))
            for measurement in cast("list[Json]", category.get("measurements", []))
        ]
        counts: list[Json] = [{key: one[key] for key in ("groupId", "value") if key in one} for one in measurements]
        return {"units": "Participants", "counts": counts}

    def _add_measure(self, outcome: Element, built: Object) -> None:
        """Put the outcome's measure into *built*, which has its title and description already."""
        measures = [*outcome.findall("measure"), *outcome.findall("measure_list/measure")]
        for measure in measures:
            if self._is_number_of_participants(measure):
                cast("list[Json]", built.setdefault("denoms", [])).append(self._participants(measure))
        own = [measure for measure in measures if not self._is_number_of_participants(measure)]
        if len(own) != 1:
            return  # which of them is meant is not said: they stay unread
        values = self._built(own[0], OUTCOME_MEASURE)
        for key, value in values.items():
            if key == "denoms" and isinstance(built.get("denoms"), list):
                cast("list[Json]", built["denoms"]).extend(cast("list[Json]", value))
            elif built.setdefault(key, value) != value:
                element = {"title": "title", "description": "description", "populationDescription": "population"}[key]
                self.read.difference_update(own[0].findall(element))

    def _adverse_events(self, results: Element) -> None:
        groups = results.findall("reported_events/group_list/group")
        built = [self._built(group, GROUP) for group in groups]
        by_id = {one.get("id"): one for one in built}
        for tag, target in EVENT_TABLES:
            for table in results.findall(f"reported_events/{tag}"):
                self._event_table(table, target, by_id)
        for group, values in zip(groups, built, strict=True):
            self._append(f"{_EVENTS}.eventGroups", values, group)

    def _event_table(self, table: Element, target: str, groups: dict[Json, Object]) -> None:
        vocabularies = list(self._found(table, "default_vocab"))[:1]
        assessments = list(self._found(table, "default_assessment"))[:1]
        for category in table.findall("category_list/category"):
            titles = list(self._found(category, "title"))[:1]
            system = " ".join(titles[0][2].split()) if titles else None
            self.read.update(title[0] for title in titles)
            for event in category.findall("event_list/event"):
                if system == "Total" and self._totals(event, groups):
                    continue
                values = self._built(event, EVENT)
                if system:
                    values["organSystem"] = system
                for element, _, words in vocabularies:
                    values.setdefault("sourceVocabulary", text(words))
                    self.read.add(element)
                for element, _, words in assessments:
                    values.setdefault("assessmentType", open_enumeration()(words))
                    self.read.add(element)
                self._append(target, values, event)
        if not table.findall("category_list/category/event_list/event"):
            return
        # A default is no statement where the table has nothing but totals.
        self.read.update(element for element, _, _ in [*vocabularies, *assessments])

    def _totals(self, event: Element, groups: dict[Json, Object]) -> bool:
        """Put the totals of a table to the groups, where API v2 has them; False where the row says more than that."""
        names = event.findall("sub_title")
        counts = event.findall("counts")
        prefix = TOTALS.get((self._text(names[0]) or "").strip()) if len(names) == 1 else None
        if (
            prefix is None
            or len(names) + len(counts) != len(event)
            or names[0].attrib
            or any(set(one.attrib) - {"group_id", "subjects_affected", "subjects_at_risk"} for one in counts)
            or any(group_id(one.get("group_id", "")) not in groups for one in counts)
        ):
            return False
        for one in counts:
            group = groups[group_id(one.get("group_id", ""))]
            for attribute, key in (("subjects_affected", "NumAffected"), ("subjects_at_risk", "NumAtRisk")):
                value = number(one.get(attribute, ""))
                if value is not None and group.setdefault(prefix + key, value) == value:
                    self.read_attributes.add((one, attribute))
            self.read_attributes.add((one, "group_id"))
        self.read.add(names[0])
        return True

    # What is left

    def _problem(self, element: Element, message: str, code: str) -> None:
        self.problems.append(
            Problem(
                path=self.document.path, line=self._lines(element)[0], message=message, severity="warning", code=code
            )
        )

    def _unread(self) -> list[UnreadText]:
        """Return all text that nothing has read, with the element that it stands in."""
        pieces: list[tuple[Element, str]] = []
        for element in self.elements:
            for name, value in cast("list[tuple[str, str]]", element.items()):
                if value.strip() and (element, name) not in self.read_attributes:
                    pieces.append((element, f"{self._path(element)}@{name}: {value.strip()}"))
            if element not in self.read and element.text and element.text.strip():
                pieces.append((element, f"{self._path(element)}: {element.text.strip()}"))
            if element.tail and element.tail.strip():
                pieces.append((element, f"behind {self._path(element)}: {element.tail.strip()}"))
        return [
            UnreadText(document=self.document.path, first_line=lines[0], last_line=lines[1], text=content)
            for element, content in pieces
            for lines in [self._lines(element)]
        ]

    def _path(self, element: Element) -> str:
        names = [str(element.tag), *(str(above.tag) for above in element.iterancestors())][:-1]
        return "/".join(reversed(names)) or "clinical_study"


READER = ClinicalTrialsGovXml()
