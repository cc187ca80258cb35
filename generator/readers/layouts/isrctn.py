"""ISRCTN: the registry's record as XML (``/api/trial/…/format/default``), one trial or a list (``allTrials``).

It rests on the element names that public programs read from the API's answers; free texts stay whole.  The API does not
give the state of recruitment that the page shows, so none is stated: only what editors have set by hand is kept.
"""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.fields import Field, Rule, Statements
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import age, date
from generator.readers.trees import Node, read_tree, xml_tree

_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_OUTCOMES = "protocolSection.outcomesModule"
_NAMESPACE = "http://www.67bricks.com/isrctn"

RULES = {
    "trial/trialDescription/title": Rule("protocolSection.identificationModule.briefTitle", "line"),
    "trial/trialDescription/scientificTitle": Rule("protocolSection.identificationModule.officialTitle", "line"),
    "trial/trialDescription/acronym": Rule("protocolSection.identificationModule.acronym", "line"),
    "trial/trialDescription/plainEnglishSummary": Rule("protocolSection.descriptionModule.briefSummary"),
    "trial/trialDescription/studyHypothesis": Rule("catalogSection.objectives", "texts"),
    "trial/isrctn/@dateAssigned": Rule(f"{_STATUS}.studyFirstSubmitDate", "date"),
    "trial/participants/recruitmentStart": Rule(f"{_STATUS}.startDateStruct.date", "date"),
    "trial/trialDesign/overallEndDate": Rule(f"{_STATUS}.completionDateStruct.date", "date"),
    "trial/trialDesign/primaryStudyDesign": Rule(f"{_DESIGN}.studyType", "study type"),
    "trial/participants/gender": Rule(f"{_ELIGIBILITY}.sex", "sex"),
    "trial/participants/healthyVolunteersAllowed": Rule(f"{_ELIGIBILITY}.healthyVolunteers", "yes or no"),
    "trial/participants/recruitmentCountries/country": Rule("catalogSection.countries", "texts"),
    "trial/conditions/condition/description": Rule("protocolSection.conditionsModule.conditions", "texts"),
    "trial/interventions/intervention/phase": Rule(f"{_DESIGN}.phases", "phases"),
    "results/ipdSharingStatement": Rule("protocolSection.ipdSharingStatementModule.description"),
    "trial/results/ipdSharingStatement": Rule("protocolSection.ipdSharingStatementModule.description"),
    "trial/miscellaneous/ipdSharingPlan": Rule("protocolSection.ipdSharingStatementModule.ipdSharing", "ipdSharing"),
}
_OUTCOME = {"variable": Rule("measure"), "method": Rule("description"), "timepoints": Rule("timeFrame")}
OBJECTS = {
    "trial/primaryOutcomes/outcomeMeasure": (f"{_OUTCOMES}.primaryOutcomes", _OUTCOME),
    "trial/secondaryOutcomes/outcomeMeasure": (f"{_OUTCOMES}.secondaryOutcomes", _OUTCOME),
    "trial/participants/trialCentres/trialCentre": (
        "protocolSection.contactsLocationsModule.locations",
        {
            "name": Rule("facility", "line"),
            "city": Rule("city", "line"),
            "state": Rule("state", "line"),
            "zip": Rule("zip", "line"),
            "country": Rule("country", "line"),
        },
    ),
}
_WHOLE = {
    "trial/trialDescription/primaryOutcome": f"{_OUTCOMES}.primaryOutcomes",
    "trial/trialDescription/secondaryOutcome": f"{_OUTCOMES}.secondaryOutcomes",
}
"""Outcomes of older records, each one free text."""
_NUMBERS = ("eudraCTNumber", "clinicalTrialsGovNumber", "irasNumber", "protocolSerialNumber", "secondaryNumbers")
INTERVENTION_TYPES = {
    "drug": "DRUG",
    "device": "DEVICE",
    "behavioural": "BEHAVIORAL",
    "behavioral": "BEHAVIORAL",
    "supplement": "DIETARY_SUPPLEMENT",
    "biological/vaccine": "BIOLOGICAL",
    "procedure/surgery": "PROCEDURE",
    "genetic": "GENETIC",
    "other": "OTHER",
}
"""Types of interventions in lower case; "Mixed" and "Not Specified" are none."""
_NO_FACT = frozenset({"trial/@", "@"})
"""Beginnings of paths of what says nothing about the trial: versions and states of the record itself."""


def state_sponsors(statements: Statements, sponsors: list[Field]) -> None:
    """State the sponsor; of several, none is called the lead."""
    for field in sponsors:
        if len(sponsors) == 1:
            statements.state(f"{_SPONSORS}.leadSponsor.name", field.line, field)
        else:
            statements.add("catalogSection.sponsorsWithoutRole", field, name=field.line)


class IsrctnXml(Reader):
    """Reads ISRCTN's XML."""

    layout = "isrctn-xml"
    title = gettext_noop("ISRCTN record (XML)")
    short_title = gettext_noop("ISRCTN record")
    rank = 1
    description = "Every field is read; the state of recruitment only where the record has it."

    def recognises(self, document: Document) -> bool:
        """Say whether the beginning names the registry's own namespace, and elements of its records."""
        head = document.text[:4000]
        return _NAMESPACE in head and re.search(r"<(?:fullTrial|allTrials)\b", head) is not None

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial.  Raises ReadError where the XML is broken or a trial has no number."""
        document.structured = True
        root = xml_tree(document)
        trials = [root] if root.name == "fullTrial" else root.all("fullTrial")
        if not trials:
            raise ReadError(1, "The file holds no trial; ask the registry again", "no-trial")
        return [self._record(document, trial) for trial in trials]

    def _record(self, document: Document, trial: Node) -> Record:
        written = trial.take("trial/isrctn")
        number = recognise(f"ISRCTN{written.line.upper().removeprefix('ISRCTN')}") if written else None
        if written is None or number is None:
            message = "A trial has no ISRCTN number, so it is not known whose data it is"
            raise ReadError(trial.lines[0], message, "no-number")
        statements = Statements(document, self.layout, {})
        statements.identify(number, written)
        for name in _NUMBERS:
            field = trial.take(f"trial/externalRefs/{name}")
            for piece in re.split(r"[;\n]| , |, (?=[A-Z0-9])", field.text) if field else ():
                if field and piece.strip() and piece.strip().casefold() not in {"nil known", "n/a", "not applicable"}:
                    statements.secondary_id(piece.strip(), field)
        self._organizations(statements, trial)
        self._people(statements, trial)
        self._participants(statements, trial)
        for node in trial.all("trial/interventions/intervention"):
            self._intervention(statements, node)
        for path, target in _WHOLE.items():
            field = trial.take(path)
            if field:
                statements.add(target, field, measure=field.text)
        updated = trial.value("trial/@lastUpdated")
        read_tree(statements, trial, RULES, OBJECTS, _NO_FACT)
        return statements.finish(number.identifier, date(updated[:10]) if updated else None)

    def _organizations(self, statements: Statements, trial: Node) -> None:
        sponsors = [field for node in trial.all("sponsor") if (field := node.take("organisation"))]
        state_sponsors(statements, sponsors)
        named = {field.line.casefold() for field in sponsors}
        for node in trial.all("funder"):
            field = node.take("name")
            if field and field.line.casefold() not in named:
                named.add(field.line.casefold())
                statements.add(f"{_SPONSORS}.collaborators", field, name=field.line)

    def _people(self, statements: Statements, trial: Node) -> None:
        for contact in trial.all("contact"):
            parts = [part for name in ("title", "forename", "surname") if (part := contact.take(name))]
            if not parts:
                continue
            path = statements.add(
                "protocolSection.contactsLocationsModule.centralContacts",
                parts[-1],
                name=" ".join(part.line for part in parts),
            )
            for key, name in (("phone", "telephone"), ("email", "email")):
                field = contact.take(f"contactDetails/{name}")
                if field:
                    statements.state(f"{path}.{key}", field.line, field)

    def _participants(self, statements: Statements, trial: Node) -> None:
        people = "trial/participants"
        statements.criteria(trial.take(f"{people}/inclusion"), trial.take(f"{people}/exclusion"))
        for name, kind in (("totalFinalEnrolment", "ACTUAL"), ("targetEnrolment", "ESTIMATED")):
            node = trial.first(f"{people}/{name}")
            size = f"{_DESIGN}.enrollmentInfo"
            if node is None or statements.draft.value(f"{size}.count") is not None:
                continue
            field = node.field()
            if statements.apply(Rule(f"{size}.count", "count"), field):
                node.taken = True
                statements.state(f"{size}.type", kind, field, f"The field is “{name}”.")
        for name, key in (("lowerAgeLimit", "minimumAge"), ("upperAgeLimit", "maximumAge")):
            node = next(iter(trial.all(f"{people}/{name}")), None)
            number, unit = (node.first("@value"), node.first("@unit")) if node else (None, None)
            value = age(f"{number.text} {unit.text}") if number and unit else None
            if node and number and unit and value and statements.state(f"{_ELIGIBILITY}.{key}", value, number.field()):
                node.taken = number.taken = unit.taken = True

    def _intervention(self, statements: Statements, node: Node) -> None:
        """State an intervention: its drugs' names where there are any, and its description as one text."""
        names, text, kind = node.take("drugNames"), node.take("description"), node.first("interventionType")
        field: Field | None = names or text
        if field is None:
            return
        path = statements.add(
            "protocolSection.armsInterventionsModule.interventions", field, name=names.line if names else None
        )
        if text:
            statements.state(f"{path}.description", text.text, text)
        known = INTERVENTION_TYPES.get(kind.text.casefold()) if kind else None
        if kind and known and statements.state(f"{path}.type", known, kind.field()):
            kind.taken = True


READER = IsrctnXml()
