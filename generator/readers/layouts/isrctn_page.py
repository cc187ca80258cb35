"""ISRCTN: the page of a trial, saved as HTML or copied as text.

The page has the number and its DOI, the title, a short table, and parts with labels above their values.  The labels are
those that the registry's own definitions and a public collector of its pages (OpenTrials) name, the former ones too; of
pages only beginnings were at hand, in two extractions.  Dates have the day first.  Addresses of contacts stand without
labels and stay unread.
"""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.readers.countries import COUNTRIES
from generator.readers.fields import Field, Rule, Statements, count_of, plain_name
from generator.readers.labelled import Labelled, LabelledReader, numbered_items, set_of_labels, table_of_labels
from generator.readers.layouts.isrctn import INTERVENTION_TYPES, state_sponsors
from generator.readers.reader import whole_lines
from generator.readers.registry_values import is_stated

_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_PLACES = "protocolSection.contactsLocationsModule"
_COUNTRIES = "catalogSection.countries"
_NATIONS = frozenset({"England", "Northern Ireland", "Scotland", "Wales"})
_DOI = r"https?://(?:dx\.)?doi\.org/10\.1186/ISRCTN\d{8}"


RULES = table_of_labels(
    {
        Rule("", "number"): "isrctn",
        Rule(f"{_IDENTIFICATION}.officialTitle", "text"): "scientific title",
        Rule(f"{_IDENTIFICATION}.acronym", "line"): "acronym",
        Rule("protocolSection.descriptionModule.briefSummary", "text"): (
            """plain english summary; plain english summary of protocol"""
        ),
        Rule("catalogSection.objectives", "text"): "study hypothesis; study objectives; study objective(s)",
        Rule(f"{_STATUS}.studyFirstSubmitDate", "day first date"): "registration date; date assigned",
        Rule(f"{_STATUS}.startDateStruct.date", "day first date"): "date of first enrolment; recruitment start date",
        Rule(f"{_STATUS}.completionDateStruct.date", "day first date"): (
            """completion date; overall study end date; overall trial end date"""
        ),
        Rule(f"{_STATUS}.whyStopped", "text"): (
            """reason abandoned; reason abandoned (if study stopped); reason for stopping"""
        ),
        Rule(f"{_DESIGN}.studyType", "study type"): "primary study design",
        Rule(f"{_DESIGN}.phases", "phases"): "phase",
        Rule("protocolSection.conditionsModule.conditions", "texts"): (
            """condition; health condition(s) or problem(s) studied"""
        ),
        Rule("size", "line"): "total final enrolment; target number of participants; target sample size",
        Rule(f"{_ELIGIBILITY}.sex", "sex"): "sex; gender",
        Rule(f"{_ELIGIBILITY}.minimumAge", "age"): "lower age limit",
        Rule(f"{_ELIGIBILITY}.maximumAge", "age"): "upper age limit",
        Rule(f"{_ELIGIBILITY}.healthyVolunteers", "yes or no"): (
            """healthy volunteers allowed; accepts healthy volunteers"""
        ),
        Rule("inclusion", "text"): "participant inclusion criteria; key inclusion criteria; inclusion criteria",
        Rule("exclusion", "text"): "participant exclusion criteria; key exclusion criteria; exclusion criteria",
        Rule("protocolSection.outcomesModule.primaryOutcomes", "text"): (
            """primary outcome measure; primary outcome measures; primary outcome measure(s); primary outcome(s)"""
        ),
        Rule("protocolSection.outcomesModule.secondaryOutcomes", "text"): (
            """secondary outcome measures; secondary outcome measure(s); key secondary outcome(s);
            secondary outcome(s)"""
        ),
        Rule("intervention", "text"): "intervention; interventions; intervention(s)",
        Rule("intervention type", "line"): "intervention type",
        Rule("intervention name", "line"): (
            """drug names; drug name(s); drug/device/biological/vaccine name(s); drug / device / biological / vaccine
            name(s)"""
        ),
        Rule("", "numbers"): (
            """eudract number; eudract/ctis number; ctis number; iras number; clinicaltrials.gov number;
            protocol/serial number; secondary identifying numbers"""
        ),
        Rule(_COUNTRIES, "texts"): "countries of recruitment",
        Rule("centre", "text"): (
            """trial participating centre; trial participating centres; study participating centre; study participating
            centres"""
        ),
        Rule("sponsor", "line"): "organisation; sponsor name",
        Rule("funder", "line"): "funder name",
        Rule("contact", "line"): "contact name; primary contact; additional contact",
        Rule("phone", "line"): "phone; telephone; tel",
        Rule("email", "line"): "email; e-mail",
        Rule("protocolSection.ipdSharingStatementModule.description", "text"): (
            """individual participant data (ipd) sharing plan; data sharing statement"""
        ),
        Rule("recruitment", "line"): "recruitment status",
        Rule("overall", "line"): "overall study status; overall trial status",
    }
)
KEPT = set_of_labels(
    """submission date; date applied; last edited; condition category; prospective/retrospective; trial website; study
    website; overall study start date; overall trial start date; date of final enrolment; recruitment end date;
    secondary study design; study type; study type(s); trial type; type; trial setting; study setting(s); age group;
    participant type; participant type(s); sponsor type; website; ror; funder type; funding body type; funding body
    subtype; location; alternative name(s); orcid id; intention to publish date; ipd sharing plan summary; ipd
    sharing plan; participant level data; doi; pharmaceutical study type(s); basic results; results overview;
    allocation; masking; control; assignment; purpose; target sample size at registration"""
)
KEPT_TEXTS = set_of_labels(
    """study design; ethics approval; ethics approval(s); ethics approval required; patient information sheet;
    participant information sheet; publication and dissemination plan; publication summary; publication citations;
    publication list; results (basic reporting); study outputs; editorial notes; contact details; sponsor details;
    additional files"""
)
_STATUSES = {"recruiting": "RECRUITING", "not yet recruiting": "NOT_YET_RECRUITING", "suspended": "SUSPENDED"}
_NO_NUMBER = frozenset({"nil known", "n/a", "not applicable", "none", "-"})


class IsrctnPage(LabelledReader):
    """The registry's page of a trial."""

    layout = "isrctn-page"
    title = gettext_noop("ISRCTN page")
    rank = 3
    description = (
        "Everything under the registry's labels is read, saved or copied. A centre is read where its address ends with "
        "its country; addresses of contacts and sponsors stay unread."
    )
    start = rf"(?:(?:ISRCTN[ :|\t-]*)?ISRCTN\d{{8}}[ |\t]*)?(?:DOI[ :|\t]*)?{_DOI}"
    number_line = (
        rf"(?=ISRCTN[ -]+ISRCTN|.*doi\.org)(?:ISRCTN[ -]+)?(?P<number>ISRCTN\d{{8}})(?:[ |\t]+(?:DOI[ :|\t]*)?{_DOI})?"
    )
    marks = (whole_lines("Overall (?:study|trial) status", "Participant (?:inclusion|exclusion) criteria"),)
    rules = RULES
    inline = {
        "sponsor": Rule("sponsor", "line"),
        **{label: rule for label, rule in RULES.items() if rule.kind == "numbers"},
    }
    kept = KEPT
    kept_texts = KEPT_TEXTS
    updated = "last edited"
    runs_on = True
    titled = True
    headings = (
        r"(?:Contact information|Additional identifiers|Study information|Eligibility|Locations"
        r"|Sponsor information|Funders?|Results and [Pp]ublications|Identifiers|Study design|Key dates|Recruitment"
        r"|Contacts?|Sponsor|Principal [Ii]nvestigator|Public|Scientific|Sponsors?)"
    )
    boilerplate = (
        r"ISRCTN [Rr]egistry|Home|Search|Submit your study|Update history|Download (?:XML|PDF).{0,40}|Cite this.{0,60}"
        r"|Print|Back to (?:results|top)|Tools?|(?:\[[ _Xx]?\] )?(?:Prospectively registered|Retrospectively registered"
        r"|Protocol|Statistical analysis plan|Results|Individual participant data|Record updated in last year)"
    )
    """The words beside boxes are the same whether a box is ticked or not, so they say nothing."""

    def state(self, statements: Statements, labels: list[Labelled]) -> None:
        """State what stands under *labels*; those of a contact and of an intervention belong together."""
        by_path: dict[str, list[Field]] = {}
        others: list[Labelled] = []
        contact = ""
        for labelled in labels:
            field, path = labelled.as_field(), labelled.rule.path
            if path == "contact" or plain_name(field.name) == "type":
                contact = ""  # another contact begins, with a name or without
            if not is_stated(field.text):
                continue
            if path in _TOGETHER:
                by_path.setdefault(path, []).append(field)
            elif path == "contact":
                contact = statements.add(f"{_PLACES}.centralContacts", field, name=field.line)
            elif path in ("phone", "email"):
                if not contact or not statements.state(f"{contact}.{path}", field.line, field):
                    statements.keep(field)
            elif labelled.rule.kind == "numbers":
                _state_numbers(statements, field)
            else:
                others.append(labelled)
        one = {path: fields[0] for path, fields in by_path.items()}
        for path, fields in by_path.items():
            if path not in ("sponsor", "funder", "centre", "size"):
                for field in fields[1:]:
                    statements.keep(field)
        _state_status(statements, one.get("recruitment"), one.get("overall"))
        _state_size(statements, by_path.get("size", []))
        _state_intervention(statements, one)
        _state_organizations(statements, by_path.get("sponsor", []), by_path.get("funder", []))
        of_recruitment = next((one.as_field().text for one in others if one.rule.path == _COUNTRIES), "")
        known = COUNTRIES | _NATIONS | {line.strip() for line in of_recruitment.split("\n")}
        for field in by_path.get("centre", []):
            _state_centres(statements, field, known)
        for name in ("primaryOutcomes", "secondaryOutcomes"):
            if field_of := one.get(f"protocolSection.outcomesModule.{name}"):
                for measure in numbered_items(field_of.text) or [field_of.text]:
                    statements.add(f"protocolSection.outcomesModule.{name}", field_of, measure=measure)
        if aim := one.get("catalogSection.objectives"):
            statements.append("catalogSection.objectives", aim.text, aim)
        statements.criteria(one.get("inclusion"), one.get("exclusion"))
        super().state(statements, others)


_TOGETHER = frozenset(
    {
        *("recruitment", "overall", "size", "intervention", "intervention type", "intervention name", "sponsor"),
        *("funder", "centre", "inclusion", "exclusion", "catalogSection.objectives"),
        *(f"protocolSection.outcomesModule.{name}" for name in ("primaryOutcomes", "secondaryOutcomes")),
    }
)
"""Rules' paths whose values are put together with others, or stand whole."""


def _state_numbers(statements: Statements, field: Field) -> None:
    for written in re.split(r"[;\n]|, (?=[A-Z0-9])", field.text):
        if written.strip().casefold() not in _NO_NUMBER:
            statements.secondary_id(written.strip(), field)
        elif written == field.text:
            first = field.lines if isinstance(field.lines, int) else field.lines[0]
            statements.draft.document.account(first, LineRole.HEADING, "no number")


def _state_status(statements: Statements, recruitment: Field | None, overall: Field | None) -> None:
    """State the state of recruitment where two fields say it without doubt; each is kept where it adds nothing."""
    path = f"{_STATUS}.overallStatus"
    of_recruitment = recruitment.line.casefold() if recruitment else ""
    of_study = overall.line.casefold() if overall else ""
    if overall and of_study == "completed":
        statements.state(path, "COMPLETED", overall)
        used: Field | None = overall
    elif recruitment and of_recruitment in _STATUSES and of_study in {"", "ongoing"}:
        statements.state(path, _STATUSES[of_recruitment], recruitment)
        used = recruitment
    elif recruitment and of_recruitment == "no longer recruiting" and of_study == "ongoing":
        note = gettext_noop("The page says that the study is ongoing and recruits no longer.")
        statements.state(path, "ACTIVE_NOT_RECRUITING", recruitment, note)
        used = None
    else:
        used = None
    for field in (recruitment, overall):
        if field is not None and field is not used:
            statements.keep(field)


def _state_size(statements: Statements, fields: list[Field]) -> None:
    """State how many took part, or else how many are wanted; the other number is kept."""
    path = f"{_DESIGN}.enrollmentInfo"
    actual = [field for field in fields if plain_name(field.name) == "total final enrolment"]
    for field in [*actual, *(field for field in fields if field not in actual)]:
        number = count_of(field.line)
        if number is None or not statements.state(f"{path}.count", number, field):
            statements.keep(field)
            continue
        kind = "ACTUAL" if field in actual else "ESTIMATED"
        statements.state(f"{path}.type", kind, field, f"The label is “{field.name}”.")


def _state_intervention(statements: Statements, one: dict[str, Field]) -> None:
    """State the intervention: its name where there is one, and its description as one text."""
    text, name, kind = (one.get(part) for part in ("intervention", "intervention name", "intervention type"))
    known = INTERVENTION_TYPES.get(kind.line.casefold()) if kind else None
    first = name or text
    if first is None:
        if kind is not None:
            statements.keep(kind)
        return
    path = statements.add(
        "protocolSection.armsInterventionsModule.interventions", first, name=name.line if name else None
    )
    if text is not None:
        statements.state(f"{path}.description", text.text, text)
    if kind is not None and not (known and statements.state(f"{path}.type", known, kind)):
        statements.keep(kind)


def _state_organizations(statements: Statements, sponsors: list[Field], funders: list[Field]) -> None:
    state_sponsors(statements, sponsors)
    named = {field.line.casefold() for field in sponsors}
    for field in funders:
        if field.line.casefold() in named:
            statements.keep(field)
        else:
            named.add(field.line.casefold())
            statements.add(f"{_SPONSORS}.collaborators", field, name=field.line)


def _state_centres(statements: Statements, field: Field, known: frozenset[str] | set[str]) -> None:
    """State centres: each is an address that begins with its name and ends with a *known* country.

    Addresses are kept as they stand.
    """
    centres: list[list[str]] = [[]]
    for line in filter(None, (line.strip() for line in field.text.split("\n"))):
        centres[-1].append(line)
        if line in known:
            centres.append([])
    if not centres.pop() and centres and all(len(centre) > 1 for centre in centres):
        for centre in centres:
            statements.add(f"{_PLACES}.locations", field, facility=centre[0], country=centre[-1])
        if all(len(centre) == 2 for centre in centres):
            return
    statements.keep(field)


READER = IsrctnPage()
