"""The study's sites: below their country, and state where there is one, each with its facility and people."""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.document import LineRole
from generator.readers.countries import COUNTRIES, STATES, is_municipality, split_city
from generator.readers.display_words import known_value
from generator.readers.layouts.clinicaltrials_gov_classic.page import Row
from generator.readers.layouts.clinicaltrials_gov_classic.places import Group, Site, find_commas_of_cities
from generator.readers.layouts.clinicaltrials_gov_page.lines import Line
from generator.readers.layouts.clinicaltrials_gov_page.page import Found, Page

_PERSON = re.compile(
    r"(?P<role>Contact|Contact Backup|Principal Investigator|Sub-Investigator|Study Chair|Study Director)\s*:"
    r"\s*(?P<rest>.*)"
)
_EMAIL = re.compile(r"[^\s@,;]{1,100}@[^\s@,;]{1,100}\.[A-Za-z]{2,20}")
_PHONE = re.compile(r"\(?\+?\d[\d\s().+/-]{4,30}\d(?:\s*ext\.?:?\s*\w{1,10})?", re.IGNORECASE)
_NUMBERED_SITE = re.compile(r"\b(?:site|no\.?)\s{0,3}#?\s{0,3}\d+", re.IGNORECASE)
_TOWN = gettext_noop("What stands behind the comma is part of a town, and so no state.")
_PARTS = gettext_noop(
    "The page joins city and state with a comma; what stands behind the first one is taken as the state."
)
_ORDER = gettext_noop("The page lists sites by state and city: in this order, the comma belongs to the city.")


def read_places(page: Page, _: Found) -> None:
    """Read the sites at the cursor; a line that does not fit stays unread."""
    lines = [line for line in page.below() if line.text and not page.is_furniture(line)]
    groups: list[Group] = []
    sites: dict[int, Site] = {}
    for index, line in enumerate(lines):
        text = line.bare
        following = [one.bare for one in lines[index + 1 : index + 3]]
        country = groups[-1].country if groups else ""
        state = groups[-1].state if groups else None
        if text in COUNTRIES and _heads(text, following):
            groups.append(Group(text, None))
            page.known(line, LineRole.HEADING, "country of the sites below")
        elif country and following and _parts(following[0], country, text):
            groups.append(Group(country, text))
            page.known(line, LineRole.HEADING, "state of the sites below")
        elif (
            country
            and (parts := _parts(text, country, state or "") or _parts(text, country, ""))
            and not _is_facility(lines, index, sites, parts[2])
        ):
            row = Row(line.number, text)
            site = Site(row, row, country, parts[1] or None, parts[0], parts[2] or None)
            groups[-1].sites.append(site)
            sites[line.number] = site
    for group in groups:
        find_commas_of_cities(group)
    location = person = ""
    for line in lines:
        text = line.bare
        if line.number in sites:
            location = page.draft.item("protocolSection.contactsLocationsModule.locations")
            _state_place(page, location, line, sites[line.number])
            person = ""
        elif not location or page.document.line(line.number).role is LineRole.HEADING:
            continue
        elif status := known_value("status", text):
            page.statements.state(f"{location}.status", status, page.field("status", text, line))
        elif found := _PERSON.fullmatch(text):
            person = _state_person(page, location, line, found["role"], found["rest"])
        elif person:
            _continue_person(page, person, line)
        elif page.draft.value(f"{location}.facility") is None:
            page.statements.state(f"{location}.facility", text, page.field("facility", text, line))


def _is_facility(lines: list[Line], index: int, sites: dict[int, Site], code: str) -> bool:
    """Say whether the line at *index*, which ends like a place, names a facility (``… University, Japan``).

    It does where it follows a place that has a postal code and has none itself.
    """
    above = index - 1
    if above >= 0 and known_value("status", lines[above].bare):
        above -= 1
    site = sites.get(lines[above].number) if above >= 0 else None
    return site is not None and site.postal_code is not None and not code


def _heads(country: str, following: list[str]) -> bool:
    """Say whether *country* stands above its sites: a place in it follows at once, or below a state of its own."""
    if following and _parts(following[0], country, ""):
        return True
    return len(following) > 1 and _parts(following[1], country, following[0]) is not None


def _parts(text: str, country: str, state: str) -> tuple[str, str, str] | None:
    """Return city, state and postal code of a place in *country* and, where one is given, in *state*."""
    ending = f", {state}, {country}" if state else f", {country}"
    if text.endswith(ending):
        return text.removesuffix(ending), state, ""
    before, comma, code = text.rpartition(", ")
    if comma and re.search(r"\d", code) and before.endswith(ending):
        return before.removesuffix(ending), state, code
    return None


def _state_place(page: Page, location: str, line: Line, site: Site) -> None:
    field = page.field("place", line.bare, line)
    city, state, note = site.text, site.state or "", None
    if site.city_has_comma:
        note = _ORDER
    elif not state and ", " in city:
        city, state = split_city(city, site.country)
        note = None if state in STATES.get(site.country, ()) else _PARTS
        if is_municipality(state, site.country):
            city, state, note = site.text, "", _TOWN
    for name, value in (("city", city), ("state", state)):
        if value:
            page.statements.state(f"{location}.{name}", value, field, note)
    page.statements.state(f"{location}.country", site.country, field)
    if site.postal_code:
        page.statements.state(f"{location}.zip", site.postal_code, field)


def _state_person(page: Page, location: str, line: Line, role: str, rest: str) -> str:
    """State a person of a site: a name, behind which number and address may stand; return the person's path."""
    field = page.field("person", line.bare, line)
    kind = known_value("role", role.removesuffix(" Backup")) or "CONTACT"
    path = page.statements.add(f"{location}.contacts", field, role=kind)
    email = _EMAIL.search(rest)
    before = rest[: email.start()].strip() if email else rest
    site = _NUMBERED_SITE.search(before)
    phone = _PHONE.search(before, site.end() if site else 0)
    if phone and phone.end() == len(before):
        before = before[: phone.start()].strip()
        page.state_contact(path, "phone", phone[0], line)
    if email:
        page.state_contact(path, "email", email[0], line)
    if before.strip(" ,"):
        page.state_contact(path, "name", before.strip(" ,"), line)
    return path


def _continue_person(page: Page, path: str, line: Line) -> bool:
    """Read a telephone number or an e-mail address that stands on a line of its own."""
    text = line.bare
    if _EMAIL.fullmatch(text) and page.draft.value(f"{path}.email") is None:
        page.state_contact(path, "email", text, line)
    elif _PHONE.fullmatch(text) and page.draft.value(f"{path}.phone") is None:
        page.state_contact(path, "phone", text, line)
    elif page.draft.value(f"{path}.name") is None and not re.search(r"\d", text):
        page.state_contact(path, "name", text, line)
    else:
        return False
    return True
