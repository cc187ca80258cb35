"""Brings the messages of code, templates and scripts into the files of all languages, ready to be translated.

    python -m scripts.update_messages

New messages come in empty, changed ones keep their translation marked as fuzzy, and those that are no longer used go.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import write_po

from generator.language.messages import FILE, read_messages

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ROOT / "templates" / "languages"

_METHODS = [("**.py", "python"), ("**.j2", "jinja2"), ("**.html", "jinja2"), ("**.js", "javascript")]
_OPTIONS = {pattern: {"encoding": "utf-8", "trimmed": "true", "silent": "false"} for pattern, _ in _METHODS}
_KEYWORDS = {**DEFAULT_KEYWORDS, "plural": (2, 3), "gettext_noop": None, "heading": None, "sentence": None}
_FOLDERS = ("generator", "templates", "content/assets/javascripts")
_HEADER = "# Messages of Trial Catalog in {language}.  Translate with any editor of PO files."


def extract_messages() -> Catalog:
    """Return all messages of the project, each with the files in which it stands."""
    found = Catalog(project="Trial Catalog", version="1", charset="utf-8", fuzzy=False)
    for folder in _FOLDERS:
        for file, _, message, comments, context in extract_from_dir(
            ROOT / folder, _METHODS, _OPTIONS, _KEYWORDS, comment_tags=("For translators:",), strip_comment_tags=True
        ):
            found.add(message, None, [(f"{folder}/{file}", 0)], auto_comments=comments, context=context)
    return found


def update(file: Path, messages: Catalog) -> None:
    """Bring *messages* into the file of a language, whose folder bears its code."""
    language = file.parent.name
    known = Catalog(locale=language.replace("-", "_"), charset="utf-8", fuzzy=False)
    if file.is_file():
        known = read_messages(file)
    known.header_comment = _HEADER.format(language=known.locale.english_name if known.locale else language)
    known.fuzzy, known.project, known.version = False, "trial-catalog", ""
    known.update(messages, update_header_comment=False)
    written = BytesIO()
    write_po(written, known, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(_without_dates(written.getvalue().decode())), encoding="utf-8")


def _without_dates(text: str) -> Iterator[str]:
    """Yield the lines of a file of messages but those that only say when and by whom it was written."""
    passing = (
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Generated-By",
    )
    yield from (line for line in text.splitlines(keepends=True) if not line.startswith(tuple(f'"{p}' for p in passing)))


def files_of_messages() -> list[Path]:
    """Return the file of each language that the package speaks."""
    return sorted(LANGUAGES.glob(f"*/{FILE}"))


def main() -> None:
    """Update all files."""
    messages = extract_messages()
    for file in files_of_messages():
        update(file, messages)
        print(f"{file.relative_to(ROOT)}: {len(messages)} messages")


if __name__ == "__main__":
    main()
