"""The catalog's own settings: ``extra.catalog`` in ``mkdocs.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml
from rapidfuzz import process


class SettingsError(Exception):
    """A setting cannot be used.  The message names file, line, what is wrong and what to do."""


VERY_LARGE = 5_000
"""Trials from which on a site leaves out what would make it too large to publish."""

PACKED = 10_000
"""Trials from which on a file for the data of each would fill the room that a host gives."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a site's owner can decide about the catalog."""

    title: str = "Trial Catalog"
    """Name of the site, as its pages call it."""
    contacts: bool = True
    """Whether names, telephone numbers and e-mail addresses of contacts are shown."""
    repository_url: str | None = None
    """Where an issue can be opened to mend an error, such as ``https://github.com/owner/name``."""
    list_limit: int = 500
    """More entries than this on one list page are split into several pages."""
    entity_pages: Literal["auto", "all", "shared"] = "auto"
    """Which organizations, people, drugs, conditions and places have a page of their own: ``all``; only those that
    trials share, with ``shared``; with ``auto`` all, but in very large catalogs those that trials share."""
    record_lines: Literal["auto", "whole", "cited"] = "auto"
    """What the page of a registry's record shows of its lines: the ``whole`` of them, or the beginnings of those that
    are ``cited``, and then a record in one line has no page beside its trial's; with ``auto`` the whole, but in very
    large catalogs what is cited."""
    study_files: Literal["auto", "each", "packed"] = "auto"
    """Where the JSON of the studies lies: ``each`` has a file; or it is ``packed``, some studies to a compressed file;
    with ``auto`` each has one, but in catalogs of ten thousand trials and more they are packed."""
    list_rows: Literal["auto", "full", "brief"] = "auto"
    """What a trial's line in the lists says: ``full``, also the number of participants and the countries, which
    ``brief`` leaves to the trial's page; with ``auto`` full, but in very large catalogs brief."""

    def for_trials(self, trials: int) -> Settings:
        """Return what holds for a catalog of so many *trials*: nothing is left to be found out."""
        large = trials >= VERY_LARGE
        return msgspec.structs.replace(
            self,
            entity_pages=("shared" if large else "all") if self.entity_pages == "auto" else self.entity_pages,
            record_lines=("cited" if large else "whole") if self.record_lines == "auto" else self.record_lines,
            list_rows=("brief" if large else "full") if self.list_rows == "auto" else self.list_rows,
            study_files=("packed" if trials >= PACKED else "each") if self.study_files == "auto" else self.study_files,
        )


class _TolerantLoader(yaml.SafeLoader):
    """Reads YAML whose tags (``!ENV``, ``!!python/name:…``) only MkDocs understands, without running them."""


def _plain_value(loader: _TolerantLoader, suffix: str, node: yaml.Node) -> Any:
    del suffix
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_TolerantLoader.add_multi_constructor("!", _plain_value)
_TolerantLoader.add_multi_constructor("tag:yaml.org,2002:python/", _plain_value)


def read_settings(path: Path) -> Settings:
    """Return the settings that the ``mkdocs.yml`` at *path* holds; the defaults where it says nothing.

    Raises SettingsError for YAML that cannot be read, for an unknown key, and for a value of a wrong type.
    """
    if not path.is_file():
        return Settings()
    source = path.read_text(encoding="utf-8")
    try:
        root = yaml.compose(source, Loader=_TolerantLoader)
        values = yaml.load(source, Loader=_TolerantLoader)  # noqa: S506 - a SafeLoader underneath
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{path}:{line}: this is not YAML: {error.problem}") from error
    node = _child(_child(root, "extra"), "catalog")
    extra = values.get("extra") if isinstance(values, dict) else None
    catalog = extra.get("catalog") if isinstance(extra, dict) else None
    if catalog is None:
        return Settings()
    line = node.start_mark.line + 1 if node is not None else 1
    if not isinstance(catalog, dict):
        raise SettingsError(f"{path}:{line}: extra.catalog must hold settings, one a line, such as `contacts: true`")
    known = Settings.__struct_fields__
    for key in catalog:
        if key not in known:
            raise SettingsError(f"{path}:{_key_line(node, key)}: {_unknown(str(key), known)}")
    for key, value in catalog.items():
        try:
            msgspec.convert({key: value}, Settings)
        except msgspec.ValidationError as error:
            problem = str(error).split(" - at")[0]
            raise SettingsError(f"{path}:{_key_line(node, key)}: extra.catalog.{key}: {problem}") from error
    settings = msgspec.convert(catalog, Settings)
    if settings.list_limit < 1:
        raise SettingsError(f"{path}:{_key_line(node, 'list_limit')}: extra.catalog.list_limit must be 1 or more")
    return settings


def _unknown(key: str, known: tuple[str, ...]) -> str:
    nearest = process.extractOne(key, known, score_cutoff=60)
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"known are {', '.join(known)}"
    return f"extra.catalog has no setting `{key}`: {hint}"


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return value  # type: ignore[no-any-return]
    return None


def _key_line(node: yaml.Node | None, key: object) -> int:
    if isinstance(node, yaml.MappingNode):
        for name, _ in node.value:
            if name.value == str(key):
                return int(name.start_mark.line) + 1
    return node.start_mark.line + 1 if node is not None else 1
