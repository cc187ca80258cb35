"""Readers are found by entry points, those of other packages like ours."""

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, EntryPoint
from pathlib import Path

import pytest

from generator.readers import known
from generator.readers.known import GROUP, ReaderError, all_readers, in_order, load, reader_of
from generator.readers.layouts.labelled_page import READER as LABELLED_PAGE
from generator.readers.layouts.meddatax.labelled import READER as MEDDATAX
from generator.readers.layouts.project_page import READER as PROJECT_PAGE
from generator.readers.reader import Reader

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "example-reader"

WHOLE = {"layout": "lamps", "title": "Lamps", "rank": 1, "description": "Everything is read."}


def declared(monkeypatch: pytest.MonkeyPatch, **attributes: object) -> EntryPoint:
    """Return an entry point for a reader that has these attributes."""
    methods = {"recognises": lambda *_: False, "read": lambda *_: []}
    made = type("Lamps", (Reader,), {**methods, **attributes})
    monkeypatch.setattr(known, "LAMPS", made(), raising=False)
    return EntryPoint("lamps", f"{known.__name__}:LAMPS", GROUP)


def test_every_reader_is_found_by_its_layout() -> None:
    assert all_readers()
    assert all(reader_of(reader.layout) is reader for reader in all_readers())
    assert reader_of("no-such-layout") is None


@pytest.mark.parametrize("reader", all_readers(), ids=lambda reader: reader.layout)
def test_every_reader_says_in_a_few_sentences_what_is_read(reader: Reader) -> None:
    sentences = re.findall(r"[^.]+\.(?: |$)", reader.description)
    assert 1 <= len(sentences) <= 3
    assert "".join(sentences) == reader.description


def test_readers_of_last_resort_come_last_by_rank() -> None:
    assert in_order([PROJECT_PAGE, LABELLED_PAGE, MEDDATAX]) == (MEDDATAX, LABELLED_PAGE, PROJECT_PAGE)


def test_whole_reader_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    (reader,) = load([declared(monkeypatch, **WHOLE)])
    assert reader.title == "Lamps"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rank": 8}, "'lamps' .* needs a rank from 0 to 7"),
        ({"rank": None}, "needs a rank"),
        ({"title": ""}, "needs a title"),
        ({"description": ""}, "needs a description"),
        ({"layout": "lanterns"}, "needs layout = 'lamps'"),
    ],
)
def test_reader_that_lacks_something_does_not_load(
    monkeypatch: pytest.MonkeyPatch, changes: dict[str, object], message: str
) -> None:
    with pytest.raises(ReaderError, match=message):
        load([declared(monkeypatch, **{**WHOLE, **changes})])


def test_two_readers_of_one_layout_do_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    point = declared(monkeypatch, **WHOLE)
    with pytest.raises(ReaderError, match="layout of another reader"):
        load([point, point])


def test_what_is_no_reader_does_not_load() -> None:
    with pytest.raises(ReaderError, match="made from"):
        load([EntryPoint("lamps", f"{known.__name__}:GROUP", GROUP)])


def test_reader_that_cannot_be_imported_names_its_package(tmp_path: Path) -> None:
    metadata = tmp_path / "lamp_reader-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Name: lamp-reader\nVersion: 1\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[{GROUP}]\nlamps = no_such_module:READER\n", encoding="utf-8")
    points = Distribution.at(metadata).entry_points
    with pytest.raises(ReaderError, match=r"'lamps' of the package lamp-reader cannot be loaded .*no_such_module"):
        load(points)


def test_metadata_older_than_the_code_say_to_install_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "entry_points", lambda **_: [])
    with pytest.raises(ReaderError, match="Install it again"):
        all_readers.__wrapped__()


def explain(document: Path, packages: Path) -> str:
    """Return what ``explain`` prints of *document* where what lies in *packages* is installed, too."""
    made = subprocess.run(
        [sys.executable, "-m", "generator", "explain", str(document)],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{packages}"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return made.stdout + made.stderr


def test_example_package_is_installed_reads_its_format_and_is_gone_when_removed(tmp_path: Path) -> None:
    source, packages = tmp_path / "source", tmp_path / "packages"
    shutil.copytree(EXAMPLE, source)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", "install", *options, "--target", str(packages), str(source)], check=True
    )

    told = explain(EXAMPLE / "sample.txt", packages)
    assert "layout lamp-register" in told
    assert "NCT09990417 protocolSection.designModule.enrollmentInfo.count" in told
    assert "unread      Lamplighter on duty" in told
    assert "; 1 unread\n" in told

    for installed in packages.iterdir():
        shutil.rmtree(installed) if installed.is_dir() else installed.unlink()
    told = explain(EXAMPLE / "sample.txt", packages)
    assert "lamp-register" not in told
    assert "no layout that is known" in told
