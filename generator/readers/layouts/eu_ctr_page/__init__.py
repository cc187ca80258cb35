"""EU Clinical Trials Register: the page of a trial in one member state."""

from __future__ import annotations

from generator.readers.layouts.eu_ctr_page.page import READER

__all__ = ["READER"]
