"""Measures our builds and our peers' on the same invented catalogs, and prints tables of ratios.

Usage: python -m benchmarks [--trials N ...] [--folder DIR] [--no-peers | --peers-at N ...] [--patience SECONDS]
                            [--no-browser] [--write]
"""

from __future__ import annotations

import argparse
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import search_in_browser
from benchmarks.catalogs import PROJECT, Catalog, lay_out, size_of
from benchmarks.measuring import CommandError, Measure, run
from benchmarks.peers import PEERS
from benchmarks.search_in_browser import MOST_KILOBYTES, MOST_MILLISECONDS, BrowserFigures
from generator.pipeline.processes import cores
from generator.search.index import FOLDER

SIZES = (1_000, 5_000, 10_000)
README = Path(__file__).parent / "README.md"
MARK = "<!-- measured -->"


@dataclass(slots=True)
class Figures:
    """What was measured on one catalog."""

    trials: int
    pages: int = 0
    ours: dict[str, Measure] = field(default_factory=dict)
    details: dict[str, dict[str, Any]] = field(default_factory=dict)
    """What our builds said of themselves."""
    peers: dict[str, Measure] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    """Peers that did not come to an end, with what they said."""
    sizes: dict[str, float] = field(default_factory=dict)
    browser: BrowserFigures | None = None

    def stages(self, scenario: str) -> dict[str, float]:
        return dict(self.details[scenario]["stages"])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--trials", type=int, nargs="+", default=list(SIZES), help="sizes of the catalogs")
    parser.add_argument("--folder", type=Path, help="where to build (kept; else a temporary folder)")
    parser.add_argument("--no-peers", action="store_true", help="only our own builds")
    parser.add_argument("--peers-at", type=int, nargs="+", default=[1_000, 10_000], metavar="N", help="peers at these")
    parser.add_argument("--peers", nargs="+", metavar="NAME", help="only those of these names")
    parser.add_argument("--patience", type=float, default=1_800, help="seconds after which a peer is left out")
    parser.add_argument("--no-browser", action="store_true", help="no searches in Chromium")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    options = parser.parse_args()
    root = (options.folder or Path(tempfile.mkdtemp(prefix="benchmarks-"))).resolve()
    found: list[Figures] = []
    try:
        for trials in options.trials:
            peers = not options.no_peers and trials in options.peers_at
            _say(f"{trials} trials: inventing documents in {root / str(trials)}")
            catalog = lay_out(root / str(trials), trials)
            patience = options.patience if peers else None
            found.append(measure(catalog, patience=patience, names=options.peers, browser=not options.no_browser))
    finally:
        if options.folder is None:
            shutil.rmtree(root, ignore_errors=True)
    text = "\n".join(report(found))
    print(text)
    if options.write:
        before = README.read_text(encoding="utf-8").split(MARK, 1)[0]
        README.write_text(f"{before}{MARK}\n\n{text}\n", encoding="utf-8")


def measure(catalog: Catalog, *, patience: float | None, names: list[str] | None, browser: bool) -> Figures:
    """Build *catalog* in every way; by the peers of these *names*, or all, where there is *patience* for them."""
    figures = Figures(catalog.trials)
    time.sleep(1)  # what was written this very moment counts as changing while the build is at work
    for scenario, change in CHANGES:
        change(catalog)
        _ours(figures, scenario, catalog)
        if scenario == "cold":
            figures.pages = catalog.pages
            figures.sizes = {
                "site": size_of(catalog.folder / "site"),
                "search": size_of(catalog.folder / "site" / FOLDER),
                "cache": size_of(catalog.folder / ".cache"),
            }
    if browser:
        try:
            figures.browser = _in_browser(catalog)
        except Exception as error:
            _say(f"Searching in Chromium: {error!r}")
    for peer in PEERS if patience is not None else ():
        if names and peer.name.casefold() not in map(str.casefold, names):
            continue
        if peer.version is None:
            _say(f"{peer.name}: not installed (pip install {peer.package}), left out")
            continue
        _say(f"{catalog.trials} trials, {peer.name} …")
        try:
            figures.peers[peer.name] = peer.build(catalog, clean=True, patience=patience)
            _say(f"{catalog.trials} trials, {peer.name}: {figures.peers[peer.name].seconds:.1f} s")
            if peer.package == "zensical":
                figures.peers[f"{peer.name}, again"] = peer.build(catalog, clean=False, patience=patience)
        except CommandError as error:
            figures.failures[peer.name] = str(error).splitlines()[0]
            _say(f"{peer.name}: {error}")
    return figures


def _in_browser(catalog: Catalog) -> BrowserFigures:
    found = search_in_browser.measure(catalog.folder)
    _say(f"{catalog.trials} trials, first search: {found.first_kilobytes:.0f} KB, later {found.later_median:.0f} ms")
    return found


def _ours(figures: Figures, scenario: str, catalog: Catalog) -> None:
    _say(f"{catalog.trials} trials, {scenario} …")
    taken = run([sys.executable, "-m", "benchmarks.own_build", catalog.folder], PROJECT)
    figures.ours[scenario] = taken
    figures.details[scenario] = msgspec.json.decode(taken.output.strip().splitlines()[-1])
    _say(f"{catalog.trials} trials, {scenario}: {taken.seconds:.1f} s, {taken.megabytes:.0f} MB")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def _nothing(catalog: Catalog) -> None:
    del catalog


def _change_document(catalog: Catalog) -> None:
    document = catalog.document(catalog.trials // 2)
    record = msgspec.json.decode(document.read_bytes())
    record["protocolSection"]["descriptionModule"]["briefSummary"] += "\n\nChanged."
    document.write_bytes(msgspec.json.encode(record))


def _change_status(catalog: Catalog) -> None:
    """Change what lists and the pages of names show of a trial, too."""
    document = catalog.document(catalog.trials // 3)
    record = msgspec.json.decode(document.read_bytes())
    status = record["protocolSection"]["statusModule"]
    status["overallStatus"] = "SUSPENDED" if status["overallStatus"] != "SUSPENDED" else "WITHDRAWN"
    document.write_bytes(msgspec.json.encode(record))


def _change_name(catalog: Catalog) -> None:
    record = msgspec.json.decode(catalog.document(0).read_bytes())
    name = record["protocolSection"]["sponsorCollaboratorsModule"]["leadSponsor"]["name"]
    names = catalog.seeds / "names"
    names.mkdir(exist_ok=True)
    entry = f'- name: {name}\n  spellings: ["{name} of the World"]\n  source: Invented, as the trials are.\n'
    (names / "organizations.yml").write_text(entry, encoding="utf-8")


def _change_theme(catalog: Catalog) -> None:
    with (catalog.folder / "theme" / "partials" / "footer.html").open("a", encoding="utf-8") as template:
        template.write("\n{# changed #}\n")


CHANGES: tuple[tuple[str, Callable[[Catalog], None]], ...] = (
    ("cold", _nothing),
    ("nothing changed", _nothing),
    ("one document changed", _change_document),
    ("one status changed", _change_status),
    ("one curated name changed", _change_name),
    ("theme changed", _change_theme),
)


def report(found: list[Figures]) -> Iterator[str]:
    """Yield the lines of the tables."""
    versions = ", ".join(f"{peer.package} {peer.version}" for peer in PEERS if peer.version and not peer.extra)
    yield f"Python {platform.python_version()}, {cores()} cores; {versions}. Ratios hold within one run only."
    for figures in found:
        yield from _report_one(figures)
    if len(found) > 1:
        yield from _growth(found)


def _report_one(figures: Figures) -> Iterator[str]:
    cold = figures.ours["cold"]
    yield ""
    yield f"## {figures.trials:,} trials, {figures.pages:,} pages"
    yield ""
    yield "| ours | seconds | processor | of a cold build | peak MB | pages rendered | files written |"
    yield "|---|---|---|---|---|---|---|"
    for scenario, taken in figures.ours.items():
        said = figures.details[scenario]
        written = said["content_written"] + said["site_written"]
        yield (
            f"| {scenario} | {taken.seconds:.1f} | {taken.processor_seconds:.1f} | {taken.seconds / cold.seconds:.1%} "
            f"| {taken.megabytes:.0f} | {said['rendered']} | {written} |"
        )
    yield ""
    yield "| stage, seconds | " + " | ".join(scenario for scenario in figures.ours) + " |"
    yield "|---|" + "---|" * len(figures.ours)
    for stage in figures.stages("cold"):
        row = [figures.stages(scenario).get(stage) for scenario in figures.ours]
        yield f"| {stage} | " + " | ".join("" if value is None else f"{value:.2f}" for value in row) + " |"
    yield ""
    sizes = figures.sizes
    yield (
        f"Site {sizes['site']:.0f} MB ({sizes['site'] * 1024 / figures.trials:.0f} KB a trial), search index "
        f"{sizes['search']:.1f} MB, cache {sizes['cache']:.0f} MB."
    )
    if figures.browser is not None:
        yield from _search(figures.browser)
    if figures.peers or figures.failures:
        yield from _compare(figures)


def _compare(figures: Figures) -> Iterator[str]:
    """Compare with peers that make an index as they do with ours and its index, with others without."""
    cold, one = figures.stages("cold"), figures.stages("one document changed")
    yield ""
    yield (
        "| peer, on the same pages | its seconds | processor | peak MB | ours, cold | times "
        "| ours, one document | times | our whole build, one document | times |"
    )
    yield "|---|---|---|---|---|---|---|---|---|---|"
    whole = figures.ours["one document changed"].seconds
    for name, taken in figures.peers.items():
        if "search" in name:
            first, again = cold["render"], one["render"]
        else:
            first, again = cold["render"] + cold["search"], one["render"] + one["search"]
        yield (
            f"| {name} | {taken.seconds:.1f} | {taken.processor_seconds:.1f} | {taken.megabytes:.0f} "
            f"| {first:.1f} | {taken.seconds / first:.1f} | {again:.2f} | {taken.seconds / again:.0f} "
            f"| {whole:.1f} | {taken.seconds / whole:.0f} |"
        )
    for name, words in figures.failures.items():
        yield f"| {name} | {words.replace('|', ' ')} | | | | | | | | |"
    yield ""
    yield "Ours with the search index where the peer makes one. Reading, joining and writing come on top."


def _search(found: BrowserFigures) -> Iterator[str]:
    yield ""
    yield "| search in Chromium | measured | aim |"
    yield "|---|---|---|"
    yield f"| first search on the search page, facets included | {found.first_kilobytes:.0f} KB | {MOST_KILOBYTES} |"
    yield f"| first search in a page's header | {found.header_kilobytes:.0f} KB | {MOST_KILOBYTES} |"
    yield f"| from the address to the first hits | {found.first_milliseconds:.0f} ms | |"
    yield f"| later searches, median | {found.later_median:.0f} ms | {MOST_MILLISECONDS} |"
    yield f"| later searches, nine of ten | {found.later_tenth:.0f} ms | {MOST_MILLISECONDS} |"
    yield f"| later searches, slowest of {len(found.later)} | {max(found.later):.0f} ms | |"


def _growth(found: list[Figures]) -> Iterator[str]:
    first, last = found[0], found[-1]
    yield ""
    yield f"## Growth from {first.trials:,} to {last.trials:,} trials ({last.trials / first.trials:.0f} times)"
    yield ""
    yield "| stage | times |"
    yield "|---|---|"
    before = first.stages("cold")
    for stage, seconds in last.stages("cold").items():
        if before.get(stage, 0) > 0.05:
            yield f"| {stage} | {seconds / before[stage]:.1f} |"


if __name__ == "__main__":
    main()
