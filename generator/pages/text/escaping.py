"""Text from documents, made safe: it reaches a page as the same text, whatever it holds.

Two Markdown dialects render our pages, today's (Python-Markdown) and tomorrow's (CommonMark), and they disagree
on backslashes.  Both agree on character references, so those are what escapes a character, and only where the
character could mean something, so that the pages stay readable.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import quote, urlsplit

from generator.language.messages import gettext
from generator.pages.text.contacts import E_MAIL, NO_E_MAIL, NO_TELEPHONE, without_contacts


class Markdown(str):
    """Text that is Markdown already.  Everything else is escaped when a template prints it."""

    __slots__ = ()

    def __mod__(self, values: object) -> Markdown:
        """Put *values* (name -> text or whole number) into a template's message; what is no Markdown is escaped."""
        if not isinstance(values, Mapping):
            raise TypeError("a template's message takes its values by their names")
        shown = {
            name: value if isinstance(value, Markdown) else document_text(str(value)) for name, value in values.items()
        }
        return Markdown(str.__mod__(self, shown))

    def __add__(self, other: str) -> Markdown:
        """Join two pieces of Markdown; plain text is escaped on the way."""
        return Markdown(str.__add__(self, other if isinstance(other, Markdown) else escape(other)))


NOTHING = Markdown("")

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn around what stands beside them, also beyond the text that they came with."""
_BLANKS = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ(][A-Za-zÀ-ÖØ-öø-ÿ0-9 ,.;:()/%'’–+=-]*")
"""Text in which nothing can mean anything: most names are."""
_ALWAYS = re.compile(r"[\\`*\[\]{#|<]")
_TILDES = re.compile(r"~{2,}")
_UNDERSCORE = re.compile(r"(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])")
_AMPERSAND = re.compile(r"&(?!\s)")
_FIRST = re.compile(r"[-+=~:>!?/%^$\"]")
_NUMBERED = re.compile(r"(\d+)([.)])(?=\s|$)")
_HTML = re.compile("[&<>\"']")

_SCHEMES = frozenset({"http", "https", "mailto"})
_URL_FORBIDDEN = re.compile("[\x00-\x20\x7f-\xa0\u2028\u2029]")


def _reference(match: re.Match[str]) -> str:
    if match.group() == "<":
        return "&lt;"
    return "".join(f"&#{ord(character)};" for character in match.group())


def one_line(text: str) -> str:
    """Return *text* on one line: blanks and line ends become one blank, control characters a visible mark.

    Marks of direction are left out.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", _CONTROLS.sub("�", DIRECTIONS.sub("", text))).strip()


@lru_cache(maxsize=1 << 16)
def escape(text: str) -> Markdown:
    """Return Markdown that renders as exactly *text* (on one line) in every inline context and both dialects.

    Headings, paragraphs, list items, table cells and link texts are all safe places for the result.
    """
    if _PLAIN.fullmatch(text) and "  " not in text and text[-1] != " ":
        return Markdown(text)
    text = one_line(text)
    if _PLAIN.fullmatch(text):
        return Markdown(text)
    text = _AMPERSAND.sub("&amp;", text)
    first = _FIRST.match(text)
    if first:
        text = _reference(first) + "".join(text[1:])
    else:
        numbered = _NUMBERED.match(text)
        if numbered:
            text = f"{numbered[1]}&#{ord(numbered[2])};{text[numbered.end() :]}"
    # Character references hold "#" and "&" themselves, so they are set aside while the rest is escaped.
    pieces = re.split(r"(&(?:amp|#\d+);)", text)
    for index in range(0, len(pieces), 2):
        piece = _ALWAYS.sub(_reference, pieces[index])
        piece = _TILDES.sub(_reference, piece)
        pieces[index] = piece
    return Markdown(_UNDERSCORE.sub("&#95;", "".join(pieces)))


def document_text(value: str, *, show_contacts: bool = True) -> Markdown:
    """Return *value* escaped, with e-mail addresses written so that harvesters do not find them.

    A small script of ours makes them links again.  Without *show_contacts* they and telephone numbers are left out,
    visibly.
    """
    if not show_contacts:
        return _without_contacts(value, gettext(NO_E_MAIL), gettext(NO_TELEPHONE))
    return escape(value) if "@" not in value else _with_addresses(value)


@lru_cache(maxsize=1 << 16)
def _without_contacts(value: str, no_e_mail: str, no_telephone: str) -> Markdown:
    instead = {NO_E_MAIL: no_e_mail, NO_TELEPHONE: no_telephone}
    return escape(without_contacts(value, say=instead.__getitem__))


@lru_cache(maxsize=1 << 12)
def _with_addresses(value: str) -> Markdown:
    pieces: list[str] = []
    end = 0
    for match in E_MAIL.finditer(value):
        pieces.append(_keep_edges(value[end : match.start()]))
        pieces.append(e_mail(match[1], match[2]))
        end = match.end()
    if not end:
        return escape(value)
    pieces.append(_keep_edges(value[end:]))
    return Markdown("".join(pieces).strip())


def _keep_edges(piece: str) -> str:
    """Escape *piece*, keeping one blank at each end that has any: it stands beside something else."""
    inner = escape(piece)
    before = " " if piece[:1].isspace() else ""
    after = " " if piece[-1:].isspace() and inner else ""
    return f"{before}{inner}{after}"


def e_mail(name: str, host: str) -> Markdown:
    """Return an e-mail address for readers, not for harvesters."""
    return Markdown(f'<span class="mail">{escape(name)} (at) {escape(host)}</span>')


def plain(value: str) -> str:
    """Return *value* on one line with its e-mail addresses obscured, for places that take no markup."""
    shown = one_line(value)
    return E_MAIL.sub(r"\1 (at) \2", shown) if "@" in shown else shown


def html_text(value: str, *, show_contacts: bool = True) -> str:
    """Return *value* as HTML text for raw blocks, e-mail addresses obscured or contacts left out, blanks kept."""
    if not value.isprintable():
        value = _CONTROLS.sub("�", DIRECTIONS.sub("", value))
    if not show_contacts:
        value = without_contacts(value, say=gettext)
    elif "@" in value:
        value = E_MAIL.sub(r"\1 (at) \2", value)
    return html.escape(value, quote=True) if _HTML.search(value) else value


def front_matter(value: str) -> str:
    """Return *value* as a double-quoted YAML string whose text is safe HTML.

    Material prints a page's title and description into its HTML as they are, so they are escaped here.
    """
    escaped = html.escape(plain(value), quote=True).replace("\\", "\\\\")
    # Characters that YAML does not print as they are.
    escaped = re.sub("[\ufeff\ufffe\uffff]", "", escaped)
    return f'"{escaped}"'


def safe_url(url: str) -> str | None:
    """Return *url* ready for a Markdown link, or None unless it is an http, https or mailto address."""
    url = url.strip()
    if _URL_FORBIDDEN.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or (parts.scheme.lower() != "mailto" and not parts.netloc):
        return None
    return quote(url, safe="/:?&=#%.,~+-@;!$").replace("&", "&amp;")


def link(words: str, target: str) -> Markdown:
    """Return a link with *words* (escaped unless Markdown) to *target*, a path or URL that is safe already."""
    shown = words if isinstance(words, Markdown) else escape(words)
    return Markdown(f"[{shown}]({target})")


def external_link(words: str, url: str) -> Markdown:
    """Return a link to another site; only the text where the address is not one that we link to."""
    target = safe_url(url)
    shown = escape(plain(words))
    return link(shown, target) if target else shown


def join(pieces: list[Markdown], separator: str = ", ") -> Markdown:
    """Join pieces of Markdown with a *separator* that is Markdown too."""
    return Markdown(separator.join(pieces))
