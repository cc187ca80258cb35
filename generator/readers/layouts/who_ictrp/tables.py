"""The words and labels that registries put into the fields of an export."""

from __future__ import annotations

import re

from generator.model.word_tables import listed
from generator.readers.display_words import EnumerationName, known_value

NO_SPONSOR = frozenset({"none", "nil", "n/a", "na", "no", "not applicable", "-", "no secondary sponsor"})
NO_INTERVENTION = frozenset(
    listed(
        """
        none; nil; n/a; na; no; not applicable; -; null; blank; blank control; without; without intervention; no
        intervention; no interventions; no treatment
        """
    )
)
"""What stands for an intervention where a group gets none, in lower case."""
DEGREES = frozenset(
    {"md", "phd", "mdphd", "dr", "doctor", "prof", "professor", "master", "msc", "bsc", "mph", "mbbs", "rn", "ms"}
)
"""What can stand behind a name without being one, in lower case and without points and blanks."""
AGES_IN_YEARS = frozenset({"chictr", "itmctr"})
"""Registries, in lower case, whose own form asks for ages in years and whose export leaves the unit out."""

CLASSIFICATION = re.compile(
    r"(?:MedDRA|Therapeutic area|Classification code|Level|Term|System Organ Class)\b.{0,40}?:", re.IGNORECASE
)
YES_NO = re.compile(
    r"\b(controlled|randomised|open|single blind|double blind|parallel group|cross over|other)\s?:\s?(yes|no)\b",
    re.IGNORECASE,
)
DESIGN_LABEL = re.compile(
    r"\b(allocation|intervention model|assignment|primary purpose|study design purpose|purpose|masking|"
    r"observational model|observational study model|time perspective|endpoint classification|type of endpoint|"
    r"control group|control)\s?:\s?",
    re.IGNORECASE,
)
LABELLED_DESIGN: dict[str, tuple[str, EnumerationName]] = {
    "allocation": ("allocation", "allocation"),
    "intervention model": ("interventionModel", "interventionModel"),
    "assignment": ("interventionModel", "interventionModel"),
    "primary purpose": ("primaryPurpose", "primaryPurpose"),
    "study design purpose": ("primaryPurpose", "primaryPurpose"),
    "purpose": ("primaryPurpose", "primaryPurpose"),
    "observational model": ("observationalModel", "observationalModel"),
    "observational study model": ("observationalModel", "observationalModel"),
    "time perspective": ("timePerspective", "timePerspective"),
}
"""Label in lower case -> API v2's field, and the enumeration of its display words."""
DESIGN_SYNONYMS = {
    ("allocation", "randomised"): "RANDOMIZED",
    ("allocation", "randomised controlled trial"): "RANDOMIZED",
    ("allocation", "randomized controlled trial"): "RANDOMIZED",
    ("allocation", "randomized controlled study"): "RANDOMIZED",
    ("allocation", "non-randomised"): "NON_RANDOMIZED",
    ("allocation", "non-randomised trial"): "NON_RANDOMIZED",
    ("allocation", "non-randomized controlled trial"): "NON_RANDOMIZED",
    ("allocation", "non-randomized controlled study"): "NON_RANDOMIZED",
    ("interventionModel", "crossover"): "CROSSOVER",
    ("interventionModel", "cross-over"): "CROSSOVER",
    ("interventionModel", "factorial"): "FACTORIAL",
}
DESIGN_WORDS = {
    "parallel": ("interventionModel", "PARALLEL"),
    "factorial": ("interventionModel", "FACTORIAL"),
    "cross-over": ("interventionModel", "CROSSOVER"),
    "single arm": ("interventionModel", "SINGLE_GROUP"),
    "non randomized control": ("allocation", "NON_RANDOMIZED"),
}
"""The whole of a design in a word or two, in lower case.  "Sequential" is not here: the Chinese registry means a
sequential analysis by it, API v2 groups that are formed one after another."""
EUROPEAN_OUTCOME = re.compile(
    r"\b(main objective|secondary objective|primary end point\(s\)|secondary end point\(s\)|"
    r"timepoint\(s\) of evaluation of this end point)\s?:",
    re.IGNORECASE,
)
PRODUCT_LABEL = re.compile(
    r"(trade name|product name|product code|pharmaceutical form|inn or proposed inn|cas number|current sponsor code|"
    r"other descriptive name|concentration unit|concentration type|concentration number|"
    r"pharmaceutical form of the placebo|route of administration of the placebo)\s?:(.*)",
    re.IGNORECASE,
)


def european_products(text: str) -> list[dict[str, str]]:
    """Return the products that the labelled lines of the EU Clinical Trials Register describe."""
    products: list[dict[str, str]] = []
    for line in text.split("\n"):
        match = PRODUCT_LABEL.fullmatch(line.strip())
        if not match:
            continue
        label, value = match[1].casefold(), match[2].strip().rstrip(";").strip()
        if label in {"trade name", "product name"} and (
            not products or label in products[-1] or "pharmaceutical form" in products[-1]
        ):
            products.append({})
        if products and value and value != "-":
            products[-1].setdefault(label, value)
    return products


def typed_interventions(parts: list[str]) -> list[tuple[str, str]] | None:
    """Return ``(type, name)`` of ``Drug: A;Drug: B``; a piece without a type belongs to the name before it."""
    found: list[tuple[str, str]] = []
    for piece in parts:
        word, colon, name = piece.partition(":")
        kind = known_value("interventionType", word) if colon else None
        if kind and name.strip():
            found.append((kind, name.strip()))
        elif found:
            found[-1] = (found[-1][0], f"{found[-1][1]}; {piece}")
        else:
            return None
    return found or None
