"""Numbers are recognised as their registry's, and lead there."""

from __future__ import annotations

import pytest

from generator.pages.registry_links import doi, external, recognise


@pytest.mark.parametrize(
    ("number", "name", "url"),
    [
        ("NCT06774235", "ClinicalTrials.gov", "https://clinicaltrials.gov/study/NCT06774235"),
        ("2024-516780-93-00", "EU CTIS", "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=2024-516780-93-00"),
        ("2016-000488-17", "EudraCT", "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:2016-000488-17"),
        ("EUCTR2016-000488-17-FR", "EudraCT", "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:2016-000488-17"),
        ("ISRCTN10175490", "ISRCTN", "https://www.isrctn.com/ISRCTN10175490"),
        ("UMIN000049383", "JPRN", "https://trialsearch.who.int/Trial2.aspx?TrialID=JPRN-UMIN000049383"),
        ("SLCTR/2023/010", "SLCTR", "https://slctr.lk/trials/slctr-2023-010"),
        ("U1111-1203-4417", "Universal Trial Number", None),
    ],
)  # fmt: skip
def test_registry_of(number: str, name: str, url: str | None) -> None:
    assert recognise(number) == (name, url)


@pytest.mark.parametrize("number", ["2016-002", "MEDAECNAT-2018-10-00069", "87RI24_0040 (PLATINIUM)", "D20180617", ""])
def test_other_numbers_are_nobodys(number: str) -> None:
    assert recognise(number) is None


def test_doi_ends_where_the_sentence_ends() -> None:
    assert doi("Brain. doi: 10.1016/j.bbi.2024.09.005. Epub 2024 Sep 4.") == "10.1016/j.bbi.2024.09.005"
    assert doi("no number 10.5") is None


def test_external_identifiers() -> None:
    assert external("ror", "https://ror.org/00pg5jh14") == ("ROR", "https://ror.org/00pg5jh14")
    assert external("ror", "x y") == ("ROR", None)
    assert external("else", "1") == ("else", None)
