"""Single words and phrases of the classic page turned into API v2 values.  None means: not understood."""

from __future__ import annotations

import re

from generator.readers.display_words import known_value

_ASIDES = re.compile(r"(?<!\s)\s*(?:Key Record Dates|\(Final data collection date for primary outcome measure\))\s*$")
_UNIT = r"\d+ (?:Year|Month|Week|Day|Hour|Minute)s?"
_AGES = re.compile(
    rf"(?:(?P<only_minimum>{_UNIT}) and older|up to (?P<only_maximum>{_UNIT})"
    rf"|(?P<minimum>{_UNIT}) to (?P<maximum>{_UNIT}))?\s*(?:\((?P<bracketed>[^()]*)\)|(?P<bare>[A-Z][A-Za-z, ]*))?",
    re.IGNORECASE,
)


def ages(text: str) -> tuple[str | None, str | None, list[str]] | None:
    """Return lowest age, highest age and the standard age groups of ``18 Years and older (Adult, Older Adult)``."""
    found = _AGES.fullmatch(text.strip())
    if not found or not text.strip():
        return None
    groups: list[str] = []
    for name in (found["bracketed"] or found["bare"] or "").split(","):
        if name.strip():
            group = known_value("standardAge", name)
            if group is None:
                return None
            groups.append(group)
    return found["only_minimum"] or found["minimum"], found["only_maximum"] or found["maximum"], groups


def is_without_highest_age(text: str) -> bool:
    """Say whether *text* states that there is no highest age, as ``18 Years and older`` does."""
    found = _AGES.fullmatch(text.strip())
    return found is not None and found["only_minimum"] is not None


def without_asides(text: str) -> str:
    """Return *text* without what the site adds to dates."""
    return _ASIDES.sub("", text)


def count(text: str) -> int | None:
    """Return the number of ``66 participants`` or ``1,216``."""
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d+)(?: participants?)?", text.strip())
    return int(found[1].replace(",", "")) if found else None


def yes_or_no(text: str) -> bool | None:
    """Return the truth value of ``Yes``, ``No`` and the older ``Accepts Healthy Volunteers``."""
    return {"yes": True, "accepts healthy volunteers": True, "no": False}.get(text.strip().casefold())
