"""Everything that a trial's page shows, computed before the template prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.language.formats import plural
from generator.language.messages import gettext
from generator.model.study import Contact, Study
from generator.pages.error_report import report_link
from generator.pages.figures.maps import places_of, site_map
from generator.pages.links import Linker
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join, plain
from generator.pages.text.phrases import trial_title
from generator.pages.text.prose import write
from generator.pages.trial import (
    arms,
    dates,
    design,
    documents,
    eligibility,
    empty_sections,
    gaps,
    head,
    identifiers,
    matrix,
    outcomes,
    people,
    quotes,
    references,
    registry_notes,
    sites,
)
from generator.pages.trial.cite import CitationView, cite
from generator.pages.trial.completeness_words import completeness_summary
from generator.pages.trial.criteria import number_of, part_criteria
from generator.pages.trial.eligibility import CriteriaColumn
from generator.pages.trial.gaps import CompletenessRow, Difference, Missing
from generator.pages.trial.history import HistoryView, history
from generator.pages.trial.parts import NOTHING_ELSEWHERE, Fact, Facts, Group, Notice, Part, with_gaps_last
from generator.pages.trial.pointers import CATALOG, CONTACTS, DESCRIPTION, ELIGIBILITY, IDENTIFICATION
from generator.pages.trial.sites import SiteGroup
from generator.pages.trial.timeline import Timeline, timeline
from generator.pages.trial.values import TrialValues

_MOST_OPEN_SITES = 30
"""More sites than this are folded, by country."""

_MANY_WORDS = 250
"""A longer description is folded."""


@dataclass(frozen=True)
class TrialView:
    """A trial's page, ready to print."""

    elsewhere: Mapping[str, Markdown]
    """Links to the parts that have pages of their own, by their names."""
    level: Markdown
    """Headings inside of parts are written with so many of these signs."""
    front_title: str
    front_description: str
    title: Markdown
    kicker: Markdown
    chips: tuple[Markdown, ...]
    actions: Markdown
    """Links to what else can be done with the trial, as HTML."""
    official_title: Markdown
    flags: tuple[Notice, ...]
    """What to know of the record."""
    tested: Markdown
    """What the trial is about, in a sentence of its document."""
    key_facts: tuple[Fact, ...]
    silent: Markdown
    """What the documents say nothing about: the sections that are left out."""
    terms: tuple[Fact, ...]
    summary: Markdown
    detailed: Markdown
    detailed_length: str
    """How many words the detailed description has, where it is so long that it is folded."""
    objectives: tuple[Markdown, ...]
    joint: tuple[Part, ...]
    design: Facts
    arms: tuple[Part, ...]
    interventions: tuple[Part, ...]
    matrix: Markdown
    """Which arm gets what, as a block of HTML."""
    other_names: Markdown
    outcomes: tuple[Group, ...]
    eligibility: Facts
    criteria: tuple[CriteriaColumn, ...]
    criteria_whole: Markdown
    criteria_remark: Markdown
    criteria_mark: Markdown
    site_map: Markdown
    """Where the sites are, as a block of HTML."""
    sites: tuple[SiteGroup, ...]
    sites_folded: bool
    site_remarks: tuple[Markdown, ...]
    no_sites: Markdown
    central_contacts: tuple[Part, ...]
    loose_contacts: tuple[Part, ...]
    contacts_hidden: bool
    sponsors: tuple[Fact, ...]
    sponsor_remark: Markdown
    people: tuple[Part, ...]
    references: tuple[Part, ...]
    related: tuple[Part, ...]
    sharing: Facts
    identifiers: Facts
    dates: Facts
    timeline: Timeline
    registry_fields: Markdown
    """The link to the page of the registry's own fields."""
    record_file: Markdown
    mentions: tuple[Part, ...]
    unread: tuple[Part, ...]
    differences: tuple[Difference, ...]
    missing: Missing
    completeness: tuple[CompletenessRow, ...]
    completeness_summary: str
    inferences: tuple[Markdown, ...]
    documents: tuple[Part, ...]
    one_record: bool
    """True where all is from one line of one document."""
    cite: CitationView
    sources: tuple[Fact, ...]
    """The sources of values of which only the first one is shown beside the value: they have a page of their own."""
    other_marks: int
    """How many bytes are marks of documents that state a value after the first one."""
    history: HistoryView
    has_feed: bool
    report_link: Markdown


def trial_view(study: Study, linker: Linker, elsewhere: Mapping[str, Markdown] = NOTHING_ELSEWHERE) -> TrialView:
    """Return the page of *study*, as *linker* links it.

    *elsewhere* has the links that stand in the place of parts, by the names of
    :data:`~generator.pages.trial.parts.PARTS`; nothing for those that stand on this page.
    """
    values = TrialValues(study, linker)
    if elsewhere["sources"]:
        values.provenance.sources_page = linker.paths.part_of_trial(values.id, "sources")
    identification = values.protocol.identification_module
    title = trial_title(values.study)
    criteria = part_criteria(values.protocol.eligibility_module.eligibility_criteria or "")
    summary = values.protocol.description_module.brief_summary
    detailed = values.protocol.description_module.detailed_description or ""
    show = values.linker.settings.contacts
    columns = []
    if values.protocol.eligibility_module.eligibility_criteria and criteria.parted:
        for label, blocks in (
            (gettext("Inclusion criteria"), criteria.inclusion),
            (gettext("Exclusion criteria"), criteria.exclusion),
        ):
            body = values.absent(f"{ELIGIBILITY}/eligibilityCriteria")
            if blocks:
                body = values.block_in_language(write(blocks, show_contacts=show))
            columns.append(CriteriaColumn(label, number_of(blocks), body))
    table = matrix.matrix(values)
    loose = values.section.contacts_without_site if show else []
    number_of_sites = len(values.protocol.contacts_locations_module.locations)
    return TrialView(
        elsewhere=elsewhere,
        level=Markdown("####" if linker.page == linker.paths.trial(values.id) else "##"),
        front_title=front_matter(title),
        front_description=front_matter(head.description(values)),
        title=values.in_language(escape(plain(title))) + values.provenance.doubts(*head.title_pointers(values)),
        kicker=head.kicker(values),
        chips=head.chips(values),
        actions=head.actions(values),
        official_title=(
            values.value(
                values.in_language(values.linker.text(identification.official_title)), f"{IDENTIFICATION}/officialTitle"
            )
            if identification.official_title and identification.official_title != identification.brief_title
            else NOTHING
        ),
        flags=tuple(head.flags(values)),
        tested=head.tested(values),
        key_facts=with_gaps_last(head.key_facts(values)),
        silent=empty_sections.empty_sections(values),
        terms=tuple(head.terms(values)),
        summary=values.text_section(summary, f"{DESCRIPTION}/briefSummary") if summary else NOTHING,
        detailed=values.text_section(detailed, f"{DESCRIPTION}/detailedDescription") if detailed else NOTHING,
        detailed_length=plural(length, "{n} word", "{n} words")
        if (length := len(detailed.split())) > _MANY_WORDS
        else "",
        objectives=tuple(
            values.value(values.in_language(values.linker.text(text)), f"{CATALOG}/objectives/{index}")
            for index, text in enumerate(values.section.objectives)
        ),
        joint=tuple(quotes.joint(values)),
        design=values.grouped([*design.design(values), *registry_notes.registry_notes(values)]),
        arms=tuple(
            arms.arm(values, index, arm, linked=not table)
            for index, arm in enumerate(values.protocol.arms_interventions_module.arm_groups)
        ),
        interventions=tuple(
            arms.intervention(values, index, item, linked=not table)
            for index, item in enumerate(values.protocol.arms_interventions_module.interventions)
        ),
        matrix=table,
        other_names=join(
            [
                values.value(
                    values.name(text, f"{CATALOG}/otherInterventionNames/{index}"),
                    f"{CATALOG}/otherInterventionNames/{index}",
                )
                for index, text in enumerate(values.section.other_intervention_names)
            ]
        ),
        outcomes=tuple(outcomes.first_outcomes(values) if elsewhere["outcomes"] else outcomes.outcomes(values)),
        eligibility=values.grouped(eligibility.eligibility(values)),
        criteria=tuple(columns),
        criteria_whole=values.block_in_language(write(criteria.whole, show_contacts=show)),
        criteria_remark=values.lost_remark(f"{ELIGIBILITY}/eligibilityCriteria")
        if columns or criteria.whole
        else NOTHING,
        criteria_mark=values.provenance.tags(f"{ELIGIBILITY}/eligibilityCriteria")
        + values.provenance.mark(f"{ELIGIBILITY}/eligibilityCriteria"),
        site_map=site_map(places_of([values.id], linker), linker) or NOTHING,
        sites=() if elsewhere["sites"] else tuple(sites.sites(values)),
        sites_folded=number_of_sites > _MOST_OPEN_SITES,
        site_remarks=tuple(sites.site_remarks(values)),
        no_sites=sites.without_sites(values),
        central_contacts=tuple(
            sites.contact(values, item, f"{CONTACTS}/centralContacts/{index}")
            for index, item in enumerate(values.protocol.contacts_locations_module.central_contacts if show else [])
        ),
        loose_contacts=tuple(
            sites.contact(
                values,
                Contact(name=item.name, role=item.role, phone=item.phone, phone_ext=item.phone_ext, email=item.email),
                f"{CATALOG}/contactsWithoutSite/{index}",
            )
            for index, item in enumerate(loose)
        ),
        contacts_hidden=not show,
        sponsors=tuple(people.sponsors(values)),
        sponsor_remark=people.sponsor_remark(values),
        people=tuple(people.people(values)),
        references=tuple(
            references.first_references(values) if elsewhere["publications"] else references.references(values)
        ),
        related=tuple(references.related(values)),
        sharing=values.grouped(references.sharing(values)),
        identifiers=values.grouped(identifiers.identifiers(values)),
        dates=values.grouped(dates.dates(values)),
        timeline=timeline(values),
        registry_fields=identifiers.link_to_registry_fields(values),
        record_file=head.record_file(values),
        mentions=tuple(quotes.mentions(values)),
        unread=tuple(quotes.unread(values)),
        differences=tuple(gaps.differences(values)),
        missing=gaps.missing(values),
        completeness=tuple(gaps.completeness(values)),
        completeness_summary=completeness_summary(values.section.completeness),
        inferences=tuple(documents.inferences(values)),
        documents=tuple(documents.documents(values)),
        one_record=values.provenance.only_line is not None,
        cite=cite(values),
        history=history(values),
        has_feed=linker.settings.history,
        report_link=report_link(
            values.linker, gettext("Trial {trial}").format(trial=values.id), f"content/{values.linker.page.file}"
        ),
        sources=tuple(documents.sources_left_out(values)),
        other_marks=values.provenance.others,
    )
