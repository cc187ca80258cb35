"""How the text of an element becomes a value of API v2.

Every converter takes the whole text and returns the value, or None where it is not understood: the text then stays
visible as it is.  NONE_STATED says that the registry prints a word for "nothing" there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from generator.model.pointers import Json
from generator.readers.display_words import EnumerationName, phases, value_of
from generator.readers.display_words import masking as masking_of
from generator.readers.registry_values import date as date_of
from generator.readers.registry_values import open_value

NONE_STATED: Final = "\0none stated"
"""The registry says that there is nothing."""

Converter = Callable[[str], Json]

DATE_TYPES = {"actual": "ACTUAL", "anticipated": "ESTIMATED", "estimate": "ESTIMATED", "estimated": "ESTIMATED"}

DISPERSIONS = {
    "80% confidence interval": "CONFIDENCE_80",
    "90% confidence interval": "CONFIDENCE_90",
    "95% confidence interval": "CONFIDENCE_95",
    "97.5% confidence interval": "CONFIDENCE_975",
    "99% confidence interval": "CONFIDENCE_99",
    "full range": "FULL_RANGE",
    "geometric coefficient of variation": "GEOMETRIC_COEFFICIENT",
    "inter-quartile range": "INTER_QUARTILE_RANGE",
    "not applicable": "NA",
    "standard deviation": "STANDARD_DEVIATION",
    "standard error": "STANDARD_ERROR",
    "standard error of the mean": "STANDARD_ERROR_OF_MEAN",
}
SIDES = {"1-sided": "ONE_SIDED", "2-sided": "TWO_SIDED"}

YES_NO = {"yes": True, "no": False, "true": True, "false": False}
HEALTHY_VOLUNTEERS = {"accepts healthy volunteers": True, "yes": True, "no": False}
PRINCIPAL_INVESTIGATOR_EMPLOYED = {
    "all principal investigators are employed by the organization sponsoring the study.": True,
    "principal investigators are not employed by the organization sponsoring the study.": False,
}

_GROUP = re.compile(r"([PBOE])([1-9]\d*)")
_GROUP_PREFIXES = {"P": "FG", "B": "BG", "O": "OG", "E": "EG"}
_POSTING_DATE = re.compile(r"(?:(\d{1,2})/)?(\d{4})")
_NO_AGREEMENT = re.compile(r"There is NOT an agreement between Principal Investigators and the Sponsor\b.*", re.DOTALL)
_EMBARGO = re.compile(
    r"The only disclosure restriction on the PI is that the sponsor can review results communications\b.*", re.DOTALL
)


def text(words: str) -> str | None:
    """Return the text in one line."""
    return " ".join(words.split()) or None


def number(words: str) -> int | None:
    """Return a whole number."""
    bare = words.strip().replace(",", "")
    return int(bare) if bare.isdecimal() and bare.isascii() and len(bare) <= 12 else None


def date(words: str) -> str | None:
    """Return a date with its own precision."""
    return date_of(words)


def posting_date(words: str) -> str | None:
    """Return ``12/2020`` as ``2020-12``."""
    match = _POSTING_DATE.fullmatch(words.strip())
    if match is None:
        return date_of(words)
    if match[1] is None:
        return match[2]
    return f"{match[2]}-{int(match[1]):02}" if 1 <= int(match[1]) <= 12 else None


def one_of(table: Mapping[str, Json]) -> Converter:
    """Return a converter for the words of *table* (in lower case) and no others."""
    return lambda words: table.get(" ".join(words.split()).casefold())


def enumeration(name: EnumerationName) -> Converter:
    """Return a converter for an enumeration's display words; words that are not known are kept as an open value."""
    return lambda words: value_of(name, words)


def open_enumeration(table: Mapping[str, str] | None = None) -> Converter:
    """Return a converter for an enumeration whose values are its words in capitals, but for those in *table*."""
    return lambda words: (table or {}).get(" ".join(words.split()).casefold()) or open_value(words)


def phase(words: str) -> Json:
    """Return the phases; ``N/A`` is a value of its own for interventional studies."""
    return list(phases(words))


def age(words: str) -> str | None:
    """Return an age limit as printed; ``N/A`` says that there is none."""
    return NONE_STATED if words.strip().casefold() in {"n/a", "none"} else text(words)


def study_type(words: str) -> Json:
    """Return the type, and whether it is a patient registry where the words say so."""
    if words.strip() == "N/A":
        return NONE_STATED
    values: dict[str, Json] = {"studyType": value_of("studyType", words)}
    if words.strip().endswith("[Patient Registry]"):
        values["patientRegistry"] = True
    return values


def masking(words: str) -> Json:
    """Return the masking and who is masked."""
    level, parties = masking_of(words)
    return {"masking": level, **({"whoMasked": list(parties)} if parties else {})}


def restrictive_agreement(words: str) -> Json:
    """Return what an agreement on publication restricts: one of the registry's sentences, or the sponsor's own."""
    plain = " ".join(words.split())
    if _NO_AGREEMENT.fullmatch(plain):
        return {"restrictiveAgreement": False}
    if plain.casefold() in YES_NO:
        return {"restrictiveAgreement": YES_NO[plain.casefold()]}
    if _EMBARGO.fullmatch(plain):
        long, short = "more than 60 days" in plain, "less than or equal to 60 days" in plain
        if long != short:
            return {"restrictiveAgreement": True, "restrictionType": "GT60" if long else "LTE60"}
    return {"restrictiveAgreement": True, "restrictionType": "OTHER", "otherDetails": plain}


def group_id(words: str) -> str | None:
    """Return ``O1`` as API v2 writes it, ``OG000``."""
    match = _GROUP.fullmatch(words.strip())
    return f"{_GROUP_PREFIXES[match[1]]}{int(match[2]) - 1:03}" if match else words.strip() or None
