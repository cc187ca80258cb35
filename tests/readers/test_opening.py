"""What cannot be read gives one clear message with file and line, and never stops the others."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from generator.readers import opening
from generator.readers.opening import LONGEST_TEXT_LINE, decode, document_paths, open_file
from generator.readers.reader import ReadError
from generator.readers.reading import read_seeds

PAGE = Path(__file__).parent / "fixtures" / "meddatax" / "labelled.txt"


@pytest.mark.parametrize(
    ("data", "code", "line", "words"),
    [
        (b"", "empty", 1, "empty"),
        (b"\n \n", "empty", 1, "empty"),
        (b"\xef\xbb\xbf \n", "empty", 1, "empty"),
        (b"%PDF-1.7 ...", "binary", 1, "PDF"),
        (b"\x89PNG\r\n", "binary", 1, "picture"),
        (b"first\nsecond\x00third\n", "binary", 2, "binary"),
        (b"\x00\x01\x02\xff\xfe", "binary", 1, "binary"),
        (b"first\nCr\xe9teil\n", "wrong-encoding", 2, "0xE9"),
        (b"line\n" + b"x" * (LONGEST_TEXT_LINE + 1), "too-large", 2, "characters"),
    ],
)
def test_bad_bytes_are_refused_with_line_and_advice(data: bytes, code: str, line: int, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, "page.txt")
    assert (caught.value.code, caught.value.line) == (code, line)
    assert words in caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_read(encoding: str) -> None:
    assert decode("Créteil\n".encode(encoding), "page.txt").text == "Créteil\n"


def test_lines_end_where_editors_say_they_end() -> None:
    document = decode("one\r\ntwo\rthree\u2028still three\x0bstill\nfour".encode(), "page.txt")
    assert [line.text for line in document.lines] == ["one", "two", "three\u2028still three\x0bstill", "four"]


def test_hidden_files_readme_and_curated_names_are_no_documents(tmp_path: Path) -> None:
    for name in (".DS_Store", "README.md", "names/drugs.yml", "b.txt", "folder/a.txt", ".git/x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert [path.name for path in document_paths(tmp_path)] == ["b.txt", "a.txt"]


def test_every_document_of_an_archive_is_read_and_bad_ones_are_named(tmp_path: Path) -> None:
    archive = tmp_path / "trials.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("good.txt", PAGE.read_text(encoding="utf-8"))
        packed.writestr("empty.txt", "")
    opened = list(open_file(archive, "trials.zip"))
    assert len(opened) == 2
    bad, good = opened
    assert isinstance(bad, tuple)
    assert bad[0] == "trials.zip/empty.txt"
    assert not isinstance(good, tuple)
    assert good.path == "trials.zip/good.txt"


def test_a_damaged_archive_is_one_problem(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("good.txt", PAGE.read_text(encoding="utf-8"))
    archive = tmp_path / "trials.zip"
    archive.write_bytes(buffer.getvalue()[:-40])
    [opened] = open_file(archive, "trials.zip")
    assert isinstance(opened, tuple)
    assert "damaged" in opened[1].message


def test_an_archive_that_unpacks_to_far_more_than_it_holds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LARGEST_UNPACKED", 1_000_000)
    archive = tmp_path / "trials.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(4):
            packed.writestr(f"{number}.txt", b"a" * 1_000_000)
    [opened] = open_file(archive, "trials.zip")
    assert isinstance(opened, tuple)
    assert (opened[1].code, "would unpack to 4,000,000" in opened[1].message) == ("too-large", True)


def test_a_text_that_is_too_long_for_a_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "LARGEST_PAGE", 1_000)
    for text in ("short line\n" * 200, "<!DOCTYPE html><html><body>" + "<p>short</p>" * 200 + "</body></html>"):
        with pytest.raises(ReadError, match="no registry's page has more"):
            decode(text.encode(), "large")
    decode(b"TrialID,Public_title\n" + b"NCT01234567,Title\n" * 200, "table.csv")


def test_bad_documents_never_stop_the_good_ones(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    (tmp_path / "a-empty.txt").write_bytes(b"")
    (tmp_path / "b-unknown.txt").write_text("A page about lighthouses.\n", encoding="utf-8")
    (tmp_path / "c-good.txt").write_text(page, encoding="utf-8")
    (tmp_path / "d-latin.txt").write_bytes(page.encode().replace(b"Salt", b"S\xe4lt", 1))
    (tmp_path / "e-two.txt").write_text(page + (PAGE.parents[0] / "compact.txt").read_text(encoding="utf-8"))
    readings = {reading.document.path: reading for reading in read_seeds(tmp_path)}
    assert [record.id for record in readings["c-good.txt"].records] == ["NCT09900011"]
    for name, code in (
        ("a-empty.txt", "empty"),
        ("b-unknown.txt", "unknown-layout"),
        ("d-latin.txt", "wrong-encoding"),
    ):
        [problem] = readings[name].problems
        assert (problem.severity, problem.code, problem.path) == ("error", code, name)
