"""Studies to catalog: which names are one entity, and why."""

from generator.identity.curated import CuratedNames, load_curated
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger

__all__ = ["CuratedNames", "Identification", "SlugLedger", "identify", "load_curated"]
