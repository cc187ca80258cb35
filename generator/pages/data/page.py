"""The page of the data: what files there are, what their columns mean, and how to use and cite them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.language.formats import format_date, format_number, plural
from generator.language.messages import gettext, gettext_noop
from generator.model.data_file import DataFile, ExportedFile, Table
from generator.model.registry_numbers import recognise
from generator.pages.catalog_version import catalog_version, newest_document
from generator.pages.history import commit_link
from generator.pages.linked_data import as_script
from generator.pages.links import Linker
from generator.pages.paths import SitePaths
from generator.pages.registry_links import DOI, TERMS
from generator.pages.study_files import STUDIES
from generator.pages.text.escaping import NOTHING, Markdown, escape, external_link, front_matter, html_text, join
from generator.pages.text.wording import layout_title

_ABOUT = gettext_noop(
    "The catalog as data: every format, what each column means, where each value comes from, and how to cite it"
)
_JSON = (
    DataFile(
        f"{STUDIES}.json",
        gettext_noop("All trials in brief"),
        gettext_noop("A list with the address of each trial's own file."),
        "application/json",
        group="JSON",
    ),
    DataFile(
        "api/entities.json",
        gettext_noop("All names"),
        gettext_noop(
            "Organizations, people, drugs, conditions and places, with the spellings that were joined and why."
        ),
        "application/json",
        group="JSON",
    ),
)
_OPENAPI = "api/openapi.json"
_CITATION = DataFile(
    "data/CITATION.cff",
    gettext_noop("How to cite the catalog"),
    gettext_noop("For reference managers and hosts of code, in the Citation File Format."),
    "application/yaml",
    group="Citations",
)
_GROUPS = (
    gettext_noop("One row for each trial"),
    gettext_noop("Tables"),
    "Parquet",
    "JSON",
    gettext_noop("Citations"),
    gettext_noop("For other systems"),
)
_TYPES = {
    "string": gettext_noop("text"),
    "integer": gettext_noop("whole number"),
    "number": gettext_noop("number"),
    "boolean": gettext_noop("true or false"),
    "array": gettext_noop("list, as JSON"),
}


@dataclass(frozen=True)
class FileGroup:
    """Files that belong together."""

    title: str
    files: tuple[Markdown, ...]


@dataclass(frozen=True)
class TableView:
    """What a table holds, and what its columns mean."""

    summary: Markdown
    """As HTML."""
    columns: tuple[Markdown, ...]
    """As HTML."""


@dataclass(frozen=True)
class DataView:
    """The page, ready to print."""

    front_title: str
    front_description: str
    front_json_ld: str
    lead: Markdown
    """What the data are: how many trials, of which version and when."""
    groups: tuple[FileGroup, ...]
    tables: tuple[TableView, ...]
    registries: tuple[Markdown, ...]
    """Each with what it asks of those who use its data."""
    layouts: tuple[str, ...]
    licence: Markdown
    cite: Markdown
    has_tables: bool
    has_database: bool
    has_package: bool
    contacts: bool
    openapi: Markdown
    """The address of the description for programs; empty where there is none."""
    report_link: Markdown
    """The address of the page that says how an error is mended."""


def data_view(files: tuple[DataFile, ...], exported: Mapping[str, ExportedFile], linker: Linker) -> DataView:
    """Return the page about *files*, of which *exported* says how large they are."""
    there = [file for file in files if exported.get(file.path) is not None]
    paths = {file.path for file in there}
    version, newest = catalog_version(linker.catalog), newest_document(linker.catalog)
    every = [*_JSON, *there, _CITATION]
    database = next((file for file in there if file.path.endswith(".sqlite")), None)
    tables = [file.table for file in there if file.table is not None and file.group == "Tables"]
    groups = dict.fromkeys([*_GROUPS, *(file.group for file in every)])
    package = bool(paths)
    return DataView(
        front_title=front_matter(gettext("Use this data")),
        front_description=front_matter(gettext(_ABOUT)),
        front_json_ld=as_script(_dataset(every, version, newest, linker)),
        lead=_lead(version, newest, linker),
        groups=tuple(
            FileGroup(gettext(title), shown)
            for title in groups
            if (shown := tuple(_shown(every, title, exported, linker)))
        ),
        tables=tuple(map(_table, tables)),
        registries=tuple(_registries(linker)),
        layouts=tuple(_layouts(linker)),
        licence=_licence(linker),
        cite=_cite(version, newest, linker),
        has_tables=bool(tables),
        has_database=database is not None,
        has_package=package,
        contacts=linker.settings.contacts,
        openapi=Markdown(linker.page.to_file(_OPENAPI)) if _OPENAPI in paths else NOTHING,
        report_link=Markdown(linker.page.link_to(SitePaths.report_error)),
    )


def _shown(
    files: Iterable[DataFile], group: str, exported: Mapping[str, ExportedFile], linker: Linker
) -> Iterator[Markdown]:
    for file in files:
        if file.group != group:
            continue
        made = exported.get(file.path)
        size = f"({_size(made.size)})" if made else ""
        name = file.path.rpartition("/")[2]
        link = _link(file.path, name, linker)
        title, meaning = escape(gettext(file.title)), escape(gettext(file.meaning))
        yield Markdown(f"**{title}** {link} {escape(size)}<br>\n    {meaning}")


def _link(path: str, words: str, linker: Linker) -> Markdown:
    """Return a link to a file, as HTML: no renderer of Markdown has to look for it among pages."""
    return Markdown(f'<a href="{linker.page.to_file(path)}">{escape(words)}</a>')


def _size(size: int) -> str:
    """Return a size as people read it; of small files, roughly."""
    if size < 1_000:
        return plural(size, "{n} byte", "{n} bytes")
    if size < 1_000_000:
        return gettext("{n} KB").format(n=format_number(round(size / 1_000)))
    return gettext("{n} MB").format(n=format_number(round(size / 1_000_000, 1)))


def _table(table: Table) -> TableView:
    columns = []
    for column in table.columns:
        refers = gettext("refers to {column}").format(column=column.refers) if column.refers else ""
        about = [gettext(_TYPES[column.type]), column.unit, refers]
        pointer = f" <code>{html_text(column.at)}</code>" if column.at else ""
        details = ", ".join(filter(None, about))
        columns.append(
            Markdown(
                f"<b>{html_text(column.name)}</b> {html_text(column.meaning)} "
                f"<small>{html_text(details)}{pointer}</small>"
            )
        )
    rows = "; ".join(items.pointer or gettext("the study") for items in table.items)
    stands = gettext("Rows stand at <code>{pointers}</code>.").format(pointers=html_text(rows)) if rows else ""
    meaning = html_text(gettext(table.meaning))
    return TableView(
        Markdown(" ".join(filter(None, (f"<b>{html_text(table.name)}</b>", meaning, stands)))), tuple(columns)
    )


def _registries(linker: Linker) -> Iterator[Markdown]:
    found: Counter[str] = Counter()
    for identifier in linker.catalog.outlines:
        known = recognise(identifier)
        found[known.kind.registry if known else _NO_NUMBER] += 1
    for name, number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        called = gettext(name) if name == _NO_NUMBER else name
        trials = plural(number, "{n} trial", "{n} trials")
        shown = escape(f"{called}: {trials}")
        if name in TERMS:
            asked, address = TERMS[name]
            terms = external_link(gettext("Its terms"), address)
            shown = Markdown(f"{shown}. {escape(gettext(asked))} {terms}")
        yield shown


_NO_NUMBER = gettext_noop("without a registry number")


def _layouts(linker: Linker) -> Iterator[str]:
    found: dict[str, set[str]] = {}
    for study in linker.catalog.outlines.values():
        for document in study.catalog_section.documents:
            found.setdefault(document.layout, set()).add(document.path)
    for layout, paths in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        number = plural(len(paths), "{n} document", "{n} documents")
        yield f"{layout_title(layout)}: {number}"


def _licence(linker: Linker) -> Markdown:
    licence = linker.settings.licence
    if not licence:
        return escape(gettext("The owner of this site has not said under which licence its own work may be used."))
    shown = external_link(licence, licence) if "://" in licence else escape(licence)
    sentence = gettext("The work of this catalog, which is to read, join and check, may be used under: {licence}.")
    return Markdown(sentence.format(licence=shown))


def _lead(version: str, newest: str, linker: Linker) -> Markdown:
    pieces = [
        escape(plural(len(linker.catalog.studies), "{n} trial", "{n} trials")),
        escape(gettext("version {version}").format(version=version)),
    ]
    if newest:
        pieces.append(escape(gettext("documents up to {date}").format(date=format_date(newest))))
    commit = linker.catalog.commit
    if commit is not None:
        link, day = commit_link(commit.id, linker), escape(format_date(commit.day))
        pieces.append(Markdown(gettext("{commit} of {date}").format(commit=link, date=day)))
    sentence = gettext(
        "Everything on this site is also here as data: {contents}. Take what you need; no key, no form, no limit."
    )
    return Markdown(sentence.format(contents=join(pieces)))


def _cite(version: str, newest: str, linker: Linker) -> Markdown:
    settings = linker.settings
    pieces = [gettext("{title}, version {version}").format(title=settings.title, version=version)]
    if settings.author:
        pieces.insert(0, settings.author)
    if newest:
        pieces.append(gettext("Documents up to {date}").format(date=format_date(newest)))
    text = escape(". ".join(pieces) + ".")
    if settings.doi:
        address = DOI.format(id=settings.doi)
        return Markdown(f"{text} {external_link(address, address)}")
    remark = gettext("Add the address of this page and the day on which you took the data.")
    return Markdown(f"{text} {escape(remark)}")


def _dataset(files: list[DataFile], version: str, newest: str, linker: Linker) -> dict[str, Any]:
    settings = linker.settings
    trials = len(linker.catalog.studies)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": settings.title,
        "description": (
            f"{_ABOUT}. Clinical trials read from documents, {trials:,} {'trial' if trials == 1 else 'trials'}."
        ),
        "version": version,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.title,
                "encodingFormat": file.media_type,
                "contentUrl": linker.page.to_file(file.path),
            }
            for file in files
            if file.group != "Parquet"
        ],
    }
    if newest:
        data["dateModified"] = newest
    if settings.licence:
        data["license"] = settings.licence
    if settings.doi:
        data["identifier"] = DOI.format(id=settings.doi)
    return data
