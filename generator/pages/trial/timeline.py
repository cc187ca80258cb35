"""The key dates of a trial, each in words and as a point on one scale.

A date stands where its document puts it: what has come to pass and what is only planned look different and say so.
One date is derived, the day by which results are expected, and says which rule it follows.  The scale runs over the
years that the dates name; where today is on it, a reader's browser knows.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.pages.escaping import NOTHING, Markdown, html_text
from generator.pages.phrases import timed
from generator.pages.trial.pointers import STATUS
from generator.pages.trial.values import TrialValues
from generator.pages.wording import words

EXPECTED = "12 months after primary completion, as WHO’s joint statement of 2017 asks; no document states this date"
"""The rule for results: WHO, Joint statement on public disclosure of results from clinical trials, 18 May 2017."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_MOST_TICKS = 5
_KINDS: dict[str | None, str] = {"ACTUAL": "stated", "ESTIMATED": "estimated"}
UNTOLD = "planned or past: not stated"
"""What is said of a date in the trial's course that stands without its type."""


@dataclass(frozen=True)
class KeyDate:
    """One date of a trial."""

    label: str
    date: str
    """As stated, with its precision."""
    kind: str = "stated"
    """``stated``, ``estimated``, ``untold`` (whether it has come to pass) or ``derived``."""
    pointers: tuple[str, ...] = ()
    remark: str = ""
    """What stands behind the date in brackets."""
    since: str = ""
    """The date at which that began which ends here."""


@dataclass(frozen=True)
class Timeline:
    """The dates as one block of HTML, with the mark of those that stand together in a record."""

    block: Markdown
    mark: Markdown = NOTHING


def timeline(values: TrialValues) -> Timeline:
    """Return the key dates of the trial, drawn."""
    dates = sorted(key_dates(values), key=lambda item: day_of(item.date) or datetime.date.max)
    if not dates:
        return Timeline(NOTHING)
    gathered: list[str] = []
    with values.gathered() as mark:
        scale = Scale.over([day for item in dates if (day := day_of(item.date))])
        gathered.extend(_row(item, scale, values) for item in dates)
    lines = ['<ol class="key-dates">']
    if scale is not None:
        lines.append(scale.drawn())
    return Timeline(Markdown("\n".join([*lines, *gathered, "</ol>"])), mark())


def key_dates(values: TrialValues) -> Iterator[KeyDate]:
    """Yield the dates that the trial's documents state, and the one that follows from them by a rule."""
    module = values.protocol.status_module
    start = module.start_date_struct.date if module.start_date_struct else None
    for label, structure, field in (
        ("Start", module.start_date_struct, "startDateStruct"),
        ("Primary completion", module.primary_completion_date_struct, "primaryCompletionDateStruct"),
        ("Completion", module.completion_date_struct, "completionDateStruct"),
        ("First posted", module.study_first_post_date_struct, "studyFirstPostDateStruct"),
        ("Results first posted", module.results_first_post_date_struct, "resultsFirstPostDateStruct"),
        ("Last update posted", module.last_update_post_date_struct, "lastUpdatePostDateStruct"),
    ):
        if structure and structure.date:
            pointer = f"{STATUS}/{field}"
            # When a registry posted something is its own calendar; that it may be estimated matters little.
            kind = "stated" if "Post" in field else _KINDS.get(structure.type, "untold")
            yield KeyDate(
                label,
                structure.date,
                kind,
                (f"{pointer}/date", f"{pointer}/type") if structure.type else (f"{pointer}/date",),
                "" if "Post" in field else words(structure.type).lower() if structure.type else UNTOLD,
                start or "" if "ompletion" in label else "",
            )
    for label, value, field in (
        ("First submitted", module.study_first_submit_date, "studyFirstSubmitDate"),
        ("Results first submitted", module.results_first_submit_date, "resultsFirstSubmitDate"),
        ("Last update submitted", module.last_update_submit_date, "lastUpdateSubmitDate"),
        ("Last verified", module.status_verified_date, "statusVerifiedDate"),
    ):
        if value:
            yield KeyDate(label, value, pointers=(f"{STATUS}/{field}",))
    expected = results_expected(values)
    if expected:
        yield KeyDate("Results expected by", expected, "derived", remark=f"derived: {EXPECTED}")


def results_expected(values: TrialValues) -> str | None:
    """Return the day by which WHO's joint statement expects results; None where the documents name no such day."""
    module = values.protocol.status_module
    end = module.primary_completion_date_struct
    there = values.study.has_results or module.results_first_post_date_struct or module.results_first_submit_date
    if there or not end or not end.date or values.protocol.design_module.study_type != "INTERVENTIONAL":
        return None
    if module.overall_status in {"WITHDRAWN", "NO_LONGER_AVAILABLE", "WITHHELD"} or not day_of(end.date):
        return None
    later = f"{int(end.date[:4]) + 1}{end.date[4:10]}"
    return later if day_of(later) else f"{later[:8]}28"


def day_of(value: str) -> datetime.date | None:
    """Return a day in the middle of what an ISO date names: a month, a year, or the day itself."""
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 7), int(match[3] or (15 if match[2] else 1))
    if not (1 <= month <= 12 and year and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return datetime.date(year, month, day)


@dataclass(frozen=True)
class Scale:
    """Whole years from left to right."""

    first: int
    """The year at whose first day it begins."""
    end: int
    """The year before whose first day it ends."""

    @classmethod
    def over(cls, days: list[datetime.date]) -> Scale | None:
        """Return the shortest scale that holds all *days*; None where there is none."""
        return cls(min(days).year, max(days).year + 1) if days else None

    def at(self, day: datetime.date) -> str:
        """Return where a day is, in percent."""
        begin = datetime.date(self.first, 1, 1).toordinal()
        length = datetime.date(self.end, 1, 1).toordinal() - begin if self.end <= 9999 else 366
        return f"{100 * (day.toordinal() - begin) / length:.3g}%"

    def drawn(self) -> str:
        """Return the years as an item of the list, which readers of the list need not hear."""
        step = -(-(self.end - self.first) // _MOST_TICKS)
        ticks = "".join(
            f'<line x1="{x}" x2="{x}" y2="100%"/><text x="{x}" y="12" dx="3">{year}</text>'
            for year in range(self.first, self.end, step)
            for x in (self.at(datetime.date(year, 1, 1)),)
        )
        years = f'data-first="{self.first}" data-end="{self.end}"'
        return "".join(['<li class="scale" aria-hidden="true" ', years, "><svg>", ticks, "</svg></li>"])


def _row(item: KeyDate, scale: Scale | None, values: TrialValues) -> str:
    remark = f" ({html_text(item.remark)})" if item.remark else ""
    if item.kind == "estimated":
        remark = f" <em>{remark.strip()}</em>"
    elif item.kind == "derived":
        remark = f" <small>{remark.strip()}</small>"
    sources = values.provenance.tags_in_html(*item.pointers) + values.provenance.mark_in_html(*item.pointers)
    day = day_of(item.date)
    point = ""
    if scale is not None and day is not None:
        x = scale.at(day)
        since = day_of(item.since)
        bar = f'<line x1="{scale.at(since)}" x2="{x}" y1="50%" y2="50%"/>' if since and since < day else ""
        shape = (
            f'<rect x="{x}" y="50%" width="9" height="9"/>'
            if item.kind == "derived"
            else f'<circle cx="{x}" cy="50%" r="5"/>'
        )
        point = f'<svg aria-hidden="true">{bar}{shape}</svg>'
    shown = timed(item.date) if day else html_text(item.date, show_e_mails=values.linker.settings.contacts)
    kind = f' class="{item.kind}"' if item.kind != "stated" else ""
    return f"<li{kind}><strong>{item.label}</strong> <span>{shown}{remark}{sources}</span>{point}</li>"
