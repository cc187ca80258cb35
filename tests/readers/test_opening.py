"""What cannot be read gives one clear message with file and line, and never stops the others."""

from __future__ import annotations

import io
import os
import warnings
import zipfile
from pathlib import Path

import pytest

from generator.model.document import Document
from generator.readers import opening
from generator.readers.opening import LONGEST_TEXT_LINE, decode, documents_in, open_bytes, open_file
from generator.readers.reader import ReadError
from generator.readers.reading import read_document
from tests.reading import read_seeds

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
    assert [path.name for path in documents_in(tmp_path).values()] == ["b.txt", "a.txt"]


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


def _zip(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(data, "w") as archive:
        warnings.simplefilter("ignore")  # of names that stand twice
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def _opened(data: bytes, name: str = "a.zip") -> list[str]:
    """Return what opening *data* gives, as the paths and texts of documents, and as messages."""
    return [
        f"{found.path}: {found.text}" if isinstance(found, Document) else f"{found[0]}: {found[1].message}"
        for found in open_bytes(data, name)
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("<?xml version='1.0' encoding='ISO-8859-1'?>\n<a>Hôpital – Évaluation</a>", "cp1252"),
        ("<html><head><meta charset=Shift_JIS></head><body>臨床試験</body></html>", "shift_jis"),
        ("<html><head><meta charset='euc-jp'></head><body>臨床試験</body></html>", "euc_jp"),
        ('<html><head><meta content="text/html; charset=gb2312"></head><body>联通</body></html>', "gb2312"),
        ("<html><head><meta charset='iso-8859-1'></head><body>Évaluation</body></html>", "utf-8"),
    ],
)
def test_declared_encoding_is_used(text: str, encoding: str) -> None:
    (opened,) = _opened(text.encode(encoding), "page")
    body = text.rpartition("<body>")[2].partition("</body>")[0] or "Hôpital – Évaluation"
    assert body.removesuffix("</a>") in opened or "Hôpital – Évaluation" in opened


def test_wrong_declaration_is_named_and_no_other_encoding_is_advised() -> None:
    (message,) = _opened(b"<html><meta charset=utf-8>\n\x97</html>", "page")
    assert "which the file declares" in message
    assert "WINDOWS" not in message.upper()


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b'<?xml version="1.0" encoding="UTF-7"?><a>+AMk-tude</a>', "UTF-7"),
        ('{"protocolSection": {}}'.encode("utf-16-le"), "UTF-16 without its mark"),
        ('{"protocolSection": {}}'.encode("utf-16-be"), "UTF-16 without its mark"),
    ],
)
def test_an_encoding_that_is_not_read_is_named(data: bytes, word: str) -> None:
    (message,) = _opened(data, "a.xml")
    assert word in message


@pytest.mark.parametrize(
    ("members", "word"),
    [
        (("[Content_Types].xml", "word/document.xml", "docProps/core.xml"), "Word"),
        (("[Content_Types].xml", "xl/workbook.xml", "xl/styles.xml"), "Excel"),
        (("mimetype", "META-INF/manifest.xml", "content.xml"), "OpenDocument"),
    ],
)
def test_packed_documents_of_other_programs_get_one_message(members: tuple[str, ...], word: str) -> None:
    (message,) = _opened(_zip(*((name, b"<a/>") for name in members)), "a.docx")
    assert word in message


def test_members_of_one_name_are_both_read_and_told_apart() -> None:
    archive = _zip(("a.txt", b"one"), ("a.txt", b"two"))
    found = [one for one in open_bytes(archive, "a.zip") if isinstance(one, Document)]
    assert [(one.path, one.text, bool(one.notice)) for one in found] == [
        ("a.zip/a.txt", "one", False),
        ("a.zip/a.txt (2)", "two", True),
    ]


def test_archives_without_documents_are_named() -> None:
    assert "holds no documents" in _opened(_zip((".hidden", b"x"), ("__MACOSX/a.txt", b"x")))[0]
    assert "holds nothing" in _opened(_zip())[0]
    assert "inside an archive" in _opened(_zip(("b.zip", _zip(("a.txt", b"x")))))[0]


def test_archive_whose_names_are_no_text_is_refused_with_a_message() -> None:
    data = _zip(("é.txt", b"x")).replace("é".encode(), b"\xff\xff")
    assert all(message.startswith("a.zip") for message in _opened(data))


def test_links_that_lead_outside_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "a.txt").symlink_to(tmp_path / "secret.txt")
    (seeds / "folder").symlink_to(tmp_path)
    (seeds / "device").symlink_to("/dev/zero")
    (seeds / "gone").symlink_to(seeds / "nowhere")
    found = [opened for name, path in documents_in(seeds).items() for opened in open_file(path, name)]
    assert [one[0] for one in found if isinstance(one, tuple)] == ["a.txt", "device", "folder", "gone"]


def test_folder_that_cannot_be_looked_into_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    scan = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    ((name, path),) = documents_in(tmp_path).items()
    (opened,) = open_file(path, name)
    assert isinstance(opened, tuple)
    assert "permissions" in opened[1].message


def test_names_that_are_no_text_are_made_readable(tmp_path: Path) -> None:
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xff\n.txt")).write_text("x")
    (name,) = documents_in(tmp_path)
    assert name == "a%FF%0A.txt"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("version https://git-lfs.github.com/spec/v1\noid sha256:c52a\n", "git lfs pull"),
        ('<?xml version="1.0"?>\n<rss><item>NCT09990161</item></rss>', "studies/NCT09990161"),
        ("TY  - JOUR\nTI  - NCT09990163\nER  -\n", "studies/NCT09990163"),
        ('{"StudyFieldsResponse":{"StudyFields":[{"NCTId":["NCT09990164"]}]}}', "studies/NCT09990164"),
        ("nct_id|overall_status\nNCT09990165|COMPLETED\n", "studies/NCT09990165"),
        ("---\ntitle: x\nstatus: y\n---\nNCT09990162\n", "did you mean `overallStatus`"),
        ("MIME-Version: 1.0\nContent-Type: multipart/related\n\nNCT09990166\n", "HTML only"),
        ("some words\n", "save a trial's page"),
    ],
)
def test_unknown_files_are_named_with_what_to_do(text: str, words: str) -> None:
    (problem,) = read_document(Document("a", text)).problems
    assert words in problem.message
    assert "who-ictrp-csv" not in problem.message
