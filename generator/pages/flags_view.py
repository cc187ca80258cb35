"""The to-do list: everything that the catalog's keepers should look at, by kind, with documents and lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from generator.model.catalog import Catalog
from generator.pages.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.links import Linker
from generator.pages.list_view import LinkerOf
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.wording import count, humanise

_SPONSORS = frozenset({"leadSponsor", "sponsorWithoutRole", "responsibleParty"})

_MOST_PLACES = 4
"""More places than this of one remark are counted: the trial's page has them all."""


@dataclass(frozen=True)
class Kind:
    """A kind of remark: what it is called, and what to do about it."""

    title: str
    task: str


KINDS = {
    "unread-text": Kind("Text that no rule could read", "Compare the lines with the page; tell us of the layout."),
    "documents-disagree": Kind(
        "Documents disagree", "Find out which is right; remove or correct the other document, or leave both to stand."
    ),
    "results-overdue": Kind(
        "Results overdue by the trial's own dates", "Ask the sponsor, or add the document that has the results."
    ),
    "status-unknown": Kind("Status not confirmed for years", "Ask the sponsor whether the trial goes on."),
    "open-after-completion": Kind("Open, although completed by its own dates", "Fetch the record again."),
    "planned-date-passed": Kind("Planned dates that have passed", "Fetch the record again: they may be actual now."),
    "phase-differs-from-title": Kind("Phase and title differ", "Look the phase up in the protocol."),
    "dates-out-of-order": Kind("Dates out of order", "Compare the dates with the registry's own page."),
    "number-missing-in-registry": Kind(
        "A number that the other registry does not have", "Ask the sponsor to add it there."
    ),
    "malformed-number": Kind("Numbers that are not a registry's", "Compare the number with the registry."),
    "numbers-of-several-trials": Kind("Numbers of several trials", "Say in a hand-written record which is meant."),
    "enrollment-zero": Kind("Nobody enrolled", "Look whether the trial was withdrawn."),
    "enrollment-placeholder": Kind("Enrolment not known", "Nothing: the registry does not have it."),
    "unlikely-enrollment": Kind("Unlikely enrolment", "Compare the number with the registry's own page."),
    "person-as-site": Kind("A person where a site belongs", "Look the site up; a curated name can say what it is."),
    "telephone-in-two-towns": Kind("One telephone number for several towns", "Ask the sponsor whom it reaches."),
    "sites-without-status": Kind("Sites without a status", "Fetch the record from the registry itself."),
    "results-published": Kind("A paper, and no results in the registry", "Ask the sponsor to post the results."),
    "unknown-word": Kind(
        "Words that the registry's lists do not hold", "Nothing, mostly: other registries use words of their own."
    ),
}
"""Code of a flag or problem -> its words, in the order of the page.  Errors come first, other kinds last."""


@dataclass(frozen=True)
class Remark:
    """One thing to look at."""

    anchor: str
    subject: Markdown
    message: Markdown
    places: Markdown
    sponsors: Markdown = NOTHING
    """Who is responsible for the trial, for whoever looks for the tasks of one sponsor."""


@dataclass(frozen=True)
class RemarkGroup:
    """The remarks of one kind."""

    title: str
    anchor: str
    number: int
    task: str
    remarks: tuple[Remark, ...] = ()
    pages: tuple[Markdown, ...] = ()
    """Links to the pages that hold them, where they are too many for one page."""
    search: Markdown = NOTHING
    """The link to the search for these trials, where they can be narrowed by sponsor, country and more."""


@dataclass(frozen=True)
class FlagsView:
    """One page of the to-do list, ready to print."""

    front_title: str
    front_description: str
    title: str
    lead: Markdown
    groups: tuple[RemarkGroup, ...]
    back: Markdown = NOTHING


@dataclass(frozen=True)
class _Entry:
    """A flag of a study or a problem of a document, before it is written for a page."""

    study: str | None
    number: int
    """Which flag of the study it is, counted from 1."""
    document: str
    message: str
    places: tuple[tuple[str, int, int], ...]


def flag_pages(linker_of: LinkerOf) -> Iterator[tuple[PageAddress, FlagsView]]:
    """Yield the pages of the to-do list."""
    address = SitePaths.flags
    linker = linker_of(address)
    kinds = _gather(linker.catalog)
    total = sum(len(entries) for entries in kinds.values())
    limit = linker.settings.list_limit
    groups: list[RemarkGroup] = []
    later: list[tuple[PageAddress, str, RemarkGroup]] = []
    for code, entries in kinds.items():
        kind = _kind(code)
        if total <= limit:
            groups.append(_group(code, entries, linker, 0))
            continue
        links: list[Markdown] = []
        for number, start in enumerate(range(0, len(entries), limit), start=1):
            part = linker.paths.part(address, f"{code or 'other'}-{number}")
            here = linker_of(part)
            piece = entries[start : start + limit]
            name = kind.title if len(entries) <= limit else f"{kind.title}, page {number}"
            links.append(linker.to(part, f"{name} ({len(piece):,})"))
            later.append((part, name, _group(code, piece, here, start)))
        search = _search(code, entries, linker)
        groups.append(RemarkGroup(kind.title, f"kind-{code}", len(entries), kind.task, (), tuple(links), search))
    about = "Flags of the trials and problems of the documents, for those who keep them."
    lead = escape(f"{count(total, 'remark')} in {count(len(kinds), 'kind')}. {about}")
    yield address, FlagsView(front_matter("To do"), front_matter(about), "To do", lead, tuple(groups))
    for part, name, group in later:
        back = linker_of(part).to(address, "All kinds")
        yield part, FlagsView(front_matter(f"To do: {name}"), front_matter(about), name, NOTHING, (group,), back)


def _gather(catalog: Catalog) -> dict[str, list[_Entry]]:
    """Return all flags and problems by kind: errors, then the kinds in their order, then those not known."""
    found: dict[str, list[_Entry]] = {}
    for problem in catalog.problems:
        # What documents disagree on is a flag of the study too, which leads to its page.
        if problem.code != "documents-disagree" or problem.severity == "error":
            code = f"error-{problem.code}" if problem.severity == "error" else problem.code
            entry = _Entry(None, 0, problem.path, problem.message, ((problem.path, problem.line, problem.line),))
            found.setdefault(code, []).append(entry)
    for identifier, flags in catalog.flagged():
        for number, flag in enumerate(flags, start=1):
            places = tuple(sorted({(s.document, s.first_line, s.last_line) for s in flag.sources}))
            found.setdefault(flag.code, []).append(_Entry(identifier, number, "", flag.message, places))
    ranks = {code: rank for rank, code in enumerate(KINDS)}

    def rank(code: str) -> tuple[bool, int, str]:
        return not code.startswith("error-"), ranks.get(code, len(ranks)), code

    return {code: found[code] for code in sorted(found, key=rank)}


def _kind(code: str) -> Kind:
    known = KINDS.get(code)
    if known is None and code.startswith("error-"):
        name = humanise(code.removeprefix("error-")).replace("-", " ")
        known = Kind(f"Documents that could not be read: {name}", "Do what the message says; the rest was built.")
    return known or Kind(code.replace("-", " ").capitalize() or "Other", "Look at the lines.")


def _group(code: str, entries: list[_Entry], linker: Linker, start: int) -> RemarkGroup:
    kind = _kind(code)
    remarks = tuple(_remark(f"{code}-{start + at}", entry, linker) for at, entry in enumerate(entries, start=1))
    return RemarkGroup(
        kind.title, f"kind-{code}", len(entries), kind.task, remarks, search=_search(code, entries, linker)
    )


def _search(code: str, entries: list[_Entry], linker: Linker) -> Markdown:
    """Return the link to the search for the trials that have a flag of this kind."""
    if not any(entry.study for entry in entries):
        return NOTHING
    href = f"{linker.page.href_to(SitePaths.search)}?flag={quote(code)}"
    return Markdown(f'<a href="{href}">Narrow them by sponsor or country in the search</a>')


def _sponsors(study: str, linker: Linker) -> Markdown:
    """Return the sponsors of a trial, each once, linked."""
    found = dict.fromkeys(
        (item.kind, item.entity) for item in linker.catalog.links_of_study(study) if item.role in _SPONSORS
    )
    return join([linker.entity(kind, identifier) for kind, identifier in found])


def _remark(anchor: str, entry: _Entry, linker: Linker) -> Remark:
    title = linker.catalog.title(entry.study) if entry.study else None
    if title is not None and entry.study:
        subject = linker.trial(entry.study, f"{entry.study}: {title}", f"flag-{entry.number}")
    else:
        subject = linker.document(entry.document)
    sponsors = _sponsors(entry.study, linker) if title is not None and entry.study else NOTHING
    return Remark(anchor, subject, linker.text(entry.message), join(list(_places(entry, linker)), "; "), sponsors)


def _places(entry: _Entry, linker: Linker) -> Iterable[Markdown]:
    for document, first, last in entry.places[:_MOST_PLACES]:
        lines = f"line {first}" if first == last else f"lines {first}–{last}"
        address = linker.paths.document(document)
        words = f"{document}, {lines}"
        if address is None:
            yield linker.text(words)
        else:
            linker.records.cite(document, first, last)
            yield linker.to(address, words, f"l{first}")
    if len(entry.places) > _MOST_PLACES:
        yield escape(f"and {count(len(entry.places) - _MOST_PLACES, 'more place')}")
