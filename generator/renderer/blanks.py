"""The frame of a page without the blanks that the theme's templates leave: they were a quarter of a small page."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"(?<![ \t])[ \t]*\n\s*")
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL | re.IGNORECASE)
_CONTENT = ("<article", "</article>")


def without_blanks(page: str) -> str:
    """Return *page* with one line end where its frame has several blanks; what it holds is left as it is.

    The frame is all around the article.  Scripts, styles and preformatted text keep every blank.
    """
    start, end = page.find(_CONTENT[0]), page.rfind(_CONTENT[1])
    if start < 0 or end < start:
        return page
    return _without(page[:start]) + page[start:end] + _without(page[end:])


def _without(frame: str) -> str:
    pieces = _KEPT.split(frame)
    # split() gives text, kept element, name of the element, text ...
    return "".join(
        piece if place % 3 == 1 else _BLANKS.sub("\n", piece) for place, piece in enumerate(pieces) if place % 3 != 2
    )
