"""What changed, as pages show it: events with their changes, each with its values and both of its lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import Catalog
from generator.model.change import CONTACT_PARTS, Change, Event, EventRow
from generator.model.source import Source
from generator.pages.links import Linker
from generator.pages.text.changes import excerpts, in_one_line, label_of, value_in_words, with_action
from generator.pages.text.contacts import (
    NO_CONTACT,
    contacts_stated,
    is_contact_pointer,
    may_name_a_contact,
    without_contacts,
)
from generator.pages.text.escaping import NOTHING, Markdown, escape, external_link, html_text, plain
from generator.pages.text.phrases import lines_in_words, timed

ANCHOR = "history"
"""Of the section on a trial's page."""

_SHORTEST = 6
"""Characters of a number or name below which it could be something else where it stands in a text."""
_REGISTRY_FIELD = "/catalogSection/registryFields/"


@dataclass(frozen=True)
class EventView:
    """One event on a trial's page."""

    date: Markdown
    summary: str
    commit: Markdown
    lines: tuple[Markdown, ...]


@dataclass(frozen=True)
class EventLine:
    """One event on a page that is about several trials."""

    date: Markdown
    trial: Markdown
    summary: str


def shown_changes(
    event: Event, catalog: Catalog, *, contacts: bool, say: Callable[[str], str] = gettext_noop
) -> list[Change]:
    """Return the changes of *event* that the settings let be shown.

    Without *contacts*, those of people and how to reach them are left out, and texts say where they name one, also one
    that only an earlier version states; *say* puts that into the readers' language, such as ``gettext`` for pages.
    """
    if contacts:
        return event.changes
    stated = tuple(_contacts_of(event.study, catalog).items())
    return [
        _without_contacts(change, stated, say)
        for change in event.changes
        if change.kind != "contacts" and not _may_name_a_contact(change)
    ]


def _contacts_of(study: str, catalog: Catalog) -> dict[str, str]:
    """Return what the versions of a trial state of its contacts, with the words that replace it in texts."""
    current = catalog.studies.get(study)
    found = dict(contacts_stated(current)) if current is not None else {}
    for event in catalog.events_of_study(study):
        for change in event.changes:
            if change.kind == "contacts" and is_contact_pointer(change.pointer):
                values = (change.item, change.old, change.new)
                parts = (part for value in values if value for part in value.split(CONTACT_PARTS))
                found |= {part: NO_CONTACT for part in parts if len(part) >= _SHORTEST and part not in found}
    return found


def _without_contacts(change: Change, stated: tuple[tuple[str, str], ...], say: Callable[[str], str]) -> Change:
    def text(value: str | None) -> str | None:
        return without_contacts(value, stated, say) if value is not None else None

    return msgspec.structs.replace(change, item=text(change.item), old=text(change.old), new=text(change.new))


def _may_name_a_contact(change: Change) -> bool:
    begin, field, name = change.pointer.partition(_REGISTRY_FIELD)
    return bool(field) and not begin and may_name_a_contact(name)


def event_view(event: Event, linker: Linker) -> EventView | None:
    """Return *event* as its trial's page shows it; None where the settings leave nothing of it."""
    changes = shown_changes(event, linker.catalog, contacts=linker.settings.contacts, say=gettext)
    if not changes:
        return None
    summary = in_one_line(changes)
    return EventView(
        date=timed(event.date),
        summary=summary[:1].upper() + summary[1:],
        commit=commit_link(event.commit, linker),
        lines=tuple(_line(change, linker) for change in changes if change.kind not in ("new", "gone")),
    )


def event_line(row: EventRow, linker: Linker) -> EventLine | None:
    """Return the event of *row* in one line; None where the settings leave nothing of it."""
    event = event_of(row, linker)
    if event is None:
        return None
    changes = shown_changes(event, linker.catalog, contacts=linker.settings.contacts, say=gettext)
    if not changes:
        return None
    title = linker.catalog.title(row.study)
    name = f"{row.study}: {title}" if title and title != row.study else row.study
    return EventLine(timed(row.time[:10]), linker.trial(row.study, name, ANCHOR), in_one_line(changes))


def event_of(row: EventRow, linker: Linker) -> Event | None:
    """Return the whole event of *row*."""
    events = linker.catalog.events_of_study(row.study)
    return next((event for event in events if (event.commit, event.time) == (row.commit, row.time)), None)


def event_lines(rows: list[EventRow], linker: Linker, most: int) -> tuple[EventLine, ...]:
    """Return the first *most* of *rows* that the settings let be shown."""
    found: list[EventLine] = []
    for row in rows:
        if len(found) >= most:
            break
        line = event_line(row, linker)
        if line is not None:
            found.append(line)
    return tuple(found)


def commit_link(commit: str, linker: Linker) -> Markdown:
    """Return a link to a commit where the settings name the repository, else its short name."""
    repository = linker.settings.repository_url
    name = gettext("commit {id}").format(id=commit[:9])
    return external_link(name, f"{repository.rstrip('/')}/commit/{commit}") if repository else escape(name)


def _line(change: Change, linker: Linker) -> Markdown:
    label = escape(plain(label_of(change)))
    name = f"{label[:1].upper()}{label[1:]}"
    old, new = change.old or "", change.new or ""
    before, after = excerpts(value_in_words(change, old), value_in_words(change, new))
    if change.action == "changed":
        values = f"{linker.text(before)}{_place(change.old_source)} → {linker.text(after)}{_place(change.new_source)}"
        return Markdown(f"**{name}:** {values}")
    value, source = (after, change.new_source) if change.action == "added" else (before, change.old_source)
    return Markdown(f"{with_action(change, f'**{name}**')}: {linker.text(value)}{_place(source)}")


def _place(source: Source | None) -> Markdown:
    """Return document and line of a value; the document may be gone or another by now, so it is no link."""
    if source is None:
        return NOTHING
    lines = lines_in_words(source.first_line, source.last_line)
    return Markdown(f" <small>({html_text(source.document)}, {lines})</small>")
