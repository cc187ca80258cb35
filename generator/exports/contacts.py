"""Data without people and without how to reach them, for catalogs whose setting `contacts` is false."""

from __future__ import annotations

import re

from generator.model.pointers import Json
from generator.pages.text.escaping import E_MAIL
from generator.pages.trial.identifiers import may_name_a_contact

_CONTACT = re.compile(
    r"/(?:centralContacts|overallOfficials|contacts|contactsWithoutSite|pointOfContact|investigatorFullName|"
    r"oldNameTitle|facilityContacts)(?:/|$)"
)


def names_a_contact(pointer: str) -> bool:
    """Say whether the value at *pointer* of a study is a person, or how to reach one."""
    return _CONTACT.search(pointer) is not None


def without_contacts(study: Json) -> Json:
    """Return the JSON of a study without people and how to reach them.

    What is said of such values goes too: where they stand, how documents differ on them, what is missing.
    """
    return _without(study, "")


def without_e_mails(value: Json) -> Json:
    """Return *value* with each e-mail address in its texts taken out, in the words that pages have for it."""
    if isinstance(value, dict):
        return {key: without_e_mails(child) for key, child in value.items()}
    if isinstance(value, list):
        return [without_e_mails(child) for child in value]
    return E_MAIL.sub("(e-mail not shown)", value) if isinstance(value, str) and "@" in value else value


def _without(value: Json, pointer: str) -> Json:
    if isinstance(value, dict):
        return {
            key: _without(child, f"{pointer}/{key}")
            for key, child in value.items()
            if not names_a_contact(f"/{key}")
            and not names_a_contact(key)
            and not (pointer == "/catalogSection/registryFields" and may_name_a_contact(key))
        }
    if isinstance(value, list):
        return [_without(child, pointer) for child in value if not _is_about_a_contact(child)]
    return without_e_mails(value)


def _is_about_a_contact(item: Json) -> bool:
    """Say whether a contradiction is about a contact: it names its value by a pointer."""
    pointer = item.get("pointer") if isinstance(item, dict) else None
    return isinstance(pointer, str) and (
        names_a_contact(pointer) or ("/registryFields/" in pointer and may_name_a_contact(pointer.rpartition("/")[2]))
    )
