"""The words in which ClinicalTrials.gov shows its enumerations, and the API v2 values that they stand for.

Pages and legacy XML records print words (``Parallel Assignment``), API v2 has values (``PARALLEL``).  The words have
changed over the years; all known ones are here.  Enumerations are open: a word that is not here is kept, upper-cased.
"""

from __future__ import annotations

import re
from typing import Literal

from generator.model.word_tables import by_word, listed

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


def _values(words: str, **others: str) -> dict[str, str]:
    """Return word -> value for *words*, each of which is its value in small letters, and those of *others* by value."""
    return {word: re.sub(r"\W+", "_", word).strip("_").upper() for word in listed(words)} | by_word(others)


DISPLAY_WORDS: dict[EnumerationName, dict[str, str]] = {
    "status": _values(
        """
            not yet recruiting; recruiting; enrolling by invitation; active, not recruiting; suspended; terminated;
            completed; withdrawn; unknown; available; no longer available; temporarily not available; approved for
            marketing; withheld
        """,
        UNKNOWN="unknown status",
    ),
    "phase": _values(
        "",
        NA="not applicable; n/a",
        EARLY_PHASE1="early phase 1; phase 0",
        PHASE1="phase 1",
        PHASE2="phase 2",
        PHASE3="phase 3",
        PHASE4="phase 4",
    ),
    "studyType": _values(
        "interventional; observational; expanded access",
        INTERVENTIONAL="interventional (clinical trial)",
        OBSERVATIONAL="observational [patient registry]",
    ),
    "allocation": _values("randomized; non-randomized", NON_RANDOMIZED="nonrandomized", NA="n/a; not applicable"),
    "interventionModel": _values(
        "single group; parallel",
        SINGLE_GROUP="single group assignment",
        PARALLEL="parallel assignment",
        CROSSOVER="crossover assignment; cross-over assignment",
        FACTORIAL="factorial assignment",
        SEQUENTIAL="sequential assignment",
    ),
    "masking": _values(
        "none; single; double; triple; quadruple",
        NONE="none (open label); open label; no masking",
        SINGLE="single blind",
        DOUBLE="double blind; double-blind",
    ),
    "whoMasked": _values(
        "participant; care provider; investigator; outcomes assessor", PARTICIPANT="subject", CARE_PROVIDER="caregiver"
    ),
    "primaryPurpose": _values(
        """
            treatment; prevention; diagnostic; supportive care; screening; health services research; basic science;
            device feasibility; other
        """,
        ECT="educational/counseling/training",
    ),
    "observationalModel": _values(
        """
            cohort; case-control; case control; case-only; case-crossover; ecologic or community; family-based;
            defined population; natural history; other
        """,
        CASE_CROSSOVER="case-cross-over",
        ECOLOGIC_OR_COMMUNITY="ecologic or community study",
    ),
    "timePerspective": _values("retrospective; prospective; cross-sectional; other"),
    "armGroupType": _values(
        "experimental; active comparator; placebo comparator; sham comparator; no intervention; other"
    ),
    "interventionType": _values("""
            behavioral; biological; combination product; device; diagnostic test; dietary supplement; drug; genetic;
            procedure; radiation; other
        """),
    "sex": _values("all; female; male", ALL="both"),
    "standardAge": _values("child; adult; older adult", OLDER_ADULT="senior"),
    "role": _values("study chair; study director; principal investigator; sub-investigator; contact"),
    "secondaryIdType": _values(
        "eudract number; ctis",
        NIH="u.s. nih grant/contract",
        FDA="u.s. fda grant/contract",
        VA="u.s. va grant/contract",
        CDC="u.s. cdc grant/contract",
        AHRQ="u.s. ahrq grant/contract",
        SAMHSA="u.s. samhsa grant/contract",
        OTHER_GRANT="other grant/funding number",
        CTIS="eu trial (ctis) number",
        REGISTRY="registry identifier",
        OTHER="other identifier",
    ),
    "samplingMethod": _values("probability sample; non-probability sample"),
    "bioSpecRetention": _values("none retained; samples with dna; samples without dna"),
    "ipdSharing": _values("yes; no; undecided"),
    "ipdSharingInfoType": _values(
        "study protocol; analytic code",
        SAP="statistical analysis plan (sap); statistical analysis plan",
        ICF="informed consent form (icf); informed consent form",
        CSR="clinical study report (csr); clinical study report",
    ),
    "agencyClass": _values("nih; industry; network; other; unknown", FED="u.s. fed", INDIV="individual"),
    "dateType": _values("actual; estimated", ESTIMATED="anticipated"),
    "referenceType": _values("background; result; derived"),
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
