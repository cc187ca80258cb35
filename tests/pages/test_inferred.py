"""Wherever the record says that a value is inferred, the trial's pages say so at the value."""

from __future__ import annotations

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.language.formats import format_date
from generator.model.pointers import Json
from generator.pages.text.escaping import escape, html_text
from generator.pages.text.wording import phase, status, words
from tests.conftest import ROOT, Project, new_project

SHARED = ROOT.parent / "shared" / "data"
LABEL = 'tag--inferred">'
ON_NO_PAGE = re.compile(r"/contacts/\d+/(?:role|phoneExt)$|/geoPoint/|/versionHolder$|/secondaryIdInfos/\d+/type$")
"""What pages do not print for itself: the role of a contact who is simply one, where a map has its dots, and of which
kind a number is, since the page names the registry by the number."""


def samples(folder: Path) -> Iterator[Path]:
    """Yield real documents of each kind that infers values."""
    yield from sorted((folder / "ctis").glob("*.json"))
    yield from sorted((folder / "euctr").glob("*.txt"))
    yield from sorted((folder / "ictrp").glob("*.xml"))
    for layout in ("classic", "compact", "meddatax"):
        yield from sorted((folder / "layouts" / layout).glob("*.txt"))[:12]


def inferred_values(study: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """Yield each inferred value of a record with its pointer."""
    section = study["catalogSection"]
    assert isinstance(section, dict)
    sources = section.get("sources", {})
    assert isinstance(sources, dict)
    for pointer, found in sources.items():
        assert isinstance(found, list)
        if found and all(isinstance(source, dict) and source.get("how") == "inferred" for source in found):
            yield from leaves(pointer, value_at(study, pointer))


def leaves(pointer: str, value: Json) -> Iterator[tuple[str, Json]]:
    """Yield the values at and below a pointer."""
    if isinstance(value, dict):
        for key, child in value.items():
            yield from leaves(f"{pointer}/{key}", child)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            yield from leaves(f"{pointer}/{number}", child)
    elif value is not None:
        yield pointer, value


def value_at(value: Json, pointer: str) -> Json:
    """Return what stands at a pointer."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value.get(name) if isinstance(value, dict) else None
    return value


def forms_of(value: Json) -> set[str]:
    """Return how pages may print a value."""
    if isinstance(value, bool):
        return {"Yes", "No", "healthy volunteers"}
    if isinstance(value, int):
        return {f"{value:,}"}
    first = next(line for line in str(value).splitlines() if line.strip()).strip()
    said = {first, words(first), words(first).lower(), format_date(first), status(first).label, phase([first])}
    if ": " in first:
        said.add(first.split(": ", 1)[1])
    return {form for text in said for form in (str(escape(text)), html_text(text))}


def not_marked(study: dict[str, Json], pages: str) -> list[str]:
    """Return the inferred values of a record beside which no page says so."""
    marked = [html.unescape(line) for line in pages.split("\n") if LABEL in line or "✓ inferred" in line]
    missing = []
    for pointer, value in inferred_values(study):
        forms = {html.unescape(form) for form in forms_of(value)}
        if not ON_NO_PAGE.search(pointer) and not any(form in line for line in marked for form in forms):
            missing.append(f"{pointer}: {value}")
    return missing


def all_not_marked(project: Project) -> dict[str, list[str]]:
    """Return what is not marked, by trial."""
    found = {}
    number = 0
    for file in sorted((project.content / "api" / "v2" / "studies").rglob("*.json")):
        study = json.loads(file.read_text("utf-8"))
        number += sum(1 for _ in inferred_values(study))
        name = re.sub(r"[^a-z0-9]+", "-", study["catalogSection"]["id"].lower()).strip("-")
        pages = [
            project.content / "trials" / f"{name}{part}.md"
            for part in ("", "-results", "-sites", "-fields", "-publications")
        ]
        missing = not_marked(study, "\n".join(page.read_text("utf-8") for page in pages if page.is_file()))
        if missing:
            found[name] = missing
    assert number, "no value of these documents is inferred"
    return found


def test_inferred_values_of_the_seeds_are_marked(built_site: Project) -> None:
    assert all_not_marked(built_site) == {}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_inferred_values_of_real_documents_are_marked(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    for document in samples(SHARED):
        shutil.copy2(document, project.seeds / f"{document.parent.name}-{document.name}")
    project.run("generate")
    assert all_not_marked(project) == {}
