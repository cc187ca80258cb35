"""Registries of a few invented trials on this machine: they answer as the real ones do, and fail when told to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from generator.registries.clinicaltrials_gov import ClinicalTrialsGov
from generator.registries.eu_ctis import EuCtis
from generator.registries.isrctn import Isrctn
from generator.registries.registry import Registry

PAGE = 2
"""Studies of one page of a search."""


def study(number: str, status: str = "RECRUITING", holder: str = "2030-01-01", **more: Any) -> dict[str, Any]:
    """Return an invented study in the form of API v2."""
    return {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": f"Lamps of {number}", **more},
            "statusModule": {"overallStatus": status, "lastUpdatePostDateStruct": {"date": "2029-12-01"}},
            "contactsLocationsModule": {"locations": [{"facility": "Lamp Hospital", "city": "Lund"}]},
        },
        "derivedSection": {"miscInfoModule": {"versionHolder": holder}},
        "hasResults": False,
    }


def isrctn_trial(digits: str, title: str = "Lamps", version: int = 1) -> str:
    """Return an invented trial in ISRCTN's XML."""
    return (
        f'<fullTrial xmlns="http://www.67bricks.com/isrctn"><trial lastUpdated="2029-01-0{version}T00:00:00Z" '
        f'version="{version}"><isrctn dateAssigned="2028-01-01T00:00:00Z">{digits}</isrctn><trialDescription>'
        f"<title>{title}</title></trialDescription></trial></fullTrial>"
    )


@dataclass
class Registries:
    """What the server knows, and what it was asked."""

    studies: dict[str, dict[str, Any]] = field(default_factory=dict)
    ctis: dict[str, dict[str, Any]] = field(default_factory=dict)
    isrctn: dict[str, str] = field(default_factory=dict)
    """By digits."""
    failures: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    """Status and headers of the next answers, instead of records."""
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    known_etags: int = 0
    """Answers that said no more than that the known one still holds."""
    at_once: int = 0
    most_at_once: int = 0
    stop_after: int | None = None
    """Answers after which the server closes every connection without a word."""
    base: str = ""

    def known(self) -> list[Registry]:
        """Return the registries, at this server's address."""
        return [
            ClinicalTrialsGov(f"{self.base}/ctgov"),
            EuCtis(f"{self.base}/ctis"),
            Isrctn(f"{self.base}/isrctn"),
        ]

    def answer(self, path: str, asked: dict[str, str]) -> tuple[int, str, str]:
        """Return status, type and text for a request."""
        parts = path.strip("/").split("/")
        if parts[:2] == ["ctgov", "studies"]:
            return 200, "application/json", json.dumps(self._studies(asked))
        if parts[:2] == ["ctis", "retrieve"]:
            found = self.ctis.get(parts[2])
            return (
                (200, "application/json", json.dumps(found)) if found else (200, "text/html", "<html>the site</html>")
            )
        if parts[:2] == ["isrctn", "trial"]:
            trial = self.isrctn.get(parts[2].removeprefix("ISRCTN"))
            return (200, "application/xml", trial) if trial else (404, "text/plain", "not found")
        if parts[:2] == ["isrctn", "query"]:
            first, limit = int(asked["offset"]), min(PAGE, int(asked["limit"]))
            some = "".join(list(self.isrctn.values())[first : first + limit])
            whole = (
                f'<allTrials xmlns="http://www.67bricks.com/isrctn" totalCount="{len(self.isrctn)}">{some}</allTrials>'
            )
            return 200, "application/xml", whole
        return 404, "text/plain", "not found"

    def _studies(self, asked: dict[str, str]) -> dict[str, Any]:
        since = asked.get("filter.advanced", "RANGE[0000,MAX]").partition("RANGE[")[2].partition(",")[0]
        wanted = asked.get("filter.ids", "").split(",") if "filter.ids" in asked else list(self.studies)
        found = [self.studies[number] for number in wanted if number in self.studies]
        found = [
            one
            for one in found
            if one["protocolSection"]["statusModule"]["lastUpdatePostDateStruct"]["date"] >= since
            and asked.get("query.term", "") in json.dumps(one)
        ]
        if "query.term" not in asked:
            return {"studies": found}
        first = int(asked.get("pageToken", "0"))
        more = {"nextPageToken": str(first + PAGE)} if first + PAGE < len(found) else {}
        return {"studies": found[first : first + PAGE], **more}


@contextmanager
def serving() -> Iterator[Registries]:
    """Serve invented registries on this machine for as long as the context lasts."""
    registries = Registries()
    counting = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with counting:
                registries.at_once += 1
                registries.most_at_once = max(registries.most_at_once, registries.at_once)
                registries.asked.append(self.path)
                registries.agents.add(self.headers.get("User-Agent", ""))
            try:
                if registries.stop_after is not None and len(registries.asked) > registries.stop_after:
                    self.close_connection = True
                    return
                self._answer()
            finally:
                with counting:
                    registries.at_once -= 1

        def _answer(self) -> None:
            if registries.failures:
                status, headers = registries.failures.pop(0)
                self._send(status, b"", headers)
                return
            parts = urlsplit(self.path)
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, kind, text = registries.answer(parts.path, asked)
            body = text.encode()
            etag = f'"{sha256(body).hexdigest()[:12]}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                registries.known_etags += 1
                self._send(304, b"", {"ETag": etag})
            else:
                self._send(status, body, {"Content-Type": kind, "ETag": etag})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    registries.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield registries
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
