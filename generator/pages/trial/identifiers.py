"""The numbers of a trial, and what its registry states by names of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.language.formats import plural
from generator.language.messages import gettext
from generator.model.pointers import escape as pointer_step
from generator.model.registry_numbers import recognise
from generator.model.study import Study
from generator.pages.links import Linker
from generator.pages.text.contacts import NO_CONTACT, may_name_a_contact
from generator.pages.text.escaping import NOTHING, Markdown, escape, external_link, front_matter, join, plain
from generator.pages.text.phrases import trial_title
from generator.pages.text.wording import words
from generator.pages.trial.parts import Fact
from generator.pages.trial.pointers import CATALOG, IDENTIFICATION
from generator.pages.trial.possible_sources import OWN_FIELDS
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
            gettext("Former ClinicalTrials.gov number"),
            identifier(values, alias, f"{IDENTIFICATION}/nctIdAliases/{index}"),
        )
    if module.org_study_id_info and module.org_study_id_info.id:
        yield Fact(
            gettext("Sponsor's own number"),
            identifier(values, module.org_study_id_info.id, f"{IDENTIFICATION}/orgStudyIdInfo/id"),
        )
    for index, item in enumerate(module.secondary_id_infos):
        if item.id:
            known = recognise(item.id)
            other = words(item.type) if item.type and item.type != "OTHER" else gettext("Other number")
            label = known.kind.registry if known else other
            shown = identifier(values, item.id, f"{IDENTIFICATION}/secondaryIdInfos/{index}/id")
            yield Fact(label, Markdown(f"{shown} {values.linker.text(item.domain)}") if item.domain else shown)
    if module.acronym:
        yield Fact(gettext("Acronym"), values.stated(module.acronym, f"{IDENTIFICATION}/acronym"))


def identifier(values: TrialValues, number: str, pointer: str) -> Markdown:
    """Return a number, linked to its registry."""
    known = recognise(number)
    shown = external_link(number, known.url) if known and known.url else values.linker.text(number)
    return values.value(shown, pointer)


@dataclass(frozen=True)
class RegistryFieldsView:
    """The page of what a registry states by names of its own, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    kicker: Markdown
    back: Markdown
    fields: tuple[RegistryField, ...]


def registry_fields_view(study: Study, linker: Linker) -> RegistryFieldsView:
    """Return the page of the registry's own fields of *study*."""
    identifier = study.catalog_section.id or ""
    values = TrialValues(study, linker)
    title = gettext("Fields of the registry: {trial}").format(trial=trial_title(study))
    back = [linker.trial(identifier, gettext("The trial itself")), values.provenance.named_once()]
    return RegistryFieldsView(
        front_title=front_matter(title),
        front_description=front_matter(
            gettext("What the registry states of {trial} under names of its own").format(trial=identifier)
        ),
        title=escape(plain(title)),
        kicker=escape(gettext("Fields of the registry of clinical trial {trial}").format(trial=identifier)),
        back=join([part for part in back if part], " · "),
        fields=tuple(registry_fields(values)),
    )


def link_to_registry_fields(values: TrialValues) -> Markdown:
    """Return the link to the page of the registry's own fields, where there are any."""
    page = values.linker.paths.beside(values.id, "fields")
    if page is None:
        return NOTHING
    number = len(values.section.registry_fields)
    words_ = plural(
        number,
        "{n} more field of the registry, under its own names",
        "{n} more fields of the registry, under its own names",
    )
    link = values.linker.to(page, words_)
    return Markdown(f'<span id="{OWN_FIELDS}"></span>{link}')


def registry_fields(values: TrialValues) -> Iterable[RegistryField]:
    """Yield what a registry states by names of its own; one line in the page for each of its lines."""
    for name, text in values.section.registry_fields.items():
        shown = Markdown("<br>".join(values.linker.text(line) for line in text.splitlines() if line.strip()))
        if not values.linker.settings.contacts and may_name_a_contact(name):
            shown = Markdown(gettext(NO_CONTACT))
        yield RegistryField(name, values.value(shown, f"{CATALOG}/registryFields/{pointer_step(name)}"))
