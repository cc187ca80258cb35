"""Legacy ClinicalTrials.gov XML (``clinical_study``), in the schemas of 2013 to 2023.

``mapping`` says where each element belongs in API v2, ``conversion`` how its text becomes a value, ``markup`` how
the registry's indented text becomes its later Markdown, and ``record`` carries it out and keeps count of what has
been read, so that nothing is dropped silently.
"""

from __future__ import annotations

from generator.readers.layouts.clinicaltrials_gov_xml.record import READER

__all__ = ["READER"]
