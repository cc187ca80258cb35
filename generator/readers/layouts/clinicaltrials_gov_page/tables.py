"""Headings, labels and sentences of the page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.model.word_tables import listed
from generator.readers.fields import Rule

_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_DESIGN = "protocolSection.designModule"
_INFO = f"{_DESIGN}.designInfo"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_CONTACTS = "protocolSection.contactsLocationsModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_OUTCOMES = "protocolSection.outcomesModule"
_OVERSIGHT = "protocolSection.oversightModule"
_SHARING = "protocolSection.ipdSharingStatementModule"
_REFERENCES = "protocolSection.referencesModule"

Shape = Literal[
    "line",
    "text",
    "items",
    "heading",
    "interventions",
    "identifiers",
    "collaborators",
    "officials",
    "person",
    "places",
    "arms",
    "outcomes",
    "ages",
    "references",
    "links",
    "mesh",
    "kept",
    "info types",
]
"""What stands below a label: one line, free text, a line for each item, nothing of its own (``heading``), or a part of
the page that has its own form; ``kept`` is kept under the label."""


_NOTHING = Rule("", "known")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the page, and what stands below it."""

    shape: Shape
    rule: Rule = _NOTHING


def _line(path: str, kind: str = "line") -> Label:
    return Label("line", Rule(path, kind))  # type: ignore[arg-type]


def _text(path: str) -> Label:
    return Label("text", Rule(path, "text"))


SECTIONS: dict[str, dict[str, Label]] = {
    "study overview": {
        "brief summary": _text("protocolSection.descriptionModule.briefSummary"),
        "detailed description": _text("protocolSection.descriptionModule.detailedDescription"),
        "official title": _line(f"{_IDENTIFICATION}.officialTitle"),
        "conditions": Label("items", Rule("protocolSection.conditionsModule.conditions", "texts")),
        "condition": Label("items", Rule("protocolSection.conditionsModule.conditions", "texts")),
        "intervention / treatment": Label("interventions"),
        "intervention/treatment": Label("interventions"),
        "other study id numbers": Label("identifiers"),
        "study start": _line(f"{_STATUS}.startDateStruct", "date"),
        "primary completion": _line(f"{_STATUS}.primaryCompletionDateStruct", "date"),
        "study completion": _line(f"{_STATUS}.completionDateStruct", "date"),
        "enrollment": _line(f"{_DESIGN}.enrollmentInfo", "count"),
        "study type": _line(f"{_DESIGN}.studyType", "study type"),
        "phase": Label("items", Rule(f"{_DESIGN}.phases", "phases")),
        "expanded access": Label("kept"),
        "medlineplus related topics": Label("kept"),
        "drug information available for": Label("kept"),
        "genetic and rare diseases information center resources": Label("kept"),
        "fda drug and device resources": Label("heading"),
        "resource links provided by the national library of medicine": Label("heading"),
    },
    "contacts and locations": {
        "study contact": Label("person"),
        "study contact backup": Label("person"),
        "study locations": Label("places"),
        "locations": Label("places"),
    },
    "participation criteria": {
        "eligibility criteria": Label("heading"),
        "description": _text(f"{_ELIGIBILITY}.eligibilityCriteria"),
        "ages eligible for study": Label("ages"),
        "sexes eligible for study": _line(f"{_ELIGIBILITY}.sex", "sex"),
        "gender based eligibility": _line(f"{_ELIGIBILITY}.genderBased", "yes or no"),
        "gender eligibility description": _text(f"{_ELIGIBILITY}.genderDescription"),
        "accepts healthy volunteers": _line(f"{_ELIGIBILITY}.healthyVolunteers", "yes or no"),
        "sampling method": _line(f"{_ELIGIBILITY}.samplingMethod", "samplingMethod"),
        "study population": _text(f"{_ELIGIBILITY}.studyPopulation"),
    },
    "study plan": {
        "how is the study designed?": Label("heading"),
        "design details": Label("heading"),
        "primary purpose": _line(f"{_INFO}.primaryPurpose", "primaryPurpose"),
        "allocation": _line(f"{_INFO}.allocation", "allocation"),
        "interventional model": _line(f"{_INFO}.interventionModel", "interventionModel"),
        "interventional model description": _text(f"{_INFO}.interventionModelDescription"),
        "observational model": _line(f"{_INFO}.observationalModel", "observationalModel"),
        "time perspective": _line(f"{_INFO}.timePerspective", "timePerspective"),
        "masking": _line(f"{_INFO}.maskingInfo", "masking"),
        "masking description": _text(f"{_INFO}.maskingInfo.maskingDescription"),
        "biospecimen retention": _line(f"{_DESIGN}.bioSpec.retention", "bioSpecRetention"),
        "biospecimen description": _text(f"{_DESIGN}.bioSpec.description"),
        "target follow-up duration": _line(f"{_DESIGN}.targetDuration"),
        "number of participants": Label("kept"),
        "arms and interventions": Label("arms"),
        "groups and cohorts": Label("arms"),
        "what is the study measuring?": Label("heading"),
        "primary outcome measures": Label("outcomes", Rule(f"{_OUTCOMES}.primaryOutcomes")),
        "secondary outcome measures": Label("outcomes", Rule(f"{_OUTCOMES}.secondaryOutcomes")),
        "other outcome measures": Label("outcomes", Rule(f"{_OUTCOMES}.otherOutcomes")),
    },
    "collaborators and investigators": {
        "sponsor": _line(f"{_SPONSORS}.leadSponsor.name"),
        "collaborators": Label("collaborators", Rule(f"{_SPONSORS}.collaborators")),
        "investigators": Label("officials", Rule(f"{_CONTACTS}.overallOfficials")),
    },
    "publications and helpful links": {
        "general publications": Label("references", Rule("BACKGROUND")),
        "from pubmed": Label("references", Rule("DERIVED")),
        "study results": Label("references", Rule("RESULT")),
        "publications of results": Label("references", Rule("RESULT")),
        "helpful links": Label("links", Rule(f"{_REFERENCES}.seeAlsoLinks")),
    },
    "study record dates": {
        "study registration dates": Label("heading"),
        "first submitted": _line(f"{_STATUS}.studyFirstSubmitDate", "date"),
        "first submitted that met qc criteria": _line(f"{_STATUS}.studyFirstSubmitQcDate", "date"),
        "first posted": _line(f"{_STATUS}.studyFirstPostDateStruct", "date"),
        "results reporting dates": Label("heading"),
        "results first submitted": _line(f"{_STATUS}.resultsFirstSubmitDate", "date"),
        "results first submitted that met qc criteria": _line(f"{_STATUS}.resultsFirstSubmitQcDate", "date"),
        "results first posted": _line(f"{_STATUS}.resultsFirstPostDateStruct", "date"),
        "certification/extension dates": Label("heading"),
        "certification/extension first submitted": _line(f"{_STATUS}.dispFirstSubmitDate", "date"),
        "certification/extension first submitted that met qc criteria": _line(
            f"{_STATUS}.dispFirstSubmitQcDate", "date"
        ),
        "certification/extension first posted": _line(f"{_STATUS}.dispFirstPostDateStruct", "date"),
        "study record updates": Label("heading"),
        "last update submitted that met qc criteria": _line(f"{_STATUS}.lastUpdateSubmitDate", "date"),
        "last update submitted": _line(f"{_STATUS}.lastUpdateSubmitDate", "date"),
        "last update posted": _line(f"{_STATUS}.lastUpdatePostDateStruct", "date"),
        "last verified": _line(f"{_STATUS}.statusVerifiedDate", "date"),
    },
    "more information": {
        "terms related to this study": Label("heading"),
        "keywords provided by": Label("items", Rule("protocolSection.conditionsModule.keywords", "texts")),
        "additional relevant mesh terms": Label("mesh"),
        "other study id numbers": Label("identifiers"),
        "plan for individual participant data (ipd)": Label("heading"),
        "individual participant data (ipd) sharing statement": Label("heading"),
        "plan to share individual participant data (ipd)?": _line(f"{_SHARING}.ipdSharing", "ipdSharing"),
        "ipd plan description": _text(f"{_SHARING}.description"),
        "ipd sharing time frame": _text(f"{_SHARING}.timeFrame"),
        "ipd sharing access criteria": _text(f"{_SHARING}.accessCriteria"),
        "ipd sharing supporting information type": Label("info types", Rule(f"{_SHARING}.infoTypes")),
        "ipd sharing url": _line(f"{_SHARING}.url"),
        "drug and device information, study documents": Label("heading"),
        "drug and device information": Label("heading"),
        "study documents": Label("kept"),
        "studies a u.s. fda-regulated drug product": _line(f"{_OVERSIGHT}.isFdaRegulatedDrug", "yes or no"),
        "studies a u.s. fda-regulated device product": _line(f"{_OVERSIGHT}.isFdaRegulatedDevice", "yes or no"),
        "device product not approved or cleared by u.s. fda": _line(f"{_OVERSIGHT}.isUnapprovedDevice", "yes or no"),
        "pediatric postmarket surveillance of a device product": _line(f"{_OVERSIGHT}.isPpsd", "yes or no"),
        "product manufactured in and exported from the u.s.": _line(f"{_OVERSIGHT}.isUsExport", "yes or no"),
        "data monitoring committee": _line(f"{_OVERSIGHT}.oversightHasDmc", "yes or no"),
    },
}
"""Heading -> label -> what stands below it, both in lower case and in the order of the page."""

OTHER_HEADINGS = {"publications": "publications and helpful links", "terms related to the study": "more information"}
"""Other forms of headings."""
ORDER = {name: place for place, name in enumerate(SECTIONS)}

PREFIXED = ("keywords provided by",)
"""Labels behind which the page prints a name."""

TYPED = frozenset({"study start", "primary completion", "study completion", "enrollment"}) | {
    "first posted",
    "results first posted",
    "last update posted",
    "certification/extension first posted",
}
"""Labels of values that have a type, with or without it in parentheses behind the label."""

HEADERS = frozenset(
    listed(
        """
        participant group/arm; intervention/treatment; intervention / treatment; group / cohort; group/cohort; outcome
        measure; measure description; time frame
        """
    )
)
"""Heads of tables' columns."""

BOILERPLATE = re.compile(
    r"an official website of the united states government|here['’]s how you know|home|search results|study record"
    r"|study details|researcher view|record history|on this page|download|save|print|share|expand all.{0,40}"
    r"|collapse all.{0,40}|show (?:more|less|all.{0,40})|skip to (?:main )?content|clinicaltrials\.gov|glossary"
    r"|back to top|tab(?:le)?|results|no results posted|results posted|history of changes|(?:view|hide) .{0,60}"
    r"|the safety and scientific validity of this study is the responsibility of .{0,300}"
    r"|this section provides (?:contact details|details of the study plan).{0,300}"
    r"|to learn more, please see the contacts and locations section.{0,80}"
    r"|researchers look for people who fit a certain description.{0,300}"
    r"|for general information about clinical research, (?:read|see).{0,80}"
    r"|this is where you will find people and organizations involved with this study\.?"
    r"|the person responsible for entering information about the study voluntarily provides these publications.{0,200}"
    r"|these publications come from pubmed.{0,200}"
    r"|these dates track the progress of study record and summary results submissions.{0,400}"
    r"|this information was retrieved directly from the website clinicaltrials\.gov.{0,400}"
    r"|you, or your doctor, may contact the study research team.{0,300}"
    r"|study details \| nct\d{8} \|.{0,400}"
    r"|this study has \d{1,5} locations?|\d{1,5} (?:study )?locations?",
    re.IGNORECASE,
)
"""The site's own words, each as a whole line."""

MARKS = (
    "Contacts and Locations",
    "Participation Criteria",
    "Study Plan",
    "Collaborators and Investigators",
    "Study Record Dates",
)
"""Headings that no other page has in these words; with ``Study Overview``, half of them make a page."""
