"""Publications and entities lead to where they are told of."""

from __future__ import annotations

from generator.pages.registry_links import doi, external


def test_doi_ends_where_the_sentence_ends() -> None:
    assert doi("Brain. doi: 10.1016/j.bbi.2024.09.005. Epub 2024 Sep 4.") == "10.1016/j.bbi.2024.09.005"
    assert doi("no number 10.5") is None


def test_external_identifiers() -> None:
    assert external("ror", "https://ror.org/00pg5jh14") == ("ROR", "https://ror.org/00pg5jh14")
    assert external("ror", "x y") == ("ROR", None)
    assert external("else", "1") == ("else", None)
