"""The size of a site, and the warning before a host refuses it."""

from __future__ import annotations

from pathlib import Path

from generator.console.site_size import LARGEST_SITE, SiteSize, measure, size_warning


def test_size_is_counted_by_folder(tmp_path: Path) -> None:
    (tmp_path / "trials" / "a").mkdir(parents=True)
    (tmp_path / "trials" / "a" / "index.html").write_bytes(b"x" * 30)
    (tmp_path / "index.html").write_bytes(b"x" * 5)
    assert measure(tmp_path) == SiteSize(2, 35, {"trials": 30, ".": 5})


def test_a_site_that_a_host_publishes_gets_no_warning() -> None:
    assert size_warning(SiteSize(1, LARGEST_SITE // 2, {})) is None


def test_a_site_near_the_limit_names_what_is_heavy() -> None:
    warning = size_warning(SiteSize(9, LARGEST_SITE - 1, {"trials": 800_000_000, "assets": 100_000_000}))
    assert warning is not None
    assert "trials/ 800.0 MB, assets/ 100.0 MB" in warning
