"""What is new: the changes of all trials by week, and those of each kind."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.language.formats import format_date, format_number, plural
from generator.language.messages import gettext, gettext_noop
from generator.model.change import EventRow
from generator.pages.history import EventLine, event_lines
from generator.pages.links import Linker
from generator.pages.lists.list import LinkerOf
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.changes import KINDS
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter

FIRST = 100
"""Events that the first page shows."""

FEEDS = {
    "feed.xml": gettext_noop("All changes"),
    "recruiting.xml": gettext_noop("Newly recruiting"),
    "results.xml": gettext_noop("Results posted"),
    "new.xml": gettext_noop("New trials"),
}
"""Name of a feed of the whole catalog, beside the page, and its title, a message as it stands in a table."""


@dataclass(frozen=True)
class Week:
    """The events of one week."""

    title: str
    lines: tuple[EventLine, ...]


@dataclass(frozen=True)
class ChangesView:
    """A page of changes, ready to print."""

    front_title: str
    front_description: str
    title: str
    lead: Markdown
    gap: str
    weeks: tuple[Week, ...]
    kinds: tuple[Markdown, ...] = ()
    """Links to the pages of each kind."""
    older: tuple[Markdown, ...] = ()
    """Links to the pages of weeks that are not here."""
    feeds: tuple[Markdown, ...] = ()
    back: Markdown = NOTHING


def changes_pages(linker_of: LinkerOf) -> Iterator[tuple[PageAddress, ChangesView]]:
    """Yield the page of what is new, those of older weeks, and one for each kind of change; nothing without history."""
    address = SitePaths.changes
    linker = linker_of(address)
    if not linker.settings.history:
        return
    rows = [row for row in linker.catalog.events() if _is_shown(row, linker)]
    limit = linker.settings.list_limit
    weeks = _by_week(rows)
    first: dict[str, list[EventRow]] = {}
    for week, found in weeks.items():
        if first and sum(map(len, first.values())) + len(found) > FIRST:
            break
        first[week] = found
    pieces = [(week, number, piece) for week, found in weeks.items() for number, piece in _pieces(found, limit)]
    older = [one for one in pieces if one[0] not in first or len(first[one[0]]) > FIRST]
    kinds = {kind: [row for row in rows if kind in row.kinds] for kind in KINDS}
    yield (
        address,
        ChangesView(
            front_title=front_matter(gettext("What is new")),
            front_description=front_matter(gettext("What changed in the trials of this catalog, by week")),
            title=gettext("What is new"),
            lead=_lead(rows),
            gap=linker.catalog.gap_of_history() or "",
            weeks=tuple(Week(_week(week), event_lines(found, linker, FIRST)) for week, found in first.items()),
            kinds=tuple(
                linker.to(
                    linker.paths.part(address, _name(kind)), f"{gettext(KINDS[kind])} ({format_number(len(found))})"
                )
                for kind, found in kinds.items()
                if found
            ),
            older=tuple(
                linker.to(
                    linker.paths.part(address, _part(week, number)),
                    f"{_title(week, number)} ({format_number(len(piece))})",
                )
                for week, number, piece in older
            ),
            feeds=tuple(
                Markdown(f'<a href="{linker.page.to_file(f"{address.url}{name}")}">{escape(gettext(title))}</a>')
                for name, title in FEEDS.items()
            ),
        ),
    )
    for week, number, piece in older:
        here = linker_of(linker.paths.part(address, _part(week, number)))
        title = _title(week, number)
        shown: tuple[Week, ...] = (Week(title, event_lines(piece, here, limit)),)
        whole = gettext("Changes: {week}").format(week=title)
        yield here.page, _part_page(whole, escape(_number(len(piece))), shown, here)
    for kind, some in kinds.items():
        if some:
            here = linker_of(linker.paths.part(address, _name(kind)))
            lead = _number(len(some))
            if len(some) > limit:
                of_all = plural(len(some), "{n} change", "{n} changes")
                lead = gettext("The newest {number} of {changes}.").format(number=format_number(limit), changes=of_all)
            shown = tuple(
                Week(_week(week), event_lines(found, here, limit)) for week, found in _by_week(some[:limit]).items()
            )
            title = gettext("What is new: {kind}").format(kind=gettext(KINDS[kind]))
            yield here.page, _part_page(title, escape(lead), shown, here)


def _number(changes: int) -> str:
    return plural(changes, "{n} change.", "{n} changes.")


def _part_page(title: str, lead: Markdown, weeks: tuple[Week, ...], linker: Linker) -> ChangesView:
    return ChangesView(
        front_title=front_matter(title),
        front_description=front_matter(title),
        title=title,
        lead=lead,
        gap="",
        weeks=weeks,
        back=linker.to(SitePaths.changes, gettext("All that is new")),
    )


def _is_shown(row: EventRow, linker: Linker) -> bool:
    return linker.settings.contacts or set(row.kinds) != {"contacts"}


def _lead(rows: list[EventRow]) -> Markdown:
    if not rows:
        return escape(gettext("No change is known yet."))
    return escape(
        gettext("{changes} of {trials}, from the versions of their documents between {first} and {last}.").format(
            changes=plural(len(rows), "{n} change", "{n} changes"),
            trials=plural(len({row.study for row in rows}), "{n} trial", "{n} trials"),
            first=format_date(rows[-1].time[:10]),
            last=format_date(rows[0].time[:10]),
        )
    )


def _by_week(rows: Iterable[EventRow]) -> dict[str, list[EventRow]]:
    """Return *rows* by the Monday of their week, in their order."""
    weeks: dict[str, list[EventRow]] = {}
    for row in rows:
        day = datetime.date.fromisoformat(row.time[:10])
        weeks.setdefault((day - datetime.timedelta(days=day.weekday())).isoformat(), []).append(row)
    return weeks


def _pieces(rows: list[EventRow], limit: int) -> Iterator[tuple[int, list[EventRow]]]:
    for start in range(0, len(rows), limit):
        yield start // limit + 1, rows[start : start + limit]


def _week(monday: str) -> str:
    return gettext("Week of {date}").format(date=format_date(monday))


def _title(monday: str, number: int) -> str:
    if number == 1:
        return _week(monday)
    return gettext("Week of {date}, part {number}").format(date=format_date(monday), number=number)


def _part(monday: str, number: int) -> str:
    return f"week-{monday}" if number == 1 else f"week-{monday}-{number}"


def _name(kind: str) -> str:
    return f"kind-{kind}"
