"""EU Clinical Trials Register: the page of a trial's results."""

from __future__ import annotations

from generator.readers.layouts.eu_ctr_results.page import READER

__all__ = ["READER"]
