"""When trials start, year by year.  Few trials a browser draws from the dates in their rows, a bar for each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from generator.language.formats import plural
from generator.language.messages import gettext
from generator.pages.figures.charts import Bar, bars
from generator.pages.links import Linker
from generator.pages.text.escaping import Markdown

MOST_BARS = 16
"""More trials than this are told by the years of their starts; `spans.js` draws the others, and has the same number."""

_MOST_YEARS = 60
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")


def timeline(identifiers: list[str], linker: Linker) -> Markdown | None:
    """Return how many of many studies start in each year, as a block of HTML; None where there is nothing to draw."""
    if len(identifiers) <= MOST_BARS:
        return None
    return _by_year(start_years(identifiers, linker), len(identifiers))


def start_years(identifiers: Iterable[str], linker: Linker) -> list[int]:
    """Return the years in which studies start, as far as they are stated."""
    summaries = (linker.catalog.study_summary(identifier) for identifier in identifiers)
    matches = (_DATE.fullmatch(summary.start) for summary in summaries if summary is not None and summary.start)
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
    remark = plural(unsaid, "{n} trial states no start.", "{n} trials state no start.") if unsaid else ""
    return bars(gettext("Trials by the year of their start"), rows, remark)
