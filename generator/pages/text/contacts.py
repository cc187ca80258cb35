"""What tells how to reach a person, and how it is taken out of texts where the setting ``contacts`` says so.

Investigators are facts about a trial and stay.  Names that stand for contacts only, telephone numbers, postal
addresses of persons and e-mail addresses go, wherever a document has them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from generator.language.messages import gettext_noop
from generator.model.catalog_section import UnpairedContact
from generator.model.study import Contact, Study

E_MAIL = re.compile(r"(?<![\w.+-])([\w.+%-]+)@([\w-]+(?:\.[\w-]+)+)")
_OTHER_AT = re.compile(r"&#(?:64|x40);|(?<=\w)\s?[\[(]\s?at\s?[\])]\s?(?=[\w-]{1,63}\.\w)", re.IGNORECASE)
"""Other ways in which registries write the sign in an address."""

NO_E_MAIL = gettext_noop("(e-mail not shown)")
NO_TELEPHONE = gettext_noop("(telephone number not shown)")
NO_NAME = gettext_noop("(name not shown)")
NO_CONTACT = gettext_noop("(contact details not shown)")
"""What stands for a contact: in English in data files, and on pages in the site's language."""

_GAP = r"[ \u00a0().\-\u2010-\u2013/]{1,3}"
TELEPHONE = re.compile(
    # International: "+33 1 42 16 00 00", "+49 (0)30 450 50".
    rf"(?<![\w.+)])\+\d(?:(?:{_GAP})?\d){{6,14}}(?!\d)"
    # North American: "1-877-285-4559", "(555) 123-4567", "1-877-CTLILLY".
    r"|(?<![\w.-])(?:\+?1[-. ]{1,2})?(?:\(\d{3}\)[-. ]{0,2}|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])"
    r"|(?<![\w.-])1[-. ]8\d\d[-. ][A-Z\d]{3,4}-?[A-Z\d]{3,8}(?![\w-])"
    # Any other behind a word that says what it is: "Tel.: 01 42 16 00 00", "phone 555-0102".
    rf"|\b(?:tel|telephone|telefon[oe]?|t[eé]l[eé]phone|phone|fax|telefax|mobile|hotline)(?:\s?(?:no|number|nr))?[.:]*"
    rf"\s{{0,3}}[(+]?\d(?:(?:{_GAP})?\d){{5,14}}(?!\d)",
    re.IGNORECASE,
)
_SHORTEST = 6
"""Characters of a number or name below which it could be something else where it stands in a text."""

_CONTACT_FIELD = re.compile(r"contact|phone|fax|mail|person|firstname|lastname|address|investigator", re.IGNORECASE)
"""A registry's own fields that may name a contact."""
_CONTACT_POINTER = re.compile(r"/(?:centralContacts|contacts|contactsWithoutSite|pointOfContact)(?:/|$)")
_CONTACT_LINE = re.compile(
    r"contact|phone|\bfax|e-?mail|telefon|\"name\"|(?:first|last|sur|fore|middle|functional)_?name|name_or_title|"
    r"address|\boneline\b|street|\bpostal|\bzip",
    re.IGNORECASE,
)
"""Keys and tags of registries' records beside which a contact may stand."""


def may_name_a_contact(field: str) -> bool:
    """Say whether a registry's own *field*, by its name, may hold a person or how to reach one."""
    return _CONTACT_FIELD.search(field) is not None


def is_contact_pointer(pointer: str) -> bool:
    """Say whether the value at *pointer* of a study is a contact, or part of one."""
    return _CONTACT_POINTER.search(pointer) is not None


def may_hold_a_contact(line: str) -> bool:
    """Say whether a *line* of a registry's record, by the keys in it, may hold a contact."""
    return _CONTACT_LINE.search(line) is not None


def without_contacts(
    text: str, stated: Iterable[tuple[str, str]] = (), say: Callable[[str], str] = gettext_noop
) -> str:
    """Return *text* with e-mail addresses and telephone numbers replaced by words that say so.

    *stated* are what :func:`contacts_stated` yields of the trial that the text is about; *say* puts these words
    into the language of the text's readers, such as ``gettext`` for pages.
    """
    if "@" in text or _OTHER_AT.search(text):
        text = E_MAIL.sub(say(NO_E_MAIL), _OTHER_AT.sub("@", text))
    for value, instead in stated:
        if value in text:
            text = text.replace(value, say(instead))
    return TELEPHONE.sub(say(NO_TELEPHONE), text)


def contacts_stated(study: Study) -> Iterator[tuple[str, str]]:
    """Yield each number, address and name that *study* states of a contact, with the English words that replace it.

    Names that the trial also states as something else, such as its investigator or sponsor, are left out, and what is
    so short that it could mean anything.
    """
    protocol = study.protocol_section
    module, sponsors = protocol.contacts_locations_module, protocol.sponsor_collaborators_module
    known = {official.name for official in module.overall_officials} | {site.facility for site in module.locations}
    known |= {one.name for one in (sponsors.lead_sponsor, *sponsors.collaborators) if one is not None}
    if sponsors.responsible_party is not None:
        known |= {sponsors.responsible_party.investigator_full_name, sponsors.responsible_party.old_name_title}
    at_sites = [contact for site in module.locations for contact in site.contacts]
    known |= {contact.name for contact in at_sites if _is_investigator(contact)}
    results = study.results_section.more_info_module if study.results_section else None
    point = results.point_of_contact if results else None
    contacts: list[Contact | UnpairedContact] = [*module.central_contacts, *at_sites]
    contacts += study.catalog_section.contacts_without_site
    found: dict[str, str] = {}
    for contact in contacts:
        found |= {contact.phone or "": NO_TELEPHONE, contact.email or "": NO_E_MAIL}
        found.setdefault(contact.name or "", NO_NAME)
    if point is not None:
        found |= {point.phone or "": NO_TELEPHONE, point.email or "": NO_E_MAIL}
        found.setdefault(point.title or "", NO_NAME)
    for value, instead in found.items():
        is_name = instead == NO_NAME
        if len(value) >= _SHORTEST and not (
            is_name and (" " not in value or any(value in (name or "") for name in known))
        ):
            yield value, instead


def _is_investigator(contact: Contact) -> bool:
    return "INVESTIGATOR" in (contact.role or "")
