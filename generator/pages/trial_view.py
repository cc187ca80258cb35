"""Everything that a trial's page shows, computed before the template prints it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import quote

from generator.model.catalog import Kind, Link
from generator.model.catalog_section import CatalogSection
from generator.model.pointers import escape as pointer_step
from generator.model.registry_numbers import recognise
from generator.model.source import Absence, Source
from generator.model.study import ArmGroup, Contact, DateStruct, Intervention, Location, Outcome, Study
from generator.pages.completeness_words import STATES, WHO_SECTIONS, completeness_summary
from generator.pages.criteria import number_of, part_criteria
from generator.pages.escaping import NOTHING, Markdown, document_text, escape, external_link, front_matter, join, plain
from generator.pages.field_names import field_name, section_anchor
from generator.pages.links import Linker
from generator.pages.prose import prose, write
from generator.pages.provenance import Provenance
from generator.pages.registry_links import DOI, PUBMED, doi
from generator.pages.wording import LAYOUTS, count, date, phase, status, words

PROTOCOL = "/protocolSection"
IDENTIFICATION = f"{PROTOCOL}/identificationModule"
STATUS = f"{PROTOCOL}/statusModule"
SPONSORS = f"{PROTOCOL}/sponsorCollaboratorsModule"
DESCRIPTION = f"{PROTOCOL}/descriptionModule"
CONDITIONS = f"{PROTOCOL}/conditionsModule"
DESIGN = f"{PROTOCOL}/designModule"
ARMS = f"{PROTOCOL}/armsInterventionsModule"
OUTCOMES = f"{PROTOCOL}/outcomesModule"
ELIGIBILITY = f"{PROTOCOL}/eligibilityModule"
CONTACTS = f"{PROTOCOL}/contactsLocationsModule"
REFERENCES = f"{PROTOCOL}/referencesModule"
SHARING = f"{PROTOCOL}/ipdSharingStatementModule"
OVERSIGHT = f"{PROTOCOL}/oversightModule"
CATALOG = "/catalogSection"

JOINT = "said-of-several-trials-together"
"""Anchor of the section that tells what is said of several trials."""

_CONTACT_FIELD = re.compile(r"contact|phone|fax|mail|person|firstname|lastname|address|investigator", re.IGNORECASE)
"""A registry's own fields that may name a contact."""

_MOST_OPEN_SITES = 30
"""More sites than this are folded, by country."""

_LINE = "<br>\n    "
"""A new line inside a fact, which stands in a list item."""


@dataclass(frozen=True)
class Fact:
    """A label and its value, with its labels and sources."""

    label: str
    value: Markdown


@dataclass(frozen=True)
class Facts:
    """Facts with one mark for all, where they stand together in one record."""

    facts: tuple[Fact, ...]
    mark: Markdown = NOTHING


@dataclass(frozen=True)
class Notice:
    """Something to know before reading on."""

    kind: str
    """``warning`` or ``note``."""
    title: str
    body: Markdown
    anchor: str = ""


@dataclass(frozen=True)
class Part:
    """A titled piece of text: an arm, an outcome, an intervention."""

    title: Markdown
    details: tuple[Markdown, ...] = ()
    """Short lines under the title."""
    body: Markdown = NOTHING
    """Blocks."""


@dataclass(frozen=True)
class Group:
    """Parts under one heading, with a remark on them."""

    title: str
    parts: tuple[Part, ...]
    remark: Markdown = NOTHING


@dataclass(frozen=True)
class SiteGroup:
    """The sites of one country."""

    country: str
    sites: tuple[Markdown, ...]
    status: Markdown = NOTHING
    """The status of all of them, where they share it."""


@dataclass(frozen=True)
class RegistryField:
    """A registry's own field, by its own name."""

    name: str
    value: Markdown


@dataclass(frozen=True)
class MissingValue:
    """A value that no document gives, and why."""

    label: str
    reason: Markdown


@dataclass(frozen=True)
class Missing:
    """What is missing, by the three reasons, each told apart."""

    not_stated: tuple[str, ...] = ()
    none: tuple[MissingValue, ...] = ()
    lost: tuple[MissingValue, ...] = ()
    remarks: tuple[MissingValue, ...] = ()
    """Not stated, with more to say than that."""

    @property
    def any(self) -> bool:
        """True where anything is missing."""
        return bool(self.not_stated or self.none or self.lost or self.remarks)


@dataclass(frozen=True)
class CompletenessRow:
    """Items of the WHO Trial Registration Data Set that are in one state."""

    state: str
    items: Markdown


@dataclass(frozen=True)
class Difference:
    """One field of which documents say different things."""

    label: str
    statements: tuple[Markdown, ...]
    """The chosen one first."""
    rule: Markdown


@dataclass(frozen=True)
class CriteriaColumn:
    """Inclusion or exclusion criteria."""

    title: str
    number: int
    body: Markdown


@dataclass(frozen=True)
class TrialView:
    """A trial's page, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    kicker: Markdown
    chips: tuple[Markdown, ...]
    official_title: Markdown
    notices: tuple[Notice, ...]
    glance: tuple[Fact, ...]
    summary: Markdown
    detailed: Markdown
    objectives: tuple[Markdown, ...]
    joint: tuple[Part, ...]
    design: Facts
    arms: tuple[Part, ...]
    interventions: tuple[Part, ...]
    other_names: Markdown
    outcomes: tuple[Group, ...]
    eligibility: Facts
    criteria: tuple[CriteriaColumn, ...]
    criteria_whole: Markdown
    criteria_remark: Markdown
    criteria_mark: Markdown
    sites: tuple[SiteGroup, ...]
    sites_folded: bool
    sites_elsewhere: Markdown
    """The link to the page of the sites, where they have one of their own."""
    site_remarks: tuple[Markdown, ...]
    no_sites: Markdown
    central_contacts: tuple[Part, ...]
    loose_contacts: tuple[Part, ...]
    contacts_hidden: bool
    sponsors: tuple[Fact, ...]
    sponsor_remark: Markdown
    people: tuple[Part, ...]
    references: tuple[Part, ...]
    sharing: Facts
    identifiers: Facts
    dates: Facts
    registry_fields: tuple[RegistryField, ...]
    mentions: tuple[Part, ...]
    unread: tuple[Part, ...]
    differences: tuple[Difference, ...]
    missing: Missing
    completeness: tuple[CompletenessRow, ...]
    completeness_summary: str
    inferences: tuple[Markdown, ...]
    documents: tuple[Part, ...]
    mend: Markdown


def trial_title(study: Study) -> str:
    """Return the title that a study goes by in lists."""
    module = study.protocol_section.identification_module
    title = module.brief_title or module.official_title or study.catalog_section.id or "Trial without a title"
    return f"{title} ({module.acronym})" if module.acronym and module.acronym not in title else title


def status_chip(code: str | None) -> Markdown:
    """Return a status as a small label with a sign, so that its colour is not all that tells."""
    shown = status(code)
    return Markdown(f'<span class="chip chip--{shown.group}">{document_text(shown.label)}</span>')


def trial_view(study: Study, linker: Linker) -> TrialView:
    """Return the page of *study*, as *linker* links it."""
    return _TrialPage(study, linker).view()


@dataclass(frozen=True)
class SitesView:
    """The page of a trial's sites, where they are too many for its own page."""

    front_title: str
    front_description: str
    title: Markdown
    kicker: Markdown
    back: Markdown
    groups: tuple[SiteGroup, ...]


def sites_view(study: Study, linker: Linker) -> SitesView:
    """Return the page of the sites of *study*."""
    identifier = study.catalog_section.id or ""
    title = f"Sites: {trial_title(study)}"
    number = len(study.protocol_section.contacts_locations_module.locations)
    return SitesView(
        front_title=front_matter(title),
        front_description=front_matter(f"The {number:,} sites of {identifier}, by country"),
        title=escape(plain(title)),
        kicker=escape(f"{number:,} sites of clinical trial {identifier}"),
        back=linker.trial(identifier, "The trial itself"),
        groups=tuple(_TrialPage(study, linker).sites()),
    )


class _TrialPage:
    """Builds the parts of one trial's page."""

    def __init__(self, study: Study, linker: Linker) -> None:
        self.study = study
        self.section: CatalogSection = study.catalog_section
        self.protocol = study.protocol_section
        self.linker = linker
        self.provenance = Provenance(study.catalog_section, linker)
        self.id = self.section.id or ""
        self.sites_page = linker.paths.beside(self.id, "sites")
        self._links: dict[str, list[Link]] = {}
        for item in linker.catalog.links_of_study(self.id):
            self._links.setdefault(item.pointer, []).append(item)

    # What stands everywhere

    def value(self, shown: Markdown, *pointers: str) -> Markdown:
        return self.provenance.value(shown, *pointers)

    def tagged(self, shown: Markdown, *pointers: str) -> Markdown:
        return self.provenance.tagged(shown, *pointers)

    def grouped(self, facts: Iterable[Fact]) -> Facts:
        """Return *facts* with one mark for those that stand together in a record."""
        gathered: list[Source] = []
        with self.provenance.gathering(gathered):
            made = tuple(facts)
        return Facts(made, self.provenance.mark_group(gathered))

    def stated(self, value: str | None, pointer: str, say: Callable[[str], str] = str) -> Markdown:
        """Return a stated value with its sources, or why there is none."""
        if value is None or value == "":
            return self.absent(pointer)
        return self.value(self.linker.text(say(value)), pointer)

    def absent(self, *pointers: str) -> Markdown:
        """Return why a value is missing, in a few words."""
        for pointer in pointers:
            absence = self.provenance.absence(pointer)
            if absence is not None and absence.reason == "lostByLayout":
                return Markdown('<span class="absent absent--lost">lost by this layout</span>')
            if absence is not None and absence.reason == "statedAsNone":
                mark = self.provenance.mark_sources(absence.sources)
                return Markdown(f'<span class="absent absent--none">stated as none</span>{mark}')
            if absence is not None and absence.note and self.section.joint_statements:
                return Markdown(f'<span class="absent">[not stated for this trial alone](#{JOINT})</span>')
        return Markdown('<span class="absent">not stated</span>')

    def name(self, text: str, pointer: str, kind: Kind | None = None) -> Markdown:
        """Return a name, linked to the entity that it refers to."""
        for item in self._links.get(pointer, ()):
            if (kind is None or item.kind == kind) and item.role != "referenceAuthor":
                return self.linker.entity(item.kind, item.entity, text)
        return self.linker.text(text)

    def prose(self, text: str | None) -> Markdown:
        return prose(text, show_e_mails=self.linker.settings.contacts) if text else NOTHING

    def lost_remark(self, *pointers: str) -> Markdown:
        """Return what a layout loses of a value that is there."""
        notes = []
        for pointer in pointers:
            absence = self.provenance.absence(pointer)
            if absence is not None and absence.note:
                notes.append(self.linker.text(absence.note) + self.provenance.mark_sources(absence.sources))
        return join(notes, " ")

    # The page

    def view(self) -> TrialView:
        identification = self.protocol.identification_module
        title = trial_title(self.study)
        criteria = part_criteria(self.protocol.eligibility_module.eligibility_criteria or "")
        show = self.linker.settings.contacts
        columns = []
        if self.protocol.eligibility_module.eligibility_criteria and criteria.parted:
            for label, blocks in (("Inclusion", criteria.inclusion), ("Exclusion", criteria.exclusion)):
                body = write(blocks, show_e_mails=show) if blocks else self.absent(f"{ELIGIBILITY}/eligibilityCriteria")
                columns.append(CriteriaColumn(f"{label} criteria", number_of(blocks), body))
        loose = self.section.contacts_without_site if show else []
        number_of_sites = len(self.protocol.contacts_locations_module.locations)
        return TrialView(
            front_title=front_matter(title),
            front_description=front_matter(self.description()),
            title=escape(plain(title)),
            kicker=self.kicker(),
            chips=self.chips(),
            official_title=(
                self.value(self.linker.text(identification.official_title), f"{IDENTIFICATION}/officialTitle")
                if identification.official_title and identification.official_title != identification.brief_title
                else NOTHING
            ),
            notices=tuple(self.notices()),
            glance=tuple(self.glance()),
            summary=self.text_section(self.protocol.description_module.brief_summary, f"{DESCRIPTION}/briefSummary"),
            detailed=self.text_section(
                self.protocol.description_module.detailed_description, f"{DESCRIPTION}/detailedDescription"
            )
            if self.protocol.description_module.detailed_description
            else NOTHING,
            objectives=tuple(
                self.value(self.linker.text(text), f"{CATALOG}/objectives/{index}")
                for index, text in enumerate(self.section.objectives)
            ),
            joint=tuple(self.joint()),
            design=self.grouped(self.design()),
            arms=tuple(
                self.arm(index, arm) for index, arm in enumerate(self.protocol.arms_interventions_module.arm_groups)
            ),
            interventions=tuple(
                self.intervention(index, item)
                for index, item in enumerate(self.protocol.arms_interventions_module.interventions)
            ),
            other_names=join(
                [
                    self.value(
                        self.name(text, f"{CATALOG}/otherInterventionNames/{index}"),
                        f"{CATALOG}/otherInterventionNames/{index}",
                    )
                    for index, text in enumerate(self.section.other_intervention_names)
                ]
            ),
            outcomes=tuple(self.outcomes()),
            eligibility=self.grouped(self.eligibility()),
            criteria=tuple(columns),
            criteria_whole=write(criteria.whole, show_e_mails=show),
            criteria_remark=self.lost_remark(f"{ELIGIBILITY}/eligibilityCriteria")
            if columns or criteria.whole
            else NOTHING,
            criteria_mark=self.provenance.tags(f"{ELIGIBILITY}/eligibilityCriteria")
            + self.provenance.mark(f"{ELIGIBILITY}/eligibilityCriteria"),
            sites=() if self.sites_page else tuple(self.sites()),
            sites_folded=number_of_sites > _MOST_OPEN_SITES,
            sites_elsewhere=self.linker.to(self.sites_page, f"All {number_of_sites:,} sites, by country")
            if self.sites_page
            else NOTHING,
            site_remarks=tuple(self.site_remarks()),
            no_sites=NOTHING
            if self.protocol.contacts_locations_module.locations
            else self.absent(f"{CONTACTS}/locations", f"{CATALOG}/countries"),
            central_contacts=tuple(
                self.contact(item, f"{CONTACTS}/centralContacts/{index}")
                for index, item in enumerate(self.protocol.contacts_locations_module.central_contacts if show else [])
            ),
            loose_contacts=tuple(
                self.contact(
                    Contact(
                        name=item.name, role=item.role, phone=item.phone, phone_ext=item.phone_ext, email=item.email
                    ),
                    f"{CATALOG}/contactsWithoutSite/{index}",
                )
                for index, item in enumerate(loose)
            ),
            contacts_hidden=not show,
            sponsors=tuple(self.sponsors()),
            sponsor_remark=self.sponsor_remark(),
            people=tuple(self.people()),
            references=tuple(self.references()),
            sharing=self.grouped(self.sharing()),
            identifiers=self.grouped(self.identifiers()),
            dates=self.grouped(self.dates()),
            registry_fields=tuple(self.registry_fields()),
            mentions=tuple(self.mentions()),
            unread=tuple(self.unread()),
            differences=tuple(self.differences()),
            missing=self.missing(),
            completeness=tuple(self.completeness()),
            completeness_summary=completeness_summary(self.section.completeness),
            inferences=tuple(self.inferences()),
            documents=tuple(self.documents()),
            mend=mend_link(self.linker, f"Trial {self.id}", f"content/{self.linker.page.file}"),
        )

    def description(self) -> str:
        """Return one sentence on the trial for search engines and previews."""
        module = self.protocol.status_module
        pieces = [self.id, status(module.overall_status).label]
        if self.protocol.design_module.phases:
            pieces.append(phase(self.protocol.design_module.phases))
        conditions = self.protocol.conditions_module.conditions[:3]
        if conditions:
            pieces.append(", ".join(conditions))
        lead = self.protocol.sponsor_collaborators_module.lead_sponsor
        if lead and lead.name:
            pieces.append(lead.name)
        return " · ".join(pieces)

    def kicker(self) -> Markdown:
        numbers = ["Clinical trial"]
        module = self.protocol.identification_module
        if module.nct_id:
            numbers.append(module.nct_id)
        numbers.extend(item.id for item in module.secondary_id_infos if item.id and recognise(item.id))
        if self.section.provisional:
            numbers.append("no registry number yet")
        return self.linker.text(" · ".join(dict.fromkeys(numbers)))

    def chips(self) -> tuple[Markdown, ...]:
        module = self.protocol.status_module
        chips = [self.value(status_chip(module.overall_status), f"{STATUS}/overallStatus")]
        if module.last_known_status:
            chips.append(
                self.value(
                    Markdown(f"before that: {self.linker.text(status(module.last_known_status).label)}"),
                    f"{STATUS}/lastKnownStatus",
                )
            )
        as_of = [document.as_of for document in self.section.documents if document.as_of]
        newest = max(as_of, default=None)
        if newest:
            chips.append(Markdown(f"as of {timed(newest)}"))
        if module.status_verified_date:
            chips.append(
                self.value(
                    Markdown(f"last verified {timed(module.status_verified_date)}"), f"{STATUS}/statusVerifiedDate"
                )
            )
        if not newest and not module.status_verified_date:
            chips.append(Markdown("the documents do not say as of when"))
        return tuple(chips)

    def sponsor_names(self) -> Iterable[Markdown]:
        """Yield the sponsors' names, linked; their sources stand in the section on sponsors."""
        lead = self.protocol.sponsor_collaborators_module.lead_sponsor
        named = [(lead.name, f"{SPONSORS}/leadSponsor/name")] if lead else []
        for index, item in enumerate(self.section.sponsors_without_role):
            named.append((item.name, f"{CATALOG}/sponsorsWithoutRole/{index}/name"))
        for name, pointer in named:
            if name:
                yield self.tagged(self.name(name, pointer), pointer)

    def notices(self) -> Iterable[Notice]:
        if self.section.provisional:
            yield Notice(
                "note",
                "A trial without a registry number",
                self.linker.text(
                    "No document of this catalog gives this trial's number in a registry. "
                    "The page keeps what is said of it until one does."
                ),
            )
        for number, flag in enumerate(self.section.flags, start=1):
            body = self.linker.text(flag.message) + self.provenance.mark_sources(flag.sources)
            if flag.basis:
                body = Markdown(f"{body} <small>{self.linker.text(flag.basis)}</small>")
            kind = "warning" if flag.severity == "warning" else "note"
            yield Notice(kind, "Please note" if kind == "note" else "Read with care", body, f"flag-{number}")

    def glance(self) -> Iterable[Fact]:
        design = self.protocol.design_module
        module = self.protocol.status_module
        if design.phases or design.study_type != "OBSERVATIONAL":
            yield Fact(
                "Phase",
                self.value(self.linker.text(phase(design.phases)), f"{DESIGN}/phases")
                if design.phases
                else self.absent(f"{DESIGN}/phases"),
            )
        yield Fact("Kind of study", self.stated(design.study_type, f"{DESIGN}/studyType", words))
        yield Fact("Participants", self.enrolment())
        yield Fact(
            "Conditions",
            self.names(self.protocol.conditions_module.conditions, f"{CONDITIONS}/conditions", "condition"),
        )
        interventions = self.protocol.arms_interventions_module.interventions
        tested = [
            self.name(item.name, f"{ARMS}/interventions/{index}/name", "drug")
            for index, item in enumerate(interventions)
            if item.name
        ]
        yield Fact("Interventions", join(tested, _LINE) if tested else self.absent(f"{ARMS}/interventions"))
        yield Fact("Who may take part", self.who())
        yield Fact("Start", self.dated(module.start_date_struct, f"{STATUS}/startDateStruct", marked=False))
        if module.primary_completion_date_struct:
            pointer = f"{STATUS}/primaryCompletionDateStruct"
            yield Fact("Primary completion", self.dated(module.primary_completion_date_struct, pointer, marked=False))
        pointer = f"{STATUS}/completionDateStruct"
        yield Fact("Completion", self.dated(module.completion_date_struct, pointer, marked=False))
        yield Fact("Where", self.where())
        sponsors = list(self.sponsor_names())
        yield Fact(
            "Sponsor" if len(sponsors) < 2 else "Sponsors",
            join(sponsors, _LINE) if sponsors else self.absent(f"{SPONSORS}/leadSponsor"),
        )
        results = self.linker.paths.beside(self.id, "results")
        if results:
            yield Fact("Results", self.linker.to(results, "Results in tables"))
        if self.section.mesh_terms:
            yield Fact("MeSH terms, as printed", self.stated(self.section.mesh_terms, f"{CATALOG}/meshTerms"))
        yield from self.derived_terms()
        keywords = self.protocol.conditions_module.keywords
        if keywords:
            yield Fact("Keywords", self.names(keywords, f"{CONDITIONS}/keywords"))

    def derived_terms(self) -> Iterable[Fact]:
        """Yield the MeSH terms that the registry derived."""
        derived = self.study.derived_section
        if derived is None:
            return
        rows = (
            ("MeSH terms of the conditions", derived.condition_browse_module, "conditionBrowseModule"),
            ("MeSH terms of the interventions", derived.intervention_browse_module, "interventionBrowseModule"),
        )
        for label, module, field in rows:
            terms = [mesh.term for mesh in module.meshes if mesh.term] if module else []
            if terms:
                yield Fact(label, self.value(self.linker.text(", ".join(terms)), f"/derivedSection/{field}/meshes"))

    def names(self, values: list[str], pointer: str, kind: Kind | None = None) -> Markdown:
        if not values:
            return self.absent(pointer)
        return Markdown(f"{self.unmarked_names(values, pointer, kind)}{self.provenance.mark(pointer)}")

    def unmarked_names(self, values: list[str], pointer: str, kind: Kind | None = None) -> Markdown:
        """Return names whose sources stand with those of what they are part of."""
        at = [f"{pointer}/{index}" for index in range(len(values))]
        return join([self.tagged(self.name(text, here, kind), here) for text, here in zip(values, at, strict=True)])

    def enrolment(self) -> Markdown:
        info = self.protocol.design_module.enrollment_info
        pointer = f"{DESIGN}/enrollmentInfo"
        if info is None or info.count is None:
            return self.absent(f"{pointer}/count", pointer)
        how = f" ({words(info.type).lower()})" if info.type else ""
        return (
            self.value(self.linker.text(f"{info.count:,}{how}"), f"{pointer}/count", f"{pointer}/type")
            if info.type
            else self.value(self.linker.text(f"{info.count:,}"), f"{pointer}/count")
        )

    def who(self) -> Markdown:
        """Return age, sex and health in one line."""
        module = self.protocol.eligibility_module
        pieces: list[str] = []
        pointers: list[str] = []
        low, high = module.minimum_age, module.maximum_age
        if low or high:
            pieces.append(f"{low} to {high}" if low and high else f"{low} and older" if low else f"up to {high}")
            pointers += [f"{ELIGIBILITY}/{field}" for field, age in (("minimumAge", low), ("maximumAge", high)) if age]
        if module.sex:
            pieces.append({"ALL": "all sexes"}.get(module.sex, words(module.sex).lower()))
            pointers.append(f"{ELIGIBILITY}/sex")
        if module.healthy_volunteers is not None:
            pieces.append("healthy volunteers too" if module.healthy_volunteers else "no healthy volunteers")
            pointers.append(f"{ELIGIBILITY}/healthyVolunteers")
        return self.tagged(self.linker.text(", ".join(pieces)), *pointers) if pieces else self.absent(ELIGIBILITY)

    def dated(self, value: DateStruct | None, pointer: str, *, marked: bool = True) -> Markdown:
        if value is None or not value.date:
            return self.absent(pointer, f"{pointer}/date")
        shown, pointers = dated_text(value.date), [f"{pointer}/date"]
        if value.type:
            pointers.append(f"{pointer}/type")
            kind = self.linker.text(words(value.type).lower())
            # What has come to pass is the rule; what is only planned stands out.
            kind = Markdown(f"<em>({kind})</em>") if value.type == "ESTIMATED" else Markdown(f"({kind})")
            shown = Markdown(f"{shown} {kind}")
        return self.value(shown, *pointers) if marked else self.tagged(shown, *pointers)

    def where(self) -> Markdown:
        locations = self.protocol.contacts_locations_module.locations
        countries: dict[str, list[str]] = {}
        for index, item in enumerate(locations):
            if item.country:
                countries.setdefault(item.country, []).append(f"{CONTACTS}/locations/{index}/country")
        for index, text in enumerate(self.section.countries):
            countries.setdefault(text, []).insert(0, f"{CATALOG}/countries/{index}")
        shown = [
            self.name(text, next((p for p in pointers if p in self._links), pointers[0]))
            for text, pointers in countries.items()
        ]
        if not shown:
            return self.absent(f"{CONTACTS}/locations", f"{CATALOG}/countries")
        where = join(shown)
        if locations:
            anchor = "#sites-and-contacts"
            where = Markdown(f"[{count(len(locations), 'site')}]({anchor}) in {where}")
        return where

    def text_section(self, text: str | None, pointer: str) -> Markdown:
        if not text:
            absent = self.absent(pointer)
            remark = self.lost_remark(pointer)
            return Markdown(f"{absent}{': ' if remark else ''}{remark}")
        body = self.prose(text)
        remark = self.lost_remark(pointer)
        note = f'\n\n<span class="lost">{remark}</span>' if remark else ""
        return Markdown(f'{body}\n\n<span class="origin">{self.origin(pointer)}</span>{note}')

    def origin(self, *pointers: str) -> Markdown:
        """Return the sources of a longer text as a line of its own."""
        return Markdown(f"Source{self.provenance.tags(*pointers)}{self.provenance.mark(*pointers)}")

    def joint(self) -> Iterable[Part]:
        for index, item in enumerate(self.section.joint_statements):
            if not item.text:
                continue
            others = [self.linker.trial(other, self.trial_name(other)) for other in item.studies if other != self.id]
            topic = [self.linker.text(f"About: {words(item.topic.replace('_', ' ')).lower()}")] if item.topic else []
            with_others = [Markdown(f"Said of this trial together with {join(others)}")] if others else []
            pointer = f"{CATALOG}/jointStatements/{index}"
            yield Part(self.value(self.linker.text(item.text), f"{pointer}/text"), (*with_others, *topic))

    def trial_name(self, study: str) -> str:
        other = self.linker.catalog.studies.get(study)
        if other is None:
            return study
        module = other.protocol_section.identification_module
        return module.acronym or module.brief_title or study

    def design(self) -> Iterable[Fact]:
        module = self.protocol.design_module
        info = module.design_info
        pointer = f"{DESIGN}/designInfo"
        if info is not None:
            rows = (
                ("Allocation", info.allocation, "allocation"),
                ("Model", info.intervention_model, "interventionModel"),
                ("About the model", info.intervention_model_description, "interventionModelDescription"),
                ("Observational model", info.observational_model, "observationalModel"),
                ("Time perspective", info.time_perspective, "timePerspective"),
                ("Primary purpose", info.primary_purpose, "primaryPurpose"),
            )
            for label, value, field in rows:
                if value:
                    yield Fact(label, self.stated(value, f"{pointer}/{field}", words))
            if info.masking_info:
                yield from self.masking()
        if module.target_duration:
            yield Fact("Target duration", self.stated(module.target_duration, f"{DESIGN}/targetDuration"))
        if module.bio_spec and (module.bio_spec.retention or module.bio_spec.description):
            text = " – ".join(words(part) for part in (module.bio_spec.retention, module.bio_spec.description) if part)
            yield Fact("Samples kept", self.value(self.linker.text(text), f"{DESIGN}/bioSpec"))
        oversight = self.protocol.oversight_module
        answers = (
            ("Data monitoring committee", oversight.oversight_has_dmc, "oversightHasDmc"),
            ("FDA-regulated drug", oversight.is_fda_regulated_drug, "isFdaRegulatedDrug"),
            ("FDA-regulated device", oversight.is_fda_regulated_device, "isFdaRegulatedDevice"),
        )
        for label, answer, field in answers:
            if answer is not None:
                yield Fact(label, self.value(Markdown("Yes" if answer else "No"), f"{OVERSIGHT}/{field}"))

    def masking(self) -> Iterable[Fact]:
        info = self.protocol.design_module.design_info
        masking = info.masking_info if info else None
        pointer = f"{DESIGN}/designInfo/maskingInfo"
        if masking is None:
            return
        yield Fact("Masking", self.stated(masking.masking, f"{pointer}/masking", words))
        if masking.who_masked:
            who = self.linker.text(", ".join(words(code).lower() for code in masking.who_masked))
            yield Fact("Who is masked", self.value(who, f"{pointer}/whoMasked"))
        elif masking.masking and masking.masking != "NONE":
            yield Fact("Who is masked", self.absent(f"{pointer}/whoMasked"))
        if masking.masking_description:
            yield Fact("About the masking", self.stated(masking.masking_description, f"{pointer}/maskingDescription"))

    def arm(self, index: int, arm: ArmGroup) -> Part:
        pointer = f"{ARMS}/armGroups/{index}"
        title = Markdown(f"**{self.linker.text(arm.label or 'Arm without a label')}**{self.provenance.mark(pointer)}")
        details = [self.kind_of(arm.type, f"{pointer}/type")]
        if arm.intervention_names:
            given = []
            for position, name in enumerate(arm.intervention_names):
                bare = name.split(": ", 1)[-1]
                given.append(self.tagged(self.intervention_name(bare, name), f"{pointer}/interventionNames/{position}"))
            details.append(Markdown(f"Given: {join(given)}"))
        return Part(title, tuple(details), self.described(arm.description, f"{pointer}/description"))

    def kind_of(self, code: str | None, pointer: str) -> Markdown:
        """Return the type of a part whose sources stand at its title."""
        return self.tagged(self.linker.text(words(code)), pointer) if code else self.absent(pointer)

    def intervention_name(self, bare: str, whole: str) -> Markdown:
        """Link the name of an intervention as an arm calls it, "Drug: X", like the intervention itself."""
        for index, item in enumerate(self.protocol.arms_interventions_module.interventions):
            if item.name in {bare, whole}:
                return self.name(item.name or whole, f"{ARMS}/interventions/{index}/name", "drug")
        return self.linker.text(whole)

    def described(self, text: str | None, pointer: str) -> Markdown:
        """Return the text of a part whose sources stand at its title."""
        if not text:
            return NOTHING
        body, tags = self.prose(text), self.provenance.tags(pointer)
        return Markdown(f"{body}\n\n<!-- -->\n\n{tags.strip()}") if tags else body

    def intervention(self, index: int, item: Intervention) -> Part:
        pointer = f"{ARMS}/interventions/{index}"
        name = self.name(item.name or "Without a name", f"{pointer}/name", "drug")
        details = [self.kind_of(item.type, f"{pointer}/type")]
        if item.other_names:
            others = self.unmarked_names(item.other_names, f"{pointer}/otherNames")
            details.append(Markdown(f"Also called {others}"))
        if item.arm_group_labels:
            details.append(Markdown(f"In: {self.unmarked_names(item.arm_group_labels, f'{pointer}/armGroupLabels')}"))
        title = Markdown(f"{self.tagged(Markdown(f'**{name}**'), f'{pointer}/name')}{self.provenance.mark(pointer)}")
        return Part(title, tuple(details), self.described(item.description, f"{pointer}/description"))

    def outcomes(self) -> Iterable[Group]:
        module = self.protocol.outcomes_module
        rows = (
            ("Primary outcomes", module.primary_outcomes, "primaryOutcomes"),
            ("Secondary outcomes", module.secondary_outcomes, "secondaryOutcomes"),
            ("Other outcomes", module.other_outcomes, "otherOutcomes"),
        )
        for title, items, field in rows:
            if items:
                yield Group(title, tuple(self.outcome(item, f"{OUTCOMES}/{field}/{i}") for i, item in enumerate(items)))
        loose = self.section.outcomes_without_type
        if loose:
            parts = tuple(
                self.outcome(
                    Outcome(measure=item.measure, description=item.description, time_frame=item.time_frame),
                    f"{CATALOG}/outcomesWithoutType/{index}",
                )
                for index, item in enumerate(loose)
            )
            remark = self.linker.text(
                "The document lists these outcomes without the border between primary and secondary ones: "
                "its layout has lost it. So none is called primary here."
            )
            yield Group("Outcomes, type not stated", parts, remark)

    def outcome(self, item: Outcome, pointer: str) -> Part:
        title = self.linker.text(item.measure or "Without a name")
        title = Markdown(f"{self.tagged(title, f'{pointer}/measure')}{self.provenance.mark(pointer)}")
        details = []
        if item.time_frame:
            frame = self.tagged(self.linker.text(item.time_frame), f"{pointer}/timeFrame")
            details.append(Markdown(f"Time frame: {frame}"))
        return Part(title, tuple(details), self.described(item.description, f"{pointer}/description"))

    def eligibility(self) -> Iterable[Fact]:
        module = self.protocol.eligibility_module
        yield Fact("Minimum age", self.stated(module.minimum_age, f"{ELIGIBILITY}/minimumAge"))
        yield Fact("Maximum age", self.stated(module.maximum_age, f"{ELIGIBILITY}/maximumAge"))
        if self.section.age_limit_without_bound:
            shown = self.stated(self.section.age_limit_without_bound, f"{CATALOG}/ageLimitWithoutBound")
            yield Fact("Age limit, lowest or highest not stated", shown)
        if module.std_ages:
            ages = self.linker.text(", ".join(words(code) for code in module.std_ages))
            yield Fact("Age groups", self.value(ages, f"{ELIGIBILITY}/stdAges"))
        yield Fact("Sex", self.stated(module.sex, f"{ELIGIBILITY}/sex", words))
        volunteers = module.healthy_volunteers
        pointer = f"{ELIGIBILITY}/healthyVolunteers"
        yield Fact(
            "Healthy volunteers",
            self.absent(pointer)
            if volunteers is None
            else self.value(Markdown("Yes" if volunteers else "No"), pointer),
        )
        if module.gender_description:
            yield Fact("Gender", self.stated(module.gender_description, f"{ELIGIBILITY}/genderDescription"))
        if module.study_population:
            yield Fact("Study population", self.stated(module.study_population, f"{ELIGIBILITY}/studyPopulation"))
        if module.sampling_method:
            yield Fact("Sampling", self.stated(module.sampling_method, f"{ELIGIBILITY}/samplingMethod", words))

    def sites(self) -> Iterable[SiteGroup]:
        """Yield the sites by country, in the order of the documents."""
        groups: dict[str, list[tuple[int, Location]]] = {}
        for index, item in enumerate(self.protocol.contacts_locations_module.locations):
            groups.setdefault(item.country or "Country not stated", []).append((index, item))
        for country, members in groups.items():
            codes = {item.status for _, item in members}
            shared = codes.pop() if len(codes) == 1 and len(members) > 1 else None
            lines = tuple(self.site(index, item, shared) for index, item in members)
            yield SiteGroup(country, lines, status_chip(shared) if shared else NOTHING)

    def site(self, index: int, item: Location, shared: str | None) -> Markdown:
        """Return a site as an entry of a list; *shared* is the status that is said of all sites of the list."""
        pointer = f"{CONTACTS}/locations/{index}"
        shown = [
            self.name(item.facility, f"{pointer}/facility", "organization") if item.facility else NOTHING,
            self.name(item.city, f"{pointer}/city") if item.city else NOTHING,
            self.linker.text(" ".join(part for part in (item.state, item.zip) if part)),
        ]
        entry = join([part for part in shown if part])
        if item.status and item.status != shared:
            entry = Markdown(f"{entry} {status_chip(item.status)}")
        contacts = item.contacts if self.linker.settings.contacts else []
        fields = ("facility", "city", "state", "zip", "status")
        whole = [pointer] if contacts else [f"{pointer}/{field}" for field in fields if getattr(item, field)]
        entry = Markdown(f"{entry}{self.provenance.tags(*whole[:1])}{self.provenance.mark(*whole)}")
        for position, contact in enumerate(contacts):
            entry = Markdown(f"{entry}{_LINE}{self.site_contact(contact, f'{pointer}/contacts/{position}')}")
        return entry

    def site_contact(self, item: Contact, pointer: str) -> Markdown:
        """Return a contact at a site on one line; its sources stand with those of the site."""
        part = self.contact(item, pointer, marked=False)
        return join([part.title, *part.details], " · ")

    def contact(self, item: Contact, pointer: str, *, marked: bool = True) -> Part:
        name = (
            self.name(item.name, f"{pointer}/name", "person")
            if item.name
            else self.linker.text("Contact without a name")
        )
        details: list[Markdown] = []
        if item.role and item.role != "CONTACT":
            details.append(self.linker.text(words(item.role)))
        if item.phone:
            number = item.phone + (f" ext. {item.phone_ext}" if item.phone_ext else "")
            details.append(self.linker.text(number))
        if item.email:
            details.append(self.linker.text(item.email))
        say = self.value if marked else self.tagged
        if details:
            details[-1] = say(details[-1], pointer)
        else:
            name = say(name, pointer)
        return Part(name, tuple(details))

    def site_remarks(self) -> Iterable[Markdown]:
        """Return how contacts were paired with sites, once for all."""
        notes: dict[str, None] = {}
        for pointer, sources in self.section.sources.items():
            if pointer.startswith(f"{CONTACTS}/locations/") and "/contacts/" in pointer:
                for source in sources:
                    if source.how == "inferred" and source.note:
                        notes.setdefault(source.note)
        if self.linker.settings.contacts:
            yield from (self.linker.text(note) for note in notes)
        remark = self.lost_remark(f"{CONTACTS}/locations", f"{CATALOG}/countries")
        if remark:
            yield remark

    def sponsors(self) -> Iterable[Fact]:
        module = self.protocol.sponsor_collaborators_module
        lead = module.lead_sponsor
        if lead and lead.name:
            yield Fact("Lead sponsor", self.organization(lead.name, lead.class_, f"{SPONSORS}/leadSponsor"))
        for index, item in enumerate(module.collaborators):
            if item.name:
                yield Fact(
                    "Collaborator", self.organization(item.name, item.class_, f"{SPONSORS}/collaborators/{index}")
                )
        for index, loose in enumerate(self.section.sponsors_without_role):
            if loose.name:
                pointer = f"{CATALOG}/sponsorsWithoutRole/{index}"
                yield Fact("Sponsor, role not stated", self.organization(loose.name, loose.class_, pointer))
        party = module.responsible_party
        if party is not None:
            yield Fact("Responsible party", self.responsible_party())
        elif not self.section.responsible_party and self.provenance.absence(f"{SPONSORS}/responsibleParty"):
            yield Fact("Responsible party", self.absent(f"{SPONSORS}/responsibleParty"))
        if self.section.responsible_party:
            pointer = f"{CATALOG}/responsibleParty"
            shown = self.name(self.section.responsible_party, pointer)
            yield Fact("Responsible party, in which capacity not stated", self.value(shown, pointer))

    def organization(self, name: str, class_: str | None, pointer: str) -> Markdown:
        kind = self.linker.text(f" ({words(class_)})") if class_ else NOTHING
        shown = self.name(name, f"{pointer}/name")
        return self.value(
            Markdown(f"{shown} {kind}".rstrip()), f"{pointer}/name", *([f"{pointer}/class"] if class_ else [])
        )

    def responsible_party(self) -> Markdown:
        party = self.protocol.sponsor_collaborators_module.responsible_party
        pointer = f"{SPONSORS}/responsibleParty"
        if party is None:
            return self.absent(pointer)
        pieces = [self.linker.text(words(party.type))] if party.type else []
        if party.investigator_full_name:
            pieces.append(self.name(party.investigator_full_name, f"{pointer}/investigatorFullName"))
        if party.old_name_title:
            pieces.append(self.name(party.old_name_title, f"{pointer}/oldNameTitle"))
        if party.investigator_title:
            pieces.append(self.linker.text(party.investigator_title))
        if party.investigator_affiliation:
            pieces.append(self.name(party.investigator_affiliation, f"{pointer}/investigatorAffiliation"))
        if party.old_organization:
            pieces.append(self.name(party.old_organization, f"{pointer}/oldOrganization"))
        return self.value(join(pieces), pointer)

    def sponsor_remark(self) -> Markdown:
        if not self.section.sponsors_without_role:
            return NOTHING
        remark = self.lost_remark(f"{SPONSORS}/leadSponsor")
        return remark or self.linker.text(
            "The document names these sponsors without saying which of them leads and which collaborates. "
            "The catalog does not guess."
        )

    def people(self) -> Iterable[Part]:
        for index, item in enumerate(self.protocol.contacts_locations_module.overall_officials):
            pointer = f"{CONTACTS}/overallOfficials/{index}"
            name = self.name(item.name, f"{pointer}/name") if item.name else self.linker.text("Name not stated")
            details = [self.kind_of(item.role, f"{pointer}/role")]
            if item.affiliation:
                affiliation = self.name(item.affiliation, f"{pointer}/affiliation")
                details.append(self.tagged(affiliation, f"{pointer}/affiliation"))
            title = self.tagged(Markdown(f"**{name}**"), f"{pointer}/name")
            yield Part(Markdown(f"{title}{self.provenance.mark(pointer)}"), tuple(details))

    def references(self) -> Iterable[Part]:
        module = self.protocol.references_module
        for index, item in enumerate(module.references):
            pointer = f"{REFERENCES}/references/{index}"
            citation = item.citation or (f"PubMed {item.pmid}" if item.pmid else "Without a citation")
            details: list[Markdown] = []
            if item.type:
                details.append(self.linker.text(words(item.type)))
            if item.pmid:
                details.append(external_link(f"PubMed {item.pmid}", PUBMED.format(id=item.pmid)))
            found = doi(citation)
            if found:
                details.append(external_link(f"doi:{found}", DOI.format(id=found)))
            authors = sorted(
                {
                    link.entity
                    for p in self._links
                    if p.startswith(pointer)
                    for link in self._links[p]
                    if link.kind == "person"
                }
            )
            if authors:
                named = join([self.linker.entity("person", person) for person in authors])
                details.append(Markdown(f"by people of this trial: {named}"))
            if item.retractions:
                details.append(Markdown("**retracted**"))
            yield Part(self.value(self.linker.text(citation), pointer), tuple(details))
        for index, see in enumerate(module.see_also_links):
            shown = external_link(see.label or see.url or "Link", see.url or "")
            yield Part(self.value(shown, f"{REFERENCES}/seeAlsoLinks/{index}"))

    def sharing(self) -> Iterable[Fact]:
        module = self.protocol.ipd_sharing_statement_module
        rows = (
            ("Plan to share individual data", module.ipd_sharing, "ipdSharing"),
            ("About sharing", module.description, "description"),
            ("When", module.time_frame, "timeFrame"),
            ("Who gets access", module.access_criteria, "accessCriteria"),
        )
        for label, value, field in rows:
            if value:
                yield Fact(label, self.stated(value, f"{SHARING}/{field}", words))
        if module.info_types:
            kinds = self.linker.text(", ".join(words(code) for code in module.info_types))
            yield Fact("What is shared", self.value(kinds, f"{SHARING}/infoTypes"))
        if module.url:
            yield Fact("Address", self.value(external_link(module.url, module.url), f"{SHARING}/url"))
        for index, item in enumerate(self.protocol.references_module.avail_ipds):
            kind = words(item.type or "Data")
            shown = external_link(kind, item.url) if item.url else self.linker.text(kind)
            pieces = [shown, *(self.linker.text(part) for part in (item.id, item.comment) if part)]
            yield Fact("Available data", self.value(join(pieces, " · "), f"{REFERENCES}/availIpds/{index}"))
        yield from self.large_documents()
        results = self.linker.paths.beside(self.id, "results")
        if self.study.has_results is not None:
            answer = Markdown("Posted" if self.study.has_results else "Not posted")
            if results:
                answer = Markdown(f"{answer}: {self.linker.to(results, 'the results')}")
            yield Fact("Results in the registry", self.value(answer, "/hasResults"))
        elif results:
            yield Fact("Results in the registry", self.linker.to(results, "The results"))

    def large_documents(self) -> Iterable[Fact]:
        """Yield the study's own documents that the registry holds."""
        section = self.study.document_section
        module = section.large_document_module if section else None
        for index, item in enumerate(module.large_docs if module else []):
            details = [self.linker.text(item.filename or "")] if item.filename else []
            if item.date:
                details.append(dated_text(item.date))
            shown = join(details, " · ") or Markdown("held by the registry")
            label = item.label or words(item.type_abbrev or "Document")
            yield Fact(label, self.value(shown, f"/documentSection/largeDocumentModule/largeDocs/{index}"))

    def identifiers(self) -> Iterable[Fact]:
        module = self.protocol.identification_module
        if module.nct_id:
            yield Fact("ClinicalTrials.gov", self.identifier(module.nct_id, f"{IDENTIFICATION}/nctId"))
        for index, alias in enumerate(module.nct_id_aliases):
            yield Fact(
                "Former ClinicalTrials.gov number", self.identifier(alias, f"{IDENTIFICATION}/nctIdAliases/{index}")
            )
        if module.org_study_id_info and module.org_study_id_info.id:
            yield Fact(
                "Sponsor's own number",
                self.identifier(module.org_study_id_info.id, f"{IDENTIFICATION}/orgStudyIdInfo/id"),
            )
        for index, item in enumerate(module.secondary_id_infos):
            if item.id:
                known = recognise(item.id)
                other = words(item.type) if item.type and item.type != "OTHER" else "Other number"
                label = known.kind.registry if known else other
                shown = self.identifier(item.id, f"{IDENTIFICATION}/secondaryIdInfos/{index}/id")
                yield Fact(label, Markdown(f"{shown} {self.linker.text(item.domain)}") if item.domain else shown)
        if module.acronym:
            yield Fact("Acronym", self.stated(module.acronym, f"{IDENTIFICATION}/acronym"))

    def identifier(self, number: str, pointer: str) -> Markdown:
        known = recognise(number)
        shown = external_link(number, known.url) if known and known.url else self.linker.text(number)
        return self.value(shown, pointer)

    def dates(self) -> Iterable[Fact]:
        module = self.protocol.status_module
        if module.last_known_status:
            yield Fact(
                "Last known status",
                self.stated(module.last_known_status, f"{STATUS}/lastKnownStatus", lambda code: status(code).label),
            )
        if module.why_stopped:
            yield Fact("Why it stopped", self.stated(module.why_stopped, f"{STATUS}/whyStopped"))
        plain_dates = (
            ("First submitted", module.study_first_submit_date, "studyFirstSubmitDate"),
            ("Last update submitted", module.last_update_submit_date, "lastUpdateSubmitDate"),
            ("Last verified", module.status_verified_date, "statusVerifiedDate"),
            ("Results first submitted", module.results_first_submit_date, "resultsFirstSubmitDate"),
        )
        structures = (
            ("First posted", module.study_first_post_date_struct, "studyFirstPostDateStruct"),
            ("Start", module.start_date_struct, "startDateStruct"),
            ("Primary completion", module.primary_completion_date_struct, "primaryCompletionDateStruct"),
            ("Completion", module.completion_date_struct, "completionDateStruct"),
            ("Results first posted", module.results_first_post_date_struct, "resultsFirstPostDateStruct"),
            ("Last update posted", module.last_update_post_date_struct, "lastUpdatePostDateStruct"),
        )
        for label, structure, field in structures:
            if structure and structure.date:
                yield Fact(label, self.dated(structure, f"{STATUS}/{field}"))
        for label, value, field in plain_dates:
            if value:
                yield Fact(label, self.value(dated_text(value), f"{STATUS}/{field}"))

    def registry_fields(self) -> Iterable[RegistryField]:
        """Yield what a registry states by names of its own; one line in the page for each of its lines."""
        for name, text in self.section.registry_fields.items():
            shown = Markdown("<br>".join(self.linker.text(line) for line in text.splitlines() if line.strip()))
            if not self.linker.settings.contacts and _CONTACT_FIELD.search(name):
                shown = Markdown("(contact details not shown)")
            yield RegistryField(name, self.value(shown, f"{CATALOG}/registryFields/{pointer_step(name)}"))

    def mentions(self) -> Iterable[Part]:
        for index, item in enumerate(self.section.mentions):
            pointer = f"{CATALOG}/mentions/{index}"
            number = NOTHING
            if item.id:
                known = recognise(item.id)
                if self.linker.paths.trial(item.id):
                    number = self.linker.trial(item.id)
                else:
                    number = external_link(item.id, known.url) if known and known.url else self.linker.text(item.id)
            title = self.linker.text(item.title) if item.title else number
            details = [part for part in (number if item.title else NOTHING,) if part]
            if item.overall_status:
                details.append(self.linker.text(status(item.overall_status).label))
            if item.phases:
                details.append(self.linker.text(phase(item.phases)))
            if item.relation:
                details.append(Markdown(f"under “{self.linker.text(item.relation)}”"))
            yield Part(self.value(title, pointer), tuple(details))

    def unread(self) -> Iterable[Part]:
        for item in self.section.unread:
            address = self.linker.paths.document(item.document)
            lines = (
                f"line {item.first_line}"
                if item.first_line == item.last_line
                else f"lines {item.first_line}–{item.last_line}"
            )
            words_ = f"{item.document}, {lines}"
            title = self.linker.to(address, words_, f"l{item.first_line}") if address else self.linker.text(words_)
            body = Markdown("<br>\n".join(self.linker.text(line) for line in item.text.split("\n") if line.strip()))
            yield Part(title, (), body)

    def differences(self) -> Iterable[Difference]:
        for item in self.section.contradictions:
            statements = tuple(
                self.linker.text(statement.value) + self.provenance.mark_sources(statement.sources)
                for statement in item.statements
            )
            yield Difference(
                field_name(item.pointer), statements, self.linker.text(item.rule) if item.rule else NOTHING
            )

    def missing(self) -> Missing:
        known = dict(self.expected())
        not_stated: list[str] = []
        none: list[MissingValue] = []
        lost: list[MissingValue] = []
        remarks: list[MissingValue] = []
        pointers = [pointer for pointer, present in known.items() if not present]
        pointers += [pointer for pointer in self.section.absences if pointer not in pointers]
        for pointer in pointers:
            label = field_name(pointer)
            absence = self.section.absences.get(pointer)
            if absence is None:
                if not any(other.startswith(f"{pointer}/") for other in self.section.absences):
                    not_stated.append(label)
                continue
            self.file_absence(label, absence, not_stated, none, lost, remarks)
        return Missing(tuple(not_stated), tuple(none), tuple(lost), tuple(remarks))

    def file_absence(
        self,
        label: str,
        absence: Absence,
        not_stated: list[str],
        none: list[MissingValue],
        lost: list[MissingValue],
        remarks: list[MissingValue],
    ) -> None:
        reason = self.linker.text(absence.note or "") + self.provenance.mark_sources(absence.sources)
        entry = MissingValue(label, reason)
        if absence.reason == "lostByLayout":
            lost.append(entry)
        elif absence.reason == "statedAsNone":
            none.append(entry)
        elif reason:
            remarks.append(entry)
        else:
            not_stated.append(label)

    def expected(self) -> Iterable[tuple[str, bool]]:
        """Yield what a reader may look for, and whether it is there."""
        protocol = self.protocol
        design = protocol.design_module
        info = design.design_info
        interventional = design.study_type != "OBSERVATIONAL"
        loose_outcomes = bool(self.section.outcomes_without_type)
        yield f"{IDENTIFICATION}/officialTitle", bool(protocol.identification_module.official_title)
        yield f"{IDENTIFICATION}/acronym", bool(protocol.identification_module.acronym)
        yield f"{STATUS}/overallStatus", bool(protocol.status_module.overall_status)
        yield f"{STATUS}/statusVerifiedDate", bool(protocol.status_module.status_verified_date)
        yield f"{STATUS}/startDateStruct", bool(protocol.status_module.start_date_struct)
        yield f"{STATUS}/primaryCompletionDateStruct", bool(protocol.status_module.primary_completion_date_struct)
        yield f"{STATUS}/completionDateStruct", bool(protocol.status_module.completion_date_struct)
        yield f"{DESCRIPTION}/briefSummary", bool(protocol.description_module.brief_summary)
        yield f"{DESCRIPTION}/detailedDescription", bool(protocol.description_module.detailed_description)
        yield f"{CONDITIONS}/conditions", bool(protocol.conditions_module.conditions)
        yield f"{CONDITIONS}/keywords", bool(protocol.conditions_module.keywords)
        yield f"{DESIGN}/studyType", bool(design.study_type)
        if interventional:
            yield f"{DESIGN}/phases", bool(design.phases)
            yield f"{DESIGN}/designInfo/allocation", bool(info and info.allocation)
            yield f"{DESIGN}/designInfo/interventionModel", bool(info and info.intervention_model)
            yield f"{DESIGN}/designInfo/maskingInfo", bool(info and info.masking_info)
        yield f"{DESIGN}/designInfo/primaryPurpose", bool(info and info.primary_purpose) or not interventional
        yield (
            f"{DESIGN}/enrollmentInfo/count",
            bool(design.enrollment_info and design.enrollment_info.count is not None),
        )
        yield f"{DESIGN}/enrollmentInfo/type", bool(design.enrollment_info and design.enrollment_info.type)
        yield f"{ARMS}/armGroups", bool(protocol.arms_interventions_module.arm_groups)
        yield f"{ARMS}/interventions", bool(protocol.arms_interventions_module.interventions)
        yield f"{OUTCOMES}/primaryOutcomes", bool(protocol.outcomes_module.primary_outcomes) or loose_outcomes
        yield f"{OUTCOMES}/secondaryOutcomes", bool(protocol.outcomes_module.secondary_outcomes) or loose_outcomes
        yield f"{ELIGIBILITY}/eligibilityCriteria", bool(protocol.eligibility_module.eligibility_criteria)
        yield f"{ELIGIBILITY}/sex", bool(protocol.eligibility_module.sex)
        yield f"{ELIGIBILITY}/minimumAge", bool(protocol.eligibility_module.minimum_age)
        yield f"{ELIGIBILITY}/maximumAge", bool(protocol.eligibility_module.maximum_age)
        yield f"{ELIGIBILITY}/healthyVolunteers", protocol.eligibility_module.healthy_volunteers is not None
        lead = protocol.sponsor_collaborators_module.lead_sponsor
        yield f"{SPONSORS}/leadSponsor", bool(lead and lead.name)
        yield f"{SPONSORS}/responsibleParty", protocol.sponsor_collaborators_module.responsible_party is not None
        yield f"{CONTACTS}/overallOfficials", bool(protocol.contacts_locations_module.overall_officials)
        yield f"{CONTACTS}/centralContacts", bool(protocol.contacts_locations_module.central_contacts)
        yield f"{CONTACTS}/locations", bool(protocol.contacts_locations_module.locations)
        yield f"{REFERENCES}/references", bool(protocol.references_module.references)
        yield f"{SHARING}/ipdSharing", bool(protocol.ipd_sharing_statement_module.ipd_sharing)

    def completeness(self) -> Iterable[CompletenessRow]:
        """Yield the WHO data set's items by their state, each with a link to its section."""
        states: dict[str, list[Markdown]] = {}
        for item in self.section.completeness:
            words_ = escape(f"{item.number} {item.name}")
            anchor = WHO_SECTIONS.get(item.number, "") if item.state in {"stated", "statedAsNone"} else ""
            states.setdefault(item.state, []).append(Markdown(f"[{words_}](#{anchor})") if anchor else words_)
        for state, label in STATES.items():
            if state in states:
                yield CompletenessRow(f"{label} ({len(states[state])})", join(states[state], " · "))

    def inferences(self) -> Iterable[Markdown]:
        """Return how the values that are not plainly stated were got, each rule once with its fields."""
        notes: dict[str, list[str]] = {}
        for pointer, sources in self.section.sources.items():
            if not self.linker.settings.contacts and ("/contacts/" in pointer or "centralContacts" in pointer):
                continue
            for source in sources:
                if source.how != "stated":
                    note = source.note or (
                        "Added by a curator." if source.how == "curated" else "By a rule of the reader."
                    )
                    notes.setdefault(note, []).append(pointer)
        for note, pointers in notes.items():
            anchors = dict.fromkeys(section_anchor(pointer) for pointer in pointers)
            names = list(dict.fromkeys(field_name(pointer) for pointer in pointers))
            shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
            target = next((anchor for anchor in anchors if anchor), "")
            which = Markdown(f"[{self.linker.text(shown)}](#{target})") if target else self.linker.text(shown)
            yield Markdown(f"{self.linker.text(note)} ({which})")

    def documents(self) -> Iterable[Part]:
        for item in self.section.documents:
            details = [self.linker.text(LAYOUTS.get(item.layout, item.layout))]
            if item.as_of:
                details.append(Markdown(f"as of {dated_text(item.as_of)}"))
            document = self.linker.catalog.documents.get(item.path)
            if document is not None:
                details.append(self.linker.text(count(len(document.lines), "line")))
            shown = Markdown(f"**{self.linker.document(item.path)}**")
            yield Part(shown, tuple(details))


def dated_text(value: str) -> Markdown:
    """Return a date as people write it."""
    return document_text(date(value))


def timed(value: str) -> Markdown:
    """Return a date as people write it, with the date as machines read it."""
    shown = date(value)
    return (
        document_text(shown)
        if shown == value
        else Markdown(f'<time datetime="{value[:10]}">{document_text(shown)}</time>')
    )


def mend_link(linker: Linker, subject: str, where: str) -> Markdown:
    """Return the link by which an error on a page can be mended."""
    repository = linker.settings.repository_url
    if not repository:
        return linker.to(linker.paths.mend, "How to mend an error on this page")
    body = f"Page: {where}\n\nWhat is wrong:\n\nWhat the document says (file and line):\n"
    url = f"{repository.rstrip('/')}/issues/new?title={quote(subject)}%3A%20&body={quote(body)}"
    return external_link("Something wrong here? Open an issue", url)
