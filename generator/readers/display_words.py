"""The words in which ClinicalTrials.gov shows its enumerations, and the API v2 values that they stand for.

Pages and legacy XML records print words (``Parallel Assignment``), API v2 has values (``PARALLEL``).  The words have
changed over the years; all known ones are here.  Enumerations are open: a word that is not here is kept, upper-cased.
"""

from __future__ import annotations

import re
from typing import Literal

EnumerationName = Literal[
    "status",
    "phase",
    "studyType",
    "allocation",
    "interventionModel",
    "masking",
    "whoMasked",
    "primaryPurpose",
    "observationalModel",
    "timePerspective",
    "armGroupType",
    "interventionType",
    "sex",
    "standardAge",
    "role",
    "secondaryIdType",
    "samplingMethod",
    "bioSpecRetention",
    "ipdSharing",
    "ipdSharingInfoType",
    "agencyClass",
    "dateType",
    "referenceType",
]

DISPLAY_WORDS: dict[EnumerationName, dict[str, str]] = {
    "status": {
        "not yet recruiting": "NOT_YET_RECRUITING",
        "recruiting": "RECRUITING",
        "enrolling by invitation": "ENROLLING_BY_INVITATION",
        "active, not recruiting": "ACTIVE_NOT_RECRUITING",
        "suspended": "SUSPENDED",
        "terminated": "TERMINATED",
        "completed": "COMPLETED",
        "withdrawn": "WITHDRAWN",
        "unknown": "UNKNOWN",
        "unknown status": "UNKNOWN",
        "available": "AVAILABLE",
        "no longer available": "NO_LONGER_AVAILABLE",
        "temporarily not available": "TEMPORARILY_NOT_AVAILABLE",
        "approved for marketing": "APPROVED_FOR_MARKETING",
        "withheld": "WITHHELD",
    },
    "phase": {
        "not applicable": "NA",
        "n/a": "NA",
        "early phase 1": "EARLY_PHASE1",
        "phase 0": "EARLY_PHASE1",
        "phase 1": "PHASE1",
        "phase 2": "PHASE2",
        "phase 3": "PHASE3",
        "phase 4": "PHASE4",
    },
    "studyType": {
        "interventional": "INTERVENTIONAL",
        "interventional (clinical trial)": "INTERVENTIONAL",
        "observational": "OBSERVATIONAL",
        "observational [patient registry]": "OBSERVATIONAL",
        "expanded access": "EXPANDED_ACCESS",
    },
    "allocation": {
        "randomized": "RANDOMIZED",
        "non-randomized": "NON_RANDOMIZED",
        "nonrandomized": "NON_RANDOMIZED",
        "n/a": "NA",
        "not applicable": "NA",
    },
    "interventionModel": {
        "single group assignment": "SINGLE_GROUP",
        "single group": "SINGLE_GROUP",
        "parallel assignment": "PARALLEL",
        "parallel": "PARALLEL",
        "crossover assignment": "CROSSOVER",
        "cross-over assignment": "CROSSOVER",
        "factorial assignment": "FACTORIAL",
        "sequential assignment": "SEQUENTIAL",
    },
    "masking": {
        "none": "NONE",
        "none (open label)": "NONE",
        "open label": "NONE",
        "no masking": "NONE",
        "single": "SINGLE",
        "single blind": "SINGLE",
        "double": "DOUBLE",
        "double blind": "DOUBLE",
        "double-blind": "DOUBLE",
        "triple": "TRIPLE",
        "quadruple": "QUADRUPLE",
    },
    "whoMasked": {
        "participant": "PARTICIPANT",
        "subject": "PARTICIPANT",
        "care provider": "CARE_PROVIDER",
        "caregiver": "CARE_PROVIDER",
        "investigator": "INVESTIGATOR",
        "outcomes assessor": "OUTCOMES_ASSESSOR",
    },
    "primaryPurpose": {
        "treatment": "TREATMENT",
        "prevention": "PREVENTION",
        "diagnostic": "DIAGNOSTIC",
        "educational/counseling/training": "ECT",
        "supportive care": "SUPPORTIVE_CARE",
        "screening": "SCREENING",
        "health services research": "HEALTH_SERVICES_RESEARCH",
        "basic science": "BASIC_SCIENCE",
        "device feasibility": "DEVICE_FEASIBILITY",
        "other": "OTHER",
    },
    "observationalModel": {
        "cohort": "COHORT",
        "case-control": "CASE_CONTROL",
        "case control": "CASE_CONTROL",
        "case-only": "CASE_ONLY",
        "case-crossover": "CASE_CROSSOVER",
        "case-cross-over": "CASE_CROSSOVER",
        "ecologic or community": "ECOLOGIC_OR_COMMUNITY",
        "ecologic or community study": "ECOLOGIC_OR_COMMUNITY",
        "family-based": "FAMILY_BASED",
        "defined population": "DEFINED_POPULATION",
        "natural history": "NATURAL_HISTORY",
        "other": "OTHER",
    },
    "timePerspective": {
        "retrospective": "RETROSPECTIVE",
        "prospective": "PROSPECTIVE",
        "cross-sectional": "CROSS_SECTIONAL",
        "other": "OTHER",
    },
    "armGroupType": {
        "experimental": "EXPERIMENTAL",
        "active comparator": "ACTIVE_COMPARATOR",
        "placebo comparator": "PLACEBO_COMPARATOR",
        "sham comparator": "SHAM_COMPARATOR",
        "no intervention": "NO_INTERVENTION",
        "other": "OTHER",
    },
    "interventionType": {
        "behavioral": "BEHAVIORAL",
        "biological": "BIOLOGICAL",
        "combination product": "COMBINATION_PRODUCT",
        "device": "DEVICE",
        "diagnostic test": "DIAGNOSTIC_TEST",
        "dietary supplement": "DIETARY_SUPPLEMENT",
        "drug": "DRUG",
        "genetic": "GENETIC",
        "procedure": "PROCEDURE",
        "radiation": "RADIATION",
        "other": "OTHER",
    },
    "sex": {"all": "ALL", "both": "ALL", "female": "FEMALE", "male": "MALE"},
    "standardAge": {"child": "CHILD", "adult": "ADULT", "older adult": "OLDER_ADULT", "senior": "OLDER_ADULT"},
    "role": {
        "study chair": "STUDY_CHAIR",
        "study director": "STUDY_DIRECTOR",
        "principal investigator": "PRINCIPAL_INVESTIGATOR",
        "sub-investigator": "SUB_INVESTIGATOR",
        "contact": "CONTACT",
    },
    "secondaryIdType": {
        "u.s. nih grant/contract": "NIH",
        "u.s. fda grant/contract": "FDA",
        "u.s. va grant/contract": "VA",
        "u.s. cdc grant/contract": "CDC",
        "u.s. ahrq grant/contract": "AHRQ",
        "u.s. samhsa grant/contract": "SAMHSA",
        "other grant/funding number": "OTHER_GRANT",
        "eudract number": "EUDRACT_NUMBER",
        "ctis": "CTIS",
        "eu trial (ctis) number": "CTIS",
        "registry identifier": "REGISTRY",
        "other identifier": "OTHER",
    },
    "samplingMethod": {
        "probability sample": "PROBABILITY_SAMPLE",
        "non-probability sample": "NON_PROBABILITY_SAMPLE",
    },
    "bioSpecRetention": {
        "none retained": "NONE_RETAINED",
        "samples with dna": "SAMPLES_WITH_DNA",
        "samples without dna": "SAMPLES_WITHOUT_DNA",
    },
    "ipdSharing": {"yes": "YES", "no": "NO", "undecided": "UNDECIDED"},
    "ipdSharingInfoType": {
        "study protocol": "STUDY_PROTOCOL",
        "statistical analysis plan (sap)": "SAP",
        "statistical analysis plan": "SAP",
        "informed consent form (icf)": "ICF",
        "informed consent form": "ICF",
        "clinical study report (csr)": "CSR",
        "clinical study report": "CSR",
        "analytic code": "ANALYTIC_CODE",
    },
    "agencyClass": {
        "nih": "NIH",
        "u.s. fed": "FED",
        "industry": "INDUSTRY",
        "network": "NETWORK",
        "individual": "INDIV",
        "other": "OTHER",
        "unknown": "UNKNOWN",
    },
    "dateType": {"actual": "ACTUAL", "estimated": "ESTIMATED", "anticipated": "ESTIMATED"},
    "referenceType": {"background": "BACKGROUND", "result": "RESULT", "derived": "DERIVED"},
}

_PHASE = re.compile(r"early phase 1|phase [0-4]|not applicable|n/a", re.IGNORECASE)


def known_value(enumeration: EnumerationName, words: str) -> str | None:
    """Return the value that *words* stand for, or None where they are no known word of *enumeration*."""
    return DISPLAY_WORDS[enumeration].get(" ".join(words.split()).casefold())


def value_of(enumeration: EnumerationName, words: str) -> str:
    """Return the value that *words* stand for; words that nobody knows yet are kept, written like a value."""
    return known_value(enumeration, words) or re.sub(r"\W+", "_", words.upper()).strip("_") or words


def phases(words: str) -> list[str]:
    """Return the values of one or several phases, whatever stands between them (``Phase 1/Phase 2``)."""
    if re.fullmatch(r"[\s/|,]*", _PHASE.sub("", words)):
        return [value_of("phase", found) for found in _PHASE.findall(words)]
    return [value_of("phase", words)]


def masking(words: str) -> tuple[str, list[str]]:
    """Return the masking and who is masked of such as ``Double (Participant, Investigator)``."""
    known = known_value("masking", words)
    if known:
        return known, []
    found = re.fullmatch(r"([^()]+)\((.+)\)", words.strip())
    if not found:
        return value_of("masking", words), []
    parties = [value_of("whoMasked", party) for party in found[2].split(",") if party.strip()]
    return value_of("masking", found[1].strip()), parties
