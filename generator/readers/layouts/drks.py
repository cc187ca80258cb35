"""DRKS, the German Clinical Trials Register: the record as JSON, as the register's page hands it out.

It rests on one shortened record of the register; texts stand there in German and in English, each with its language.
The English one is taken where there is one, else the German one; the other stays beside it.  Codes of a registry's
enumeration that API v2 does not have stay as they are.
"""

from __future__ import annotations

from generator.language.messages import gettext_noop
from generator.model.countries import countries_by_code
from generator.model.document import Document
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.model.sentence import sentence
from generator.readers.fields import Field, Rule, Statements
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import age, date
from generator.readers.trees import Node, json_tree, read_tree

_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_INFO = f"{_DESIGN}.designInfo"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"

RULES = {
    "registrationDrks": Rule(f"{_STATUS}.studyFirstSubmitDate", "date"),
    "recruitment/status": Rule(f"{_STATUS}.overallStatus", "status"),
    "recruitment/gender": Rule(f"{_ELIGIBILITY}.sex", "sex"),
    "recruitment/healthyVolunteers": Rule(f"{_ELIGIBILITY}.healthyVolunteers", "yes or no"),
    "studyCharacteristic/phase": Rule(f"{_DESIGN}.phases", "phases"),
    "studyCharacteristic/purpose": Rule(f"{_INFO}.primaryPurpose", "primaryPurpose"),
    "studyCharacteristic/allocation": Rule(f"{_INFO}.allocation", "allocation"),
    "studyCharacteristic/assignment": Rule(f"{_INFO}.interventionModel", "interventionModel"),
    "studyCharacteristic/timing": Rule(f"{_INFO}.timePerspective", "timePerspective"),
    "secondaryIds/eudraCtNumber": Rule("", "numbers"),
    "secondaryIds/universalTrialNumber": Rule("", "numbers"),
}
_IN_LANGUAGES = (
    ("trialDescriptions", "title", "protocolSection.identificationModule.briefTitle"),
    ("trialDescriptions", "scientificTitle", "protocolSection.identificationModule.officialTitle"),
    ("trialDescriptions", "acronym", "protocolSection.identificationModule.acronym"),
    ("trialDescriptions", "summary", "protocolSection.descriptionModule.briefSummary"),
    ("studyCharacteristic/characteristicDescriptions", "primaryOutcome", "primaryOutcomes"),
    ("studyCharacteristic/characteristicDescriptions", "secondaryOutcome", "secondaryOutcomes"),
)
"""Texts that stand there in one language or two: their list, their key, and where they go."""
_TYPES = {"INTERVENTIONAL": "INTERVENTIONAL", "NON_INTERVENTIONAL": "OBSERVATIONAL"}
_AGE_UNITS = {"YEARS": "Years", "MONTHS": "Months", "WEEKS": "Weeks", "DAYS": "Days", "HOURS": "Hours"}
_LANGUAGE = "idLocale/locale"


class DrksJson(Reader):
    """Reads the register's JSON."""

    layout = "drks-json"
    language = None
    title = gettext_noop("German Clinical Trials Register record (JSON)")
    short_title = gettext_noop("German Clinical Trials Register record")
    rank = 1
    description = "Every field is read; of texts in two languages the English one, with the German one beside it."

    def recognises(self, document: Document) -> bool:
        """Say whether the JSON has the register's own keys."""
        start = document.text[:200].lstrip("\ufeff \t\r\n")[:1]
        return start in {"{", "["} and '"drksId"' in document.text and '"trialDescriptions"' in document.text

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial.  Raises ReadError where the JSON is broken or a trial has no DRKS number."""
        document.structured = True
        root = json_tree(document)
        trials = [root] if root.all("drksId") else root.children
        if not trials:
            raise ReadError(1, "The JSON holds no trial", "no-trial")
        return [self._record(document, trial) for trial in trials]

    def _record(self, document: Document, trial: Node) -> Record:
        written = trial.take("drksId")
        number = recognise(written.line) if written else None
        if written is None or number is None or number.kind.name != "drks":
            raise ReadError(trial.lines[0], "A trial has no drksId such as DRKS00000001", "no-number")
        statements = Statements(document, self.layout, {})
        statements.identify(number, written)
        other = trial.take("secondaryIds/otherPrimaryRegisterId")
        name = trial.take("secondaryIds/otherPrimaryRegisterName")
        if other:
            statements.secondary_id(other.line, other, domain=name.line if name else None)
        for path, key, target in _IN_LANGUAGES:
            field = _in_english(trial.all(path), key)
            if field and "." in target:
                statements.state(target, field.text, field)
            elif field:
                statements.add(f"protocolSection.outcomesModule.{target}", field, measure=field.text)
        recruitment = trial.all("recruitment/recruitmentDescriptions")
        inclusion = _in_english(recruitment, "inclusionCriteria")
        statements.criteria(inclusion, _in_english(recruitment, "exclusionCriteria"))
        for condition in trial.all("studiedHealthConditions"):
            field = _in_english(condition.all("studiedHealthConditionDescriptions"), "comment")
            if field:
                statements.append("protocolSection.conditionsModule.conditions", field.line, field)
        kind = trial.first("studyCharacteristic/type")
        if kind and kind.text in _TYPES:
            kind.taken = statements.state(f"{_DESIGN}.studyType", _TYPES[kind.text], kind.field())
        for node in trial.all("recruitment/countries/idCountry/code"):
            country = countries_by_code().get(node.text.upper())
            if country is not None:
                node.taken = True
                note = sentence("The register writes the code {code}.", code=node.text)
                statements.append("catalogSection.countries", country.name, node.field(), note)
        self._numbers_and_dates(statements, trial)
        for node in trial.all("recruitment/institutes"):
            facility, city = node.take("name"), node.take("city")
            if facility or city:
                path = statements.draft.item("protocolSection.contactsLocationsModule.locations")
                for key, field in (("facility", facility), ("city", city)):
                    if field:
                        statements.state(f"{path}.{key}", field.line, field)
        self._people(statements, trial)
        read_tree(statements, trial, RULES, {})
        updated = trial.value("lastUpdate")
        return statements.finish(number.identifier, date(updated[:10]) if updated else None)

    def _numbers_and_dates(self, statements: Statements, trial: Node) -> None:
        """State what happened where it did, and else what is planned."""
        recruitment = "recruitment"
        for key, what in (("StartDate", "startDateStruct"), ("CompletionDate", "completionDateStruct")):
            for kind, prefix in (("ACTUAL", "actual"), ("ESTIMATED", "scheduled")):
                node = trial.first(f"{recruitment}/{prefix}{key}")
                value = date(node.text[:10]) if node else None
                if node and value and statements.state(f"{_STATUS}.{what}.date", value, node.field(), None):
                    node.taken = True
                    note = sentence("The field is “{name}”.", name=f"{prefix}{key}")
                    statements.state(f"{_STATUS}.{what}.type", kind, node.field(), note)
        for kind, key in (("ACTUAL", "totalParticipants"), ("ESTIMATED", "plannedParticipants")):
            node = trial.first(f"{recruitment}/{key}")
            size = f"{_DESIGN}.enrollmentInfo"
            if node and statements.apply(Rule(f"{size}.count", "count"), node.field()):
                node.taken = True
                statements.state(f"{size}.type", kind, node.field(), sentence("The field is “{name}”.", name=key))
        for key in ("minimumAge", "maximumAge"):
            amount, unit = trial.first(f"{recruitment}/{key}/amount"), trial.first(f"{recruitment}/{key}/unit")
            if unit and unit.text.startswith("NO_") and amount is None:
                unit.taken = True
                statements.draft.place = unit.place
                no_limit = gettext_noop("The register states no limit.")
                statements.draft.absent(f"{_ELIGIBILITY}.{key}", "statedAsNone", no_limit, unit.lines)
            value = age(f"{amount.text} {_AGE_UNITS.get(unit.text, '')}") if amount and unit else None
            if amount and unit and value and statements.state(f"{_ELIGIBILITY}.{key}", value, amount.field()):
                amount.taken = unit.taken = True

    def _people(self, statements: Statements, trial: Node) -> None:
        """State the sponsor, who else pays, and each contact once."""
        known: set[str] = set()
        for entry in trial.all("trialContacts"):
            role = entry.value("idContactIdType/type")
            affiliation = entry.first("contact/affiliation")
            if role == "PRIMARY_SPONSOR" and affiliation:
                field = affiliation.field()
                affiliation.taken = statements.state(f"{_SPONSORS}.leadSponsor.name", field.line, field)
            parts = [part for key in ("title", "firstName", "lastName") if (part := entry.take(f"contact/{key}"))]
            if not parts:
                continue
            name = " ".join(part.line for part in parts)
            phone, email = entry.take("contact/phone"), entry.take("contact/email")
            person = "|".join([name, phone.line if phone else "", email.line if email else ""])
            if person in known:
                continue
            known.add(person)
            path = statements.add("protocolSection.contactsLocationsModule.centralContacts", parts[-1], name=name)
            for key, field_of in (("phone", phone), ("email", email)):
                if field_of:
                    statements.state(f"{path}.{key}", field_of.line, field_of)
        lead = str(statements.draft.value(f"{_SPONSORS}.leadSponsor.name") or "").casefold()
        for entry in trial.all("materialSupports"):
            field_of = entry.take("contact/affiliation")
            if field_of and field_of.line.casefold() != lead:
                statements.add(f"{_SPONSORS}.collaborators", field_of, name=field_of.line)


def _in_english(nodes: list[Node], key: str) -> Field | None:
    """Return the value of *key* in English where there is one, else in the first language that has it."""
    filled = [node for node in nodes if node.first(key)]
    chosen = next((node for node in filled if node.value(_LANGUAGE) == "en"), filled[0] if filled else None)
    for node in nodes:
        for language in node.all(_LANGUAGE):
            language.taken = True
    return chosen.take(key) if chosen else None


READER = DrksJson()
