import json

from hypothesis import given
from hypothesis import strategies as st

from generator.model.document import Document
from generator.model.pointers import Json, leaves, lookup
from generator.readers.json_positions import line_spans, printed_values


def test_values_have_the_lines_on_which_they_stand() -> None:
    text = '{\n "a": [\n  {"b/c": "x\\"{"},\n  2\n ],\n "d": {}\n}'
    assert line_spans(Document("d", text)) == {
        "": (1, 7),
        "/a": (2, 5),
        "/a/0": (3, 3),
        "/a/0/b~1c": (3, 3),
        "/a/1": (4, 4),
        "/d": (6, 6),
    }


FEW = 20
"""Values of one text: several hundred take Hypothesis seconds to make, and stand as these do."""


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=FEW,
    )
)
def test_every_value_has_a_place(content: Json) -> None:
    document = Document("d", json.dumps(content, indent=1))
    spans = line_spans(document)
    for pointer, value in leaves(content):
        first, last = spans[pointer]
        assert first == last
        assert json.dumps(value) in document.line(first).text


KEYS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=5)


@given(
    st.dictionaries(
        KEYS,
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
            max_leaves=FEW,
        ),
        max_size=3,
    )
)
def test_every_printed_value_is_found_on_its_line(content: Json) -> None:
    lines = json.dumps(content, indent=2).split("\n")
    found = {pointer.decode(): (index, value) for pointer, index, value in printed_values(map(str.encode, lines))}
    assert set(found) == {pointer for pointer, _ in leaves(content)}
    for pointer, (index, value) in found.items():
        assert json.loads(value) == lookup(content, pointer)
        assert value.decode() in lines[index]


def test_what_is_printed_in_another_way_is_not_looked_for() -> None:
    assert list(printed_values([b'{"a": 1, "b": 2}'])) == []
    assert list(printed_values([b"{", b'"a":', b"1", b"}"])) == []
