"""Where the values of a JSON document stand in its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from generator.model.document import Document
from generator.model.pointers import escape

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def line_spans(document: Document, start: int = 0, base: str = "") -> dict[str, tuple[int, int]]:
    """Return JSON pointer -> first and last line of its value, for every value of the document from *start* on.

    *base* is put before every pointer.  The text must be valid JSON: decode it first.
    """
    spans: dict[str, tuple[int, int]] = {}
    path: list[str] = [base]
    """Pointer of the value that comes next, one entry a container around it."""
    kinds: list[tuple[str, int, int]] = []
    """For each open container: its kind, its first line, the index of the next item."""
    expects_key = False
    for token in _TOKEN.finditer(document.text, start):
        text = token[0]
        line = document.line_at(token.start())
        if text in "{[":
            kinds.append((text, line, 0))
            if text == "{":
                expects_key = True
                path.append("")
            else:
                path.append(f"{path[-1]}/0")
        elif text in "}]":
            _, first, _ = kinds.pop()
            path.pop()
            spans[path[-1]] = (first, line)
            expects_key = False
        elif text == ",":
            kind, first, index = kinds[-1]
            kinds[-1] = (kind, first, index + 1)
            if kind == "{":
                expects_key = True
            else:
                path[-1] = f"{path[-2]}/{index + 1}"
        elif text == ":":
            expects_key = False
        elif expects_key:
            path[-1] = f"{path[-2]}/{escape(str(json.loads(text)))}"
        else:
            spans[path[-1]] = (line, line)
        if not kinds:
            break
    return spans


def printed_values(lines: Iterable[bytes]) -> Iterator[tuple[bytes, int, bytes]]:
    """Yield pointer, index of the line and JSON of each value that stands in a line of its own.

    *lines* are those of an object or a list as programs print it, with a value to a line.  This takes a tenth of the
    time of :func:`line_spans`, and holds only for such print: whoever uses it compares the JSON with the value at the
    pointer.  It ends at the first line that is printed in another way.
    """
    around: list[tuple[bytes, int]] = []
    """Pointer of each open container around the innermost, and the index of its next item, -1 for objects."""
    pointer, item = b"", -1
    opened = False
    for index, line in enumerate(lines):
        value = line.strip(b" \t,")
        if not opened:
            if value not in (b"{", b"["):
                return
            opened, item = True, -1 if value == b"{" else 0
        elif value in (b"}", b"]"):
            if not around:
                return
            pointer, item = around.pop()
        elif value:
            if item < 0:
                key, border, value = value.partition(b'": ')
                if not border:
                    return
                here = pointer + b"/" + key[1:]
            else:
                here = b"%b/%d" % (pointer, item)
                item += 1
            if value in (b"{", b"["):
                around.append((pointer, item))
                pointer, item = here, -1 if value == b"{" else 0
            elif value not in (b"{}", b"[]"):
                yield here, index, value
