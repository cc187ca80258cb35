"""Settings come from mkdocs.yml; a mistake there is named with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.settings import Settings, SettingsError, read_settings

ROOT = Path(__file__).parents[2]


def read(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "mkdocs.yml"
    file.write_text(text)
    return read_settings(file)


def test_our_own_file_can_be_read() -> None:
    assert read_settings(ROOT / "mkdocs.yml").contacts is True


def test_tags_of_mkdocs_are_left_alone(tmp_path: Path) -> None:
    text = "a: !ENV [X, y]\nb: !!python/name:os.system\nc: !relative\nextra:\n  catalog:\n    contacts: false\n"
    assert read(tmp_path, text) == Settings(contacts=False)


@pytest.mark.parametrize("text", ["", "site_name: x\n", "extra: {}\n", "extra:\n  catalog:\n", "extra: null\n"])
def test_nothing_said_means_the_defaults(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text) == Settings()
    assert read_settings(tmp_path / "none.yml") == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("extra:\n  catalog:\n    title: x\n    contact: no\n", r"mkdocs.yml:4: .*`contact`: did you mean `contacts`"),
        ("extra:\n  catalog:\n    zzz: 1\n", r"mkdocs.yml:3: .*known are title, contacts"),
        ("extra:\n  catalog:\n    contacts: maybe\n", r"mkdocs.yml:3: extra.catalog.contacts: Expected `bool`"),
        ("extra:\n  catalog: yes\n", r"mkdocs.yml:2: extra.catalog must hold settings"),
        ("extra:\n  catalog:\n    list_limit: 0\n", r"mkdocs.yml:3: .*must be 1 or more"),
        ("a: [1\nb: 2\n", r"mkdocs.yml:\d+: this is not YAML"),
    ],
)
def test_mistakes_are_named_with_their_line(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=message):
        read(tmp_path, text)
