"""A changed message renders all pages anew: the theme's parts say it, too."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config.base import load_config

from generator.language.messages import activate
from generator.renderer.build_state import shared_by_all

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
MESSAGES = HEAD + 'msgid "Report an error"\nmsgstr "{words}"\n'


@pytest.mark.parametrize("words", ["Signaler une erreur", "Une erreur ?"])
def test_what_all_pages_share_counts_their_messages(words: str, tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: Trials\ntheme: material\n", encoding="utf-8")
    (tmp_path / "docs").mkdir()
    config = load_config(str(tmp_path / "mkdocs.yml"))
    file = tmp_path / "languages" / "fr" / "messages.po"
    file.parent.mkdir(parents=True)
    try:
        file.write_text(MESSAGES.format(words="Mistake"), encoding="utf-8")
        activate("fr", [file.parents[1]])
        before = shared_by_all(config)
        assert shared_by_all(config) == before
        file.write_text(MESSAGES.format(words=words), encoding="utf-8")
        activate("fr", [file.parents[1]])
        assert shared_by_all(config) != before
    finally:
        activate("en")
