"""Documents that each reader reads in a second, and the memory that it takes.

Usage: python -m benchmarks.readers [COUNT ...]

For each layout one document of the project is printed COUNT times under other numbers (1,000 and 10,000 times unless
told otherwise) and read in a process of its own, on one core.  Records are dropped as they come, so the memory is the
reader's own; what the catalog keeps of them is measured by the benchmark of the whole build.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from generator.model.document import Document
from generator.readers.reading import read_document
from tests.readers.test_eu_ctis import new_layout
from tests.readers.test_eu_ctr import INTRODUCTION, section
from tests.readers.test_eu_ctr_page import page
from tests.readers.test_hand_written import OWN
from tests.readers.test_who_ictrp import AMERICAN, table, xml

ROOT = Path(__file__).parents[1]
FILES = {
    "meddatax": ROOT / "seeds" / "000_46c0a2ab4cdea2e9.txt",
    "meddatax-compact": ROOT / "seeds" / "001_68d710a15b1fec4e.txt",
    "clinicaltrials-gov-classic": ROOT / "seeds" / "004_a8ff987fe1f28682.txt",
    "project-page": ROOT / "seeds" / "002_865dad56ce9db1c5.txt",
    "clinicaltrials-gov-api-v2": ROOT / "tests" / "readers" / "legacy_xml" / "newer_schema.json",
    "clinicaltrials-gov-csv": ROOT / "tests" / "readers" / "fixtures" / "clinicaltrials_gov_csv" / "today.csv",
    "clinicaltrials-gov-page": ROOT / "tests" / "readers" / "fixtures" / "clinicaltrials_gov_page" / "copied.txt",
    "isrctn-xml": ROOT / "tests" / "readers" / "fixtures" / "isrctn" / "one.xml",
    "isrctn-page": ROOT / "tests" / "readers" / "fixtures" / "isrctn_page" / "copied.txt",
    "drks-page": ROOT / "tests" / "readers" / "fixtures" / "drks_page" / "copied.txt",
    "drks-json": ROOT / "tests" / "readers" / "fixtures" / "drks" / "one.json",
    "anzctr-xml": ROOT / "tests" / "readers" / "fixtures" / "anzctr" / "one.xml",
    "who-exchange-xml": ROOT / "tests" / "readers" / "fixtures" / "who_exchange" / "two.xml",
    "labelled-page": ROOT / "tests" / "readers" / "fixtures" / "labelled_page" / "copied.txt",
    "eu-ctis-search-json": ROOT / "tests" / "readers" / "fixtures" / "eu_ctis_search" / "answer.json",
    "eu-ctis-csv": ROOT / "tests" / "readers" / "fixtures" / "eu_ctis_search" / "download.csv",
    "eu-ctr-results-page": ROOT / "tests" / "readers" / "fixtures" / "eu_ctr_results" / "copied.txt",
    "who-ictrp-full-export": ROOT / "tests" / "readers" / "fixtures" / "who_full_export" / "no_header.csv",
    "clinicaltrials-gov-xml": ROOT / "tests" / "readers" / "legacy_xml" / "newer_schema.xml",
}
COUNTS = (1_000, 10_000)


def documents() -> dict[str, str]:
    """Return a document of each layout: files of the project, and what the tests of the other readers print."""
    return {
        **{layout: path.read_text(encoding="utf-8") for layout, path in FILES.items()},
        "eu-ctis-json": json.dumps(new_layout(), indent=1),
        "eu-ctr-text": INTRODUCTION + section() + section("ES", "Spain - AEMPS", count="41"),
        "eu-ctr-page": page(section(), "text"),
        "who-ictrp-xml": xml(AMERICAN).text,
        "who-ictrp-csv": table(AMERICAN).text,
        "hand-written": OWN,
    }


def printed(text: str, count: int) -> Iterator[str]:
    """Yield *text* under *count* numbers of its own."""
    own = re.search(r"NCT\d{8}", text)
    for number in range(count):
        yield text.replace(own[0], f"NCT{number + 1:08}") if own else text


def measure(layout: str, count: int) -> None:
    """Read *count* documents of *layout* and print the row of the table."""
    text = documents()[layout]
    read_document(Document("first.txt", text))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = process_time()
    for number, one in enumerate(printed(text, count)):
        reading = read_document(Document(f"{number}.txt", one))
        if reading.layout != layout or not reading.records:
            raise SystemExit(f"{layout}: document {number} was not read: {reading.problems}")
    seconds = process_time() - started
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    size = len(text) / 1024
    print(f"| {layout} | {size:.1f} KB | {count:,} | {count / seconds:,.0f} | {grown:.1f} MB |", flush=True)


def main() -> None:
    """Print a table with a row for each layout and count, each measured in a process of its own."""
    if len(sys.argv) == 4 and sys.argv[1] == "--one":
        measure(sys.argv[2], int(sys.argv[3]))
        return
    counts = [int(argument) for argument in sys.argv[1:]] or COUNTS
    print("| layout | document | documents | a second | memory over one document |")
    print("|---|---|---|---|---|", flush=True)
    for layout in documents():
        for count in counts:
            subprocess.run(
                [sys.executable, "-m", "benchmarks.readers", "--one", layout, str(count)], check=True, cwd=ROOT
            )


if __name__ == "__main__":
    main()
