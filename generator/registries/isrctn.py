"""ISRCTN: the registry's XML, one trial (``/api/trial/…/format/default``) or what a query finds.

A query's answer has ``allTrials`` with ``totalCount``; ``limit`` and ``offset`` page through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree

from generator.registries.registry import AnswerError, FetchedRecord, Request

PAGE = 100
"""Records of one answer to a query."""

_NAMESPACE = "{http://www.67bricks.com/isrctn}"
_STAMPS = re.compile(rb'(<trial\b[^>]*?) (?:lastUpdated|version)="[^"]*"')
"""When the server last stored the record, and how often."""


class Isrctn:
    """The registry's API at an address."""

    name = "ISRCTN"
    kind = "isrctn"
    ending = ".xml"

    def __init__(self, base: str = "https://www.isrctn.com/api") -> None:
        """Ask the API at the address *base*."""
        self._base = base

    def requests(self, numbers: Sequence[str]) -> Iterator[Request]:
        """Yield one request for each of *numbers*."""
        for number in numbers:
            yield Request(f"{self._base}/trial/{number}/format/default", (number,))

    def search(self, query: str, since: date | None) -> Request:
        """Return the request for the first page of what *query* finds."""
        asked = f"({query}) AND lastEdited GE {since.isoformat()}T00:00:00.000Z" if since else query
        return Request(f"{self._base}/query/format/default?{urlencode({'q': asked, 'limit': PAGE, 'offset': 0})}")

    def next_page(self, request: Request, body: bytes) -> Request | None:
        """Return the request for the next page, if the answer's count says that there is one."""
        asked = dict(parse_qsl(urlsplit(request.url).query))
        found = _tree(body)
        here = int(asked["offset"]) + len(found.findall(f"{_NAMESPACE}fullTrial"))
        total = found.get("totalCount", "")
        if not total.isdecimal() or int(total) <= here or here == int(asked["offset"]):
            return None
        return Request(f"{self._base}/query/format/default?{urlencode({**asked, 'offset': here})}")

    def records(self, body: bytes) -> Iterator[FetchedRecord]:
        """Yield the trials of an answer, each laid out over lines."""
        root = _tree(body)
        for trial in root.iter(f"{_NAMESPACE}fullTrial"):
            number = trial.findtext(f"{_NAMESPACE}trial/{_NAMESPACE}isrctn")
            if not number:
                raise AnswerError("a trial of the answer has no number where the registry's XML has it")
            trial.tail = None
            etree.indent(trial, " ")
            data = etree.tostring(trial, xml_declaration=True, encoding="UTF-8") + b"\n"
            yield FetchedRecord(f"ISRCTN{number.strip().removeprefix('ISRCTN')}", data)

    def without_stamps(self, data: bytes) -> bytes:
        """Return a record without what the server counts and stamps."""
        before = b""
        while before != data:
            before, data = data, _STAMPS.sub(rb"\1", data)
        return data


def _tree(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise AnswerError("the answer is no XML, but perhaps a page of the registry's site") from error


REGISTRY = Isrctn()
