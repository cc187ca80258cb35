"""What a page weighs and how soon it is seen: bytes of HTML by kind, script and style over the wire, first paint.

Usage: python -m benchmarks.page_weight SITE [--visits N]

SITE is a built site.  The wire is measured in Chromium over a server that compresses text as GitHub Pages does and
keeps connections open; nothing is cached.  Two telephones are simulated, each four times slower than this machine:

-   "Slow 4G" as Lighthouse and PageSpeed define it: 150 ms there and back, 1.6 Mbit/s;
-   the preset of that name in Chromium's own tools, which waits 562 ms for each answer.

First contentful paint counts from the start of the navigation on an open connection, the median of the visits.
"""

from __future__ import annotations

import argparse
import gzip
import http.server
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.browser.find_browser import FLAGS, find_browser
from tests.browser.kinds import kind_of

MOST_HTML, MOST_WIRE, MOST_SECONDS = 30 * 1024, 150 * 1024, 1.0
"""The aims: a trial's page at the median, its script and style, its first paint."""

SLOWER = 4
"""How many times slower the telephone computes."""

TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml"}


@dataclass(frozen=True, slots=True)
class Network:
    """A simulated network."""

    name: str
    milliseconds: float
    """From a request to the first byte of its answer."""
    bytes_a_second: float


NETWORKS = (
    Network("Slow 4G (Lighthouse)", 150, 1_638_400 / 8),
    Network("Slow 4G (Chromium's tools)", 562.5, 1_474_560 / 8),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit of a page cost."""

    seconds: float
    """Until something could be read."""
    html: int
    """Bytes over the wire, headers not counted, as are those below."""
    script: int
    style: int
    requests: int


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, texts compressed, over connections that stay open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        body = file.read_bytes() if file.is_file() else b""
        self.send_response(HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", self.guess_type(file))
        if file.suffix in TEXTS:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serve *folder* on loopback, and give its address."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def weigh(site: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Return, for each kind of page, the bytes of each page, those compressed, and its address; smallest first."""
    kinds: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for path in site.rglob("index.html"):
        folder = path.parent.relative_to(site)
        data = path.read_bytes()
        kinds[kind_of(folder)].append((len(data), len(gzip.compress(data, 6)), folder.as_posix()))
    return {kind: sorted(pages) for kind, pages in sorted(kinds.items())}


def visit(browser: Browser, address: str, network: Network) -> Visit:
    """Open a page on a slow telephone with nothing in its cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=3, is_mobile=True)
    page = context.new_page()
    page.goto(address.rpartition("/trials/")[0] + "/404.html")  # opens the connection
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": network.milliseconds,
            "downloadThroughput": network.bytes_a_second,
            "uploadThroughput": network.bytes_a_second / 2,
        },
    )
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address)
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    page.wait_for_load_state("networkidle")
    paint: float = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    html: int = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
    loaded: list[tuple[str, int]] = page.evaluate(
        "performance.getEntriesByType('resource').map(entry => [new URL(entry.name).pathname, entry.encodedBodySize])"
    )
    context.close()
    script, style = (sum(size for name, size in loaded if name.endswith(end)) for end in (".js", ".css"))
    return Visit(paint / 1000, html, script, style, 1 + len(loaded))


def main() -> None:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("site", type=Path)
    arguments.add_argument("--visits", type=int, default=5)
    given = arguments.parse_args()
    kinds = weigh(given.site)
    print("| kind of page | pages | HTML, median | largest | compressed, median | largest |")
    print("|---|--:|--:|--:|--:|--:|")
    for kind, pages in kinds.items():
        html, packed = [size for size, _, _ in pages], sorted(size for _, size, _ in pages)
        row = [median(html), html[-1], median(packed), packed[-1]]
        print(f"| {kind} | {len(pages):,} | {' | '.join(f'{number / 1024:,.1f} KB' for number in row)} |")
    trials = kinds["trials/*"]
    middle, largest = trials[len(trials) // 2], trials[-1]
    print(f"\nTrial pages: {middle[0] / 1024:.1f} KB at the median (aim: {MOST_HTML / 1024:.0f} KB)\n")
    print("| page | network | first paint | HTML | script | style | requests |")
    print("|---|---|--:|--:|--:|--:|--:|")
    with serve(given.site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        for name, trial in (("median trial", middle), ("largest trial", largest)):
            for network in NETWORKS:
                visits = [visit(browser, f"{address}{trial[2]}/", network) for _ in range(given.visits)]
                seen, one = median(one.seconds for one in visits), visits[0]
                sizes = " | ".join(f"{size / 1024:.1f} KB" for size in (one.html, one.script, one.style))
                print(f"| {name} | {network.name} | {seen:.2f} s | {sizes} | {one.requests} |")
        browser.close()
    print(f"\nAims: first paint under {MOST_SECONDS} s, script and style at most {MOST_WIRE / 1024:.0f} KB.")


if __name__ == "__main__":
    main()
