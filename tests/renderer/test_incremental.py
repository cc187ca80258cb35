"""After any series of changes, what is rendered step by step is what MkDocs renders at once, byte for byte."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.renderer.sites import Site, plain_site, rendered, rendered_by_mkdocs

NAMES = ["index.md", "trials/index.md", "trials/first.md", "trials/second.md", "people/anna.md", "people/bob.md"]
TEMPLATES = ["main.html", "nav.html", "badge.html", "words.html", "404.html"]
OUTPUTS = ["index.html", "trials/first/index.html", "404.html"]
OTHERS = ["data/a.json", "style.css", "people/photo.txt"]
TEXTS = st.lists(
    st.sampled_from(
        [
            "# Heading",
            "## Design",
            "## Design",
            "## Sites",
            "A paragraph.",
            "[Home](../index.md)",
            "[First](../trials/first.md#design)",
            "[Second](second.md)",
            "[Bob](../people/bob.md#sites)",
            "[Data](../data/a.json)",
            "[Here](#design)",
            "[Folder](../trials/)",
            "-   One\n-   Two\n\n    More of two",
            '<div class="box" markdown>\n\n**Strong** text.\n\n</div>',
            "*By hand* with `code`.",
        ]
    ),
    max_size=5,
).map("\n\n".join)
FRONT = st.sampled_from(
    ["", '---\ntitle: "One"\n---\n\n', "---\ntitle: Two\nbadge: old\n---\n\n", "---\nbadge: new\n---\n"]
)
PAGE = st.tuples(FRONT, TEXTS).map("".join)

Change = Callable[[Site], None]


def write(name: str, text: str) -> Change:
    return lambda site: site.write(f"content/{name}", text)


def remove(name: str) -> Change:
    return lambda site: (site.content / name).unlink(missing_ok=True)


def rename(old: str, new: str) -> Change:
    def change(site: Site) -> None:
        if (site.content / old).exists():
            (site.content / new).parent.mkdir(parents=True, exist_ok=True)
            (site.content / old).replace(site.content / new)

    return change


def same_size(name: str) -> Change:
    """Change a page in place, at once, without changing its size."""

    def change(site: Site) -> None:
        path = site.content / name
        if path.exists():
            path.write_bytes(path.read_bytes().swapcase())

    return change


def touch(name: str) -> Change:
    def change(site: Site) -> None:
        if (site.content / name).exists():
            os.utime(site.content / name)

    return change


def theme(name: str, text: str) -> Change:
    def change(site: Site) -> None:
        path = site.folder / "theme" / name
        path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + text, encoding="utf-8")

    return change


def setting(name: str, value: object) -> Change:
    def change(site: Site) -> None:
        site.config[name] = value
        site.write_config()

    return change


def harm(name: str, data: bytes | None) -> Change:
    """Change or remove a file of the site itself."""

    def change(site: Site) -> None:
        path = site.site / name
        if path.is_file():
            path.unlink()
            if data is not None:
                path.write_bytes(data)

    return change


def forget(site: Site) -> None:
    shutil.rmtree(site.folder / "cache", ignore_errors=True)


CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(write, st.sampled_from(NAMES), PAGE),
    st.builds(write, st.sampled_from(OTHERS), st.sampled_from(["1", "2", "a {}"])),
    st.builds(remove, st.sampled_from(NAMES[1:] + OTHERS)),
    st.builds(rename, st.sampled_from(NAMES[1:]), st.sampled_from(NAMES[1:])),
    st.builds(same_size, st.sampled_from(NAMES)),
    st.builds(touch, st.sampled_from(NAMES)),
    st.builds(theme, st.sampled_from(TEMPLATES), st.just("<hr>")),
    st.builds(setting, st.just("site_name"), st.sampled_from(["A site", "Another site"])),
    st.builds(setting, st.just("extra"), st.sampled_from([{}, {"motto": "Truth"}])),
    st.builds(setting, st.just("use_directory_urls"), st.booleans()),
    st.builds(setting, st.just("exclude_docs"), st.sampled_from(["", "/people/bob.md\n"])),
    st.builds(
        setting,
        st.just("nav"),
        st.sampled_from([["index.md", "trials/index.md"], [{"Start": "index.md"}, "people/bob.md"], None]),
    ),
    st.builds(harm, st.sampled_from(OUTPUTS), st.sampled_from([None, b"x"])),
    st.just(forget),
)


@pytest.fixture(scope="module")
def workshop() -> Path:
    return Path(tempfile.mkdtemp(prefix="sites-"))


def compare(site: Site) -> None:
    ours, stock = rendered(site), rendered_by_mkdocs(site, site.folder / "stock")
    assert sorted(ours.files) == sorted(stock.files)
    for name, data in stock.files.items():
        assert ours.files[name] == data, name
    assert (ours.messages, ours.failed) == (stock.messages, stock.failed)


_numbers = itertools.count()


@given(steps=st.lists(st.lists(CHANGES, min_size=1, max_size=3), min_size=1, max_size=5))
@settings(max_examples=60)
def test_any_series_of_changes(workshop: Path, steps: list[list[Change]]) -> None:
    folder = workshop / str(next(_numbers))
    site = plain_site(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        compare(site)
        for step in steps:
            for change in step:
                change(site)
            compare(site)
    shutil.rmtree(folder)


def test_pages_of_a_folder_that_link_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words of a link lead from a page itself to another address than from those beside it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    site = plain_site(tmp_path)
    names = ("index", "first", "second", "inner/index", "inner/first")
    links = "\n".join(f"-   [{name}](../trials/{name}.md#about)" for name in names)
    for name in names:
        links_here = links.replace("../trials", "../../trials" if "/" in name else "../trials")
        site.write(f"content/trials/{name}.md", f"# {name}\n\n## About\n\n{links_here}\n")
    compare(site)
