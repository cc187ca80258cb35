"""Where the links of a page lead: their addresses, and whether there is something at the other end."""

from __future__ import annotations

import posixpath
import re

import msgspec
from mkdocs.structure.files import File, Files
from mkdocs.utils import get_relative_url

from generator.renderer.site_scan import belongs

_SIMPLE = re.compile(r"((?:\.\./)*[A-Za-z0-9_./-]*[A-Za-z0-9_-]\.[A-Za-z0-9]+)(#[A-Za-z0-9_.:-]+)?")
"""A path with an extension and maybe an anchor, with nothing in it that is encoded."""

_ANCHOR = re.compile(r"#[A-Za-z0-9_.:-]+")
_ELSEWHERE = re.compile(r"https?://[^/?#\s\[\]]+[^\s\[\]]*|mailto:[^\s\[\]]+")

_AT_HAND = 50_000
"""Targets of links that are remembered for the pages of one folder."""

_Target = tuple[str, str, str, str]
"""The file that a link leads to, its address from here, the anchor there or nothing, and its address in the site."""

_encoder = msgspec.json.Encoder()
_links_decoder = msgspec.json.Decoder(dict[str, dict[str, str]])
_anchors_decoder = msgspec.json.Decoder(list[str])


class UnknownLinkError(Exception):
    """A link that only MkDocs itself can resolve, or say what is wrong with it."""


class Links:
    """The links of one page, resolved as MkDocs does."""

    def __init__(self, resolver: Resolver, file: File) -> None:
        """Start with the page that *file* holds."""
        self._resolver = resolver
        self._file = file
        self._place = Place(file)
        self._known = resolver.known_from(self._place)
        self.to: dict[str, dict[str, str]] = {}
        """For each file that is linked to, the anchors in it, and the link as it is written."""

    def resolve(self, target: str) -> str:
        """Return the address for a link's target, and note where it leads.  Raises UnknownLinkError."""
        known = self._known.get(target)
        if known is not None and not known[3].startswith(self._place.url):
            source, address, anchor, _ = known
            anchors = self.to.setdefault(source, {})
            if anchor:
                anchors.setdefault(anchor, target)
            return address
        if simple := _SIMPLE.fullmatch(target):
            source, address, url = self._resolver.look_up(self._place, simple[1])
            anchors = self.to.setdefault(source, {})
            anchor = simple[2][1:] if simple[2] else ""
            if anchor:
                anchors.setdefault(anchor, target)
                address += simple[2]
            if not url.startswith(self._place.url):
                if len(self._known) >= _AT_HAND:
                    self._known.clear()
                self._known[target] = source, address, anchor, url
            return address
        if _ANCHOR.fullmatch(target):
            self.to.setdefault(self._file.src_uri, {}).setdefault(target[1:], target)
            return target
        if _ELSEWHERE.fullmatch(target):
            return target
        raise UnknownLinkError(target)


class NotingFiles(Files):
    """Files among which MkDocs looks up the links of a page: notes which were found."""

    def __init__(self, files: Files) -> None:
        """Look among *files*."""
        super().__init__(())
        self._src_uris = dict(files.src_uris)
        self.found: set[str] = set()

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at *path*, and note it."""
        file = super().get_file_from_path(path)
        if file is not None:
            self.found.add(file.src_uri)
        return file


class Place:
    """Where a page stands, as far as its links depend on it."""

    __slots__ = ("belongs", "folder", "is_index", "url")

    def __init__(self, file: File) -> None:
        """Take the page that *file* holds."""
        self.folder = posixpath.dirname(file.src_uri)
        self.url = file.url
        self.is_index = file.name == "index"
        self.belongs = belongs(file)


class Resolver:
    """Finds the files that links lead to; pages in one folder mostly link to the same ones."""

    def __init__(self, files: Files) -> None:
        """Look among *files*."""
        self._files = files
        self._found: dict[tuple[str, str], tuple[str, str] | None] = {}
        self._addresses: dict[tuple[str, str, bool], str] = {}
        self._known: dict[tuple[str, bool, bool], dict[str, _Target]] = {}

    def known_from(self, place: Place) -> dict[str, _Target]:
        """Return the targets that lead from all pages like *place* to the same; to be added to."""
        return self._known.setdefault((place.folder, place.is_index, place.belongs), {})

    def look_up(self, place: Place, path: str) -> tuple[str, str, str]:
        """Return the file that *path* leads to from *place*, its address from there, and its address in the site.

        The address is the same from all pages like *place* that are neither the target nor above it.  Raises
        UnknownLinkError.
        """
        key = (place.folder, path)
        if key in self._found:
            target = self._found[key]
        else:
            uri = posixpath.normpath(posixpath.join(place.folder, path).lstrip("/"))
            file = self._files.src_uris.get(uri)
            target = self._found[key] = (uri, file.url) if file is not None and belongs(file) else None
        if target is None or not place.belongs:
            raise UnknownLinkError(path)
        source, url = target
        if url.startswith(place.url):  # the page itself or below: other for each page
            return source, get_relative_url(url, place.url), url
        from_here = (place.folder, path, place.is_index)
        address = self._addresses.get(from_here)
        if address is None:
            address = self._addresses[from_here] = get_relative_url(url, place.url)
        return source, address, url


def encode_links(links: dict[str, dict[str, str]]) -> bytes:
    """Return *links* as they are kept."""
    return _encoder.encode(links)


def decode_links(data: bytes) -> dict[str, dict[str, str]]:
    """Return links that were kept."""
    return _links_decoder.decode(data)


def encode_anchors(anchors: set[str]) -> bytes:
    """Return *anchors* as they are kept."""
    return _encoder.encode(sorted(anchors))


def decode_anchors(data: bytes) -> set[str]:
    """Return anchors that were kept."""
    return set(_anchors_decoder.decode(data))
