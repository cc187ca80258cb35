"""DRKS, the German Clinical Trials Register: the page of a trial in English, saved as HTML or copied as text.

Its labels end with a colon and have their values behind or below them; texts stand below headings.  They are those that
the register's own table of fields and public programs which read the page name, of the page of today and of the one
before 2022.  No whole page was at hand.  Persons and addresses stand without labels and stay unread, but for the first
line of the sponsor's address, which is the sponsor.
"""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.readers.countries import COUNTRIES
from generator.readers.fields import Field, Rule, Statements, count_of, enumerated, plain_name
from generator.readers.labelled import Labelled, LabelledReader, numbered_items, set_of_labels, table_of_labels
from generator.readers.reader import line_starts, whole_lines
from generator.readers.registry_values import is_stated

_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_INFO = f"{_DESIGN}.designInfo"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_DESCRIPTION = "protocolSection.descriptionModule"
_SHARING = "protocolSection.ipdSharingStatementModule"
_OUTCOMES = "protocolSection.outcomesModule"
_COUNTRIES = "catalogSection.countries"
_MOST_ARMS = 30

RULES: dict[str, Rule] = {
    "drks-id": Rule("", "number"),
    **table_of_labels(
        {
            Rule(f"{_IDENTIFICATION}.briefTitle", "text"): "title; title of the study; title of the trial",
            Rule(f"{_IDENTIFICATION}.acronym", "line"): (
                "acronym; trial acronym; acronym/abbreviation of the study; trial acronym/abbreviation"
            ),
            Rule(f"{_DESCRIPTION}.briefSummary", "text"): "brief summary in lay language",
            Rule(f"{_DESCRIPTION}.detailedDescription", "text"): "brief summary in scientific language",
            Rule(f"{_STATUS}.overallStatus", "status"): "recruitment status",
            Rule(f"{_STATUS}.whyStopped", "text"): (
                "reason if recruiting stopped or withdrawn; reason, if recruiting stopped or withdrawn"
            ),
            Rule(f"{_STATUS}.studyFirstSubmitDate", "date"): "date of registration in drks",
            Rule("start", "line"): (
                "planned study start date; actual study start date; (anticipated or actual) date of first enrollment"
            ),
            Rule("completion", "line"): "planned study completion date; actual study completion date",
            Rule("size", "line"): "target sample size; final sample size",
            Rule(f"{_DESIGN}.studyType", "line"): "study type",
            Rule(f"{_DESIGN}.phases", "phases"): "phase",
            Rule(f"{_INFO}.primaryPurpose", "primaryPurpose"): "purpose",
            Rule(f"{_INFO}.allocation", "line"): "allocation",
            Rule(f"{_INFO}.interventionModel", "interventionModel"): "assignment",
            Rule(f"{_INFO}.timePerspective", "timePerspective"): "retrospective/prospective; timing",
            Rule("protocolSection.conditionsModule.conditions", "texts"): "free text",
            Rule(_COUNTRIES, "texts"): "recruitment countries; countries of recruitment; recruitment country",
            Rule(f"{_ELIGIBILITY}.sex", "sex"): "sex; gender",
            Rule(f"{_ELIGIBILITY}.minimumAge", "age"): "minimum age",
            Rule(f"{_ELIGIBILITY}.maximumAge", "age"): "maximum age",
            Rule(f"{_ELIGIBILITY}.healthyVolunteers", "yes or no"): "healthy volunteers",
            Rule("inclusion", "text"): "inclusion criteria; additional inclusion criteria",
            Rule("exclusion", "text"): "exclusion criteria; additional exclusion criteria",
            Rule("primaryOutcomes", "text"): "primary outcome",
            Rule("secondaryOutcomes", "text"): "secondary outcome",
            Rule("sponsor", "line"): "primary sponsor",
            Rule("address", "text"): "address",
            Rule("people", "line"): (
                "telephone; phone; fax; e-mail; email; contact per e-mail; url; name; contact for scientific queries; "
                "contact for public queries; principal investigator; other contacts; other contact; collaborator"
            ),
            Rule("", "numbers"): (
                "eudract number; eudract-no.; utn (universal trial number); universal trial number (utn); "
                "other primary registry id; other primary register id; other secondary id; other secondary ids; "
                "primary registry-id; partner registry-id; nct number"
            ),
            Rule("sharing", "line"): (
                "do you plan to make participant-related data (ipd) available to other researchers in an anonymized "
                "form?"
            ),
            Rule(f"{_SHARING}.description", "text"): "ipd sharing plan",
        }
    ),
    **{f"arm {number}": Rule("arm", "text") for number in range(1, _MOST_ARMS + 1)},
}
KEPT = set_of_labels(
    """last update in drks; date of last update; registration type; url of the study; icd10; icd-10; meddra; control;
    study type non-interventional; mechanism of allocation concealment; blinding; who is blinded; sequence
    generation; longitudinal/cross-sectional; off-label use; number of study centers; monocenter/multicenter trial;
    national/international; ethics committee number; vote of the ethics committee; vote of leading ethics committee;
    date of the vote; date of ethics committee application; date of leading ethics committee application; date of
    leading ethics committee approval; investigator sponsored/initiated trial (ist/iit); planned/actual; deferral;
    date of registration in partner registry or other primary registry; eudamed number; eudamed-number; date of the
    first journal publication; study results available; basic reporting; keywords; ctis number; bfarm-no.; pei-no.;
    sponsor-id; reason for deferral; date of first enrollment of participant; number of recruitment locations;
    additional information on the study type; further information"""
)
KEPT_TEXTS = frozenset(
    {
        *("recruitment location(s)", "recruitment locations", "locations of recruitment", "result of the study"),
        *("study protocol and other study documents", "trial publications", "scientific publications"),
        *("brief summary of results", "additional study information", "control group"),
    }
)
_ALLOCATIONS = {
    "randomized controlled study": "RANDOMIZED",
    "randomized controlled trial": "RANDOMIZED",
    "non-randomized controlled study": "NON_RANDOMIZED",
    "non-randomized controlled trial": "NON_RANDOMIZED",
}
_TYPES = {"interventional": "INTERVENTIONAL", "non-interventional": "OBSERVATIONAL"}
_EMPTY = frozenset({"no entry", "[---]*", "---*", "--- *"})
_TYPES_OF_DATES = {"planned": "ESTIMATED", "actual": "ACTUAL"}
_TYPES_OF_SIZES = {"target": "ESTIMATED", "final": "ACTUAL"}


class DrksPage(LabelledReader):
    """The register's page of a trial."""

    layout = "drks-page"
    title = gettext_noop("German Clinical Trials Register page")
    rank = 3
    description = (
        "Everything under the register's labels is read, saved or copied, of today's page and the one before 2022. "
        "Persons, and addresses but for the sponsor's name, stay unread."
    )
    start = r"DRKS-ID:?(?:[ |\t]*DRKS\d{8})?"
    marks = (whole_lines("Brief [Ss]ummary in (?:[Ll]ay|[Ss]cientific) [Ll]anguage"), line_starts("DRKS-ID:"))
    rules = RULES
    kept = KEPT
    kept_texts = KEPT_TEXTS
    updated = "last update in drks"
    runs_on = True
    titled = True
    headings = (
        r"(?:Title|Trial [Dd]escription|Study [Dd]escription|Organizational [Dd]ata|Secondary IDs"
        r"|Characteristics|Health [Cc]ondition or [Pp]roblem studied|Interventions(?:/|, )Observational [Gg]roups"
        r"|Endpoints"
        r"|Study [Dd]esign|Recruitment|Recruitment [Ll]ocations|Recruitment period and number of participants|Addresses"
        r"|(?:Start of )?(?:Study|Trial) [Pp]ublications?.{0,40}|Sources? of Monetary or Material Support|Status"
        r"|Further [Ii]dentification [Nn]umbers|Ethics [Cc]ommittee.{0,40}|IPD - Individual Participant Data.{0,40}"
        r"|Identification numbers|Study [Rr]esults|Results|Contacts?.{0,40}|Further [Tt]rial [Ii]nformation)"
    )
    boilerplate = (
        r"(?:(?:start|end) of (?:1:1|1:n)-Block .{0,80}|Back to (?:search|result list).{0,40}|Trial history"
        r"|Print.{0,20}|Download.{0,40}|German Clinical Trials Register|Drucken|Deutsch|English|Show all|Export.{0,30})"
    )

    def state(self, statements: Statements, labels: list[Labelled]) -> None:
        """State what stands under *labels*; a few belong to the one before them."""
        others: list[Labelled] = []
        together: dict[str, list[Field]] = {}
        last = ""
        for labelled in labels:
            field, path, before = labelled.as_field(), labelled.rule.path, last
            last = path
            if plain_name(field.text) in _EMPTY:
                first, end = (field.lines, field.lines) if isinstance(field.lines, int) else field.lines
                statements.draft.document.account(range(first, end + 1), LineRole.HEADING, "no entry")
            elif path == "address":
                if before == "sponsor":
                    _state_sponsor(statements, field)
            elif path == "people" or not is_stated(field.text):
                continue
            elif path in _TOGETHER:
                together.setdefault(path, []).append(field)
            else:
                others.append(labelled)
        for path, fields in together.items():
            _TOGETHER[path](statements, fields)
        inclusion, exclusion = (together.get(name, [None]) for name in ("inclusion", "exclusion"))
        statements.criteria(inclusion[0], exclusion[0])
        super().state(statements, others)


def _first_line(field: Field) -> Field:
    """Return the first line of a value as a field of its own."""
    first = field.lines if isinstance(field.lines, int) else field.lines[0]
    return Field(field.name, field.text.split("\n")[0].strip(), (first, first))


def _state_sponsor(statements: Statements, field: Field) -> None:
    sponsor = _first_line(field)
    path = "protocolSection.sponsorCollaboratorsModule.leadSponsor.name"
    if not statements.state(path, sponsor.text, sponsor):
        statements.keep(sponsor)


def _state_sponsors(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        _state_sponsor(statements, field)


def _typed(fields: list[Field], types: dict[str, str]) -> list[tuple[Field, str | None]]:
    """Return fields with the type that their labels begin with, those that tell what happened first."""
    found = [(field, types.get(plain_name(field.name).split(" ")[0])) for field in fields]
    return sorted(found, key=lambda one: one[1] != "ACTUAL")


def _state_date(statements: Statements, fields: list[Field], name: str) -> None:
    """State a date as it happened, or else as it is planned; the other one is kept."""
    for field, kind in _typed(fields, _TYPES_OF_DATES):
        path = f"{_STATUS}.{name}"
        if not statements.apply(Rule(f"{path}.date", "date"), field):
            statements.keep(field)
        elif kind:
            statements.state(f"{path}.type", kind, field, f"The label is “{field.name}”.")


def _state_start(statements: Statements, fields: list[Field]) -> None:
    _state_date(statements, fields, "startDateStruct")


def _state_completion(statements: Statements, fields: list[Field]) -> None:
    _state_date(statements, fields, "completionDateStruct")


def _state_size(statements: Statements, fields: list[Field]) -> None:
    """State how many took part, or else how many are wanted; the other number is kept."""
    path = f"{_DESIGN}.enrollmentInfo"
    for field, kind in _typed(fields, _TYPES_OF_SIZES):
        number = count_of(field.line)
        if number is None or not statements.state(f"{path}.count", number, field):
            statements.keep(field)
        elif kind:
            statements.state(f"{path}.type", kind, field, f"The label is “{field.name}”.")


def _state_type(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        value = _TYPES.get(field.line.casefold())
        if value is None or not statements.state(f"{_DESIGN}.studyType", value, field):
            statements.keep(field)


def _state_allocation(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        value = _ALLOCATIONS.get(field.line.casefold()) or enumerated("allocation", field.line)
        if value is None or not statements.state(f"{_INFO}.allocation", value, field):
            statements.keep(field)


def _state_countries(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        names = [name.strip() for name in re.split(r"[,\n]", field.text) if name.strip()]
        if names and all(name in COUNTRIES for name in names):
            for name in names:
                statements.append(_COUNTRIES, name, field)
        else:
            statements.keep(field)


def _state_arms(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        statements.add(
            "protocolSection.armsInterventionsModule.armGroups", field, label=field.name, description=field.text
        )


def _state_primary(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        for measure in numbered_items(field.text) or [field.text]:
            statements.add(f"{_OUTCOMES}.primaryOutcomes", field, measure=measure)


def _state_secondary(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        for measure in numbered_items(field.text) or [field.text]:
            statements.add(f"{_OUTCOMES}.secondaryOutcomes", field, measure=measure)


def _state_sharing(statements: Statements, fields: list[Field]) -> None:
    for field in fields:
        value = enumerated("ipdSharing", field.line)
        if value is None or not statements.state(f"{_SHARING}.ipdSharing", value, field):
            statements.keep(field)


def _keep_all_but_first(statements: Statements, fields: list[Field]) -> None:
    for field in fields[1:]:
        statements.keep(field)


_TOGETHER = {
    "sponsor": _state_sponsors,
    "start": _state_start,
    "completion": _state_completion,
    "size": _state_size,
    f"{_DESIGN}.studyType": _state_type,
    f"{_INFO}.allocation": _state_allocation,
    _COUNTRIES: _state_countries,
    "arm": _state_arms,
    "primaryOutcomes": _state_primary,
    "secondaryOutcomes": _state_secondary,
    "sharing": _state_sharing,
    "inclusion": _keep_all_but_first,
    "exclusion": _keep_all_but_first,
}
"""Rule's path -> what states all values of that path together."""

READER = DrksPage()
