"""The page that asks about names, over HTTP: what it shows, what an answer writes, and whose answers it takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest

from generator.folders import TEMPLATES
from generator.identity.curated import load_curated
from generator.identity.review import Context, questions
from generator.language.messages import speaking
from generator.reports.review_page import PATH, ReviewPage
from tests.identity.catalogs import catalog
from tests.reports.served_review import FIRST, NEXT, OTHER, SECOND, asking, served, trials


@dataclass
class Visitor:
    """Somebody with a browser that runs no script."""

    seeds: Path
    host: str
    page: ReviewPage
    html: str = ""

    def ask(
        self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        connection = HTTPConnection(self.host, timeout=20)
        connection.request(method, path, body, dict(headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def look(self) -> str:
        answer, self.html = self.ask("GET", PATH)
        assert answer.status == HTTPStatus.OK
        return self.html

    def say(self, answer: str, headers: Mapping[str, str] | None = None, **fields: str) -> int:
        """Choose a button of the page that was looked at last, and follow where it leads; return the status."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.html))
        form = {name: unescape(value) for name, value in hidden.items()} | {"answer": answer, "reason": ""} | fields
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"http://{self.host}",
            **(headers or {}),
        }
        response, self.html = self.ask("POST", PATH, urlencode(form), sent)
        if response.status == HTTPStatus.SEE_OTHER:
            assert response.headers["Location"] == PATH
            self.look()
        return response.status

    @property
    def file(self) -> Path:
        return self.seeds / "names" / "organizations.yml"

    def names(self) -> list[str]:
        """Return the two names that are asked about."""
        return re.findall(r'<th scope="col">.*?<bdi>(.*?)</bdi></th>', self.html)


@pytest.fixture
def visitor(tmp_path: Path) -> Iterator[Visitor]:
    page = ReviewPage(tmp_path, asking(tmp_path, trials(FIRST, SECOND, NEXT, OTHER)))
    with served(page) as host:
        found = Visitor(tmp_path, host, page)
        found.look()
        yield found


def test_two_names_stand_side_by_side_and_nothing_is_written_by_looking(visitor: Visitor) -> None:
    assert visitor.names() == [FIRST, SECOND]
    assert "Question 1 of 2" in visitor.html
    assert "A0-0 A trial" in visitor.html
    assert "and 5 more" in visitor.html
    visitor.ask("GET", f"{PATH}?answer=same&question=organization/acme-pharma-inc/acme-pharmaceutical-inc")
    assert list(visitor.seeds.iterdir()) == []


def test_same_is_written_with_reason_and_date_and_the_next_question_comes(visitor: Visitor) -> None:
    assert visitor.say("same", reason="One company,\nsays its  register.") == HTTPStatus.SEE_OTHER
    entry = load_curated(visitor.seeds).entry("organization", FIRST)
    assert [spelling.text for spelling in entry.spellings] == [FIRST, SECOND]
    assert re.fullmatch(r"One company, says its register \(decided on \d{4}-\d\d-\d\d\)\.", entry.source)
    assert visitor.names() == [NEXT, OTHER]
    assert "Written into seeds/names/organizations.yml." in visitor.html


def test_different_is_written_with_the_usual_reason(visitor: Visitor) -> None:
    visitor.say("different")
    entry = load_curated(visitor.seeds).entry("organization", FIRST)
    assert entry.not_same_as == (SECOND,)
    assert entry.source.startswith(f"“{FIRST}” and “{SECOND}” are two (decided on ")


@pytest.mark.parametrize(("button", "part", "whole"), [("first is part", 0, 1), ("second is part", 1, 0)])
def test_part_of_says_which_is_the_part(visitor: Visitor, button: str, part: int, whole: int) -> None:
    names = (FIRST, SECOND)
    visitor.say(button)
    assert load_curated(visitor.seeds).entry("organization", names[part]).part_of == (names[whole],)
    assert load_curated(visitor.seeds).entry("organization", names[whole]).part_of == ()


def test_skip_writes_nothing_and_undo_goes_back(visitor: Visitor) -> None:
    visitor.say("skip")
    assert visitor.names() == [NEXT, OTHER]
    visitor.say("different")
    assert "That was the last." in visitor.html
    visitor.say("undo")
    assert not visitor.file.exists()
    assert visitor.names() == [NEXT, OTHER]
    visitor.say("undo")
    assert visitor.names() == [FIRST, SECOND]
    assert 'value="undo"' not in visitor.html


def test_undo_leaves_a_file_alone_that_somebody_has_changed_since(visitor: Visitor) -> None:
    visitor.say("same")
    mine = visitor.file.read_text(encoding="utf-8") + "# mine\n"
    visitor.file.write_text(mine, encoding="utf-8")
    assert visitor.say("undo") == HTTPStatus.CONFLICT
    assert "seeds/names/organizations.yml:1: the file was changed since" in visitor.html
    assert visitor.file.read_text(encoding="utf-8") == mine


def test_a_broken_file_is_named_and_left_alone(visitor: Visitor) -> None:
    visitor.file.parent.mkdir()
    visitor.file.write_bytes(b"- name: A\n  source: \xff\n")
    assert visitor.say("same") == HTTPStatus.CONFLICT
    assert "seeds/names/organizations.yml:2: the file is not UTF-8" in visitor.html
    assert visitor.file.read_bytes() == b"- name: A\n  source: \xff\n"
    assert visitor.names() == [FIRST, SECOND]


def test_questions_come_from_the_latest_build(visitor: Visitor) -> None:
    later = trials("Sunrise Clinic", "Bayer", NEXT, OTHER)
    visitor.page.renew(asking(visitor.seeds, later))
    assert visitor.say("same") == HTTPStatus.CONFLICT  # the page in the browser is of the build before
    assert "that question is not open any more" in visitor.html
    assert visitor.names() == [NEXT, OTHER]
    assert list(visitor.seeds.iterdir()) == []
    visitor.say("same")
    visitor.page.renew(asking(visitor.seeds, later))
    assert "That was the last." in visitor.look()
    visitor.say("undo")
    assert visitor.names() == [NEXT, OTHER]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {"token": "x" * 43}),
        ({}, {"token": ""}),
        ({"Origin": "https://example.org"}, {}),
        ({"Origin": "null"}, {}),
        ({"Host": "example.org", "Origin": "http://example.org"}, {}),
        ({"Host": "127.0.0.1.example.org:80", "Origin": "http://127.0.0.1.example.org:80"}, {}),
        ({"Content-Type": "text/plain"}, {}),
        ({}, {"reason": "x" * 20_000}),
    ],
)
def test_answers_of_other_sites_are_refused(
    visitor: Visitor, headers: Mapping[str, str], fields: Mapping[str, str]
) -> None:
    assert visitor.say("same", headers, **fields) == HTTPStatus.FORBIDDEN
    assert list(visitor.seeds.iterdir()) == []


def test_the_token_is_not_shown_to_a_site_whose_name_leads_here(visitor: Visitor) -> None:
    answer, text = visitor.ask("GET", PATH, headers={"Host": "example.org"})
    assert answer.status == HTTPStatus.FORBIDDEN
    assert "token" not in text


def test_no_other_page_can_hold_this_one(visitor: Visitor) -> None:
    answer, _ = visitor.ask("GET", PATH)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "x"), ("GET", "../page.html.j2"), ("POST", "review.js"), ("PUT", ""), ("DELETE", "")]
)
def test_nothing_else_stands_there(visitor: Visitor, method: str, path: str) -> None:
    assert visitor.ask(method, PATH + path)[0].status == HTTPStatus.NOT_FOUND


def test_its_own_files_and_the_preview_are_served(visitor: Visitor) -> None:
    for path in re.findall(r'(?:href|src)="(/trial-catalog-review/[^"]+)"', visitor.html):
        assert visitor.ask("GET", path)[0].status == HTTPStatus.OK
    assert 'href="/below/"' in visitor.html
    assert visitor.ask("GET", "/below/")[1] == "the site"


def test_hostile_names_are_text(tmp_path: Path) -> None:
    names = ('<script>alert(1)</script> Acme "Pharma" Inc', "<script>alert(1)</script> Acme “Pharma” Incs")
    found = catalog(*trials(*names))
    first = questions(found, ["organization"])
    assert first
    page = ReviewPage(tmp_path, lambda: (first, Context(found, lambda _: "<img src=x onerror=alert(1)>")))
    with served(page) as host:
        visitor = Visitor(tmp_path, host, page)
        html = visitor.look()
        assert "&lt;script&gt;alert(1)" in html
        assert "&lt;img src=x" in html
        visitor.say("different", reason="<b>”: - x #")
        html += visitor.html
    assert not re.search(r"<(?:script>|img|b>)", html)
    assert [entry.name for entry in load_curated(tmp_path).of_kind("organization")] == sorted(
        entity.name for entity in (first[0].first, first[0].second)
    )


def test_it_speaks_the_language_of_the_site(visitor: Visitor) -> None:
    with speaking("fr", [TEMPLATES / "languages"]):
        visitor.look()
        assert '<html lang="fr">' in visitor.html
        assert "Question 1 sur 2. Les noms se ressemblent" in visitor.html
        assert "et 5 de plus" in visitor.html
        assert visitor.names() == [FIRST, SECOND]
        visitor.say("different")
        assert f"<bdi>{FIRST}</bdi> et <bdi>{SECOND}</bdi>. Écrit dans seeds/names/organizations.yml." in visitor.html
