"""What is kept of pages between MkDocs' two rounds: their HTML in a file, their ids in little memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from generator.renderer.anchors import Anchors
from generator.renderer.page_store import PageStore


@given(some.dictionaries(some.text(), some.text(alphabet=some.characters())))
def test_each_page_comes_back_once(pages: dict[str, str]) -> None:
    store = PageStore()
    for name, html in pages.items():
        store.put(name, html)
    assert {name: store.take(name) for name in pages} == pages
    assert all(store.take(name) is None for name in pages)
    store.close()


@given(
    some.sets(some.from_regex(r"l\d{1,12}|[a-z]{1,5}", fullmatch=True)), some.from_regex(r"l\d{1,12}", fullmatch=True)
)
def test_ids_are_those_of_the_page(ids: set[str], other: str) -> None:
    anchors = Anchors(ids)
    assert all(name in anchors for name in ids)
    assert (other in anchors) == (other in ids)
