"""A timeline of trials: a bar for each from its start to its completion, stated and estimated apart.

Each bar stands beside the trial's name and its dates in words, so that nothing is told by the picture alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.model.study import DateStruct, Study
from generator.pages.charts import Bar, bars
from generator.pages.escaping import Markdown, html_text, plain
from generator.pages.links import Linker
from generator.pages.wording import count, date

MOST_BARS = 16
"""More trials than this are told by the years of their starts."""

_MOST_YEARS = 60
_EARLIEST, _LATEST = 1900, 2100
"""A year outside of these is a slip: it is told, but would make the axis too long to draw the others."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_WIDTH = 600
_STEPS = (1, 2, 5, 10, 20, 50)
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class _Span:
    """When a trial starts and ends, in years; None where no date is stated that could be drawn."""

    study: Study
    start: float | None
    end: float | None
    estimated: bool
    told: bool
    """True where the words have a date to tell."""


def timeline(identifiers: list[str], linker: Linker) -> Markdown | None:
    """Return the timeline of studies as a block of HTML; None where fewer than two of them state a date."""
    if len(identifiers) > MOST_BARS:
        return _by_year(start_years(identifiers, linker), len(identifiers))
    spans = [_span(linker.catalog.outlines[identifier]) for identifier in identifiers]
    dated = [span for span in spans if span.told]
    if sum(span.start is not None or span.end is not None for span in dated) < 2:
        return None
    dated.sort(key=lambda span: (_first(span), span.study.catalog_section.id or ""))
    first, last, step = _years(dated)
    scale = _WIDTH / (last - first)
    grid = "".join(f"M{(year - first) * scale:.0f} 0v9" for year in range(first, last + 1, step))
    ticks = "".join(f"<span>{year}</span>" for year in range(first, last + 1, step))
    lines = [
        '<figure class="spans">',
        (
            f'<svg width="0" height="0" aria-hidden="true"><path id="spans-grid" d="{grid}"/></svg>'
            f'<div class="spans__years" aria-hidden="true">{ticks}</div>'
        ),
        "<ol>",
    ]
    lines += [_row(span, first, scale, linker) for span in dated]
    left = len(spans) - len(dated)
    remark = "A full bar: dates as stated. A broken bar: one of its dates is estimated. A dot: only one date is stated."
    if left:
        remark += f" {count(left, 'trial states', 'trials state')} no dates."
    lines.append(f"</ol>\n<figcaption>{remark}</figcaption>\n</figure>")
    return Markdown("\n".join(lines))


def start_years(identifiers: Iterable[str], linker: Linker) -> list[int]:
    """Return the years in which studies start, as far as they are stated."""
    glances = (linker.catalog.glance(identifier) for identifier in identifiers)
    matches = (_DATE.fullmatch(glance.start) for glance in glances if glance is not None and glance.start)
    return [int(match[1]) for match in matches if match]


def year_bars(starts: Iterable[int]) -> list[Bar]:
    """Return how many studies start in each year, all years between the first and the last."""
    years = Counter(starts)
    if not years:
        return []
    first, last = min(years), max(years)
    if last - first >= _MOST_YEARS:  # some year is a slip: show only those that occur
        return [Bar(str(year), years[year]) for year in sorted(years)]
    return [Bar(str(year), years[year]) for year in range(first, last + 1)]


def _by_year(starts: list[int], studies: int) -> Markdown | None:
    rows = year_bars(starts)
    if len(rows) < 2:
        return None
    unsaid = studies - sum(row.number for row in rows)
    remark = f"{count(unsaid, 'trial states', 'trials state')} no start." if unsaid else ""
    return bars("Trials by the year of their start", rows, remark)


def _span(study: Study) -> _Span:
    module = study.protocol_section.status_module
    start, end = module.start_date_struct, module.completion_date_struct or module.primary_completion_date_struct
    estimated = any(part is not None and part.type == "ESTIMATED" for part in (start, end))
    told = any(part is not None and part.date for part in (start, end))
    return _Span(study, _year(start, late=False), _year(end, late=True), estimated, told)


def _first(span: _Span) -> float:
    return span.start if span.start is not None else span.end or 0.0


def _year(value: DateStruct | None, *, late: bool) -> float | None:
    """Return a date in years; one of less precision counts from its first day, or to its last if *late*."""
    match = _DATE.fullmatch(value.date) if value and value.date else None
    if not match:
        return None
    year = int(match[1])
    if not _EARLIEST <= year <= _LATEST:
        return None
    if match[2] is None:
        return year + late
    month = min(max(int(match[2]), 1), 12)
    if match[3] is None:
        return year + (month - 1 + late) / 12
    return year + (month - 1) / 12 + min(int(match[3]), 31) / 372


def _years(spans: Sequence[_Span]) -> tuple[int, int, int]:
    """Return the first and the last year of the axis and the years between two ticks."""
    edges = [edge for span in spans for edge in (span.start, span.end) if edge is not None]
    low, high = math.floor(min(edges)), math.ceil(max(edges))
    step = next((step for step in _STEPS if (high - low) / step <= _MOST_TICKS), _STEPS[-1])
    first = low // step * step
    return first, max(-(-high // step) * step, first + step), step


def _row(span: _Span, first: int, scale: float, linker: Linker) -> str:
    study = span.study
    identifier = study.catalog_section.id or ""
    address = linker.paths.trial(identifier)
    acronym = study.protocol_section.identification_module.acronym
    name = html_text(plain(acronym if acronym and len(acronym) <= _LONGEST_NAME else identifier))
    label = f'<a href="{linker.page.href_to(address)}">{name}</a>' if address else f"<b>{name}</b>"
    if span.start is not None and span.end is not None and span.end >= span.start:
        left = (span.start - first) * scale
        width = max((span.end - span.start) * scale, 4)
        drawn = f'<path{" class=e" if span.estimated else ""} d="M{left:.0f} 4.5h{width:.0f}"/>'
    else:
        places = [edge for edge in (span.start, span.end) if edge is not None]
        drawn = "".join(f'<path d="M{(edge - first) * scale - 2:.0f} 4.5h5"/>' for edge in places)
    module = study.protocol_section.status_module
    ended = module.completion_date_struct or module.primary_completion_date_struct
    words = _both(module.start_date_struct, ended)
    return (
        f'<li>{label}<svg viewBox="0 0 {_WIDTH} 9" preserveAspectRatio="none" aria-hidden="true">'
        f'<use href="#spans-grid"/>{drawn}</svg><span>{html_text(words)}</span></li>'
    )


_LONGEST_NAME = 16


def _both(start: DateStruct | None, end: DateStruct | None) -> str:
    """Return when a trial starts and ends, in words."""
    if start and end and start.date and end.date and start.type == end.type == "ESTIMATED":
        return f"{date(plain(start.date))} – {date(plain(end.date))} (both estimated)"
    return f"{_words(start, 'start')} – {_words(end, 'end')}"


def _words(value: DateStruct | None, what: str) -> str:
    if value is None or not value.date:
        return f"{what} not stated"
    return date(plain(value.date)) + (" (estimated)" if value.type == "ESTIMATED" else "")
