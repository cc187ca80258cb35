"""A registry's public API to documents: one module a registry, found by entry points ``trial_catalog.registries``."""
