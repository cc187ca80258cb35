"""A trial's page, made from one study."""

from __future__ import annotations

from generator.model.catalog import Catalog, Entity
from generator.model.document import Document
from generator.model.study import Study
from generator.pages.links import Linker
from generator.pages.paths import PageAddress, SitePaths
from generator.pages.trial.values import TrialValues
from generator.settings import Settings

NUMBER = "NCT00000001"


def study_of(number: str = NUMBER, title: str = "A trial") -> Study:
    """Return a study of which a document says no more than its title."""
    study = Study()
    study.catalog_section.id = number
    study.protocol_section.identification_module.brief_title = title
    return study


def catalog_of(*studies: Study, entities: tuple[Entity, ...] = ()) -> Catalog:
    """Return a catalog of these studies with one document of three lines."""
    catalog = Catalog()
    catalog.studies = {study.catalog_section.id or "": study for study in studies}
    catalog.entities = {(entity.kind, entity.id): entity for entity in entities}
    catalog.documents = {"one.txt": Document("one.txt", "one\ntwo\nthree\n")}
    return catalog


def linker_of(catalog: Catalog, number: str = NUMBER) -> Linker:
    """Return the linker of a trial's page."""
    settings = Settings()
    paths = SitePaths(catalog, settings)
    return Linker(paths.trial(number) or PageAddress("trials/none.md"), catalog, paths, settings)


def values_of(study: Study) -> TrialValues:
    """Return the values of a study that is alone in its catalog."""
    return TrialValues(study, linker_of(catalog_of(study)))
