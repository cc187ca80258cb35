"""What a trial measures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.language.messages import gettext
from generator.model.study import Outcome
from generator.pages.text.escaping import NOTHING, Markdown
from generator.pages.trial.parts import Group, Part
from generator.pages.trial.pointers import CATALOG, OUTCOMES
from generator.pages.trial.values import TrialValues

_MOST_OPEN = 8
"""Of more outcomes than this only the first are open."""
_FIRST = 5


def outcomes(values: TrialValues) -> Iterable[Group]:
    """Yield the outcomes by their type."""
    module = values.protocol.outcomes_module
    rows = (
        (gettext("Primary outcomes"), module.primary_outcomes, "primaryOutcomes"),
        (gettext("Secondary outcomes"), module.secondary_outcomes, "secondaryOutcomes"),
        (gettext("Other outcomes"), module.other_outcomes, "otherOutcomes"),
    )
    for title, items, field in rows:
        if items:
            yield group(title, [outcome(values, item, f"{OUTCOMES}/{field}/{i}") for i, item in enumerate(items)])
    loose = values.section.outcomes_without_type
    if loose:
        parts = [
            outcome(
                values,
                Outcome(measure=item.measure, description=item.description, time_frame=item.time_frame),
                f"{CATALOG}/outcomesWithoutType/{index}",
            )
            for index, item in enumerate(loose)
        ]
        remark = values.linker.text(
            gettext(
                "The document lists these outcomes without the border between primary and secondary ones: "
                "its layout has lost it. So none is called primary here."
            )
        )
        yield group(gettext("Outcomes, type not stated"), parts, remark)


_MOST_BEFORE_ALL = 3
"""Primary outcomes that a trial's page shows where all outcomes have a page of their own."""


def first_outcomes(values: TrialValues) -> Iterator[Group]:
    """Yield the first outcomes, primary ones where there are any."""
    for first in outcomes(values):
        yield replace(first, parts=first.parts[:_MOST_BEFORE_ALL], more=())
        return


def group(title: str, parts: list[Part], remark: Markdown = NOTHING) -> Group:
    """Return the outcomes of one type; of many, those after the first few are folded."""
    shown = len(parts) if len(parts) <= _MOST_OPEN else _FIRST
    return Group(title, len(parts), tuple(parts[:shown]), remark, tuple(parts[shown:]))


def outcome(values: TrialValues, item: Outcome, pointer: str) -> Part:
    """Return one outcome as a part."""
    title = values.linker.text(item.measure or gettext("Without a name"))
    title = Markdown(f"{values.tagged(title, f'{pointer}/measure')}{values.provenance.mark(pointer)}")
    details = []
    if item.time_frame:
        frame = values.tagged(values.linker.text(item.time_frame), f"{pointer}/timeFrame")
        details.append(Markdown(gettext("Time frame: {time}").format(time=frame)))
    return Part(title, tuple(details), values.described(item.description, f"{pointer}/description"))
