"""Keys: what two spellings of one name have in common.

A key is never shown.  Equal keys mean the same name; whether the same name means the same entity is for the
resolver of each kind to say, because a hospital needs its city and a person a second fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from generator.identity.cleaning import clean, fold, mend_reduced_letters, words
from generator.identity.countries import country_key, country_of
from generator.identity.gazetteer import Town, is_shared, region_of, town_of
from generator.identity.word_lists import (
    DEGREES,
    NAMES_TOO,
    NO_CITY,
    ONLY_BEHIND_COMMA,
    ORGANIZATION_WORDS,
    PARTICLES,
    ROLE_WORDS,
    SMALL_WORDS,
    TITLES,
)

# --- organizations ---------------------------------------------------------------------------------------------

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){1,}[^\W\d_]\b\.?|\b(?:[^\W\d_]\.){2,}")
_SHORT_FORMS = {
    "centre": "center",
    "centres": "centers",
    "co": "company",
    "corp": "corporation",
    "dept": "department",
    "hosp": "hospital",
    "inc": "incorporated",
    "ltd": "limited",
    "pvt": "private",
    "univ": "university",
    "uniklinik": "universitatsklinikum",
    "labs": "laboratories",
    "intl": "international",
    "natl": "national",
    "1st": "first",
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
}
_SPACED_INITIALS = re.compile(r"(?<![\w'])[A-Z](?: [A-Z])+(?![\w'])")
_HYPHENATED_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{1,4}(?:-[A-Z]{1,4})+(?![\w-])")
_PLACE_BEHIND_DASH = re.compile(r" - ([^-,;()]+), ?[A-Z]{2}, ?[A-Z][a-z]+\.?$")
_SUBSIDIARY = re.compile(
    r",?(?: (?:is|was))?(?: now)? (?:an? )?(?:wholly[- ]owned )?subsidiary of (?P<owner>.+)$", re.IGNORECASE
)
_POSTAL_END = re.compile(
    r",?(?<!\s)\s+(?:F-?|D-?|CH-?)?\d{4,5},?\s+(?P<city>[^\W\d_][^,\d]*?)(?:\s{1,9}cedex(?:\s{1,9}\d+)?)?"
    r"(?:,\s*(?P<country>[^,\d]+))?\.?$",
    re.IGNORECASE,
)


def spell_out_dots(text: str) -> str:
    """Return *text* with dotted abbreviations closed up: ``S.A.`` and ``S. A.`` become ``SA``."""
    return _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found.group()) + " ", text)


@lru_cache(maxsize=65536)
def organization_words(text: str) -> tuple[str, ...]:
    """Return the words that make up an organization's key, small words dropped, short forms spelled out.

    Legal forms stay: "Roche" is not "Roche Diagnostics GmbH".
    """
    text = _PLACE_BEHIND_DASH.sub("", clean(mend_reduced_letters(text)))
    subsidiary = _SUBSIDIARY.search(text)
    if subsidiary:
        text = text[: subsidiary.start()]
    text = _SPACED_INITIALS.sub(lambda found: found.group().replace(" ", ""), spell_out_dots(text))
    text = _HYPHENATED_ACRONYM.sub(lambda found: found.group().replace("-", ""), text)
    spelled = [_SHORT_FORMS.get(word, word) for word in words(fold(text).replace("&", " and "))]
    spelled = [f"{word}um" if _UNIVERSITY_CLINIC.fullmatch(word) else word for word in spelled]
    kept = tuple(word for word in spelled if word not in SMALL_WORDS)
    return kept or tuple(spelled)


_UNIVERSITY_CLINIC = re.compile(r"universit\w{0,2}tsklinik")
"""A German university's hospital is its Klinik or its Klinikum; also with its letter lost or spelled out."""


@lru_cache(maxsize=65536)
def organization_key(text: str) -> str:
    """Return the key of an organization's name; the acronym that it states of itself is not part of it."""
    return " ".join(organization_words(stated_acronym(text)[0]))


@lru_cache(maxsize=65536)
def organization_name(text: str) -> str:
    """Return an organization's name as it is shown: without its own acronym, and without who owns it."""
    named = _SUBSIDIARY.sub("", clean(text))
    return stated_acronym(named or text)[0]


@lru_cache(maxsize=65536)
def behind_comma_first(text: str) -> str | None:
    """Return "Limoges University Hospital" for "University Hospital, Limoges", or None where there is not one comma."""
    head, comma, tail = clean(text).partition(",")
    head, tail = head.strip(), tail.strip()
    return f"{tail} {head}" if comma and head and tail and "," not in tail else None


@lru_cache(maxsize=65536)
def key_without_blanks(key: str) -> str:
    """Return a key without the blanks between its words: "COVID-19" and "Covid19", "Jiao Tong" and "Jiaotong" agree."""
    return key.replace(" ", "")


@lru_cache(maxsize=65536)
def owner(text: str) -> str | None:
    """Return the owner that a name states: "X, a subsidiary of Y" gives Y."""
    found = _SUBSIDIARY.search(clean(text))
    return found["owner"].strip(" ,.") if found else None


@lru_cache(maxsize=65536)
def place_behind(text: str) -> str | None:
    """Return the city that a name ends with, as in "X - Bauru, SP, Brazil"."""
    found = _PLACE_BEHIND_DASH.search(clean(text))
    return found[1].strip() if found else None


def split_postal_end(text: str) -> tuple[str, str | None]:
    """Return an address's name and its city: "Hôpital Central, 54035, Nancy Cedex" ends in Nancy."""
    text = clean(text)
    found = _POSTAL_END.search(text) if len(text) <= _LONGEST_ORGANIZATION else None
    if not found or not text[: found.start()].strip(" ,"):
        return text, None
    return text[: found.start()].strip(" ,"), found["city"].strip()


_LONGEST_ORGANIZATION = 300
_ACRONYM_IN_PARENTHESES = re.compile(r"(?<!\s)\s*[(\[]\s*([^()\[\]]{2,20})\s*[)\]]")
_ACRONYM_AT_END = re.compile(r"^(?P<name>.*?[^\s,-])(?:\s*[,-]\s*|\s+)(?P<acronym>[A-Z][A-Z-]{2,11})$")
_ACRONYM_IN_FRONT = re.compile(r"^(?P<acronym>[A-Z][A-Z-]{2,11})(?:\s*[,:-]\s*|\s+)(?P<name>[A-Z].+)$")


@lru_cache(maxsize=65536)
def stated_acronym(text: str) -> tuple[str, str | None]:
    """Return an organization's name and the acronym that it states of itself, or None.

    "Assistance Publique Hôpitaux de Paris (AP-HP)", "Indian Council of Medical Research ICMR" and
    "INSERM - Institut National de la Santé et de la Recherche Médicale" state one.  Letters in parentheses
    that the name's initials do not give ("Covidien (USA)") are part of the name.
    """
    text = clean(text)
    if len(text) > _LONGEST_ORGANIZATION:
        return text, None
    for found in _ACRONYM_IN_PARENTHESES.finditer(text):
        before, behind = text[: found.start()].strip(), text[found.end() :].strip(" .,")
        # With more behind it, the acronym is of a part: "London Health Sciences Centre (LHSC) - University Hospital".
        if not behind and is_acronym(found[1], before):
            return before, found[1].strip()
    for pattern in (_ACRONYM_AT_END, _ACRONYM_IN_FRONT):
        match = pattern.match(text)
        if match and not match["name"].isupper() and is_acronym(match["acronym"], match["name"]):
            return match["name"].strip(" ,-"), match["acronym"]
    return text, None


def is_acronym(short: str, name: str, shortest: int = 3) -> bool:
    """Say whether *short* is made of the initials of *name*, in order, and of nearly all of its large words."""
    letters = "".join(words(short))
    if not shortest <= len(letters) <= 12 or not letters.isalpha() or not _mostly_capitals(short):
        return False
    parts = words(mend_reduced_letters(name))
    large = [word for word in parts if word not in SMALL_WORDS]
    if not large or letters[0] != large[0][0] or len(letters) < 0.6 * len(large):
        return False
    initials = iter(word[0] for word in parts)
    return all(letter in initials for letter in letters)


def _mostly_capitals(short: str) -> bool:
    letters = [character for character in short if character.isalpha()]
    return sum(character.isupper() for character in letters) * 2 > len(letters)


@lru_cache(maxsize=65536)
def acronym_key(text: str) -> str | None:
    """Return the key of a name that is an acronym and nothing else ("AP-HP", "APHP", "Aphp"), or None."""
    bare = clean(text)
    letters = re.sub(r"[-.\s]", "", bare)
    if " " in bare or not letters.isalpha() or not 3 <= len(letters) <= 12:
        return None
    return fold(letters)


# --- persons ---------------------------------------------------------------------------------------------------

_DEGREES_BEHIND_COMMA = DEGREES | TITLES | ONLY_BEHIND_COMMA
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_PERSON = 120
_SITE_BEHIND = re.compile(r",? Site \d+$")
_NOT_IN_A_NAME = re.compile(r"[\d@/:;?!<>=_#%]|https?|www")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name taken apart."""

    display: str
    """As written, without titles, degrees and what stands in parentheses, given name first."""
    key: str
    """The full words of the name in alphabetical order: neither order nor particles matter."""
    initials: str
    """Letters that stand for further given names, in alphabetical order; empty where none is given."""
    titled: bool
    """True where a title or degree of a person stands with it."""

    @property
    def full(self) -> bool:
        """True where family and given name both are written out."""
        return " " in self.key or bool(_WHOLE_NAME_IN_ONE_WORD.fullmatch(self.key))


_WHOLE_NAME_IN_ONE_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}")
"""Chinese, Japanese and Korean names are written without a blank."""


@lru_cache(maxsize=65536)
def person_name(text: str, *, single: bool = False) -> PersonName | None:
    """Take a person's name apart; None where *text* names a role, a company, a call centre or nothing.

    A word alone ("Burenbatu") is a name where it bears a title, or where the caller knows that it is one (*single*):
    such a name is never full, and so joins nothing outside its study.
    """
    written = _SITE_BEHIND.sub("", clean(_PARENTHESES.sub(" ", clean(mend_reduced_letters(text)))))
    if len(written) > _LONGEST_PERSON or _NOT_IN_A_NAME.search(written):
        return None
    segments = [segment.strip() for segment in spell_out_titles(written).split(",")]
    titled = False
    names: list[list[str]] = []
    for index, segment in enumerate(segments):
        tokens, stripped = _without_titles(segment.split(), behind_comma=index > 0)
        titled = titled or stripped
        if tokens:
            names.append(tokens)
    if not names or len(names) > 2:
        return None
    # "Leboyer, Marion" has its family name first.
    tokens = [*names[1], *names[0]] if len(names) == 2 else names[0]
    folded = [word for token in tokens for word in words(token.strip("."))]
    if not folded or len(folded) > 7 or _not_of_persons(tokens, folded):
        return None
    long = [word for word in folded if len(word) > 1]
    without_particles = [word for word in long if word not in PARTICLES]
    kept = without_particles if len(without_particles) > 1 else long
    initials = "".join(sorted(word for word in folded if len(word) == 1))
    if not kept:
        return None
    name = PersonName(" ".join(token.strip(",") for token in tokens), " ".join(sorted(kept)), initials, titled)
    return name if name.full or initials or titled or single else None


def _not_of_persons(tokens: list[str], folded: list[str]) -> bool:
    """Say whether a word is of roles or organizations; "Chu" as a name is written is not the hospital CHU."""
    names = {fold(token) for token in tokens if token.istitle()} & NAMES_TOO if len(folded) > 1 else set()
    return bool((ROLE_WORDS | ORGANIZATION_WORDS).intersection(folded) - names)


def is_single_name(text: str, email: str | None) -> bool:
    """Say whether a word alone is a person's name, because the e-mail address beside it is made of it."""
    name = person_name(text, single=True)
    local = fold(email or "").partition("@")[0]
    return name is not None and len(name.key) > _SHORTEST_SINGLE_NAME and name.key in local


_SHORTEST_SINGLE_NAME = 3


_DOTTED_TITLE = re.compile(r"\b(?:[A-Za-z]{1,5}\.\s?-?){2,}")
_SPACED_DEGREE = re.compile(
    r"\b(?:ph\.?\s?d|m\.?\s?d|pharm\.?\s?d|m\.?\s?sc|b\.?\s?sc|priv\.?-?\s?doz)\b\.?", re.IGNORECASE
)


def spell_out_titles(text: str) -> str:
    """Return *text* with dotted titles and degrees closed up: ``M.D.`` and ``Ph. D`` become ``MD`` and ``PhD``."""

    def close(found: re.Match[str]) -> str:
        parts = re.findall(r"[A-Za-z]+", found.group())
        joined = "".join(parts)
        if joined.casefold() in DEGREES:
            return joined + " "
        if all(part.casefold() in TITLES | DEGREES for part in parts):
            return " ".join(parts) + " "
        return found.group()  # initials of a name, which stay as they are written

    text = _SPACED_DEGREE.sub(lambda found: re.sub(r"[.\s-]", "", found.group()) + " ", text)
    return _DOTTED_TITLE.sub(close, text)


def _without_titles(tokens: list[str], *, behind_comma: bool) -> tuple[list[str], bool]:
    """Return *tokens* without titles in front and degrees behind, and whether any was taken away."""
    kept = [token for token in tokens if token.strip(".-")]
    before = len(kept)
    degrees = _DEGREES_BEHIND_COMMA if behind_comma else DEGREES
    if behind_comma and all(_plain(token) in degrees for token in kept):
        return [], bool(kept)
    while kept and _plain(kept[0]) in TITLES:
        kept = kept[1:]
    while kept and (
        _plain(kept[-1]) in degrees and (behind_comma or not kept[-1].istitle() or _plain(kept[-1]) == "phd")
    ):
        kept = kept[:-1]
    return kept, len(kept) < before


def _plain(token: str) -> str:
    return fold(token).replace(".", "").replace("-", "").replace("(", "").replace(")", "")


def looks_like_person(text: str) -> bool:
    """Say whether a name in an organization's place is a person's.

    It is where it bears a title or degree, and no word of an organization.
    """
    name = person_name(text)
    return name is not None and name.titled and name.full and len(name.key.split()) <= 4


def mentions_organization(text: str) -> bool:
    """Say whether *text* holds a word that names a kind of organization, such as "hospital"."""
    return not ORGANIZATION_WORDS.isdisjoint(words(text))


# --- conditions ------------------------------------------------------------------------------------------------


_WORD_OF_VOCABULARY = re.compile(r" \((?:disorder|finding|disease)\)$", re.IGNORECASE)


@lru_cache(maxsize=65536)
def condition_key(text: str) -> str:
    """Return the key of a condition: "Lupus Erythematosus, Systemic" reads as "Systemic Lupus Erythematosus".

    Vocabularies turn their terms so around a comma; a plural of the last word is dropped.  What stands in parentheses
    counts ("Coronavirus (SARS-CoV)" is one of the coronaviruses) unless it is made of the name's initials.
    """
    text = _WORD_OF_VOCABULARY.sub("", clean(text))
    acronym = condition_acronym(text)
    if acronym and is_acronym(acronym, text.replace(f"({acronym})", ""), shortest=2):
        text = text.replace(f"({acronym})", " ")
    segments = [segment.strip() for segment in text.split(",") if segment.strip()]
    turned = " ".join([*segments[1:], segments[0]]) if segments else text
    return _words_of_condition(turned)


@lru_cache(maxsize=65536)
def other_orders(text: str) -> tuple[str, ...]:
    """Return the keys of a condition in the other orders that its commas allow.

    "Diabetes Mellitus, Type 2" is "Type 2 Diabetes Mellitus", which is its key, and "Diabetes Mellitus Type 2".
    MeSH also turns its terms round from behind: "Leukemia, Myeloid, Acute" is "Acute Myeloid Leukemia".
    """
    segments = [segment.strip() for segment in clean(text).split(",") if segment.strip()]
    if len(segments) < 2:
        return ()
    key = condition_key(text)
    found = (_words_of_condition(" ".join(segments)), _words_of_condition(" ".join(reversed(segments))))
    return tuple(other for other in dict.fromkeys(found) if other != key)


def _words_of_condition(text: str) -> str:
    parts = words(text)
    return " ".join([*parts[:-1], _singular(parts[-1])]) if parts else fold(text)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "os")):
        return word[:-1]
    return word


def condition_acronym(text: str) -> str | None:
    """Return the acronym that a condition's name states of itself: "Systemic Lupus Erythematosus (SLE)"."""
    found = re.search(r"\(([A-Z][A-Za-z0-9-]{1,9})\)", clean(text))
    return found[1] if found else None


# --- places ----------------------------------------------------------------------------------------------------

_CITY_NOISE = re.compile(
    r"(?<!\s)\s+(?:cedex(?:\s{1,9}n?°?\s{0,9}\d+)?\s*$|\d{1,5}$|\(.{0,200}\)$)|^\d{4,6}\s+", re.IGNORECASE
)
_COUNTRIES_WITH_STATES = frozenset({"US", "CA", "AU", "BR", "IN", "MX"})


@lru_cache(maxsize=65536)
def city_key(text: str) -> str | None:
    """Return the key of a city's name without "Cedex", district numbers and postal codes; None where none is."""
    cleaned = clean(text)
    while (shorter := _CITY_NOISE.sub("", cleaned)) != cleaned:
        cleaned = shorter
    key = " ".join(words(cleaned))
    return None if not key or key in NO_CITY or not any(letter.isalpha() for letter in key) else key


@lru_cache(maxsize=65536)
def city_name(text: str) -> str:
    """Return the name of a city as written, without "Cedex", district numbers and postal codes."""
    cleaned = clean(text)
    while (shorter := _CITY_NOISE.sub("", cleaned)) != cleaned:
        cleaned = shorter
    return cleaned.strip(" ,;")


@lru_cache(maxsize=65536)
def place_key(city: str | None, state: str | None, country: str | None) -> str | None:
    """Return what says that two facts stand in one town: "Praha" and "Prague" agree.

    That is the town's number in the gazetteer where it has just one of the name, else the words of city and country,
    and the state where a country has many cities of one name.
    """
    key = city_key(city) if city else None
    if city is None or key is None:
        return None
    town = placed_town(city, state, country)
    if town is not None:
        return f"{words_of_town(town.name)}|{town.geonames}|{town.country}"
    return written_place_key(city, state, country)


@lru_cache(maxsize=65536)
def written_place_key(city: str | None, state: str | None, country: str | None) -> str | None:
    """Return the key of a city as it is written, with its country, and its state where that decides which it is."""
    key = city_key(city) if city else None
    if city is None or key is None:
        return None
    land = country_key(country) if country else ""
    region = ""
    if state and (land in _COUNTRIES_WITH_STATES or is_shared(key, land)):
        known = region_of(state, land)
        region = " ".join(words(known.name if known else state))
    return "|".join(part for part in (key, region, land) if part or part is land)


@lru_cache(maxsize=65536)
def placed_town(city: str, state: str | None, country: str | None) -> Town | None:
    """Return the town of the gazetteer that a document's city, state and country name, or None."""
    land = country_of(country) if country else None
    code = land.code if land else country_key(country) if country else ""
    key = city_key(city)
    return town_of(key, code, state) if key and len(code) == _LETTERS_OF_CODE else None


_LETTERS_OF_CODE = 2


def words_of_town(name: str) -> str:
    """Return the words of a town's name, for a key that people can read."""
    return " ".join(words(name))
