"""The search index that we write is the one that Pagefind's program makes of the same texts, however it came about."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.exports.search_records import LeanText, Passage, SearchRecords, as_html
from generator.model.catalog import Catalog
from generator.model.catalog_section import CatalogSection
from generator.model.study import Study
from generator.renderer import search_index
from generator.renderer.pagefind_chunks import LARGEST, Cut, Posting, cut
from generator.renderer.pagefind_files import Value, decode, encode, packed, unpacked
from generator.renderer.pagefind_program import run_pagefind
from generator.renderer.search_index import FOLDER, build_search_index, roughly
from tests.conftest import files_of

WORDS = (  # noqa: SIM905 - one a line would not be read
    "patients trial randomised Low-dose IL-2 (ILT-101) CD4+ Sébastien GIBOT café cafés interferon-γ 0.5mg/kg "
    "Assistance Publique - Hôpitaux de Paris, NCT06774235 2024-516780-93-00 L'Hôpital «quoted» \"quoted\" it's x & y "
    "<b>bold</b> &amp; camelCase HLA-DR µg 日本語 snake_case a b § … end. * • 🌦️ 50% foo-foo "
    "O'Neill ß"
).split()


class _Studies(dict[str, Study]):
    def __missing__(self, identifier: str) -> Study:
        return Study(catalog_section=CatalogSection(id=identifier))


class Texts(SearchRecords):
    """A catalog of which there are only the lean texts."""

    def __init__(self, texts: dict[str, LeanText]) -> None:
        super().__init__(Catalog(studies=_Studies()), lambda _: None, lambda _: None)
        self.texts = texts

    def paths(self) -> dict[str, str]:
        return {f"trials/{name}/": name for name in sorted(self.texts)}

    def lean(self, identifier: str) -> LeanText:
        return self.texts[identifier]


def _text(chance: random.Random, name: str, words: int = 60) -> LeanText:
    def some(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most))) + chance.choice(["", "", ".", " …"])

    passages = [
        Passage(some(words), chance.choice([1, 2, 3, 4, 6, 7, 10]), chance.choice(["", "", "summary", "identifiers"]))
        for _ in range(chance.randint(1, 6))
    ]
    shown = {"title": some(8), "number": name, "names": some(9), "acronym": some(2), "people": "12"}
    shown |= {
        field: some(3) for field in ("condition", "country", "phase", "sponsor", "start", "status", "type", "updated")
    }
    facets = {"status": [chance.choice(["A", "B"])], "city": chance.choices(["x|X, Y", "é|É", "<|&"], k=2)[:1]}
    return LeanText(some(8), passages, facets, shown, (name, "2024", "", -1))


def _texts(seed: int, number: int) -> Texts:
    chance = random.Random(seed)  # noqa: S311
    return Texts({f"t{index}": _text(chance, f"t{index}") for index in range(number)})


def _contents(index: Path, *, ours: bool) -> dict[str, Any]:
    """Return all that an index says, however it is cut into files and numbered.

    *ours* tells the pages of a facet by the steps from one to the next, and the number of words roughly.
    """
    entry = msgspec.json.decode((index / "pagefind-entry.json").read_bytes())
    found = entry["languages"].pop("en")
    meta = _read(index / f"pagefind.{found['hash']}.pf_meta")
    pages = []
    for name, count in meta[1]:
        fragment = msgspec.json.decode(unpacked((index / "fragment" / f"{name}.pf_fragment").read_bytes()))
        del fragment["filters"]
        assert count == (roughly(fragment["word_count"]) if ours else fragment["word_count"])
        pages.append((fragment["url"], fragment))
    urls = [url for url, _ in pages]

    def standing(occurrences: list[Any]) -> list[Any]:
        page, places = 0, []
        for step, *where in occurrences:
            page += step
            places.append((urls[page], where))
        return sorted(places)

    words = {}
    for _, _, name in meta[2]:
        for word, occurrences, variants in _read(index / "index" / f"{name}.pf_index")[0]:
            words[word] = standing(occurrences), {form: standing(there) for form, there in variants}
    facets = {}
    for facet, name in meta[3]:
        _, values = _read(index / "filter" / f"{name}.pf_filter")
        facets[facet] = {
            value: sorted(urls[number] for number in (accumulate(numbers) if ours else numbers))
            for value, numbers in values
        }
    return {
        "pages": sorted(pages, key=lambda page: page[0]),
        "words": words,
        "facets": facets,
        "fields": meta[5],
        **entry,
    }


def _read(file: Path) -> Any:
    return decode(unpacked(file.read_bytes()))


@pytest.fixture
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.renderer.pagefind_chunks.LARGEST", 600)
    monkeypatch.setattr(search_index, "PAGES_AT_ONCE", 5)
    monkeypatch.setattr(search_index, "INDEXED_AT_ONCE", 2)


@pytest.mark.usefixtures("small_files")
@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_index_as_pagefinds_own(tmp_path: Path, seed: int) -> None:
    records = _texts(seed, 12)
    for url, name in records.paths().items():
        (tmp_path / "lean" / url).mkdir(parents=True)
        (tmp_path / "lean" / url / "index.html").write_bytes(as_html(records.lean(name)))
    run_pagefind(tmp_path / "lean", tmp_path / "theirs")
    build_search_index(records, tmp_path / "site", tmp_path / "cache")
    ours = _contents(tmp_path / "site" / FOLDER, ours=True)
    theirs = _contents(tmp_path / "theirs", ours=False)
    assert ours["pages"] == theirs["pages"]
    for word in theirs["words"]:
        assert ours["words"][word] == theirs["words"][word], word
    assert ours == theirs


Change = Callable[[Texts, random.Random], None]


def _change(records: Texts, chance: random.Random) -> None:
    name = chance.choice([*records.texts, "new"])
    records.texts[name] = _text(chance, name)


def _remove(records: Texts, chance: random.Random) -> None:
    if len(records.texts) > 1:
        del records.texts[chance.choice(list(records.texts))]


@pytest.mark.usefixtures("small_files")
def test_after_any_series_of_changes_the_files_are_those_of_a_clean_build(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311
    records = _texts(4, 8)
    site, cache = tmp_path / "site", tmp_path / "cache"
    for step in range(14):
        build_search_index(records, site, cache)
        clean = tmp_path / f"clean-{step}"
        build_search_index(records, clean, tmp_path / "words" / str(step % 2))
        assert files_of(site) == files_of(clean)
        if step % 5 == 3:
            for file in chance.sample(sorted((site / FOLDER).rglob("*.pf_*")), 3):
                file.unlink()
        if step % 6 == 4:
            for kept in cache.glob("*.sqlite"):
                kept.write_bytes(b"no database" * 1000)
        for _ in range(chance.randint(0, 2)):
            chance.choice([_change, _change, _remove])(records, chance)


@given(
    words=st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(1, 2 * LARGEST), max_size=40),
)
def test_every_word_goes_into_one_file_that_a_search_for_its_beginning_loads(words: dict[str, int]) -> None:
    plans = list(cut(sorted(words.items()))) if words else []
    assert sorted(word for plan in plans for word in plan.words) == sorted(words)
    for plan in plans:
        assert len(plan.words) <= 1 or sum(words[word] for word in plan.words) <= LARGEST
        for word in plan.words:
            assert plan in _loaded(plans, word)
            if len(word) > 1 and words[word] <= LARGEST // 4:
                for length in range(2, len(word)):
                    beginning = word[:length]
                    if words.get(beginning, 0) <= LARGEST // 4:
                        assert plan in _loaded(plans, beginning), (word, beginning)


PLACES = st.dictionaries(st.integers(0, 400), st.binary(min_size=1, max_size=3), max_size=12)


def _posting(places: dict[int, bytes]) -> Posting:
    posting = Posting()
    posting.extend(sorted(places.items()))
    return posting


def _says(posting: Posting) -> tuple[bytes, bytes]:
    return posting.kept_pages, bytes(posting.rows)


@given(places=PLACES, changes=st.lists(st.tuples(st.integers(0, 400), st.none() | st.binary(min_size=1, max_size=3))))
def test_pages_that_come_and_go_one_by_one_leave_what_a_clean_build_writes(
    places: dict[int, bytes], changes: list[tuple[int, bytes | None]]
) -> None:
    posting = Posting(*_says(_posting(places)))
    for page, where in changes:
        before = places.get(page)
        assert (posting.drop(page) if where is None else posting.put(page, where)) == (before != where)
        places.pop(page, None)
        if where is not None:
            places[page] = where
    assert _says(posting) == _says(_posting(places))


@given(places=PLACES.filter(bool), gone=st.sets(st.integers(0, 400)), more=st.sets(st.integers(0, 400)))
def test_pages_with_other_numbers_are_what_a_clean_build_writes(
    places: dict[int, bytes], gone: set[int], more: set[int]
) -> None:
    numbers: list[int] = []
    number = 0
    for page in range(401):
        number += page in more
        numbers.append(-1 if page in gone else number)
        number += page not in gone
    posting = _posting(places)
    posting.move(numbers)
    moved = {numbers[page]: where for page, where in places.items() if page not in gone}
    assert _says(posting) == _says(_posting(moved))


def _loaded(plans: list[Cut], term: str) -> list[Cut]:
    """Return the files that Pagefind loads in the browser for a term."""
    strict = [plan for plan in plans if plan.first <= term <= plan.last]
    return strict or [
        plan
        for plan in plans
        if term[: len(plan.first)] >= plan.first[: len(term)] and term[: len(plan.last)] <= plan.last[: len(term)]
    ]


VALUES: st.SearchStrategy[Value] = st.recursive(
    st.one_of(st.integers(-(2**63), 2**63), st.text()), lambda inner: st.lists(inner), max_leaves=20
)


@given(value=VALUES)
def test_files_are_read_as_they_were_written(value: Value) -> None:
    assert cast("object", decode(unpacked(packed(encode(value))))) == value
