"""What the resolvers read of a study beside its mentions: sentences, references, coordinates, derived terms."""

from __future__ import annotations

from generator.model.catalog_section import CatalogSection
from generator.model.study import (
    ArmGroup,
    ArmsInterventionsModule,
    ContactsLocationsModule,
    DerivedSection,
    DescriptionModule,
    IdentificationModule,
    Intervention,
    Location,
    ProtocolSection,
    Reference,
    ReferencesModule,
    Study,
)

_SENTENCES = (
    "/protocolSection/identificationModule",
    "/protocolSection/descriptionModule",
    "/protocolSection/armsInterventionsModule",
    "/protocolSection/referencesModule",
)


def evidence_of(study: Study) -> Study:
    """Return *study* with nothing but what the resolvers read; what they skip in any case is left out.

    Only texts with a parenthesis can state an alias.
    """
    protocol, section = study.protocol_section, study.catalog_section
    identification, description = protocol.identification_module, protocol.description_module
    arms = protocol.arms_interventions_module
    browse = study.derived_section.condition_browse_module if study.derived_section else None
    return Study(
        protocol_section=ProtocolSection(
            identification_module=IdentificationModule(
                nct_id=identification.nct_id,
                brief_title=_stating(identification.brief_title),
                official_title=_stating(identification.official_title),
            ),
            description_module=DescriptionModule(
                brief_summary=_stating(description.brief_summary),
                detailed_description=_stating(description.detailed_description),
            ),
            arms_interventions_module=ArmsInterventionsModule(
                arm_groups=[
                    ArmGroup(label=_stating(arm.label), description=_stating(arm.description))
                    for arm in arms.arm_groups
                ],
                interventions=[Intervention(description=_stating(one.description)) for one in arms.interventions],
            ),
            references_module=ReferencesModule(
                references=[Reference(citation=one.citation) for one in protocol.references_module.references]
            ),
            contacts_locations_module=ContactsLocationsModule(
                locations=[Location(geo_point=one.geo_point) for one in protocol.contacts_locations_module.locations]
            ),
        ),
        derived_section=DerivedSection(condition_browse_module=browse) if browse else None,
        catalog_section=CatalogSection(
            id=section.id,
            sources={
                pointer: sources
                for pointer, sources in section.sources.items()
                if pointer.startswith(_SENTENCES) or any(place.startswith(f"{pointer}/") for place in _SENTENCES)
            },
        ),
    )


def _stating(text: str | None) -> str | None:
    return text if text and "(" in text else None
