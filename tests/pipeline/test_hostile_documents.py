"""No document stops the others: what cannot be used is named, with its file and line, and the site is built."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.identity import identification, mentions
from generator.model.problem import Problem
from generator.pages.writer import PageMaker
from generator.pipeline import flow
from generator.pipeline.progress import Stages
from generator.readers.opening import check_file
from generator.settings import Settings
from generator.studies import matching, merging

NUMBER = "NCT09990777"


def record(number: str = NUMBER, **modules: Any) -> dict[str, Any]:
    """Return a record of the API whose modules are as usual, but for *modules*."""
    usual = {
        "identificationModule": {"nctId": number, "briefTitle": f"Trial {number}"},
        "statusModule": {"overallStatus": "RECRUITING"},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Oil Fund"}},
        "conditionsModule": {"conditions": ["Fear of the dark"]},
        "contactsLocationsModule": {"locations": [{"facility": "Lamp Hospital", "city": "Town", "country": "France"}]},
    }
    return {"protocolSection": {**usual, **modules}}


def saved(**modules: Any) -> bytes:
    return json.dumps(record(**modules)).encode()


def hand(text: str) -> bytes:
    return f"---\n{text}\n---\nProse.\n".encode()


DOCUMENTS: dict[str, bytes] = {
    "date-in-words.json": saved(statusModule={"startDateStruct": {"date": "the first of June"}}),
    "date-of-no-month.json": saved(statusModule={"startDateStruct": {"date": "2020-13-45"}}),
    "text-for-a-list.json": saved(conditionsModule={"conditions": "Fear", "keywords": {"a": 1}}),
    "text-for-an-object.json": saved(statusModule="RECRUITING", designModule=None),
    "negative-count.json": saved(designModule={"enrollmentInfo": {"count": -5}, "phases": "PHASE1"}),
    "no-number-at-all.json": saved(designModule={"enrollmentInfo": {"count": float("nan")}}),
    "4301-digits.json": saved().replace(b'"RECRUITING"', b"9" * 4301),
    "4301-digits.txt": b"Study\nClinicalTrials.gov Identifier: NCT" + b"1" * 4301 + b"\nEnrollment: " + b"9" * 4301,
    "other-digits.json": json.dumps(record("NCT٠١٢٣٤٥٦٧")).encode(),
    "other-digits.md": hand("nctId: NCT０１２３４５６７\nbriefTitle: x\nenrollment: ٢٠"),
    "lists-for-texts.md": hand("slug: lists\nbriefTitle: [a, b]\nconditions: {x: 1}\nphases: 3\nstartDate: June 1st"),
    "anchors.md": hand("a: &a [x, x]\nb: &b [*a, *a]\nbriefTitle: *b"),
    "anchor-in-itself.md": hand("briefTitle: &a [*a]"),
    "slug-of-a-results-page.md": hand("slug: nct09990001-results\nbriefTitle: Slug"),
    "slug-of-the-index.md": hand("slug: index\nbriefTitle: Slug"),
    "slug-of-the-list.md": hand("slug: list\nbriefTitle: Slug"),
    "slug-too-long.md": hand(f"slug: {'a' * 300}\nbriefTitle: Slug"),
    "slug-elsewhere.md": hand("slug: ../../x\nbriefTitle: Slug"),
    "comments.md": b"<!-- x -->\n" * 30 + hand("briefTitle: x"),
    "open-comments.txt": b"<!-- " * 3000,
    "comments.html": b"<html>" + b"<!-- -- > --!>" * 30,
    "windows-1252.txt": "Étude de l'été".encode("cp1252"),
    "utf-16.json": json.dumps(record()).encode("utf-16"),
    "empty.txt": b"",
    "blank.json": b" \n\n",
    "broken.pdf": b"%PDF-1.4\n%\xff",
    "zero.txt": b"abc\0def",
    "cut.json": saved()[:200],
    "cut.xml": b"<clinical_study><id_info><nct_id>NCT09992222</nct_id>",
    "entities.xml": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><clinical_study>&e;</clinical_study>',
    "deep.json": b"[" * 100_000 + b"]" * 100_000,
    "deep.xml": b"<a>" * 50_000 + b"</a>" * 50_000,
    "array.json": json.dumps([1, "x", None, record(), {"protocolSection": []}]).encode(),
    "twice.json": b'{"protocolSection":{"identificationModule":{"nctId":"NCT09995555","nctId":"NCT09996666"}}}',
    "half-a-character.json": saved(identificationModule={"nctId": NUMBER, "briefTitle": "\ud800\u0000\u202e"}),
    "unclosed.csv": b'TrialID,Scientific_title\nNCT09998888,"unclosed\n',
    "tabs.tsv": b"\t" * 5000,
    "no-id.xml": b"<Trials_downloaded_from_ICTRP><Trial><TrialID></TrialID></Trial></Trials_downloaded_from_ICTRP>",
    "ctis.json": b'{"ctNumber":"2022-500244-37-00","authorizedApplication":"x","publicEvaluation":[1]}',
    "fake.zip": b"PK\x03\x04garbage",
    "place.json": saved(
        contactsLocationsModule={"locations": [{"geoPoint": {"lat": "north", "lon": 1e308}, "city": 5}]}
    ),
    "link.json": saved(referencesModule={"seeAlsoLinks": [{"url": "http://[::1"}, {"url": "javascript:alert(1)"}]}),
    "markup.json": saved(identificationModule={"nctId": NUMBER, "briefTitle": "{{ x }} {% raw %} <script> [x](y)"}),
    "names.json": saved(conditionsModule={"conditions": ["list", "index", "README", "...", "../..", "\u200b", "CON"]}),
    "catalog.json": json.dumps({**record(), "catalogSection": {"id": "evil", "flags": "x"}}).encode(),
    "n" * 230 + ".json": saved(),
    f"{'d' * 100}/{'e' * 100}/{'f' * 100}.json": saved(),
    "quote'\"<b>&|[x](y){{ 7 }}.json": saved(),
    "new\nline.json": saved(),
    "index.md": hand("briefTitle: Index"),
    "names/organizations.yml": b"- name: \xff\xfe\n",
    "names/people.yml": b"- {name: [1], spellings: 3}\n- 5\n",
    "names/drugs.yml": b"&a [*a]",
}


def put(folder: Path, name: str, data: bytes) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def put_odd_files(seeds: Path) -> None:
    """Put files there that are none, or have odd names."""
    with zipfile.ZipFile(seeds / "odd.zip", "w") as archive:
        for name in ("../../evil.json", "/absolute.json", "a\\b.json", "\u202egnp.json", "a\nb.json", "\x1b[31m.json"):
            archive.writestr(name, saved())
    (seeds / "outside.txt").symlink_to("/etc/passwd")
    (seeds / "outside").symlink_to("/etc")
    (seeds / "nowhere.json").symlink_to("nothing.json")
    (seeds / "loop").symlink_to("loop")
    (seeds / "folder.json").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(seeds / "pipe.json")
    with contextlib.suppress(OSError):  # some file systems take no such names
        Path(os.fsdecode(os.fsencode(seeds) + b"/bad-\xff.json")).write_bytes(saved())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalog of two good trials and all hostile documents."""
    folder = tmp_path_factory.mktemp("hostile")
    for number in ("NCT09990001", "NCT09990002"):
        put(folder / "seeds", f"good/{number}.json", json.dumps(record(number)).encode())
    for name, data in DOCUMENTS.items():
        put(folder / "seeds", name, data)
    put_odd_files(folder / "seeds")
    (folder / "content").mkdir()
    config = "site_name: x\ndocs_dir: content\nplugins: [trial-catalog]\nvalidation: {omitted_files: ignore}\n"
    (folder / "mkdocs.yml").write_text(config)
    return folder


@pytest.fixture(scope="module")
def found(folder: Path) -> list[dict[str, Any]]:
    """What ``check`` says of the catalog."""
    result = CliRunner().invoke(main, ["check", "--config", str(folder / "mkdocs.yml"), "--format", "json"])
    assert result.exit_code == 1, result.output
    problems: list[dict[str, Any]] = json.loads(result.output)
    return problems


def test_a_strict_build_has_the_good_trials(folder: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", "mkdocs.yml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    for number in ("nct09990001", "nct09990002"):
        assert (folder / "site" / "trials" / number / "index.html").is_file()
    assert (folder / "site" / "pagefind" / "catalog.json").is_file()


@pytest.mark.parametrize(
    "name",
    [
        *("4301-digits.json", "4301-digits.txt", "anchor-in-itself.md", "anchors.md", "blank.json", "broken.pdf"),
        *(
            "comments.html",
            "cut.json",
            "cut.xml",
            "date-in-words.json",
            "date-of-no-month.json",
            "deep.json",
            "deep.xml",
        ),
        *("empty.txt", "entities.xml", "fake.zip", "half-a-character.json", "index.md", "lists-for-texts.md"),
        *("loop", "names/drugs.yml", "names/organizations.yml", "names/people.yml", "negative-count.json"),
        *("no-id.xml", "no-number-at-all.json", "nowhere.json", "open-comments.txt", "other-digits.json"),
        *("other-digits.md", "outside", "outside.txt", "place.json", "slug-elsewhere.md", "tabs.tsv"),
        *("text-for-a-list.json", "text-for-an-object.json", "windows-1252.txt", "zero.txt"),
    ],
)
def test_what_is_wrong_with_a_document_is_said(found: list[dict[str, Any]], name: str) -> None:
    messages = [problem["message"] for problem in found if problem["path"].endswith(f"seeds/{name}")]
    assert messages
    assert all(problem["line"] >= 1 for problem in found)


def test_none_fails_without_being_understood(found: list[dict[str, Any]]) -> None:
    assert [problem for problem in found if problem["code"] == "failed"] == []


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "seeds", "secret.json", saved())
    put(tmp_path / "seeds", "good.json", json.dumps(record("NCT09990001")).encode())

    def denied(path: Path, name: str) -> None:
        if name == "secret.json":
            raise PermissionError(13, "Permission denied", str(path))
        check_file(path, name)

    monkeypatch.setattr("generator.readers.opening.check_file", denied)
    assert problems_of(tmp_path) == [("secret.json", 1, "error")]


# Failures that nobody expected, put in where each arrow begins

Put = Callable[[pytest.MonkeyPatch], None]
BAD = "NCT09990002"


def _failing(work: Callable[..., Any], is_bad: Callable[..., bool]) -> Callable[..., Any]:
    def fail(*arguments: Any, **options: Any) -> Any:
        if is_bad(*arguments, **options):
            raise ZeroDivisionError("put in")
        return work(*arguments, **options)

    return fail


def fail_to_read(patch: pytest.MonkeyPatch) -> None:
    work = _failing(matching.facts_of, lambda record: record.id == BAD)
    patch.setattr("generator.pipeline.read.facts_of", work)


def fail_to_match(patch: pytest.MonkeyPatch) -> None:
    work = _failing(matching.match_facts, lambda facts: any(BAD in repr(fact) for fact in facts))
    patch.setattr("generator.pipeline.merge.match_facts", work)


def fail_to_merge(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("generator.pipeline.merge.merge", _failing(merging.merge, lambda match: match.id == BAD))


def fail_to_find_names(patch: pytest.MonkeyPatch) -> None:
    work = _failing(mentions.mentions_of, lambda study, _: study.catalog_section.id == BAD)
    patch.setattr("generator.pipeline.identify.mentions_of", work)


def fail_to_identify(patch: pytest.MonkeyPatch) -> None:
    def is_bad(names: Any, *_: Any) -> bool:
        return any(mention.study == BAD for mention in names.mentions)

    patch.setattr("generator.pipeline.identify.identify_names", _failing(identification.identify_names, is_bad))


def fail_to_write(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PageMaker, "make", _failing(PageMaker.make, lambda _, job: job == ("trial", BAD)))


def fail_to_list(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(PageMaker, "make", _failing(PageMaker.make, lambda _, job: job[0] in {"trials", "home", "list"}))


@contextlib.contextmanager
def generated(folder: Path) -> Iterator[list[Problem]]:
    stages = Stages(quiet=True)
    with flow.generate(folder / "seeds", folder / "content", Settings(), folder / "none", stages) as (made, _):
        yield made.catalog.problems


def problems_of(folder: Path) -> list[tuple[str, int, str]]:
    with generated(folder) as problems:
        return [(problem.path, problem.line, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    "fail", [fail_to_read, fail_to_match, fail_to_merge, fail_to_find_names, fail_to_identify, fail_to_write]
)
def test_a_failure_leaves_out_one_document_or_trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail: Put) -> None:
    for number in ("NCT09990001", BAD):
        put(tmp_path / "seeds", f"{number}.json", json.dumps(record(number), indent=1).encode())
    with monkeypatch.context() as patch:
        fail(patch)
        assert problems_of(tmp_path) == [(f"{BAD}.json", 1, "error")]
    page = (tmp_path / "content" / "trials" / "nct09990001.md").read_text()
    assert "Trial NCT09990001" in page
    assert "Oil Fund" in (tmp_path / "content" / "sponsors" / "index.md").read_text()


def test_a_list_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path / "seeds", "good.json", json.dumps(record("NCT09990001")).encode())
    with monkeypatch.context() as patch:
        fail_to_list(patch)
        named = [path for path, _, _ in problems_of(tmp_path)]
    assert {"home", "trials", "sponsors/index.md"} <= set(named)
    assert "could not be made" in (tmp_path / "content" / "trials" / "index.md").read_text()
    assert "Trial NCT09990001" in (tmp_path / "content" / "trials" / "nct09990001.md").read_text()
