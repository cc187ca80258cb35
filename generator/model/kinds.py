"""The kinds of entities, and what they are to trials; known without loading the model."""

from __future__ import annotations

from typing import Literal

Kind = Literal["organization", "person", "drug", "condition", "place"]

Role = Literal[
    "leadSponsor",
    "collaborator",
    "sponsorWithoutRole",
    "responsibleParty",
    "site",
    "affiliation",
    "principalInvestigator",
    "subInvestigator",
    "studyChair",
    "studyDirector",
    "official",
    "centralContact",
    "facilityContact",
    "referenceAuthor",
    "intervention",
    "condition",
    "siteCity",
    "region",
    "country",
]
"""What an entity is to a study."""
