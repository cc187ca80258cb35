"""All that pages say in words of ours comes from the messages: shown by a language whose every message is marked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from babel.dates import get_month_names
from babel.messages.pofile import write_po
from jinja2 import Environment

from generator.folders import TEMPLATES
from generator.language.messages import activate
from generator.pages import OutputTree, write_pages
from generator.pipeline.flow import make_catalog
from generator.settings import Settings
from scripts.update_messages import extract_messages
from tests.pages.dialects import ROOT

CODE = "eo"
"""A language that the theme speaks and we do not: its file is made here."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_NAMES = frozenset(
    {
        *("anzctr", "api", "atom", "bibtex", "cff", "chictr", "citation", "clinicaltrials", "csv"),
        *("ctis", "doi", "drks", "entities", "eudract", "fhir", "geonames", "github", "gov", "html"),
        *("https", "ictrp", "iso", "isrctn", "json", "jsonl", "mesh", "ndjson", "openapi", "parquet"),
        *("pubmed", "register", "ris", "sql", "sqlite", "unii", "wikidata", "www", "xml", "yaml", "yml"),
        *("zip"),
    }
)
"""Names of formats, registries and tables, which are the same in every language."""


def mark_all(folder: Path) -> Path:
    """Write a language in which each message stands in brackets; return the folder of page templates beside it."""
    catalog = extract_messages()
    for message in catalog:
        if message.id:
            message.string = (
                f"⟦{message.id}⟧" if isinstance(message.id, str) else tuple(f"⟦{text}⟧" for text in message.id)
            )
    file = folder / "templates" / "languages" / CODE / "messages.po"
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_po(out, catalog)
    return folder / "templates" / "pages"


def without_marked(text: str) -> str:
    """Return *text* without what stands in brackets, and without what nobody reads: tags, addresses, settings."""
    before = None
    while before != text:
        before, text = text, _MARKED.sub(" ", text)
    text = re.sub(r"\A---\n.*?\n---\n", _front_matter, text, flags=re.DOTALL)
    text = re.sub(
        r"```.*?```|<pre>.*?</pre>|<!--.*?-->|<script.*?</script>|<style.*?</style>", " ", text, flags=re.DOTALL
    )
    said = re.findall(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
    text = re.sub(r"<[^<>]*>", " ", text)
    text = re.sub(r"\]\([^)]*\)", " ", text)
    return "\n".join([text, *said])


def _front_matter(match: re.Match[str]) -> str:
    lines = match[0].splitlines()
    return "\n".join(line.partition(": ")[2] for line in lines if line.startswith(("title:", "description:")))


def words_of(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


@pytest.fixture(scope="module")
def marked_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The pages of the seeds in that language, by their names."""
    folder = tmp_path_factory.mktemp("marked")
    templates = mark_all(folder)
    content = folder / "content"
    made = make_catalog(ROOT / "seeds", content)
    output = OutputTree(content)
    try:
        write_pages(made.catalog, output, Settings(language=CODE, title="⟦title⟧"), (templates, TEMPLATES / "pages"))
    finally:
        activate("en")
    output.finish()
    return {file.relative_to(content).as_posix(): file.read_text("utf-8") for file in content.rglob("*.md")}


def test_every_word_of_a_page_is_a_messages_or_a_documents(marked_pages: dict[str, str]) -> None:
    seeds = [file for file in (ROOT / "seeds").rglob("*") if file.is_file()]
    documents = words_of(text for file in seeds for text in (file.name, file.read_text("utf-8"), "&quot;"))
    documents |= words_of(
        name for width in ("wide", "abbreviated") for name in get_month_names(width, locale=CODE).values()
    )
    strange = {
        name: sorted(found)
        for name, text in marked_pages.items()
        if (found := words_of([without_marked(text)]) - documents - _NAMES)
    }
    assert strange == {}


@pytest.mark.parametrize(
    "file",
    sorted(file for name in ("pages", "review") for file in (TEMPLATES / name).rglob("*.j2")),
    ids=lambda file: file.relative_to(TEMPLATES).as_posix(),
)
def test_templates_have_no_words_outside_messages(file: Path) -> None:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    pieces: list[str] = []
    inside = False
    for _, kind, value in environment.lex(file.read_text("utf-8")):
        if kind == "name" and value in {"trans", "endtrans"}:
            inside = value == "trans"
        elif kind == "data" and not inside:
            pieces.append(value)
        elif kind == "variable_begin":
            pieces.append("0")
    assert words_of([without_marked("".join(pieces))]) == set()
