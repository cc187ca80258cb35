"""How documents name drugs: doses, routes, forms and arm words around the name, aliases inside it.

Rules come from ``identity.md`` (section 4.2): strip dose, route, form and arm words, join what stands between
letters and digits, keep comparators apart from drugs, and take a class of drugs for no drug.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from generator.identity.cleaning import clean, fold, words
from generator.identity.word_lists import (
    CLASS_WORDS,
    COMPARATOR_WORDS,
    GENERAL_SUBSTANCES,
    LONGER_NAMES,
    NOT_GIVEN,
    PLAIN_AFTER_DRUG,
    PLAIN_BEFORE_DRUG,
)

DRUG_TYPES = frozenset({"DRUG", "BIOLOGICAL", "GENETIC", "DIETARY_SUPPLEMENT", "COMBINATION_PRODUCT"})
"""Types of interventions that name a substance."""

LONGEST_NAME = 200
"""Longer texts are descriptions: no rule takes them apart, which also keeps hostile ones from costing time."""

_TYPE_IN_FRONT = re.compile(
    r"^(?:drug|biological|genetic|dietary supplement|combination product|device|procedure|other|"
    r"(?:arm|group|cohort|part)\s\w{1,2})\s*:\s*",
    re.IGNORECASE,
)
_UNIT = (
    r"(?:mg|g|kg|[µμ]g|mcg|ug|ng|ml|m?l|dl|[µμ]l|iu|ui|u|units?|miu|mui|mmol|mol|meq|mcl|gy|mbq|%|percent|"
    r"million|mio|billion|cells?|cfu|pfu|vg|doses?|drops?|puffs?|tablets?|capsules?)"
)
_PER = (
    r"(?:\s?(?:/|per)\s?(?:\d+\s?)?(?:m2|m²|mm3|kg|ml|l|h|hr|hours?|day|d|j|min|week|w|wk|month|dose|actuation|bid|tid|"
    r"tablet|capsule))*"
)
_NUMBER = r"\d{1,12}(?:[.,]\d{1,12}){0,3}(?:\^\d{1,4})?"
_DOSE = re.compile(
    rf"(?<![\w-]){_NUMBER}(?:\s?(?:-|to|or|/|x|×|\+/-)\s?{_NUMBER}){{0,4}}\s?-?(?:{_UNIT}\b|%)(?:\s?{_UNIT}\b)*{_PER}(?!\w)",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(
    r"\b(?:once|twice|(?:one|two|three|four|\d{1,2}) times?) (?:a|per|every|each) (?:day|week|month)\b|\bat a time\b|"
    r"\b[x×] ?\d{1,3} ?(?:days?|weeks?|months?)\b(?: a day)?|"
    r"/ ?time\b",
    re.IGNORECASE,
)
_ROUTES = (
    r"(?:sub[- ]?cutaneous(?:ly)?|intra[- ]?(?:venous|muscular|nasal|dermal|vitreal|thecal|peritoneal|articular|"
    r"lesional|arterial|tracheal|vesical|ventricular|cameral|ocular|pleural|tympanic)(?:ly)?|"
    r"per ?oral(?:ly)?|oral(?:ly)?|"
    r"i\.?v\.?|s\.?c\.?|p\.?o\.?|i\.?m\.?|topical(?:ly)?|inhaled|nebuli[sz]ed|transdermal|sublingual|rectal|vaginal)"
)
_FORMS = (
    r"(?:tablets?|capsules?|injections?|infusions?|solutions?|suspensions?|syrup|powder|cream|ointment|gel|lotion|"
    r"eye ?drops?|drops|nasal spray|spray|patch(?:es)?|suppositor(?:y|ies)|granules?|pills?|inhaler|inhalation|syringe|"
    r"(?:solution|powder|concentrate|suspension) for (?:injection|infusion)|prefilled syringe|"
    r"pre-filled syringe|pen|autoinjector|auto-injector|vials?|bolus|for injection|injectable)"
)
_ARM = (
    r"(?:(?:very )?(?:low|high|small|large|medium|mid|middle|standard|single|multiple|loading|maintenance|full|half|"
    r"reduced|fixed|repeat(?:ed)?|ultra-?low)[- ](?:doses?|dosing)|formulation \d+|doses?(?: level)?(?: \d+)?|dosing|"
    r"fdc|regimen(?: [a-d1-9])?|active treatment|"
    r"treatment|monotherapy|alone|administration|experimental|cohort \w+|"
    r"(?:treatment )?(?:arm|group|part)(?: [a-z0-9])?|"
    r"daily|once[- ]daily|twice[- ]daily|once[- ]weekly|weekly|monthly|q\d+w|bid|tid|qd|qw)"
)
_EDGE_WORDS = rf"(?:{_ROUTES}|{_FORMS}|{_ARM})"
_OF_IN_FRONT = re.compile(rf"^(?:(?:{_ROUTES}|{_ARM})\s+)*{_EDGE_WORDS}\s+(?:of|with)\s+", re.IGNORECASE)
_IN_FRONT = re.compile(rf"^(?:{_EDGE_WORDS})(?=[\s,:-]+\S)[\s,:-]+(?!\d+\b)", re.IGNORECASE)
_ONLY_EDGE_WORDS = re.compile(rf"{_EDGE_WORDS}(?:[\s,:;/-]+{_EDGE_WORDS})*", re.IGNORECASE)
_BEHIND = re.compile(rf"(?<![\s,:;-])[\s,:;-]+(?:{_EDGE_WORDS}|at|of|for|as|by|in|a|an|the|via)$", re.IGNORECASE)
_ISOMER = re.compile(r"^\((R|S|RS|SR|R,R|S,S|R,S|S,R|2R,6R|2S,6S)\)-(?=\w)")
"""One of the forms of a substance that are mirror images of each other: another medicine."""
_PARENTHESES = re.compile(r"(?<!\s)\s*[(\[][^()\[\]]*[)\]]")

_COMPARATOR_NAMES = re.compile(
    r"^(?:(?:normal|isotonic|physiological|physiologic|sterile|0 9|nacl 0 9|0 9 nacl)?\s*(?:saline|sodium chloride|"
    r"salt)(?: solution)?(?: 0 9)?(?: solution)?|bat|0 9 (?:saline|sodium chloride|nacl)(?: solution)?|"
    r"sodium chloride 0 9(?: solution)?|nacl 0 9|nacl|"
    r"(?:best |current |local |institutional |routine |enhanced |general |basic |conventional )*"
    r"(?:standard(?:s)?(?: of)?|standardi[sz]ed|usual|conventional|routine|basic|regular|symptomatic|general|"
    r"background)"
    r"(?: symptomatic| western)?(?: medical| clinical| supportive| medicine)?"
    r"(?: care| treatments?| therap(?:y|ies)| management| medicines?)?(?: alone| only| group| arm)*|soc|bsc|none|"
    r"(?:best |optimal )?supportive care(?: alone| only)?|best available (?:therapy|care|treatment)|"
    r"no (?:intervention|treatment|drug|therapy|vaccine)|(?:blank )?control(?: group| arm)?|comparator|sugar pills?|"
    r"observation(?: only)?|watchful waiting|wait(?:ing)? list(?: control)?|inactive (?:substance|control)|"
    r"background (?:therapy|treatment)|water for injection|sterile water|distilled water)$"
)

_CODE = re.compile(r"^[A-Za-z]{1,8}(?:[- ]?[A-Za-z]{1,4})?[- ]?\d[\w-]*$")


def is_code(text: str) -> bool:
    """Say whether *text* has the form of a substance code: letters, then digits ("ILT-101", "MK-3475", "IL-2")."""
    text = clean(text)
    return bool(_CODE.match(text)) and any(letter.isupper() for letter in text) and len(text) <= 16


_STEMS = re.compile(
    r"(?:mab|nib|vir|stat|statin|pril|sartan|olol|azole|cillin|mycin|micin|floxacin|cycline|parib|ciclib|rafenib|limus|"
    r"gliptin|gliflozin|glutide|tide|cept|kinra|leucel|gene|parvovec|siran|rsen|platin|taxel|rubicin|citabine|trexate|"
    r"caine|azepam|setron|prazole|dipine|fibrate|coxib|profen|oxetine|triptan|xaban|gatran|parin|vastatin|dronate|"
    r"mide|mustine|tecan|zolid|penem|cef\w+|interferon|interleukin|vaccine|toxin|globulin|insulin)$"
)


def sounds_like_drug(text: str) -> bool:
    """Say whether a name whose type is not stated is a drug's.

    It is where the name is a substance code, or has a word with the ending of an international non-proprietary name.
    """
    core = drug_core(text)
    return is_code(core) or any(_STEMS.search(word) for word in words(core))


@lru_cache(maxsize=65536)
def drug_core(text: str) -> str:
    """Return a drug's name as written, without dose, route, form and arm words and without parentheses.

    "Injection of mesenchymal stem cells" names mesenchymal stem cells; "Low dose IL-2" names IL-2.
    """
    whole = _TYPE_IN_FRONT.sub("", clean(text))
    if len(whole) > LONGEST_NAME:
        return whole
    core = _ISOMER.sub(r"\1-", whole)
    while (shorter := _PARENTHESES.sub("", core)) != core:
        core = shorter
    core = _FREQUENCY.sub(" ", _DOSE.sub(" ", core))
    core = _trim(core)
    while True:
        shorter = _trim(_OF_IN_FRONT.sub("", core))
        shorter = _trim(_IN_FRONT.sub("", shorter))
        shorter = _trim(_BEHIND.sub("", shorter))
        if shorter == core or not any(letter.isalpha() for letter in shorter):
            break
        core = shorter
    if not any(letter.isalpha() for letter in core) or re.fullmatch(_EDGE_WORDS, core, re.IGNORECASE):
        return _trim(whole)
    return core


def _trim(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" ,;:-/+.")


@lru_cache(maxsize=65536)
def drug_key(text: str) -> str:
    """Return the key of a drug's name: letters and digits of its core only, so ILT 101, ILT-101 and ILT101 agree."""
    return "".join(words(drug_core(text)))


@lru_cache(maxsize=65536)
def comparator_class(text: str) -> str | None:
    """Return what kind of comparator *text* names (``placebo``, ``sham``, ``saline``, ``care``), or None."""
    folded = words(text)
    for word, kind in (("placebo", "placebo"), ("placebos", "placebo"), ("sham", "sham"), ("dummy", "placebo")):
        if word in folded:
            return kind
    core = words(drug_core(text))
    if core and COMPARATOR_WORDS.issuperset(core):
        return "placebo"
    for candidate in (" ".join(core), " ".join(folded)):
        if _COMPARATOR_NAMES.match(candidate):
            return "saline" if re.search(r"saline|sodium|nacl|water|salt", candidate) else "care"
    return None


@lru_cache(maxsize=65536)
def is_class(text: str) -> bool:
    """Say whether *text* names a class of drugs, or nothing that could be told from another."""
    parts = words(drug_core(text))
    if len(text) <= LONGEST_NAME and _ONLY_EDGE_WORDS.fullmatch(clean(text)):
        return True
    return not parts or all(part in CLASS_WORDS or part.isdigit() for part in parts)


def can_be_alias(text: str) -> bool:
    """Say whether what a document writes beside a drug's name can be another name of it.

    A class ("anti-PD-1 antibody"), a dose, a comparator or a description in many words cannot.
    """
    if comparator_class(text) or is_class(text) or _FILE_NUMBER.match(clean(text)):
        return False
    core = drug_core(text)
    parts = words(core)
    if not any(letter.isalpha() for letter in _DOSE.sub(" ", clean(text))) or _AMOUNT.search(text):
        return False
    if not 1 <= len(parts) <= 6 or len(drug_key(text)) < 3 or len(core) > 60:
        return False
    if not any(letter.isalpha() for letter in core) or _DESCRIPTIVE.search(fold(core)):
        return False
    return CLASS_WORDS.isdisjoint(parts)


_AMOUNT = re.compile(r"[x×]\s?10\^?\d|10\^\d|\b(?:particle|viral) units\b|\bplaque[- ]forming\b", re.IGNORECASE)
_FILE_NUMBER = re.compile(r"^IND\s?#?\s?\d+", re.IGNORECASE)
_DESCRIPTIVE = re.compile(
    r"\b(?:anti|per|every|once|twice|days?|weeks?|months?|hours?|years?|until|from|before|after|during|phase|see|eg|ie|"
    r"including|such|in|from|containing|with|without|plus|versus|vs|or|both|according|followed|given|based|n|max|maximum|minimum|only|"
    r"mg|ml|kg|open label|blind|blinded|approved|marketed|manufactured|manufacturer|inc|ltd|pharma|also|known|"
    r"formerly|type|level|stage|background|usa|us|eu|uk)\b"
)


def is_placebo_of(parts: list[str]) -> bool:
    """Say whether the first of *parts* is a placebo of something: then it is one of all ("matching placebo A/B")."""
    return bool(parts) and comparator_class(parts[0]) == "placebo" and not _ONLY_PLACEBO.issuperset(words(parts[0]))


_ONLY_PLACEBO = COMPARATOR_WORDS | {"matching", "matched", "oral", "double", "blind", "tablet", "tablets", "capsules"}


def is_description(text: str) -> bool:
    """Say whether *text* tells what is done instead of naming what is given, or begins in the middle of something."""
    parts = words(drug_core(text))
    return (
        len(parts) > _LONGEST_IN_WORDS
        or not _TELLING.isdisjoint(parts)
        or (bool(parts) and (parts[-1] == "control" or parts[0] in _NO_FIRST_WORDS))
        or clean(text).startswith(_NO_BEGINNING)
    )


def names_within(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the names of known drugs that stand in *text*, the longest ones, each once.

    None where the text denies, compares, leaves a choice or tells of a drug that is not given.  A name that other names
    stand around ("Sodium Aescinate", "Shenling Baizhu Powder") may be a part of theirs, and is left out.
    """
    tokens = list(_TOKEN.finditer(text))
    if not NOT_GIVEN.isdisjoint(token[0].casefold() for token in tokens):
        return []
    found: dict[str, str] = {}
    start = 0
    while start < len(tokens):
        for end in range(min(len(tokens), start + _MOST_WORDS_OF_NAME), start, -1):
            first, last = tokens[start].start(), tokens[end - 1].end()
            name = text[first:last]
            if _is_name_alone(name) and is_known(name):
                if _stands_alone(text[:first], text[last:]):
                    found.setdefault(drug_key(name), name)
                start = end - 1
                break
        start += 1
    return list(found.values())


def _is_name_alone(name: str) -> bool:
    """Say whether a piece of a text is the name of a substance, with no sign and no word of a dose in it."""
    return (
        _NAME_IN_TEXT.fullmatch(name) is not None
        and len(drug_key(name)) >= _SHORTEST_IN_TEXT
        and drug_core(name) == name
        and name.casefold() not in GENERAL_SUBSTANCES
        and comparator_class(name) is None
        and not is_description(name)
    )


def _stands_alone(before: str, after: str) -> bool:
    """Say whether a name stands between plain words, and not in the middle of a longer name."""
    word, following = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    return not (word and word[1][0].isupper() and word[1].casefold() not in PLAIN_BEFORE_DRUG) and not (
        following
        and (following[1][0].isupper() or following[1] in LONGER_NAMES)
        and following[1].casefold() not in PLAIN_AFTER_DRUG
    )


_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W_]+)*")
_NAME_IN_TEXT = re.compile(r"[^,;:.()]+")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,40}) $")
_WORD_AFTER = re.compile(r" ([^\W\d_]+)")
_MOST_WORDS_OF_NAME = 4
_SHORTEST_IN_TEXT = 6
"""Letters and digits: shorter names of substances are words of other meanings, too."""


def is_list(text: str) -> bool:
    """Say whether *text* lists several drugs: "Bortezomib, Dexamethasone, Doxorubicin"."""
    name = drug_core(text)
    if len(name) > LONGEST_NAME or len(_BORDER.findall(name)) < _FEWEST_BORDERS:
        return False
    pieces = [words(piece) for piece in _BORDER.split(name)]
    named = [piece for piece in pieces if any(len(word) >= _SHORTEST_WORD and word.isalpha() for word in piece)]
    return len(named) > _FEWEST_BORDERS and all(len(piece) <= _LONGEST_PART_IN_WORDS for piece in pieces)


def may_name_several(text: str) -> bool:
    """Say whether a name whose type is not stated may be of several drugs, or of a drug and what goes with it."""
    core = drug_core(text)
    pieces = [piece for piece in core.split(",") if sounds_like_drug(piece)]
    return len(pieces) > 1 or re.search(r"\+|->|&|\b(?:and|or|plus|with)\b", core) is not None


_BORDER = re.compile(r"[,;]| (?:and|plus|or) ")
_FEWEST_BORDERS = 2
_SHORTEST_WORD = 4
_NO_FIRST_WORDS = frozenset({"and", "or", "with", "plus", "of", "versus"})
_NO_BEGINNING = (",", ";", ".", "?", "+", "/", ")")


_LONGEST_IN_WORDS = 14
_TELLING = frozenset(
    {"was", "were", "is", "are", "patient", "patients", "given", "received", "receive", "selected", "based", "keep"}
    | {"diluted", "followed", "according", "recommended", "guideline", "guidelines", "time", "times", "tid", "bid"}
)

_COMBINATION = re.compile(
    r"(?<!\s)\s+(?:\+|plus|and|&|combined with|in combination with|associated with)\s+|(?<!\s)\s*\+\s*"
)
_SLASH = re.compile(r"(?<=[a-z]{4})\s?/\s?(?=[A-Za-z][a-z]{3})")


def combination_parts(text: str) -> list[str]:
    """Return the names that a combination names ("A + B", "A and B", "A/B"); empty where it is one name."""
    return list(_combination_parts(text))


@lru_cache(maxsize=65536)
def _combination_parts(text: str) -> tuple[str, ...]:
    name = clean(text)
    if len(name) > LONGEST_NAME:
        return ()
    while (shorter := _PARENTHESES.sub("", name)) != name:
        name = shorter
    pieces = [piece for part in _COMBINATION.split(name) for piece in _SLASH.split(part)]
    parts = [drug_core(piece) for piece in pieces if piece.strip()]
    parts = [part for part in parts if comparator_class(part) or (len(drug_key(part)) >= 3 and not is_class(part))]
    if len(parts) < 2 or len(parts) != len(pieces):
        return ()
    # A part that is no bare name ("ritonavir tablets twice a day, 7-14 days") shows a text and not a list of names.
    return tuple(parts) if all(_can_be_part(part) for part in parts) else ()


def _can_be_part(part: str) -> bool:
    return bool(
        comparator_class(part)
        or (
            len(words(part)) <= _LONGEST_PART_IN_WORDS
            and not re.search(r"[,;:?]|->|\bor\b|\bco-administration\b|\badministered\b|^of ", part)
        )
    )


_LONGEST_PART_IN_WORDS = 6


def names_several(text: str) -> bool:
    """Say whether *text* may name several drugs ("ZDV+ABC->ABC"): then its other names are of any of them."""
    return bool(re.search(r"\+|->|,|&|\b(?:and|or|plus|with)\b", drug_core(text)))


def hyphened(text: str) -> tuple[str, str] | None:
    """Return the two names around the one hyphen of "Lopinavir-Ritonavir"; which of them are drugs is not for here."""
    found = _HYPHENED.fullmatch(drug_core(text))
    return (found[1], found[2]) if found else None


_HYPHENED = re.compile(r"([A-Za-z]{5,})-([A-Za-z]{5,})")


def parenthesised(text: str) -> list[tuple[str, str]]:
    """Return each name before a parenthesis with what stands inside: "A (B (C))" gives (A, B) and (B, C).

    Only so much of the text around a parenthesis is looked at as a name can be long.
    """
    found: list[tuple[str, str]] = []
    text = clean(text)
    opened: list[tuple[int, str]] = []
    for position, character in enumerate(text):
        if character in "([":
            start = max(opened[-1][0] + 1 if opened else 0, position - _LONGEST_ALIAS)
            opened.append((position, _outside(text[start:position])))
        elif character in ")]" and opened:
            start, before = opened.pop()
            if position - start > _LONGEST_ALIAS:
                continue
            inside = _outside(text[start + 1 : position])
            if before and inside:
                found.append((before, inside))
    return found


_LONGEST_ALIAS = 100


def _outside(text: str) -> str:
    while (shorter := _PARENTHESES.sub("", text)) != text:
        text = shorter
    return text.strip()
