"""What a search costs the reader of a built site: bytes over the wire and milliseconds in Chromium.

Usage: python -m benchmarks.search_in_browser FOLDER

FOLDER is a project that the benchmarks have built (``python -m benchmarks --folder …``).  Files are sent compressed, as
GitHub Pages does; Pagefind's own are compressed already.  What the page itself loads, its style and script, is counted
apart from what the search loads: its scripts, WebAssembly, index, names and hits.
"""

from __future__ import annotations

import gzip
import http.server
import re
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import msgspec
from playwright.sync_api import Page, sync_playwright

from tests.browser.find_browser import FLAGS, find_browser

MOST_KILOBYTES, MOST_MILLISECONDS = 200, 150
_SEARCH = ("/pagefind/", "/assets/javascripts/search/")


@dataclass(slots=True)
class BrowserFigures:
    """What searching took."""

    first_kilobytes: float
    """What the search page loads for its first search, facets included, beside the page itself."""
    first_milliseconds: float
    """From the address to the hits."""
    header_kilobytes: float
    """What the field in the header of another page loads for its first search."""
    later: list[float] = field(default_factory=list)
    """Milliseconds of later searches for words not searched before."""
    again: list[float] = field(default_factory=list)
    """Milliseconds of the same searches once more."""

    @property
    def later_median(self) -> float:
        return median(self.later)

    @property
    def later_tenth(self) -> float:
        """Milliseconds that nine of ten later searches stay below."""
        return quantiles(self.later, n=10)[-1]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder with texts compressed, and adds up what it sends for searches."""

    sent = 0
    packed: dict[Path, bytes] = {}

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_dir():
            file /= "index.html"
        if not file.is_file():
            self.send_error(404)
            return
        packed = file.suffix in {".js", ".json", ".html", ".css", ".svg"}
        body = self.packed.get(file) or (gzip.compress(file.read_bytes(), 6) if packed else file.read_bytes())
        self.packed[file] = body
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(file)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if self.path.startswith(_SEARCH):
            _Handler.sent += len(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def words_to_search(seeds: Path) -> list[str]:
    """Return words that many, some and few of the trials have, two together, parts of words, a name, nonsense."""
    numbers: Counter[str] = Counter()
    files = sorted(seeds.glob("NCT*.json"))[:200]
    for file in files:
        protocol = msgspec.json.decode(file.read_bytes())["protocolSection"]
        texts = [protocol["identificationModule"]["briefTitle"], protocol["descriptionModule"]["briefSummary"]]
        numbers.update(set(re.findall(r"[a-z]{5,}", " ".join(texts).lower())))

    def near(share: float, place: int = 0) -> str:
        return sorted(numbers, key=lambda word: (abs(numbers[word] - share * len(files)), word))[place]

    found = [near(share, place) for share in (1 / 2, 1 / 4, 1 / 8, 1 / 20, 1 / 50) for place in range(3)]
    found += [f"{near(1 / 4)} {near(1 / 8)}", f"{near(1 / 8, 1)} {near(1 / 20, 1)} {near(1 / 3)}"]
    found += [found[4][:4], found[7][:3], "university hospital", "xyzzyqwv", "NCT09000017", near(1 / 100)]
    return list(dict.fromkeys(found))


def measure(folder: Path) -> BrowserFigures:
    """Search the site of the project in *folder*."""
    queries = words_to_search(folder / "seeds")
    handler = partial(_Handler, directory=str(folder / "site"))
    _Handler.packed = {}
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
                address = f"http://127.0.0.1:{server.server_port}/"
                page = browser.new_context(service_workers="block").new_page()
                page.goto(f"{address}about/")  # the browser itself is awake, and nothing of the search is there yet
                first = browser.new_context(service_workers="block").new_page()  # what the worker keeps comes later
                started = _begin()
                first.goto(f"{address}search/?q={queries[0]}")
                first.wait_for_selector("[data-search-page][data-ready]")
                milliseconds = (time.perf_counter() - started) * 1000
                first.wait_for_load_state("networkidle")
                kilobytes = _Handler.sent / 1000
                _begin()
                page.locator(":is(.search-box, [data-catalog-search]) input[name=q]").first.fill(queries[0])
                page.wait_for_selector(f"[data-ready={queries[0]}]", state="attached")
                page.wait_for_load_state("networkidle")
                figures = BrowserFigures(kilobytes, milliseconds, _Handler.sent / 1000)
                figures.later = [_search(first, query) for query in queries[1:]]
                figures.again = [_search(first, query) for query in queries[1:]]
                browser.close()
        finally:
            server.shutdown()
    return figures


def _begin() -> float:
    _Handler.sent = 0
    return time.perf_counter()


def _search(page: Page, query: str) -> float:
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


def main() -> None:
    for folder in map(Path, sys.argv[1:]):
        found = measure(folder)
        print(
            f"{folder}: first search {found.first_kilobytes:.0f} KB (at most {MOST_KILOBYTES}) in "
            f"{found.first_milliseconds:.0f} ms, in the header {found.header_kilobytes:.0f} KB; later searches: median "
            f"{found.later_median:.0f} ms (at most {MOST_MILLISECONDS}), nine of ten {found.later_tenth:.0f} ms, "
            f"slowest {max(found.later):.0f} ms; again: median {median(found.again):.0f} ms"
        )


if __name__ == "__main__":
    main()
