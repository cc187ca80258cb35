"""The invented registries, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.registries.server import Registries, serving


@pytest.fixture
def registries() -> Iterator[Registries]:
    """Serve invented registries."""
    with serving() as found:
        yield found
