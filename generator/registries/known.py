"""The registries that records can be fetched from: entry points of the group ``trial_catalog.registries``."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import entry_points

from generator.registries.registry import Registry

GROUP = "trial_catalog.registries"


def registries() -> list[Registry]:
    """Return all registries that installed packages offer, by name; ours among them.

    Raises ValueError where two of them want the same kind of number.
    """
    found: dict[str, Registry] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        registry: Registry = entry.load()
        if registry.kind in found:
            raise ValueError(
                f"two packages offer a registry for numbers of the kind {registry.kind!r}: {found[registry.kind].name} "
                f"and {registry.name}; remove one of them"
            )
        found[registry.kind] = registry
    return list(found.values())


def registry_called(name: str, known: Sequence[Registry]) -> Registry | None:
    """Return the registry with this name or kind of number, in any case of letters."""
    wanted = name.casefold()
    return next((one for one in known if wanted in (one.name.casefold(), one.kind.casefold())), None)
