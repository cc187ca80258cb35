"""The numbers that registries give to trials: how they are written, what they mean, where they lead.

One table, :data:`KINDS`, has every kind of number that documents carry.  Its order matters: a EU CT number begins
like a EudraCT number, so it is looked for first, and a span of text that one kind has taken is not offered to the
next.  Numbers are recognised in any way of writing (case, blanks, hyphens of Unicode, prefixes, country suffixes)
and given back in one canonical form.

Patterns and addresses follow the registries' own pages, ctregistries and Bioregistry.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

_SINGLE_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d\u00ad", "-"),
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " "),
        **dict.fromkeys("\u205f\u3000\t", " "),
        **dict.fromkeys("\u2215\u2044\uff0f", "/"),
        "\uff1a": ":",
        "\uff03": "#",
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **{chr(0xFF21 + letter): chr(0x41 + letter) for letter in range(26)},
        **{chr(0xFF41 + letter): chr(0x61 + letter) for letter in range(26)},
    }
)
"""One character for one character, so that positions in the text stay true."""

_SEPARATOR = r"[\s#:_.-]{0,3}"
"""What people put between a registry's letters and its digits."""
_BEFORE = r"(?<![A-Za-z0-9])"
_AFTER = r"(?![A-Za-z0-9])"
_BEFORE_GROUPS = r"(?<![A-Za-z0-9])(?<![0-9][-/.])"
_AFTER_GROUPS = r"(?![A-Za-z0-9])(?!-[0-9])"
"""For numbers that are groups of digits: not a piece of a longer chain of groups."""

Canonical = Callable[[re.Match[str]], "str | None"]
"""Turns a match into the canonical number, or None where it is none after all (a placeholder, a wrong check digit)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of number."""

    name: str
    """Short fixed name, such as ``nct``."""
    registry: str
    """The registry's name, as pages print it."""
    pattern: re.Pattern[str]
    canonical: Canonical
    primary: bool
    """True where the number is that of a trial in a primary registry, and so can be the trial's id."""
    secondary_id_type: str | None = None
    """The value of API v2's ``SecondaryIdType`` for numbers of this kind."""
    home: str | None = None
    """Address of the trial at its own registry, with ``{id}`` or ``{digits}`` where the number goes; None where the
    registry's addresses do not contain the number."""
    ictrp: str | None = None
    """The number as WHO's search portal writes it, with ``{id}`` and ``{country}``; None where it does not know it."""


@dataclass(frozen=True, slots=True)
class RegistryNumber:
    """A number found in a text."""

    kind: Kind
    number: str
    """Canonical."""
    written: str
    """As the text writes it."""
    start: int
    end: int
    country: str | None = None
    """The suffix by which EudraCT numbers name a member state, such as ``FR``."""

    @property
    def primary(self) -> bool:
        """True where the number can be a trial's id."""
        return self.kind.primary

    @property
    def identifier(self) -> str:
        """The number as an id that is safe in file names and addresses: ``CTRI/2023/04/052053`` has hyphens."""
        return self.number.replace("/", "-")

    @property
    def join_key(self) -> str:
        """What two numbers of one trial have in common: a EU CT number without its resubmission, in one case."""
        number = "-".join(self.number.split("-")[:3]) if self.kind.name == "eu-ct" else self.number
        return f"{self.kind.name}:{number.lower()}"

    @property
    def home_url(self) -> str | None:
        """Address of the trial at its own registry, where addresses contain the number."""
        if self.kind.home is None:
            return None
        digits = "".join(character for character in self.number if character.isdigit())
        return self.kind.home.format(
            id=quote(self.number, safe="/:.()-_;"), slug=self.identifier.lower(), digits=digits
        )

    @property
    def ictrp_url(self) -> str | None:
        """Address of the trial at WHO's search portal, where it knows the number."""
        if self.kind.ictrp is None or ("{country}" in self.kind.ictrp and self.country is None):
            return None
        return ICTRP_URL.format(id=quote(self.kind.ictrp.format(id=self.number, country=self.country), safe="/-"))

    @property
    def url(self) -> str | None:
        """The best address: the registry's own, else WHO's, else none."""
        return self.home_url or self.ictrp_url


ICTRP_URL = "https://trialsearch.who.int/Trial2.aspx?TrialID={id}"


def _only_zeros(text: str) -> bool:
    return not any(character in "123456789" for character in text)


def _digits(prefix: str) -> Canonical:
    """Canonical form of *prefix* and the digits of group 1; all zeros are a placeholder."""
    return lambda match: None if _only_zeros(match[1]) else f"{prefix}{match[1]}"


def _euct(match: re.Match[str]) -> str | None:
    suffix = f"-{match[2]}" if match[2] else ""
    return match[1] + suffix


def _eudract(match: re.Match[str]) -> str | None:
    year, sequence, check = match[1].split("-")
    return None if _only_zeros(sequence) else f"{year}-{sequence}-{check}"


def _actrn(match: re.Match[str]) -> str | None:
    return f"ACTRN{match[1]}{(match[2] or '').lower()}"


def _chictr(match: re.Match[str]) -> str | None:
    if _only_zeros(match[2]):
        return None
    return f"ChiCTR-{match[1].upper()}-{match[2]}" if match[1] else f"ChiCTR{match[2]}"


def _jrct(match: re.Match[str]) -> str | None:
    return f"jRCT{(match[1] or '').lower()}{match[2]}"


def _slashed(prefix: str) -> Canonical:
    return lambda match: "/".join((prefix, *match.groups()))


def _irct(match: re.Match[str]) -> str | None:
    return f"IRCT{match[1]}N{match[2]}"


def _peru(match: re.Match[str]) -> str | None:
    return f"PER-{match[1]}-{match[2]}"


def _rebec(match: re.Match[str]) -> str | None:
    return f"RBR-{match[1].lower()}"


def _doi(match: re.Match[str]) -> str | None:
    return match[1].rstrip(").,;:]'\"").lower()


def _orcid(match: re.Match[str]) -> str | None:
    """Check the last character by ISO 7064 mod 11-2."""
    characters = match[1].upper().replace("-", "")
    total = 0
    for character in characters[:-1]:
        total = (total + int(character)) * 2
    expected = (12 - total % 11) % 11
    return match[1].upper() if characters[-1] == ("X" if expected == 10 else str(expected)) else None


def _lower(match: re.Match[str]) -> str | None:
    return match[1].lower()


def _plain(match: re.Match[str]) -> str | None:
    return match[1].upper()


def _pattern(text: str, *, before: str = _BEFORE, after: str = _AFTER, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(f"{before}{text}{after}", flags)


_JAPAN = r"(?:JPRN[\s-]{0,2})?"
_DUTCH_REGISTER = r"(?:trial\s?regist(?:er|ry|ration)(?:\.nl)?|dutch\s+regist(?:er|ry))"

KINDS: tuple[Kind, ...] = (
    Kind(
        "nct",
        "ClinicalTrials.gov",
        _pattern(rf"NCT{_SEPARATOR}([0-9]{{8}})"),
        _digits("NCT"),
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://clinicaltrials.gov/study/{id}",
        ictrp="{id}",
    ),
    Kind(
        "eu-ct",
        "EU Clinical Trials Information System",
        _pattern(
            r"(?:(?:EU[\s-]?CT|CTIS)[\s#:_-]{0,3})?(20[2-9][0-9]-5[0-9]{5}-[0-9]{2})(?:-([0-9]{2}))?",
            before=_BEFORE_GROUPS,
            after=_AFTER_GROUPS,
        ),
        _euct,
        primary=True,
        secondary_id_type="CTIS",
        home="https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={id}",
        ictrp="CTIS{id}",
    ),
    Kind(
        "eudract",
        "EU Clinical Trials Register",
        _pattern(
            r"(?:(?:EUCTR|EudraCT)[\s#:_-]{0,3})?((?:19|20)[0-9]{2}-[0-9]{6}-[0-9]{2})"
            r"(?:-(?P<country>[A-Z]{2}(?![A-Za-z0-9])|3rd(?![A-Za-z0-9])|Outside-EU/EEA))?",
            before=_BEFORE_GROUPS,
            after=_AFTER_GROUPS,
        ),
        _eudract,
        primary=True,
        secondary_id_type="EUDRACT_NUMBER",
        home="https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{id}",
        ictrp="EUCTR{id}-{country}",
    ),
    Kind(
        "isrctn",
        "ISRCTN",
        _pattern(rf"ISRCTN{_SEPARATOR}([0-9]{{8}})"),
        _digits("ISRCTN"),
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://www.isrctn.com/{id}",
        ictrp="{id}",
    ),
    Kind(
        "actrn",
        "Australian New Zealand Clinical Trials Registry",
        _pattern(rf"ACTRN{_SEPARATOR}(126[0-9]{{11}})(p)?"),
        _actrn,
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://anzctr.org.au/{id}.aspx",
        ictrp="{id}",
    ),
    Kind(
        "chictr",
        "Chinese Clinical Trial Registry",
        _pattern(r"ChiCTR[\s#:-]{0,2}(?:([A-Z]{2,4})-)?([0-9]{8,10})"),
        _chictr,
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "drks",
        "German Clinical Trials Register",
        _pattern(rf"DRKS{_SEPARATOR}([0-9]{{8}})"),
        _digits("DRKS"),
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://drks.de/search/en/trial/{id}",
        ictrp="{id}",
    ),
    Kind(
        "jrct",
        "Japan Registry of Clinical Trials",
        _pattern(rf"{_JAPAN}jRCT[\s#:-]{{0,2}}([a-z])?([0-9]{{9,10}})"),
        _jrct,
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://jrct.mhlw.go.jp/en-latest-detail/{id}",
        ictrp="JPRN-{id}",
    ),
    Kind(
        "umin",
        "UMIN Clinical Trials Registry",
        _pattern(rf"{_JAPAN}UMIN[\s#:-]{{0,2}}([0-9]{{9}})"),
        _digits("UMIN"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="JPRN-{id}",
    ),
    Kind(
        "japiccti",
        "JapicCTI",
        _pattern(rf"{_JAPAN}JapicCTI[\s#:-]{{0,2}}([0-9]{{6}})"),
        _digits("JapicCTI-"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="JPRN-{id}",
    ),
    Kind(
        "jma-iia",
        "Japan Medical Association Center for Clinical Trials",
        _pattern(rf"{_JAPAN}JMA-?\s?IIA[\s#:-]{{0,2}}([0-9]{{5}})"),
        _digits("JMA-IIA"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="JPRN-{id}",
    ),
    Kind(
        "ctri",
        "Clinical Trials Registry - India",
        _pattern(r"CTRI\s?[/-]\s?(20[0-9]{2})\s?[/-]\s?([0-9]{2,3})\s?[/-]\s?([0-9]{6})"),
        _slashed("CTRI"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "nl-omon",
        "Overview of Medical Research in the Netherlands",
        _pattern(r"NL-OMON[\s#:-]{0,2}([0-9]{1,7})"),
        _digits("NL-OMON"),
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://onderzoekmetmensen.nl/en/trial/{digits}",
        ictrp="{id}",
    ),
    Kind(
        "ntr",
        "Netherlands Trial Register",
        _pattern(r"NTR[\s#:-]{0,2}([0-9]{2,5})"),
        _digits("NTR"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "nl",
        "Netherlands Trial Register",
        re.compile(
            rf"\b{_DUTCH_REGISTER}[\s:;,/(#-]{{0,3}}NL[\s-]?([0-9]{{3,5}})(?![A-Za-z0-9]|\.[0-9])", re.IGNORECASE
        ),
        _digits("NL"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "pactr",
        "Pan African Clinical Trials Registry",
        _pattern(r"PACTR[\s#:-]{0,2}(20[0-9]{13,14})"),
        _digits("PACTR"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "irct",
        "Iranian Registry of Clinical Trials",
        _pattern(r"IRCT[\s#:-]{0,2}(?:ID\s?:?\s?IRCT)?([0-9]{8,14})\s?N\s?([0-9]{1,3})"),
        _irct,
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "kct",
        "Clinical Research Information Service, Republic of Korea",
        _pattern(r"KCT[\s#:-]{0,2}([0-9]{7})"),
        _digits("KCT"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "tctr",
        "Thai Clinical Trials Registry",
        _pattern(r"TCTR[\s#:-]{0,2}(20[0-9]{9})"),
        _digits("TCTR"),
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://www.thaiclinicaltrials.org/show/{id}",
        ictrp="{id}",
    ),
    Kind(
        "slctr",
        "Sri Lanka Clinical Trials Registry",
        _pattern(r"SLCTR\s?[/-]\s?(20[0-9]{2})\s?[/-]\s?([0-9]{3})"),
        _slashed("SLCTR"),
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://slctr.lk/trials/{slug}",
        ictrp="{id}",
    ),
    Kind(
        "rpcec",
        "Cuban Public Registry of Clinical Trials",
        _pattern(r"RPCEC[\s#:-]{0,2}([0-9]{8})"),
        _digits("RPCEC"),
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://rpcec.sld.cu/en/trials/{id}",
        ictrp="{id}",
    ),
    Kind(
        "rebec",
        "Brazilian Clinical Trials Registry",
        _pattern(r"RBR\s?-\s?([0-9][0-9a-z]{5,7})"),
        _rebec,
        primary=True,
        secondary_id_type="REGISTRY",
        home="https://ensaiosclinicos.gov.br/rg/{id}",
        ictrp="{id}",
    ),
    Kind(
        "repec",
        "Peruvian Clinical Trial Registry",
        _pattern(r"PER-([0-9]{3})-([0-9]{2})", after=_AFTER_GROUPS, flags=0),
        _peru,
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "lbctr",
        "Lebanese Clinical Trials Registry",
        _pattern(r"LBCTR[\s#:-]{0,2}(20[0-9]{8})"),
        _digits("LBCTR"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "itmctr",
        "International Traditional Medicine Clinical Trial Registry",
        _pattern(r"ITMCTR[\s#:-]{0,2}([0-9]{10})"),
        _digits("ITMCTR"),
        primary=True,
        secondary_id_type="REGISTRY",
        ictrp="{id}",
    ),
    Kind(
        "utn",
        "WHO Universal Trial Number",
        _pattern(r"(U[0-9]{4}-[0-9]{4}-[0-9]{4})", after=_AFTER_GROUPS),
        lambda match: None if _only_zeros(match[1]) else match[1].upper(),
        primary=False,
        secondary_id_type="OTHER",
    ),
    Kind(
        "pmcid",
        "PubMed Central",
        _pattern(r"(?:PMCID[\s#:]{0,3})?(PMC[0-9]{4,9})"),
        _plain,
        primary=False,
        home="https://pmc.ncbi.nlm.nih.gov/articles/{id}/",
    ),
    Kind(
        "pmid",
        "PubMed",
        _pattern(r"PMID[\s#:]{0,3}([0-9]{4,8})"),
        _digits(""),
        primary=False,
        home="https://pubmed.ncbi.nlm.nih.gov/{id}/",
    ),
    Kind(
        "doi",
        "DOI",
        re.compile(r"(?<![A-Za-z0-9.])(10\.[0-9]{4,9}/[^\s\"<>|]+)", re.IGNORECASE),
        _doi,
        primary=False,
        home="https://doi.org/{id}",
    ),
    Kind(
        "orcid",
        "ORCID",
        _pattern(r"([0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])", before=_BEFORE_GROUPS, after=_AFTER_GROUPS),
        _orcid,
        primary=False,
        home="https://orcid.org/{id}",
    ),
    Kind(
        "ror",
        "Research Organization Registry",
        re.compile(r"(?:ror\.org/|\bROR[\s:#]{1,3})(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})(?![A-Za-z0-9])", re.IGNORECASE),
        _lower,
        primary=False,
        home="https://ror.org/{id}",
    ),
)
"""All kinds, in the order in which they are looked for."""

KINDS_BY_NAME = {kind.name: kind for kind in KINDS}


def find_numbers(text: str) -> list[RegistryNumber]:
    """Return all numbers in *text*, in its order; no part of the text belongs to two of them.

    Placeholders (``NCT00000000``) and numbers with a wrong check digit are left out.
    """
    plain = text.translate(_SINGLE_CHARACTERS)
    taken: list[tuple[int, int]] = []
    """Sorted; no two overlap."""
    found: list[RegistryNumber] = []
    for kind in KINDS:
        for match in kind.pattern.finditer(plain):
            start, end = match.span()
            position = bisect_left(taken, (start, end))
            if (position and taken[position - 1][1] > start) or (position < len(taken) and taken[position][0] < end):
                continue
            number = kind.canonical(match)
            if kind.name == "doi" and number is not None:
                end = start + len(number)
            taken.insert(position, (start, end))
            if number is not None:
                country = match.groupdict().get("country")
                found.append(
                    RegistryNumber(
                        kind,
                        number,
                        text[start:end],
                        start,
                        end,
                        country.upper() if country and len(country) == 2 else None,
                    )
                )
    return sorted(found, key=lambda number: number.start)


@lru_cache(maxsize=1024)
def recognise(text: str, registry: str = "") -> RegistryNumber | None:
    """Return the number that *text* is as a whole, or None where it is none, or more than one number alone.

    *registry* is the name that stands beside the number in a table: some numbers (``NL8812`` of the Netherlands
    Trial Register) are too short to be known without it.
    """
    stripped = text.strip()
    numbers = find_numbers(stripped)
    if len(numbers) == 1 and (numbers[0].start, numbers[0].end) == (0, len(stripped)):
        return numbers[0]
    short = re.fullmatch(r"NL[\s-]?([0-9]{3,5})", stripped, re.IGNORECASE)
    if short and registry.strip().casefold() in _DUTCH_REGISTERS:
        return RegistryNumber(KINDS_BY_NAME["nl"], f"NL{short[1]}", stripped, 0, len(stripped))
    return None


_DUTCH_REGISTERS = frozenset(
    {"ntr", "ltr", "netherlands trial register", "netherlands trial register (ntr)", "dutch trial register", "nl-omon"}
)
