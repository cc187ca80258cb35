"""The numbers of a trial, and what its registry states by names of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.model.pointers import escape as pointer_step
from generator.model.registry_numbers import recognise
from generator.pages.text.contacts import NO_CONTACT, may_name_a_contact
from generator.pages.text.escaping import Markdown, external_link
from generator.pages.text.wording import words
from generator.pages.trial.parts import Fact
from generator.pages.trial.pointers import CATALOG, IDENTIFICATION
from generator.pages.trial.values import TrialValues


@dataclass(frozen=True)
class RegistryField:
    """A registry's own field, by its own name."""

    name: str
    value: Markdown


def identifiers(values: TrialValues) -> Iterable[Fact]:
    """Yield the numbers of the trial."""
    module = values.protocol.identification_module
    if module.nct_id:
        yield Fact("ClinicalTrials.gov", identifier(values, module.nct_id, f"{IDENTIFICATION}/nctId"))
    for index, alias in enumerate(module.nct_id_aliases):
        yield Fact(
            "Former ClinicalTrials.gov number", identifier(values, alias, f"{IDENTIFICATION}/nctIdAliases/{index}")
        )
    if module.org_study_id_info and module.org_study_id_info.id:
        yield Fact(
            "Sponsor's own number",
            identifier(values, module.org_study_id_info.id, f"{IDENTIFICATION}/orgStudyIdInfo/id"),
        )
    for index, item in enumerate(module.secondary_id_infos):
        if item.id:
            known = recognise(item.id)
            other = words(item.type) if item.type and item.type != "OTHER" else "Other number"
            label = known.kind.registry if known else other
            shown = identifier(values, item.id, f"{IDENTIFICATION}/secondaryIdInfos/{index}/id")
            yield Fact(label, Markdown(f"{shown} {values.linker.text(item.domain)}") if item.domain else shown)
    if module.acronym:
        yield Fact("Acronym", values.stated(module.acronym, f"{IDENTIFICATION}/acronym"))


def identifier(values: TrialValues, number: str, pointer: str) -> Markdown:
    """Return a number, linked to its registry."""
    known = recognise(number)
    shown = external_link(number, known.url) if known and known.url else values.linker.text(number)
    return values.value(shown, pointer)


def registry_fields(values: TrialValues) -> Iterable[RegistryField]:
    """Yield what a registry states by names of its own; one line in the page for each of its lines."""
    for name, text in values.section.registry_fields.items():
        shown = Markdown("<br>".join(values.linker.text(line) for line in text.splitlines() if line.strip()))
        if not values.linker.settings.contacts and may_name_a_contact(name):
            shown = Markdown(NO_CONTACT)
        yield RegistryField(name, values.value(shown, f"{CATALOG}/registryFields/{pointer_step(name)}"))
