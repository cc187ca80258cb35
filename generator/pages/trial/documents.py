"""What a trial's page was made from, and how values that no document plainly states were got."""

from __future__ import annotations

from collections.abc import Iterable

from generator.language.formats import as_label, format_number, plural
from generator.language.messages import gettext, gettext_noop
from generator.model.sentence import Sentence, as_sentence
from generator.pages.documents.page import document_title
from generator.pages.provenance import record_anchor
from generator.pages.text.escaping import Markdown
from generator.pages.text.field_names import field_name, section_anchor
from generator.pages.text.phrases import dated_text
from generator.pages.text.wording import layout_title, translated
from generator.pages.trial.gaps import counted
from generator.pages.trial.parts import Fact, Part
from generator.pages.trial.values import TrialValues

_MOST_FIELDS = 3
_CURATED, _INFERRED = gettext_noop("Added by a curator."), gettext_noop("By a rule of the reader.")


def inferences(values: TrialValues) -> Iterable[Markdown]:
    """Return how the values that are not plainly stated were got, each rule once with its fields."""
    notes: dict[Sentence, list[str]] = {}
    for pointer, sources in values.section.sources.items():
        if not values.linker.settings.contacts and ("/contacts/" in pointer or "centralContacts" in pointer):
            continue
        for source in sources:
            if source.how != "stated":
                note = source.note or as_sentence(_CURATED if source.how == "curated" else _INFERRED)
                notes.setdefault(note, []).append(pointer)
    for note, pointers in notes.items():
        anchors = dict.fromkeys(section_anchor(pointer) for pointer in pointers)
        names = counted(dict.fromkeys(field_name(pointer) for pointer in pointers))
        shown = ", ".join(names[:_MOST_FIELDS])
        if len(names) > _MOST_FIELDS:
            rest = len(names) - _MOST_FIELDS
            shown = gettext("{names} and {n} more").format(names=shown, n=format_number(rest))
        target = next((anchor for anchor in anchors if anchor), "")
        which = Markdown(f"[{values.linker.text(shown)}](#{target})") if target else values.linker.text(shown)
        yield Markdown(f"{values.linker.text(translated(note))} ({which})")


def documents(values: TrialValues) -> Iterable[Part]:
    """Yield the documents that state something of the trial."""
    first_lines = _records(values)
    for number, item in enumerate(values.section.documents, start=1):
        details = [values.linker.text(layout_title(item.layout))]
        if item.as_of:
            details.append(Markdown(gettext("as of {date}").format(date=dated_text(item.as_of))))
        details.append(values.linker.text(item.path))
        if item.path in values.linker.catalog.documents:
            details.append(
                values.linker.text(
                    plural(values.linker.catalog.document_summary(item.path).lines, "{n} line", "{n} lines")
                )
            )
        line = first_lines.get(item.path)
        only = values.provenance.only_line
        if only is not None:
            line = only.first_line
            values.linker.records.cite(only.document, line, line)
        shown = values.linker.document(item.path, document_title([item.layout], [values.id], item.as_of), line)
        yield Part(Markdown(f'<strong id="{record_anchor(number)}">{shown}</strong>'), tuple(details))


def sources_left_out(values: TrialValues) -> Iterable[Fact]:
    """Yield all sources of the values beside which only the first one is shown, each with its place on the page."""
    for pointer, sources in values.provenance.left_out.items():
        if not sources:
            continue
        place = f'<span id="{values.provenance.anchor_of(pointer)}"></span>'
        yield Fact(as_label(field_name(pointer)), Markdown(f"{place}{values.provenance.mark_sources(sources)}"))


def _records(values: TrialValues) -> dict[str, int]:
    """Return the first line of the record in each document in which no line says more than the whole."""
    return {
        source.document: source.first_line
        for sources in values.section.sources.values()
        for source in sources
        if source.place == ""
    }
