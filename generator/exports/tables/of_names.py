"""The tables about names, and about where values come from: no list of a study holds their rows."""

from __future__ import annotations

from generator.exports.tables.columns import STUDY_ID
from generator.language.messages import gettext_noop
from generator.model.data_file import Column, Table


def _made(name: str, meaning: str, type_: str = "string", *, refers: str = "", searched: bool = False) -> Column:
    return Column(name, meaning, type_, how="made", refers=refers, searched=searched)  # type: ignore[arg-type]


_STUDY = Column("study_id", STUDY_ID.meaning, how="made", refers="studies.study_id")
_POINTER = _made("pointer", "The value, as a JSON pointer into the study.")

ENTITIES = Table(
    "entities",
    gettext_noop("Names"),
    gettext_noop("Organizations, people, drugs, conditions and places: what the names in documents stand for."),
    (
        _made("id", "Kind and name in addresses: organization/…, person/…, drug/…, condition/…, place/…"),
        _made("kind", "organization, person, drug, condition or place."),
        _made("name", "The best spelling, or the curated name.", searched=True),
        _made("verified", "Whether a curated entry or a second stated fact confirms it.", "boolean"),
        _made("roles", "What it is to studies.", "array"),
        _made("studies", "How many studies mention it.", "integer"),
        _made("city", "Town."),
        _made("country", "Country."),
        Column("latitude", "Of a town.", "number", how="made", unit="degrees, WGS 84"),
        Column("longitude", "Of a town.", "number", how="made", unit="degrees, WGS 84"),
        _made("note", "A curated remark, or where the coordinates come from."),
        _made("page", "Its page, below the site's root; empty where it has none."),
    ),
    label="name",
)
ENTITY_SPELLINGS = Table(
    "entity_spellings",
    gettext_noop("Spellings"),
    gettext_noop("How documents write a name, and why each spelling is taken for it."),
    (
        _made("id", "Key of the row."),
        _made("entity_id", "What it stands for.", refers="entities.id"),
        _made("text", "The spelling."),
        _made("rule", "The rule that joined it."),
        _made("reason", "The reason, as a sentence."),
    ),
    label="text",
)
ENTITY_RELATIONS = Table(
    "entity_relations",
    gettext_noop("Relations of names"),
    gettext_noop("How names stand to each other: part of, broader, not the same as, possibly the same as, related."),
    (
        _made("id", "Key of the row."),
        _made("entity_id", "The one name.", refers="entities.id"),
        _made("relation", "part_of, broader, not_same_as, possibly_same_as or related."),
        _made("other_id", "The other name."),
        _made("reason", "The reason, as a sentence."),
    ),
)
ENTITY_IDENTIFIERS = Table(
    "entity_identifiers",
    gettext_noop("Numbers of names"),
    gettext_noop("ROR, ORCID, MeSH and other numbers of names, from curated entries."),
    (
        _made("id", "Key of the row."),
        _made("entity_id", "The name.", refers="entities.id"),
        _made("scheme", "Whose number."),
        _made("identifier", "The number."),
    ),
)
MENTIONS = Table(
    "mentions",
    gettext_noop("Mentions"),
    gettext_noop("Where each study names what, in which role, and why that name stands for it."),
    (
        _made("id", "Key of the row."),
        _STUDY,
        _made("entity_id", "What is named.", refers="entities.id"),
        _made(
            "spelling_id",
            "The spelling, with the reason why it stands for that; empty where the name stands inside a longer text.",
            refers="entity_spellings.id",
        ),
        _made("role", "What it is to the study."),
        _POINTER,
    ),
)
SOURCES = Table(
    "sources",
    gettext_noop("Sources"),
    gettext_noop(
        "Where each value stands. A source holds for all values below its pointer that have none of their own."
    ),
    (
        _made("id", "Key of the row."),
        _STUDY,
        _POINTER,
        _made("document", "The document."),
        _made("first_line", "First line, from 1.", "integer"),
        _made("last_line", "Last line.", "integer"),
        _made("how", "stated, inferred, or curated."),
        _made("place", "JSON pointer or XML path in a structured document."),
        _made("note", "Of an inferred value, the rule."),
    ),
)
ABSENCES = Table(
    "absences",
    gettext_noop("Why values are missing"),
    gettext_noop("Values that are known to be missing, and why."),
    (
        _made("id", "Key of the row."),
        _STUDY,
        _POINTER,
        _made("reason", "notStated, statedAsNone or lostByLayout."),
        _made("note", "What the document or its layout does."),
    ),
)
CONTRADICTIONS = Table(
    "contradictions",
    gettext_noop("Contradictions"),
    gettext_noop("Values that documents state differently, one row for each."),
    (
        _made("id", "Key of the row."),
        _STUDY,
        _POINTER,
        _made("value", "What is stated."),
        _made("chosen", "Whether the catalog shows this one.", "boolean"),
        _made("document", "The document that states it."),
        _made("first_line", "First line, from 1.", "integer"),
        _made("last_line", "Last line.", "integer"),
        _made("rule", "The rule that chose."),
    ),
)

TABLES_OF_NAMES = (ENTITIES, ENTITY_SPELLINGS, ENTITY_RELATIONS, ENTITY_IDENTIFIERS)
TABLES_OF_ORIGIN = (MENTIONS, SOURCES, ABSENCES, CONTRADICTIONS)
