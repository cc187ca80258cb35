"""Codes become words; a registry's own words stay as it writes them; dates, telephones and documents have one form."""

from __future__ import annotations

import pytest

from generator.pages.text.phrases import dates_in_words, status_chip, telephone
from generator.pages.text.wording import phase, short_layout, words


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("NON_RANDOMIZED", "Not randomized"),
        ("HEALTH_SERVICES_RESEARCH", "Health services research"),
        ("TREATMENT", "Treatment"),
        ("BA/BE", "BA/BE"),
        ("DNA", "DNA"),
        ("Not Recruiting", "Not Recruiting"),
    ],
)
def test_only_codes_are_put_in_words(code: str, shown: str) -> None:
    assert words(code) == shown


def test_a_phase_that_is_none_of_the_known_ones_is_quoted_as_other() -> None:
    assert phase(["PHASE2", "PHASE3"]) == "Phase 2 / Phase 3"
    assert phase(["0"]) == "Other: “0”"
    assert phase(["Retrospective study"]) == "Other: “Retrospective study”"


def test_dates_of_our_sentences_are_written_out_and_quotations_stay() -> None:
    assert dates_in_words("Planned for 2018-06, known 2018-06-05.") == "Planned for June 2018, known 5 June 2018."
    assert dates_in_words("“2018-06” of 2018-002777-22") == "“2018-06” of 2018-002777-22"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("+33 (0)1 23 45 67 89", "tel:+33123456789"),
        ("1-877-555-0100", "tel:18775550100"),
        ("0383852970 ext. 12", "tel:0383852970;ext=12"),
        ("123", ""),
        ("0383852970 / 0383852971", ""),
        ("ask at the desk", ""),
    ],
)
def test_a_telephone_number_is_a_link_where_it_is_one_number(text: str, address: str) -> None:
    shown = telephone(text)
    assert (f'href="{address}"' in shown) if address else "href" not in shown


def test_a_status_carries_the_dates_by_which_its_age_is_told() -> None:
    chip = status_chip("RECRUITING", "2018-05-02", "2020")
    assert chip == '<b class="open" data-said="2018-05-02" data-end="2020">Recruiting</b>'
    assert status_chip("RECRUITING", "soon", None) == '<b class="open">Recruiting</b>'
    assert status_chip("RECRUITING", "", None) == '<b class="open" data-said="">Recruiting</b>', "without a date"


def test_a_document_has_a_short_name_in_a_sentence() -> None:
    assert short_layout("meddatax-compact") == "MedDataX page"
    assert short_layout("clinicaltrials-gov-xml") == "ClinicalTrials.gov record"
    assert short_layout("of tomorrow") == "document"
