"""Values as registries write them, turned into the values of API v2.

Every function takes a whole value and either knows it, or says that it does not: nothing is recognised by a part
of it, because "Not recruiting" contains "recruiting" and "Female, Male" contains "female".
"""

from __future__ import annotations

import calendar
import re

from generator.model.word_tables import by_word, listed

NOT_STATED = frozenset(
    {
        *("", "-", "--", "---", ".", "?", "??", "/", ";", "nd", "n.d.", "null", "nan", "no data"),
        *("not available", "not avavilable", "not entered", "not selected", "not specified", "not stated"),
        *("not provided", "not reported", "information not present in eudract"),
    }
)
"""What registries print where they know nothing, in lower case."""

NO_LIMIT = frozenset(
    listed(
        """
        no limit; none; n/a; na; not applicable; no maximum; no minimum; no max; no min; no maximum age; no minimum age;
        no age limit
        """
    )
)
"""What registries print for an age without a limit, in lower case."""


def is_stated(text: str) -> bool:
    """Say whether *text* is more than a mark for an empty field; lists of marks (``;``, ``; ;``) are none either."""
    plain = " ".join(text.split()).casefold()
    return plain not in NOT_STATED and any(piece.strip() for piece in plain.split(";"))


def open_value(text: str) -> str:
    """Return *text* in the form of an enumeration's value: ``Retrospective study`` -> ``RETROSPECTIVE_STUDY``."""
    return re.sub(r"\W+", "_", text.strip(), flags=re.UNICODE).strip("_").upper()


def open_words(text: str) -> str | None:
    """Return a word or a few that no table has in the form of a value; None for numbers, dates and sentences."""
    return open_value(text) if re.fullmatch(r"[^\W\d_][^\d:;.]{1,60}", text) and len(text.split()) <= 6 else None


_NUMERALS = {"0": 0, "1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMERAL = r"(?:iv|i{1,3}|[0-4])"
_PHASE_VALUES = {1: "PHASE1", 2: "PHASE2", 3: "PHASE3", 4: "PHASE4"}
_NUMERAL_LIST = re.compile(rf"({_NUMERAL})[abc]?(?:\s*(?:/|-|,|&|and|to|\+)\s*({_NUMERAL})[abc]?)?")
_PHASE_WORD = re.compile(
    rf"\b(early\s+)?phase[\s:-]*({_NUMERAL})[abc]?(?:\s*(/|-|,|&|\band\b)\s*({_NUMERAL})[abc]?)?(?!\w)"
)
_PHASE_FILLERS = re.compile(
    r"human pharmacology|therapeutic exploratory|therapeutic confirmatory|therapeutic use|"
    r"first administration to humans|bioequivalence study|integrated|clinical|trial|study|and|other|[\s/&+,;:().-]"
)
_PHASE_MATRIX = re.compile(r"\(phase\s+(i{1,3}|iv)\)\s*:\s*(yes|no)\b", re.IGNORECASE)


def phases(text: str) -> list[str] | None:
    """Return the phases that *text* states, or None where it is no statement of phases that is understood.

    Knows ``Phase 2/Phase 3``, ``Phase2/Phase3``, ``II-III``, ``IIb``, ``III (Phase III study)``, the matrix of yes
    and no that the EU registers print, and ``N/A``.  A lone ``0`` is not understood: in the Chinese registry it does
    not mean phase 0.  Nor are ranges over more than two phases, where it is open whether the middle is meant.
    """
    plain = " ".join(text.split()).casefold()
    if plain in {"n/a", "na", "not applicable"}:
        return ["NA"]
    matrix = _PHASE_MATRIX.findall(plain)
    if matrix:
        numbers = [_NUMERALS[numeral] for numeral, answer in matrix if answer == "yes"]
        return [_PHASE_VALUES[number] for number in sorted(set(numbers))] or None
    bare = _NUMERAL_LIST.fullmatch(re.sub(r"\s*\([^()]*\)$", "", plain))
    if bare:
        numbers = [_NUMERALS[numeral] for numeral in bare.groups() if numeral]
        repeated = re.search(r"\(([^()]*)\)$", plain)
        if repeated and phases(repeated[1]) != _numbered(numbers):
            return None
        return _numbered(numbers)
    found = []
    for match in _PHASE_WORD.finditer(plain):
        first, second = _NUMERALS[match[2]], _NUMERALS.get(match[4] or "")
        if match[1]:
            if first != 1 or second is not None:
                return None
            found.append("EARLY_PHASE1")
        elif first == 0 and second is None:
            found.append("EARLY_PHASE1")
        else:
            values = _numbered([first] if second is None else [first, second])
            if values is None:
                return None
            found.extend(values)
    rest = _PHASE_FILLERS.sub("", _PHASE_WORD.sub("", plain))
    if not found or rest:
        return None
    values = sorted(set(found))
    return values if len(values) <= 2 else None


def _numbered(numbers: list[int]) -> list[str] | None:
    """The values of one number, or of two that follow each other."""
    if 0 in numbers or (len(numbers) == 2 and numbers[1] - numbers[0] != 1):
        return None
    return [_PHASE_VALUES[number] for number in numbers]


_SEXES = by_word(
    {
        "ALL": "all; both; b; both males and females; both male and female; both, male and female; male and female; "
        "male/female; male, female; female, male; female and male; males and females; both genders; either",
        "FEMALE": "female; females; f; women",
        "MALE": "male; males; m; men",
    }
)
_SEX_MATRIX = re.compile(r"\s*female\s*:\s*(yes|no)\s*[;,]?\s*male\s*:\s*(yes|no)\s*[;,.]?\s*", re.IGNORECASE)


def sex(text: str) -> str | None:
    """Return FEMALE, MALE or ALL, or None where *text* says none of them; ``Female: yes Male: no`` is understood."""
    plain = " ".join(text.split()).casefold()
    matrix = _SEX_MATRIX.fullmatch(plain)
    if matrix:
        return sex_of(female=matrix[1] == "yes", male=matrix[2] == "yes")
    return _SEXES.get(plain)


def sex_of(*, female: bool, male: bool) -> str | None:
    """Return the value for two answers, or None where both are no."""
    if female and male:
        return "ALL"
    return "FEMALE" if female else "MALE" if male else None


_AGE_UNITS = by_word(
    {
        "Year": "y; yr; yrs; year; years; year(s); age old; years old; years-old; years of age",
        "Month": "month; months; month(s); months-old",
        "Week": "w; week; weeks; week(s)",
        "Day": "d; day; days; day(s)",
        "Hour": "hour; hours",
        "Minute": "minute; minutes",
    }
)
_AGE = re.compile(r"([0-9]{1,4})(?:\.0+)?\s*[-(]?\s*([a-z][a-z() -]*?)?\)?")


def age(text: str, bare_unit: str = "") -> str | None:
    """Return an age as API v2 writes it (``18 Years``), or None where *text* is not one number with a unit.

    *bare_unit* is the unit of a number without one (``Year``), where the registry's form is known to ask for it.
    """
    match = _AGE.fullmatch(" ".join(text.split()).casefold())
    if not match:
        return None
    written = match[2]
    unit = (_AGE_UNITS.get(written) or _AGE_UNITS.get(f"{written})")) if written else bare_unit
    if not unit:
        return None
    number = int(match[1])
    return f"{number} {unit}{'' if number == 1 else 's'}"


_MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name
}
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})(?:[T ][0-9]{2}:[0-9]{2}.*)?)?)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SLASHED_ISO = re.compile(r"([0-9]{4})/([0-9]{1,2})/([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_DAY_MONTH = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th)?[\s-]+)?([a-z]{3,9})\.?,?[\s-]+([0-9]{4})")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")


def date(text: str, *, day_first: bool | None = None) -> str | None:
    """Return a date as ``yyyy``, ``yyyy-mm`` or ``yyyy-mm-dd``, as exact as *text* is, or None where it is no date.

    ``06/02/2020`` is a date only where *day_first* says which number is the day, or one of them is above 12.
    """
    plain = " ".join(text.split()).casefold()
    if match := _COMPACT.fullmatch(plain) or _SLASHED_ISO.fullmatch(plain) or _ISO.fullmatch(text.strip()):
        return _date(match[1], match[2], match[3])
    if match := _SLASHED.fullmatch(plain):
        first, second = int(match[1]), int(match[2])
        if day_first is None and first != second:
            if first > 12 >= second:
                day_first = True
            elif second > 12 >= first:
                day_first = False
            else:
                return None
        return _date(match[3], match[2], match[1]) if day_first else _date(match[3], match[1], match[2])
    if match := _MONTH_DAY.fullmatch(plain):
        month = _MONTHS.get(match[1])
        return _date(match[3], str(month), match[2]) if month else None
    if match := _DAY_MONTH.fullmatch(plain):
        month = _MONTHS.get(match[2])
        return _date(match[3], str(month), match[1]) if month else None
    return None


def _date(year: str, month: str | None, day: str | None) -> str | None:
    """Join the parts, or None where there is no such day; 1900-01-01 is what databases print for no date."""
    if not 1900 <= int(year) <= 2199:
        return None
    if month is None:
        return year
    if not 1 <= int(month) <= 12:
        return None
    if day is None:
        return f"{year}-{int(month):02}"
    if not 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1] or (int(year), int(month), int(day)) == (
        1900,
        1,
        1,
    ):
        return None
    return f"{year}-{int(month):02}-{int(day):02}"


RECRUITMENT_STATUSES = by_word(
    {
        "NOT_YET_RECRUITING": "not yet recruiting; pending; recruiting planned",
        "RECRUITING": "recruiting; open to recruitment; recruiting ongoing",
        "ENROLLING_BY_INVITATION": "enrolling by invitation",
        "ACTIVE_NOT_RECRUITING": """
            active, not recruiting; active not recruiting; recruiting complete, study continuing;
            recruiting complete, follow-up continuing
        """,
        "SUSPENDED": "suspended; temporarily halted; temporary halt; recruiting suspended on temporary hold",
        "TERMINATED": "terminated; prematurely ended; recruiting stopped after recruiting started; stopped early",
        "COMPLETED": """
            complete; completed; recruiting complete, study complete; recruiting complete, follow-up complete
        """,
        "WITHDRAWN": "withdrawn; recruiting withdrawn before recruiting started",
        "UNKNOWN": "unknown",
    }
)
"""Words for the state of a trial, in lower case -> value.  "Not recruiting" has no counterpart: it may mean not yet,
not any more, or never, and stays a value of its own."""

STATUS_TELLS_NOTHING = frozenset({"authorised", "authorized", "authorised-recruitment may be ongoing or finished"})
"""States of approval, not of recruitment, in lower case."""

STUDY_TYPES = by_word(
    {
        "INTERVENTIONAL": """
            interventional; interventional study; interventional trial; intervention;
            interventional clinical trial of medicinal product
        """,
        "OBSERVATIONAL": "observational; observational study; observational [patient registry]",
        "EXPANDED_ACCESS": "expanded access",
    }
)
"""Words for the type of a study, in lower case -> value."""

YES_OR_NO = {"yes": True, "no": False, "true": True, "false": False}
"""Answers, in lower case."""


def design_of(answers: dict[str, bool]) -> dict[str, str]:
    """Return the design that the yes and no of the EU registers state, by API v2's field names.

    *answers* are those to ``randomised``, ``open``, ``single blind``, ``double blind``, ``parallel group`` and
    ``cross over``.  Only a yes states something, and two that exclude each other state nothing: a trial that is not
    randomised may be one without groups.
    """
    design: dict[str, str] = {}
    if answers.get("randomised"):
        design["allocation"] = "RANDOMIZED"
    for field, choices in _DESIGN_CHOICES.items():
        chosen = [value for question, value in choices.items() if answers.get(question)]
        if len(chosen) == 1:
            design[field] = chosen[0]
    return design


_DESIGN_CHOICES = {
    "maskingInfo.masking": {"open": "NONE", "single blind": "SINGLE", "double blind": "DOUBLE"},
    "interventionModel": {"parallel group": "PARALLEL", "cross over": "CROSSOVER"},
}
"""API v2's field -> question of the EU registers -> value that a yes stands for."""
