"""The seeds' pages are those that were last looked at, byte for byte."""

from __future__ import annotations

import difflib

import pytest

from tests.pages import golden


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return golden.pages()


KEPT = sorted(path.relative_to(golden.GOLDEN).as_posix() for path in golden.GOLDEN.rglob("*.md"))


def test_all_pages_are_kept(pages: dict[str, str]) -> None:
    assert sorted(pages) == KEPT, f"If that is meant, run: {golden.COMMAND}"


@pytest.mark.parametrize("name", KEPT)
def test_page(name: str, pages: dict[str, str]) -> None:
    was, now = golden.file_of(name).read_text("utf-8"), pages.get(name, "")
    if was != now:
        lines = difflib.unified_diff(was.splitlines(), now.splitlines(), f"golden/{name}", name, "", "", 1, "")
        pytest.fail(f"{name} changed. If that is meant, run: {golden.COMMAND}\n" + "\n".join(lines), pytrace=False)
