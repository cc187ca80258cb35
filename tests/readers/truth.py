"""Whether a record says only what its document says: a rule of its own, which knows nothing of the readers.

A value counts as told if its text stands in the document, whatever the blanks, escapes and list marks between; if it
is a date that the document writes in another way; if it is a value of an enumeration and one of the words that stand
for it is there; or if it is a number whose digits are there.  Numbers of groups and the like, which only tell the
entries of a list apart, are not asked for.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from functools import cache

import msgspec

from generator.model.pointers import leaves
from generator.readers.display_words import DISPLAY_WORDS
from generator.readers.reader import Reading

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_DATES = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d{1,2})[-/.](?P<m>\d{1,2})[-/.](?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[-/.](?P<y>\d{4})(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})/(?P<y>\d{4})(?!\d)"),
    re.compile(rf"(?P<m>{_MONTH})\.?[\s-]+(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+)?(?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(rf"(?P<d>\d{{1,2}})[\s/-]+(?P<m>{_MONTH})[\s/-]+(?P<y>\d{{4}})", re.IGNORECASE),
    re.compile(r"(?<!\d)(?P<y>\d{4})(?!\d)"),
)
_DATE_VALUE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?:T.*)?")
_NAME_OF_A_VALUE = re.compile(r"[A-Z][A-Z0-9_]*")
_GROUP = re.compile(r"(?:FG|BG|OG|EG)\d+")
_CONSTANTS = frozenset({"Participants", "Inclusion Criteria", "Exclusion Criteria"})
"""Words that a layout stands for: participants are what is counted where nothing else is said; two fields of criteria
become one text with headings."""

PARTS_THAT_SPEAK = (
    "protocolSection",
    "resultsSection",
    "derivedSection",
    "documentSection",
    "annotationSection",
)
CATALOG_PARTS_THAT_SPEAK = (
    "countries",
    "registryFields",
    "jointStatements",
    "sponsorsWithoutRole",
    "outcomesWithoutType",
    "contactsWithoutSite",
    "responsibleParty",
    "meshTerms",
    "objectives",
)


def squeezed(text: str) -> str:
    """Return *text* without all that may stand between the words, or be written in two ways."""
    text = unicodedata.normalize("NFKC", html.unescape(html.unescape(text)))
    return re.sub(r"[\s\\|*•·–\-_#\"'“”‘’`<>]+", "", text).casefold()


class Told:
    """What a document says, prepared for many questions."""

    def __init__(self, text: str) -> None:
        """Take the document's text."""
        forms = [text]
        try:
            forms.append(json.dumps(json.loads(text.lstrip("\ufeff")), ensure_ascii=False))
        except (ValueError, RecursionError):
            forms.append(re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text))
        forms.append(re.sub(r"\\[nrt]", " ", forms[-1]))
        forms.append(re.sub(r"<[^<>]*>", " ", text))
        forms.append(re.sub(r"<br\s{0,3}/?>", " ", text))  # WHO's exports have it for the end of a line
        self.text = "\n".join(squeezed(form) for form in forms)
        self.letters = re.sub(r"\W+|_", "", self.text)
        self.numbers = " ".join(forms)
        self.digits = re.sub(r"(?<=\d)[,.\s  ](?=\d)", "", self.numbers)
        self.dates = _dates_in(text)

    def says(self, value: object) -> bool:
        """Say whether the document says *value*."""
        if value is None or isinstance(value, bool):
            return True
        if isinstance(value, int | float):
            return self._says_number(value)
        return self._says_text(str(value))

    def _says_number(self, value: float) -> bool:
        if not float(value).is_integer():
            return str(abs(value)) in self.numbers
        return str(abs(int(value))) in self.digits or str(value) in self.numbers

    def _says_text(self, value: str) -> bool:
        if value in _CONSTANTS or _GROUP.fullmatch(value) or squeezed(value) in self.text:
            return True
        if _DATE_VALUE.fullmatch(value) and value.partition("T")[0] in self.dates:
            return True
        if value in ("FEMALE", "MALE") and re.search(rf"(?<!\w){value[0]}(?!\w)", self.numbers, re.IGNORECASE):
            return True
        if _NAME_OF_A_VALUE.fullmatch(value):
            if any(squeezed(words) in self.text for words in _words_for(value)):
                return True
            if value.replace("_", "").casefold() in self.letters:  # words that no table knows, kept as a value
                return True
        pieces = [piece.removesuffix(":") for piece in re.split(r"\n+|(?<=:) |; |, ", value) if squeezed(piece)]
        if len(pieces) > 1 and all(self._says_text(piece) for piece in pieces):
            return True
        if value.endswith(":"):
            return self._says_text(value[:-1])
        number = re.fullmatch(r"([A-Z]{3,8})(\d{8})", value)
        if number and number[1].casefold() in self.letters and number[2] in self.digits:
            return True  # an element is named after the registry, and holds the digits
        numbered = re.fullmatch(r"\d+\. (.+)", value)
        if numbered:
            return self._says_text(numbered[1])
        age = re.fullmatch(r"(\d+) (?:Year|Month|Week|Day|Hour|Minute)s?", value)
        return age is not None and age[1] in self.digits


def _dates_in(text: str) -> frozenset[str]:
    found = set()
    for pattern in _DATES:
        for match in pattern.finditer(text):
            parts = match.groupdict("")
            year, month, day = parts["y"], parts.get("m") or "", parts.get("d") or ""
            if month.isalpha():
                month = str(
                    next(index for index, name in enumerate(MONTHS, 1) if name.startswith(month.casefold()[:3]))
                )
            found.add(year)
            if month:
                found.add(f"{year}-{int(month):02}")
                if day:
                    found.add(f"{year}-{int(month):02}-{int(day):02}")
    return frozenset(found)


@cache
def _words_for(value: str) -> frozenset[str]:
    """Return the words that stand for a value of an enumeration."""
    words = {value.replace("_", " ")}
    for table in DISPLAY_WORDS.values():
        words.update(shown for shown, one in table.items() if one == value)
    return frozenset(words | OTHER_WORDS.get(value, frozenset()))


OTHER_WORDS: dict[str, frozenset[str]] = {
    "BACKGROUND": frozenset({"reference", "general publications"}),  # XML has an element for each type
    "RESULT": frozenset({"results_reference", "study results", "publications of results"}),
    "DERIVED": frozenset({"from pubmed"}),
    "ONE_SIDED": frozenset({"1-sided"}),
    "TWO_SIDED": frozenset({"2-sided"}),
    "OUTCOMES_ASSESSOR": frozenset({"outcome assessor", "outcomes", "assessors"}),
    "ESTIMATED": frozenset({"estimate"}),
    "OBSERVATIONAL": frozenset({"non_interventional"}),
    "PHASE1": frozenset({"phase i", "phase:i"}),
    "PHASE2": frozenset({"phase ii", "phase:ii", "i/ii"}),
    "PHASE3": frozenset({"phase iii", "phase:iii", "ii/iii"}),
    "PHASE4": frozenset({"phase iv", "phase:iv"}),
    "RELEASE": frozenset({"submitted"}),
    "RESET": frozenset({"returned"}),
    "UNRELEASE": frozenset({"submission_canceled"}),
    "STANDARD_ERROR_OF_MEAN": frozenset({"standard error of the mean"}),
    "LTE60": frozenset({"less than or equal to 60 days"}),
    "GT60": frozenset({"more than 60 days"}),
    "TERMINATED": frozenset({"recruiting stopped after recruiting started", "stopped early"}),
    "ACTIVE_NOT_RECRUITING": frozenset({"study continuing", "follow-up continuing", "no longer recruiting"}),
    "COMPLETED": frozenset({"study complete", "follow-up complete"}),
    "NOT_YET_RECRUITING": frozenset(
        {"recruiting planned", "not started", "not begun", "not yet started", "not yet open"}
    ),
    "ENROLLING_BY_INVITATION": frozenset({"recruiting by invitation"}),
}
"""Words that no table of the display words has, by the value that they stand for."""

_CODED = frozenset(
    {"eu-ctis-json", "eu-ctis-search-json", "eu-ctis-csv", "who-ictrp-full-export", "eu-ctr-text", "eu-ctr-page"}
)
"""Layouts that write codes and yes-or-no matrices where API v2 has values."""

_PUT_TOGETHER = re.compile(
    r".*/(?:contacts|centralContacts|overallOfficials|contactsWithoutSite)/\d+/name|/catalogSection/objectives/\d+"
)
"""Values that may be put together from several places: names from their parts, an aim with what it is about."""


_FOLLOWS = re.compile(
    r"/protocolSection/(?:identificationModule/secondaryIdInfos/\d+/(?:type|domain)|.*/type"
    r"|designModule/enrollmentInfo/count)|/catalogSection/countries/\d+"
)
"""What may follow from the form of a number, the name of a field, the code of a country or the sum of parts, where the
record says so."""


def untold(reading: Reading) -> list[str]:
    """Return each value of the records of *reading* that its document does not say, with its pointer."""
    told = Told(reading.document.text)
    found: list[str] = []
    for record in reading.records:
        study = msgspec.to_builtins(record.study)
        by_form = {
            pointer
            for pointer, sources in record.study.catalog_section.sources.items()
            if _FOLLOWS.fullmatch(pointer) and all(source.how == "inferred" for source in sources)
        }
        for part in PARTS_THAT_SPEAK:
            found.extend(
                one
                for one in _untold(told, f"/{part}", study.get(part), reading.layout)
                if one.partition(" = ")[0] not in by_form
            )
        for part in CATALOG_PARTS_THAT_SPEAK:
            found.extend(
                one
                for one in _untold(told, f"/catalogSection/{part}", study["catalogSection"].get(part), reading.layout)
                if one.partition(" = ")[0] not in by_form
            )
    return found


def _untold(told: Told, base: str, value: object, layout: str | None) -> list[str]:
    if value is None:
        return []
    found = []
    for pointer, leaf in leaves(value, base):  # type: ignore[arg-type]
        if pointer.endswith(("/id", "/document", "/sha256", "/topic", "Line")) and "catalogSection" in pointer:
            continue
        if isinstance(leaf, str) and _NAME_OF_A_VALUE.fullmatch(leaf) and layout in _CODED:
            continue
        if layout in _CODED and (pointer.endswith("/domain") or "/stdAges/" in pointer):
            continue
        if _PUT_TOGETHER.fullmatch(pointer) and all(told.says(word) for word in str(leaf).split()):
            continue
        if not told.says(leaf):
            found.append(f"{pointer} = {str(leaf)[:160]!r}")
    return found
