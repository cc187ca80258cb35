"""The page of the data: what files there are, what their columns mean, and how to use and cite them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.language.formats import format_date
from generator.model.data_file import DataFile, ExportedFile, Table
from generator.model.registry_numbers import recognise
from generator.pages.catalog_version import catalog_version, newest_document
from generator.pages.history import commit_link
from generator.pages.linked_data import as_script
from generator.pages.links import Linker
from generator.pages.paths import SitePaths
from generator.pages.registry_links import DOI, TERMS
from generator.pages.study_files import STUDIES
from generator.pages.text.escaping import NOTHING, Markdown, escape, external_link, front_matter, html_text
from generator.pages.text.wording import count, layout_title

_ABOUT = "The catalog as data: every format, what each column means, where each value comes from, and how to cite it"
_JSON = (
    DataFile(
        f"{STUDIES}.json",
        "All trials in brief",
        "A list with the address of each trial's own file.",
        "application/json",
        group="JSON",
    ),
    DataFile(
        "api/entities.json",
        "All names",
        "Organizations, people, drugs, conditions and places, with the spellings that were joined and why.",
        "application/json",
        group="JSON",
    ),
)
_CITATION = DataFile(
    "data/CITATION.cff",
    "How to cite the catalog",
    "For reference managers and hosts of code, in the Citation File Format.",
    "application/yaml",
    group="Citations",
)
_GROUPS = ("One row for each trial", "Tables", "Parquet", "JSON", "Citations", "For other systems")
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list, as JSON",
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
    version: str
    newest: str
    """The newest date that a document gives for itself; empty where none gives one."""
    commit: Markdown
    """The commit that has these documents, and its day; empty where there is none."""
    trials: str
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
    mend: Markdown


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
        front_title=front_matter("Use this data"),
        front_description=front_matter(_ABOUT),
        front_json_ld=as_script(_dataset(every, version, newest, linker)),
        version=version,
        newest=format_date(newest) if newest else "",
        commit=_commit(linker),
        trials=count(len(linker.catalog.studies), "trial"),
        groups=tuple(
            FileGroup(title, shown) for title in groups if (shown := tuple(_shown(every, title, exported, linker)))
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
        openapi=_link("api/openapi.json", "described", linker) if "api/openapi.json" in paths else NOTHING,
        mend=linker.to(SitePaths.mend, "how to mend an error"),
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
        yield Markdown(f"**{escape(file.title)}** {link} {escape(size)}<br>\n    {escape(file.meaning)}")


def _link(path: str, words: str, linker: Linker) -> Markdown:
    """Return a link to a file, as HTML: no renderer of Markdown has to look for it among pages."""
    return Markdown(f'<a href="{linker.page.to_file(path)}">{escape(words)}</a>')


def _size(size: int) -> str:
    """Return a size as people read it; of small files, roughly."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000:,.0f} KB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"


def _table(table: Table) -> TableView:
    columns = []
    for column in table.columns:
        about = [_TYPES[column.type], column.unit, f"refers to {column.refers}" if column.refers else ""]
        pointer = f" <code>{html_text(column.at)}</code>" if column.at else ""
        details = ", ".join(filter(None, about))
        columns.append(
            Markdown(
                f"<b>{html_text(column.name)}</b> {html_text(column.meaning)} "
                f"<small>{html_text(details)}{pointer}</small>"
            )
        )
    rows = "; ".join(items.pointer or "the study" for items in table.items)
    stands = f" Rows stand at <code>{html_text(rows)}</code>." if rows else ""
    return TableView(
        Markdown(f"<b>{html_text(table.name)}</b> {html_text(table.meaning)}{stands}"),
        tuple(columns),
    )


def _registries(linker: Linker) -> Iterator[Markdown]:
    found: Counter[str] = Counter()
    for identifier in linker.catalog.outlines:
        known = recognise(identifier)
        found[known.kind.registry if known else "without a registry number"] += 1
    for name, number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        shown = escape(f"{name}: {count(number, 'trial')}")
        if name in TERMS:
            asked, address = TERMS[name]
            shown = Markdown(f"{shown}. {escape(asked)} {external_link('Its terms', address)}")
        yield shown


def _layouts(linker: Linker) -> Iterator[str]:
    found: dict[str, set[str]] = {}
    for study in linker.catalog.outlines.values():
        for document in study.catalog_section.documents:
            found.setdefault(document.layout, set()).add(document.path)
    for layout, paths in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"{layout_title(layout)}: {count(len(paths), 'document')}"


def _licence(linker: Linker) -> Markdown:
    licence = linker.settings.licence
    if not licence:
        return escape("The owner of this site has not said under which licence its own work may be used.")
    shown = external_link(licence, licence) if "://" in licence else escape(licence)
    words = escape("The work of this catalog, which is to read, join and check, may be used under:")
    return Markdown(f"{words} {shown}.")


def _commit(linker: Linker) -> Markdown:
    commit = linker.catalog.commit
    if commit is None:
        return NOTHING
    return Markdown(f"{commit_link(commit.id, linker)}{escape(' of ' + format_date(commit.day))}")


def _cite(version: str, newest: str, linker: Linker) -> Markdown:
    settings = linker.settings
    pieces = [f"{settings.title}, version {version}"]
    if settings.author:
        pieces.insert(0, settings.author)
    if newest:
        pieces.append(f"Documents up to {format_date(newest)}")
    text = escape(". ".join(pieces) + ".")
    if settings.doi:
        address = DOI.format(id=settings.doi)
        return Markdown(f"{text} {external_link(address, address)}")
    return Markdown(f"{text} {escape('Add the address of this page and the day on which you took the data.')}")


def _dataset(files: list[DataFile], version: str, newest: str, linker: Linker) -> dict[str, Any]:
    settings = linker.settings
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": settings.title,
        "description": (
            f"{_ABOUT}. Clinical trials read from documents, {count(len(linker.catalog.studies), 'trial')}."
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
