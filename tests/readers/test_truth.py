"""Damaged documents of every layout: no fault of the reader, no lost line, no value that the document does not state.

``python -m tests.readers.mutations`` does the same with ten thousand documents, the real records among them.
"""

from __future__ import annotations

import pytest

from generator.model.document import Document
from generator.readers.known import all_readers
from generator.readers.reading import read_document
from tests.conftest import SEEDS
from tests.readers import mutations
from tests.readers.truth import Told, untold

OWN = mutations.FOLDERS[:2]


@pytest.fixture(scope="module", autouse=True)
def _own_documents() -> object:
    """Only documents of the project: the others are read outside of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mutations, "FOLDERS", OWN)
        yield


def test_what_is_read_of_whole_documents_stands_in_them() -> None:
    samples = mutations.documents()
    assert samples.keys() >= {reader.layout for reader in all_readers()}
    for of_layout in samples.values():
        for name, data in of_layout:
            assert mutations.faults(mutations.read(data)) == [], name


def test_what_is_read_of_damaged_documents_stands_in_them() -> None:
    _, wrong = mutations.run(400, 20, None)
    assert wrong == []


def test_a_value_that_no_document_states_is_noticed() -> None:
    document = Document("seed", next(SEEDS.glob("000_*")).read_text(encoding="utf-8"))
    reading = read_document(document)
    assert untold(reading) == []
    protocol = reading.records[0].study.protocol_section
    protocol.identification_module.brief_title = "A title that nobody gave"
    protocol.status_module.overall_status = "WITHDRAWN"
    protocol.design_module.phases = ["EARLY_PHASE1"]
    assert len(untold(reading)) == 3


@pytest.mark.parametrize(
    ("text", "value", "says"),
    [
        ("Last Update Posted : May 5, 2019", "2019-05-05", True),
        ("Last Update Posted : May 5, 2019", "2019-05-06", False),
        ("in 05/06/2019", "2019-06-05", True),
        ("Masking: Double", "DOUBLE", True),
        ("Masking: Double", "TRIPLE", False),
        ("1,216 participants", 1216, True),
        ("1,216 participants", 216_000, False),
        (r"SOFA \>= 6", "SOFA >= 6", True),
        ("- one\n- two", "* one\n* two", True),
        ("&lt;5 Years", "<5 Years", True),
        ("18 years and older", "18 Years", True),
        ("no age", "18 Years", False),
    ],
)
def test_the_rule(text: str, value: object, says: bool) -> None:
    assert Told(text).says(value) is says
