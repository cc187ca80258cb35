"""The arms of a trial and what is given in them."""

from __future__ import annotations

from generator.language.messages import gettext
from generator.model.study import ArmGroup, Intervention
from generator.pages.text.escaping import Markdown, join
from generator.pages.trial.parts import Part
from generator.pages.trial.pointers import ARMS
from generator.pages.trial.values import TrialValues


def arm(values: TrialValues, index: int, arm: ArmGroup, *, linked: bool) -> Part:
    """Return one arm as a part; with what is given in it where it is *linked* here and not in a table."""
    pointer = f"{ARMS}/armGroups/{index}"
    label = values.linker.text(arm.label or gettext("Arm without a label"))
    title = Markdown(f"**{label}**{values.provenance.mark(pointer)}")
    details = [*values.kind_of(arm.type, f"{pointer}/type")]
    if arm.intervention_names and linked:
        given = []
        for position, name in enumerate(arm.intervention_names):
            bare = name.split(": ", 1)[-1]
            given.append(
                values.tagged(intervention_name(values, bare, name), f"{pointer}/interventionNames/{position}")
            )
        details.append(Markdown(gettext("Given: {names}").format(names=join(given))))
    return Part(title, tuple(details), values.described(arm.description, f"{pointer}/description"))


def intervention_name(values: TrialValues, bare: str, whole: str) -> Markdown:
    """Link the name of an intervention as an arm calls it, "Drug: X", like the intervention itself."""
    for index, item in enumerate(values.protocol.arms_interventions_module.interventions):
        if item.name in {bare, whole}:
            return values.name(item.name or whole, f"{ARMS}/interventions/{index}/name", "drug")
    return values.linker.text(whole)


def intervention(values: TrialValues, index: int, item: Intervention, *, linked: bool) -> Part:
    """Return one intervention as a part; with its arms where it is *linked* here and not in a table."""
    pointer = f"{ARMS}/interventions/{index}"
    name = values.name(item.name or gettext("Without a name"), f"{pointer}/name", "drug")
    details = [*values.kind_of(item.type, f"{pointer}/type")]
    if item.other_names:
        others = values.unmarked_names(item.other_names, f"{pointer}/otherNames")
        details.append(Markdown(gettext("Also called {names}").format(names=others)))
    if item.arm_group_labels and linked:
        arms = values.unmarked_names(item.arm_group_labels, f"{pointer}/armGroupLabels")
        # For translators: the arms in which an intervention is given.
        details.append(Markdown(gettext("In: {names}").format(names=arms)))
    title = Markdown(f"{values.tagged(Markdown(f'**{name}**'), f'{pointer}/name')}{values.provenance.mark(pointer)}")
    return Part(title, tuple(details), values.described(item.description, f"{pointer}/description"))
