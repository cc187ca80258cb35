"""What a trial's page was made from, and how values that no document plainly states were got."""

from __future__ import annotations

from collections.abc import Iterable

from generator.pages.documents.page import document_title
from generator.pages.provenance import record_anchor
from generator.pages.text.escaping import Markdown
from generator.pages.text.field_names import field_name, section_anchor
from generator.pages.text.phrases import dated_text
from generator.pages.text.wording import count, layout_title
from generator.pages.trial.gaps import counted
from generator.pages.trial.parts import Part
from generator.pages.trial.values import TrialValues


def inferences(values: TrialValues) -> Iterable[Markdown]:
    """Return how the values that are not plainly stated were got, each rule once with its fields."""
    notes: dict[str, list[str]] = {}
    for pointer, sources in values.section.sources.items():
        if not values.linker.settings.contacts and ("/contacts/" in pointer or "centralContacts" in pointer):
            continue
        for source in sources:
            if source.how != "stated":
                note = source.note or ("Added by a curator." if source.how == "curated" else "By a rule of the reader.")
                notes.setdefault(note, []).append(pointer)
    for note, pointers in notes.items():
        anchors = dict.fromkeys(section_anchor(pointer) for pointer in pointers)
        names = counted(dict.fromkeys(field_name(pointer) for pointer in pointers))
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        target = next((anchor for anchor in anchors if anchor), "")
        which = Markdown(f"[{values.linker.text(shown)}](#{target})") if target else values.linker.text(shown)
        yield Markdown(f"{values.linker.text(note)} ({which})")


def documents(values: TrialValues) -> Iterable[Part]:
    """Yield the documents that state something of the trial."""
    first_lines = _records(values)
    for number, item in enumerate(values.section.documents, start=1):
        details = [values.linker.text(layout_title(item.layout))]
        if item.as_of:
            details.append(Markdown(f"as of {dated_text(item.as_of)}"))
        details.append(values.linker.text(item.path))
        if item.path in values.linker.catalog.documents:
            details.append(values.linker.text(count(values.linker.catalog.summary(item.path).lines, "line")))
        line = first_lines.get(item.path)
        only = values.provenance.only_line
        if only is not None:
            line = only.first_line
            values.linker.records.cite(only.document, line, line)
        shown = values.linker.document(item.path, document_title([item.layout], [values.id], item.as_of), line)
        yield Part(Markdown(f'<strong id="{record_anchor(number)}">{shown}</strong>'), tuple(details))


def _records(values: TrialValues) -> dict[str, int]:
    """Return the first line of the record in each document in which no line says more than the whole."""
    return {
        source.document: source.first_line
        for sources in values.section.sources.values()
        for source in sources
        if source.place == ""
    }
