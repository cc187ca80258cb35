"""EU Clinical Trials Information System: the public record of one trial, as the register's own pages ask for it.

The register publishes no description of this interface.  An address that it does not know is answered with the page
of its site and status 200, so an answer counts only where it is JSON with the number that was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from generator.registries.registry import AnswerError, FetchedRecord, Request

_STAMP = re.compile(rb'^ "publishDate": "[^"]*",?\n', re.MULTILINE)
"""When the server made the record public, to the nanosecond."""

_A_PAGE = (
    "the answer is no record but a page of the register's site, which it gives for numbers that it does not have; "
    "check the number"
)


class _Trial(msgspec.Struct, rename="camel"):
    ct_number: str


class EuCtis:
    """The register's interface at an address."""

    name = "EU Clinical Trials Information System"
    kind = "eu-ct"
    ending = ".json"

    def __init__(self, base: str = "https://euclinicaltrials.eu/ctis-public-api") -> None:
        """Ask the interface at the address *base*."""
        self._base = base

    def requests(self, numbers: Sequence[str]) -> Iterator[Request]:
        """Yield one request for each of *numbers*; one without its last group is that of the first submission."""
        for number in numbers:
            whole = number if number.count("-") == 3 else f"{number}-00"
            yield Request(f"{self._base}/retrieve/{whole}", (number,))

    def records(self, body: bytes) -> Iterator[FetchedRecord]:
        """Yield the one record of an answer, laid out over lines."""
        try:
            number = msgspec.json.decode(body, type=_Trial).ct_number
            data = msgspec.json.format(body, indent=1) + b"\n"
        except msgspec.MsgspecError as error:
            raise AnswerError(_A_PAGE) from error
        without_suffix = number.rpartition("-")[0] if number.count("-") == 3 else number
        yield FetchedRecord(number, data, frozenset({without_suffix}))

    def without_stamps(self, data: bytes) -> bytes:
        """Return a record without the time at which the server made it public."""
        return _STAMP.sub(b"", data)


REGISTRY = EuCtis()
