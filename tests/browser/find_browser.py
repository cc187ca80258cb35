"""Finds the browser for the tests, or installs one: ``python -m tests.browser.find_browser``.

In this order: the one that ``TRIAL_CATALOG_BROWSER`` names, the one found last time, one on the PATH, Playwright's own,
and the system's package.  Each candidate is started once, since a launcher may lie on the PATH with no browser behind
it.  The last line that the command prints is the path; ``.cache/browser`` keeps it for the tests.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

ENVIRONMENT_VARIABLE = "TRIAL_CATALOG_BROWSER"
FOUND = Path(__file__).parents[2] / ".cache" / "browser"
"""Where the path of the browser is kept from ``make test`` to the tests."""

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

LOOPBACK = "127.0.0.1"
"""Where tests serve their sites."""

FLAGS = (
    "--headless",
    *(("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()),
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {LOOPBACK}",
)
"""A browser for tests: without a window, without calls to its maker, and with no other host to be found."""

ADVICE = (
    "run `make test` or `make browser`, which find or install a browser; or install one by hand"
    " (Debian: apt-get install chromium; anywhere: .venv/bin/python -m playwright install chromium),"
    f" or name one in {ENVIRONMENT_VARIABLE}"
)

START_SECONDS = 60
DOWNLOAD_SECONDS = 300
PACKAGE_SECONDS = 600


class NoBrowserError(Exception):
    """There is no browser that starts; the message says how to get one."""


def find_browser() -> Path:
    """Return the path of a browser that starts; installs nothing.

    Raises:
        NoBrowserError: if there is none.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        path = shutil.which(named)
        if path is None or not _starts(Path(path)):
            message = f"{ENVIRONMENT_VARIABLE}={named} is not a Chromium that starts"
            raise NoBrowserError(message)
        return Path(path)
    for candidate in _candidates():
        if candidate.is_file() and _starts(candidate):
            return candidate
    message = f"no browser found: {ADVICE}"
    raise NoBrowserError(message)


def find_or_install_browser() -> Path:
    """Return the path of a browser that starts, installed if need be; says on standard output what was done.

    Raises:
        NoBrowserError: if there is none and none can be installed.
    """
    try:
        return find_browser()
    except NoBrowserError:
        if os.environ.get(ENVIRONMENT_VARIABLE):
            raise
    _say("No browser on the PATH; installing Playwright's own (python -m playwright install chromium)")
    if _run([sys.executable, "-m", "playwright", "install", "chromium"], DOWNLOAD_SECONDS):
        browser = _playwrights_own()
        if _starts(browser):
            return browser
    root = _root()
    if shutil.which("apt-get") and root is not None:
        _say("Playwright's browser cannot be had here; installing the system's package (apt-get install chromium)")
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
        _run([*apt, "update"], PACKAGE_SECONDS)
        _run([*apt, "install", "--no-install-recommends", "chromium"], PACKAGE_SECONDS)
        return find_browser()
    message = f"no browser could be installed: {ADVICE}"
    raise NoBrowserError(message)


def _candidates() -> Iterator[Path]:
    if FOUND.is_file():
        yield Path(FOUND.read_text(encoding="utf-8").strip())
    for name in NAMES:
        path = shutil.which(name)
        if path:
            yield Path(path)
    yield _playwrights_own()


def _playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def _starts(browser: Path) -> bool:
    """Tell whether the browser shows an empty page."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [str(browser), *FLAGS, f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        try:
            result = subprocess.run(command, capture_output=True, timeout=START_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return result.returncode == 0 and b"<html>" in result.stdout


def _root() -> list[str] | None:
    """Return what a command must start with to run as root, or None where we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def _run(command: list[str], seconds: int) -> bool:
    """Run the command in silence, and tell whether it went well; show the end of what it said if it did not."""
    try:
        result = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        _say(f"  gave up after {seconds} seconds: {' '.join(command)}")
        return False
    except OSError as error:
        _say(f"  {error}")
        return False
    if result.returncode:
        _say("\n".join(f"  {line}" for line in result.stdout.strip().splitlines()[-5:]))
    return result.returncode == 0


def _say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    """Find or install a browser, and keep and print its path."""
    try:
        browser = find_or_install_browser()
    except NoBrowserError as error:
        sys.exit(f"error: {error}")
    FOUND.parent.mkdir(exist_ok=True)
    FOUND.write_text(f"{browser}\n", encoding="utf-8")
    _say("The browser for the tests:")
    _say(str(browser))


if __name__ == "__main__":
    main()
