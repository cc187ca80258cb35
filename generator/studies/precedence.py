"""Which of two records is believed where they differ.

The order is the design's: what a person has written by hand, then the registry that holds the trial, then other
registries and portals, then aggregators, then prose; and of two records of one rank the newer one.
"""

from __future__ import annotations

from generator.language.messages import gettext_noop
from generator.model.record import Record
from generator.model.sentence import Sentence, sentence
from generator.readers.known import reader_of

_UNRANKED = 6

_DESCRIPTIONS = {
    0: gettext_noop("a correction written by hand"),
    1: gettext_noop("the record of a registry"),
    2: gettext_noop("the record of a registry in an older or a shorter format"),
    3: gettext_noop("the registry's page"),
    4: gettext_noop("the WHO's search portal"),
    5: gettext_noop("another site's copy"),
    6: gettext_noop("another site's copy, shortened"),
    7: gettext_noop("a page of prose"),
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


def rule_between(winner: Record, loser: Record) -> Sentence:
    """Return why *winner* is believed before *loser*."""
    if rank(winner) != rank(loser):
        return sentence(
            "Where they differ, {winner} counts before {loser}.", winner=_describe(winner), loser=_describe(loser)
        )
    if as_of(winner) != as_of(loser):
        return sentence("Of two documents of one kind the newer one counts.")
    return sentence("Both documents are of one kind and one date; the first by name counts.")


def _describe(record: Record) -> Sentence:
    return Sentence(message=_DESCRIPTIONS[rank(record)])
