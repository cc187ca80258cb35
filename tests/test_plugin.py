"""With the plugin in mkdocs.yml, MkDocs' own commands do the whole job, and other plugins work beside it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.robotparser import RobotFileParser

import pytest
import yaml
from click.testing import CliRunner
from lxml import etree, html
from mkdocs.config import load_config

from generator.cli import main
from generator.plugin import TrialCatalogPlugin
from tests.conftest import ROOT, Project, files_of, new_project, sample_navigation, steady_files_of

PREVIEW_WITHIN = 60.0
"""Seconds for the preview to show a change, on a machine that runs other tests meanwhile."""


def lay_out(folder: Path, **changes: Any) -> Path:
    """Lay out a catalog that is configured like the sample, with *changes*; return its mkdocs.yml."""
    new_project(folder)
    (folder / "content").mkdir()
    # JSON-like YAML: what the sample says, read without running its tags.
    settings: dict[str, Any] = {"INHERIT": str(ROOT / "mkdocs.yml"), "site_name": "Ours", **changes}
    settings.setdefault("plugins", [{"trial-catalog": {}}])
    settings.setdefault("nav", sample_navigation())
    settings["theme"] = {"name": "material", **changes.get("theme", {})}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return folder / "mkdocs.yml"


def mkdocs(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


PUBLIC = "https://trials.example/lamps/"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site that knows its address, built by ``mkdocs build``."""
    folder = tmp_path_factory.mktemp("published")
    lay_out(folder, site_url=PUBLIC)
    built = mkdocs("build", "--strict", folder=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return Project(folder)


def test_mkdocs_build_makes_the_same_site(published: Project) -> None:
    by_mkdocs = steady_files_of(published.site)
    assert by_mkdocs["trials/prev-hap/index.html"]
    other = published.folder / "other"
    result = published.command("build", "--config", str(published.folder / "mkdocs.yml"), "--site", str(other))
    assert result.returncode == 0, result.stdout + result.stderr
    assert steady_files_of(other) == by_mkdocs


def test_search_engines_find_every_page_and_no_copy_of_a_registrys(published: Project) -> None:
    robots = RobotFileParser()
    robots.parse((published.site / "robots.txt").read_text("utf-8").splitlines())
    assert robots.site_maps() == [f"{PUBLIC}sitemap.xml"]
    sitemap = etree.parse(published.site / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    changes = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in sitemap.iter(f"{space}url")}
    assert len(changes) == len(list(sitemap)), "no page stands there twice"
    assert changes[f"{PUBLIC}trials/nct02955615/"] == "2019-03-05"
    assert changes[f"{PUBLIC}drugs/"] is None
    for address in changes:
        assert address is not None
        assert robots.can_fetch("*", address)
        assert (published.site / address.removeprefix(PUBLIC) / "index.html").is_file(), address
    assert [one for one in changes if one and one.startswith(f"{PUBLIC}documents/")] == [f"{PUBLIC}documents/"]


def test_a_link_to_a_page_shows_its_title_and_a_picture(published: Project) -> None:
    page = html.parse(published.site / "trials/nct02955615/index.html").getroot()
    told = {meta.get("property") or meta.get("name"): meta.get("content") for meta in page.iter("meta")}
    assert told["og:url"] == f"{PUBLIC}trials/nct02955615/"
    assert told["twitter:card"] == "summary_large_image"
    assert "lupus" in str(told["og:title"]).lower()
    picture = Path(published.site, str(told["og:image"]).removeprefix(PUBLIC))
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_broken_link_on_an_own_page_fails_a_strict_build_and_no_other(tmp_path: Path) -> None:
    config = lay_out(tmp_path, not_in_nav="/**")
    own = tmp_path / "content" / "about" / "us.md"
    own.parent.mkdir()
    own.write_text("# Us\n\n[A trial](../trials/nct00000000.md)\n", encoding="utf-8")
    for strict, code in (("--no-strict", 0), ("--strict", 1), ("--strict", 1)):
        result = CliRunner().invoke(main, ["build", "--config", str(config), strict])
        assert result.exit_code == code, result.output
        assert "nct00000000.md" in result.stderr


@pytest.mark.parametrize(
    ("setting", "options", "code"),
    [(True, [], 1), (False, [], 0), (True, ["--no-strict"], 0), (False, ["--strict"], 1)],
)
def test_strict_is_what_the_settings_say_unless_an_option_says_otherwise(
    setting: bool, options: list[str], code: int, tmp_path: Path
) -> None:
    config = lay_out(tmp_path, strict=setting, not_in_nav="/**")
    for seed in (tmp_path / "seeds").glob("00[1-4]*"):
        seed.unlink()
    (tmp_path / "content" / "own.md").write_text("# Own\n\n[A page](nowhere.md)\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "--config", str(config), *options])
    assert result.exit_code == code, result.output
    assert "nowhere.md" in result.output


def test_files_of_a_plugin_that_is_removed_leave_the_site(tmp_path: Path) -> None:
    redirects = {"redirects": {"redirect_maps": {"old.md": "trials/nct06774235.md"}}}
    for plugins, there in (([{"trial-catalog": {}}, redirects], True), ([{"trial-catalog": {}}], False)):
        shutil.rmtree(tmp_path / "seeds", ignore_errors=True)
        shutil.rmtree(tmp_path / "content", ignore_errors=True)
        config = lay_out(tmp_path, plugins=plugins)
        result = CliRunner().invoke(main, ["build", "--config", str(config)])
        assert result.exit_code == 0, result.output
        assert (tmp_path / "site" / "old" / "index.html").exists() is there


def test_settings_in_their_former_place_are_named(tmp_path: Path) -> None:
    lay_out(tmp_path, extra={"catalog": {"contacts": False}})
    built = mkdocs("build", folder=tmp_path)
    assert built.returncode != 0
    assert "extra.catalog are options of the plugin now" in built.stdout + built.stderr


def test_an_unknown_setting_is_named(tmp_path: Path) -> None:
    lay_out(tmp_path, plugins=[{"trial-catalog": {"contact": False}}])
    built = mkdocs("build", folder=tmp_path)
    assert built.returncode != 0
    assert "did you mean `contacts`?" in built.stdout + built.stderr


def test_other_plugins_work_beside_it(tmp_path: Path) -> None:
    """One that adds addresses, one that changes all pages; what a document says is no template of theirs."""
    config = lay_out(
        tmp_path,
        plugins=[
            "macros",
            {"trial-catalog": {}},
            {"redirects": {"redirect_maps": {"old.md": "trials/nct06774235.md"}}},
        ],
        extra={"motto": "Seen by macros"},
    )
    seed = tmp_path / "seeds" / "000_46c0a2ab4cdea2e9.txt"
    seed.write_text(seed.read_text(encoding="utf-8").replace("PHASE3", "{{ motto }}"), encoding="utf-8")
    own = tmp_path / "content" / "about" / "us.md"
    own.parent.mkdir()
    own.write_text("# Us\n\n{{ motto }}.\n", encoding="utf-8")
    for _ in range(2):
        result = CliRunner().invoke(main, ["build", "--config", str(config)])
        assert result.exit_code == 0, result.output
        pages = {name: data.decode() for name, data in files_of(tmp_path / "site").items() if name.endswith(".html")}
        assert "Seen by macros." in pages["about/us/index.html"]
        assert "Seen by macros" not in pages["trials/nct06774235/index.html"]
        assert "{{ motto }}" in pages["trials/nct06774235/index.html"]
        assert "/trials/nct06774235/" in pages["old/index.html"]


def answer_question(address: str, answer: str, log: str) -> None:
    """Give an answer on the preview's page that asks about names."""
    page = f"http://{address}/trial-catalog-review/"
    fields: dict[str, str] = {}

    def noted(text: str) -> bool:
        fields.update(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))
        return "question" in fields

    wait_for(page, noted, log)
    form = urllib.parse.urlencode(fields | {"answer": answer}).encode()
    request = urllib.request.Request(page, form, {"Origin": f"http://{address}"})
    with urllib.request.urlopen(request, timeout=20) as answered:  # noqa: S310 - an address of ours
        assert "Written into seeds/names/people.yml." in answered.read().decode()


@pytest.mark.parametrize("command", [["mkdocs", "serve", "--dev-addr"], ["generator", "serve", "--address"]])
def test_the_preview_shows_a_changed_document(tmp_path: Path, command: list[str]) -> None:
    lay_out(tmp_path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    seed = tmp_path / "seeds" / "000_46c0a2ab4cdea2e9.txt"
    page = f"http://{address}/trials/nct06774235/"
    log = (tmp_path / "log.txt").open("wb")
    running = subprocess.Popen(
        [sys.executable, "-m", *command, address],
        cwd=tmp_path,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_for(page, lambda text: "326" in text, log.name)
        seed.write_text(seed.read_text(encoding="utf-8").replace("326 participants", "4711 participants"), "utf-8")
        wait_for(page, lambda text: "4711" in text or "4,711" in text, log.name)
        (tmp_path / "content" / "about" / "us.md").write_text("# Us\n\nSeen at once.\n", encoding="utf-8")
        wait_for(f"http://{address}/about/us/", lambda text: "Seen at once." in text, log.name)
        (tmp_path / "content" / "ours.md").write_text("# Ours\n\nAt the top.\n", encoding="utf-8")
        wait_for(f"http://{address}/ours/", lambda text: "At the top." in text, log.name)
        assert f"Serving on http://{address}/" in Path(log.name).read_text(encoding="utf-8")
        assert f"http://{address}/trial-catalog-review/" in Path(log.name).read_text(encoding="utf-8")
        answer_question(address, "different", log.name)
        person = f"http://{address}/people/antoine-guillon/"
        wait_for(person, lambda text: "Antoine ROQUILLY" in text and "decided on" in text, log.name)
        wait_for(f"http://{address}/trial-catalog-review/", lambda text: "That was the last." in text, log.name)
    finally:
        running.terminate()
        running.wait()
        log.close()


def test_the_preview_writes_the_address_of_the_site_into_feeds_and_not_its_own(tmp_path: Path) -> None:
    address = "https://example.org/ours/"
    path = lay_out(tmp_path, site_url=address, plugins=[{"trial-catalog": {"history": True}}])
    for command, seen in (("build", address), ("serve", "http://127.0.0.1:8000/")):
        config = load_config(str(path))
        plugin = cast("TrialCatalogPlugin", config.plugins["trial-catalog"])
        plugin.on_startup(command=cast("Any", command), dirty=True)
        config.site_url = seen  # as MkDocs does it
        plugin.on_config(config)
        assert plugin._settings.site_url == address


def wait_for(address: str, found: Callable[[str], bool], log: str) -> None:
    """Ask for a page until it is as it should be."""
    until = time.monotonic() + PREVIEW_WITHIN
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - an address of ours
                if found(answer.read().decode()):
                    return
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            pass
        time.sleep(0.2)
    pytest.fail(f"{address} does not show it:\n{Path(log).read_text(encoding='utf-8')[-3000:]}")
