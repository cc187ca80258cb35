"""A trial's results as its registry states them: participant flow, baseline, outcomes, adverse events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from generator.language.formats import format_number, in_sentence, plural
from generator.language.messages import gettext, gettext_noop
from generator.model.study import (
    AdverseEvent,
    AdverseEventsModule,
    BaselineMeasure,
    Denom,
    DenomCount,
    EventGroup,
    FlowPeriod,
    FlowStats,
    MeasureAnalysis,
    MeasureClass,
    Measurement,
    OutcomeMeasure,
    ResultsSection,
    Study,
)
from generator.pages.links import Linker
from generator.pages.provenance import Provenance
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter, join, plain
from generator.pages.text.phrases import timed, trial_title
from generator.pages.text.prose import prose
from generator.pages.text.tables import Row, Table
from generator.pages.text.wording import words
from generator.pages.trial.parts import Fact, Part

RESULTS = "/resultsSection"
FLOW = f"{RESULTS}/participantFlowModule"
BASELINE = f"{RESULTS}/baselineCharacteristicsModule"
MEASURES = f"{RESULTS}/outcomeMeasuresModule/outcomeMeasures"
EVENTS = f"{RESULTS}/adverseEventsModule"
MORE = f"{RESULTS}/moreInfoModule"

_LONG = 15
"""A table with more rows than this is folded."""


@dataclass(frozen=True)
class Entry:
    """One table with what belongs to it."""

    title: Markdown
    table: Markdown
    mark: Markdown = NOTHING
    facts: tuple[Fact, ...] = ()
    analyses: tuple[Markdown, ...] = ()
    folded: bool = False


@dataclass(frozen=True)
class ResultsPart:
    """One part of the results, under its heading."""

    title: str
    facts: tuple[Fact, ...] = ()
    groups: tuple[Part, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class ResultsView:
    """The page of a trial's results, ready to print."""

    front_title: str
    front_description: str
    title: Markdown
    kicker: Markdown
    back: Markdown
    parts: tuple[ResultsPart, ...]


class _Group(Protocol):
    """A group of participants: the columns of all tables."""

    @property
    def id(self) -> str | None:
        """Its name in the record."""

    @property
    def title(self) -> str | None:
        """Its name for people."""

    @property
    def description(self) -> str | None:
        """Who is in it."""


def results_view(study: Study, linker: Linker) -> ResultsView | None:
    """Return the page of the results of *study*; None where no document has any."""
    if study.results_section is None:
        return None
    title = trial_title(study)
    identifier = study.catalog_section.id or ""
    provenance = Provenance(study.catalog_section, linker)
    page = _ResultsPage(study.results_section, provenance, linker)
    back = [linker.trial(identifier, gettext("The trial itself")), provenance.named_once()]
    return ResultsView(
        front_title=front_matter(gettext("Results of {trial}").format(trial=title)),
        front_description=front_matter(
            gettext("Results of {trial} as its registry states them").format(trial=identifier)
        ),
        title=escape(plain(gettext("Results: {trial}").format(trial=title))),
        kicker=escape(gettext("Results of clinical trial {trial}").format(trial=identifier)),
        back=join([part for part in back if part], " · "),
        parts=tuple(part for part in page.parts() if part.facts or part.groups or part.entries),
    )


class _ResultsPage:
    """Builds the parts of one trial's results."""

    def __init__(self, results: ResultsSection, provenance: Provenance, linker: Linker) -> None:
        self.results = results
        self.provenance = provenance
        self.linker = linker

    def parts(self) -> Iterator[ResultsPart]:
        yield self.flow()
        yield self.baseline()
        yield from self.outcomes()
        yield self.events()
        yield self.more()

    # What all parts share

    def facts(self, rows: Iterable[tuple[str, str | None, str]]) -> tuple[Fact, ...]:
        """Return what is stated of label, text and pointer; text of several paragraphs keeps its lines."""
        return tuple(
            Fact(label, Markdown(f"{self.running(text)}{self.provenance.mark(pointer)}"))
            for label, text, pointer in rows
            if text
        )

    def running(self, text: str) -> Markdown:
        return Markdown("<br>".join(self.linker.text(line) for line in text.splitlines() if line.strip()))

    def groups(self, groups: Sequence[_Group], pointer: str) -> tuple[Part, ...]:
        parts = []
        for index, group in enumerate(groups):
            title = Markdown(f"**{self.linker.text(_name(group))}**{self.provenance.mark(f'{pointer}/{index}')}")
            show = self.linker.settings.contacts
            parts.append(
                Part(title, (), prose(group.description, show_contacts=show) if group.description else NOTHING)
            )
        return tuple(parts)

    def write(self, table: Table, caption: str) -> Markdown:
        return table.write(caption, show_contacts=self.linker.settings.contacts) if table.columns else NOTHING

    # Participant flow

    def flow(self) -> ResultsPart:
        module = self.results.participant_flow_module
        if module is None:
            return ResultsPart(gettext("Participant flow"))
        facts = self.facts(
            (
                (gettext("Recruitment"), module.recruitment_details, f"{FLOW}/recruitmentDetails"),
                (gettext("Before assignment"), module.pre_assignment_details, f"{FLOW}/preAssignmentDetails"),
                (gettext("Units"), module.type_units_analyzed, f"{FLOW}/typeUnitsAnalyzed"),
            )
        )
        entries = tuple(
            self.period(period, f"{FLOW}/periods/{index}", module.groups, module.type_units_analyzed)
            for index, period in enumerate(module.periods)
        )
        return ResultsPart(gettext("Participant flow"), facts, self.groups(module.groups, f"{FLOW}/groups"), entries)

    def period(self, period: FlowPeriod, pointer: str, groups: Sequence[_Group], units: str | None) -> Entry:
        table = Table(gettext("Participants"), [_name(group) for group in groups])
        for milestone in period.milestones:
            cells = _flow_cells(milestone.achievements, groups, units)
            table.rows.append(Row(_said(milestone.type), cells, milestone.comment or ""))
        if period.drop_withdraws:
            table.rows.append(Row(gettext("Why not completed"), heading=True))
        for reason in period.drop_withdraws:
            cells = _flow_cells(reason.reasons, groups, units)
            table.rows.append(Row(_said(reason.type), cells, reason.comment or ""))
        title = period.title or gettext("Period")
        return self.entry(title, table, pointer)

    def entry(self, title: str, table: Table, pointer: str, *, folded: bool | None = None) -> Entry:
        return Entry(
            self.linker.text(title),
            self.write(table, title),
            self.provenance.mark(pointer),
            folded=len(table.rows) > _LONG if folded is None else folded,
        )

    # Baseline

    def baseline(self) -> ResultsPart:
        module = self.results.baseline_characteristics_module
        title = gettext("Baseline characteristics")
        if module is None:
            return ResultsPart(title)
        facts = self.facts(
            (
                (gettext("Population"), module.population_description, f"{BASELINE}/populationDescription"),
                (gettext("Units"), module.type_units_analyzed, f"{BASELINE}/typeUnitsAnalyzed"),
            )
        )
        table = Table(gettext("Characteristic"), [_name(group) for group in module.groups])
        table.rows.extend(_denominators(module.denoms, module.groups))
        for measure in module.measures:
            table.rows.extend(_baseline_rows(measure, module.denoms, module.groups))
        entry = self.entry(title, table, BASELINE, folded=len(table.rows) > 2 * _LONG)
        return ResultsPart(title, facts, self.groups(module.groups, f"{BASELINE}/groups"), (entry,))

    # Outcomes

    def outcomes(self) -> Iterator[ResultsPart]:
        module = self.results.outcome_measures_module
        kinds: dict[str, list[tuple[int, OutcomeMeasure]]] = {}
        for index, measure in enumerate(module.outcome_measures if module else []):
            kinds.setdefault(measure.type or "", []).append((index, measure))
        for kind, measures in kinds.items():
            entries = tuple(
                self.outcome(measure, f"{MEASURES}/{index}", folded=kind != "PRIMARY") for index, measure in measures
            )
            yield ResultsPart(_title_of(kind).format(type=words(kind), n=format_number(len(entries))), entries=entries)

    def outcome(self, measure: OutcomeMeasure, pointer: str, *, folded: bool) -> Entry:
        facts = [
            Fact(label, self.running(text))
            for label, text in (
                (gettext("Time frame"), measure.time_frame),
                (gettext("About"), measure.description),
                (gettext("Population analysed"), measure.population_description),
                (gettext("What the numbers are"), _kind_of_number(measure)),
            )
            if text
        ]
        if measure.reporting_status and measure.reporting_status != "POSTED":
            facts.append(Fact(gettext("Reporting"), self.linker.text(words(measure.reporting_status))))
        if measure.anticipated_posting_date:
            facts.append(Fact(gettext("Expected to be posted"), timed(measure.anticipated_posting_date)))
        table = Table(gettext("Measured"), [_name(group) for group in measure.groups])
        table.rows.extend(_denominators(measure.denoms, measure.groups))
        table.rows.extend(_class_rows(measure.classes, measure, measure.denoms, measure.groups))
        table.rows.extend(_group_notes(measure.groups))
        title = measure.title or gettext("Without a name")
        return Entry(
            self.linker.text(title),
            self.write(table, title),
            self.provenance.mark(pointer),
            tuple(facts),
            tuple(self.analysis(item, measure.groups) for item in measure.analyses),
            folded=folded or len(table.rows) > 2 * _LONG,
        )

    def analysis(self, item: MeasureAnalysis, groups: Sequence[_Group]) -> Markdown:
        names = {group.id: _name(group) for group in groups}
        compared = "; ".join(names.get(group, group) for group in item.group_ids)
        rows = (
            (gettext("Groups"), compared),
            (gettext("Method"), item.statistical_method),
            (gettext("P value"), item.p_value),
            (gettext("On the P value"), item.p_value_comment),
            (gettext("Estimate"), _estimate(item)),
            (gettext("Dispersion"), _pair(item.dispersion_type, item.dispersion_value)),
            (gettext("On the estimate"), item.estimate_comment),
            (
                gettext("On the limits"),
                "; ".join(t for t in (item.ci_lower_limit_comment, item.ci_upper_limit_comment) if t),
            ),
            (gettext("Kind of test"), words(item.non_inferiority_type) if item.non_inferiority_type else None),
            (gettext("On the test"), item.non_inferiority_comment),
            (gettext("On the method"), item.statistical_comment),
            (gettext("On the groups"), item.group_description),
            (gettext("Other analysis"), item.other_analysis_description),
        )
        shown = [Markdown(f"**{label}:** {self.running(text)}") for label, text in rows if text]
        return join(shown, "<br>")

    # Adverse events

    def events(self) -> ResultsPart:
        module = self.results.adverse_events_module
        if module is None:
            return ResultsPart(gettext("Adverse events"))
        threshold = f"{module.frequency_threshold} %" if module.frequency_threshold else None
        facts = self.facts(
            (
                (gettext("Time frame"), module.time_frame, f"{EVENTS}/timeFrame"),
                (gettext("Threshold for other events"), threshold, f"{EVENTS}/frequencyThreshold"),
                (gettext("About"), module.description, f"{EVENTS}/description"),
                (gettext("On deaths"), module.all_cause_mortality_comment, f"{EVENTS}/allCauseMortalityComment"),
            )
        )
        entries = [self.event_totals(module)]
        for title, events, field in (
            (gettext("Serious adverse events"), module.serious_events, "seriousEvents"),
            (gettext("Other adverse events"), module.other_events, "otherEvents"),
        ):
            if events:
                table = _event_table(events, module.event_groups)
                entries.append(self.entry(f"{title} ({len(events)})", table, f"{EVENTS}/{field}"))
        groups = self.groups(module.event_groups, f"{EVENTS}/eventGroups")
        return ResultsPart(gettext("Adverse events"), facts, groups, tuple(entries))

    def event_totals(self, module: AdverseEventsModule) -> Entry:
        table = Table(gettext("Affected, of those at risk"), [_name(group) for group in module.event_groups])
        for label, kind in (
            (gettext("Deaths from any cause"), "deaths"),
            (gettext("With serious adverse events"), "serious"),
            (gettext("With other adverse events"), "other"),
        ):
            cells = tuple(_total(group, kind) for group in module.event_groups)
            if any(cells):
                table.rows.append(Row(label, cells))
        return self.entry(gettext("All adverse events"), table, f"{EVENTS}/eventGroups", folded=False)

    # The rest

    def more(self) -> ResultsPart:
        module = self.results.more_info_module
        title = gettext("Limits and agreements")
        if module is None:
            return ResultsPart(title)
        rows: list[tuple[str, str | None, str]] = []
        limits, agreement, contact = module.limitations_and_caveats, module.certain_agreement, module.point_of_contact
        if limits:
            rows.append((gettext("Limitations and caveats"), limits.description, f"{MORE}/limitationsAndCaveats"))
        if agreement:
            at = f"{MORE}/certainAgreement"
            answers = (
                (
                    gettext("Investigators are employed by the sponsor"),
                    agreement.pi_sponsor_employee,
                    "piSponsorEmployee",
                ),
                (gettext("An agreement restricts publishing"), agreement.restrictive_agreement, "restrictiveAgreement"),
            )
            for label, answer, field in answers:
                shown = None if answer is None else gettext("Yes") if answer else gettext("No")
                rows.append((label, shown, f"{at}/{field}"))
            restriction = words(agreement.restriction_type) if agreement.restriction_type else None
            rows.append((gettext("Kind of restriction"), restriction, f"{at}/restrictionType"))
            rows.append((gettext("About the agreement"), agreement.other_details, f"{at}/otherDetails"))
        if contact and self.linker.settings.contacts:
            phone = " ext. ".join(part for part in (contact.phone, contact.phone_ext) if part)
            parts = (contact.title, contact.organization, phone, contact.email)
            rows.append((gettext("Whom to ask"), ", ".join(part for part in parts if part), f"{MORE}/pointOfContact"))
        return ResultsPart(title, self.facts(rows))


def _title_of(kind: str) -> str:
    """Return the message over the results of outcomes of one type: ``{type}``, their number as ``{n}``."""
    titles = {
        "PRIMARY": gettext("Primary outcomes: results ({n})"),
        "SECONDARY": gettext("Secondary outcomes: results ({n})"),
        "OTHER_PRE_SPECIFIED": gettext("Other pre specified outcomes: results ({n})"),
        "POST_HOC": gettext("Post hoc outcomes: results ({n})"),
        "": gettext("Outcomes, type not stated: results ({n})"),
    }
    return titles.get(kind) or gettext("{type} outcomes: results ({n})")


def _name(group: _Group) -> str:
    return group.title or group.id or gettext("Group without a name")


_FLOW = {
    "STARTED": gettext_noop("Started"),
    "COMPLETED": gettext_noop("Completed"),
    "NOT COMPLETED": gettext_noop("Not completed"),
}
"""Rows that the registry puts into each period; messages."""


def _said(name: str | None) -> str:
    """Return what a row of the flow is about: the registry shouts, ``NOT COMPLETED``."""
    if not name:
        return gettext("Not named")
    known = _FLOW.get(name)
    return gettext(known) if known else name.capitalize() if name.isupper() else name


def _flow_cells(stats: Sequence[FlowStats], groups: Sequence[_Group], units: str | None) -> tuple[str | None, ...]:
    """Return the numbers of a row exactly as they are stated, one for each group."""
    cells: list[str | None] = []
    for group in groups:
        found = next((item for item in stats if item.group_id == group.id), None)
        text = found.num_subjects if found else None
        if found and found.num_units:
            unit = units or gettext("units")
            text = f"{text or '–'} ({found.num_units} {unit})"
        if found and found.comment:
            text = f"{text or '–'} ({found.comment})"
        cells.append(text)
    return tuple(cells)


def _denominators(denoms: Sequence[Denom], groups: Sequence[_Group]) -> Iterator[Row]:
    for denom in denoms:
        counts = {item.group_id: item.value for item in denom.counts}
        units = denom.units or gettext("Units")
        if units.lower() == "participants":
            label = gettext("Participants analysed")
        else:
            label = gettext("{units} analysed").format(units=units)
        yield Row(label, tuple(counts.get(group.id) for group in groups))


def _kind_of_number(measure: OutcomeMeasure | BaselineMeasure) -> str:
    """Return what a measure's numbers are, such as ``Mean (standard deviation), in years``."""
    text = words(measure.param_type or "")
    if measure.dispersion_type and measure.dispersion_type not in {"NA", "NONE"}:
        dispersion = words(measure.dispersion_type)
        text = f"{text} ({in_sentence(dispersion)})" if text else dispersion
    said = measure.param_type == "COUNT_OF_PARTICIPANTS" and (measure.unit_of_measure or "").lower() == "participants"
    if measure.unit_of_measure and not said:
        unit = measure.unit_of_measure
        if not text:
            return gettext("In {unit}").format(unit=unit)
        # For translators: what a number is, and its unit: "Mean (standard deviation), in years".
        return gettext("{number}, in {unit}").format(number=text, unit=unit)
    return text


def _baseline_rows(measure: BaselineMeasure, denoms: Sequence[Denom], groups: Sequence[_Group]) -> Iterator[Row]:
    notes = (_kind_of_number(measure), measure.description, measure.population_description)
    yield Row(measure.title or gettext("Without a name"), note=" · ".join(note for note in notes if note), heading=True)
    yield from _denominators(measure.denoms, groups)
    yield from _class_rows(measure.classes, measure, measure.denoms or denoms, groups)


def _class_rows(
    classes: Sequence[MeasureClass],
    measure: OutcomeMeasure | BaselineMeasure,
    denoms: Sequence[Denom],
    groups: Sequence[_Group],
) -> Iterator[Row]:
    counted = measure.param_type == "COUNT_OF_PARTICIPANTS"
    for item in classes:
        several = len(item.categories) > 1
        if item.title and several:
            yield Row(item.title, heading=True)
        if item.denoms:
            for row in _denominators(item.denoms, groups):
                label = f"{item.title}: {row.label}" if item.title and not several else row.label
                yield Row(label, row.cells)
        totals = _of_participants(item.denoms or denoms) if counted else {}
        for category in item.categories:
            label = (
                category.title
                or ("" if several else item.title)
                or (words(measure.param_type) if measure.param_type else gettext("Value"))
            )
            if category.title and item.title and not several:
                label = f"{item.title}: {category.title}"
            values = {found.group_id: found for found in category.measurements}
            cells = tuple(_measured(values.get(group.id), totals.get(group.id)) for group in groups)
            yield Row(label, cells)


def _of_participants(denoms: Sequence[Denom]) -> dict[str | None, str | None]:
    found = next((denom for denom in denoms if (denom.units or "").lower() == "participants"), None)
    counts: Sequence[DenomCount] = found.counts if found else ()
    return {item.group_id: item.value for item in counts}


def _measured(found: Measurement | None, total: str | None) -> str | None:
    """Return a value with its spread or its limits, and of how many."""
    if found is None:
        return None
    text = found.value if found.value is not None else "–"
    if total:
        text = gettext("{number} of {total}").format(number=text, total=total)
    if found.spread:
        text = f"{text} ({found.spread})"
    if found.lower_limit is not None or found.upper_limit is not None:
        low, high = (limit if limit is not None else "–" for limit in (found.lower_limit, found.upper_limit))
        text = gettext("{value} ({low} to {high})").format(value=text, low=low, high=high)
    return f"{text} – {found.comment}" if found.comment else text


def _group_notes(groups: Sequence[_Group]) -> Iterator[Row]:
    """Yield one row that says who is in the groups, where that is stated."""
    if any(group.description for group in groups):
        yield Row(gettext("Who is in the group"), tuple(group.description for group in groups))


def _pair(kind: str | None, value: str | None) -> str | None:
    return f"{words(kind)} {value}" if kind and value else value or None


def _estimate(item: MeasureAnalysis) -> str | None:
    text = _pair(item.param_type, item.param_value)
    if item.ci_lower_limit is None and item.ci_upper_limit is None:
        return text
    low, high = (limit if limit is not None else "–" for limit in (item.ci_lower_limit, item.ci_upper_limit))
    message = (
        gettext("{level} % confidence interval {low} to {high}")
        if item.ci_pct_value
        else gettext("confidence interval {low} to {high}")
    )
    interval = message.format(level=item.ci_pct_value, low=low, high=high)
    if item.ci_num_sides:
        interval = f"{interval}, {in_sentence(words(item.ci_num_sides))}"
    return f"{text} ({interval})" if text else interval


def _of(affected: int | None, at_risk: int | None) -> str | None:
    if affected is None and at_risk is None:
        return None
    number = "–" if affected is None else format_number(affected)
    if at_risk is None:
        return number
    return gettext("{number} of {total}").format(number=number, total=format_number(at_risk))


def _total(group: EventGroup, kind: str) -> str | None:
    return _of(getattr(group, f"{kind}_num_affected"), getattr(group, f"{kind}_num_at_risk"))


def _event_table(events: Sequence[AdverseEvent], groups: Sequence[EventGroup]) -> Table:
    """Return events by organ system, in the order of the record: affected of those at risk, and how often."""
    table = Table(gettext("Affected, of those at risk"), [_name(group) for group in groups])
    systems: dict[str, list[AdverseEvent]] = {}
    for event in events:
        systems.setdefault(event.organ_system or gettext("Organ system not stated"), []).append(event)
    for system, members in systems.items():
        table.rows.append(Row(words(system), heading=True))
        for event in members:
            stats = {item.group_id: item for item in event.stats}
            cells: list[str | None] = []
            for group in groups:
                found = stats.get(group.id)
                text = _of(found.num_affected, found.num_at_risk) if found else None
                if found and found.num_events is not None:
                    number = plural(found.num_events, "{n} event", "{n} events")
                    text = f"{text or '–'} ({number})"
                cells.append(text)
            details = (words(event.assessment_type) if event.assessment_type else "", event.source_vocabulary or "")
            note = " · ".join(part for part in (*details, event.notes or "") if part)
            table.rows.append(Row(event.term or gettext("Without a name"), tuple(cells), note))
    return table
