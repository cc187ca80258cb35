"""The picture that other sites show beside a link to this one: the catalog's mark, its title, how many trials it has.

It is drawn with the font that comes with Pillow, so no font has to be installed or fetched.  That font has the letters
of English and few others: what has other letters is left out, and the text beside the picture says it anyway.
"""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from generator.language.formats import plural
from generator.model.catalog import Catalog

FILE = "preview.png"
SIZE = (1200, 630)
"""Width and height that the sites which show such pictures ask for."""

_GROUND, _PAPER, _MARK, _QUIET = "#0b5563", "#ffffff", "#e0a030", "#cfe3e7"
_MARGIN, _WIDTH = 90, 700
_LARGEST, _SMALLEST, _LINES = 84, 44, 4


def preview_picture(catalog: Catalog, title: str) -> bytes:
    """Return the picture of *catalog* as PNG."""
    image = Image.new("RGB", SIZE, _GROUND)
    draw = ImageDraw.Draw(image)
    _draw_mark(draw, SIZE[0] - _MARGIN - 240, 150, 12)
    title = " ".join(title.split())
    lines, size = _fitted(title) if title and _can_draw(title) else ([], _LARGEST)
    step = size * 1.2
    top = (SIZE[1] - step * len(lines)) / 2 - 40
    for number, line in enumerate(lines):
        draw.text((_MARGIN, top + number * step), line, _PAPER, _font(size))
    below = plural(
        len(catalog.outlines), "{n} trial, each value with its source", "{n} trials, each value with its source"
    )
    below = " ".join(below.split())
    if _can_draw(below):
        draw.text((_MARGIN, top + len(lines) * step + 30), below, _QUIET, _font(36))
    file = io.BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _draw_mark(draw: ImageDraw.ImageDraw, left: float, top: float, unit: float) -> None:
    """Draw a sheet of paper with lines, one of them marked: the same as the logo in the page's header."""
    sheet = [(0, 0), (12.2, 0), (18, 5.8), (18, 25), (0, 25)]
    draw.polygon([(left + x * unit, top + y * unit) for x, y in sheet], fill=_PAPER)
    draw.polygon([(left + x * unit, top + y * unit) for x, y in ((12.2, 0), (18, 5.8), (12.2, 5.8))], fill=_QUIET)
    for y, start, end, colour in ((11.5, 4.5, 13.5, _GROUND), (16, 1.6, 8.6, _MARK), (20.5, 4.5, 10.5, _GROUND)):
        draw.line([left + start * unit, top + y * unit, left + end * unit, top + y * unit], colour, int(unit * 1.6))
    draw.circle((left - 1.2 * unit, top + 16 * unit), 2.6 * unit, fill=_MARK)


def _fitted(title: str) -> tuple[list[str], int]:
    """Return the title in lines that fit beside the mark, and the size of their letters; a longer one is cut."""
    for size in range(_LARGEST, _SMALLEST - 1, -8):
        lines = _wrapped(title, size)
        if len(lines) <= _LINES and all(_font(size).getlength(line) <= _WIDTH for line in lines):
            return lines, size
    kept = [line for line in _wrapped(title, _SMALLEST) if _font(_SMALLEST).getlength(line) <= _WIDTH][:_LINES]
    return ([*kept[:-1], f"{kept[-1]} …"] if kept else []), _SMALLEST


def _wrapped(title: str, size: int) -> list[str]:
    lines: list[str] = []
    for word in title.split(" "):
        if lines and _font(size).getlength(f"{lines[-1]} {word}") <= _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _can_draw(text: str) -> bool:
    """Tell whether the font has all letters of *text*: it draws a box in the place of one that it has not."""
    font = _font(20)
    box = bytes(font.getmask("\uffff"))
    return all(bytes(font.getmask(letter)) != box for letter in set(text) if letter != " ")


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - its other font is for a Pillow without FreeType
    return font
