"""What a page says of a name that a vocabulary joined, and of what lies above and under it."""

from __future__ import annotations

import json

import pytest

from generator.pipeline import flow
from generator.settings import Settings
from tests.pages.test_pages import pages_of


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return the pages of three trials whose names a vocabulary joins."""
    folder = tmp_path_factory.mktemp("vocabularies")
    (folder / "seeds").mkdir()
    for number, drug, condition in (
        ("NCT00000001", "Velcade", "Breast Cancer"),
        ("NCT00000002", "bortezomib", "Breast Cancer"),
        ("NCT00000003", "PS-341", "Breast Neoplasms"),
        ("NCT00000004", "Velcade", "Neoplasms"),
    ):
        record = {
            "identificationModule": {"nctId": number, "briefTitle": number},
            "conditionsModule": {"conditions": [condition]},
            "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": drug}]},
        }
        (folder / "seeds" / f"{number}.json").write_text(json.dumps({"protocolSection": record}), encoding="utf-8")
    return pages_of(flow.make_catalog(folder / "seeds", folder / "content").catalog, folder / "pages", Settings())


def test_a_join_shows_vocabulary_and_number_with_a_link(pages: dict[str, str]) -> None:
    page = pages["drugs/bortezomib.md"]
    assert "# Bortezomib\n" in page
    assert "Documents mostly write “Velcade”." in page
    assert '<span class="tag">a vocabulary says so</span>' in page
    assert "UNII (June 2025) has “bortezomib” and “PS-341” as names of “Bortezomib” (" in page
    assert page.count("https://precision.fda.gov/uniisearch/srs/unii/69G8BD63PP") == 3


def test_a_page_links_to_what_lies_above_and_lists_what_lies_under_it(pages: dict[str, str]) -> None:
    breast, neoplasms = pages["conditions/breast-neoplasms.md"], pages["conditions/neoplasms.md"]
    assert "# Breast Neoplasms\n" in breast
    assert "[Neoplasms](neoplasms.md): MeSH (2026) has “Neoplasms” above “Breast Neoplasms”." in breast
    under = neoplasms.partition("## What lies under it")[2]
    assert "[Breast Neoplasms](breast-neoplasms.md) (3 trials)" in under
