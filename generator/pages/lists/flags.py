"""The to-do list: everything that the catalog's maintainers should look at, by kind, with documents and lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from urllib.parse import quote

from generator.language.formats import format_number, plural
from generator.language.messages import gettext
from generator.model.catalog import Catalog
from generator.model.catalog import Kind as EntityKind
from generator.model.catalog_section import Flag
from generator.model.message_codes import MESSAGE_CODES
from generator.model.source import Source
from generator.pages.links import Linker
from generator.pages.lists.list import LinkerOf
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join
from generator.pages.text.field_names import field_name
from generator.pages.text.phrases import dates_in_words, lines_in_words
from generator.pages.text.wording import role_name, translated
from generator.pages.trial.gaps import counted

_SPONSORS = frozenset({"leadSponsor", "sponsorWithoutRole"})
_RESPONSIBLE = frozenset({"responsibleParty"})
"""Who is asked where no document names a sponsor; where one does, this is often one of its people."""
_NOTHING_TO_DO = frozenset({"unknown-word", "enrollment-placeholder"})
"""Flags that nobody can act on: the record is as its registry has it."""
_DIFFER = "documents-disagree"

_MOST_PLACES = 4
"""More places than this of one flag are counted: the trial's page has them all."""

_SHARE_OF_FIRST_PAGE = 5
"""Where one page cannot hold all flags, the smallest kinds stand on the first until it holds this part of a page."""


@dataclass(frozen=True)
class FlagRow:
    """One thing to look at."""

    anchor: str
    subject: Markdown
    message: Markdown
    places: Markdown
    sponsors: Markdown = NOTHING
    """Who is responsible for the trial, and as what, for whoever looks for the tasks of one sponsor."""


@dataclass(frozen=True)
class FlagGroup:
    """The flags of one kind."""

    title: str
    anchor: str
    number: int
    task: str
    flags: tuple[FlagRow, ...] = ()
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
    groups: tuple[FlagGroup, ...]
    back: Markdown = NOTHING


@dataclass(frozen=True)
class Entry:
    """A flag of a study or a problem of a document, before it is written for a page."""

    study: str | None
    number: int
    """Which flag of the study it is, counted from 1."""
    document: str
    message: str
    places: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class FlagKind:
    """The flags of one kind, and where they stand."""

    code: str
    entries: tuple[Entry, ...]
    pages: tuple[PageAddress, ...] = ()
    """Pages that hold them; none where the first page of the list does."""

    def anchor(self, number: int) -> str:
        """Return where on its page the flag with this number stands, counted from 1; no heading has a colon."""
        return f"{self.code}:{number}"


def flag_kinds(catalog: Catalog, limit: int) -> list[FlagKind]:
    """Return the to-do list by kind, on one page up to *limit* flags, else on pages of so many.

    On pages of their own, what is to do for one sponsor stands together.
    """
    gathered = _gather(catalog)
    if sum(map(len, gathered.values())) <= limit:
        return [FlagKind(code, tuple(entries)) for code, entries in gathered.items()]
    by_size = sorted(gathered, key=lambda code: len(gathered[code]))
    sums = accumulate(len(gathered[code]) for code in by_size)
    first = {code for code, together in zip(by_size, sums, strict=True) if together * _SHARE_OF_FIRST_PAGE <= limit}
    kinds = []
    for code, entries in gathered.items():
        if code in first:
            kinds.append(FlagKind(code, tuple(entries)))
            continue
        numbers = range(1, 1 + len(range(0, len(entries), limit)))
        pages = tuple(SitePaths.part(SitePaths.flags, f"{code or 'other'}-{number}") for number in numbers)
        kinds.append(FlagKind(code, tuple(sorted(entries, key=lambda entry: _first_sponsor(entry, catalog))), pages))
    return kinds


def sponsors_of(entry: Entry, catalog: Catalog) -> list[tuple[EntityKind, str]]:
    """Return the sponsors of the trial that a flag, or the document of one, is about, each once.

    Where no document names one, these are the responsible parties.
    """
    return _responsible(entry, catalog)[1]


def _responsible(entry: Entry, catalog: Catalog) -> tuple[str, list[tuple[EntityKind, str]]]:
    """Return who is responsible for a trial, and what they are called."""
    about = [entry.study] if entry.study else list({study for study, _ in catalog.references_to(entry.document)})
    if len(about) != 1 or catalog.title(about[0]) is None:
        return "", []
    links = catalog.links_of_study(about[0])
    for words, roles in ((gettext("Sponsor"), _SPONSORS), (role_name("responsibleParty"), _RESPONSIBLE)):
        if found := list(dict.fromkeys((item.kind, item.entity) for item in links if item.role in roles)):
            return words, found
    return "", []


def _first_sponsor(entry: Entry, catalog: Catalog) -> str:
    names = [catalog.name_of(kind, identifier) or identifier for kind, identifier in sponsors_of(entry, catalog)]
    return names[0].casefold() if names else ""


def flag_pages(linker_of: LinkerOf) -> Iterator[tuple[PageAddress, FlagsView]]:
    """Yield the pages of the to-do list."""
    address = SitePaths.flags
    linker = linker_of(address)
    limit = linker.settings.list_limit
    kinds = flag_kinds(linker.catalog, limit)
    total = sum(len(kind.entries) for kind in kinds)
    groups: list[FlagGroup] = []
    later: list[tuple[PageAddress, str, FlagGroup]] = []
    for kind in kinds:
        if not kind.pages:
            groups.append(_group(kind, linker, 0, len(kind.entries)))
            continue
        title, task = _words(kind.code)
        links: list[Markdown] = []
        for number, part in enumerate(kind.pages):
            here = linker_of(part)
            start, end = number * limit, min((number + 1) * limit, len(kind.entries))
            whole = len(kind.pages) == 1
            name = title if whole else gettext("{title}, page {number}").format(title=title, number=number + 1)
            about = "" if whole else _from_to(kind.entries[start:end], linker)
            links.append(join([linker.to(part, f"{name} ({format_number(end - start)})"), escape(about)], ""))
            later.append((part, name, _group(kind, here, start, end)))
        search = _search(kind, linker)
        groups.append(FlagGroup(title, f"kind-{kind.code}", len(kind.entries), task, (), tuple(links), search))
    about = gettext("Flags of the trials and problems of the documents, for their maintainers.")
    how_many = gettext("{flags} in {kinds}.").format(
        flags=plural(total, "{n} flag", "{n} flags"), kinds=plural(len(kinds), "{n} kind", "{n} kinds")
    )
    lead = join([escape(f"{how_many} {about}"), _to_desk(linker)], " ")
    title = gettext("To do")
    yield address, FlagsView(front_matter(title), front_matter(about), title, lead, tuple(groups))
    for part, name, group in later:
        back = linker_of(part).to(address, gettext("All kinds"))
        title = front_matter(gettext("To do: {kind}").format(kind=name))
        yield part, FlagsView(title, front_matter(about), name, NOTHING, (group,), back)


def _to_desk(linker: Linker) -> Markdown:
    """Return the sentence that leads to what a trial's sponsor or hospital can do."""
    sentence = gettext("What is old, due or missing at the registries stands on the [manager’s desk]({address}).")
    return Markdown(sentence.format(address=linker.page.link_to(SitePaths.desk)))


def _from_to(entries: tuple[Entry, ...], linker: Linker) -> str:
    """Say whose flags stand on a page of many."""
    names = []
    for entry in (entries[0], entries[-1]):
        sponsors = sponsors_of(entry, linker.catalog)
        names.append(
            linker.catalog.name_of(*sponsors[0]) or sponsors[0][1] if sponsors else gettext("no sponsor stated")
        )
    first, last = names
    whose = first if first == last else gettext("{first} to {last}").format(first=first, last=last)
    return f": {whose}"


def _gather(catalog: Catalog) -> dict[str, list[Entry]]:
    """Return all flags and problems by kind: errors, then the kinds in their order, then those not known."""
    found: dict[str, list[Entry]] = {}
    for problem in catalog.problems:
        # What documents disagree on is a flag of the study too, which leads to its page.
        if problem.code != "documents-disagree" or problem.severity == "error":
            code = f"error-{problem.code}" if problem.severity == "error" else problem.code
            entry = Entry(None, 0, problem.path, problem.message, ((problem.path, problem.line, problem.line),))
            found.setdefault(code, []).append(entry)
    for identifier, flags in catalog.flagged():
        differing: list[tuple[int, Flag]] = []
        for number, flag in enumerate(flags, start=1):
            if flag.code == _DIFFER and flag.pointers:
                differing.append((number, flag))
            elif flag.code not in _NOTHING_TO_DO:
                found.setdefault(flag.code, []).append(
                    Entry(identifier, number, "", translated(flag.message), _places_of(flag.sources))
                )
        if differing:
            names = counted(dict.fromkeys(field_name(flag.pointers[0]) for _, flag in differing))
            sources = [source for _, flag in differing for source in flag.sources]
            message = gettext("Documents differ on {fields}; the trial's page shows the words.").format(
                fields=", ".join(names)
            )
            found.setdefault(_DIFFER, []).append(Entry(identifier, differing[0][0], "", message, _places_of(sources)))
    ranks = {code: rank for rank, code in enumerate(MESSAGE_CODES)}

    def rank(code: str) -> tuple[bool, int, str]:
        return not code.startswith("error-"), ranks.get(code, len(ranks)), code

    return {code: found[code] for code in sorted(found, key=rank)}


def _places_of(sources: Iterable[Source]) -> tuple[tuple[str, int, int], ...]:
    return tuple(sorted({(source.document, source.first_line, source.last_line) for source in sources}))


def _words(code: str) -> tuple[str, str]:
    """Return what the flags of a kind are called, and what to do about them."""
    known = MESSAGE_CODES.get(code.removeprefix("error-"))
    if known is None:
        return code.replace("-", " ").capitalize() or gettext("Other"), gettext("Look at the lines.")
    title = gettext(known.title)
    if code.startswith("error-"):
        title = gettext("Error: {title}").format(title=title)
    return title, gettext(known.cure)


def _group(kind: FlagKind, linker: Linker, start: int, end: int) -> FlagGroup:
    title, task = _words(kind.code)
    numbered = enumerate(kind.entries[start:end], start=start + 1)
    flags = tuple(_flag_row(kind.anchor(number), entry, linker) for number, entry in numbered)
    search = _search(kind, linker)
    return FlagGroup(title, f"kind-{kind.code}", len(kind.entries), task, flags, search=search)


def _search(kind: FlagKind, linker: Linker) -> Markdown:
    """Return the link to the search for the trials that have a flag of this kind."""
    if not any(entry.study for entry in kind.entries):
        return NOTHING
    href = f"{linker.page.href_to(SitePaths.search)}?flag={quote(kind.code)}"
    words = escape(gettext("Narrow them by sponsor or country in the search"))
    return Markdown(f'<a href="{href}">{words}</a>')


def _flag_row(anchor: str, entry: Entry, linker: Linker) -> FlagRow:
    title = linker.catalog.title(entry.study) if entry.study else None
    if title is not None and entry.study:
        place = f"flag-{entry.number}" if entry.number else ""
        subject = linker.trial(entry.study, f"{entry.study}: {title}", place)
    else:
        subject = linker.document(entry.document)
    called, found = _responsible(entry, linker.catalog)
    named = join([linker.entity(kind, identifier) for kind, identifier in found])
    sponsors = Markdown(f"{called}: {named}") if named else NOTHING
    message = linker.text(dates_in_words(entry.message))
    return FlagRow(anchor, subject, message, join(list(_places(entry, linker)), "; "), sponsors)


def _places(entry: Entry, linker: Linker) -> Iterable[Markdown]:
    for document, first, last in entry.places[:_MOST_PLACES]:
        there = linker.paths.line(document, first)
        words = f"{linker.document_name(document)}, {lines_in_words(first, last)}"
        if there is None:
            yield linker.text(words)
        else:
            linker.records.cite(document, first, last)
            yield linker.to(there[0], words, there[1])
    if len(entry.places) > _MOST_PLACES:
        yield escape(plural(len(entry.places) - _MOST_PLACES, "and {n} more place", "and {n} more places"))
