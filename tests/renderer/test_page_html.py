"""comrak makes of a generated page what MkDocs' own Markdown makes of it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, get_files
from mkdocs.structure.pages import Page

from generator.folders import HAND_WRITTEN
from generator.renderer.page_html import HeadingOptions, PageHtml, render_page
from tests.browser.kinds import varied_project
from tests.conftest import ROOT, Project


def config_for(content: Path) -> MkDocsConfig:
    return load_config(str(ROOT / "mkdocs.yml"), docs_dir=str(content), site_dir=str(content.parent / "site"))


def outline(html: str) -> Iterator[str]:
    """Yield the parsed tree line by line: elements with their attributes, and texts with blanks collapsed."""

    def walk(element: lxml.html.HtmlElement, depth: int) -> Iterator[str]:
        if not isinstance(element.tag, str):
            return
        yield f"{' ' * depth}<{element.tag} {sorted(element.items())}> {' '.join((element.text or '').split())}"
        for child in element:
            yield from walk(child, depth + 1)
            if tail := " ".join((child.tail or "").split()):
                yield f"{' ' * depth}{tail}"

    return walk(lxml.html.fromstring(f"<div>{html}</div>"), 0)


def assert_the_same_trees(content: Path) -> None:
    config = config_for(content)
    files = get_files(config)
    pages = [file for file in files.documentation_pages() if file.src_uri.partition("/")[0] not in HAND_WRITTEN]
    assert pages
    for file in pages:
        page = Page(None, file, config)
        page.read_source(config)
        assert page.markdown is not None
        ours = render_page(page.markdown, page, files, HeadingOptions.of(config))
        page.render(config, files)
        assert list(outline(ours.html)) == list(outline(page.content or "")), file.src_uri
        assert str(ours.toc) == str(page.toc), file.src_uri
        theirs = page.present_anchor_ids or set()
        assert set(ours.anchors) <= theirs, file.src_uri
        assert [name for name in theirs if name not in ours.anchors] == [], file.src_uri


def test_the_same_trees_of_the_five_seeds(built_site: Project) -> None:
    assert_the_same_trees(built_site.content)


def test_the_same_trees_of_pages_of_every_kind(tmp_path: Path) -> None:
    project = varied_project(tmp_path)
    project.run("generate")
    assert_the_same_trees(project.content)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "trials").mkdir(parents=True)
    (folder / "drugs").mkdir()
    (folder / "index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "drugs" / "one.md").write_text("# One\n", encoding="utf-8")
    return folder


def render(content: Path, source: str) -> tuple[PageHtml, Page, Files]:
    (content / "trials" / "a.md").write_text(source, encoding="utf-8")
    config = config_for(content)
    files = get_files(config)
    file = files.get_file_from_path("trials/a.md")
    assert isinstance(file, File)
    page = Page(None, file, config)
    rendered = render_page(source, page, files, HeadingOptions(permalink="#", levels=range(2, 4)))
    rendered.tell(page, files, config)
    return rendered, page, files


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("[x](../drugs/one.md)", "../../drugs/one/"),
        ("[x](../drugs/one.md#l2)", "../../drugs/one/#l2"),
        ("[x](../index.md?q=a&b=c)", "../../?q=a&amp;b=c"),
        ("[x](a.md)", "./"),
        ("[x](#here)", "#here"),
        ("[x](https://example.org/readme.md)", "https://example.org/readme.md"),
    ],
)
def test_links_lead_where_mkdocs_leads_them(content: Path, written: str, address: str) -> None:
    rendered, _, _ = render(content, written + "\n")
    assert f'<a href="{address}">x</a>' in rendered.html


def test_a_link_to_a_page_that_is_not_there_is_reported(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        rendered, _, _ = render(content, "[x](../drugs/two.md)\n")
    assert 'href="../drugs/two.md"' in rendered.html
    assert "trials/a.md" in caplog.text
    assert "../drugs/two.md" in caplog.text


def test_anchors_are_left_to_mkdocs_to_check(content: Path, caplog: pytest.LogCaptureFixture) -> None:
    _, page, files = render(content, '## Design\n\n<b id="raw"></b> [x](#design) [y](#raw) [z](#nowhere)\n')
    with caplog.at_level(logging.WARNING):
        page.validate_anchor_links(files=files, log_level=logging.WARNING)
    assert [record.getMessage().count("#nowhere") for record in caplog.records] == [1]


def test_headings_get_the_ids_and_links_of_the_toc_extension(content: Path) -> None:
    rendered, _, _ = render(content, "# One\n\n## A & B\n\n## A & B\n\n#### Deep\n")
    assert rendered.anchors == {"one", "a-b", "a-b_1", "deep"}
    assert [item.id for item in rendered.toc] == ["a-b", "a-b_1"]
    assert '<a class="headerlink" href="#a-b_1" title="Permanent link">#</a></h2>' in rendered.html
