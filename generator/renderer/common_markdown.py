"""Markdown to HTML for the few constructs that generated pages are made of, byte for byte as Python-Markdown does it.

Python-Markdown takes most of MkDocs' time.  Our templates write a small common subset of Markdown: headings,
paragraphs, lists, boxes (``<div class="..." markdown>``), raw HTML blocks, links, strong text, code, inline tags and
character references.  For these, and only where no other rule of Python-Markdown could apply, one pass over the lines
gives the same result.  Whatever lies outside the subset is refused as a whole (``convert`` returns None), and the
caller hands the page to Python-Markdown itself.  So this module may know little, but is never wrong.
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens, slugify, strip_tags, unique
from markdown.serializers import RE_AMP, to_xhtml_string
from markdown.treeprocessors import PrettifyTreeprocessor
from markdown.util import BLOCK_LEVEL_ELEMENTS

EXTENSIONS = frozenset({"toc", "tables", "fenced_code", "md_in_html"})
"""The extensions of Python-Markdown whose rules are taken into account.  Others change what the subset means."""

TOC_OPTIONS = frozenset({"permalink", "permalink_title", "toc_depth"})
"""The options of the ``toc`` extension that are known here."""

TocToken = dict[str, object]


@dataclass(frozen=True, slots=True)
class Headings:
    """How headings are marked up: the ``toc`` extension's options."""

    permalink: str | None = None
    """Text of the link that each heading ends with."""
    permalink_title: str = "Permanent link"
    top: int = 1
    """Headings of this level down to *bottom* are listed in the table of contents."""
    bottom: int = 6


@dataclass(slots=True)
class Converted:
    """A page's HTML and what MkDocs wants to know of it."""

    html: str
    toc_tokens: list[TocToken]
    """As the ``toc`` extension gives them, nested."""
    anchors: set[str]
    """Ids that can be linked to."""
    title: str | None
    """The text of a first heading that opens the page."""


class _OutsideError(Exception):
    """The page uses what this module does not know."""


_Resolve = Callable[[str], str]
"""Turns the target of a Markdown link into an address."""

# Control characters are Python-Markdown's own marks; tabs and carriage returns it rewrites first.
_KNOWN_CHARACTERS = re.compile("[^\x00-\x09\x0b-\x1f\x7f]*+")
_BLOCK_TAGS = frozenset(BLOCK_LEVEL_ELEMENTS)
_TAG = r"<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z][a-z-]*(?:=\"[^\"<>\[\]\\`\n]*\")?)*)>"
_INLINE = re.compile(
    r"\[(?P<words>\[[0-9]+\]|[^\[\]]*)\]\((?P<target>[^()\s<>\"'\\`\[\]]+)\)"
    rf"|{_TAG}"
    r"|\*\*(?P<strong>[^\s*](?:[^*]*[^\s*])?)\*\*(?!\*)"
    r"|(?<!`)`(?P<code>[^`\\\n]*[^`\\\s])`(?!`)"
    r"|(?P<reference>&(?:#[0-9]+|[a-zA-Z][a-zA-Z0-9]*);)"
    r"|(?P<text>[&>])"
    r"|(?P<unknown>[\[\]<*\\`|]|(?<!\w)_|_(?!\w))"
)
# What is copied as it is, in runs as long as can be: text, character references, tags that are known and name nothing.
_AS_IT_IS = (
    r"(?:[^\[\]<>&*\\`|_]+|(?<=\w)_(?=\w)|&(?:#[0-9]+|[a-zA-Z][a-zA-Z0-9]*);"
    r"|</?(?:abbr|b|br|cite|em|i|q|small|span|strong|sub|sup|time|u)"
    r"(?: (?:class|datetime|lang|title)=\"[^\"<>\[\]\\`\n=*]*\")*>)"
)
_LINK = r"\[(\[[0-9]+\]|[^\[\]]*)\]\(([^()\s<>\"'\\`\[\]]+)\)"
_STRONG = r"\*\*([^\s*](?:[^*]*[^\s*])?)\*\*(?!\*)"
_WHOLLY_KNOWN = re.compile(rf"(?:{_AS_IT_IS}|(?<!!){_LINK}|{_STRONG})*+")
_LINK_OR_STRONG = re.compile(f"{_LINK}|{_STRONG}")
"""What is to be rewritten in a text that is wholly known: no other part of it holds a bracket or an asterisk."""
_PIECE = re.compile(f"({_AS_IT_IS}++)|{_LINK}|{_STRONG}")
_HEADING = re.compile(r"(#{1,6}) (\S.*)")
_ITEM = re.compile(r"(?:(-)|[0-9]+\.) +(\S.*)")
_BOX = re.compile(r'<(div|details) class="([a-zA-Z0-9_ -]+)" markdown>')
_BOX_END = re.compile(r"</(div|details)>")
_SUMMARY = re.compile(r"<summary>([^<\\]*)</summary>")
_RAW = re.compile(r"<(ol|ul|table|dl|figure)(?: [a-z-]+=\"[^\"<>\n]*\")*>")
_RAW_FORBIDDEN = re.compile(r"<[!?]|<(?:script|style|textarea|title|iframe|noscript|noembed|noframes|xmp|plaintext)\b")
_NAME_IN_PICTURE = re.compile(r"<title>[^<>]*</title>")
"""What a part of a drawing is called: harmless where it is closed and holds nothing but text."""
_RAW_ID = re.compile(r'<(?:[a-z][a-z0-9]*)(?: [a-z-]+="[^"<>]*")*? id="([^"]*)"')
# What would begin another block where a line of running text begins; or end a line in a way that means something.
_TEXT_START = re.compile(r" *(?:[#>|=:~+!^]|[-*_](?: |$)|(?:[-*_] *)+$|[0-9]+[.)](?: |$))")
_TEXT_STARTS = frozenset(" #>|=:~+!^-*_0123456789")
_LINE_ENDS = frozenset(" #\\")
_RAW_TAG = re.compile(r"</?([a-z][a-z0-9]*)[^<>]*>")
_HIDDEN = re.compile("[\ue000-\ue002]")
_SEPARATOR = "<!-- -->"


@dataclass(slots=True)
class _Item:
    """An item of a list; tight as long as it has text of its own."""

    text: str = ""
    children: list[str | _List] = field(default_factory=list)

    def loosen(self) -> None:
        """Make the item's own text a paragraph."""
        if self.text:
            self.children.insert(0, f"<p>{self.text}</p>")
            self.text = ""


@dataclass(slots=True)
class _List:
    """A list under construction."""

    tag: str
    items: list[_Item] = field(default_factory=list)


def convert(source: str, headings: Headings, resolve: _Resolve) -> Converted | None:
    """Return the HTML of *source*, or None where it is not wholly in the common subset.

    *resolve* gets the target of each Markdown link as it is written, and returns the address to put there.
    """
    if not _KNOWN_CHARACTERS.fullmatch(source) or source.isspace() or not source:
        return None
    try:
        return _Page(headings, resolve).convert(source)
    except _OutsideError:
        return None


class _Page:
    """The conversion of one page."""

    def __init__(self, headings: Headings, resolve: _Resolve) -> None:
        self._headings = headings
        self._resolve = resolve
        self._pieces: list[str] = []
        self._boxes: list[tuple[str, int]] = []
        self._list: _List | None = None
        self._used_ids: set[str] = set()
        self._anchors: set[str] = set()
        self._toc: list[TocToken] = []
        self._title: str | None = None
        self._rewritten: dict[str, str] = {}
        """Links and strong texts of the page, many of which stand there often."""

    def convert(self, source: str) -> Converted:
        lines = source.split("\n")
        lines.append("")
        position = 0
        block: list[str] = []
        while position < len(lines):
            line = lines[position]
            if line.startswith("<") and not block and (raw := _RAW.fullmatch(line)):
                position = self._raw_block(lines, position, raw[1])
                continue
            position += 1
            if line and (" " < line[0] < "\x7f" or not line.isspace()):
                block.append(line)
            elif block:
                self._block(block)
                block = []
        if self._boxes:
            raise _OutsideError
        self._end_list()
        return Converted("\n".join(self._pieces).strip(), nest_toc_tokens(self._toc), self._anchors, self._title)

    def _block(self, lines: list[str]) -> None:
        """Take the lines between two blank ones."""
        first = lines[0]
        if first.startswith("    "):
            self._indented(lines)
        elif _ITEM.fullmatch(first):
            self._add_items(lines)
        elif first.startswith(("<div ", "<details ")) or first in {"</div>", "</details>", _SEPARATOR}:
            self._end_list()
            self._mark_up(lines)
        elif heading := _HEADING.fullmatch(first):
            self._end_list()
            if len(lines) > 1:
                raise _OutsideError
            self._heading(len(heading[1]), heading[2])
        else:
            self._end_list()
            self._pieces.append(f"<p>{self._text(lines)}</p>")

    def _mark_up(self, lines: list[str]) -> None:
        if box := _BOX.fullmatch(lines[0]):
            self._boxes.append((box[1], len(self._pieces)))
            self._pieces.append(f'<{box[1]} class="{box[2]}">')
            if box[1] == "details" and len(lines) == 2 and (summary := _SUMMARY.fullmatch(lines[1])):
                self._pieces.append("<summary>" + RE_AMP.sub("&amp;", summary[1]).replace(">", "&gt;") + "</summary>")
            elif box[1] == "details" or len(lines) > 1:
                raise _OutsideError
        elif len(lines) > 1:
            raise _OutsideError
        elif end := _BOX_END.fullmatch(lines[0]):
            # An empty box is printed in another way.
            tag, start = self._boxes.pop() if self._boxes else ("", 0)
            if tag != end[1] or start == len(self._pieces) - 1:
                raise _OutsideError
            self._pieces.append(lines[0])
        elif lines[0] == _SEPARATOR:
            self._pieces.append(_SEPARATOR + "\n")
        else:
            raise _OutsideError

    def _raw_block(self, lines: list[str], start: int, tag: str) -> int:
        """Copy an HTML block up to its end tag, and return the position of the line after it."""
        self._end_list()
        try:
            end = lines.index(f"</{tag}>", start)
        except ValueError:
            raise _OutsideError from None
        raw = "\n".join(lines[start : end + 1])
        if lines[end + 1] or f"<{tag}" in raw[1:] or raw.count(f"</{tag}") > 1:
            raise _OutsideError
        if _RAW_FORBIDDEN.search(_NAME_IN_PICTURE.sub("", raw)):
            raise _OutsideError
        if self._boxes:
            self._pieces.append(_boxed(raw))
        else:
            self._anchors.update(html.unescape(anchor) for anchor in _RAW_ID.findall(raw))
            self._pieces.append(raw + "\n")
        return end + 1

    def _heading(self, level: int, words: str) -> None:
        if words[-1] in _LINE_ENDS:
            raise _OutsideError
        inner = self._inline(words)
        name, wanted = _named(inner)
        identifier = unique(wanted, self._used_ids)
        self._anchors.add(identifier)
        if level == 1 and not self._pieces:
            self._title = name
        if self._headings.top <= level <= self._headings.bottom:
            self._toc.append({"level": level, "id": identifier, "name": name, "html": inner, "data-toc-label": ""})
        permalink = self._headings.permalink
        if permalink is not None:
            title = self._headings.permalink_title
            shown = f' title="{html.escape(title)}"' if title else ""
            inner += f'<a class="headerlink" href="#{identifier}"{shown}>{html.escape(permalink, quote=False)}</a>'
        self._pieces.append(f'<h{level} id="{identifier}">{inner}</h{level}>')

    # Lists.  Python-Markdown decides for each item, not for the whole list, whether its text is a paragraph: it is
    # one where a blank line stands between the item and what comes before or after it in the same list.

    def _add_items(self, lines: list[str]) -> None:
        tag = "ul" if lines[0].startswith("-") else "ol"
        if self._list is None:
            self._list = _List(tag)
            self._items(self._list, lines, loose_first=False)
        else:
            self._same_kind(self._list, tag)
            self._list.items[-1].loosen()
            self._items(self._list, lines, loose_first=True)

    def _indented(self, lines: list[str]) -> None:
        """Take an indented block: it belongs to the last item of the list before it, or of a list inside that."""
        indent = len(lines[0]) - len(lines[0].lstrip(" "))
        depth, rest = divmod(indent, 4)
        opened = self._list
        for _ in range(depth - 1):
            if opened is None:
                break
            children = opened.items[-1].children
            last = children[-1] if children else None
            opened = last if isinstance(last, _List) else None
        if rest or opened is None:
            raise _OutsideError
        item = opened.items[-1]
        item.loosen()
        lines = [line.removeprefix(" " * indent) for line in lines]
        if _ITEM.fullmatch(lines[0]):
            tag = "ul" if lines[0].startswith("-") else "ol"
            last = item.children[-1] if item.children else None
            if isinstance(last, _List):
                self._same_kind(last, tag)
                last.items[-1].loosen()
                self._items(last, lines, loose_first=True)
            else:
                nested = _List(tag)
                item.children.append(nested)
                self._items(nested, lines, loose_first=False)
        elif lines == [_SEPARATOR]:
            item.children.append(_SEPARATOR)
        else:
            item.children.append(f"<p>{self._text(lines)}</p>")

    def _same_kind(self, opened: _List, tag: str) -> None:
        if opened.tag != tag:
            raise _OutsideError

    def _items(self, target: _List, lines: list[str], *, loose_first: bool) -> None:
        """Add the items of one block, each with the lines that continue it and the lists inside it."""
        texts: list[list[str]] = []
        nested: list[list[str]] = []
        for line in lines:
            if item := _ITEM.fullmatch(line):
                if (line[0] == "-") != (target.tag == "ul"):
                    raise _OutsideError
                texts.append([item[2]])
                nested.append([])
            elif line.startswith("    ") and (nested[-1] or _ITEM.fullmatch(line, 4)):
                nested[-1].append(line[4:])
            elif nested[-1]:
                raise _OutsideError
            else:
                texts[-1].append(line)
        for index, text in enumerate(texts):
            made = _Item(self._text(text))
            target.items.append(made)
            if index == 0 and loose_first:
                made.loosen()
                if nested[0]:
                    raise _OutsideError
            if nested[index]:
                inner = _List("ul" if nested[index][0].startswith("-") else "ol")
                made.children.append(inner)
                self._items(inner, nested[index], loose_first=False)

    def _end_list(self) -> None:
        if self._list is not None:
            self._print_list(self._list, self._pieces)
            self._list = None

    def _print_list(self, printed: _List, pieces: list[str]) -> None:
        pieces.append(f"<{printed.tag}>")
        for item in printed.items:
            if not item.children:
                pieces.append(f"<li>{item.text}</li>")
                continue
            inner: list[str] = []
            for child in item.children:
                if isinstance(child, _List):
                    self._print_list(child, inner)
                else:
                    inner.append(child)
            # A list follows the item's own text on the same line.
            pieces.append("<li>" + item.text + ("" if item.text else "\n") + "\n".join(inner))
            pieces.append("</li>")
        pieces.append(f"</{printed.tag}>")

    # Running text.

    def _text(self, lines: list[str]) -> str:
        for line in lines:
            if line[-1] in _LINE_ENDS or (line[0] in _TEXT_STARTS and _TEXT_START.match(line)):
                raise _OutsideError
        return self._inline("\n".join(lines).lstrip(" "))

    def _inline(self, text: str) -> str:
        if "markdown" in text:  # in a tag it would mean something
            return _INLINE.sub(self._inline_piece, text)
        if _WHOLLY_KNOWN.fullmatch(text):
            return _LINK_OR_STRONG.sub(self._rewrite, text) if "[" in text or "*" in text else text
        pieces: list[str] = []
        position, end, match_piece = 0, len(text), _PIECE.match
        while position < end:
            match = match_piece(text, position)
            if match is None:
                match = _INLINE.match(text, position)
                if match is None:
                    raise _OutsideError
                pieces.append(self._inline_piece(match))
            elif match.lastindex == 1:
                pieces.append(match[1])
            elif match.lastindex == 3:
                if text[position - 1 : position] == "!":
                    raise _OutsideError
                pieces.append(self._link(match[2], match[3]))
            else:
                pieces.append(f"<strong>{self._inline(match[4])}</strong>")
            position = match.end()
        return "".join(pieces)

    def _rewrite(self, match: re.Match[str]) -> str:
        found = self._rewritten.get(match[0])
        if found is None:
            words, target, strong = match.groups()
            found = self._link(words, target) if target else f"<strong>{self._inline(strong)}</strong>"
            self._rewritten[match[0]] = found
        return found

    def _link(self, words: str, target: str) -> str:
        """Return a link; a number in brackets inside it is no link of its own."""
        address = RE_AMP.sub("&amp;", self._resolve(target))
        return f'<a href="{address}">{words if words.startswith("[") else self._inline(words)}</a>'

    def _inline_piece(self, match: re.Match[str]) -> str:
        kind = match.lastgroup
        if kind == "target":
            if match.string[match.start() - 1 : match.start()] == "!":
                raise _OutsideError
            return self._link(match["words"], match["target"])
        if kind == "attributes":
            return self._tag(match)
        if kind == "strong":
            return f"<strong>{self._inline(match['strong'])}</strong>"
        if kind == "reference":
            return match[0]
        if kind == "code":
            return f"<code>{html.escape(match['code'].strip(), quote=False)}</code>"
        if kind == "text":
            return "&gt;" if match[0] == ">" else "&amp;"
        raise _OutsideError

    def _tag(self, match: re.Match[str]) -> str:
        """Take an inline tag as it is; note its id."""
        if (
            match["tag"] in _BLOCK_TAGS
            or match["tag"] in {"script", "style", "img"}
            or "markdown" in match["attributes"]
        ):
            raise _OutsideError
        if " id=" in match["attributes"] or " name=" in match["attributes"]:
            found = _RAW_ID.match(match[0])
            if found is None or " name=" in match["attributes"] or match["attributes"].count(" id=") > 1:
                raise _OutsideError
            self._anchors.add(html.unescape(found[1]))
        return match[0]


@lru_cache(maxsize=1 << 10)
def _named(heading: str) -> tuple[str, str]:
    """Return the text of a heading and the id that it would have; pages share most of their headings."""
    name = strip_tags(heading)
    return name, slugify(html.unescape(name), "-")


def _boxed(raw: str) -> str:
    """Return an HTML block as Python-Markdown prints it inside a box: parsed, and with line breaks of its own."""
    if "\n\n" in raw or " id=" in raw or "markdown" in raw or _HIDDEN.search(raw):
        raise _OutsideError
    # Inline tags and character references are to it no more than text.
    hidden = _RAW_TAG.sub(lambda tag: tag[0] if tag[1] in _BLOCK_TAGS else f"\ue001{tag[0][1:-1]}\ue002", raw)
    try:
        element = ElementTree.fromstring(hidden.replace("&", "\ue000"))  # noqa: S314 - made by our templates
    except ElementTree.ParseError:
        raise _OutsideError from None
    PrettifyTreeprocessor(Markdown()).run(element)
    printed: str = to_xhtml_string(element).rstrip("\n")
    return printed.replace("\ue000", "&").replace("\ue001", "<").replace("\ue002", ">")
