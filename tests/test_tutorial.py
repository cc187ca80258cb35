"""Every command of the tutorial works, in an empty folder and in its order."""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

TUTORIAL = ROOT / "docs" / "tutorial.md"
INSTALLS = ("python3 -m venv", ". venv/", "pip install")
"""What needs the network.  That the wheel can be installed has a test of its own."""
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED_FILE = re.compile(r"`([\w./-]+)`:\s*\Z")
SECONDS = 120


def steps() -> Iterator[tuple[str, str]]:
    """Yield what the tutorial says to do: ("", command), or (path of a file, its content)."""
    text = TUTORIAL.read_text(encoding="utf-8")
    for fence in FENCE.finditer(text):
        named = NAMED_FILE.search(text[: fence.start()])
        if fence[1] == "sh":
            yield from (("", line) for line in fence[2].splitlines() if not line.startswith(INSTALLS))
        elif named:
            yield named[1], fence[2]


def run(line: str, folder: Path) -> str:
    """Run one command as a user would, which must go well; return what it printed."""
    done = subprocess.run(
        as_arguments(line),
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout + done.stderr


def as_arguments(line: str) -> list[str]:
    program, *arguments = shlex.split(line)
    return [sys.executable, "-m", "generator", *arguments] if program == "trial-catalog" else [program, *arguments]


def environment() -> dict[str, str]:
    own = {
        f"GIT_{role}_{what}": "tutorial@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {**os.environ, **own, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}


def serve(line: str, folder: Path) -> str:
    """Run the preview until it shows its first page; return that."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    running = subprocess.Popen(
        as_arguments(f"{line} --address {address}"),
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            assert running.poll() is None, f"{line} ended with {running.returncode}"
            try:
                with urllib.request.urlopen(f"http://{address}/", timeout=10) as answer:
                    return str(answer.read().decode())
            except urllib.error.HTTPError as error:
                error.close()
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.2)
        raise AssertionError(f"{line} served nothing in {SECONDS} seconds")
    finally:
        running.terminate()
        running.wait()


def test_every_command_of_the_tutorial_works(tmp_path: Path) -> None:
    folder = tmp_path
    printed: dict[str, list[str]] = {}
    for path, text in steps():
        if path:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        elif text.startswith("cd "):
            folder = folder / text.removeprefix("cd ")
        elif text.startswith("trial-catalog serve"):
            assert "Our trials" in serve(text, folder)
        else:
            printed.setdefault(text, []).append(run(text, folder))
    checked = printed["trial-catalog check"]
    assert all(" 0 errors" in output for output in checked), checked
    assert "unread" in printed["trial-catalog explain seeds/our-pilot.md"][0]
    site = folder / "site"
    assert "A pilot study of early walking" in (site / "trials" / "our-pilot" / "index.html").read_text(
        encoding="utf-8"
    )
    hospital = site / "organizations" / "hospital-of-the-hill" / "index.html"
    assert "The hospital's own website uses both names." in hospital.read_text(encoding="utf-8").replace("&#39;", "'")
    committed = run("git ls-files", folder).splitlines()
    assert {"mkdocs.yml", "content/slugs.json", "seeds/our-pilot.md"} <= set(committed)
    assert not [name for name in committed if name.startswith(("site/", ".cache/", "content/trials/"))]
