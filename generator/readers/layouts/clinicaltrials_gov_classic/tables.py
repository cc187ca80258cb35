"""What the classic page says of itself: its labels, headings and sentences.

The page has been printed in several designs: with pipe tables, as plain text with headings (2018 to 2024), and the
older design before 2018.  Their labels differ by a blank before the colon or by a word, so all share these tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from generator.model.word_tables import listed


class Section(IntEnum):
    """The parts of the page, in the order in which it prints them."""

    HEAD = 0
    SUMMARY = 1
    DESCRIPTION = 2
    DESIGN = 3
    ARMS = 4
    OUTCOMES = 5
    ELIGIBILITY = 6
    CRITERIA = 7
    CONTACTS = 8
    INFORMATION = 9
    RESULTS = 10
    """The results, or the tabular view: tables that have nothing of the rest of the page behind them."""


Kind = Literal[
    "text",
    "number",
    "status",
    "date",
    "typedDate",
    "typedCount",
    "studyType",
    "enumeration",
    "masking",
    "ages",
    "boolean",
    "sponsor",
    "collaborators",
    "responsibleParty",
    "identifiers",
    "infoTypes",
    "aside",
]
"""How a label's value is read: a function of the same name in ``facts`` for each."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label: what its value is, where it goes, and in which sections of the page it stands."""

    kind: Kind
    path: str
    sections: tuple[Section, ...]
    enumeration: str = ""


_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_DESIGN_INFO = f"{_DESIGN}.designInfo"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_OVERSIGHT = "protocolSection.oversightModule"
_SHARING = "protocolSection.ipdSharingStatementModule"

HEAD = (Section.HEAD,)
ANYWHERE = (Section.HEAD, Section.INFORMATION)
DESIGN = (Section.DESIGN,)
AROUND_OUTCOMES = (Section.DESIGN, Section.OUTCOMES)
"""Before 2018, the outcomes stood between the design and the dates."""
WHO = (Section.ELIGIBILITY,)
MORE = (Section.INFORMATION,)

LABELS: dict[str, Label] = {
    "clinicaltrials.gov identifier": Label("number", f"{_IDENTIFICATION}.nctId", ANYWHERE),
    "recruitment status": Label("status", f"{_STATUS}.overallStatus", HEAD),
    "recruitment status was": Label("status", f"{_STATUS}.lastKnownStatus", HEAD),
    "first posted": Label("date", f"{_STATUS}.studyFirstPostDateStruct.date", ANYWHERE),
    "results first posted": Label("date", f"{_STATUS}.resultsFirstPostDateStruct.date", ANYWHERE),
    "last update posted": Label("date", f"{_STATUS}.lastUpdatePostDateStruct.date", ANYWHERE),
    "last verified": Label("date", f"{_STATUS}.statusVerifiedDate", ANYWHERE),
    "first received": Label("date", f"{_STATUS}.studyFirstSubmitDate", ANYWHERE),
    "study first received": Label("date", f"{_STATUS}.studyFirstSubmitDate", ANYWHERE),
    "first submitted": Label("date", f"{_STATUS}.studyFirstSubmitDate", ANYWHERE),
    "results first received": Label("date", f"{_STATUS}.resultsFirstSubmitDate", ANYWHERE),
    "results first submitted": Label("date", f"{_STATUS}.resultsFirstSubmitDate", ANYWHERE),
    "last updated": Label("date", f"{_STATUS}.lastUpdateSubmitDate", ANYWHERE),
    "last update submitted": Label("date", f"{_STATUS}.lastUpdateSubmitDate", ANYWHERE),
    "sponsor": Label("sponsor", f"{_SPONSORS}.leadSponsor.name", HEAD),
    "collaborator": Label("collaborators", f"{_SPONSORS}.collaborators", HEAD),
    "collaborators": Label("collaborators", f"{_SPONSORS}.collaborators", HEAD),
    "information provided by (responsible party)": Label("responsibleParty", "catalogSection.responsibleParty", HEAD),
    "information provided by": Label("responsibleParty", "catalogSection.responsibleParty", HEAD),
    "study type": Label("studyType", f"{_DESIGN}.studyType", DESIGN),
    "enrollment": Label("typedCount", f"{_DESIGN}.enrollmentInfo", AROUND_OUTCOMES),
    "allocation": Label("enumeration", f"{_DESIGN_INFO}.allocation", DESIGN, "allocation"),
    "intervention model": Label("enumeration", f"{_DESIGN_INFO}.interventionModel", DESIGN, "interventionModel"),
    "intervention model description": Label("text", f"{_DESIGN_INFO}.interventionModelDescription", DESIGN),
    "masking": Label("masking", f"{_DESIGN_INFO}.maskingInfo", DESIGN),
    "masking description": Label("text", f"{_DESIGN_INFO}.maskingInfo.maskingDescription", DESIGN),
    "primary purpose": Label("enumeration", f"{_DESIGN_INFO}.primaryPurpose", DESIGN, "primaryPurpose"),
    "observational model": Label("enumeration", f"{_DESIGN_INFO}.observationalModel", DESIGN, "observationalModel"),
    "time perspective": Label("enumeration", f"{_DESIGN_INFO}.timePerspective", DESIGN, "timePerspective"),
    "target follow-up duration": Label("text", f"{_DESIGN}.targetDuration", DESIGN),
    "biospecimen retention": Label("enumeration", f"{_DESIGN}.bioSpec.retention", DESIGN, "bioSpecRetention"),
    "biospecimen description": Label("text", f"{_DESIGN}.bioSpec.description", DESIGN),
    "official title": Label("text", f"{_IDENTIFICATION}.officialTitle", DESIGN),
    "study start date": Label("typedDate", f"{_STATUS}.startDateStruct", AROUND_OUTCOMES),
    "primary completion date": Label("typedDate", f"{_STATUS}.primaryCompletionDateStruct", AROUND_OUTCOMES),
    "study completion date": Label("typedDate", f"{_STATUS}.completionDateStruct", AROUND_OUTCOMES),
    "ages eligible for study": Label("ages", _ELIGIBILITY, WHO),
    "sexes eligible for study": Label("enumeration", f"{_ELIGIBILITY}.sex", WHO, "sex"),
    "genders eligible for study": Label("enumeration", f"{_ELIGIBILITY}.sex", WHO, "sex"),
    "gender based": Label("boolean", f"{_ELIGIBILITY}.genderBased", WHO),
    "gender based eligibility": Label("boolean", f"{_ELIGIBILITY}.genderBased", WHO),
    "gender eligibility description": Label("text", f"{_ELIGIBILITY}.genderDescription", WHO),
    "accepts healthy volunteers": Label("boolean", f"{_ELIGIBILITY}.healthyVolunteers", WHO),
    "sampling method": Label("enumeration", f"{_ELIGIBILITY}.samplingMethod", WHO, "samplingMethod"),
    "responsible party": Label("responsibleParty", "catalogSection.responsibleParty", MORE),
    "other study id numbers": Label("identifiers", _IDENTIFICATION, MORE),
    "has data monitoring committee": Label("boolean", f"{_OVERSIGHT}.oversightHasDmc", MORE),
    "u.s. fda-regulated product": Label("aside", "", MORE),
    "studies a u.s. fda-regulated drug product": Label("boolean", f"{_OVERSIGHT}.isFdaRegulatedDrug", MORE),
    "studies a u.s. fda-regulated device product": Label("boolean", f"{_OVERSIGHT}.isFdaRegulatedDevice", MORE),
    "device product not approved or cleared by u.s. fda": Label("boolean", f"{_OVERSIGHT}.isUnapprovedDevice", MORE),
    "pediatric postmarket surveillance of a device product": Label("boolean", f"{_OVERSIGHT}.isPpsd", MORE),
    "product manufactured in and exported from the u.s.": Label("boolean", f"{_OVERSIGHT}.isUsExport", MORE),
    "individual participant data (ipd) sharing statement": Label("aside", "", MORE),
    "individual participant data": Label("aside", "", MORE),
    "plan to share ipd": Label("enumeration", f"{_SHARING}.ipdSharing", MORE, "ipdSharing"),
    "plan description": Label("text", f"{_SHARING}.description", MORE),
    "supporting materials": Label("infoTypes", f"{_SHARING}.infoTypes", MORE),
    "time frame": Label("text", f"{_SHARING}.timeFrame", MORE),
    "access criteria": Label("text", f"{_SHARING}.accessCriteria", MORE),
    "url": Label("text", f"{_SHARING}.url", MORE),
}

LABEL_QUALIFIERS = ("Estimated", "Actual", "Anticipated")
"""Words before a label that say of what type its date or number is."""

STUDY_DESIGN = "Study Design: "
"""What stood before the first label of the design, before 2018."""

LABEL_ENDINGS = (" ICMJE", " (IPD) Sharing Statement")
"""What can stand behind a label's name."""

TRACKING = "tracking information"
"""The first heading of the tabular view."""

HEADINGS: dict[str, Section] = {
    "study description": Section.SUMMARY,
    "brief summary": Section.SUMMARY,
    "purpose": Section.SUMMARY,
    "detailed description": Section.DESCRIPTION,
    "study design": Section.DESIGN,
    "arms and interventions": Section.ARMS,
    "groups and cohorts": Section.ARMS,
    "outcome measures": Section.OUTCOMES,
    "primary outcome measures": Section.OUTCOMES,
    "secondary outcome measures": Section.OUTCOMES,
    "other outcome measures": Section.OUTCOMES,
    "eligibility": Section.ELIGIBILITY,
    "eligibility criteria": Section.ELIGIBILITY,
    "information from the national library of medicine": Section.ELIGIBILITY,
    "study population": Section.ELIGIBILITY,
    "criteria": Section.CRITERIA,
    "contacts and locations": Section.CONTACTS,
    "contacts": Section.CONTACTS,
    "locations": Section.CONTACTS,
    "sponsors and collaborators": Section.CONTACTS,
    "investigators": Section.CONTACTS,
    "more information": Section.INFORMATION,
    "additional information": Section.INFORMATION,
    "publications": Section.INFORMATION,
    "publications of results": Section.INFORMATION,
    "other publications": Section.INFORMATION,
    "keywords": Section.INFORMATION,
    "additional relevant mesh terms": Section.INFORMATION,
    "participant flow": Section.RESULTS,
    "baseline characteristics": Section.RESULTS,
    "reporting groups": Section.RESULTS,
    "adverse events": Section.RESULTS,
    TRACKING: Section.RESULTS,
}
"""Headings of their own, without colon and in lower case, and the section that each opens."""

SAFE_HEADINGS = frozenset(
    listed(
        """
        study design; arms and interventions; groups and cohorts; outcome measures; primary outcome measures;
        secondary outcome measures; other outcome measures; eligibility criteria; contacts and locations; more
        information; participant flow; reporting groups; tracking information
        """
    )
)
"""Headings that end any free text."""

HEADINGS_WITH_COLON = frozenset({"brief summary", "detailed description"})
"""Headings that end a free text if they have a colon."""

OUTCOME_LISTS = {
    "primary outcome measures": "protocolSection.outcomesModule.primaryOutcomes",
    "secondary outcome measures": "protocolSection.outcomesModule.secondaryOutcomes",
    "other outcome measures": "protocolSection.outcomesModule.otherOutcomes",
}
UNTYPED_OUTCOMES = "catalogSection.outcomesWithoutType"

PUBLICATION_TYPES: dict[str, str | None] = {
    "publications": None,
    "other publications": None,
    "publications of results": "RESULT",
    "publications automatically indexed to this study by clinicaltrials.gov identifier (nct number)": "DERIVED",
}

_VALIDITY = (
    r"The safety and scientific validity of this study is the responsibility of the study sponsor and investigators\."
)
_LISTING = r"Listing a study does not mean it has been evaluated by the U\.S\. Federal Government\."
_RISKS = (
    r"Know the risks and potential benefits of clinical studies and talk to your health care provider before "
    r"participating\."
)
_DISCLAIMER = r"Read our disclaimer for details\."

_SENTENCES = (
    r"!\[\]\(\)",
    rf"(?:{_VALIDITY}|{_LISTING}|{_RISKS}|{_DISCLAIMER})(?:\s+(?:{_LISTING}|{_RISKS}|{_DISCLAIMER}))*",
    r"Working…",
    r"ClinicalTrials\.gov(?: Menu)?",
    r"Try our beta test site",
    r"Find Studies|About Studies|Submit Studies|Resources|About Site|PRS Login|Save this study",
    r"Saved Studies \(\d+\)",
    r"Hide glossary|Glossary",
    r"Study record managers: refer to the Data Element Definitions if submitting registration or results .*",
    r"IMPORTANT: Listing of a study on this site does not reflect endorsement by the National Institutes of .*",
    r"We're building a better ClinicalTrials\.gov.*",
    r"We updated the design of this site.*",
    r"This is the classic website, which will be retired eventually.*",
    r"The classic website will no longer be available.*",
    r"Help guide our efforts to modernize.*",
    r"Now Available for Public Comment:.*",
    r"Choosing to participate in a study is an important personal decision\..*",
    r"To learn more about this study, you or your doctor may contact the study research staff.*",
    r"(?:[-*•] )?(?:Study Details|Tabular View|Disclaimer|How to Read a Study Record|Full Text View)",
    r"See Contacts and Locations",
    r"(?:Show|Hide) (?:detailed description|\d+ study locations?|all study locations?)",
    r"Go to sections?",
    r"Layout table for .*",
)
SENTENCES = re.compile(rf"(?:{'|'.join(_SENTENCES)})(?: \|)?", re.IGNORECASE)
"""The site's own sentences, each as a whole line."""

STATUS_SENTENCES: dict[str, str] = {
    "this study has been completed.": "COMPLETED",
    "this study has been terminated.": "TERMINATED",
    "this study has been suspended.": "SUSPENDED",
    "this study has been withdrawn prior to enrollment.": "WITHDRAWN",
    "this study has been withdrawn prior to recruitment.": "WITHDRAWN",
    "this study is currently recruiting participants.": "RECRUITING",
    "this study is currently recruiting patients.": "RECRUITING",
    "this study is not yet open for participant recruitment.": "NOT_YET_RECRUITING",
    "this study is ongoing, but not recruiting participants.": "ACTIVE_NOT_RECRUITING",
    "this study is enrolling participants by invitation only.": "ENROLLING_BY_INVITATION",
    "the recruitment status of this study is unknown.": "UNKNOWN",
    "the recruitment status of this study is unknown because the information has not been verified recently.": (
        "UNKNOWN"
    ),
}
"""How the design before 2018 told the status."""

RESULT_TABS = {"no results posted": False, "no study results posted": False, "study results": True, "has results": True}

MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (words, re.compile(pattern, re.MULTILINE))
    for words, pattern in (
        ("ClinicalTrials.gov Identifier:", r"^[^\S\n]*ClinicalTrials\.gov Identifier:"),
        ("Recruitment Status", r"^[^\S\n]*Recruitment Status ?:"),
        ("Posted", r"^[^\S\n]*(?:Last Update Posted|First Posted) ?:"),
        ("Listing a study does not", r"Listing a study does not mean it has been evaluated by the U\.S\. Federal Gov"),
        ("How to Read a Study Record", r"^[^\S\n]*[-*•] How to Read a Study Record"),
        ("Condition or disease", r"^[^\S\n]*Condition or disease"),
        ("Study Type", r"^[^\S\n]*Study Type ?:"),
        ("Ages Eligible for Study", r"^[^\S\n]*Ages Eligible for Study ?:"),
        ("Accepts Healthy Volunteers", r"^[^\S\n]*Accepts Healthy Volunteers ?:"),
        ("Please refer to this study", r"^[^\S\n]*Please refer to this study by its ClinicalTrials\.gov identifier"),
        ("Other Study ID Numbers", r"^[^\S\n]*Other Study ID Numbers ?:"),
        ("Responsible Party", r"^[^\S\n]*Responsible Party ?:"),
        ("First received", r"^[^\S\n]*First received ?:"),
        ("Tracking Information", r"^[^\S\n]*Tracking Information[\s|]*$"),
        ("Layout table for", r"^[^\S\n]*Layout table for (?:study|eligibility|additional|location) information"),
        ("Information provided by", r"^[^\S\n]*Information provided by(?: \(Responsible Party\))? ?:"),
        (
            "This study ",
            (
                r"^[^\S\n]*This study (?:has been (?:completed|terminated|suspended|withdrawn)"
                r"|is (?:currently recruiting|ongoing))"
            ),
        ),
    )
)
"""Words without which a mark is not there, which are faster to look for, and the mark."""
MARKS_NEEDED = 3
