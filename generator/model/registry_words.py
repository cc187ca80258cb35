"""What the registries' codes are called, in English: the one table for pages, scripts and exports.

Pages and scripts show them in the site's language, data files in English.  The texts are messages for translators
(:mod:`generator.language`), where they stand in ``gettext_noop``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.language.messages import gettext_noop
from generator.model.kinds import Kind, Role


@dataclass(frozen=True)
class Status:
    """A recruitment status as a reader sees it."""

    label: str
    group: str
    """Which of the few looks it has: ``open``, ``soon``, ``running``, ``done``, ``stopped``, ``unknown``."""
    rank: int
    """Its place in lists, the open ones first."""


STATUSES = {
    "RECRUITING": Status(gettext_noop("Recruiting"), "open", 0),
    "ENROLLING_BY_INVITATION": Status(gettext_noop("Enrolling by invitation"), "open", 1),
    "AVAILABLE": Status(gettext_noop("Available"), "open", 2),
    "NOT_YET_RECRUITING": Status(gettext_noop("Not yet recruiting"), "soon", 3),
    "ACTIVE_NOT_RECRUITING": Status(gettext_noop("Active, not recruiting"), "running", 4),
    "APPROVED_FOR_MARKETING": Status(gettext_noop("Approved for marketing"), "done", 5),
    "COMPLETED": Status(gettext_noop("Completed"), "done", 6),
    "SUSPENDED": Status(gettext_noop("Suspended"), "stopped", 7),
    "TEMPORARILY_NOT_AVAILABLE": Status(gettext_noop("Temporarily not available"), "stopped", 8),
    "TERMINATED": Status(gettext_noop("Terminated"), "stopped", 9),
    "WITHDRAWN": Status(gettext_noop("Withdrawn"), "stopped", 10),
    "NO_LONGER_AVAILABLE": Status(gettext_noop("No longer available"), "stopped", 11),
    "WITHHELD": Status(gettext_noop("Withheld"), "unknown", 12),
    "UNKNOWN": Status(gettext_noop("Unknown status"), "unknown", 13),
}
NO_STATUS = Status(gettext_noop("Status not stated"), "unknown", 15)
_UNKNOWN_RANK = 14

WORDS = {
    "NA": gettext_noop("Not applicable"),
    "EARLY_PHASE1": gettext_noop("Early phase 1"),
    "PHASE1": gettext_noop("Phase 1"),
    "PHASE2": gettext_noop("Phase 2"),
    "PHASE3": gettext_noop("Phase 3"),
    "PHASE4": gettext_noop("Phase 4"),
    "RANDOMIZED": gettext_noop("Randomized"),
    "NON_RANDOMIZED": gettext_noop("Not randomized"),
    "SINGLE_GROUP": gettext_noop("Single group"),
    "PARALLEL": gettext_noop("Parallel groups"),
    "ALL": gettext_noop("All"),
    "ECT": gettext_noop("Educational, counselling or training"),
    "OTHER_GOV": gettext_noop("Other government body"),
    "FED": gettext_noop("US federal agency"),
    "NIH": gettext_noop("US National Institutes of Health"),
    "INDIV": gettext_noop("Individual"),
    "AMBIG": gettext_noop("Ambiguous"),
    "OUTCOMES_ASSESSOR": gettext_noop("Outcomes assessor"),
    "CARE_PROVIDER": gettext_noop("Care provider"),
    "NONE": gettext_noop("None (open label)"),
    "EUDRACT_NUMBER": gettext_noop("EudraCT number"),
    "CTIS": gettext_noop("EU CT number (CTIS)"),
    "REGISTRY": gettext_noop("Registry number"),
    "OTHER_GRANT": gettext_noop("Grant number"),
    "SPONSOR_INVESTIGATOR": gettext_noop("Sponsor-investigator"),
    "SUB_INVESTIGATOR": gettext_noop("Sub-investigator"),
    "NO_INTERVENTION": gettext_noop("No intervention"),
    "NON_PROBABILITY_SAMPLE": gettext_noop("Non-probability sample"),
    "CASE_CONTROL": gettext_noop("Case-control"),
    "CASE_CROSSOVER": gettext_noop("Case-crossover"),
    "CROSS_SECTIONAL": gettext_noop("Cross-sectional"),
    "CHILD": gettext_noop("Children"),
    "ADULT": gettext_noop("Adults"),
    "OLDER_ADULT": gettext_noop("Older adults"),
    "ACTIVE_COMPARATOR": gettext_noop("Active comparator"),
    "ACTUAL": gettext_noop("Actual"),
    "AHRQ": gettext_noop("AHRQ"),
    "BACKGROUND": gettext_noop("Background"),
    "BASIC_SCIENCE": gettext_noop("Basic science"),
    "BEHAVIORAL": gettext_noop("Behavioral"),
    "BIOLOGICAL": gettext_noop("Biological"),
    "CASE_ONLY": gettext_noop("Case only"),
    "CDC": gettext_noop("CDC"),
    "COHORT": gettext_noop("Cohort"),
    "COMBINATION_PRODUCT": gettext_noop("Combination product"),
    "CONTACT": gettext_noop("Contact"),
    "CROSSOVER": gettext_noop("Crossover"),
    "DEFINED_POPULATION": gettext_noop("Defined population"),
    "DERIVED": gettext_noop("Derived"),
    "DEVICE": gettext_noop("Device"),
    "DEVICE_FEASIBILITY": gettext_noop("Device feasibility"),
    "DIAGNOSTIC": gettext_noop("Diagnostic"),
    "DIAGNOSTIC_TEST": gettext_noop("Diagnostic test"),
    "DIETARY_SUPPLEMENT": gettext_noop("Dietary supplement"),
    "DOUBLE": gettext_noop("Double"),
    "DRUG": gettext_noop("Drug"),
    "ECOLOGIC_OR_COMMUNITY": gettext_noop("Ecologic or community"),
    "EQUIVALENCE": gettext_noop("Equivalence"),
    "ESTIMATED": gettext_noop("Estimated"),
    "EXPANDED_ACCESS": gettext_noop("Expanded access"),
    "EXPERIMENTAL": gettext_noop("Experimental"),
    "FACTORIAL": gettext_noop("Factorial"),
    "FAMILY_BASED": gettext_noop("Family based"),
    "FDA": gettext_noop("FDA"),
    "FEMALE": gettext_noop("Female"),
    "FULL": gettext_noop("Full"),
    "GENETIC": gettext_noop("Genetic"),
    "HEALTH_SERVICES_RESEARCH": gettext_noop("Health services research"),
    "INDUSTRY": gettext_noop("Industry"),
    "INTERVENTIONAL": gettext_noop("Interventional"),
    "INVESTIGATOR": gettext_noop("Investigator"),
    "MALE": gettext_noop("Male"),
    "MEAN": gettext_noop("Mean"),
    "MEDIAN": gettext_noop("Median"),
    "NATURAL_HISTORY": gettext_noop("Natural history"),
    "NETWORK": gettext_noop("Network"),
    "RECRUITING": gettext_noop("Recruiting"),
    "AVAILABLE": gettext_noop("Available"),
    "COMPLETED": gettext_noop("Completed"),
    "SUSPENDED": gettext_noop("Suspended"),
    "TERMINATED": gettext_noop("Terminated"),
    "WITHDRAWN": gettext_noop("Withdrawn"),
    "WITHHELD": gettext_noop("Withheld"),
    "UNKNOWN": gettext_noop("Unknown"),
    "NO": gettext_noop("No"),
    "NUMBER": gettext_noop("Number"),
    "OBSERVATIONAL": gettext_noop("Observational"),
    "OTHER": gettext_noop("Other"),
    "PARTICIPANT": gettext_noop("Participant"),
    "PLACEBO_COMPARATOR": gettext_noop("Placebo comparator"),
    "POSTED": gettext_noop("Posted"),
    "PREVENTION": gettext_noop("Prevention"),
    "PRINCIPAL_INVESTIGATOR": gettext_noop("Principal investigator"),
    "PROBABILITY_SAMPLE": gettext_noop("Probability sample"),
    "PROCEDURE": gettext_noop("Procedure"),
    "PROSPECTIVE": gettext_noop("Prospective"),
    "QUADRUPLE": gettext_noop("Quadruple"),
    "RADIATION": gettext_noop("Radiation"),
    "RESULT": gettext_noop("Result"),
    "RETROSPECTIVE": gettext_noop("Retrospective"),
    "SAMHSA": gettext_noop("SAMHSA"),
    "SCREENING": gettext_noop("Screening"),
    "SEQUENTIAL": gettext_noop("Sequential"),
    "SHAM_COMPARATOR": gettext_noop("Sham comparator"),
    "SINGLE": gettext_noop("Single"),
    "SPONSOR": gettext_noop("Sponsor"),
    "STUDY_CHAIR": gettext_noop("Study chair"),
    "STUDY_DIRECTOR": gettext_noop("Study director"),
    "SUPERIORITY": gettext_noop("Superiority"),
    "SUPPORTIVE_CARE": gettext_noop("Supportive care"),
    "TREATMENT": gettext_noop("Treatment"),
    "TRIPLE": gettext_noop("Triple"),
    "UNDECIDED": gettext_noop("Undecided"),
    "VA": gettext_noop("US Department of Veterans Affairs"),
    "YES": gettext_noop("Yes"),
    "PRIMARY": gettext_noop("Primary"),
    "SECONDARY": gettext_noop("Secondary"),
    "LEAST_SQUARES_MEAN": gettext_noop("Least squares mean"),
    "GEOMETRIC_MEAN": gettext_noop("Geometric mean"),
    "GEOMETRIC_LEAST_SQUARES_MEAN": gettext_noop("Geometric least squares mean"),
    "COUNT_OF_PARTICIPANTS": gettext_noop("Count of participants"),
    "COUNT_OF_UNITS": gettext_noop("Count of units"),
    "LOG_MEAN": gettext_noop("Log mean"),
    "NOT_POSTED": gettext_noop("Not posted"),
    "ONE_SIDED": gettext_noop("One sided"),
    "TWO_SIDED": gettext_noop("Two sided"),
    "NON_INFERIORITY": gettext_noop("Non inferiority"),
    "NON_INFERIORITY_OR_EQUIVALENCE": gettext_noop("Non inferiority or equivalence"),
    "SYSTEMATIC_ASSESSMENT": gettext_noop("Systematic assessment"),
    "NON_SYSTEMATIC_ASSESSMENT": gettext_noop("Non systematic assessment"),
    "STUDY_PROTOCOL": gettext_noop("Study protocol"),
    "ANALYTIC_CODE": gettext_noop("Analytic code"),
    "Standard Deviation": gettext_noop("Standard deviation"),
    "Standard Error": gettext_noop("Standard error"),
    "Full Range": gettext_noop("Full range"),
    "Inter-Quartile Range": gettext_noop("Inter-quartile range"),
    "95% Confidence Interval": gettext_noop("95% confidence interval"),
    "90% Confidence Interval": gettext_noop("90% confidence interval"),
    "80% Confidence Interval": gettext_noop("80% confidence interval"),
    "99% Confidence Interval": gettext_noop("99% confidence interval"),
    "Geometric Coefficient of Variation": gettext_noop("Geometric coefficient of variation"),
}
"""Codes of API v2's enumerations -> what they are called."""

_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
"""A code of several words.  Other words in capitals may be a registry's own, or short for something: they stay."""

ROLES: dict[Role, str] = {
    "leadSponsor": gettext_noop("Lead sponsor"),
    "collaborator": gettext_noop("Collaborator"),
    "sponsorWithoutRole": gettext_noop("Sponsor, role not stated"),
    "responsibleParty": gettext_noop("Responsible party"),
    "site": gettext_noop("Site"),
    "affiliation": gettext_noop("Affiliation of a person"),
    "principalInvestigator": gettext_noop("Principal investigator"),
    "subInvestigator": gettext_noop("Sub-investigator"),
    "studyChair": gettext_noop("Study chair"),
    "studyDirector": gettext_noop("Study director"),
    "official": gettext_noop("Official, role not stated"),
    "centralContact": gettext_noop("Central contact"),
    "facilityContact": gettext_noop("Contact at a site"),
    "referenceAuthor": gettext_noop("Author of a cited publication"),
    "intervention": gettext_noop("Tested in"),
    "condition": gettext_noop("Studied in"),
    "siteCity": gettext_noop("City of a site"),
    "region": gettext_noop("Region of a site"),
    "country": gettext_noop("Country of a site"),
}
"""What an entity is to a trial, in the order in which its page lists them."""

KINDS: dict[Kind, str] = {
    "organization": gettext_noop("Organization"),
    "person": gettext_noop("Person"),
    "drug": gettext_noop("Drug or intervention"),
    "condition": gettext_noop("Condition"),
    "place": gettext_noop("Place"),
}


def english_words(code: str) -> str:
    """Return a code such as ``NON_RANDOMIZED`` in words; anything else unchanged."""
    known = WORDS.get(code)
    if known is not None:
        return known
    return code.replace("_", " ").capitalize() if _CODE.fullmatch(code) else code


def english_status(code: str | None) -> Status:
    """Return how a status is shown; one that is not known is shown as it is written."""
    if code is None:
        return NO_STATUS
    return STATUSES.get(code) or Status(english_words(code), "unknown", _UNKNOWN_RANK)
