"""What lets a site work without a network: a worker that names the version, a manifest, an honest page."""

from __future__ import annotations

import json
from pathlib import Path

from generator.folders import CONTENT
from generator.pages.catalog_version import catalog_version
from generator.pages.offline import APP, WORKER, offline_files
from generator.settings import Settings
from tests.pages.catalogs import small_catalog
from tests.pages.test_pages import pages_of


def test_the_worker_and_the_page_name_the_version(tmp_path: Path) -> None:
    catalog = small_catalog()
    files = {name: data.decode() for name, data in offline_files(catalog, Settings(title="Our trials"))}
    version = catalog_version(catalog)
    assert version in files[WORKER]
    assert f"version {version} of the catalog" in pages_of(catalog, tmp_path)["offline/index.md"]
    assert version not in dict(offline_files(small_catalog("Other words"), Settings()))[WORKER].decode()


def test_the_manifest_lets_a_browser_install_the_site_wherever_it_lies() -> None:
    files = dict(offline_files(small_catalog(), Settings(title="Our trials")))
    manifest = json.loads(files[APP])
    assert manifest["name"] == "Our trials"
    assert manifest["start_url"] == manifest["scope"] == "./"
    assert all((CONTENT / icon["src"]).is_file() for icon in manifest["icons"])
    assert (CONTENT / "assets/javascripts/offline/worker.js").is_file()
