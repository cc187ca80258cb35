"""The budget that lets a catalog of 25,000 trials fit where it is published."""

from __future__ import annotations

from pathlib import Path

from generator.site_size import BYTES_PER_TRIAL, FIXED_BYTES, LARGEST_SITE, SiteSize, budget_warning, measure


def test_size_is_counted_by_folder(tmp_path: Path) -> None:
    (tmp_path / "trials" / "a").mkdir(parents=True)
    (tmp_path / "trials" / "a" / "index.html").write_bytes(b"x" * 30)
    (tmp_path / "index.html").write_bytes(b"x" * 5)
    assert measure(tmp_path) == SiteSize(2, 35, {"trials": 30, ".": 5})


def test_a_site_within_its_budget_says_nothing() -> None:
    assert budget_warning(SiteSize(1, FIXED_BYTES + 10 * BYTES_PER_TRIAL, {}), 10) is None


def test_a_site_over_its_budget_names_what_is_heavy() -> None:
    size = SiteSize(9, FIXED_BYTES + 90_000_000, {"trials": 80_000_000, "assets": 10_000_000})
    warning = budget_warning(size, 10)
    assert warning is not None
    assert "trials/ 80.0 MB, assets/ 10.0 MB" in warning
    assert "GitHub" not in warning
    too_large = budget_warning(SiteSize(9, LARGEST_SITE + 1, {}), 1_000_000)
    assert too_large is not None
    assert "GitHub Pages would refuse it" in too_large
