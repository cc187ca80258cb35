"""Numbers that one registry's record of a trial states and the other's does not."""

from __future__ import annotations

from generator.language.messages import gettext_noop
from generator.model.catalog_section import Flag
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.model.sentence import sentence
from generator.model.source import Source
from generator.studies.matching import Match, stated_numbers


def cross_registration_flags(match: Match) -> list[Flag]:
    """Return a flag for each record of *match* that does not state the number of another registry's record.

    Only records whose own number is a registry's count; a copy of a record states what the record states.
    """
    by_number: dict[str, list[Record]] = {}
    for record in match.records:
        number = recognise(record.id)
        if number and number.primary:
            by_number.setdefault(number.join_key, []).append(record)
    flags: list[Flag] = []
    for key, records in sorted(by_number.items()):
        stated = {number.join_key for record in records for number, _ in stated_numbers(record)}
        for other, others in sorted(by_number.items()):
            if other != key and other not in stated:
                flags.append(
                    Flag(
                        code="number-missing-in-registry",
                        message=sentence(
                            "The record of {trial} does not state the trial's number {number}.",
                            trial=records[0].id,
                            number=others[0].id,
                        ),
                        severity="note",
                        sources=[_whole(records[0]), _whole(others[0])],
                        basis=gettext_noop(
                            "Each registry of a trial that is registered twice should name the other, or searches "
                            "count it as two trials."
                        ),
                    )
                )
    return flags


def _whole(record: Record) -> Source:
    section = record.study.catalog_section
    pointer = "/protocolSection/identificationModule/nctId"
    sources = section.sources.get(pointer) or section.sources.get("")
    return sources[0] if sources else Source(document=section.documents[0].path, first_line=1, last_line=1)
