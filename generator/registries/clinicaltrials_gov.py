"""ClinicalTrials.gov, API v2: records by number, many in one answer, and by the registry's own query syntax.

Facts from the API's published description (``clinicaltrials.gov/data-api/api``): ``filter.ids`` takes numbers,
``filter.advanced`` an expression such as ``AREA[LastUpdatePostDate]RANGE[2024-01-31,MAX]``, ``query.term`` what people
write into the search box; an answer has ``studies`` and, where there are more, ``nextPageToken``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec

from generator.registries.registry import AnswerError, FetchedRecord, Request

AT_ONCE = 100
"""Numbers in one request: so many keep the address short enough for every server between."""

_STAMP = re.compile(rb'\s*"versionHolder": "[^"]*",?')
"""The day of the registry's data, which every record of every answer carries."""


class _Identification(msgspec.Struct, rename="camel"):
    nct_id: str
    nct_id_aliases: list[str] = []


class _Protocol(msgspec.Struct, rename="camel"):
    identification_module: _Identification


class _Study(msgspec.Struct, rename="camel"):
    protocol_section: _Protocol


class _Answer(msgspec.Struct, rename="camel"):
    studies: list[msgspec.Raw]
    next_page_token: str | None = None


class ClinicalTrialsGov:
    """The registry's API at an address."""

    name = "ClinicalTrials.gov"
    kind = "nct"
    ending = ".json"

    def __init__(self, base: str = "https://clinicaltrials.gov/api/v2") -> None:
        """Ask the API at the address *base*."""
        self._studies = f"{base}/studies"

    def requests(self, numbers: Sequence[str]) -> Iterator[Request]:
        """Yield one request for up to `AT_ONCE` of *numbers*."""
        yield from self._by_numbers(numbers, {})

    def changed_since(self, numbers: Sequence[str], since: date) -> Iterator[Request]:
        """Yield requests whose answers hold those of *numbers* that were posted anew on the day *since* or later."""
        yield from self._by_numbers(numbers, {"filter.advanced": _posted(since)})

    def search(self, query: str, since: date | None) -> Request:
        """Return the request for the first page of what the registry's search box finds for *query*."""
        asked = {"query.term": query, "pageSize": str(AT_ONCE)}
        if since is not None:
            asked["filter.advanced"] = _posted(since)
        return Request(f"{self._studies}?{urlencode(asked)}")

    def next_page(self, request: Request, body: bytes) -> Request | None:
        """Return the request for the next page, if there is one."""
        token = _answer(body).next_page_token
        if not token:
            return None
        asked = {**dict(parse_qsl(urlsplit(request.url).query)), "pageToken": token}
        return Request(f"{self._studies}?{urlencode(asked)}")

    def records(self, body: bytes) -> Iterator[FetchedRecord]:
        """Yield the studies of an answer, each laid out over lines."""
        for raw in _answer(body).studies:
            try:
                module = msgspec.json.decode(raw, type=_Study).protocol_section.identification_module
                data = msgspec.json.format(bytes(raw), indent=1) + b"\n"
            except msgspec.MsgspecError as error:
                raise AnswerError(f"a study of the answer has no number where API v2 has it ({error})") from error
            yield FetchedRecord(module.nct_id, data, frozenset(module.nct_id_aliases))

    def without_stamps(self, data: bytes) -> bytes:
        """Return a record without the day of the registry's data."""
        return _STAMP.sub(b"", data)

    def _by_numbers(self, numbers: Sequence[str], more: dict[str, str]) -> Iterator[Request]:
        for first in range(0, len(numbers), AT_ONCE):
            some = tuple(numbers[first : first + AT_ONCE])
            asked = {"filter.ids": ",".join(some), **more, "pageSize": str(AT_ONCE)}
            yield Request(f"{self._studies}?{urlencode(asked)}", some)


def _posted(since: date) -> str:
    return f"AREA[LastUpdatePostDate]RANGE[{since.isoformat()},MAX]"


def _answer(body: bytes) -> _Answer:
    try:
        return msgspec.json.decode(body, type=_Answer)
    except msgspec.MsgspecError as error:
        raise AnswerError(f"the answer is no list of studies of API v2 ({error})") from error


REGISTRY = ClinicalTrialsGov()
