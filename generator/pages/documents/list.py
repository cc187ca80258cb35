"""The list of documents.  A long one is split over several pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.language.formats import format_number, plural
from generator.language.messages import gettext, gettext_noop
from generator.pages.documents.page import DocumentIndex, described, title_of_document, trial_link
from generator.pages.links import Linker
from generator.pages.lists.list import LinkerOf
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.text.phrases import iso_date

_MOST_TRIALS = 5
"""A document with more trials than this, such as a registry's export, says in the list how many more."""

_ABOUT = gettext_noop("What this catalog was made from, line by line. Each value on a trial's page leads back here.")


@dataclass(frozen=True)
class DocumentRow:
    """A document in the list of documents."""

    name: Markdown
    meta: Markdown
    trials: Markdown


@dataclass(frozen=True)
class DocumentListView:
    """One page of the list of documents, ready to print."""

    front_title: str
    front_description: str
    title: str
    lead: Markdown
    rows: tuple[DocumentRow, ...] = ()
    pages: tuple[Markdown, ...] = ()
    """Links to the pages that hold the rows, where there are too many for one."""
    back: Markdown = NOTHING


def document_list_pages(index: DocumentIndex, linker_of: LinkerOf) -> Iterator[tuple[PageAddress, DocumentListView]]:
    """Yield the pages of the list of documents: one, or where there are many documents one that leads to the others."""
    linker = linker_of(SitePaths.documents)
    paths = list(linker.catalog.documents)
    title, about = gettext("Documents"), gettext(_ABOUT)
    number = plural(len(paths), "{n} document.", "{n} documents.")
    lead = escape(f"{number} {about}")
    front_title, description = front_matter(title), front_matter(about)
    limit = linker.settings.list_limit
    if len(paths) <= limit:
        rows = tuple(_rows(paths, index, linker))
        yield SitePaths.documents, DocumentListView(front_title, description, title, lead, rows)
        return
    parts: list[Markdown] = []
    for start in range(0, len(paths), limit):
        some = paths[start : start + limit]
        here = linker_of(linker.paths.part(SitePaths.documents, str(start // limit + 1)))
        name = gettext("Documents {first} to {last}").format(
            first=format_number(start + 1), last=format_number(start + len(some))
        )
        names = escape(gettext("{first} to {last}").format(first=some[0], last=some[-1]))
        parts.append(linker.to(here.page, name) + Markdown(f"<br><small>{names}</small>"))
        back = here.to(SitePaths.documents, gettext("All documents"))
        rows = tuple(_rows(some, index, here))
        yield here.page, DocumentListView(front_matter(name), description, name, names, rows, back=back)
    yield (
        SitePaths.documents,
        DocumentListView(front_title, description, title, lead, (), tuple(parts)),
    )


def _rows(paths: list[str], index: DocumentIndex, linker: Linker) -> Iterator[DocumentRow]:
    brief = linker.settings.list_rows == "brief"
    for path in paths:
        about = index.trials(path)
        named = (identifier for identifier, _ in about[:_MOST_TRIALS])
        shown = [linker.trial(each, each) if brief else trial_link(each, linker) for each in named]
        if len(about) > _MOST_TRIALS:
            shown.append(escape(plural(len(about) - _MOST_TRIALS, "and {n} more", "and {n} more")))
        trials = join(shown, "<br>") if about else escape(gettext("no trial read from it"))
        meta = described(linker.catalog.document_summary(path), about, iso_date)
        name = title_of_document(path, about)
        meta = meta if name == path else join([escape(path), meta], " · ")
        yield DocumentRow(linker.document(path, name), meta, trials)
