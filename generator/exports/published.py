"""What of a catalog may be published: all exporters read it here, and none can forget the setting `contacts`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

import msgspec

from generator.exports.contacts import without_contacts
from generator.model.catalog import Catalog, Entity, Kind, Link
from generator.model.pointers import Json
from generator.model.sentence import in_english
from generator.model.study import Study
from generator.pages.catalog_version import catalog_version
from generator.pages.paths import CONTACT_ROLES, SitePaths, is_only_contact
from generator.pages.text.contacts import contacts_stated
from generator.settings import Settings


@dataclass(slots=True)
class PublishedStudy:
    """A study as it may be published."""

    id: str
    record: dict[str, Any]
    """In the names of API v2, without empty parts, with ``catalogSection``."""
    nct_id: str | None
    page: str
    """Address of its page below the site's root."""
    links: list[Link]
    """What it names, sorted by kind and entity."""
    rows: Any = None
    """Its rows in all tables, once they are made; see :mod:`generator.exports.tables.rows`."""

    @property
    def section(self) -> dict[str, Any]:
        """The catalog's own section."""
        return cast("dict[str, Any]", self.record.get("catalogSection", {}))

    @property
    def entities(self) -> dict[str, str]:
        """Pointer of a name -> ``kind/id`` of what it stands for."""
        return cast("dict[str, str]", self.section.get("entities", {}))

    @property
    def protocol(self) -> dict[str, Any]:
        """The registration."""
        return cast("dict[str, Any]", self.record.get("protocolSection", {}))

    def module(self, name: str) -> dict[str, Any]:
        """Return a module of the registration, empty where nothing of it is stated."""
        return cast("dict[str, Any]", self.protocol.get(name, {}))


class PublishedCatalog:
    """A catalog without what its owner keeps back."""

    def __init__(self, catalog: Catalog, paths: SitePaths, settings: Settings) -> None:
        """Publish *catalog*, whose pages are at *paths*, as *settings* say."""
        self._catalog = catalog
        self._paths = paths
        self.settings = settings

    @cached_property
    def version(self) -> str:
        """What the catalog is cited with: the same documents and curated names give the same."""
        return catalog_version(self._catalog)

    @cached_property
    def spellings(self) -> dict[str, dict[str, int]]:
        """``kind/id`` of what names stand for -> its spellings, each with its number, from 0."""
        return {
            f"{entity.kind}/{entity.id}": {one.text: number for number, one in enumerate(entity.spellings)}
            for entity in self.entities()
        }

    def studies(self) -> Iterator[PublishedStudy]:
        """Yield the studies, sorted by their ids; each is in memory only while it is looked at."""
        for identifier, study in self._catalog.studies.items():
            yield self.study(identifier, study)

    def study(self, identifier: str, study: Study) -> PublishedStudy:
        """Return one study as it may be published."""
        record = cast("dict[str, Any]", msgspec.to_builtins(study))
        record["catalogSection"] = in_english(record.get("catalogSection", {}))
        entities = record["catalogSection"].get("entities", {})
        if not self.settings.contacts:
            stated = contacts_stated(study)
            record = cast("dict[str, Any]", without_contacts(cast("Json", record), stated))
            record.setdefault("catalogSection", {})["entities"] = {
                pointer: entity for pointer, entity in entities.items() if self._is_shown(entity)
            }
        address = self._paths.trial(identifier)
        nct_id = record.get("protocolSection", {}).get("identificationModule", {}).get("nctId")
        return PublishedStudy(identifier, record, nct_id, address.url if address else "", self._links_of(identifier))

    def entities(self) -> Iterator[Entity]:
        """Yield what names stand for, sorted by kind and id."""
        for entity in self._catalog.entities.values():
            if self.settings.contacts:
                yield entity
            elif not is_only_contact(entity):
                yield self._without_contacts(entity)

    def shows(self, kind: Kind, identifier: str) -> bool:
        """Tell whether an entity may be named."""
        return self._is_shown(f"{kind}/{identifier}")

    def entity_page(self, entity: Entity) -> str:
        """Return the address of an entity's page below the site's root; empty where it has none."""
        address = self._paths.entity(entity.kind, entity.id)
        return address.url if address else ""

    def _links_of(self, study: str) -> list[Link]:
        links = self._catalog.links_of_study(study)
        if self.settings.contacts:
            return links
        return [link for link in links if link.role not in CONTACT_ROLES and self.shows(link.kind, link.entity)]

    @cached_property
    def _hidden(self) -> frozenset[str]:
        if self.settings.contacts:
            return frozenset()
        return frozenset(
            f"{entity.kind}/{entity.id}" for entity in self._catalog.entities.values() if is_only_contact(entity)
        )

    def _is_shown(self, entity: str) -> bool:
        return entity not in self._hidden

    def _without_contacts(self, entity: Entity) -> Entity:
        kept = cast("dict[str, Any]", without_contacts(cast("Json", msgspec.to_builtins(entity))))
        kept["roles"] = [role for role in kept.get("roles", ()) if role not in CONTACT_ROLES]
        return msgspec.convert(kept, Entity)
