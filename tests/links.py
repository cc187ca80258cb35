"""Follows every internal link of a built site in its files, at the root of a host or below a path."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

HOST = "http://site.test"
REFERENCES = {"href", "src", "srcset", "poster", "data", "action"}
STYLE_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""")


@dataclass(slots=True)
class Links:
    """What one HTML page refers to, and what can be referred to in it."""

    references: list[tuple[int, str]] = field(default_factory=list)
    """Line and address, of links, images, scripts and styles."""
    ids: set[str] = field(default_factory=set)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links = Links()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        for name, value in attrs:
            if value is None:
                continue
            if name == "id" or (name == "name" and tag == "a"):
                self.links.ids.add(value)
            elif name == "srcset":
                self.links.references += [(line, part.split()[0]) for part in value.split(",") if part.split()]
            elif name in REFERENCES:
                self.links.references.append((line, value))
            elif name == "style":
                self.links.references += [(line, address) for address in _style_urls(value)]


@cache
def links_of(page: Path) -> Links:
    """Return the links and ids of an HTML page."""
    parser = _Parser()
    parser.feed(page.read_text(encoding="utf-8"))
    parser.close()
    return parser.links


def broken_links(site: Path, below: str = "/") -> Iterator[str]:
    """Yield one message for each internal reference that leads nowhere when the site is served below this path.

    A reference to the same host outside the path leads nowhere.  References to other hosts are not looked at, and
    ``javascript:void(0)``, by which the theme marks links that its script handles, is let pass.
    """
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).as_posix()
        if name == "404.html":  # served for any address: only its absolute references can be right
            continue
        base = HOST + below + name.removesuffix("index.html")
        for line, reference in links_of(page).references:
            reason = _why_broken(site, below, base, reference)
            if reason:
                yield f"{name}:{line}: {reference!r} {reason}"
    for style in sorted(site.rglob("*.css")):
        name = style.relative_to(site).as_posix()
        for reference in _style_urls(style.read_text(encoding="utf-8")):
            reason = _why_broken(site, below, HOST + below + name, reference)
            if reason:
                yield f"{name}: {reference!r} {reason}"


def _style_urls(style: str) -> Iterator[str]:
    for match in STYLE_URL.finditer(style):
        yield next(group for group in match.groups() if group is not None)


def _why_broken(site: Path, below: str, base: str, reference: str) -> str | None:
    address = urljoin(base, reference.strip())
    parts = urlsplit(address)
    if not address.startswith(HOST + "/"):
        return "is a script" if parts.scheme == "javascript" and reference != "javascript:void(0)" else None
    if not parts.path.startswith(below):
        return f"leaves the site when it is served below {below}"
    path = site / unquote(parts.path.removeprefix(below))
    if parts.path.endswith("/"):
        path /= "index.html"
    if not path.is_file():
        return f"leads to no file ({path.relative_to(site)})"
    anchor = unquote(parts.fragment)
    if anchor and path.suffix == ".html" and anchor not in links_of(path).ids | {"", "top"}:
        return f"leads to no id in {path.relative_to(site)}"
    return None
