"""Lays out a new catalog: settings, a folder for documents, a page of its own, and a workflow that publishes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import metadata, version
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.folders import TEMPLATES, language_folders, template_folders
from generator.language.messages import gettext, speaking
from generator.renderer.site_defaults import in_yaml, navigation

_STARTER = TEMPLATES / "starter"

_FILES = (
    ("mkdocs.yml", "mkdocs.yml.j2"),
    ("README.md", "README.md.j2"),
    (".gitignore", "gitignore"),
    (".github/workflows/site.yml", "site.yml.j2"),
    ("seeds/README.md", "seeds.md"),
    ("content/about/us.md", "us.md.j2"),
)
"""Files of a new catalog, and the templates that they are made from."""


class StarterError(Exception):
    """The catalog cannot be laid out.  The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the owner of a new catalog decides at its beginning."""

    title: str = ""
    """Empty for one in the language of the catalog."""
    url: str = ""
    language: str = "en"
    contacts: bool = True
    example: bool = False
    """Whether it begins with two invented trials."""


def lay_out(folder: Path, choices: Choices) -> list[Path]:
    """Write the files of a new catalog into *folder* and return their paths in it.

    Raises StarterError, and writes nothing, where one of them is there already, or a choice is none.
    """
    if choices.language not in languages():
        raise StarterError(
            f"--language {choices.language}: the theme does not know this language; give a code such as en, fr or pt-BR"
        )
    if choices.url and not re.match(r"https?://[^\s/]+", choices.url):
        raise StarterError(f"--url {choices.url}: give the whole address, such as https://trials.example.org/")
    with speaking(choices.language, language_folders(template_folders(folder))):
        planned = dict(_texts(choices))
    taken = [name for name in planned if (folder / name).exists() or (folder / name).is_symlink()]
    if taken:
        raise StarterError(
            f"{folder}: there are already {', '.join(taken)}; choose another folder, or move these elsewhere"
        )
    for name, text in planned.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8", newline="\n")
    return [Path(name) for name in planned]


def languages() -> set[str]:
    """Return the codes of the languages that the theme speaks."""
    folder = files("material") / "templates" / "partials" / "languages"
    return {file.name.removesuffix(".html") for file in folder.iterdir() if file.name.endswith(".html")}


def _texts(choices: Choices) -> Iterator[tuple[str, str]]:
    environment = Environment(
        loader=FileSystemLoader(_STARTER),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - YAML and Markdown, not HTML
    )
    environment.globals["gettext"] = gettext
    environment.filters["in_yaml"] = in_yaml
    title = choices.title or gettext("Our clinical trials")
    # A text in JSON's form is one in YAML, whatever stands in it.
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in (("title", title), ("url", choices.url))}
    words = {
        "language": choices.language,
        "contacts": "true" if choices.contacts else "false",
        "nav": navigation(),
        "version": version("trial-catalog"),
        "repository": _repository(),
    }
    for name, template in _FILES:
        values = {**words, **quoted} if name == "mkdocs.yml" else {**words, "title": title, "url": choices.url}
        yield name, environment.get_template(template).render(values)
    if choices.example:
        for file in sorted((_STARTER / "example").iterdir()):
            yield f"seeds/{file.name}", file.read_text(encoding="utf-8")


def _repository() -> str:
    """Return owner and name of this project's repository, whose workflow a catalog uses."""
    for entry in metadata("trial-catalog").get_all("Project-URL") or ():
        name, _, address = entry.partition(", ")
        if name == "Source":
            return "/".join(address.rstrip("/").split("/")[-2:])
    return "trial-catalog/trial-catalog"
