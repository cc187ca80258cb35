"""How a trial is cited, and where its record is in other forms."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import msgspec

from generator.language.messages import gettext
from generator.pages.linked_data import as_script, trial_data
from generator.pages.paths import SitePaths
from generator.pages.text.citations import as_bibtex, as_ris, as_text, trial_citation
from generator.pages.text.contacts import contacts_stated, without_contacts
from generator.pages.text.escaping import Markdown, html_text
from generator.pages.trial.values import TrialValues

_SAME_THING = (
    ("data/trials.csv", "text/csv"),
    ("data/citations.ris", "application/x-research-info-systems"),
    ("data/citations.bib", "application/x-bibtex"),
)
"""Data files that hold each trial beside others."""


@dataclass(frozen=True)
class CitationView:
    """How a trial is cited, and what its page says of itself to programs."""

    text: Markdown
    """As HTML."""
    forms: tuple[tuple[str, Markdown], ...]
    """Name of a form and the record in it, as HTML."""
    elsewhere: Markdown
    """Where the records of all trials are, as HTML."""
    front_json_ld: str
    front_alternate: tuple[tuple[str, str], ...]
    """Media type and address of the same thing in other forms, for the front matter."""


def cite(values: TrialValues) -> CitationView:
    """Return how the trial is cited."""
    record: dict[str, Any] = msgspec.to_builtins(values.study)
    if not values.linker.settings.contacts:
        record = _without_contacts(record, tuple(contacts_stated(values.study)))
    citation = trial_citation(record)
    all_trials = gettext("All trials, also as CSL JSON")
    forms = (("RIS", as_ris(citation)), ("BibTeX", as_bibtex(citation)))
    return CitationView(
        text=_as_html(as_text(citation)),
        forms=tuple((name, _as_html(text.strip())) for name, text in forms),
        elsewhere=Markdown(f'<a href="{values.linker.page.href_to(SitePaths.data)}">{all_trials}</a>'),
        front_json_ld=as_script(trial_data(record)),
        front_alternate=tuple(_alternates(values)),
    )


def _without_contacts(value: Any, stated: tuple[tuple[str, str], ...]) -> Any:
    """Return *value* with the contacts that its texts name taken out."""
    if isinstance(value, dict):
        return {key: _without_contacts(child, stated) for key, child in value.items()}
    if isinstance(value, list):
        return [_without_contacts(child, stated) for child in value]
    return without_contacts(value, stated) if isinstance(value, str) else value


def _as_html(text: str) -> Markdown:
    """Return text for a block of HTML, in which nothing looks like a link of Markdown."""
    return Markdown(html_text(text).replace("](", "]&#40;"))


def _alternates(values: TrialValues) -> Iterator[tuple[str, str]]:
    page = values.linker.page
    file = quote(values.linker.paths.study_file(values.id))
    yield "application/json", f'"{html.escape(page.to_file(file))}"'
    for path, media_type in _SAME_THING:
        if path in values.linker.data_files:
            yield media_type, f'"{page.to_file(path)}"'
