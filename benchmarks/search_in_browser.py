"""What a search costs the reader: bytes over the wire and milliseconds in Chromium, and what the index costs the build.

Usage: python -m benchmarks.search_in_browser [TRIALS …]

For each size (1,000 unless told otherwise; 10,000 takes minutes) a catalog of invented trials is indexed, and searched
on a bare page with the site's own scripts.  Files are sent compressed as GitHub Pages does; Pagefind's own are
compressed already.  The first search counts everything that it loads: scripts, WebAssembly, index and hits.
"""

from __future__ import annotations

import gzip
import http.server
import re
import resource
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.invention import Inventor
from generator import building
from generator.exports.search_records import SearchRecords
from generator.renderer.search_index import SearchReport, build_search_index
from generator.settings import Settings
from tests.browser.find_browser import FLAGS, find_browser

PROJECT = Path(__file__).parents[1]
MOST_KILOBYTES, MOST_MILLISECONDS = 300, 150

PAGE = """<!doctype html><html lang="en"><title>Search</title><body>
<form class="search-box" data-catalog-search action="search/"><input id="search-box" name="q"></form>
<div data-search-page></div><script type="module" src="{root}assets/javascripts/search/main.js"></script>"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with texts compressed, and adds up what it sends."""

    sent = 0
    requests = 0

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            self.send_error(404)
            return
        data = file.read_bytes()
        packed = file.suffix in {".js", ".json", ".html", ".css"}
        body = gzip.compress(data, 6) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        _Handler.sent += len(body)
        _Handler.requests += 1

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def words_to_search(records: SearchRecords) -> list[str]:
    """Return words that an eighth, half and a fiftieth of the trials have, two together, a frequent name, nonsense."""
    sample = list(records.paths().values())[:200]
    numbers: Counter[str] = Counter()
    for identifier in sample:
        numbers.update(set(re.findall(r"[a-z]{4,}", records.html(identifier).decode().partition("<meta")[0].lower())))

    def near(share: float) -> str:
        return min(sorted(numbers), key=lambda word: abs(numbers[word] - share * len(sample)))

    return [near(1 / 8), near(1 / 2), near(1 / 50), f"{near(1 / 4)} {near(1 / 3)}", "university hospital", "xyzzyqwv"]


def lay_out(folder: Path, trials: int) -> tuple[SearchReport, float, float, list[str]]:
    """Index so many invented trials; return the report, the seconds of indexing once and again, and what to search."""
    seeds, site = folder / "seeds", folder / "site"
    seeds.mkdir(parents=True)
    for name, data in Inventor(trials).records():
        (seeds / name).write_bytes(data)
    made = building.make_catalog(seeds, folder / "content")
    shutil.rmtree(seeds)
    records = building.search_records(made, Settings())
    started = time.perf_counter()
    report = build_search_index(records, site, folder / "cache")
    cold = time.perf_counter() - started
    started = time.perf_counter()
    build_search_index(records, site, folder / "cache")
    warm = time.perf_counter() - started
    shutil.copytree(PROJECT / "content" / "assets" / "javascripts", site / "assets" / "javascripts")
    (site / "search").mkdir()
    (site / "search" / "index.html").write_text(PAGE.format(root="../"), encoding="utf-8")
    (site / "index.html").write_text(PAGE.replace("<div data-search-page></div>", "").format(root=""), encoding="utf-8")
    return report, cold, warm, words_to_search(records)


def search(page: Page, query: str) -> float:
    """Set the words of the search page, and return the milliseconds until the hits are there."""
    script = """async (query) => {
      const field = document.querySelector("#search-query"), page = document.querySelector("[data-search-page]");
      const wanted = "q=" + new URLSearchParams({ q: query }).toString().slice(2);
      const there = new Promise((resolve) => new MutationObserver((_, observer) => {
        if (page.dataset.ready.includes(wanted)) { observer.disconnect(); resolve(); }
      }).observe(page, { attributes: true, attributeFilter: ["data-ready"] }));
      field.value = query;
      const started = performance.now();
      field.form.requestSubmit();
      await there;
      return performance.now() - started;
    }"""
    return float(page.evaluate(script, query))


def measure(folder: Path, trials: int) -> None:
    report, cold, warm, queries = lay_out(folder, trials)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{trials:,} trials: index of {report.shards} shard(s) in {cold:.1f} s, unchanged {warm:.1f} s;"
        f" {report.size / 1e6:.1f} MB ({report.size / trials / 1000:.1f} KB a trial), Pagefind's peak {memory:.0f} MB"
    )
    handler = partial(_Handler, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
            address = f"http://127.0.0.1:{server.server_port}/"
            for where, path in (("search page, with facets", f"search/?q={queries[0]}"), ("header of a page", "")):
                page = browser.new_context().new_page()
                _Handler.sent = _Handler.requests = 0
                started = time.perf_counter()
                page.goto(address + path)
                if path:
                    page.wait_for_selector("[data-ready]")
                else:
                    page.locator("#search-box").fill(queries[0])
                    page.wait_for_selector(f"[data-ready={queries[0]}]", state="attached")
                seconds = time.perf_counter() - started
                page.wait_for_load_state("networkidle")
                kilobytes = _Handler.sent / 1000
                print(
                    f"  first search, {where}: {kilobytes:.0f} KB in {_Handler.requests} requests"
                    f" ({'at most' if kilobytes <= MOST_KILOBYTES else 'MORE THAN'} {MOST_KILOBYTES}),"
                    f" {seconds * 1000:.0f} ms from the address to the hits"
                )
                if path:
                    first = [search(page, query) for query in [*queries[1:], queries[0]]]
                    again = [search(page, query) for query in [*queries[1:], queries[0]]]
                    for title, times in (("new words", first), ("words searched before", again)):
                        verdict = "at most" if max(times) <= MOST_MILLISECONDS else "slowest MORE THAN"
                        print(
                            f"  later searches, {title}: median {median(times):.0f} ms, slowest {max(times):.0f} ms"
                            f" ({verdict} {MOST_MILLISECONDS})"
                        )
            browser.close()
        server.shutdown()


def main() -> None:
    for trials in [int(argument) for argument in sys.argv[1:]] or [1000]:
        with tempfile.TemporaryDirectory(prefix="search-") as name:
            measure(Path(name), trials)


if __name__ == "__main__":
    main()
