"""Settings are options of the plugin in mkdocs.yml; a mistake there is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.identity.vocabularies.shipped import ABOUT
from generator.settings import SHIPPED_VOCABULARIES, ConfigFile, Settings, SettingsError, read_config_file
from tests.conftest import ROOT


def read(folder: Path, text: str) -> ConfigFile:
    file = folder / "mkdocs.yml"
    file.write_text(text, encoding="utf-8")
    return read_config_file(file)


def options(*lines: str) -> str:
    return "\n".join(["plugins:", "  - search", "  - trial-catalog:", *(f"      {line}" for line in lines), ""])


def test_our_own_file_can_be_read() -> None:
    file = read_config_file(ROOT / "mkdocs.yml")
    assert (file.seeds, file.content, file.site) == (ROOT / "seeds", ROOT / "content", ROOT / "site")
    assert file.settings.contacts is True
    assert "trial-catalog" in file.plugins


def test_tags_of_mkdocs_are_not_run(tmp_path: Path) -> None:
    text = "site_name: !ENV [NO_SUCH_VARIABLE, y]\nb: !!python/name:os.system\nc: !relative\n" + options("contacts: no")
    assert read(tmp_path, text).settings == Settings(title="y", contacts=False)


def test_folders_are_beside_the_file(tmp_path: Path) -> None:
    file = read(tmp_path, "docs_dir: pages\n" + options("seeds: documents"))
    assert (file.seeds, file.content, file.site) == tuple(tmp_path / name for name in ("documents", "pages", "site"))


def test_the_name_and_the_repository_of_the_site_are_the_catalogs(tmp_path: Path) -> None:
    text = "site_name: Ours\nrepo_url: https://example.org/r\n"
    assert read(tmp_path, text).settings == Settings(title="Ours", repository_url="https://example.org/r")
    text += options("title: Other", "repository_url: https://example.org/s")
    assert read(tmp_path, text).settings == Settings(title="Other", repository_url="https://example.org/s")


@pytest.mark.parametrize("text", ["", "theme: material\n", "plugins: []\n", "plugins:\n  trial-catalog: {}\n"])
def test_nothing_said_means_the_defaults(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).settings == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extra:\n  x: 1\n  catalog:\n    contacts: no\n", r"mkdocs.yml:4: .*are options of the plugin now: move them"),
        (options("title: x", "contact: no"), r"mkdocs.yml:5: .*did you mean `contacts`"),
        (options("study_files: all"), r"mkdocs.yml:4: .*no such setting any more: .*; take the setting away"),
        (options("zzz: 1"), r"mkdocs.yml:4: .*known are seeds, title, contacts"),
        (options("contacts: maybe"), r"mkdocs.yml:4: .*contacts: Expected type"),
        (options("vocabularies: {uni: false}"), r"mkdocs.yml:4: .*no such vocabulary as `uni`: did you mean `unii`"),
        (options("vocabularies: {unii: perhaps}"), r"mkdocs.yml:4: .*unii: must be true or false"),
        (options("list_limit: 0"), r"mkdocs.yml:4: .*must be 1 or more"),
        (options("page_folders: [..]"), r"mkdocs.yml:4: .*below that of mkdocs.yml"),
        (options("entity_pages: auto"), r"mkdocs.yml:4: .*all.*shared"),
        ("a: [1\nb: 2\n", r"mkdocs.yml:\d+: this is not YAML"),
        ("- a list\n", r"mkdocs.yml:1: .*must hold settings"),
    ],
)
def test_mistakes_are_named_with_their_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=message):
        read(tmp_path, text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no such file"):
        read_config_file(tmp_path / "mkdocs.yml")


def test_a_vocabulary_is_switched_off_by_its_name(tmp_path: Path) -> None:
    settings = read(tmp_path, options("vocabularies: {unii: false, mesh: true}")).settings
    assert settings.vocabularies_off == {"unii"}
    assert {about.name for about in ABOUT} == set(SHIPPED_VOCABULARIES)
    ours = tmp_path / "seeds" / "vocabularies"
    ours.mkdir(parents=True)
    (ours / "ours.csv").touch()
    assert read(tmp_path, options("vocabularies: {ours: false}")).settings.vocabularies_off == {"ours"}
