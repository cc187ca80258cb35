"""What the tables about studies have in common: their first columns, and short ways to say what a column is."""

from __future__ import annotations

from generator.model.data_file import Column, Items, Table

DATE = "ISO 8601 date, as precise as stated: 2019, 2019-07 or 2019-07-01"

STUDY_ID = Column(
    "study_id",
    "The study, by its registry number, or by a name of this catalog where it has none.",
    at="/catalogSection/id",
    refers="studies.study_id",
)
NCT_ID = Column(
    "nct_id",
    "The study's number at ClinicalTrials.gov; empty where the documents give none.",
    at="/protocolSection/identificationModule/nctId",
)
_KEY = Column("id", "Key of the row: the study, and the place in its record, counted from 0.", how="key")


def entity(at: str, whose: str) -> Column:
    """Return the column that says what the name at *at* stands for."""
    return Column("entity_id", f"What the name of the {whose} stands for.", at=at, how="entity", refers="entities.id")


def yes(name: str, meaning: str, at: str, up: int = 0) -> Column:
    """Return a column of yes and no."""
    return Column(name, meaning, "boolean", at, up=up)


def date(name: str, meaning: str, at: str) -> Column:
    """Return a column of dates."""
    return Column(name, meaning, at=at, unit=DATE)


def study_table(
    name: str, title: str, meaning: str, items: tuple[Items, ...], *columns: Column, label: str = ""
) -> Table:
    """Return a table whose rows are *items* of studies, with the columns that all such tables begin with."""
    return Table(name, title, meaning, (_KEY, STUDY_ID, NCT_ID, *columns), items=items, label=label)
