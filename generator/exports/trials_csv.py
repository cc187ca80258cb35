"""The trials as one table in the columns of ClinicalTrials.gov's download, ``data/trials.csv``.

Programs made for that download read this file.  Names of columns, their order and the form of their values are the
site's own.  A trial without a number there leaves the first column empty; the number that it has is among the others.
The address of the trial's page in this catalog comes in one column more, the last.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from generator.exports.exporter import Exporter, OneFile
from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.exports.tables.cells import readable, written
from generator.language.messages import gettext_noop
from generator.model.data_file import Column, DataFile, Table, Type
from generator.model.registry_numbers import recognise
from generator.storage.streams import StreamedFiles

FILE = "data/trials.csv"

_SEPARATOR = "|"


def _number(study: PublishedStudy) -> str | None:
    return study.nct_id


def _address(study: PublishedStudy) -> str | None:
    if study.nct_id:
        return f"https://clinicaltrials.gov/study/{study.nct_id}"
    known = recognise(study.id)
    return known.url if known else None


def _has_results(study: PublishedStudy) -> str | None:
    stated = study.record.get("hasResults")
    return None if stated is None else "YES" if stated else "NO"


def _value(module: str, *steps: str) -> Callable[[PublishedStudy], Any]:
    def value(study: PublishedStudy) -> Any:
        found: Any = study.module(module)
        for step in steps:
            found = found.get(step) if found is not None else None
        return found

    return value


def _joined(module: str, field: str) -> Callable[[PublishedStudy], str | None]:
    return lambda study: _SEPARATOR.join(study.module(module).get(field, ())) or None


def _interventions(study: PublishedStudy) -> str | None:
    items = study.module("armsInterventionsModule").get("interventions", ())
    return _listed(": ".join(filter(None, (item.get("type"), item.get("name")))) for item in items)


def _outcomes(field: str) -> Callable[[PublishedStudy], str | None]:
    def outcomes(study: PublishedStudy) -> str | None:
        return _listed(_outcome(item) for item in study.module("outcomesModule").get(field, ()))

    return outcomes


def _outcome(item: dict[str, str]) -> str:
    return ", ".join(filter(None, (item.get("measure"), item.get("description"), item.get("timeFrame"))))


def _collaborators(study: PublishedStudy) -> str | None:
    return _listed(item.get("name", "") for item in study.module("sponsorCollaboratorsModule").get("collaborators", ()))


def _ages(study: PublishedStudy) -> str | None:
    return ", ".join(study.module("eligibilityModule").get("stdAges", ())) or None


def _design(study: PublishedStudy) -> str | None:
    info = study.module("designModule").get("designInfo", {})
    masking = info.get("maskingInfo", {})
    who = ", ".join(masking.get("whoMasked", ()))
    parts = (
        ("Allocation", info.get("allocation")),
        ("Intervention Model", info.get("interventionModel")),
        ("Observational Model", info.get("observationalModel")),
        ("Time Perspective", info.get("timePerspective")),
        ("Masking", f"{masking['masking']} ({who})" if who and masking.get("masking") else masking.get("masking")),
        ("Primary Purpose", info.get("primaryPurpose")),
    )
    return _listed(f"{label}: {value}" for label, value in parts if value)


def _other_numbers(study: PublishedStudy) -> str | None:
    module = study.module("identificationModule")
    numbers = [module.get("orgStudyIdInfo", {}).get("id", "")]
    numbers += [item.get("id", "") for item in module.get("secondaryIdInfos", ())]
    if not study.nct_id and not study.section.get("provisional"):
        numbers.append(study.id)
    return _listed(dict.fromkeys(numbers))


def _places(study: PublishedStudy) -> str | None:
    fields = ("facility", "city", "state", "zip", "country")
    places = study.module("contactsLocationsModule").get("locations", ())
    return _listed(", ".join(place[field] for field in fields if place.get(field)) for place in places)


def _documents(study: PublishedStudy) -> str | None:
    held = study.record.get("documentSection", {}).get("largeDocumentModule", {}).get("largeDocs", ())
    return _listed(", ".join(filter(None, (item.get("label"), _held_at(item, study)))) for item in held)


def _held_at(item: dict[str, Any], study: PublishedStudy) -> str | None:
    if not study.nct_id or not item.get("filename"):
        return None
    return f"https://cdn.clinicaltrials.gov/large-docs/{study.nct_id[-2:]}/{study.nct_id}/{item['filename']}"


def _listed(items: Iterable[str]) -> str | None:
    return _SEPARATOR.join(item for item in items if item) or None


_COLUMNS: tuple[tuple[str, str, Type, Callable[[PublishedStudy], Any]], ...] = (
    ("NCT Number", "Number at ClinicalTrials.gov; empty for a trial without one.", "string", _number),
    ("Study Title", "Title for the public.", "string", _value("identificationModule", "briefTitle")),
    ("Study URL", "The trial at its registry.", "string", _address),
    ("Acronym", "Short name.", "string", _value("identificationModule", "acronym")),
    ("Study Status", "State of recruitment.", "string", _value("statusModule", "overallStatus")),
    ("Brief Summary", "What it is about.", "string", _value("descriptionModule", "briefSummary")),
    ("Study Results", "Whether the registry has results: YES or NO.", "string", _has_results),
    ("Conditions", "Conditions, joined by |.", "string", _joined("conditionsModule", "conditions")),
    ("Interventions", "Type and name of each, joined by |.", "string", _interventions),
    ("Primary Outcome Measures", "Measure, description, time; joined by |.", "string", _outcomes("primaryOutcomes")),
    ("Secondary Outcome Measures", "The same.", "string", _outcomes("secondaryOutcomes")),
    ("Other Outcome Measures", "The same.", "string", _outcomes("otherOutcomes")),
    ("Sponsor", "Who leads.", "string", _value("sponsorCollaboratorsModule", "leadSponsor", "name")),
    ("Collaborators", "Joined by |.", "string", _collaborators),
    ("Sex", "Sex of those who may take part.", "string", _value("eligibilityModule", "sex")),
    ("Age", "Age groups.", "string", _ages),
    ("Phases", "Phases, joined by |.", "string", _joined("designModule", "phases")),
    ("Enrollment", "Participants, counted or planned.", "integer", _value("designModule", "enrollmentInfo", "count")),
    (
        "Funder Type",
        "Class of the lead sponsor.",
        "string",
        _value("sponsorCollaboratorsModule", "leadSponsor", "class"),
    ),
    ("Study Type", "Interventional, observational or expanded access.", "string", _value("designModule", "studyType")),
    ("Study Design", "Labels and values, joined by |.", "string", _design),
    ("Other IDs", "The sponsor's number first, then others, joined by |.", "string", _other_numbers),
    ("Start Date", "As precise as stated.", "string", _value("statusModule", "startDateStruct", "date")),
    (
        "Primary Completion Date",
        "As precise as stated.",
        "string",
        _value("statusModule", "primaryCompletionDateStruct", "date"),
    ),
    ("Completion Date", "As precise as stated.", "string", _value("statusModule", "completionDateStruct", "date")),
    ("First Posted", "As precise as stated.", "string", _value("statusModule", "studyFirstPostDateStruct", "date")),
    (
        "Results First Posted",
        "As precise as stated.",
        "string",
        _value("statusModule", "resultsFirstPostDateStruct", "date"),
    ),
    (
        "Last Update Posted",
        "As precise as stated.",
        "string",
        _value("statusModule", "lastUpdatePostDateStruct", "date"),
    ),
    ("Locations", "Sites, joined by |.", "string", _places),
    ("Study Documents", "Documents that the registry holds, joined by |.", "string", _documents),
    ("Catalog Page", "Its page in this catalog, below the site's root.", "string", lambda study: study.page),
)

TABLE = Table(
    "trials",
    gettext_noop("Trials"),
    gettext_noop(
        "One row for each trial, in the columns of ClinicalTrials.gov's own download: programs made for that read it."
    ),
    tuple(Column(name, meaning, type_, how="made") for name, meaning, type_, _ in _COLUMNS),
    key="Catalog Page",
    label="Study Title",
)


def line_of(cells: Iterable[Any]) -> bytes:
    """Return a line of the file."""
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


def row_of(study: PublishedStudy) -> bytes:
    """Return the row of one trial."""
    return line_of([written(readable(make(study))) for _, _, _, make in _COLUMNS])


def begin(_: PublishedCatalog, files: StreamedFiles) -> OneFile:
    """Begin the table with the names of its columns."""
    return OneFile(files, FILE, row_of, line_of([name for name, _, _, _ in _COLUMNS]))


EXPORTER = Exporter(
    name="trials-csv",
    files=(DataFile(FILE, TABLE.title, TABLE.meaning, "text/csv", TABLE, "One row for each trial"),),
    open=begin,
)
