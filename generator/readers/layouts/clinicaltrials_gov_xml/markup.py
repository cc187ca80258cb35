"""The registry's text as its XML prints it, indented and wrapped, to Markdown as its API gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ACTIVE = re.compile(r"[\\`*\[\]<>^~&]")
_TAKEN_FOR_A_MARKER = re.compile(r"^(\d{0,9})([-+#]|[.)])(?=\s)")
_MARKER = re.compile(r"(?P<indent> *)(?P<marker>-  |\d{1,3}\. +)(?=\S)")
_LEVEL_WIDTH = 5
"""Each level of a list is set five columns further in: two, the bullet, two."""


@dataclass(slots=True)
class _Block:
    """A paragraph or the first paragraph of a list's item."""

    level: int
    """0 outside all lists."""
    marker: str | None
    """``*`` or ``1.``; None for a paragraph."""
    text: str


def escape(text: str) -> str:
    """Return *text* with a backslash before each character that Markdown would take for markup."""
    return _ACTIVE.sub(lambda match: "\\" + match[0], text)


def plain_markup(text: str) -> str:
    """Return text that was typed with its line ends, as Markdown."""
    return "\n".join(escape(" ".join(line.split())) for line in text.strip().split("\n")).strip()


def text_block(text: str) -> str:
    """Return a ``textblock``: the common indentation taken away, wrapped lines joined, lists as Markdown lists."""
    return _written(_blocks(text))


def _blocks(text: str) -> list[_Block]:
    lines = text.expandtabs().split("\n")
    margin = _margin(lines)
    blocks: list[_Block] = []
    new = True
    for line in lines:
        if not line.strip():
            new = True
            continue
        bare = line[margin:].rstrip()
        marker = _MARKER.match(bare)
        if marker and marker.end() % _LEVEL_WIDTH == 0:
            sign = "*" if marker["marker"].startswith("-") else marker["marker"].strip()
            blocks.append(_Block(marker.end() // _LEVEL_WIDTH, sign, bare[marker.end() :].strip()))
        elif new or not blocks:
            indent = len(bare) - len(bare.lstrip())
            level = indent // _LEVEL_WIDTH if blocks and indent % _LEVEL_WIDTH == 0 else 0
            blocks.append(_Block(min(level, blocks[-1].level) if blocks else 0, None, bare.strip()))
        else:
            blocks[-1].text += " " + bare.strip()
        new = False
    return blocks


def _margin(lines: list[str]) -> int:
    """Return the column at which text outside all lists begins, which need not occur."""
    filled = [line for line in lines if line.strip()]
    least = min((len(line) - len(line.lstrip()) for line in filled), default=0)
    first = [_MARKER.match(line[least:]) for line in filled if len(line) - len(line.lstrip()) == least]
    markers = [marker for marker in first if marker]
    if not markers or len(markers) < len(first):
        return least
    return max(least - (-markers[0].end() % _LEVEL_WIDTH), 0)


def _written(blocks: list[_Block]) -> str:
    written = ""
    widths: list[int] = []
    """Width of the marker at each open level, by which its content is set in."""
    before: _Block | None = None
    for block in blocks:
        del widths[max(block.level - (1 if block.marker else 0), 0) :]
        while block.marker and len(widths) < block.level - 1:
            widths.append(2)  # a level that the text skips
        indent = " " * sum(widths)
        if before is not None:
            same_list = (
                block.marker
                and before.level >= block.level
                and (before.marker or before.level > 0)
                and not (
                    before.level == block.level and before.marker and (before.marker == "*") != (block.marker == "*")
                )
            )
            written += "\n" if same_list else "\n\n"
        marker = f"{block.marker} " if block.marker else ""
        text = escape(" ".join(block.text.split()))
        written += indent + marker + (text if marker else _TAKEN_FOR_A_MARKER.sub(r"\1\\\2", text))
        if block.marker:
            widths.append(len(marker))
        before = block
    return written
