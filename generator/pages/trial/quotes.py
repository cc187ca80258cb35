"""Text of the documents that stands as it is: what is said of several trials, mentions, unread lines."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model.registry_numbers import recognise
from generator.pages.text.escaping import NOTHING, Markdown, external_link, join
from generator.pages.text.wording import phase, status, words
from generator.pages.trial.parts import Part
from generator.pages.trial.pointers import CATALOG
from generator.pages.trial.values import TrialValues


def joint(values: TrialValues) -> Iterable[Part]:
    """Yield what is said of several trials together."""
    for index, item in enumerate(values.section.joint_statements):
        if not item.text:
            continue
        others = [values.linker.trial(other, values.trial_name(other)) for other in item.studies if other != values.id]
        topic = [values.linker.text(f"About: {words(item.topic.replace('_', ' ')).lower()}")] if item.topic else []
        with_others = [Markdown(f"Said of this trial together with {join(others)}")] if others else []
        pointer = f"{CATALOG}/jointStatements/{index}"
        yield Part(
            values.value(values.linker.text(item.text), f"{pointer}/text"),
            (join([*with_others, *topic], " · "),) if with_others or topic else (),
        )


def mentions(values: TrialValues) -> Iterable[Part]:
    """Yield the other trials that the documents name."""
    for index, item in enumerate(values.section.mentions):
        pointer = f"{CATALOG}/mentions/{index}"
        number = NOTHING
        if item.id:
            known = recognise(item.id)
            if values.linker.paths.trial(item.id):
                number = values.linker.trial(item.id)
            else:
                number = external_link(item.id, known.url) if known and known.url else values.linker.text(item.id)
        title = values.linker.text(item.title) if item.title else number
        details = [part for part in (number if item.title else NOTHING,) if part]
        if item.overall_status:
            details.append(values.linker.text(status(item.overall_status).label))
        if item.phases:
            details.append(values.linker.text(phase(item.phases)))
        if item.relation:
            details.append(Markdown(f"under “{values.linker.text(item.relation)}”"))
        yield Part(values.value(title, pointer), (join(details, " · "),) if details else ())


def unread(values: TrialValues) -> Iterable[Part]:
    """Yield the lines that no rule could read."""
    for item in values.section.unread:
        there = values.linker.paths.line(item.document, item.first_line)
        lines = (
            f"line {item.first_line}"
            if item.first_line == item.last_line
            else f"lines {item.first_line}–{item.last_line}"
        )
        words_ = f"{item.document}, {lines}"
        title = values.linker.to(there[0], words_, there[1]) if there else values.linker.text(words_)
        body = Markdown("<br>\n".join(values.linker.text(line) for line in item.text.split("\n") if line.strip()))
        yield Part(title, (), body)
