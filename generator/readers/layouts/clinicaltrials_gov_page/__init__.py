"""The page that ClinicalTrials.gov has today, ``/study/NCT…``: saved as HTML, copied as text, or extracted as Markdown.

The page prints the record under fixed headings, each with labels below it: ``tables`` has both.  ``lines`` makes one
form of the three; ``page`` walks down the lines, ``arms``, ``outcomes`` and ``places`` read what stands in tables, and
``reader`` is the reader.

It rests on the headings and labels of the site as public programs reproduce them, and on the names of API v2; no whole
saved page was at hand.  Lines that are not as expected stay unread and are shown.
"""

from __future__ import annotations

from generator.readers.layouts.clinicaltrials_gov_page.reader import READER

__all__ = ["READER"]
