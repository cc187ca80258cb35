"""Data without people and without how to reach them, for catalogs whose setting `contacts` is false."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.model.pointers import Json
from generator.pages.text.contacts import may_name_a_contact
from generator.pages.text.contacts import without_contacts as text_without_contacts

_CONTACT = re.compile(
    r"/(?:centralContacts|overallOfficials|contacts|contactsWithoutSite|pointOfContact|investigatorFullName|"
    r"oldNameTitle|facilityContacts|phone|phoneExt|fax|e?mail)(?:/|$)"
)


def names_a_contact(pointer: str) -> bool:
    """Say whether the value at *pointer* of a study is a person, or how to reach one."""
    return _CONTACT.search(pointer) is not None


def without_contacts(value: Json, stated: Iterable[tuple[str, str]] = ()) -> Json:
    """Return the JSON of a study, or of anything else, without people and how to reach them.

    What is said of such values goes too: where they stand, how documents differ on them, what is missing.  *stated* are
    what :func:`~generator.pages.text.contacts.contacts_stated` yields of the study: running text names them, too.
    """
    return _without(value, "", tuple(stated))


def _without(value: Json, pointer: str, stated: tuple[tuple[str, str], ...]) -> Json:
    if isinstance(value, dict):
        return {
            key: _without(child, f"{pointer}/{key}", stated)
            for key, child in value.items()
            if not names_a_contact(f"/{key}")
            and not names_a_contact(key)
            and not (pointer == "/catalogSection/registryFields" and may_name_a_contact(key))
        }
    if isinstance(value, list):
        return [_without(child, pointer, stated) for child in value if not _is_about_a_contact(child)]
    return text_without_contacts(value, stated) if isinstance(value, str) else value


def _is_about_a_contact(item: Json) -> bool:
    """Say whether a contradiction is about a contact: it names its value by a pointer."""
    pointer = item.get("pointer") if isinstance(item, dict) else None
    return isinstance(pointer, str) and (
        names_a_contact(pointer) or ("/registryFields/" in pointer and may_name_a_contact(pointer.rpartition("/")[2]))
    )
