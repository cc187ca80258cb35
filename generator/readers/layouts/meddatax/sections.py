"""A page of the site, cut into its sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from generator.model.document import Document, Line, LineRole
from generator.readers.layouts.meddatax.tables import RESULTS_HEADING, RESULTS_LINK, RESULTS_SENTENCES, SECTIONS

_FEWEST_MARKS = 2
"""Headings with their sentence that a page of the site has at least; a quotation has one."""


@dataclass(slots=True)
class Page:
    """The filled lines of a page by section; headings and the site's sentences are accounted for already."""

    head: list[Line] = field(default_factory=list)
    """Lines before the first section: title, number, date."""
    results: list[Line] = field(default_factory=list)
    """Lines of "Study Results" without its heading."""
    sections: dict[str, list[Line]] = field(default_factory=dict)
    """Heading -> lines below its sentence.  A section that occurs twice has the lines of the first."""
    surplus: list[Line] = field(default_factory=list)
    """Lines of sections that occur a second time."""

    def lines(self, heading: str) -> list[Line]:
        """Return the lines of the section with this heading, none where it is missing."""
        return self.sections.get(heading, [])


def normalised(text: str) -> str:
    """Return *text* with runs of blanks as one, for comparing with the site's sentences."""
    return " ".join(text.split())


def heading_marks(document: Document) -> int:
    """Return how many of the site's headings stand right above their own sentence in *document*."""
    if sum(sentence in document.text for sentence in SECTIONS.values()) < _FEWEST_MARKS:
        return 0
    lines = document.filled()
    return sum(
        SECTIONS[heading] == normalised(below.text)
        for here, below in pairwise(lines)
        if (heading := here.stripped) in SECTIONS
    )


def cut(document: Document) -> Page:
    """Cut *document* into sections and account for headings and the site's own sentences."""
    page = Page()
    here = page.head
    lines = document.filled()
    position = 0
    while position < len(lines):
        line = lines[position]
        text = normalised(line.text)
        below = lines[position + 1] if position + 1 < len(lines) else None
        heading = text.removeprefix(RESULTS_LINK)
        if heading in SECTIONS and (below is None or normalised(below.text) == SECTIONS[heading]):
            document.account(line.number, LineRole.HEADING, heading)
            if below is not None:
                document.account(below.number, LineRole.BOILERPLATE, f"the site's sentence about {heading}")
            here = page.surplus if heading in page.sections else page.sections.setdefault(heading, [])
            position += 2
            continue
        if text == RESULTS_HEADING and here is page.head and not page.results:
            document.account(line.number, LineRole.HEADING, RESULTS_HEADING)
            here = page.results
        elif text == RESULTS_LINK and here is page.results:
            document.account(line.number, LineRole.BOILERPLATE, "link to the results")
        elif here is page.results and text not in RESULTS_SENTENCES:
            page.surplus.append(line)
        else:
            here.append(line)
        position += 1
    return page
