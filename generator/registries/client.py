"""The one way to ask a registry: politely.

One request at a time and a pause between two to the same host; a user agent that says who asks; ``If-None-Match``
where an answer is known; after 429 and 5xx a wait that grows, or as long as ``Retry-After`` says.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from importlib.metadata import version
from types import TracebackType
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

_WAIT = (10, 120)
"""Seconds for a connection, and for the next bytes of an answer."""
_BUSY = (429, 500, 502, 503, 504)


class UnreachableError(Exception):
    """A host does not answer, or not in a way that can be used.  The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class RequestLimits:
    """How often and how fast a registry may be asked."""

    pause: float = 0.5
    """Seconds between two requests to one host."""
    tries: int = 5
    """How often a request is repeated."""
    growth: float = 1.0
    """Seconds of the first wait after an error; each further one takes twice as long."""
    longest: int = 300
    """Seconds of the longest wait, whatever the server asks for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    """200; 304 where the known answer still holds; 400, 404 or 410 where there is none."""
    body: bytes
    etag: str | None


class Client:
    """Asks registries.  Use it as a context: ``with Client() as client``."""

    def __init__(self, limits: RequestLimits | None = None, contact: str | None = None) -> None:
        """Ask within *limits*; *contact*, an address on the web, tells the server who asks."""
        self._politeness = limits or RequestLimits()
        self._last: dict[str, float] = {}
        self._session = requests.Session()
        about = f" (+{contact})" if contact else ""
        self._session.headers["User-Agent"] = f"trial-catalog/{version('trial-catalog')}{about}"
        retry = Retry(
            total=self._politeness.tries,
            connect=min(2, self._politeness.tries),
            status_forcelist=_BUSY,
            allowed_methods=("GET",),
            backoff_factor=self._politeness.growth,
            backoff_max=self._politeness.longest,
            retry_after_max=self._politeness.longest,
            raise_on_status=False,
        )
        for scheme in ("https://", "http://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def __enter__(self) -> Client:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._session.close()

    def get(self, url: str, etag: str | None = None) -> Answer:
        """Return what the server at *url* says; where *etag* still holds, an answer with status 304.

        Raises UnreachableError where nothing usable comes after all tries.
        """
        host = urlsplit(url).netloc
        self._wait_for(host)
        headers = {"If-None-Match": etag} if etag else {}
        try:
            answer = self._session.get(url, headers=headers, timeout=_WAIT)
        except requests.RequestException as error:
            raise UnreachableError(
                f"{host} cannot be reached ({_reason(error)}). Check the network, or try again later"
            ) from error
        finally:
            self._last[host] = time.monotonic()
        if answer.status_code not in (200, 304, 400, 404, 410):
            status = answer.status_code
            raise UnreachableError(f"{host} answers with status {status}, not with records. {_advice(answer)}")
        return Answer(answer.status_code, answer.content, answer.headers.get("ETag"))

    def _wait_for(self, host: str) -> None:
        ready = self._last.get(host, 0.0) + self._politeness.pause
        time.sleep(max(0.0, ready - time.monotonic()))


def _advice(answer: requests.Response) -> str:
    if answer.status_code == 403:
        return "It does not let this machine in; ask from another network"
    if answer.status_code in _BUSY:
        return "It is overloaded or out of order; try again later"
    return "Try again later; if it stays like this, the registry has changed its interface"


def _reason(error: Exception) -> str:
    """Return the innermost cause in a few words."""
    while error.__context__ is not None and isinstance(error.__context__, Exception):
        error = error.__context__
    return " ".join(str(error).split())[:150] or type(error).__name__
