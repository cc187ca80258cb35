"""The picture beside links: as large as other sites ask, the same each time, and never with boxes for letters."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from generator.model.catalog import Catalog
from generator.pages.figures.preview import SIZE, preview_picture
from tests.pages.catalogs import small_catalog


def opened(title: str, catalog: Catalog | None = None) -> Image.Image:
    return Image.open(io.BytesIO(preview_picture(catalog or Catalog(), title)), formats=["PNG"]).convert("RGB")


@pytest.mark.parametrize(
    "title",
    ["Lamps", "A register of all the trials of lamps " * 9, "W" * 300, f"A {'w' * 300} b", "", "<b>&amp;</b>\n\t x"],
)
def test_every_title_gives_a_picture_of_the_same_size(title: str) -> None:
    assert opened(title).size == SIZE
    assert preview_picture(Catalog(), title) == preview_picture(Catalog(), title)


def test_nothing_of_a_title_runs_into_the_mark() -> None:
    beside = (790, 0, 820, SIZE[1])
    for title in ("A register of all the trials of lamps " * 9, "Lamps"):
        assert len(opened(title).crop(beside).getcolors() or ()) == 1, title


def test_a_title_that_the_font_cannot_draw_is_left_out() -> None:
    assert opened("Étude des 光").tobytes() == opened("").tobytes()
    assert opened("Lamps").tobytes() != opened("").tobytes()


def test_it_says_how_many_trials_there_are() -> None:
    assert opened("Lamps", small_catalog()).tobytes() != opened("Lamps").tobytes()
