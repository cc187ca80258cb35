"""The catalog in figures: how many trials there are by status, phase, start and country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from generator.identity.countries import is_country
from generator.language.formats import format_number, plural
from generator.language.messages import gettext, pgettext
from generator.model.catalog import StudySummary
from generator.pages.figures.charts import Bar, bars
from generator.pages.figures.timeline import start_years, year_bars
from generator.pages.links import Linker
from generator.pages.paths import SitePaths
from generator.pages.text.escaping import Markdown
from generator.pages.text.phrases import and_more, quoted
from generator.pages.text.wording import status, words

_MOST_YEARS = 14
_MOST_COUNTRIES = 14
_MOST_OTHERS = 6
_PHASES = ("EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4", "NA")


def catalog_figures(linker: Linker) -> Iterator[Markdown]:
    """Yield the charts of all studies as blocks of HTML; each number leads to the trials that it counts."""
    identifiers = list(linker.catalog.outlines)
    studies = [
        summary for identifier in identifiers if (summary := linker.catalog.study_summary(identifier)) is not None
    ]
    if not studies:
        return
    search = linker.page.href_to(SitePaths.search)
    yield _by_status(studies, search)
    yield _by_phase(studies, search)
    if years := year_bars(start_years(identifiers, linker)):
        yield _by_year(years, len(studies), search)
    if countries := _by_country(linker):
        yield countries


def _by_status(studies: list[StudySummary], search: str) -> Markdown:
    codes = Counter(study.status for study in studies)
    ranked = sorted(codes.items(), key=lambda item: (status(item[0]).rank, item[0] or ""))
    return bars(
        gettext("By status"),
        [
            Bar(status(code).label, number, _search(search, "status", code), f"sign sign--{status(code).group}")
            for code, number in ranked
        ],
    )


def _by_phase(studies: list[StudySummary], search: str) -> Markdown:
    phases: Counter[str] = Counter()
    several = False
    for study in studies:
        several = several or len(study.phases) > 1
        phases.update(study.phases or [""])
    known = [code for code in _PHASES if code in phases]
    others = sorted((code for code in phases if code and code not in _PHASES), key=lambda code: (-phases[code], code))
    rows = [Bar(words(code), phases[code], _search(search, "phase", code)) for code in known]
    if others:
        href = f"{search}?{'&amp;'.join(f'phase={quote(code)}' for code in others)}"
        rows.append(Bar(pgettext("phase", "Other"), sum(phases[code] for code in others), href))
    if phases[""]:
        rows.append(Bar(gettext("Not stated"), phases[""], _search(search, "phase", None)))
    remarks = [gettext("A trial of two phases counts in both.")] if several else []
    if others:
        named = ", ".join(f"{quoted(code)} ({format_number(phases[code])})" for code in others[:_MOST_OTHERS])
        named = and_more(named, len(others) - _MOST_OTHERS)
        remarks.append(gettext("Other, as registries write it: {words}.").format(words=named))
    return bars(gettext("By phase"), rows, " ".join(remarks))


def _by_year(years: list[Bar], studies: int, search: str) -> Markdown:
    recent = [
        Bar(row.label, row.number, f"{search}?from={row.label}&amp;to={row.label}") for row in years[-_MOST_YEARS:]
    ]
    earlier = years[:-_MOST_YEARS]
    if earlier:
        number = sum(row.number for row in earlier)
        last = earlier[-1].label
        recent.insert(0, Bar(gettext("Until {year}").format(year=last), number, f"{search}?to={last}"))
    unsaid = studies - sum(row.number for row in years)
    remark = plural(unsaid, "{n} trial states no start.", "{n} trials state no start.") if unsaid else ""
    return bars(gettext("By year of the start"), recent, remark)


def _by_country(linker: Linker) -> Markdown | None:
    found = sorted(
        (-len(entity.studies), entity.name, entity.id)
        for entity in linker.catalog.entities_of_kind("place")
        if "country" in entity.roles and entity.studies and is_country(entity.name)
    )
    rows = [
        Bar(name, -number, linker.page.href_to(address) if (address := linker.paths.entity("place", key)) else "")
        for number, name, key in found[:_MOST_COUNTRIES]
    ]
    if not rows:
        return None
    more = len(found) - len(rows)
    remark = gettext("By its sites, or by the countries that its documents name. A trial in several counts in each.")
    if more:
        remark += " " + plural(more, "{n} more country has trials.", "{n} more countries have trials.")
    return bars(gettext("By country"), rows, remark)


def _search(search: str, facet: str, code: str | None) -> str:
    return f"{search}?{facet}={quote(code or NOT_STATED)}"


NOT_STATED = "NOT_STATED"
"""The value that the search has for what no document states."""
