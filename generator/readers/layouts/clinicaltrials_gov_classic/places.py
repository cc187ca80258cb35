"""Contacts, officials and sites."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.model.source import How
from generator.readers.countries import COUNTRIES, is_municipality, split_city
from generator.readers.display_words import known_value
from generator.readers.layouts.clinicaltrials_gov_classic.page import Page, Row
from generator.readers.layouts.clinicaltrials_gov_classic.tables import Section

_PLACES = "protocolSection.contactsLocationsModule"
_PERSON = re.compile(
    r"(?P<role>Contact|Contact Backup|Principal Investigator|Sub-Investigator|Study Chair|Study Director)\s*:"
)
_EXTENSION = re.compile(r"(?P<phone>\D*\d(?:.*?\S)?)\s*ext\.?\s*(?P<extension>\w+)", re.IGNORECASE)
_MANY_PARTS = gettext_noop(
    "City and state hold commas of their own: what stands behind the last one is taken as the state."
)
_TOWN = gettext_noop("What stands behind the comma is part of a town, and so no state.")
_ORDER = gettext_noop("The site lists sites by state and city: in this order, the comma belongs to the city.")


def is_person(row: Row) -> bool:
    """Say whether *row* names a person or a call centre with a role."""
    return _PERSON.match(row.text) is not None and row.closed


def read_person(page: Page) -> None:
    """Read the person at the cursor: an official, a contact of the study, or somebody of the last site."""
    row = page.row
    found = _PERSON.match(row.text)
    page.position += 1
    if found is None:
        return
    page.enter(Section.CONTACTS)
    role = "CONTACT" if found["role"].startswith("Contact") else known_value("role", found["role"])
    cells = Row(row.number, row.text[found.end() :]).cells
    if cells[0] == "" and role != "CONTACT":
        read_official(page, row, role, [cell for cell in cells[1:] if cell])
        return
    name, *details = cells if cells[0] else cells[1:] or [""]
    if role != "CONTACT" and page.location is None:
        return
    list_path = f"{page.location}.contacts" if page.location else f"{_PLACES}.centralContacts"
    state_contact(page, page.draft.item(list_path), row, name, role, details)


def state_contact(page: Page, path: str, row: Row, name: str, role: str | None, details: list[str]) -> None:
    """State the person at *path*: a name and whatever says how to reach it."""
    page.state(f"{path}.name", name, row.number)
    page.state(f"{path}.role", role, row.number)
    for detail in details:
        if "@" in detail and " " not in detail:
            page.state(f"{path}.email", detail, row.number)
        elif detail:
            extended = _EXTENSION.fullmatch(detail)
            page.state(f"{path}.phone", extended["phone"] if extended else detail, row.number)
            page.state(f"{path}.phoneExt", extended["extension"] if extended else None, row.number)


def read_official(page: Page, row: Row, role: str | None, cells: list[str]) -> None:
    """Read ``Principal Investigator: | name | affiliation |``."""
    if not cells or len(cells) > 2:
        return
    path = page.draft.item(f"{_PLACES}.overallOfficials")
    page.state(f"{path}.name", cells[0], row.number)
    page.state(f"{path}.role", role, row.number)
    if len(cells) == 2:
        page.state(f"{path}.affiliation", cells[1], row.number)


@dataclass(slots=True)
class Site:
    """A site as its rows show it."""

    facility: Row
    place: Row
    country: str
    state: str | None
    """Where the site groups by states, as it does for the United States."""
    text: str
    """City and state."""
    postal_code: str | None
    city_has_comma: bool = False


@dataclass(slots=True)
class Group:
    """The sites of one country."""

    country: str
    state: str | None
    sites: list[Site] = field(default_factory=list)


def read_sites(page: Page) -> None:
    """Read the rows of sites at the cursor: country, then facility, place and persons of each site.

    Nothing but their order tells countries, facilities and places apart, so a row counts as a country only if the
    place two rows below ends with it, and as a facility only if the row below is a place in the country.
    """
    start = page.position
    while page.more() and page.row.closed and page.label_at(page.row) is None:
        page.position += 1
    rows = page.rows[start : page.position]
    core = [row for row in rows if not is_person(row) and status_of(row) is None]
    groups: list[Group] = []
    index = 0
    while index < len(core):
        header = country_of(core[index], core[index + 2]) if index + 2 < len(core) else None
        below = before_country(core[index + 1], groups[-1]) if groups and index + 1 < len(core) else None
        if header:
            groups.append(header)
            page.known(core[index], LineRole.HEADING, "country of the sites below")
        elif below and any(character.isalpha() for cell in core[index].cells for character in cell):
            group = groups[-1]
            group.sites.append(Site(core[index], core[index + 1], group.country, group.state, *below))
            index += 1
        index += 1
    for group in groups:
        find_commas_of_cities(group)
    state_sites(page, rows, [site for group in groups for site in group.sites])


def state_sites(page: Page, rows: list[Row], sites: list[Site]) -> None:
    """State *sites*, with the persons and the status of each that stand among *rows*."""
    end = page.position
    by_facility = {site.facility.number: site for site in sites}
    by_place = {site.place.number: site for site in sites}
    page.location = None
    for offset, row in enumerate(rows):
        if site := by_facility.get(row.number):
            page.location = page.draft.item(f"{_PLACES}.locations")
            read_facility(page, page.location, row)
        elif (site := by_place.get(row.number)) and page.location:
            read_place(page, page.location, site)
        elif is_person(row):
            page.position = end - len(rows) + offset
            read_person(page)
        elif (status := status_of(row)) is not None and page.location:
            page.state(f"{page.location}.status", status, row.number)
    page.position = end


def read_facility(page: Page, location: str, row: Row) -> None:
    """Read the facility's name; the last cell of its row is for its status."""
    cells = row.cells
    status = known_value("status", cells[-1])
    named = cells[:-1] if len(cells) > 1 and (status or not cells[-1]) else cells
    page.state(f"{location}.facility", " | ".join(named), row.number)
    page.state(f"{location}.status", status if len(cells) > 1 else None, row.number)


def read_place(page: Page, location: str, site: Site) -> None:
    """Read city, state, country and postal code of *site*."""
    number = site.place.number
    how: How = "stated"
    note = None
    city, state = split_city(site.text, site.country)
    if site.state is not None:
        city, state = site.text, site.state
    elif site.city_has_comma:
        city, state, how, note = site.text, "", "inferred", _ORDER
    elif is_municipality(state, site.country):
        city, state, how, note = site.text, "", "inferred", _TOWN
    elif site.text.count(", ") > 1:
        how, note = "inferred", _MANY_PARTS
    page.state(f"{location}.city", city, number, how, note)
    page.state(f"{location}.state", state, number, how, note)
    page.state(f"{location}.country", site.country, number)
    page.state(f"{location}.zip", site.postal_code, number)


def find_commas_of_cities(group: Group) -> None:
    """Find the sites whose comma belongs to the city (``Chiyoda-ku, Tokyo`` without a state).

    The site lists the sites of a country by state, then those without a state by city.  If reading every comma as
    the border of a state breaks this order, and reading those of all sites, or of the fewest at the end, as part of
    the city keeps it, the second is right.
    """
    if group.state is not None:
        return
    keys = [sort_key(site.text.partition(", ")[2]) for site in group.sites]
    texts = [sort_key(site.text) for site in group.sites]
    with_state = next((index for index, key in enumerate(keys) if not key), len(keys))
    if in_order(keys[:with_state]) and not any(keys[with_state:]):
        return
    for first in (0, *range(with_state, 0, -1)):
        if in_order(keys[:first]) and in_order(texts[first:]):
            for site in group.sites[first:]:
                site.city_has_comma = ", " in site.text
            return


def in_order(keys: list[str]) -> bool:
    """Say whether *keys* are sorted."""
    return all(one <= other for one, other in pairwise(keys))


def sort_key(text: str) -> str:
    """Return *text* without case and accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()


def status_of(row: Row) -> str | None:
    """Return the status that stands alone in *row*."""
    filled = [cell for cell in row.cells if cell]
    return known_value("status", filled[0]) if len(filled) == 1 else None


def country_of(row: Row, place: Row) -> Group | None:
    """Return the country (and the state, where the site groups by states) that *row* names for *place*."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) != 1:
        return None
    whole = Group(filled[0], None)
    if before_country(place, whole) is not None:
        return whole
    country, comma, state = filled[0].partition(", ")
    group = Group(country, state)
    return group if comma and country in COUNTRIES and before_country(place, group) is not None else None


def before_country(row: Row, group: Group) -> tuple[str, str | None] | None:
    """Return what stands before state and country in the place *row*, and the postal code behind them, if any."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) != 1:
        return None
    text = filled[0]
    ending = f", {group.state}, {group.country}" if group.state else f", {group.country}"
    if text.endswith(ending):
        return text.removesuffix(ending), None
    text, _, postal_code = text.rpartition(", ")
    if re.search(r"\d", postal_code) and text.endswith(ending):
        return text.removesuffix(ending), postal_code
    return None
