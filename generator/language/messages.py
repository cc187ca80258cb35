"""Our own words in the site's language, by GNU gettext.

Messages stand in the code in English: ``gettext("Sites and contacts")``, with names in braces for what is put in.
Their translations stand in ``messages.po`` in a language's folder below ``templates/languages/``; a catalog's own
folder ``templates/languages/`` beside its ``mkdocs.yml`` comes first.  ``python -m scripts.update_messages`` brings new
messages into these files.

The language is a state of the process, as in Django: `activate` sets it before pages are made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

FILE = "messages.po"
"""Name of the file with a language's messages, in the folder that bears the language's code."""

SOURCE = "en"
"""The language of the messages in the code."""


class LanguageError(ValueError):
    """A file with messages cannot be read.  The message names file and line, and what to do."""


@dataclass(frozen=True)
class Language:
    """A language in which pages are written."""

    code: str = SOURCE
    """As Material writes it, such as ``fr`` or ``pt-BR``; English where there is no translation."""
    locale: Locale = field(default_factory=lambda: Locale("en", "GB"))
    """How it writes dates and numbers."""
    translations: NullTranslations = field(default_factory=NullTranslations)
    plural: str = "(n != 1)"
    """The number of the form that follows a number ``n``, as an expression in C, Python and JavaScript."""
    for_scripts: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    """The messages of scripts with their translations; of those with a number, all forms."""
    version: bytes = b""
    """Stands for the files that the messages were read from."""


_active = Language()


def active_language() -> Language:
    """Return the language in which pages are written now."""
    return _active


def activate(code: str, folders: Sequence[Path] = ()) -> Language:
    """Write pages in the language *code* from now on, and return it.

    *folders* hold a folder for each language; of two with the same language, the first one's messages win.  Where none
    has the language, that of the code without its region is taken, and else English.  Raises LanguageError for a file
    that cannot be read.
    """
    global _active
    found = [file for name in dict.fromkeys((code, code.partition("-")[0])) for file in _files(name, folders)]
    stamps = tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in found)
    _active = _load(code, stamps) if found else Language()
    return _active


@contextmanager
def speaking(code: str, folders: Sequence[Path] = ()) -> Iterator[Language]:
    """Write in the language *code* as long as the context lasts, then in the one before; raises as `activate` does."""
    global _active
    before = _active
    try:
        yield activate(code, folders)
    finally:
        _active = before


def _files(code: str, folders: Iterable[Path]) -> Iterator[Path]:
    yield from (file for folder in folders if (file := folder / code / FILE).is_file())


@lru_cache(maxsize=8)
def _load(code: str, stamps: tuple[tuple[Path, int, int], ...]) -> Language:
    """Return the language of the files; the stamps of each tell whether it is still the one that was read."""
    locale = _locale(code) or Locale("en", "GB")
    translations: NullTranslations = NullTranslations()
    made = hashlib.blake2b(digest_size=16)
    plural, for_scripts = "(n != 1)", dict[str, str | tuple[str, ...]]()
    for file, _, _ in reversed(stamps):
        catalog = read_messages(file)
        binary = BytesIO()
        write_mo(binary, catalog)
        binary.seek(0)
        known = GNUTranslations(binary)
        known.add_fallback(translations)
        translations, plural = known, catalog.plural_expr
        for message in catalog:
            in_script = any(place.endswith(".js") for place, _ in message.locations)
            if in_script and message.id and message.string and not message.fuzzy:
                text = message.id if isinstance(message.id, str) else message.id[0]
                for_scripts[text] = message.string if isinstance(message.string, str) else tuple(message.string)
        made.update(file.read_bytes())
    return Language(code, locale, translations, plural, for_scripts, made.digest())


def _locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


def read_messages(file: Path) -> Catalog:
    """Return the messages of a file in the folder of its language.  Raises LanguageError where it cannot be read."""
    try:
        with file.open("rb") as lines:
            return read_po(lines, locale=_locale(file.parent.name), abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        line = f"{error.lineno + 1}" if isinstance(error, PoFileError) else "1"
        raise LanguageError(
            f"{file}:{line}: this file of messages cannot be read ({error}); correct it, or take it away"
        ) from error


def gettext(message: str) -> str:
    """Return a message in the site's language; an empty text is no message (in gettext's files, it is their head)."""
    return _active.translations.gettext(message) if message else ""


def pgettext(context: str, message: str) -> str:
    """Return a message that means another thing elsewhere; *context* says for translators where it stands."""
    return _active.translations.pgettext(context, message)


def npgettext(context: str, one: str, many: str, number: int) -> str:
    """Return the form of a message that goes with *number*; *context* says for translators where it stands."""
    return _active.translations.npgettext(context, one, many, number)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form of a message that goes with *number*."""
    return _active.translations.ngettext(one, many, number)


def gettext_noop(message: str) -> str:
    """Return *message* as it is: it stands in a table, and is translated where it is shown."""
    return message
