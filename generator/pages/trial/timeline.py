"""The key dates of a trial, in the order of time; a reader's browser draws them on one scale, with today.

What has come to pass and what is only planned look different and say so.  One date is derived, the day by which
results are expected, and says which rule it follows.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.language.formats import in_sentence
from generator.language.messages import gettext, gettext_noop
from generator.pages.text.escaping import NOTHING, Markdown, html_text
from generator.pages.text.phrases import timed
from generator.pages.text.wording import words
from generator.pages.trial.pointers import STATUS
from generator.pages.trial.values import TrialValues

EXPECTED = gettext_noop(
    "12 months after primary completion, as WHO’s joint statement of 2017 asks; no document states this date"
)
"""The rule for results: WHO, Joint statement on public disclosure of results from clinical trials, 18 May 2017."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")
_KINDS: dict[str | None, str] = {"ACTUAL": "stated", "ESTIMATED": "estimated"}
UNTOLD = gettext_noop("Whether this date is planned or past is not stated")
"""What is said, on request, of a date in the trial's course that stands without its type."""


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


@dataclass(frozen=True)
class Timeline:
    """The dates as one block of HTML, with the mark of those that stand together in a record."""

    block: Markdown
    mark: Markdown = NOTHING


def timeline(values: TrialValues) -> Timeline:
    """Return the key dates of the trial."""
    dates = sorted(key_dates(values), key=lambda item: day_of(item.date) or datetime.date.max)
    if not dates:
        return Timeline(NOTHING)
    with values.gathered() as mark:
        rows = [_row(item, values) for item in dates]
    return Timeline(Markdown("\n".join(['<ol class="key-dates">', *rows, "</ol>"])), mark())


def key_dates(values: TrialValues) -> Iterator[KeyDate]:
    """Yield the dates that the trial's documents state, and the one that follows from them by a rule."""
    module = values.protocol.status_module
    for label, structure, field in (
        (gettext("Start"), module.start_date_struct, "startDateStruct"),
        (gettext("Primary completion"), module.primary_completion_date_struct, "primaryCompletionDateStruct"),
        (gettext("Completion"), module.completion_date_struct, "completionDateStruct"),
        (gettext("First posted"), module.study_first_post_date_struct, "studyFirstPostDateStruct"),
        (gettext("Results first posted"), module.results_first_post_date_struct, "resultsFirstPostDateStruct"),
        (gettext("Last update posted"), module.last_update_post_date_struct, "lastUpdatePostDateStruct"),
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
                "" if "Post" in field or not structure.type else in_sentence(words(structure.type)),
            )
    for label, value, field in (
        (gettext("First submitted"), module.study_first_submit_date, "studyFirstSubmitDate"),
        (gettext("Results first submitted"), module.results_first_submit_date, "resultsFirstSubmitDate"),
        (gettext("Last update submitted"), module.last_update_submit_date, "lastUpdateSubmitDate"),
        (gettext("Last verified"), module.status_verified_date, "statusVerifiedDate"),
    ):
        if value:
            yield KeyDate(label, value, pointers=(f"{STATUS}/{field}",))
    expected = results_expected(values)
    if expected:
        remark = gettext("derived: {rule}").format(rule=gettext(EXPECTED))
        yield KeyDate(gettext("Results expected by"), expected, "derived", remark=remark)


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


def _row(item: KeyDate, values: TrialValues) -> str:
    remark = f" ({html_text(item.remark)})" if item.remark else ""
    if item.kind == "estimated":
        remark = f" <em>{remark.strip()}</em>"
    elif item.kind == "derived":
        remark = f" <small>{remark.strip()}</small>"
    sources = values.provenance.tags(*item.pointers) + values.provenance.mark(*item.pointers)
    shown = (
        timed(item.date) if day_of(item.date) else html_text(item.date, show_contacts=values.linker.settings.contacts)
    )
    kind = f' class="{item.kind}"' if item.kind != "stated" else ""
    kind += f' title="{html_text(gettext(UNTOLD))}"' if item.kind == "untold" else ""
    return f"<li{kind}><strong>{html_text(item.label)}</strong> <span>{shown}{remark}{sources}</span></li>"
