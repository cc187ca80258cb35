"""What a catalog is cited with."""

from __future__ import annotations

import hashlib

from generator.model.catalog import Catalog


def newest_document(catalog: Catalog) -> str:
    """Return the newest date that a document gives for its content; empty where none gives one."""
    return max(
        (
            document.as_of[:10]
            for study in catalog.outlines.values()
            for document in study.catalog_section.documents
            if document.as_of
        ),
        default="",
    )


def catalog_version(catalog: Catalog) -> str:
    """Return what a search is cited with: the same documents and curated names give the same ten characters."""
    digest = hashlib.sha256()
    for document in sorted(set(catalog.digests())):
        digest.update(document.encode("utf-8", "replace") + b"\0")
    for entity in catalog.entities.values():
        spellings = "\0".join(spelling.text for spelling in entity.spellings)
        digest.update(f"{entity.kind}/{entity.id}\0{entity.name}\0{spellings}\n".encode("utf-8", "replace"))
    return digest.hexdigest()[:10]
