"""Which of two records is believed where they differ.

The order is the design's: what a person has written by hand, then the registry that holds the trial, then other
registries and portals, then aggregators, then prose; and of two records of one rank the newer one.
"""

from __future__ import annotations

from generator.language.messages import gettext_noop
from generator.model.record import Record
from generator.readers.known import reader_of

_UNRANKED = 6

_DESCRIPTIONS = {
    0: "a correction written by hand",
    1: "the record of a registry",
    2: "the record of a registry in an older or a shorter format",
    3: "the registry's page",
    4: "the WHO's search portal",
    5: "another site's copy",
    6: "another site's copy, shortened",
    7: "a page of prose",
}


def rank(record: Record) -> int:
    """Return the rank of the layout that *record* was read from; a lower one is believed first.

    A registry's own record is 1 to 3, fuller layouts before poorer ones.
    """
    documents = record.study.catalog_section.documents
    reader = reader_of(documents[0].layout) if documents else None
    return reader.rank if reader else _UNRANKED


def as_of(record: Record) -> str:
    """Return the date (partial) that the record's document gives for its content, empty where it gives none."""
    documents = record.study.catalog_section.documents
    return (documents[0].as_of or "") if documents else ""


def path(record: Record) -> str:
    """Return the path of the record's document."""
    documents = record.study.catalog_section.documents
    return documents[0].path if documents else ""


def in_order(records: list[Record]) -> list[Record]:
    """Return *records*, the most believed first.  The order does not depend on the order that they come in."""
    by_path = sorted(records, key=path)
    by_date = sorted(by_path, key=as_of, reverse=True)
    return sorted(by_date, key=rank)


def rule_between(winner: Record, loser: Record) -> str:
    """Return, as a sentence, why *winner* is believed before *loser*."""
    if rank(winner) != rank(loser):
        sentence = f"{_describe(winner)} counts before {_describe(loser)}."
        return sentence[0].upper() + sentence[1:]
    if as_of(winner) != as_of(loser):
        return gettext_noop("Of two documents of one kind the newer one counts.")
    return gettext_noop("Both documents are of one kind and one date; the first by name counts.")


def _describe(record: Record) -> str:
    return _DESCRIPTIONS.get(rank(record), "this document")
