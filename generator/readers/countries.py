"""The names under which registries list countries, and how lines of place names are taken apart.

The names are those of :mod:`generator.model.countries` that registries print.
"""

from __future__ import annotations

import re
from functools import cache

from generator.model.countries import printed_names

COUNTRIES = printed_names()


_INVERTED_REGION = re.compile(
    r"(?:city|province|county|state|region|republic|prefecture|isle|islands?|district|territory)(?: of)?"
    r"|(?:comunitat|comunidad|principado|regi[oó]n|provincia|islas|illes|ciudad)(?: \w+)?(?: de| of)?",
    re.IGNORECASE,
)
"""What stands behind the comma of a region whose name a registry has inverted (``London, City Of``)."""


_MUNICIPALITY = re.compile(r".*[ -](?:ku|shi|city|cho|machi|gun|mura|son)", re.IGNORECASE)
"""The name of a ward, a town or a village of Japan, which is no prefecture."""


def is_municipality(name: str, country: str) -> bool:
    """Say whether *name* is that of a town or a part of one, and so no state, by the words of *country*."""
    return country == "Japan" and _MUNICIPALITY.fullmatch(name) is not None


def split_city(text: str, country: str) -> tuple[str, str]:
    """Return city and state of *text*, which stands before *country*; the state is empty where no comma parts them.

    Both may hold commas of their own: the state is what stands after the last comma, with one part more where it
    repeats the country (``Koriyama-shi, Fukushima, Japan``) or is an inverted name (``London, City Of``).
    """
    city, border, state = text.rpartition(", ")
    if ", " in city and (state == country or _INVERTED_REGION.fullmatch(state)):
        city, border, region = city.rpartition(", ")
        state = f"{region}, {state}"
    return (city.strip(), state.strip()) if border else (text, "")


def split_place(text: str) -> tuple[str, str, str] | None:
    """Return ``(city, state, country)`` of a line ``City, State, Country``, or None where it is no such line.

    City and state may be empty (``Angers, , France``), and both may hold commas of their own: the country is the
    longest known name that the line ends with, and :func:`split_city` parts what stands before it.  A country that is
    not in the table is taken as the last of exactly three parts.
    """
    parts = text.split(", ")
    for size in (3, 2, 1):
        country = ", ".join(parts[-size:])
        if len(parts) > size and country in COUNTRIES:
            rest = ", ".join(parts[:-size])
            return (*split_city(rest, country), country) if ", " in rest else (rest.strip(" ,"), "", country)
    pieces = [part.strip() for part in text.split(",")]
    if len(pieces) == 3 and pieces[0] and pieces[2] and not re.search(r"\d", pieces[2]):
        return pieces[0], pieces[1], pieces[2]
    return None


def split_countries(text: str, known: frozenset[str] = frozenset()) -> list[str] | None:
    """Take a line of country names joined by blanks apart (``Austria United States``), or return None.

    Only names of the table, or of *known*, count; where the line can be taken apart in several ways, the one
    with the fewest names is right, because a shorter one would cut a name (``Guinea Guinea-Bissau``).
    """
    words = tuple(text.split())
    names = COUNTRIES | known

    @cache
    def best(start: int) -> tuple[str, ...] | None:
        if start == len(words):
            return ()
        found: tuple[str, ...] | None = None
        for end in range(min(len(words), start + 8), start, -1):
            name = " ".join(words[start:end])
            if name in names and (rest := best(end)) is not None and (found is None or len(rest) + 1 < len(found)):
                found = (name, *rest)
        return found

    result = best(0)
    return list(result) if result else None


STATES: dict[str, frozenset[str]] = {
    country: frozenset(" ".join(name.split()) for name in names.split(";"))
    for country, names in {
        "United States": """
    Alabama; Alaska; Arizona; Arkansas; California; Colorado; Connecticut; Delaware; District of Columbia; Florida;
    Georgia; Hawaii; Idaho; Illinois; Indiana; Iowa; Kansas; Kentucky; Louisiana; Maine; Maryland; Massachusetts;
    Michigan; Minnesota; Mississippi; Missouri; Montana; Nebraska; Nevada; New Hampshire; New Jersey; New Mexico;
    New York; North Carolina; North Dakota; Ohio; Oklahoma; Oregon; Pennsylvania; Rhode Island; South Carolina;
    South Dakota; Tennessee; Texas; Utah; Vermont; Virginia; Washington; West Virginia; Wisconsin; Wyoming
    """,
        "Canada": """
    Alberta; British Columbia; Manitoba; New Brunswick; Newfoundland and Labrador; Nova Scotia; Ontario;
    Prince Edward Island; Quebec; Québec; Saskatchewan; Northwest Territories; Nunavut; Yukon
    """,
        "Australia": """
    Australian Capital Territory; New South Wales; Northern Territory; Queensland; South Australia; Tasmania;
    Victoria; Western Australia
    """,
    }.items()
}
"""Country -> its states, for the countries whose sites always have one at ClinicalTrials.gov."""
