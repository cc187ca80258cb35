"""The link by which a reader can report an error on one page.  The foot of every page says how to do so in general."""

from __future__ import annotations

from urllib.parse import quote

from generator.language.messages import gettext
from generator.pages.links import Linker
from generator.pages.text.escaping import NOTHING, Markdown, external_link


def report_link(linker: Linker, subject: str, where: str) -> Markdown:
    """Return the link by which an error on a page is told; nothing where the settings name no place to tell it."""
    repository = linker.settings.repository_url
    if not repository:
        return NOTHING
    body = gettext("Page: {page}\n\nWhat is wrong:\n\nWhat the document says (file and line):\n").format(page=where)
    url = f"{repository.rstrip('/')}/issues/new?title={quote(subject)}%3A%20&body={quote(body)}"
    return external_link(gettext("Something wrong here? Open an issue"), url)
