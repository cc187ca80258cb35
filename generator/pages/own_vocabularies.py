"""Where the packaged page about the site lists the vocabularies of the site's owner."""

from __future__ import annotations

from collections.abc import Iterable

from generator.identity.vocabularies.vocabulary import About
from generator.pages.text.escaping import document_text

PLACE = b"<!-- vocabularies of the owner -->"
"""Stands in the page where the list goes."""


def list_vocabularies(page: bytes, vocabularies: Iterable[About]) -> bytes:
    """Return the Markdown of a packaged *page* with a list of *vocabularies* in its place; other pages as they are."""
    return page.replace(PLACE, "\n".join(map(_line, vocabularies)).encode())


def _line(about: About) -> str:
    parts = (part for part in (about.source, about.licence) if part)
    return f"-   {document_text(about.label)}: {'; '.join(map(document_text, parts))}"
