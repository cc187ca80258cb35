"""The link by which a reader can mend an error."""

from __future__ import annotations

from urllib.parse import quote

from generator.pages.escaping import Markdown, external_link
from generator.pages.links import Linker


def mend_link(linker: Linker, subject: str, where: str) -> Markdown:
    """Return the link by which an error on a page can be mended."""
    repository = linker.settings.repository_url
    if not repository:
        return linker.to(linker.paths.mend, "How to mend an error on this page")
    body = f"Page: {where}\n\nWhat is wrong:\n\nWhat the document says (file and line):\n"
    url = f"{repository.rstrip('/')}/issues/new?title={quote(subject)}%3A%20&body={quote(body)}"
    return external_link("Something wrong here? Open an issue", url)
