"""Studies without what only their own pages show: small enough to be kept in memory by the ten thousand."""

from __future__ import annotations

import msgspec

from generator.model.catalog_section import CatalogSection
from generator.model.study import (
    ArmGroup,
    ArmsInterventionsModule,
    EligibilityModule,
    Intervention,
    ProtocolSection,
    ResultsSection,
    Study,
)

_CONTACTS = "/protocolSection/contactsLocationsModule/"
_CALLED = ("/name", "/phone", "/email")


def outline_of(study: Study) -> Study:
    """Return *study* with what lists show of it: names, numbers, status, dates, design, people, sites, flags.

    It shares its parts with *study*.  Left out are the long texts (descriptions, criteria, outcomes, references), what
    is in the results, the sources of values, and the digests of documents: an outline stays the same where a document
    changed in something else.
    """
    protocol, section = study.protocol_section, study.catalog_section
    arms, eligibility = protocol.arms_interventions_module, protocol.eligibility_module
    return Study(
        protocol_section=ProtocolSection(
            identification_module=protocol.identification_module,
            status_module=protocol.status_module,
            sponsor_collaborators_module=protocol.sponsor_collaborators_module,
            conditions_module=protocol.conditions_module,
            design_module=protocol.design_module,
            arms_interventions_module=ArmsInterventionsModule(
                arm_groups=[ArmGroup(label=arm.label, type=arm.type) for arm in arms.arm_groups],
                interventions=[
                    Intervention(type=one.type, name=one.name, other_names=one.other_names)
                    for one in arms.interventions
                ],
            ),
            eligibility_module=EligibilityModule(
                healthy_volunteers=eligibility.healthy_volunteers,
                sex=eligibility.sex,
                minimum_age=eligibility.minimum_age,
                maximum_age=eligibility.maximum_age,
                std_ages=eligibility.std_ages,
            ),
            contacts_locations_module=protocol.contacts_locations_module,
        ),
        results_section=ResultsSection() if study.results_section is not None else None,
        has_results=study.has_results,
        catalog_section=CatalogSection(
            id=section.id,
            provisional=section.provisional,
            documents=[msgspec.structs.replace(document, sha256=None) for document in section.documents],
            sponsors_without_role=section.sponsors_without_role,
            responsible_party=section.responsible_party,
            contacts_without_site=section.contacts_without_site,
            countries=section.countries,
            flags=section.flags,
            sources={
                pointer: sources
                for pointer, sources in section.sources.items()
                if pointer.startswith(_CONTACTS) and pointer.endswith(_CALLED) and is_inferred(section, pointer)
            },
        ),
    )


def is_inferred_contact(section: CatalogSection, pointer: str) -> bool:
    """Say whether no document states that the contact at *pointer* belongs there."""
    return any(is_inferred(section, pointer + called) for called in _CALLED)


def is_inferred(section: CatalogSection, pointer: str) -> bool:
    """Say whether no document states the value at *pointer*, and it only follows from what one states."""
    sources = section.sources.get(pointer, [])
    return bool(sources) and all(source.how == "inferred" for source in sources)
