"""What the documentation says exists, and what exists is documented."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import pytest

from generator.cli import main
from generator.model.message_codes import MESSAGE_CODES
from generator.readers.known import all_readers
from generator.settings import CatalogConfig
from scripts.write_reference import main as write_reference
from tests.conftest import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/**/*.md"))]
TEXT = {document: document.read_text(encoding="utf-8") for document in DOCUMENTS}


MADE = {"site/", "seeds/", ".cache/", "docs/a/"}
"""Folders that are named and need not exist."""


def makefile_targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^\.PHONY: (\w+)$", makefile, re.MULTILINE))


def code() -> Iterator[str]:
    """Yield each piece of code in the documents: in a line, or in a fence."""
    for text in TEXT.values():
        for fence, inline in re.findall(r"^```\w*\n(.*?)^```|`([^`\n]+)`", text, re.MULTILINE | re.DOTALL):
            yield from fence.splitlines() or [inline]


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_documented_and_has_help(name: str) -> None:
    assert f"trial-catalog {name}" in "\n".join(TEXT.values()), f"name `trial-catalog {name}` in README.md or docs/"
    command = main.commands[name]
    assert command.help
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, f"{name} {parameter.opts[0]} has no help"


def test_every_documented_command_exists() -> None:
    named = {match[1] for piece in code() for match in re.finditer(r"\btrial-catalog ([a-z]+)", piece)}
    assert named
    assert named <= main.commands.keys()


def test_every_documented_target_exists() -> None:
    named = {match[1] for piece in code() for match in re.finditer(r"^(?:\.venv/bin/)?make ([a-z]+)", piece)}
    assert {"site", "test"} <= named <= makefile_targets()


def test_every_target_has_help() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^  make (\w+) +\S", listed, re.MULTILINE)) == makefile_targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(document: object) -> None:
    for path, text in TEXT.items():
        if path != document:
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            parts = urlsplit(target)
            if not parts.scheme and parts.path:
                assert (path.parent / unquote(parts.path)).exists(), f"{path.name} links to {target}"


def test_the_reference_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert write_reference(check=True) == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("commands", [f"trial-catalog {name}" for name in main.commands]),
        ("settings", [f"`{name}`" for name, _ in CatalogConfig._schema]),
        ("layouts", [reader.title for reader in all_readers()]),
        ("messages", list(MESSAGE_CODES)),
    ],
    ids=["commands", "settings", "layouts", "messages"],
)
def test_each_thing_has_its_entry_in_the_reference(page: str, names: list[str]) -> None:
    headings = re.findall(r"^## (.+)$", TEXT[ROOT / "docs" / "reference" / f"{page}.md"], re.MULTILINE)
    assert names
    assert sorted(heading.casefold() for heading in headings) == sorted(name.casefold() for name in names)


def test_every_page_of_the_documentation_is_listed() -> None:
    """From the first page of the documentation, in one step or by the list of decisions."""
    listed = set()
    for name in ("index.md", "decisions/index.md"):
        index = ROOT / "docs" / name
        listed |= {(index.parent / link).resolve() for link in re.findall(r"\]\(([^)#]+\.md)\)", TEXT[index])}
    pages = {path for path in ROOT.glob("docs/**/*.md") if "examples" not in path.parts}
    assert pages - listed == {ROOT / "docs" / "index.md"}


EXPLAINING = [
    path for path in DOCUMENTS if {"explanation", "decisions"} & set(path.parts) or path.stem == "architecture"
]


@pytest.mark.parametrize("document", EXPLAINING, ids=lambda path: path.stem)
def test_files_that_are_explained_exist(document: Path) -> None:
    for name in set(re.findall(r"`([\w./-]+(?:\.py|\.j2|\.tsv|/))`", TEXT[document])) - MADE:
        places = [ROOT / name, ROOT / "generator" / name]
        found = any(place.exists() for place in places) if "/" in name else list(ROOT.glob(f"generator/**/{name}"))
        assert found, f"{document.name} names {name}"


def test_decisions_are_short() -> None:
    for path in ROOT.glob("docs/decisions/[0-9]*.md"):
        assert len(TEXT[path].splitlines()) < 40, path.name


def test_the_version_is_in_the_changelog() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.+)"$', project, re.MULTILINE)
    assert version
    changelog = TEXT[ROOT / "CHANGELOG.md"]
    assert "## [Unreleased]" in changelog or f"## [{version[1]}]" in changelog
