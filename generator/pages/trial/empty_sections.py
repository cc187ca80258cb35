"""The sections of a trial's page that have nothing to show, told in one sentence for each reason."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.formats import format_list
from generator.language.messages import gettext, gettext_noop
from generator.pages.text.escaping import NOTHING, Markdown, escape, join
from generator.pages.trial import design, eligibility
from generator.pages.trial.parts import NOT_IN_THIS_COPY, NOT_READ, Gap, only_gaps
from generator.pages.trial.pointers import (
    ARMS,
    CATALOG,
    CONTACTS,
    DESCRIPTION,
    DESIGN,
    ELIGIBILITY,
    IDENTIFICATION,
    OUTCOMES,
    REFERENCES,
    SPONSORS,
    STATUS,
)
from generator.pages.trial.sites import without_sites
from generator.pages.trial.timeline import key_dates
from generator.pages.trial.values import TrialValues

_ALONE = {
    "a summary": gettext_noop("A summary"),
    "dates": gettext_noop("Dates"),
    "who can take part": gettext_noop("Who can take part"),
    "arms and interventions": gettext_noop("Arms and interventions"),
    "arms": gettext_noop("Arms"),
    "what is measured": gettext_noop("What is measured"),
    "the design": gettext_noop("The design"),
    "sites and contacts": gettext_noop("Sites and contacts"),
    "sponsors and people": gettext_noop("Sponsors and people"),
    "publications": gettext_noop("Publications"),
    "registry numbers": gettext_noop("Registry numbers"),
}
"""Sections as a sentence calls them -> the same at its beginning; messages."""


def empty_sections(values: TrialValues) -> Markdown:
    """Return which sections have nothing to show: because of the documents, or because of this copy of the record."""
    reasons: dict[str, list[str]] = {}
    others: list[Markdown] = []
    for name, pointers in _silent(values):
        why = values.absent(*pointers)
        if isinstance(why, Gap):
            reasons.setdefault(why.reason, []).append(gettext(name))
        else:
            others.append(Markdown(f"{escape(gettext(_ALONE[name]))}: {why}."))
    sentences = []
    for reason, names in reasons.items():
        if reason == NOT_IN_THIS_COPY:
            message = gettext("Not in this copy of the record: {names}.")
        elif reason == NOT_READ:
            message = gettext("Not read from prose: {names}. [The documents](#documents) may tell.")
        else:
            message = gettext("The documents say nothing about {names}.")
        sentences.append(Markdown(message.format(names=escape(format_list(names)))))
    return join([*sentences, *others], " ") if sentences or others else NOTHING


def _silent(values: TrialValues) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of each section that has nothing to show, and the pointers of what it would show."""
    protocol, section = values.protocol, values.section
    if not protocol.description_module.brief_summary and not section.objectives:
        yield gettext_noop("a summary"), (f"{DESCRIPTION}/briefSummary",)
    if not any(key_dates(values)) and not protocol.status_module.why_stopped:
        yield gettext_noop("dates"), (f"{STATUS}/startDateStruct",)
    if only_gaps(eligibility.eligibility(values)) and not protocol.eligibility_module.eligibility_criteria:
        yield gettext_noop("who can take part"), (f"{ELIGIBILITY}/eligibilityCriteria",)
    arms = protocol.arms_interventions_module
    if not arms.arm_groups and not arms.interventions and not section.other_intervention_names:
        yield gettext_noop("arms and interventions"), (f"{ARMS}/armGroups", f"{ARMS}/interventions")
    elif not arms.arm_groups:
        yield gettext_noop("arms"), (f"{ARMS}/armGroups",)
    module = protocol.outcomes_module
    told = (*module.primary_outcomes, *module.secondary_outcomes, *module.other_outcomes)
    if not told and not section.outcomes_without_type:
        yield gettext_noop("what is measured"), (f"{OUTCOMES}/primaryOutcomes", OUTCOMES)
    if only_gaps(design.design(values)):
        yield gettext_noop("the design"), (f"{DESIGN}/designInfo",)
    places = protocol.contacts_locations_module
    listed = places.locations or places.central_contacts or section.countries or section.contacts_without_site
    if not listed and not without_sites(values):
        yield gettext_noop("sites and contacts"), (f"{CONTACTS}/locations", f"{CATALOG}/countries")
    sponsors = protocol.sponsor_collaborators_module
    named = sponsors.lead_sponsor or sponsors.collaborators or sponsors.responsible_party
    if not (named or section.sponsors_without_role or section.responsible_party or places.overall_officials):
        yield gettext_noop("sponsors and people"), (f"{SPONSORS}/leadSponsor",)
    if not protocol.references_module.references and not protocol.references_module.see_also_links:
        yield gettext_noop("publications"), (f"{REFERENCES}/references",)
    numbers = protocol.identification_module
    if not (numbers.nct_id or numbers.org_study_id_info or numbers.secondary_id_infos):
        yield gettext_noop("registry numbers"), (f"{IDENTIFICATION}/secondaryIdInfos",)
