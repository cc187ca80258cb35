"""Prose of the registries, re-emitted as Markdown that both dialects render alike.

ClinicalTrials.gov's texts are written in a small subset of Markdown: paragraphs, bullets, numbered lists, and
backslashes before characters that would mean something.  Such text is parsed to tokens and written again from
the tokens; nothing of it is copied through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from generator.pages.text.escaping import Markdown, document_text, one_line

_SEPARATOR = ("<!-- -->",)
"""What ClinicalTrials.gov's texts have between two lists that are not one: it says nothing to a reader."""

_RULES = ["paragraph", "list", "text", "newline", "escape", "block", "inline", "normalize"]


@dataclass(frozen=True)
class Paragraph:
    """Lines of running text; a line end that the document has is kept."""

    lines: tuple[str, ...]

    @property
    def document_text(self) -> str:
        """The whole paragraph on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class Listing:
    """A list; each item holds blocks of its own."""

    items: tuple[tuple[Block, ...], ...]
    first: int | None = None
    """Number of the first item; None for bullets."""
    delimiter: str = "."
    tight: bool = field(default=True, compare=False)


Block = Paragraph | Listing


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero", {"html": False})
    parser.enable(_RULES, ignoreInvalid=True)
    return parser


_MARKED = re.compile(r"\\|^[ \t]*(?:[*+-]|\d{1,9}[.)])(?:[ \t]|$)|\A\s*\Z", re.MULTILINE)
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_BETWEEN = re.compile(r"\n(?:[ \t]*\n)+")


def parse(markup: str) -> list[Block]:
    """Return the blocks of *markup*."""
    text = _BREAKS.sub("\n", markup)
    if not _MARKED.search(text) and "\0" not in text:
        return list(_paragraphs(text))
    simple = _simple_lists(text)
    if simple is not None:
        return simple
    return parsed(markup)


def parsed(markup: str) -> list[Block]:
    """Return the blocks of *markup* as the parser gives them, whatever it holds."""
    tree = SyntaxTreeNode(_parser().parse(_without_code_indents(markup)))
    return _blocks(tree.children)


def _paragraphs(text: str) -> Iterator[Block]:
    """Yield the paragraphs of a text that holds neither lists nor backslashes, as the parser would give them."""
    for piece in _BETWEEN.split(text):
        lines = tuple(line for line in map(one_line, piece.split("\n")) if line)
        if lines and lines != _SEPARATOR:
            yield Paragraph(lines)


_ITEM = re.compile(r"([*+-]) (\S.*)")
_MARK = re.compile(r"(?:[*+-]|\d{1,9}[.)])(?: |$)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def _simple_lists(text: str) -> list[Block] | None:
    """Return the blocks of a text of paragraphs and lists of one line an item, as the parser would give them.

    Most criteria are such texts.  Returns nothing for others: those are for the parser.
    """
    if "\t" in text or "\0" in text or "\\\n" in text or text.endswith("\\"):
        return None
    blocks: list[Block] = []
    paragraph: list[str] = []
    items: list[tuple[Block, ...]] = []
    marker, tight, after_blank = "", True, False
    for line in [*text.split("\n"), None]:
        item = _ITEM.fullmatch(line) if line else None
        if paragraph and (item or not line or not line.strip(" ")):
            lines = tuple(shown for one in paragraph if (shown := _unescaped(one)))
            if lines and lines != _SEPARATOR:
                blocks.append(Paragraph(lines))
            paragraph = []
        if items and not item and (line is None or line.strip(" ")):
            if line is not None and not after_blank:
                return None  # it goes on with the item
            blocks.append(Listing(tuple(items), None, marker, tight))
            items, tight = [], True
        if line is None:
            break
        if not line.strip(" "):
            after_blank = True
            continue
        if item:
            shown = _unescaped(item[2])
            if _MARK.match(item[2]) or (items and item[1] != marker) or not shown or (shown,) == _SEPARATOR:
                return None
            tight = tight and not (items and after_blank)
            marker = item[1]
            items.append((Paragraph((shown,)),))
        elif line[0].isspace() or _MARK.match(line):
            return None
        else:
            paragraph.append(line)
        after_blank = False
    return blocks


def _unescaped(line: str) -> str:
    return one_line(_ESCAPED.sub(r"\1", line) if "\\" in line else line)


_INDENTED = re.compile(r"^[ \t]{4,}(?![ \t]*(?:[*+-]|\d{1,9}[.)])[ \t])", re.MULTILINE)


def _without_code_indents(markup: str) -> str:
    """Take the indent from lines that are no list items: registries know no code blocks."""
    markup = _BREAKS.sub("\n", markup)
    return _INDENTED.sub("    ", markup)


def _blocks(nodes: list[SyntaxTreeNode]) -> list[Block]:
    blocks: list[Block] = []
    for node in nodes:
        if node.type in {"bullet_list", "ordered_list"}:
            items = tuple(tuple(_blocks(item.children)) for item in node.children)
            first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
            blocks.append(Listing(items, first, node.children[0].markup or ".", _is_tight(node)))
        elif node.type == "paragraph":
            lines = tuple(line for line in _lines(node.children) if line)
            if lines and lines != _SEPARATOR:
                blocks.append(Paragraph(lines))
        else:  # pragma: no cover - the parser knows no other block
            blocks.append(Paragraph((node.content,)))
    return blocks


def _is_tight(node: SyntaxTreeNode) -> bool:
    return all(child.hidden for item in node.children for child in item.children if child.type == "paragraph")


def _lines(nodes: list[SyntaxTreeNode]) -> list[str]:
    lines = [""]
    for inline in nodes:
        for node in inline.children or [inline]:
            if node.type in {"softbreak", "hardbreak"}:
                lines.append("")
            else:
                lines[-1] += node.content
    return [one_line(line) for line in lines]


def prose(markup: str, *, show_contacts: bool = True) -> Markdown:
    """Return *markup* as safe Markdown blocks."""
    return write(parse(markup), show_contacts=show_contacts)


def write(blocks: list[Block] | tuple[Block, ...], *, show_contacts: bool = True) -> Markdown:
    """Return *blocks* as safe Markdown, without a line end at its end."""
    pieces: list[str] = []
    previous: Block | None = None
    for block in blocks:
        if isinstance(block, Listing) and isinstance(previous, Listing):
            pieces.append("<!-- -->")  # else Python-Markdown would join the two lists
        pieces.append(_write_block(block, show_contacts))
        previous = block
    return Markdown("\n\n".join(pieces))


def _write_block(block: Block, show_contacts: bool) -> str:
    if isinstance(block, Paragraph):
        return "<br>\n".join(document_text(line, show_contacts=show_contacts) for line in block.lines)
    # Python-Markdown counts from 1 and knows no "1)": other numbers stay in the text.
    numbered = block.first == 1 and block.delimiter == "."
    if block.first is not None and not numbered and len(block.items) == 1:
        return write(_with_number(block.items[0], block.first, block.delimiter), show_contacts=show_contacts)
    items: list[str] = []
    for index, item in enumerate(block.items):
        if block.first is not None and not numbered:
            item = _with_number(item, block.first + index, block.delimiter)
        mark = f"{index + 1}." if numbered else "-"
        body = write(item, show_contacts=show_contacts) or "&#8203;"
        items.append(f"{mark:<4}" + body.replace("\n", "\n    ").replace("\n    \n", "\n\n"))
    tight = block.tight and all(_is_simple(item) for item in block.items)
    return ("\n" if tight else "\n\n").join(items)


def _is_simple(item: tuple[Block, ...]) -> bool:
    return len(item) <= 1 and all(isinstance(block, Paragraph) for block in item)


def _with_number(item: tuple[Block, ...], number: int, delimiter: str) -> tuple[Block, ...]:
    label = f"{number}{delimiter}"
    if item and isinstance(item[0], Paragraph):
        first = item[0]
        return (Paragraph((f"{label} {first.lines[0]}", *first.lines[1:])), *item[1:])
    return (Paragraph((label,)), *item)
