"""The file by which the catalog is cited: the fields of the Citation File Format, and nothing that is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.exports.citation_file import citation_file
from generator.history.repository import read_commit
from generator.model.catalog import Catalog, Commit
from generator.pages.catalog_version import catalog_version
from generator.settings import Settings
from tests.history.repositories import new_repository, study
from tests.pages.catalogs import small_catalog

OF_A_DATASET = {
    *("cff-version", "message", "type", "title", "authors", "version", "date-released", "commit", "doi", "license"),
    *("license-url", "repository-code", "keywords"),
}
"""Those of the fields of version 1.2.0 of the format that a data set can have and we write."""


def cited(catalog: Catalog, **settings: Any) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(citation_file(catalog, Settings(**settings)))
    assert set(found) <= OF_A_DATASET
    assert {"cff-version", "message", "title", "authors"} <= set(found), "the format asks for these"
    return found


def test_it_says_what_the_owner_and_the_documents_say() -> None:
    catalog = small_catalog()
    catalog.commit = Commit("a" * 40, "2030-03-01")
    found = cited(catalog, title="Lamps: a catalog", author="The Lamp Group", doi="10.5072/lamps", licence="CC0-1.0")
    assert (found["title"], found["authors"]) == ("Lamps: a catalog", [{"name": "The Lamp Group"}])
    assert (found["doi"], found["license"], found["commit"]) == ("10.5072/lamps", "CC0-1.0", "a" * 40)
    assert found["version"] == catalog_version(catalog)


def test_what_is_not_known_is_left_out() -> None:
    found = cited(Catalog(), title="Lamps")
    assert set(found) == {"cff-version", "message", "type", "title", "authors", "version", "keywords"}
    assert cited(Catalog(), licence="https://example.org/terms")["license-url"] == "https://example.org/terms"
    assert "license" not in cited(Catalog(), licence="Ask us")


@pytest.mark.parametrize(
    ("change", "is_there"),
    [({}, True), ({"two.json": "{}"}, False), ({"one.json": "{}"}, False), ({"../mkdocs.yml": "a: 1"}, True)],
)
def test_a_commit_is_named_only_where_the_documents_are_as_it_has_them(
    change: dict[str, str], is_there: bool, tmp_path: Path
) -> None:
    repository = new_repository(tmp_path / "catalog")
    repository.commit_files({"one.json": study("NCT90000001")})
    for name, text in change.items():
        (repository.seeds / name).write_text(text, "utf-8")
    found = read_commit(repository.seeds)
    assert (found is not None) == is_there
    assert found is None or (len(found.id), found.day) == (40, "2030-03-01")


def test_without_a_repository_there_is_no_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert read_commit(tmp_path) is None
