"""ClinicalTrials.gov's download as CSV: the one of today (``ctg-studies.csv``) and the former (``SearchResults.csv``).

The site lets its user choose the columns, so any choice of them in any order is read, ``NCT Number`` among them.
Items of lists stand between ``|``, types before names (``DRUG: Zinc``).  Today's download has the values of API v2
(``ACTIVE_NOT_RECRUITING``), the former one the words of the page; both are understood in both.

Three columns join what the site holds apart with commas, which also stand inside: an outcome's measure, description
and time frame are shown as printed, in the place of the measure, and a place is taken apart only where it ends with a
state and a country that are known by name; any other stays a registry's field, with its country told.  The former
download has sponsor and collaborators in one column, so nobody is called the sponsor.  ``Funder Type`` is kept as
found: it does not say whose type it is.

The names of the columns are those of the site's own download and of public programs that read it.
"""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import Document
from generator.model.problem import Problem
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.countries import COUNTRIES, STATES
from generator.readers.delimited import Row, header, rows
from generator.readers.fields import Field, Rule, Statements, enumerated, plain_name
from generator.readers.layouts.clinicaltrials_gov_classic.words import ages
from generator.readers.reader import Reader, ReadError
from generator.readers.registry_values import date, is_stated

_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_OUTCOMES = "protocolSection.outcomesModule"
_LISTS = {
    "conditions": "protocolSection.conditionsModule.conditions",
    "collaborators": "protocolSection.sponsorCollaboratorsModule.collaborators",
    "sponsor/collaborators": "catalogSection.sponsorsWithoutRole",
    "primary outcome measures": f"{_OUTCOMES}.primaryOutcomes",
    "secondary outcome measures": f"{_OUTCOMES}.secondaryOutcomes",
    "other outcome measures": f"{_OUTCOMES}.otherOutcomes",
    "outcome measures": "catalogSection.outcomesWithoutType",
}
"""Columns that are lists -> where their items go."""
_RULES = {
    "study title": Rule("protocolSection.identificationModule.briefTitle", "line"),
    "title": Rule("protocolSection.identificationModule.briefTitle", "line"),
    "acronym": Rule("protocolSection.identificationModule.acronym", "line"),
    "study status": Rule(f"{_STATUS}.overallStatus", "status"),
    "status": Rule(f"{_STATUS}.overallStatus", "status"),
    "brief summary": Rule("protocolSection.descriptionModule.briefSummary"),
    "sponsor": Rule("protocolSection.sponsorCollaboratorsModule.leadSponsor.name", "line"),
    "sex": Rule("protocolSection.eligibilityModule.sex", "sex"),
    "gender": Rule("protocolSection.eligibilityModule.sex", "sex"),
    "phases": Rule(f"{_DESIGN}.phases", "phases"),
    "enrollment": Rule(f"{_DESIGN}.enrollmentInfo.count", "count"),
    "study type": Rule(f"{_DESIGN}.studyType", "study type"),
    "start date": Rule(f"{_STATUS}.startDateStruct.date", "date"),
    "primary completion date": Rule(f"{_STATUS}.primaryCompletionDateStruct.date", "date"),
    "completion date": Rule(f"{_STATUS}.completionDateStruct.date", "date"),
    "first posted": Rule(f"{_STATUS}.studyFirstPostDateStruct.date", "date"),
    "results first posted": Rule(f"{_STATUS}.resultsFirstPostDateStruct.date", "date"),
    "last update posted": Rule(f"{_STATUS}.lastUpdatePostDateStruct.date", "date"),
    "rank": Rule("", "known"),
}
_DESIGN_RULES = {
    "allocation": Rule(f"{_DESIGN}.designInfo.allocation", "allocation"),
    "intervention model": Rule(f"{_DESIGN}.designInfo.interventionModel", "interventionModel"),
    "masking": Rule(f"{_DESIGN}.designInfo.maskingInfo", "masking"),
    "primary purpose": Rule(f"{_DESIGN}.designInfo.primaryPurpose", "primaryPurpose"),
    "observational model": Rule(f"{_DESIGN}.designInfo.observationalModel", "observationalModel"),
    "time perspective": Rule(f"{_DESIGN}.designInfo.timePerspective", "timePerspective"),
}
"""Labels inside the column of the study's design."""
_OWN_COLUMNS = frozenset({*_RULES, *_LISTS, "interventions", "age", "study design", "study designs", "other ids"}) | {
    "study results",
    "locations",
    "study documents",
    "study url",
    "url",
    "funder type",
    "funded bys",
}
_HAS_RESULTS = {"yes": True, "has results": True, "no": False, "no results available": False}
_NUMBER = "nct number"


class ClinicalTrialsGovCsv(Reader):
    """Reads ClinicalTrials.gov's download as CSV."""

    layout = "clinicaltrials-gov-csv"
    title = gettext_noop("ClinicalTrials.gov download (CSV)")
    short_title = gettext_noop("ClinicalTrials.gov download")
    rank = 2
    description = (
        "All columns are read, in any choice and order, of today's download and the former one. An outcome "
        "is shown as printed, and a place is taken apart only in countries whose states are known."
    )

    def recognises(self, document: Document) -> bool:
        """Say whether the first row has a column for the NCT number and another one of the download."""
        found = header(document.text)
        names = {plain_name(name) for name in found[0]} if found else set()
        return _NUMBER in names and not names.isdisjoint(_OWN_COLUMNS)

    def read(self, document: Document) -> list[Record]:
        """Return one record a row; a row without a number, or that does not fit the columns, is left out and told.

        Raises ReadError where quotes are broken or no row can be read.
        """
        document.structured = True
        problems: list[Problem] = []
        records = []
        for row in rows(document, plain_name, problems):
            number = recognise(row.cells[_NUMBER].line) if _NUMBER in row.cells else None
            if number is None or number.kind.name != "nct":
                message = (
                    "The row has no NCT number, so it is not known whose data these are; it is left out. Export the "
                    "table again"
                )
                problems.append(Problem(document.path, row.line, message, "error", "no-number"))
                continue
            statements = Statements(document, self.layout, _RULES)
            statements.identify(number, row.cells[_NUMBER])
            for name, field in row.cells.items():
                if name != _NUMBER and is_stated(field.text) and not _read_column(statements, name, field, row):
                    statements.read(field)
            updated = row.get("last update posted")
            records.append(statements.finish(number.identifier, date(updated.line) if updated else None))
        if not records:
            line, message = (problems[0].line, problems[0].message) if problems else (1, "The download holds no trial")
            raise ReadError(line, message, "no-trial")
        records[0].problems.extend(problems)
        return records


def _read_column(statements: Statements, name: str, field: Field, row: Row) -> bool:
    """Read a column that is more than one value; return False where it is not one, or was not understood."""
    if name in _LISTS:
        return _read_list(statements, _LISTS[name], field)
    if name == "interventions":
        return _read_interventions(statements, field)
    if name in {"study design", "study designs"}:
        return _read_design(statements, field)
    if name == "other ids":
        return _read_numbers(statements, field)
    if name == "locations":
        return _read_places(statements, field)
    if name == "age":
        return _read_age(statements, field)
    if name == "study results":
        answer = _HAS_RESULTS.get(field.line.casefold())
        return answer is not None and statements.state("hasResults", answer, field)
    if name in {"study url", "url"}:
        return field.line.rstrip("/").endswith(f"/{row.cells[_NUMBER].line}")
    return False


def _items(field: Field) -> list[str]:
    return [item.strip() for item in field.text.split("|") if item.strip()]


def _read_list(statements: Statements, path: str, field: Field) -> bool:
    for item in _items(field):
        if path.endswith(".conditions"):
            statements.append(path, item, field)
        elif path.endswith(("ollaborators", "sponsorsWithoutRole")):
            statements.add(path, field, name=item)
        else:
            statements.add(path, field, measure=item)
    return True


def _read_interventions(statements: Statements, field: Field) -> bool:
    """State ``DRUG: A|OTHER: B``; a piece without a type belongs to the name before it."""
    found: list[tuple[str, str]] = []
    for piece in field.text.split("|"):
        word, colon, name = piece.partition(":")
        kind = enumerated("interventionType", word) if colon else None
        if kind and name.strip():
            found.append((kind, name.strip()))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}|{piece}")
        else:
            return False
    for kind, name in found:
        statements.add("protocolSection.armsInterventionsModule.interventions", field, type=kind, name=name)
    return True


def _read_design(statements: Statements, field: Field) -> bool:
    """State the parts of ``Allocation: RANDOMIZED|Masking: NONE``; return False where one is not understood."""
    complete = True
    for piece in _items(field):
        label, _, value = piece.partition(":")
        rule = _DESIGN_RULES.get(plain_name(label))
        if rule is None or (value.strip() and not statements.apply(rule, field.part(_plain_masking(rule, value)))):
            complete = False
    return complete


def _plain_masking(rule: Rule, value: str) -> str:
    """Return ``DOUBLE (CARE_PROVIDER, INVESTIGATOR)`` in the words that the page has for it."""
    return value.replace("_", " ").strip() if rule.kind == "masking" else value.strip()


def _read_numbers(statements: Statements, field: Field) -> bool:
    """The first number is the organization's own, the others are secondary ones."""
    first, *others = _items(field)
    statements.state("protocolSection.identificationModule.orgStudyIdInfo.id", first, field)
    for other in others:
        statements.secondary_id(other, field)
    return True


def _read_age(statements: Statements, field: Field) -> bool:
    """State ``ADULT, OLDER_ADULT`` or ``18 Years and older   (Adult, Older Adult)``."""
    path = "protocolSection.eligibilityModule"
    groups = [enumerated("standardAge", word) for word in field.line.split(",")]
    if all(groups):
        return statements.state(f"{path}.stdAges", [group for group in groups if group], field)
    limits = ages(field.line)
    if limits is None:
        return False
    for name, value in zip(("minimumAge", "maximumAge", "stdAges"), limits, strict=True):
        if value:
            statements.state(f"{path}.{name}", value, field)
    return True


def _read_places(statements: Statements, field: Field) -> bool:
    """State each place that can be taken apart; return False where one cannot, so that the column is kept."""
    complete = True
    for item in _items(field):
        parts = _place(item)
        if parts is not None:
            facility, city, state, postal_code, country = parts
            statements.add(
                "protocolSection.contactsLocationsModule.locations",
                field,
                facility=facility,
                city=city,
                state=state,
                zip_=postal_code,
                country=country,
            )
            continue
        complete = False
        country = next((name for size in (3, 2, 1) if (name := ", ".join(item.split(", ")[-size:])) in COUNTRIES), "")
        if country:
            statements.append("catalogSection.countries", country, field)
    return complete


def _place(text: str) -> tuple[str, str, str, str, str] | None:
    """Return facility, city, state, postal code and country, or None where their borders are not certain.

    They are where state and country are known by name (``Clinic, Boulder, Colorado, 80301, United States``): a city
    always stands before the state, and what is left is the facility.
    """
    parts = text.split(", ")
    country = parts.pop()
    states = STATES.get(country)
    if states is None or not parts:
        return None
    postal_code = parts.pop() if re.search(r"\d", parts[-1]) else ""
    if len(parts) < 2 or parts[-1] not in states:
        return None
    state = parts.pop()
    city = parts.pop()
    if city in states and parts:  # “Clinic, New York, New York” is a city; “Quebec, Quebec” too: the same name only
        return (", ".join(parts), city, state, postal_code, country) if city == state else None
    return ", ".join(parts), city, state, postal_code, country


READER = ClinicalTrialsGovCsv()
