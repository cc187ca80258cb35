"""WHO's exchange format: ``<trials><trial><main>``, which registries hand out of single trials and of lists.

ChiCTR, REPEC, ReBEC, IRCT and others offer it (and ISRCTN as ``/format/who``).  Its names are those of the format by
which registries send their data to WHO; they rest on the templates and tests of public programs that write and read
it.  Dates have the day first, as the format asks for, or are ISO dates.
"""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.fields import Rule, Statements
from generator.readers.layouts.who_ictrp.tables import NO_SPONSOR
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import date
from generator.readers.trees import Node, read_tree, xml_tree

_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_BEGINNING = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}\?>)?\s*+(?:<!--.{0,500}?-->\s*+)?(?:<root>\s*+)?<trials?[\s>]", re.DOTALL
)

RULES = {
    "main/public_title": Rule("protocolSection.identificationModule.briefTitle", "line"),
    "main/scientific_title": Rule("protocolSection.identificationModule.officialTitle", "line"),
    "main/acronym": Rule("protocolSection.identificationModule.acronym", "line"),
    "main/utrn": Rule("", "numbers"),
    "main/date_registration": Rule(f"{_STATUS}.studyFirstSubmitDate", "day first date"),
    "main/date_enrolment": Rule(f"{_STATUS}.startDateStruct.date", "day first date"),
    "main/type_enrolment": Rule(f"{_STATUS}.startDateStruct.type", "dateType"),
    "main/recruitment_status": Rule(f"{_STATUS}.overallStatus", "status"),
    "main/results_date_completed": Rule(f"{_STATUS}.completionDateStruct.date", "day first date"),
    "main/results_date_posted": Rule(f"{_STATUS}.resultsFirstPostDateStruct.date", "day first date"),
    "main/target_size": Rule(f"{_DESIGN}.enrollmentInfo.count", "count"),
    "main/study_type": Rule(f"{_DESIGN}.studyType", "study type"),
    "main/phase": Rule(f"{_DESIGN}.phases", "phases"),
    "main/hc_freetext": Rule("protocolSection.conditionsModule.conditions", "texts"),
    "main/primary_sponsor": Rule(f"{_SPONSORS}.leadSponsor.name", "line"),
    "countries/country2": Rule("catalogSection.countries", "texts"),
    "criteria/gender": Rule(f"{_ELIGIBILITY}.sex", "sex"),
    "criteria/agemin": Rule(f"{_ELIGIBILITY}.minimumAge", "age"),
    "criteria/agemax": Rule(f"{_ELIGIBILITY}.maximumAge", "age"),
    "health_condition_keyword/hc_keyword": Rule("protocolSection.conditionsModule.keywords", "texts"),
    "main/results_IPD_plan": Rule("protocolSection.ipdSharingStatementModule.ipdSharing", "ipdSharing"),
    "main/results_IPD_description": Rule("protocolSection.ipdSharingStatementModule.description", "text"),
}
_OUTCOME = Rule("measure", "line")
OBJECTS = {
    "primary_outcome/prim_outcome": ("protocolSection.outcomesModule.primaryOutcomes", _OUTCOME),
    "secondary_outcome/sec_outcome": ("protocolSection.outcomesModule.secondaryOutcomes", _OUTCOME),
    "source_support/source_name": (f"{_SPONSORS}.collaborators", Rule("name", "line")),
    "secondary_sponsor/sponsor_name": (f"{_SPONSORS}.collaborators", Rule("name", "line")),
}
"""Elements of which each is an object of the list."""


class WhoExchange(Reader):
    """Reads WHO's exchange format."""

    layout = "who-exchange-xml"
    title = gettext_noop("registry's record in WHO's exchange format (XML)")
    short_title = gettext_noop("registry's record in WHO's exchange format")
    rank = 2
    description = "Every field is read. ChiCTR, REPEC, ReBEC, IRCT and others offer this format."

    def recognises(self, document: Document) -> bool:
        """Say whether the root element holds trials with the format's ``main`` part."""
        return _BEGINNING.match(document.text[:4000].lstrip("\ufeff")) is not None and (
            "<main>" in document.text and "<trial_id" in document.text
        )

    def read(self, document: Document) -> list[Record]:
        """Return one record a trial.

        Raises ReadError where the XML is broken or a trial has no number.
        """
        document.structured = True
        root = xml_tree(document)
        lists = [root, *root.all("trials")]
        trials = [node for one in lists for node in one.all("trial")] or ([root] if root.name == "trial" else [])
        if not trials:
            raise ReadError(1, "The file holds no trial", "no-trial")
        return [self._record(document, trial) for trial in trials]

    def _record(self, document: Document, trial: Node) -> Record:
        register = trial.value("main/reg_name")
        written = trial.take("main/trial_id")
        number = recognise(written.line, register) if written else None
        if written is None or number is None or not number.primary:
            found = f"{written.line!r} is no number of a known registry" if written else "it has no trial_id"
            raise ReadError(trial.lines[0], f"It is not known whose data these are: {found}", "no-number")
        statements = Statements(document, self.layout, {})
        statements.identify(number, written)
        for node in trial.all("secondary_ids/secondary_id"):
            field = node.take("sec_id")
            if field and field.line.casefold() not in NO_SPONSOR:
                authority = node.take("issuing_authority")
                statements.secondary_id(field.line, field, domain=authority.line if authority else None)
        self._people(statements, trial)
        self._criteria(statements, trial)
        lead = trial.value("main/primary_sponsor").casefold()
        for path, (target, rule) in OBJECTS.items():
            for node in trial.all(path):
                name = " ".join(node.text.split()).casefold()
                if path.startswith(("source", "secondary_sponsor")) and (name in NO_SPONSOR or name == lead):
                    node.taken = name == lead
                    continue
                field = node.take()
                if field:
                    statements.apply(Rule(f"{statements.draft.item(target)}.{rule.path}", rule.kind), field)
        read_tree(statements, trial, RULES, {})
        updated = trial.value("main/last_update") or trial.value("main/date_registration")
        return statements.finish(number.identifier, date(updated, day_first=True) if updated else None)

    def _people(self, statements: Statements, trial: Node) -> None:
        """State each contact once: the same person is often both for the public and for scientists."""
        known: set[tuple[str, ...]] = set()
        for contact in trial.all("contacts/contact"):
            parts = [contact.first(name) for name in ("firstname", "middlename", "lastname")]
            named = [node for node in parts if node is not None]
            phone, email = contact.first("telephone"), contact.first("email")
            if not named:
                continue
            name = " ".join(" ".join(node.text.split()) for node in named)
            key = (name, phone.text if phone else "", email.text if email else "")
            for node in (*named, *(one for one in (phone, email) if one)):
                node.taken = True
            if key in known:
                continue
            known.add(key)
            contacts = "protocolSection.contactsLocationsModule.centralContacts"
            path = statements.add(contacts, named[-1].field(), name=name)
            for value, part in ((phone, "phone"), (email, "email")):
                if value:
                    statements.state(f"{path}.{part}", value.text, value.field())

    def _criteria(self, statements: Statements, trial: Node) -> None:
        statements.criteria(trial.take("criteria/inclusion_criteria"), trial.take("criteria/exclusion_criteria"))


READER = WhoExchange()
