"""A research project's own page: prose that names its trials by acronym.

Such a page has no fields.  What it states is found by the sentence patterns in the tables below, each a
regular expression and what it states; whatever else the page says of its trials is kept in its own words.
A sentence that speaks of several trials together becomes a joint statement of all of them and never a fact
of one.
"""

from __future__ import annotations

from generator.readers.layouts.project_page.page import READER

__all__ = ["READER"]
