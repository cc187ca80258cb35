"""Which arm gets which intervention, as a table; only where documents state it of all of them."""

from __future__ import annotations

from collections import Counter

from generator.language.messages import gettext
from generator.pages.provenance import label_of
from generator.pages.text.escaping import NOTHING, Markdown
from generator.pages.text.tables import Row, Table
from generator.pages.trial.pointers import ARMS
from generator.pages.trial.values import TrialValues

_MOST_COLUMNS = 6
_NO_INTERVENTION = "NO_INTERVENTION"
_INFERRED = "✓ inferred"
"""Stands in a cell until the table is written; its label comes in its place."""


def stated_links(values: TrialValues) -> dict[tuple[int, int], list[str]] | None:
    """Return (arm, intervention), by their places, with the pointers of what links them.

    None where a link names an arm or intervention that is not listed or listed twice, or where an intervention or an
    arm that should get something has no link: then the lists say more than a table could.
    """
    module = values.protocol.arms_interventions_module
    arms = [arm.label or "" for arm in module.arm_groups]
    interventions = [item.name or "" for item in module.interventions]
    if max(Counter(arms).values(), default=0) > 1 or max(Counter(interventions).values(), default=0) > 1:
        return None
    links: dict[tuple[int, int], list[str]] = {}
    for index, arm in enumerate(module.arm_groups):
        for position, name in enumerate(arm.intervention_names):
            bare = name.split(": ", 1)[-1]
            known = bare if bare in interventions else name
            if known not in interventions:
                return None
            links.setdefault((index, interventions.index(known)), []).append(
                f"{ARMS}/armGroups/{index}/interventionNames/{position}"
            )
    for index, item in enumerate(module.interventions):
        for position, label in enumerate(item.arm_group_labels):
            if label not in arms:
                return None
            links.setdefault((arms.index(label), index), []).append(
                f"{ARMS}/interventions/{index}/armGroupLabels/{position}"
            )
    linked_arms, linked_interventions = {arm for arm, _ in links}, {item for _, item in links}
    needed = {index for index, arm in enumerate(module.arm_groups) if arm.type != _NO_INTERVENTION}
    if not needed <= linked_arms or len(linked_interventions) < len(interventions):
        return None
    return links


def matrix(values: TrialValues) -> Markdown:
    """Return the table of arms and interventions; nothing where it would not say more than the lists."""
    module = values.protocol.arms_interventions_module
    arms = [arm.label or "" for arm in module.arm_groups]
    interventions = [item.name or "" for item in module.interventions]
    if len(arms) < 2 or len(interventions) < 2 or min(len(arms), len(interventions)) > _MOST_COLUMNS:
        return NOTHING
    links = stated_links(values)
    if links is None:
        return NOTHING

    yes = gettext("✓ yes")

    def cell(arm: int, intervention: int) -> str | None:
        pointers = links.get((arm, intervention))
        if pointers is None:
            return None
        return _INFERRED if any(values.provenance.doubts(pointer) for pointer in pointers) else yes

    if len(arms) <= _MOST_COLUMNS:
        rows = [
            Row(name, tuple(cell(arm, index) for arm in range(len(arms)))) for index, name in enumerate(interventions)
        ]
        table = Table(gettext("Intervention"), arms, rows)
    else:
        rows = [
            Row(label, tuple(cell(index, item) for item in range(len(interventions))))
            for index, label in enumerate(arms)
        ]
        table = Table(gettext("Arm"), interventions, rows)
    block = table.write(gettext("Which arm gets which intervention"), show_contacts=values.linker.settings.contacts)
    block = Markdown(block.replace(f"<td>{_INFERRED}</td>", f"<td>✓ {label_of('inferred')}</td>"))
    return Markdown(block.replace('<figure class="wide"', '<figure class="wide matrix"', 1))
