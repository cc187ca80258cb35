"""The history of one trial: what changed when, since when its status holds, and how far its dates moved."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from generator.language.formats import format_date, format_number, plural
from generator.language.messages import gettext, gettext_noop, ngettext, pgettext
from generator.model.change import Event
from generator.pages.figures.charts import Bar, bars
from generator.pages.history import EventView, event_view
from generator.pages.text.escaping import NOTHING, Markdown, escape, html_text
from generator.pages.text.phrases import timed
from generator.pages.text.wording import status
from generator.pages.trial.pointers import STATUS
from generator.pages.trial.timeline import day_of
from generator.pages.trial.values import TrialValues

FIRST = 5
"""Events that are not folded."""

_MOVING = {
    f"{STATUS}/startDateStruct": gettext_noop("Start"),
    f"{STATUS}/primaryCompletionDateStruct": gettext_noop("Primary completion"),
    f"{STATUS}/completionDateStruct": gettext_noop("Completion"),
}


@dataclass(frozen=True)
class HistoryView:
    """The section, ready to print."""

    status: Markdown
    """Since when the status is what it is."""
    charts: tuple[Markdown, ...]
    """Dates that moved, each as a block of HTML."""
    events: tuple[EventView, ...]
    """The newest first."""
    older: tuple[EventView, ...]
    """The others, folded."""
    gap: str
    """What of the history is not known."""
    feed: Markdown
    """The link to the trial's feed, as HTML."""

    @property
    def any(self) -> bool:
        """True where there is anything to show."""
        return bool(self.events or self.gap)


NO_HISTORY = HistoryView(NOTHING, (), (), (), "", NOTHING)


def history(values: TrialValues) -> HistoryView:
    """Return the history of the trial, as far as it is known."""
    linker = values.linker
    if not linker.settings.history:
        return NO_HISTORY
    events = linker.catalog.events_of_study(values.id)
    shown = tuple(view for event in events if (view := event_view(event, linker)) is not None)
    feed, called = linker.page.to_file(feed_file(linker.page.url)), gettext("Feed of this trial")
    return HistoryView(
        status=_status_since(values, events),
        charts=tuple(chart for pointer in _MOVING if (chart := _moved(pointer, events)) is not None),
        events=shown[:FIRST],
        older=shown[FIRST:],
        gap=linker.catalog.gap_of_history() or "",
        feed=Markdown(f'<a href="{feed}">{called}</a>'),
    )


def feed_file(url: str) -> str:
    """Return the path inside the site of the feed of the page at *url*."""
    return f"{url}feed.xml"


def _status_since(values: TrialValues, events: list[Event]) -> Markdown:
    code = values.protocol.status_module.overall_status
    if code is None or not events:
        return NOTHING
    label = escape(status(code).label)
    for event in events:
        if any(change.pointer == f"{STATUS}/overallStatus" for change in event.changes):
            message = gettext("{status}: so in the documents since {date}.")
            return Markdown(message.format(status=label, date=timed(event.date)))
    message = gettext("{status}: so in the documents since {date} at the latest.")
    return Markdown(message.format(status=label, date=timed(events[-1].date)))


def _moved(pointer: str, events: list[Event]) -> Markdown | None:
    """Return how often and how far a date moved, as bars of months after the first plan; None where it did not."""
    changes = [
        (event, change)
        for event in reversed(events)
        for change in event.changes
        if change.pointer == pointer and change.action == "changed"
    ]
    if not changes:
        return None
    values = [_stated(changes[0][1].old), *(_stated(change.new) for _, change in changes)]
    days = [day_of(value) for value in values]
    first = days[0]
    months = [(day.year - first.year) * 12 + day.month - first.month for day in days if day is not None and first]
    if len(months) != len(values) or not any(months):
        return None
    number = abs(months[-1])
    if months[-1] >= 0:
        by = plural(number, "{n} month later than first planned", "{n} months later than first planned")
    else:
        by = plural(number, "{n} month earlier than first planned", "{n} months earlier than first planned")
    moves = sum(one != other for one, other in pairwise(months))
    # For translators: {date} is the name of a date, such as "Start"; {shift} says how far it moved in all.
    message = ngettext("{date} moved once: {shift}", "{date} moved {n} times: {shift}", moves)
    caption = message.format(date=gettext(_MOVING[pointer]), n=format_number(moves), shift=by)
    # For translators: the first date that was planned.
    labels = [pgettext("plan", "first"), *(event.date for event, _ in changes)]
    if min(months) < 0:
        steps = " → ".join(format_date(value) for value in values)
        return Markdown(f"<p>{html_text(caption)}: {html_text(steps)}.</p>")
    rows = [
        Bar(f"{label}: {format_date(value)}", number)
        for label, value, number in zip(labels, values, months, strict=True)
    ]
    return bars(caption, rows, gettext("Months after the first plan, by the day on which the documents said so."))


def _stated(value: str | None) -> str:
    return (value or "").partition(" (")[0]
