"""The languages that the package speaks are whole: every message, and every hand-written page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import markdown
import pytest
from babel.messages.catalog import Catalog, Message

from generator.folders import CONTENT, HAND_WRITTEN
from generator.language.messages import read_messages
from scripts.update_messages import LANGUAGES, extract_messages, files_of_messages

_PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)[sd]|%%")
_TAG = re.compile(r"</?([a-z]+\d?)")
_LINK = re.compile(r"\]\(([^)]*)\)")

CODES = [file.parent.name for file in files_of_messages()]


@cache
def messages() -> Catalog:
    return extract_messages()


def forms(message: Message) -> tuple[str, ...]:
    """Return the English forms of a message: one, or two where a number is in it."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def translations(message: Message) -> tuple[str, ...]:
    """Return the forms of a message's translation."""
    return (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)


@pytest.mark.parametrize("code", CODES)
def test_every_message_has_a_translation(code: str) -> None:
    known = read_messages(LANGUAGES / code / "messages.po")
    wanted = {(message.context, message.id) for message in messages() if message.id}
    have = {(message.context, message.id) for message in known if message.id}
    assert have == wanted, "run: python -m scripts.update_messages"
    empty = [message.id for message in known if message.id and (not all(translations(message)) or message.fuzzy)]
    assert empty == []


@pytest.mark.parametrize("code", CODES)
def test_translations_hold_what_the_messages_hold(code: str) -> None:
    wrong = []
    for message in read_messages(LANGUAGES / code / "messages.po"):
        for said in translations(message) if message.id else ():
            for name, pattern in (("values", _PLACEHOLDER), ("elements", _TAG), ("links", _LINK)):
                found = sorted(pattern.findall(said))
                wanted = [sorted(pattern.findall(english)) for english in forms(message)]
                if found not in wanted:
                    wrong.append(f"{name} of {said!r}: {found}, not {wanted[0]}")
            english = forms(message)[0]
            if (said[:1].isspace(), said[-1:].isspace()) != (english[:1].isspace(), english[-1:].isspace()):
                wrong.append(f"blanks around {said!r}")
    assert wrong == []


def hand_written() -> list[str]:
    return sorted(
        file.relative_to(CONTENT).as_posix() for folder in HAND_WRITTEN for file in (CONTENT / folder).rglob("*.md")
    )


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", hand_written())
def test_every_packaged_page_is_there_with_all_that_is_in_it(code: str, name: str) -> None:
    ours, theirs = ((folder / name).read_text("utf-8") for folder in (CONTENT, LANGUAGES / code / "content"))
    for pattern in (
        r"^#+ ",
        r"^ *-   ",
        r"\]\([^)]*\)",
        r"`[^`]*`",
        r"<[a-z][^>]*(?: class| data-)[^>]*>",
        r"^(?:title|description|hide|search):",
        r"<!--.*-->",
    ):
        found, wanted = (sorted(re.findall(pattern, text, re.MULTILINE)) for text in (theirs, ours))
        assert found == wanted, pattern


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("name", hand_written())
def test_the_english_anchors_of_a_packaged_page_hold_in_every_language(code: str, name: str) -> None:
    def anchors(folder: Path) -> set[str]:
        html = markdown.markdown((folder / name).read_text("utf-8"), extensions=["md_in_html", "tables", "toc"])
        return set(re.findall(r'\bid="([^"]+)"', html))

    assert anchors(CONTENT) <= anchors(LANGUAGES / code / "content")
