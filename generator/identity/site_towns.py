"""The towns that belong to a name: those of the sites that name it."""

from __future__ import annotations

from generator.identity.identification import Identification
from generator.model.catalog import Kind


def towns_of_entities(identification: Identification) -> dict[tuple[Kind, str], set[str]]:
    """Return for entities, by kind and id, the ids of the towns of the sites beside which they are named."""
    at: dict[tuple[str, str], str] = {}
    for link in identification.links:
        if link.role == "siteCity":
            at[link.study, _site(link.pointer)] = link.entity
    found: dict[tuple[Kind, str], set[str]] = {}
    for link in identification.links:
        town = at.get((link.study, _site(link.pointer)))
        if town and "/locations/" in link.pointer:
            found.setdefault((link.kind, link.entity), set()).add(town)
    return found


def _site(pointer: str) -> str:
    base, found, rest = pointer.partition("/locations/")
    return f"{base}{found}{rest.partition('/')[0]}"
