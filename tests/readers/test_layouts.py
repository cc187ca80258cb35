from types import SimpleNamespace
from typing import cast

import pytest

from generator.readers.known import READERS, READERS_BY_LAYOUT, checked
from generator.readers.reader import Reader


def reader(**changes: object) -> Reader:
    return cast("Reader", SimpleNamespace(**{"layout": "lamps", "title": "Lamps", "rank": 1, **changes}))


def test_every_reader_is_found_by_its_layout() -> None:
    assert list(READERS_BY_LAYOUT.values()) == list(READERS)


@pytest.mark.parametrize(
    ("readers", "message"),
    [
        ((reader(rank=8),), "needs a rank"),
        ((reader(rank=None),), "needs a rank"),
        ((reader(title=""),), "needs a title"),
        ((reader(), reader()), "two readers"),
    ],
)
def test_a_reader_that_lacks_something_does_not_load(readers: tuple[Reader, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        checked(readers)
