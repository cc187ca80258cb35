"""Small studies for tests, and the five seeds' names as the documents write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.identity.curated import CuratedNames, load_curated
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger
from generator.model.catalog import Entity, Kind
from generator.model.catalog_section import NamedOrganization
from generator.model.source import Source
from generator.model.study import (
    ArmGroup,
    Contact,
    Intervention,
    Location,
    Official,
    Reference,
    ResponsibleParty,
    Sponsor,
    Study,
)

SEEDS = Path(__file__).parents[2] / "seeds"


def study(
    identifier: str,
    *,
    sponsor: str | None = None,
    collaborators: Sequence[str] = (),
    sponsors_without_role: Sequence[str] = (),
    officials: Sequence[tuple[str, str, str | None]] = (),
    contacts: Sequence[Contact] = (),
    locations: Sequence[Location] = (),
    drugs: Sequence[Intervention | str] = (),
    conditions: Sequence[str] = (),
    references: Sequence[str] = (),
    arms: Sequence[str] = (),
    summary: str | None = None,
    other_names: Sequence[str] = (),
    document: str | None = None,
) -> Study:
    """Return a study that states just these names, in a document of its own."""
    made = Study()
    section, protocol = made.catalog_section, made.protocol_section
    section.id = identifier
    section.sources = {"": [Source(document=document or f"{identifier}.txt", first_line=1, last_line=1)]}
    section.sponsors_without_role = [NamedOrganization(name=name) for name in sponsors_without_role]
    section.other_intervention_names = list(other_names)
    module = protocol.sponsor_collaborators_module
    module.lead_sponsor = Sponsor(name=sponsor) if sponsor else None
    module.collaborators = [Sponsor(name=name) for name in collaborators]
    places = protocol.contacts_locations_module
    places.overall_officials = [
        Official(name=name, role=role, affiliation=affiliation) for name, role, affiliation in officials
    ]
    places.central_contacts = list(contacts)
    places.locations = list(locations)
    arms_module = protocol.arms_interventions_module
    arms_module.interventions = [
        Intervention(type="DRUG", name=drug) if isinstance(drug, str) else drug for drug in drugs
    ]
    arms_module.arm_groups = [ArmGroup(description=text) for text in arms]
    protocol.conditions_module.conditions = list(conditions)
    protocol.references_module.references = [Reference(citation=text) for text in references]
    protocol.description_module.brief_summary = summary
    return made


def site(
    facility: str | None, city: str | None, *people: str, country: str = "France", role: str = "CONTACT"
) -> Location:
    """Return a location with contacts."""
    return Location(
        facility=facility, city=city, country=country, contacts=[Contact(name=name, role=role) for name in people]
    )


def catalog(*studies: Study, curated: CuratedNames | None = None, slugs: SlugLedger | None = None) -> Identification:
    """Identify *studies*, without curated names unless some are given."""
    return identify(by_id(studies), curated or CuratedNames(), slugs or SlugLedger())


def by_id(studies: Iterable[Study]) -> dict[str, Study]:
    return {one.catalog_section.id or "": one for one in studies}


def entity_of(identification: Identification, kind: Kind, spelling: str) -> Entity:
    """Return the one entity of this *kind* that has this *spelling* or name."""
    found = [
        entity
        for entity in identification.entities.values()
        if entity.kind == kind and (entity.name == spelling or any(one.text == spelling for one in entity.spellings))
    ]
    assert len(found) == 1, f"{spelling!r} is a spelling of {[entity.id for entity in found]}"
    return found[0]


def ids_of(identification: Identification, kind: Kind, studies: Mapping[str, str]) -> dict[str, str]:
    """Return for study -> pointer the id of the entity of *kind* that is linked there."""
    return {
        link.study: link.entity
        for link in identification.links
        if link.kind == kind and studies.get(link.study) == link.pointer
    }


def seed_studies() -> dict[str, Study]:
    """Return the trials of the five seeds with all names that matter here, as the documents write them."""
    interferon = study(
        "NCT06774235",
        sponsor="University Hospital, Limoges",
        conditions=["Sustained Immunosuppression"],
        drugs=["Interferon Gamma 1-b", "Placebo"],
        arms=[
            "Injections of Interferon gamma-1b are sub-cutaneous and preferably in the deltoid region left or right."
        ],
        locations=[
            site("APHP - Raymond Poincaré", "Garches", "Djillali ANNANE, MD"),
            site("Dijon University Hospital", "Dijon", "Jean-Pierre QUENOT, MD"),
            site("Versailles Hospital", "Le Chesnay", "Stéphane LEGRIEL, MD"),
            site("CH de Lens", "Lens", "Nicolas VAN GRUNDEBEECK, MD"),
            site("Limoges University Hospital", "Limoges", "Bruno FRANCOIS, MD"),
            site("APHM", "Marseille", "Sami HRAIECH, MD"),
            site("Nancy University Hospital", "Nancy", "Sébastien GIBOT, MD"),
            site("APHP - Laroiboisière", "Paris", "Nicolas DEYE, MD"),
            site("Aphp - Hegp", "Paris", "Jean-Luc DIEHL, MD"),
            site("APHP - Cochin", "Paris", "Jean-Paul MIRA, MD"),
            site("Strasbourg University Hospital", "Strasbourg", "Louise-Marie JANDEAUX, MD"),
        ],
        document="000.txt",
    )
    bipolar = study(
        "NCT04133233",
        sponsors_without_role=["Iltoo Pharma", "Assistance Publique - Hôpitaux de Paris"],
        officials=[("Marion Leboyer, Pr", "STUDY_CHAIR", "Assistance Publique - Hôpitaux de Paris")],
        drugs=[Intervention(name="ILT101"), Intervention(name="Placebos")],
        arms=["IL-2 (ILT-101) Sub-cutaneous\n1 million UI/j", "placebo Sub-cutaneous"],
        locations=[site("Pr Marion Leboyer", "Créteil, Hôpital Albert Chenevier")],
        references=[
            (
                "Leboyer M, Foiselle M, Tchitchek N, Rosenzwajg M, Klatzmann D. Low-dose interleukin-2 in patients "
                "with bipolar depression: A phase 2 trial. Brain Behav Immun. 2025 Jan;123:177-184."
            ),
            "Poletti S, Zanardi R, Mandelli A, Benedetti F. Low-dose interleukin 2 antidepressant potentiation.",
        ],
        document="001.txt",
    )
    lupus = study(
        "NCT02955615",
        sponsor="Iltoo Pharma",
        officials=[
            (
                "David Klatzmann, MD, PhD",
                "PRINCIPAL_INVESTIGATOR",
                "Assistance Publique Hôpitaux de Paris (AP-HP)",
            )
        ],
        drugs=["ILT-101", "Placebo"],
        other_names=["Low dose IL-2"],
        summary="To evaluate ILT-101 (human recombinant interleukin 2 (IL-2)) in patients with lupus.",
        conditions=["Systemic Lupus Erythematosus"],
        locations=[
            site("Hopital Claude Huriez", "Lille"),
            site("Hopital Européen", "Marseille"),
            site("University Multiprofile Hospital", "Sofia", country="Bulgaria"),
        ],
        references=[
            (
                "Humrich JY, Cacoub P, Rosenzwajg M, Tsokos G, Klatzmann D. Low-dose interleukin-2 therapy in active "
                "systemic lupus erythematosus (LUPIL-2). Ann Rheum Dis. 2022 Dec;81(12):1685-1694."
            )
        ],
        document="003.txt",
    )
    shock = study(
        "NCT02883803",
        conditions=["Septic Shock"],
        officials=[
            (
                "Sébastien GIBOT",
                "PRINCIPAL_INVESTIGATOR",
                "Service de Réanimation Médicale, Hôpital Central, 54035, Nancy Cedex",
            )
        ],
        contacts=[
            Contact(name="Sébastien GIBOT", email="s.gibot@chu-nancy.fr"),
            Contact(name="Daniele BENSOUSSAN", email="d.bensoussan@chru-nancy.fr"),
        ],
        drugs=[
            Intervention(type="BIOLOGICAL", name="Injection of mesenchymal stem cells"),
            Intervention(type="BIOLOGICAL", name="Injection of albumin alone"),
        ],
        locations=[
            site("Service de Réanimation Médicale, Hôpital Bocage", "Dijon", "Pierre-Emmanuel Charles"),
            site("Service de Réanimation Médicale, Hôpital Central", "Nancy", "Sébastien GIBOT"),
            site("Hôpital Hautepierre, Service de réanimation médicale", "Strasbourg"),
            site("UTCT, Hôpital Brabois", "Vandoeuvre-les-Nancy", "Danièle Bensoussan", "Véronique Decot"),
        ],
        document="004.txt",
    )
    shock.protocol_section.sponsor_collaborators_module.responsible_party = ResponsibleParty(
        old_organization="Central Hospital, Nancy, France"
    )
    hap = [
        study(
            identifier,
            conditions=["Hospital-Acquired Pneumonia"],
            drugs=[
                "human recombinant Interleukin-12 (rHuIL-12, HemaMax®)",
                "human recombinant Interferon gamma 1b (rHuIFN-γ, Imukin)",
                "placebo",
            ],
            document="002.txt",
        )
        for identifier in ("prev-hap", "treat-hap")
    ]
    return by_id([interferon, bipolar, lupus, shock, *hap])


def seed_names() -> CuratedNames:
    """Return the project's own curated names."""
    return load_curated(SEEDS)
