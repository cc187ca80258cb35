"""A flag is said in the site's language, with its codes, dates and names; data files have it in English."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.language.messages import activate
from generator.model.catalog_section import Flag
from generator.model.sentence import in_turn, sentence
from generator.pages.text.flag_words import flag_basis
from generator.pages.text.wording import translated

FRENCH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "The status is {status} since {date} in {towns}."
msgstr "À {towns}, depuis {date} : {status}."

msgid "Recruiting"
msgstr "Recrutement"

msgid "{names} and {last}"
msgstr "{names} et {last}"

msgid "A rule."
msgstr "Une règle."
"""


@pytest.fixture
def _french(tmp_path: Path) -> Iterator[None]:
    file = tmp_path / "fr" / "messages.po"
    file.parent.mkdir()
    file.write_text(FRENCH, encoding="utf-8")
    activate("fr", [tmp_path])
    yield
    activate("en")


def a_flag() -> Flag:
    message = sentence(
        "The status is {status} since {date} in {towns}.",
        status="RECRUITING",
        date="2019-07",
        towns=["{Lund}", "Tours"],
    )
    return Flag(code="x", message=message, basis="A rule.")


def test_data_files_have_the_english_sentence() -> None:
    assert str(a_flag().message) == "The status is recruiting since 2019-07 in {Lund} and Tours."
    assert translated(a_flag().message) == "The status is recruiting since July 2019 in {Lund} and Tours."
    assert str(in_turn(sentence("Said {once}."), a_flag().message)).startswith("Said {once}. The status is recruiting")


@pytest.mark.usefixtures("_french")
def test_pages_say_it_in_their_language() -> None:
    assert translated(a_flag().message) == "À {Lund} et Tours, depuis juillet 2019 : recrutement."
    assert flag_basis(a_flag()) == "Une règle."
    assert translated(sentence("Said {once}.")) == "Said {once}."
