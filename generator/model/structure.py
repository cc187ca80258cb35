"""The base of all types that are written as JSON."""

from __future__ import annotations

import msgspec


class Structure(msgspec.Struct, rename="camel", omit_defaults=True, kw_only=True):
    """A record in memory with snake_case names, in JSON with camelCase names and without empty fields."""


class FrozenStructure(msgspec.Struct, rename="camel", omit_defaults=True, kw_only=True, frozen=True, order=True):
    """The same, for values: hashable, ordered, never changed."""
