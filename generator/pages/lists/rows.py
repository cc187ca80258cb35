"""One trial as a line of a list, the same on every page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.language.formats import plural
from generator.language.messages import gettext, gettext_noop
from generator.model.catalog import statement_date
from generator.model.study import Location, StatusModule, Study
from generator.pages.links import Linker
from generator.pages.text.escaping import Markdown, escape, join
from generator.pages.text.phrases import iso_date, status_chip, trial_title
from generator.pages.text.wording import phase, words

_MOST_COUNTRIES = 3
"""More countries than this are counted."""

_FROM, _TO = gettext_noop("from {date}"), gettext_noop("to {date}")
"""Scripts read the dates behind these words, and know the words by the same messages."""


@dataclass(frozen=True)
class TrialRow:
    """A trial in a list."""

    title: Markdown
    chip: Markdown
    meta: Markdown
    details: tuple[Markdown, ...] = ()
    """What the trial is to the page that lists it."""


def trial_row(study: Study, linker: Linker, details: tuple[Markdown, ...] = ()) -> TrialRow:
    """Return *study* as a row."""
    identifier = study.catalog_section.id or ""
    known = linker.memory.get(identifier)
    if known is None:
        code = study.protocol_section.status_module.overall_status
        known = linker.memory[identifier] = status_chip(code), _meta(study, linker)
    return TrialRow(linker.trial(identifier, trial_title(study)), *known, details)


def trial_row_of(identifier: str, linker: Linker, details: tuple[Markdown, ...] = ()) -> TrialRow:
    """Return the study with this id as a row; its outline is looked at only where no row was made of it before."""
    known = linker.memory.get(identifier)
    title = linker.catalog.title(identifier)
    if known is None or title is None:
        return trial_row(linker.catalog.outlines[identifier], linker, details)
    linker.catalog.rely_on_outline(identifier)
    return TrialRow(linker.trial(identifier, title), *known, details)


def _meta(study: Study, linker: Linker) -> Markdown:
    """Return what a row says under the title."""
    section, protocol = study.catalog_section, study.protocol_section
    unnumbered = section.provisional
    pieces = [linker.text(gettext("no registry number in these documents") if unnumbered else section.id or "")]
    design = protocol.design_module
    if design.phases and design.phases != ["NA"]:
        pieces.append(linker.text(phase(design.phases)))
    elif design.study_type:
        pieces.append(linker.text(words(design.study_type)))
    course = _course(protocol.status_module)
    if course:
        pieces.append(course)
    brief = linker.settings.list_rows == "brief"
    info = design.enrollment_info
    if not brief and info is not None and info.count is not None:
        pieces.append(escape(plural(info.count, "{n} participant", "{n} participants")))
    sponsors = [sponsor.name for sponsor in section.sponsors_without_role if sponsor.name]
    lead = protocol.sponsor_collaborators_module.lead_sponsor
    if lead and lead.name:
        sponsors.insert(0, lead.name)
    if sponsors:
        pieces.append(linker.text(", ".join(sponsors)))
    countries = [] if brief else countries_of(study)
    if countries:
        several = plural(len(countries), "{n} country", "{n} countries")
        shown = ", ".join(countries) if len(countries) <= _MOST_COUNTRIES else several
        pieces.append(linker.text(shown))
    as_of = statement_date(study)
    if as_of:
        pieces.append(Markdown(gettext("as of {date}").format(date=iso_date(as_of))))
    return join(pieces, " · ")


def _course(module: StatusModule) -> Markdown:
    """Return from when to when a trial goes, as far as it is stated; scripts filter and draw lists by these words."""
    pieces: list[Markdown] = []
    end = module.completion_date_struct
    primary = not (end and end.date)
    for message, value in (
        (_FROM, module.start_date_struct),
        (_TO, module.primary_completion_date_struct if primary else end),
    ):
        if value and value.date:
            remarks = [gettext("primary completion")] if primary and message == _TO else []
            remarks += [gettext("estimated")] if value.type == "ESTIMATED" else []
            remark = f" ({', '.join(remarks)})" if remarks else ""
            pieces.append(Markdown(f"{gettext(message).format(date=iso_date(value.date))}{remark}"))
    return join(pieces, " ")


def countries_of(study: Study) -> list[str]:
    """Return the countries that the documents name for the study, in their order."""
    locations = study.protocol_section.contacts_locations_module.locations
    named = [*study.catalog_section.countries, *(item.country for item in locations if item.country)]
    return list(dict.fromkeys(named))


def location_at(study: Study, pointer: str) -> Location | None:
    """Return the site that *pointer* leads to or into."""
    number = location_number(pointer)
    locations = study.protocol_section.contacts_locations_module.locations
    return locations[number] if number is not None and number < len(locations) else None


@lru_cache(maxsize=1 << 12)
def location_number(pointer: str) -> int | None:
    """Return the number of the site that *pointer* leads to or into."""
    _, found, rest = pointer.partition("/locations/")
    number = rest.partition("/")[0]
    return int(number) if found and number.isdecimal() else None
