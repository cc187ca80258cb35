"""ANZCTR, the Australian New Zealand Clinical Trials Registry: the record as XML (``<ANZCTR_Trial>``).

It rests on the element names that public programs read; the same names are known at any depth, because the registry's
download has grouped them and its single records have not.  Dates have the day first.
"""

from __future__ import annotations

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.fields import Field, Rule, Statements
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import date
from generator.readers.trees import Node, xml_tree

_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_OUTCOMES = "protocolSection.outcomesModule"


def _actual(name: str) -> Rule:
    return Rule(f"{_STATUS}.{name}.date", "day first date", extra=((f"{_STATUS}.{name}.type", "ACTUAL"),))


RULES = {
    "publictitle": Rule("protocolSection.identificationModule.briefTitle", "line"),
    "studytitle": Rule("protocolSection.identificationModule.briefTitle", "line"),
    "scientifictitle": Rule("protocolSection.identificationModule.officialTitle", "line"),
    "trialacronym": Rule("protocolSection.identificationModule.acronym", "line"),
    "utrn": Rule("", "numbers"),
    "secondaryid": Rule("", "numbers"),
    "submitdate": Rule(f"{_STATUS}.studyFirstSubmitDate", "day first date"),
    "approvaldate": Rule(f"{_STATUS}.studyFirstPostDateStruct.date", "day first date"),
    "recruitmentstatus": Rule(f"{_STATUS}.overallStatus", "status"),
    "actualstartdate": _actual("startDateStruct"),
    "actualenddate": _actual("completionDateStruct"),
    "briefsummary": Rule("protocolSection.descriptionModule.briefSummary"),
    "conditionname": Rule("protocolSection.conditionsModule.conditions", "texts"),
    "healthcondition": Rule("protocolSection.conditionsModule.conditions", "texts"),
    "studytype": Rule(f"{_DESIGN}.studyType", "study type"),
    "phase": Rule(f"{_DESIGN}.phases", "phases"),
    "samplesize": Rule(f"{_DESIGN}.enrollmentInfo.count", "count"),
    "recruitmentcountry": Rule("catalogSection.countries", "texts"),
    "gender": Rule(f"{_ELIGIBILITY}.sex", "sex"),
    "healthyvolunteer": Rule(f"{_ELIGIBILITY}.healthyVolunteers", "yes or no"),
    "primarysponsorname": Rule(f"{_SPONSORS}.leadSponsor.name", "line"),
    "primaryoutcome": Rule(f"{_OUTCOMES}.primaryOutcomes", "measures"),
}
"""Name of an element -> rule."""
_PLANNED = {"anticipatedstartdate": "startDateStruct", "anticipatedenddate": "completionDateStruct"}
_OBJECTS = {
    "primaryOutcome": (f"{_OUTCOMES}.primaryOutcomes", {"outcome": "measure", "timepoint": "timeFrame"}),
    "secondaryOutcome": (f"{_OUTCOMES}.secondaryOutcomes", {"outcome": "measure", "timepoint": "timeFrame"}),
}
_SPONSOR_NAMES = ("fundingname", "fundingsourcename", "sponsorname", "secondarysponsorname")
_NONE = frozenset({"none", "nil", "nil known", "not applicable", "n/a"})


class AnzctrXml(Reader):
    """Reads ANZCTR's XML."""

    layout = "anzctr-xml"
    title = gettext_noop("ANZCTR record (XML)")
    short_title = gettext_noop("ANZCTR record")
    rank = 1
    description = "Every field is read."

    def recognises(self, document: Document) -> bool:
        """Say whether the root element is the registry's."""
        return "<ANZCTR_Trial" in document.text[:2000]

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial.  Raises ReadError where the XML is broken or a trial has no number."""
        document.structured = True
        root = xml_tree(document)
        trials = [root] if root.name == "ANZCTR_Trial" else root.all("ANZCTR_Trial")
        if not trials:
            raise ReadError(1, "The file holds no trial", "no-trial")
        return [self._record(document, trial) for trial in trials]

    def _record(self, document: Document, trial: Node) -> Record:
        leaves = list(trial.leaves())
        named = next((node for _, node in leaves if node.name.casefold() in {"actrn", "actrnumber"}), None)
        number = recognise(named.text) if named else None
        if named is None or number is None or not number.primary:
            raise ReadError(trial.lines[0], "A trial has no actrn, so it is not known whose data it is", "no-number")
        named.taken = True
        statements = Statements(document, self.layout, {})
        statements.identify(number, named.field())
        for name, (target, parts) in _OBJECTS.items():
            for node in _below(trial, name):
                filled = {key: field for child, key in parts.items() if (field := node.take(child))}
                if "measure" in filled:
                    path = statements.draft.item(target)
                    for key, field in filled.items():
                        statements.state(f"{path}.{key}", field.text, field)
        lead = next((node.text.casefold() for _, node in leaves if node.name.casefold() == "primarysponsorname"), "")
        for _, node in leaves:
            name = node.name.casefold()
            if not node.taken and name in _SPONSOR_NAMES and node.text.casefold() not in _NONE:
                node.taken = True
                if node.text.casefold() != lead:
                    statements.add(f"{_SPONSORS}.collaborators", node.field(), name=node.text)
            elif not node.taken and name == "interventiondescription":
                node.taken = True
                path = statements.draft.item("protocolSection.armsInterventionsModule.interventions")
                statements.state(f"{path}.description", node.text, node.field())
        inclusion = next((node for _, node in leaves if node.name.casefold() == "inclusivecriteria"), None)
        exclusion = next((node for _, node in leaves if node.name.casefold() == "exclusivecriteria"), None)
        statements.criteria(inclusion.take() if inclusion else None, exclusion.take() if exclusion else None)
        for path, node in sorted(leaves, key=lambda leaf: leaf[1].name.casefold() in _PLANNED):
            rule = RULES.get(node.name.casefold())
            if node.taken or (rule and rule.kind == "numbers" and node.text.casefold() in _NONE):
                continue
            if rule is None or not statements.apply(rule, node.field()):
                node.taken = self._planned(statements, node)
                if not node.taken:
                    statements.keep(Field(path, node.text, node.lines, node.place))
        updated = next((node.text for _, node in leaves if node.name.casefold() == "datelastupdated"), "")
        return statements.finish(number.identifier, date(updated, day_first=True) if updated else None)

    def _planned(self, statements: Statements, node: Node) -> bool:
        """State a planned date where no actual one stands; planned ones come last."""
        where = _PLANNED.get(node.name.casefold())
        value = date(node.text, day_first=True) if where else None
        if where is None or value is None or statements.draft.value(f"{_STATUS}.{where}.date") is not None:
            return False
        statements.state(f"{_STATUS}.{where}.date", value, node.field())
        return statements.state(
            f"{_STATUS}.{where}.type", "ESTIMATED", node.field(), gettext_noop("The field is that of a plan.")
        )


def _below(node: Node, name: str) -> list[Node]:
    found = [child for child in node.children if child.name == name]
    for child in node.children:
        found.extend(_below(child, name))
    return found


READER = AnzctrXml()
