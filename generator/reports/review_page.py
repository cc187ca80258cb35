"""The page of the preview that asks about names, each answer written into ``seeds/names/``.

It speaks the site's language, stands in front of the preview's own WSGI application, at an address outside the site,
and is in no site that is built.  An answer changes files, so no other web site may give one: the page is shown under
the names of this machine only, and an answer has to come from it and to bring its token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from hmac import compare_digest
from http import HTTPStatus
from ipaddress import ip_address
from pathlib import Path
from secrets import token_urlsafe
from threading import Lock
from urllib.parse import SplitResult, parse_qs, urljoin, urlsplit
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.folders import TEMPLATES
from generator.identity.decisions import Answer, DecisionError
from generator.identity.review import Context, Question
from generator.identity.review_session import ReviewSession
from generator.language.messages import active_language, gettext
from generator.pages.text.wording import translated

PATH = "/trial-catalog-review/"
"""Where the page stands on the preview's host."""

Asked = Callable[[], tuple[list[Question], Context]]
"""Gives the questions about a catalog, and what a decision needs to know."""

_Response = tuple[HTTPStatus, str, bytes]
"""Status, type and content."""

_LONGEST = 20_000
"""Bytes of an answer."""

_ANSWERS: Mapping[str, tuple[Answer, int]] = {
    "same": ("same", 1),
    "different": ("different", 1),
    "first is part": ("part of", 1),
    "second is part": ("part of", 2),
}
"""What the buttons say, and which of the two names is a part."""

_FILES = {"review.css": "text/css", "review.js": "text/javascript"}
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = [
    ("Content-Security-Policy", _POLICY),
    ("Referrer-Policy", "same-origin"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-store"),
]


class ReviewPage:
    """The page, over all builds of one preview."""

    def __init__(self, seeds: Path, asked: Asked) -> None:
        """Prepare to ask about the catalog whose documents lie in *seeds*; *asked* is called for the first visitor."""
        self._seeds = seeds
        self._asked: Asked | None = asked
        self._session: ReviewSession | None = None
        self._lock = Lock()
        self._token = token_urlsafe()
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES / "review"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
        )
        self._templates.globals["gettext"] = gettext

    def renew(self, asked: Asked) -> None:
        """Take the questions from a later build."""
        with self._lock:
            self._asked = asked

    def before(self, preview: WSGIApplication, site: str) -> WSGIApplication:
        """Return *preview*, which shows the site at the address *site*, with the page in front of it."""

        def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            if not environ["PATH_INFO"].startswith(PATH):
                return preview(environ, start_response)
            status, kind, body = self._respond(environ, urlsplit(site))
            length = ("Content-Length", str(len(body)))
            place = [("Location", PATH)] if status == HTTPStatus.SEE_OTHER else []
            start_response(
                f"{status.value} {status.phrase}",
                [("Content-Type", f"{kind}; charset=utf-8"), length, *place, *_HEADERS],
            )
            return [body]

        return application

    def _respond(self, environ: WSGIEnvironment, site: SplitResult) -> _Response:
        method, name = environ["REQUEST_METHOD"], environ["PATH_INFO"].removeprefix(PATH)
        host = environ.get("HTTP_HOST", "")
        if not _is_of_this_machine(host, site.hostname):
            address = urljoin(site.geturl(), PATH)
            return _refusal(
                HTTPStatus.FORBIDDEN, gettext("The page is shown at {address} only.").format(address=address)
            )
        if method == "GET" and name in _FILES:
            return HTTPStatus.OK, _FILES[name], (TEMPLATES / "review" / name).read_bytes()
        if name or method not in {"GET", "POST"}:
            return _refusal(HTTPStatus.NOT_FOUND, gettext("There is nothing here."))
        if method == "GET":
            with self._lock:
                return self._shown(self._current(), site.path)
        fields = _fields(environ)
        if environ.get("HTTP_ORIGIN") != f"http://{host}" or not self._is_token(fields.get("token", "")):
            return _refusal(
                HTTPStatus.FORBIDDEN,
                gettext("Nothing was written: the answer did not come from this page. Load it again."),
            )
        with self._lock:
            session = self._current()
            try:
                if _take(session, fields):
                    return HTTPStatus.SEE_OTHER, "text/plain", b""
                wrong = gettext("that question is not open any more.")
            except (DecisionError, OSError) as error:
                wrong = str(error)
            return self._shown(session, site.path, gettext("Nothing was written: {reason}").format(reason=wrong))

    def _is_token(self, given: str) -> bool:
        return compare_digest(given.encode(), self._token.encode())

    def _current(self) -> ReviewSession:
        """Return the session, with the questions of the latest build."""
        if self._asked is not None:
            found = self._asked()
            if self._session is None:
                self._session = ReviewSession(self._seeds, *found)
            else:
                self._session.renew(*found)
            self._asked = None
        assert self._session is not None  # noqa: S101 - it was made for the first visitor
        return self._session

    def _shown(self, session: ReviewSession, site: str, wrong: str = "") -> _Response:
        left = session.left
        question = left[0] if left else None
        page = self._templates.get_template("page.html.j2").render(
            number=len(session.done) + 1,
            total=len(session.done) + len(left),
            question=question,
            why=translated(question.why) if question else "",
            language=active_language().code,
            facts=list(session.side_by_side(question)) if question else [],
            last=session.done[-1] if session.done else None,
            wrong=wrong,
            token=self._token,
            path=PATH,
            site=site,
        )
        return HTTPStatus.CONFLICT if wrong else HTTPStatus.OK, "text/html", page.encode("utf-8", "replace")


def _take(session: ReviewSession, fields: Mapping[str, str]) -> bool:
    """Do what the *fields* of a form say; return whether there was anything to do."""
    said = fields.get("answer", "")
    if said == "undo":
        return session.undo() is not None
    question = next((one for one in session.left if one.key == fields.get("question")), None)
    if question is None:
        return False
    if said == "skip":
        session.skip(question)
        return True
    if said not in _ANSWERS:
        return False
    answer, part = _ANSWERS[said]
    session.answer(question, answer, fields.get("reason", ""), part=part)
    return True


def _fields(environ: WSGIEnvironment) -> dict[str, str]:
    """Return the fields of a form; none where it is no form, or longer than an answer can be."""
    kind, length = environ.get("CONTENT_TYPE", ""), environ.get("CONTENT_LENGTH") or ""
    if not kind.startswith("application/x-www-form-urlencoded") or not length.isdecimal() or int(length) > _LONGEST:
        return {}
    sent = environ["wsgi.input"].read(int(length)).decode("utf-8", "replace")
    return {name: values[0] for name, values in parse_qs(sent).items()}


def _is_of_this_machine(host: str, bound: str | None) -> bool:
    """Say whether *host* is the name that the preview is bound to, or an address.

    A web site whose own name leads to this machine would else be taken for the page.
    """
    try:
        name = urlsplit(f"//{host}").hostname
        if name in {bound, "localhost"}:
            return True
        ip_address(name or "")
    except ValueError:
        return False
    return True


def _refusal(status: HTTPStatus, text: str) -> _Response:
    return status, "text/plain", f"{text}\n".encode()
