"""The data elements of the tabular view, in the order in which it prints them.

The names changed over the years; a newer name stands beside the older one.  The site prints a row for every element,
with “Not Provided” where the registrant gave nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "date",
    "typedDate",
    "outcomes",
    "untyped",
    "link",
    "text",
    "paragraphs",
    "labels",
    "phase",
    "enumeration",
    "conditions",
    "interventions",
    "arms",
    "publications",
    "status",
    "enrollment",
    "ages",
    "boolean",
    "sex",
    "contacts",
    "countries",
    "number",
    "identifiers",
    "collaborators",
    "officials",
]
"""How an element's value is read: a function of the same name in ``tabular`` for each."""


@dataclass(frozen=True, slots=True)
class Element:
    """One row of the table."""

    names: tuple[str, ...]
    kind: Kind
    path: str = ""
    """Where the value goes; empty where the model has no place, and it is kept under its own name."""
    always: bool = True
    """Whether the site prints the row for every study, so that no row behind it comes before."""
    marked: bool = True
    """Whether ``ICMJE`` may stand behind the name."""
    enumeration: str = ""


_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_DESCRIPTION = "protocolSection.descriptionModule"
_DESIGN = "protocolSection.designModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_OUTCOMES = "protocolSection.outcomesModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_OVERSIGHT = "protocolSection.oversightModule"

ELEMENTS: tuple[Element, ...] = (
    Element(("First Submitted Date", "First Received Date"), "date", f"{_STATUS}.studyFirstSubmitDate"),
    Element(("First Posted Date",), "date", f"{_STATUS}.studyFirstPostDateStruct.date", always=False),
    Element(
        ("Results First Submitted Date", "Results First Received Date"),
        "date",
        f"{_STATUS}.resultsFirstSubmitDate",
        always=False,
    ),
    Element(("Results First Posted Date",), "date", f"{_STATUS}.resultsFirstPostDateStruct.date", always=False),
    Element(("Last Update Posted Date",), "date", f"{_STATUS}.lastUpdatePostDateStruct.date", always=False),
    Element(("Last Updated Date",), "date", f"{_STATUS}.lastUpdateSubmitDate", always=False),
    Element(("Study Start Date", "Start Date"), "typedDate", f"{_STATUS}.startDateStruct"),
    Element(("Primary Completion Date",), "typedDate", f"{_STATUS}.primaryCompletionDateStruct", always=False),
    Element(("Current Primary Outcome Measures",), "outcomes", f"{_OUTCOMES}.primaryOutcomes"),
    Element(("Original Primary Outcome Measures",), "untyped"),
    Element(("Change History",), "link", marked=False),
    Element(("Current Secondary Outcome Measures",), "outcomes", f"{_OUTCOMES}.secondaryOutcomes"),
    Element(("Original Secondary Outcome Measures",), "untyped"),
    Element(
        ("Current Other Pre-specified Outcome Measures", "Current Other Outcome Measures"),
        "outcomes",
        f"{_OUTCOMES}.otherOutcomes",
        always=False,
    ),
    Element(
        ("Original Other Pre-specified Outcome Measures", "Original Other Outcome Measures"), "untyped", always=False
    ),
    Element(("Brief Title",), "text", f"{_IDENTIFICATION}.briefTitle"),
    Element(("Official Title",), "text", f"{_IDENTIFICATION}.officialTitle"),
    Element(("Brief Summary",), "paragraphs", f"{_DESCRIPTION}.briefSummary", marked=False),
    Element(("Detailed Description",), "paragraphs", f"{_DESCRIPTION}.detailedDescription", marked=False),
    Element(("Study Type",), "enumeration", f"{_DESIGN}.studyType", enumeration="studyType"),
    Element(("Study Phase", "Phase"), "phase", f"{_DESIGN}.phases", always=False),
    Element(("Study Design",), "labels"),
    Element(("Target Follow-Up Duration",), "text", f"{_DESIGN}.targetDuration", always=False, marked=False),
    Element(("Biospecimen",), "labels", always=False, marked=False),
    Element(
        ("Sampling Method",),
        "enumeration",
        f"{_ELIGIBILITY}.samplingMethod",
        always=False,
        marked=False,
        enumeration="samplingMethod",
    ),
    Element(("Study Population",), "paragraphs", f"{_ELIGIBILITY}.studyPopulation", always=False, marked=False),
    Element(("Condition",), "conditions", "protocolSection.conditionsModule.conditions"),
    Element(("Intervention",), "interventions", "protocolSection.armsInterventionsModule.interventions"),
    Element(
        ("Study Arms", "Study Arm (s)", "Study Arm(s)", "Study Groups/Cohorts", "Study Group/Cohort (s)"),
        "arms",
        "protocolSection.armsInterventionsModule.armGroups",
    ),
    Element(("Publications",), "publications", "protocolSection.referencesModule.references", marked=False),
    Element(("Recruitment Status",), "status", f"{_STATUS}.overallStatus"),
    Element(("Enrollment",), "enrollment", f"{_DESIGN}.enrollmentInfo"),
    Element(
        ("Original Estimated Enrollment", "Original Actual Enrollment", "Original Enrollment"), "untyped", always=False
    ),
    Element(("Study Completion Date", "Completion Date"), "typedDate", f"{_STATUS}.completionDateStruct"),
    Element(("Primary Completion Date",), "typedDate", f"{_STATUS}.primaryCompletionDateStruct", always=False),
    Element(("Eligibility Criteria",), "paragraphs", f"{_ELIGIBILITY}.eligibilityCriteria"),
    Element(("Sex/Gender", "Gender"), "sex", f"{_ELIGIBILITY}.sex"),
    Element(("Ages",), "ages", _ELIGIBILITY),
    Element(("Accepts Healthy Volunteers",), "boolean", f"{_ELIGIBILITY}.healthyVolunteers"),
    Element(("Contacts",), "contacts", "protocolSection.contactsLocationsModule.centralContacts"),
    Element(("Listed Location Countries", "Location Countries"), "countries", "catalogSection.countries"),
    Element(
        ("Removed Location Countries",),
        "countries",
        "derivedSection.miscInfoModule.removedCountries",
        always=False,
        marked=False,
    ),
    Element(("NCT Number",), "number", f"{_IDENTIFICATION}.nctId"),
    Element(("Other Study ID Numbers",), "identifiers", f"{_IDENTIFICATION}.secondaryIdInfos"),
    Element(("Has Data Monitoring Committee",), "boolean", f"{_OVERSIGHT}.oversightHasDmc", marked=False),
    Element(("U.S. FDA-regulated Product",), "labels", always=False, marked=False),
    Element(("IPD Sharing Statement",), "labels", always=False),
    Element(
        ("Plan to Share IPD", "Plan to Share Data"),
        "enumeration",
        "protocolSection.ipdSharingStatementModule.ipdSharing",
        always=False,
        enumeration="ipdSharing",
    ),
    Element(("Current Responsible Party", "Responsible Party"), "text", "catalogSection.responsibleParty"),
    Element(("Original Responsible Party",), "untyped", always=False),
    Element(("Current Study Sponsor", "Study Sponsor"), "text", f"{_SPONSORS}.leadSponsor.name"),
    Element(("Original Study Sponsor",), "untyped", always=False),
    Element(("Collaborators",), "collaborators", f"{_SPONSORS}.collaborators"),
    Element(("Investigators",), "officials", "protocolSection.contactsLocationsModule.overallOfficials"),
    Element(("Information Provided By",), "untyped", always=False, marked=False),
    Element(("PRS Account",), "untyped", always=False, marked=False),
    Element(("Verification Date",), "date", f"{_STATUS}.statusVerifiedDate", marked=False),
)

HEADINGS = frozenset(
    {"tracking information", "descriptive information", "recruitment information", "administrative information"}
)
"""The headings of the table, in lower case."""

NOTES = re.compile(
    r"\* ?Includes publications given by the data provider as well as publications identified by ClinicalTrials\.gov "
    r"Identifier \(NCT Number\) in Medline\.?"
    r"|ICMJE\s+Data element required by the International Committee of Medical Journal Editors and the World Health "
    r"Organization ICTRP\.?"
    r"|Contact information is only displayed when the study is recruiting subjects\.?"
)
"""The notes of the site below and in the table."""

NOT_PROVIDED = frozenset({"not provided", "none provided", "[not provided]"})
LINKS = re.compile(r"Complete list of historical versions of study NCT\d{8}(?: on ClinicalTrials\.gov Archive Site)?.?")
NO_CHANGES = "no changes posted"
SUBMITTED = re.compile(r"\(\s*submitted: (?P<date>[^()]+)\)", re.IGNORECASE)
