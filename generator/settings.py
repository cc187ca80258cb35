"""The catalog's own settings: the options of the plugin ``trial-catalog`` in ``mkdocs.yml``."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast

import msgspec
import yaml
from mkdocs.config import config_options as option
from mkdocs.config.base import Config, ConfigErrors, ConfigWarnings, ValidationError
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load
from rapidfuzz import process

PLUGIN = "trial-catalog"
"""The plugin's name in ``mkdocs.yml``."""

EXPORTERS = "trial_catalog.exporters"
"""Group of the entry points whose names `exports` turns on and off."""

SHIPPED_VOCABULARIES = ("mesh", "unii")
"""Names of the vocabularies that come with the package; `generator.identity.vocabularies.shipped` has the tables."""

MOVED = "the settings under extra.catalog are options of the plugin now: move them below `plugins: - trial-catalog:`"


FORMER = {"study_files": "each trial has its file in api/v2/studies/ now; take the setting away"}
"""Options that earlier versions had -> what became of them, and what to do."""


class SettingsError(Exception):
    """A setting cannot be used.  The message names file, line, what is wrong and what to do."""


class CatalogConfig(Config):  # type: ignore[no-untyped-call]
    """The plugin's options, in MkDocs' own types."""

    seeds = option.Type(str, default="seeds")
    """Folder of the documents, relative to ``mkdocs.yml``."""
    title = option.Optional(option.Type(str))
    """Name of the catalog on its home page; ``site_name`` unless given."""
    contacts = option.Type(bool, default=True)
    """Whether names, telephone numbers and e-mail addresses of contacts are shown, in pages and data."""
    repository_url = option.Optional(option.Type(str))
    """Where an issue can be opened to report an error, such as ``https://github.com/owner/name``; ``repo_url`` unless
    given."""
    list_limit = option.Type(int, default=200)
    """Entries of one page of a list; longer lists are split into several pages."""
    entity_pages = option.Choice(("all", "shared"), default="all")
    """Which organizations, people, drugs, conditions and places have a page: ``all``, or only those that trials share
    (``shared``); the addresses of the others then lead to their trial."""
    record_lines = option.Choice(("whole", "cited"), default="whole")
    """What the page of a registry's record shows: the ``whole`` of its lines, or the beginnings of those that are
    ``cited``; the address of a record in one line then leads to its trial."""
    list_rows = option.Choice(("full", "brief"), default="full")
    """What a trial's line in the lists says: ``full``, or ``brief``, without participants and countries."""

    exports = option.Type(dict, default={})
    """Which data files are written beside those below ``api/``: name of an exporter -> ``true`` or ``false``.  All are
    but ``parquet``, which needs a package more."""
    licence = option.Optional(option.Type(str))
    """Under which licence the catalog's own data may be used, as the name or the address of one."""
    doi = option.Optional(option.Type(str))
    """The catalog's own DOI, by which it is cited."""
    history = option.Type(bool, default=False)
    """Whether earlier versions of the documents are read from the git repository in which they lie, and what changed
    is shown: on trials' pages, as what is new, in feeds."""
    vocabularies = option.Type(dict, default={})
    """Which vocabularies say that names are one: name -> ``true`` or ``false``.  All are used: ``unii`` for drugs,
    ``mesh`` for conditions, and each file in ``seeds/vocabularies/`` by its name without ``.csv``."""
    page_folders = option.ListOfItems(option.Type(str), default=[])
    """Folders beside ``mkdocs.yml`` whose pages stand on the site, too, under the folder's name: ``[docs]`` puts
    ``docs/tutorial.md`` at ``docs/tutorial/``."""

    def validate(self) -> tuple[ConfigErrors, ConfigWarnings]:
        """Check the options; an unknown one is an error that names the nearest known one."""
        failed, warnings = super().validate()
        known = [name for name, _ in self._schema]
        for name in self.keys() - set(known):
            failed.append((str(name), ValidationError(_unknown(str(name), known))))
        if not failed and self.list_limit < 1:
            failed.append(("list_limit", ValidationError("must be 1 or more")))
        if not failed:
            failed.extend(("exports", ValidationError(text)) for text in _wrong_exports(self.exports))
            folder = Path(self.config_file_path or "mkdocs.yml").parent / self.seeds
            failed.extend(
                ("vocabularies", ValidationError(text)) for text in _wrong_vocabularies(self.vocabularies, folder)
            )
            wrong = [name for name in self.page_folders if not _is_below(name)]
            if wrong:
                failed.append(("page_folders", ValidationError(f"{wrong[0]}: name a folder below that of mkdocs.yml")))
        return failed, [(name, text) for name, text in warnings if name in known]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a site's owner decided about the catalog; see :class:`CatalogConfig` for what each means."""

    title: str = "Trial Catalog"
    contacts: bool = True
    repository_url: str | None = None
    list_limit: int = 200
    entity_pages: Literal["all", "shared"] = "all"
    record_lines: Literal["whole", "cited"] = "whole"
    list_rows: Literal["full", "brief"] = "full"
    exports: dict[str, bool] = {}
    licence: str | None = None
    doi: str | None = None
    history: bool = False
    vocabularies: dict[str, bool] = {}
    language: str = "en"
    """In which language our own words are written: MkDocs' ``theme.language``."""
    author: str | None = None
    """Who is cited for the catalog: MkDocs' ``site_author``."""
    site_url: str | None = None
    """Where the site will be, with a slash at its end; only feeds need it."""

    @property
    def vocabularies_off(self) -> frozenset[str]:
        """Names of the vocabularies that are switched off."""
        return frozenset(name for name, on in self.vocabularies.items() if not on)


def settings_from(
    options: CatalogConfig,
    site_name: str | None,
    repo_url: str | None,
    site_url: str | None = None,
    author: str | None = None,
    language: str | None = None,
) -> Settings:
    """Return the settings that the plugin's checked *options* hold; what MkDocs knows of the site fills the gaps."""
    return Settings(
        title=options.title or site_name or "Trial Catalog",
        contacts=options.contacts,
        repository_url=options.repository_url or repo_url or None,
        list_limit=options.list_limit,
        entity_pages=cast("Literal['all', 'shared']", options.entity_pages),
        record_lines=cast("Literal['whole', 'cited']", options.record_lines),
        list_rows=cast("Literal['full', 'brief']", options.list_rows),
        exports=dict(options.exports),
        licence=options.licence or None,
        doi=options.doi or None,
        history=options.history,
        vocabularies={str(name): on for name, on in options.vocabularies.items()},
        author=author or None,
        language=language or "en",
        site_url=f"{site_url.rstrip('/')}/" if site_url and options.history else None,
    )


class ConfigFile(msgspec.Struct, frozen=True, kw_only=True):
    """What the commands need of ``mkdocs.yml`` without loading the theme and the other plugins."""

    settings: Settings
    seeds: Path
    content: Path
    site: Path
    theme_parts: Path | None
    """``theme.custom_dir``, the catalog's own parts of the theme."""
    plugins: dict[str, Any]
    """The options of each plugin that the file names, in their order."""


def read_config_file(path: Path) -> ConfigFile:
    """Return the settings and folders that the ``mkdocs.yml`` at *path* gives; MkDocs' defaults where it says nothing.

    Raises SettingsError for a file that is not there, for YAML that cannot be read, for settings in their former place
    (``extra.catalog``), for an unknown one, and for a value of a wrong type.
    """
    try:
        source = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError(
            f"{path}: there is no such file; run the command where your mkdocs.yml is, or name it with --config"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    try:
        root = yaml.compose(source, Loader=get_yaml_loader(yaml.SafeLoader))
        with path.open("rb") as file:  # a file, as INHERIT is looked up beside it
            values: Any = yaml_load(file, get_yaml_loader(_TolerantLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{path}:{line}: this is not YAML: {error.problem}") from error
    except ConfigurationError as error:
        raise SettingsError(f"{path}: {error}") from error
    values = {} if values is None else values
    if not isinstance(values, dict):
        raise SettingsError(f"{path}:1: MkDocs' configuration must hold settings, such as `site_name: Our trials`")
    former = _child(_child(root, "extra"), "catalog")
    if isinstance(values.get("extra"), dict) and "catalog" in values["extra"]:
        raise SettingsError(f"{path}:{former.start_mark.line + 1 if former else 1}: {MOVED}")
    plugins = _plugins(values.get("plugins"))
    options = CatalogConfig(config_file_path=str(path))
    options.load_dict(plugins.get(PLUGIN) or {})
    failed, _ = options.validate()
    if failed:
        name, problem = failed[0]
        raise SettingsError(f"{path}:{_line_of_option(root, name)}: {PLUGIN}: {name}: {problem}")
    folder = path.resolve().parent
    theme = values.get("theme")
    parts = theme.get("custom_dir") if isinstance(theme, dict) else None
    return ConfigFile(
        settings=settings_from(
            options,
            values.get("site_name"),
            values.get("repo_url"),
            site_url=values.get("site_url"),
            author=values.get("site_author"),
            language=str(theme["language"]) if isinstance(theme, dict) and theme.get("language") else None,
        ),
        seeds=folder / options.seeds,
        content=folder / str(values.get("docs_dir") or "docs"),
        site=folder / str(values.get("site_dir") or "site"),
        theme_parts=folder / str(parts) if parts else None,
        plugins=plugins,
    )


class _TolerantLoader(yaml.SafeLoader):
    """Reads YAML whose tags (``!relative``, ``!!python/name:…``) only MkDocs understands, without running them."""


def _plain_value(loader: _TolerantLoader, suffix: str, node: yaml.Node) -> Any:
    del suffix
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, yaml.ScalarNode) else None


_TolerantLoader.add_multi_constructor("!", _plain_value)
_TolerantLoader.add_multi_constructor("tag:yaml.org,2002:python/", _plain_value)


def _plugins(listed: object) -> dict[str, Any]:
    """Return plugins with their options; MkDocs takes a list of names and of names with options, or a mapping."""
    if isinstance(listed, dict):
        return {str(name): options for name, options in listed.items()}
    found: dict[str, Any] = {}
    for entry in listed if isinstance(listed, list) else ():
        found.update(entry if isinstance(entry, dict) else {str(entry): {}})
    return found


def _is_below(folder: str) -> bool:
    path = PurePosixPath(folder)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _unknown(key: str, known: list[str], what: str = "setting") -> str:
    if key in FORMER:
        return f"this version has no such setting any more: {FORMER[key]}"
    nearest = process.extractOne(key, known, score_cutoff=60)
    hint = f"did you mean `{nearest[0]}`?" if nearest else f"known are {', '.join(known)}"
    return f"no such {what}: {hint}"


def _wrong_exports(exports: dict[object, object]) -> list[str]:
    """Return what is wrong with the setting `exports`."""
    known = sorted(entry_points(group=EXPORTERS).names)
    wrong = [_unknown(f"{name}", known, f"export as `{name}`") for name in exports if name not in known]
    return wrong + [f"{name}: must be true or false" for name, on in exports.items() if not isinstance(on, bool)]


def _wrong_vocabularies(vocabularies: dict[object, object], seeds: Path) -> list[str]:
    """Return what is wrong with the setting `vocabularies`; those of the owner lie below *seeds*."""
    own = (file.stem for file in (seeds / "vocabularies").glob("*.csv"))
    known = sorted({*SHIPPED_VOCABULARIES, *own})
    wrong = [_unknown(f"{name}", known, f"vocabulary as `{name}`") for name in vocabularies if name not in known]
    return wrong + [f"{name}: must be true or false" for name, on in vocabularies.items() if not isinstance(on, bool)]


def _child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == key:
                return cast("yaml.Node", value)
    return None


def _line_of_option(root: yaml.Node | None, option_name: str) -> int:
    """Return the line where an option of the plugin stands; that of the plugin where it cannot be told."""
    plugins = _child(root, "plugins")
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for entry in entries:
        options = _child(entry, PLUGIN)
        for name, _ in options.value if isinstance(options, yaml.MappingNode) else ():
            if name.value == option_name:
                return int(name.start_mark.line) + 1
    return plugins.start_mark.line + 1 if plugins is not None else 1
