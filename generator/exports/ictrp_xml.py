"""The trials in the form of WHO's export, ``data/ictrp.xml``, for those who merge registries.

Elements have the names of the portal's own download and hold the items of the WHO Trial Registration Data Set that the
documents state.  Lists stand in one element, separated by semicolons, as the portal writes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from generator.exports.exporter import Exporter, OneFile
from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.language.messages import gettext_noop
from generator.model.data_file import DataFile
from generator.model.registry_numbers import recognise
from generator.model.registry_words import english_words
from generator.storage.streams import StreamedFiles

FILE = "data/ictrp.xml"

_ROOT = "Trials_downloaded_from_ICTRP"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def items(study: PublishedStudy) -> Iterator[tuple[str, str]]:
    """Yield the elements of one trial, those that are not empty."""
    for name, value in _items(study):
        if value:
            yield name, value


def _items(study: PublishedStudy) -> Iterator[tuple[str, str | None]]:
    identification, status = study.module("identificationModule"), study.module("statusModule")
    design, eligibility = study.module("designModule"), study.module("eligibilityModule")
    sponsors, places = study.module("sponsorCollaboratorsModule"), study.module("contactsLocationsModule")
    outcomes, sharing = study.module("outcomesModule"), study.module("ipdSharingStatementModule")
    known = recognise(study.id)
    yield "TrialID", known.number if known else study.id
    yield "Last_Refreshed_on", status.get("lastUpdatePostDateStruct", {}).get("date")
    yield "Public_title", identification.get("briefTitle")
    yield "Acronym", identification.get("acronym")
    yield "Scientific_title", identification.get("officialTitle")
    yield "Primary_sponsor", sponsors.get("leadSponsor", {}).get("name")
    yield "Secondary_Sponsor", _joined(one.get("name") for one in sponsors.get("collaborators", ()))
    registered = status.get("studyFirstPostDateStruct", {}).get("date") or status.get("studyFirstSubmitDate")
    yield "Date_registration", registered
    yield "Source_Register", known.kind.registry if known else None
    yield "web_address", known.url if known else None
    state = status.get("overallStatus")
    yield "Recruitment_Status", english_words(state) if state else None
    yield "Secondary_ID", _joined(_numbers(identification))
    yield "Inclusion_agemin", eligibility.get("minimumAge")
    yield "Inclusion_agemax", eligibility.get("maximumAge")
    sex = eligibility.get("sex")
    yield "Inclusion_gender", english_words(sex) if sex else None
    yield "Date_enrollement", status.get("startDateStruct", {}).get("date")
    count = design.get("enrollmentInfo", {}).get("count")
    yield "Target_size", str(count) if count is not None else None
    kind = design.get("studyType")
    yield "Study_type", english_words(kind) if kind else None
    yield "Study_design", _design(design)
    yield "Phase", "/".join(english_words(phase) for phase in design.get("phases", ()))
    yield "Countries", _joined(_countries(study))
    contact: dict[str, str] = next(iter(places.get("centralContacts", ())), {})
    yield "Contact_Lastname", contact.get("name")
    yield "Contact_Email", contact.get("email")
    yield "Contact_Tel", contact.get("phone")
    yield "Inclusion_Criteria", eligibility.get("eligibilityCriteria")
    yield "Condition", _joined(study.module("conditionsModule").get("conditions", ()))
    yield "Intervention", _joined(_interventions(study))
    yield "Primary_outcome", _joined(one.get("measure") for one in outcomes.get("primaryOutcomes", ()))
    yield "Secondary_outcome", _joined(one.get("measure") for one in outcomes.get("secondaryOutcomes", ()))
    yield "Date_completed", status.get("completionDateStruct", {}).get("date")
    yield "Results_date_posted", status.get("resultsFirstPostDateStruct", {}).get("date")
    plan = sharing.get("ipdSharing")
    yield "IPD_plan", english_words(plan) if plan else None
    yield "IPD_description", sharing.get("description")


def _joined(values: Iterable[str | None]) -> str:
    return "; ".join(value for value in values if value)


def _numbers(identification: dict[str, object]) -> Iterator[str]:
    own, others = identification.get("orgStudyIdInfo"), identification.get("secondaryIdInfos")
    for item in ([own] if own else []) + (others if isinstance(others, list) else []):
        if isinstance(item, dict) and item.get("id"):
            yield str(item["id"])


def _design(design: dict[str, dict[str, str]]) -> str:
    info = design.get("designInfo", {})
    labels = (
        ("Allocation", "allocation"),
        ("Intervention model", "interventionModel"),
        ("Observational model", "observationalModel"),
        ("Time perspective", "timePerspective"),
        ("Primary purpose", "primaryPurpose"),
    )
    return ". ".join(f"{label}: {english_words(info[field])}" for label, field in labels if info.get(field))


def _interventions(study: PublishedStudy) -> Iterator[str]:
    for item in study.module("armsInterventionsModule").get("interventions", ()):
        kind, name = item.get("type"), item.get("name", "")
        yield f"{english_words(kind)}: {name}" if kind else name


def _countries(study: PublishedStudy) -> Iterable[str]:
    places = study.module("contactsLocationsModule").get("locations", ())
    return dict.fromkeys(
        [*(place["country"] for place in places if place.get("country")), *study.section.get("countries", ())]
    )


def element_of(study: PublishedStudy) -> bytes:
    """Return the element of one trial."""
    lines = [f"    <{name}>{escape(_NOT_XML.sub('�', value))}</{name}>\n" for name, value in items(study)]
    return f"  <Trial>\n{''.join(lines)}  </Trial>\n".replace("@", "&#64;").encode()


def begin(_: PublishedCatalog, files: StreamedFiles) -> OneFile:
    """Begin the file."""
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{_ROOT}>\n'
    return OneFile(files, FILE, element_of, start.encode(), f"</{_ROOT}>\n".encode())


EXPORTER = Exporter(
    name="ictrp",
    files=(
        DataFile(
            FILE,
            gettext_noop("WHO's form"),
            gettext_noop(
                "What documents state of the 24 items of WHO's data set, in the elements of the ICTRP portal's "
                "download."
            ),
            "application/xml",
            group="For other systems",
        ),
    ),
    open=begin,
)
