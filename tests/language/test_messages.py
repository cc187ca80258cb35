"""Messages in the site's language: which are taken, and what stands where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.language.formats import format_date, format_list, format_number, in_sentence, plural
from generator.language.messages import LanguageError, activate, active_language, gettext

FRENCH = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

#: generator/pages/lists/rows.py
msgid "{n} trial"
msgid_plural "{n} trials"
msgstr[0] "{n} essai"
msgstr[1] "{n} essais"

#: content/assets/javascripts/search/page.js
msgid "Sites"
msgstr "Centres"

#, fuzzy
msgid "Contact"
msgstr "Contrat"
"""


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    activate("en")


def languages(folder: Path, code: str, text: str) -> Path:
    file = folder / code / "messages.po"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder


def test_messages_dates_and_numbers_follow_the_language(tmp_path: Path) -> None:
    activate("fr", [languages(tmp_path, "fr", FRENCH)])
    assert gettext("Sites") == "Centres"
    assert [plural(n, "{n} trial", "{n} trials") for n in (0, 1, 12345)] == [
        "0 essai",
        "1 essai",
        "12\u202f345 essais",
    ]
    assert [format_date(value) for value in ("2019-03-05", "2019-03", "2019", "2019-02-30", "spring")] == [
        "5 mars 2019",
        "mars 2019",
        "2019",
        "2019-02-30",
        "spring",
    ]


def test_what_has_no_translation_stays_english(tmp_path: Path) -> None:
    activate("fr", [languages(tmp_path, "fr", FRENCH)])
    assert gettext("Contact") == "Contact"  # a fuzzy one is none
    assert gettext("Drugs") == "Drugs"


def test_an_empty_text_stays_empty(tmp_path: Path) -> None:
    activate("fr", [languages(tmp_path, "fr", FRENCH)])
    assert gettext("") == ""


def test_only_messages_of_scripts_go_to_scripts(tmp_path: Path) -> None:
    assert activate("fr", [languages(tmp_path, "fr", FRENCH)]).for_scripts == {"Sites": "Centres"}


def test_the_region_of_a_language_falls_back_to_it(tmp_path: Path) -> None:
    assert activate("fr-CA", [languages(tmp_path, "fr", FRENCH)]).locale.territory == "CA"
    assert gettext("Sites") == "Centres"


def test_a_catalogs_own_messages_come_first_and_the_packaged_ones_after(tmp_path: Path) -> None:
    own = languages(
        tmp_path / "own",
        "fr",
        FRENCH.replace("Centres", "Hôpitaux").split('msgid "{n}')[0] + ('#: a.js\nmsgid "Sites"\nmsgstr "Hôpitaux"\n'),
    )
    activate("fr", [own, languages(tmp_path / "packaged", "fr", FRENCH)])
    assert (gettext("Sites"), plural(2, "{n} trial", "{n} trials")) == ("Hôpitaux", "2 essais")
    assert active_language().for_scripts == {"Sites": "Hôpitaux"}


def test_a_language_without_messages_is_written_in_english(tmp_path: Path) -> None:
    assert activate("cy", [languages(tmp_path, "fr", FRENCH)]).code == "en"
    assert format_date("2019-03-05") == "5 March 2019"
    assert format_number(12345) == "12,345"
    assert format_list(["a", "b", "c"]) == "a, b and c"
    assert in_sentence("Not stated") == "not stated"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    folder = languages(tmp_path, "fr", FRENCH)
    activate("fr", [folder])
    (folder / "fr" / "messages.po").write_text(FRENCH.replace("Centres", "Lieux d’essai"), encoding="utf-8")
    activate("fr", [folder])
    assert gettext("Sites") == "Lieux d’essai"


def test_a_damaged_file_is_named_with_its_line(tmp_path: Path) -> None:
    folder = languages(tmp_path, "fr", FRENCH + "\nnonsense here\n")
    with pytest.raises(LanguageError, match=r"fr/messages\.po:\d+: this file of messages cannot be read"):
        activate("fr", [folder])


@pytest.mark.parametrize(
    ("label", "inside"), [("Not yet recruiting", "not yet recruiting"), ("A few", "a few"), ("FDA rule", "FDA rule")]
)
def test_a_label_begins_with_a_small_letter_inside_a_sentence(label: str, inside: str) -> None:
    assert in_sentence(label) == inside
