"""The MkDocs plugin ``trial-catalog``."""

from generator.plugin import TrialCatalogPlugin

__all__ = ["TrialCatalogPlugin"]
