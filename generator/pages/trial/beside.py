"""Parts of a trial that have a page beside its own, since they are long."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generator.language.formats import plural
from generator.language.messages import gettext
from generator.model.study import Study
from generator.pages.links import Linker
from generator.pages.text.escaping import Markdown, escape, front_matter, join, plain
from generator.pages.text.phrases import trial_title
from generator.pages.trial import head
from generator.pages.trial.page import TrialView, trial_view
from generator.pages.trial.parts import NOTHING_ELSEWHERE, PARTS
from generator.pages.trial.values import TrialValues

LONGEST_PAGE = 36_000
"""Bytes of Markdown of a trial's page above which its longest parts get pages of their own.

With these a page has under 60,000 bytes of HTML: of the 778 trials in the registries' samples each has 1.04 times the
bytes of its Markdown, and some 20,000 that the theme puts around it.
"""

SHORTEST_PART = 1_500
"""Bytes of Markdown that a part has at least which is worth a page."""


@dataclass(frozen=True)
class PartView:
    """The page of one part of a trial, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    kicker: Markdown
    back: Markdown
    part: str
    """One of :data:`~generator.pages.trial.parts.PARTS`."""
    trial: TrialView


def part_view(part: str, study: Study, linker: Linker, elsewhere: Mapping[str, Markdown]) -> PartView:
    """Return the page of a *part* of *study*, as *linker* links it; *elsewhere* as for the trial's own page."""
    identifier = study.catalog_section.id or ""
    title = gettext("{part}: {trial}").format(part=gettext(PARTS[part]), trial=trial_title(study))
    back = [linker.trial(identifier, gettext("The trial itself")), TrialValues(study, linker).provenance.named_once()]
    kind = gettext("Clinical trial")
    kicker = f"{kind} · {identifier}"
    return PartView(
        front_title=front_matter(title),
        front_description=front_matter(f"{kicker} · {gettext(PARTS[part])}"),
        title=escape(plain(title)),
        kicker=escape(kicker),
        back=join([link for link in back if link], " · "),
        part=part,
        trial=trial_view(study, linker, elsewhere if part == "sources" else NOTHING_ELSEWHERE),
    )


def links_to_parts(study: Study, parts: Collection[str], linker: Linker) -> dict[str, Markdown]:
    """Return the links that stand in the place of *parts* of *study*, which have pages of their own; else nothing."""
    identifier = study.catalog_section.id or ""
    protocol, flags = study.protocol_section, study.catalog_section.flags
    module = protocol.outcomes_module
    outcomes = [*module.primary_outcomes, *module.secondary_outcomes, *module.other_outcomes]
    words = {
        "sites": plural(
            len(protocol.contacts_locations_module.locations), "{n} site, by country", "All {n} sites, by country"
        ),
        "publications": plural(len(protocol.references_module.references), "{n} publication", "All {n} publications"),
        "outcomes": plural(
            len(outcomes) + len(study.catalog_section.outcomes_without_type), "{n} outcome", "All {n} outcomes"
        ),
    }
    if "flags" in parts:
        shown = list(head.flags(TrialValues(study, linker)))
        words["flags"] = plural(len(shown), "{n} flag on this record", "{n} flags on this record")
    links = dict(NOTHING_ELSEWHERE)
    for part in parts:
        own_page = gettext("{part}: see its own page").format(part=gettext(PARTS[part]))
        link = linker.to(linker.paths.part_of_trial(identifier, part), words.get(part, own_page))
        # Marks of values lead to the flags on this page.
        anchors = head.flag_anchors(range(1, len(flags) + 1)) if part == "flags" else ""
        links[part] = Markdown(anchors + link)
    return links
