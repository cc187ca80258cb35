"""A value that is taken from a sentence depends on where the sentence stands, on its negation and its comparison."""

import pytest

from generator.model.document import Document
from generator.model.study import Study
from generator.readers.reading import read_document

PAGE = """Gel and Cream for Dry Hands
NCT ID: NCT09990030
Last Updated: 2024-02-01
Basic Information
Get a concise snapshot of the trial, including recruitment status, study phase, enrollment targets, and key timeline \
milestones.
RECRUITING
PHASE2
40 participants
INTERVENTIONAL
2023-02-06
2025-09-30
Brief Summary
Review the sponsor-provided synopsis that highlights what the study is about and why it is being conducted.
Eligibility Criteria
Check the participation requirements, including inclusion and exclusion rules, age limits, and whether healthy \
volunteers are accepted.
Inclusion Criteria
* {inclusion}
Exclusion Criteria
* {exclusion}
18 Years
ALL
No
Sponsors
Meet the organizations funding or collaborating on the study and learn about their roles.
Example Hospital
OTHER
"""


def _read(inclusion: str, exclusion: str) -> Study:
    (record,) = read_document(Document("a.txt", PAGE.format(inclusion=inclusion, exclusion=exclusion))).records
    return record.study


@pytest.mark.parametrize(
    ("inclusion", "exclusion", "lowest", "highest"),
    [
        ("Dry skin.", "Age less than 18 years.", "18 Years", None),
        ("Dry skin.", "Younger than 18 years.", "18 Years", None),
        ("Dry skin.", "Older than 18 years.", None, "18 Years"),
        ("Dry skin.", "Patients over 18 years of age.", None, "18 Years"),
        ("Age of at least 18 years.", "Open wounds.", "18 Years", None),
        ("Age less than 18 years.", "Open wounds.", None, "18 Years"),
        ("Age of at least 18 years.", "Age less than 18 years.", "18 Years", None),
        ("Not younger than 18 years.", "Open wounds.", None, None),
        ("Patients must not be over 18 years old.", "Open wounds.", None, None),
        ("Dry skin.", "Adults.", None, None),
        ("Adults.", "Open wounds.", "18 Years", None),
        ("Dry skin for at least 18 years.", "Open wounds.", None, None),
        ("A score of at least 18.", "Open wounds.", None, None),
        ("Dry skin.", "Mother younger than 18 years.", None, None),
        ("A parent of at least 18 years.", "Open wounds.", None, None),
        ("Weight of at least 18 kg at 2 years.", "Open wounds.", None, None),
        ("Older than 18 months.", "Open wounds.", None, None),
        ("Over 18 at screening, any age group.", "Open wounds.", "18 Years", None),
        ("Dry skin.", "Age 18 to 65 years.", None, None),
    ],
)
def test_age_limit_has_the_bound_that_its_sentence_gives(
    inclusion: str, exclusion: str, lowest: str | None, highest: str | None
) -> None:
    study = _read(inclusion, exclusion)
    module = study.protocol_section.eligibility_module
    assert (module.minimum_age, module.maximum_age) == (lowest, highest)
    stated = lowest or highest
    assert study.catalog_section.age_limit_without_bound == (None if stated else "18 Years")
