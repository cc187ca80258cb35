"""Documents damaged at random, read, and what was read held against the damaged text.

Usage: python -m tests.readers.mutations [--count 10000] [--seed 1] [--keep FOLDER] [--generate 200]

Takes the seeds, the documents of the tests and, where they lie beside the project, the real records; each layout has
the same share.  For each damaged document: reading raises nothing and takes no longer than a bounded time, every line
of a text is accounted for, every value leads to lines of the document, and no value says what the document does not
(see ``truth``).  Documents that fail are kept in FOLDER.  At the end pages are generated from some of the documents.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from benchmarks.readers import documents as layout_documents
from generator.model.document import LineRole
from generator.model.pointers import lookup, steps
from generator.pipeline import flow
from generator.readers.opening import open_bytes
from generator.readers.reader import Reading
from generator.readers.reading import read_opened
from generator.settings import Settings
from tests.readers.truth import untold

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "seeds", ROOT / "tests" / "readers", ROOT.parent / "shared" / "data")
SUFFIXES = (".txt", ".json", ".xml", ".csv", ".html")
LARGEST = 400_000
"""Bytes of a document to damage: a larger one takes the time of a hundred others and shows nothing more."""
LONGEST = 20.0
"""Seconds of processor time for one document."""

Mutation = Callable[[random.Random, bytes, bytes], bytes]


Samples = dict[str, list[tuple[str, bytes]]]


def documents() -> Samples:
    """Return the documents to damage, with their names, by the layout that reads them."""
    paths = [
        path
        for folder in FOLDERS
        if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if path.suffix in SUFFIXES and "names" not in path.parts and path.stat().st_size <= LARGEST
    ]
    found: Samples = {}
    for name, data in [
        *((path.name, path.read_bytes()) for path in paths),
        *((layout, text.encode()) for layout, text in layout_documents().items()),
    ]:
        if data.strip():
            found.setdefault(str(read(data)[0].layout), []).append((name, data))
    return found


def _lines(random_: random.Random, data: bytes) -> tuple[list[bytes], int, int]:
    lines = data.split(b"\n")
    first, last = sorted(random_.randrange(len(lines) + 1) for _ in range(2))
    return lines, first, min(last, first + random_.choice((1, 2, 5, 40)))


def truncated(random_: random.Random, data: bytes, _: bytes) -> bytes:
    return data[: random_.randrange(len(data) + 1)]


def beheaded(random_: random.Random, data: bytes, _: bytes) -> bytes:
    return data[random_.randrange(len(data) // 2 + 1) :]


def lines_deleted(random_: random.Random, data: bytes, _: bytes) -> bytes:
    lines, first, last = _lines(random_, data)
    return b"\n".join(lines[:first] + lines[last:])


def lines_doubled(random_: random.Random, data: bytes, _: bytes) -> bytes:
    lines, first, last = _lines(random_, data)
    return b"\n".join(lines[:last] + lines[first:last] * random_.choice((1, 1, 1, 30)) + lines[last:])


def lines_moved(random_: random.Random, data: bytes, _: bytes) -> bytes:
    lines, first, last = _lines(random_, data)
    rest = lines[:first] + lines[last:]
    place = random_.randrange(len(rest) + 1)
    return b"\n".join(rest[:place] + lines[first:last] + rest[place:])


def lines_shuffled(random_: random.Random, data: bytes, _: bytes) -> bytes:
    lines, first, last = _lines(random_, data)
    block = lines[first:last]
    random_.shuffle(block)
    return b"\n".join(lines[:first] + block + lines[last:])


def lines_joined(random_: random.Random, data: bytes, _: bytes) -> bytes:
    lines, first, last = _lines(random_, data)
    return b"\n".join([*lines[:first], random_.choice((b" ", b"", b" | ")).join(lines[first:last]), *lines[last:]])


def blank_lines_lost(random_: random.Random, data: bytes, _: bytes) -> bytes:
    del random_
    return b"\n".join(line for line in data.split(b"\n") if line.strip())


def sections_swapped(random_: random.Random, data: bytes, other: bytes) -> bytes:
    lines, first, last = _lines(random_, data)
    others, start, end = _lines(random_, other)
    return b"\n".join(lines[:first] + others[start:end] + lines[last:])


def glued(random_: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: random_.randrange(len(data) + 1)] + other[random_.randrange(len(other) + 1) :]


def pieces_moved(random_: random.Random, data: bytes, _: bytes) -> bytes:
    start = random_.randrange(len(data) + 1)
    piece, rest = data[start : start + 300], data[:start] + data[start + 300 :]
    place = random_.randrange(len(rest) + 1)
    return rest[:place] + piece + rest[place:]


PIECES = (
    *(b"\x00", b"<", b">", b"&", b'"', b"'", b"{", b"}", b"[", b"]", b"|", b"\\", b"*", b"\t", b"\r", b"\r\n", b"\x85"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xc3\xa9", b"\xf0\x9f\x92\x8a", b"\xed\xa0\x80", b"---\n"),
    *(b"NCT01234567", b"2020-000001-11", b"99999999", b"1e999", b"-1", b"9" * 400, b"31 February 2020", b"null"),
    *(b"<script>alert(1)</script>", b"{{ 7 * 7 }}", b"{% raw %}", b"[x](javascript:alert(1))", b"&#60;b&#62;"),
    *(b"[" * 3000, b'{"a":' * 2000, b"<a>" * 2000, b"x" * 50_000, b"( " * 5_000, b"* " * 5_000, b" " * 20_000),
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>&b;',
)


def pieces_put_in(random_: random.Random, data: bytes, _: bytes) -> bytes:
    place = random_.randrange(len(data) + 1)
    return data[:place] + random_.choice(PIECES) + data[place + random_.choice((0, 0, 1, 3)) :]


def numbers_changed(random_: random.Random, data: bytes, _: bytes) -> bytes:
    places = [index for index, one in enumerate(data[:50_000]) if 48 <= one <= 57]
    if not places:
        return data
    place = random_.choice(places)
    return data[:place] + random_.choice((b"0", b"9", b"99999999", b"9" * 30, b"", b"-", b".")) + data[place + 1 :]


def encoded_otherwise(random_: random.Random, data: bytes, _: bytes) -> bytes:
    text = data.decode(errors="replace")
    return text.encode(random_.choice(("latin-1", "utf-16", "utf-8-sig", "utf-32", "cp1252")), errors="replace")


def line_ends_changed(random_: random.Random, data: bytes, _: bytes) -> bytes:
    return data.replace(b"\n", random_.choice((b"\r\n", b"\r", b"\n\n", b" \n\t")))


MUTATIONS: tuple[Mutation, ...] = (
    truncated,
    beheaded,
    lines_deleted,
    lines_doubled,
    lines_moved,
    lines_shuffled,
    lines_joined,
    blank_lines_lost,
    sections_swapped,
    glued,
    pieces_moved,
    pieces_put_in,
    numbers_changed,
    encoded_otherwise,
    line_ends_changed,
)


def mutated(random_: random.Random, samples: Samples) -> tuple[str, bytes]:
    """Return a damaged document, and how it was made; each layout has the same chance."""
    name, data = random_.choice(random_.choice(list(samples.values())))
    _, other = random_.choice(random_.choice(list(samples.values())))
    applied = random_.choices(MUTATIONS, k=random_.choice((1, 1, 2, 3)))
    for mutation in applied:
        data = mutation(random_, data, other)
    return f"{name}: {', '.join(mutation.__name__ for mutation in applied)}", data


def faults(readings: list[Reading]) -> list[str]:
    """Return what is wrong with what was read of a document."""
    found: list[str] = []
    for reading in readings:
        found.extend(_faults_of(reading))
        if reading.records:
            found.extend(f"states what the document does not: {one}" for one in untold(reading))
    return found


def _faults_of(reading: Reading) -> list[str]:
    document = reading.document
    count = max(1, document.line_count)
    found = []
    if not reading.records and not any(problem.severity == "error" for problem in reading.problems):
        found.append("no record, and no error that says why")
    found.extend(
        f"problem on line {problem.line} of {count}"
        for problem in reading.problems
        if not 1 <= problem.line <= count and document.text
    )
    written = {}
    for record in reading.records:
        section = record.study.catalog_section
        written[record.id] = msgspec.to_builtins(record.study)
        for pointer, sources in section.sources.items():
            if not sources or not all(1 <= one.first_line <= one.last_line <= count for one in sources):
                found.append(f"{pointer} leads to no line")
    if not reading.records or document.structured:
        return found
    shown = {
        number
        for record in reading.records
        for text in record.study.catalog_section.unread
        for number in range(text.first_line, text.last_line + 1)
    }
    for line in document.filled():
        if line.role in (LineRole.BLANK, LineRole.STRUCTURE) or (line.role is LineRole.UNREAD) > (line.number in shown):
            found.append(f"line {line.number} is lost")
        if line.role in (LineRole.FACT, LineRole.MENTION):
            found.extend(
                f"line {line.number} became {became}, which is not there"
                for became in line.became
                if "#" in became and not _is_there(written, became)
            )
    return found


def _is_there(written: dict[str, object], became: str) -> bool:
    study, _, pointer = became.partition("#")
    if study not in written:
        return True  # a heading's own words
    if pointer == "/protocolSection/statusModule/overallStatus":
        return True  # what is said of recruitment fits no status
    if steps(pointer)[:2] == ["catalogSection", "registryFields"]:
        pointer = "/".join(pointer.split("/")[:4])
    return lookup(written[study], pointer) is not None  # type: ignore[arg-type]


def read(data: bytes) -> list[Reading]:
    """Return what is read of a file that holds *data*."""
    return list(read_opened(open_bytes(data, "damaged")))


def run(count: int, seed: int, keep: Path | None) -> tuple[Counter[str], list[str]]:
    """Damage and read *count* documents; return how many became what, and what was wrong."""
    samples = documents()
    outcomes: Counter[str] = Counter()
    wrong: list[str] = []
    slowest = (0.0, "")
    for number in range(count):
        random_ = random.Random(f"{seed} {number}")  # noqa: S311
        how, data = mutated(random_, samples)
        started = time.process_time()
        try:
            readings = read(data)
            said = faults(readings)
        except Exception as error:
            readings, said = [], [f"{type(error).__name__}: {error}"]
        seconds = time.process_time() - started
        slowest = max(slowest, (seconds, how))
        if seconds > LONGEST:
            said.append(f"took {seconds:.1f} s")
        outcomes["read" if any(one.records for one in readings) else "refused"] += 1
        outcomes[f"layout {readings[0].layout if readings else None}"] += 1
        if said:
            wrong.extend(f"{number} ({how}): {one}" for one in said)
            if keep is not None:
                keep.mkdir(parents=True, exist_ok=True)
                (keep / f"{number}.txt").write_bytes(data)
    print(f"slowest: {slowest[0]:.1f} s of processor time, {slowest[1]}", flush=True)
    return outcomes, wrong


def generate(count: int, seed: int) -> str:
    """Generate pages from *count* damaged documents, and say what came of it."""
    samples = documents()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "seeds").mkdir()
        for number in range(count):
            _, data = mutated(random.Random(f"{seed} {number}"), samples)  # noqa: S311
            (folder / "seeds" / f"{number}.txt").write_bytes(data)
        made = flow.make_catalog(folder / "seeds", folder / "content")
        report = flow.write_content(made, folder / "content", Settings(), ROOT / "content")
        return f"{made.documents} documents, {len(made.catalog.studies)} trials, {len(report.written)} files written"


def main() -> None:
    """Damage documents, read them, and print what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--generate", type=int, default=200)
    parser.add_argument("--keep", type=Path)
    arguments = parser.parse_args()
    outcomes, wrong = run(arguments.count, arguments.seed, arguments.keep)
    for outcome, number in sorted(outcomes.items()):
        print(f"{number:7,} {outcome}")
    for one in wrong[:200]:
        print(one[:400])
    print(f"{len(wrong)} faults in {arguments.count:,} documents")
    if arguments.generate:
        print(f"generated: {generate(arguments.generate, arguments.seed)}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
