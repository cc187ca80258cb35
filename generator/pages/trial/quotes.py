"""Text of the documents that stands as it is: what is said of several trials, mentions, unread lines."""

from __future__ import annotations

from collections.abc import Iterable

from generator.language.messages import gettext, gettext_noop
from generator.model.registry_numbers import recognise
from generator.pages.text.escaping import NOTHING, Markdown, external_link, join
from generator.pages.text.wording import phase, status
from generator.pages.trial.parts import Part
from generator.pages.trial.pointers import CATALOG
from generator.pages.trial.values import TrialValues

_TOPICS = {
    "hypothesis": gettext_noop("hypothesis"),
    "objective": gettext_noop("objective"),
    "assessment": gettext_noop("assessment"),
    "project": gettext_noop("project"),
    "background": gettext_noop("background"),
    "unassigned": gettext_noop("unassigned"),
    "enrollment": gettext_noop("enrollment"),
    "countries": gettext_noop("countries"),
}
"""Topics as the reader of prose calls them -> their words; messages."""


def joint(values: TrialValues) -> Iterable[Part]:
    """Yield what is said of several trials together."""
    for index, item in enumerate(values.section.joint_statements):
        if not item.text:
            continue
        others = [values.linker.trial(other, values.trial_name(other)) for other in item.studies if other != values.id]
        details = []
        if others:
            details.append(Markdown(gettext("Said of this trial together with {trials}").format(trials=join(others))))
        if item.topic:
            topic = gettext(_TOPICS[item.topic]) if item.topic in _TOPICS else item.topic.replace("_", " ").lower()
            details.append(values.linker.text(gettext("About: {topic}").format(topic=topic)))
        pointer = f"{CATALOG}/jointStatements/{index}"
        yield Part(
            values.value(values.linker.text(item.text), f"{pointer}/text"),
            (join(details, " · "),) if details else (),
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
            details.append(Markdown(gettext("under “{heading}”").format(heading=values.linker.text(item.relation))))
        yield Part(values.value(title, pointer), (join(details, " · "),) if details else ())


def unread(values: TrialValues) -> Iterable[Part]:
    """Yield the lines that no rule could read."""
    for item in values.section.unread:
        there = values.linker.paths.line(item.document, item.first_line)
        message = (
            gettext("{document}, line {first}")
            if item.first_line == item.last_line
            else gettext("{document}, lines {first}–{last}")
        )
        words_ = message.format(document=item.document, first=item.first_line, last=item.last_line)
        title = values.linker.to(there[0], words_, there[1]) if there else values.linker.text(words_)
        body = Markdown("<br>\n".join(values.linker.text(line) for line in item.text.split("\n") if line.strip()))
        yield Part(title, (), body)
