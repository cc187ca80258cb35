"""The page that asks about names, served on this machine in front of a preview."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from generator.identity.curated import load_curated
from generator.identity.identification import identify
from generator.identity.review import Context, questions
from generator.identity.slugs import SlugLedger
from generator.model.study import Study
from generator.reports.review_page import Asked, ReviewPage
from tests.identity.catalogs import by_id, study

FIRST, SECOND = "Acme Pharma Inc", "Acme Pharmaceutical Inc"
NEXT, OTHER = "Institute of Lung Care Lodz", "Institute of Lung Cares Lodz"


def trials(*names: str) -> list[Study]:
    """Return trials of these sponsors: nine of each of the first two, two of each of the others."""
    return [
        study(f"{name[:1]}{number}-{n}", sponsor=name)
        for number, name in enumerate(names)
        for n in range(9 if number < 2 else 2)
    ]


def asking(seeds: Path, studies: list[Study]) -> Asked:
    """Return what a build of *studies* with the curated names below *seeds* asks."""
    found = identify(by_id(studies), load_curated(seeds), SlugLedger())
    return lambda: (questions(found, ["organization"]), Context(found, {"A0-0": "A trial"}.get))


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def preview(_: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"the site"]


@contextmanager
def served(page: ReviewPage) -> Iterator[str]:
    """Serve *page* in front of a preview, and give its host."""
    with make_server("127.0.0.1", 0, preview, handler_class=_Quiet) as server:
        host = f"127.0.0.1:{server.server_port}"
        server.set_app(page.before(preview, f"http://{host}/below/"))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield host
        finally:
            server.shutdown()
            thread.join()
