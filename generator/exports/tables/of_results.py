"""The tables about results: who took part, what was measured of whom, what harm was seen.

Names are AACT's, where AACT has the table.  Other than there, texts that are the same for all rows of a measure or of
an outcome (its description, its population) stand once, in ``baseline_measures`` and ``outcomes``.  Numbers are texts,
as the registry has them (``NA``, ``<0.001``); where AACT has the number beside the text, so have these tables.
"""

from __future__ import annotations

from generator.exports.tables.columns import date, study_table, yes
from generator.language.messages import gettext_noop
from generator.model.data_file import Column, Items, Table

_RESULTS = "/resultsSection"
_FLOW = f"{_RESULTS}/participantFlowModule"
_BASELINE = f"{_RESULTS}/baselineCharacteristicsModule"
_OUTCOMES = f"{_RESULTS}/outcomeMeasuresModule/outcomeMeasures/*"
_EVENTS = f"{_RESULTS}/adverseEventsModule"
_MORE = f"{_RESULTS}/moreInfoModule"

_PERSONS = "participants, or the unit that was analyzed"


def _group(at: str = "groupId") -> tuple[Column, Column]:
    return (
        Column("result_group_id", "The group of participants.", how="made", refers="result_groups.id"),
        Column("ctgov_group_code", "The group's code in the record.", at=at),
    )


def _outcome(meaning: str = "The outcome.") -> Column:
    return Column("outcome_id", meaning, how="parent", refers="outcomes.id")


_MEASUREMENT = (
    *_group(),
    Column("classification", "The class of the row, such as a visit.", at="title", up=2),
    Column("category", "The category of the row.", at="title", up=1),
    Column("title", "What was measured.", at="title", up=3),
    Column("units", "In which unit.", at="unitOfMeasure", up=3),
    Column("param_type", "What the value is: a count, a mean …", at="paramType", up=3),
    Column("param_value", "The value, as stated.", at="value"),
    Column("param_value_num", "The value where it is a number.", "number", "value", how="number"),
    Column("dispersion_type", "What the dispersion is.", at="dispersionType", up=3),
    Column("dispersion_value", "The dispersion, as stated.", at="spread"),
    Column("dispersion_value_num", "The dispersion where it is a number.", "number", "spread", how="number"),
    Column("dispersion_lower_limit", "Its lower limit, as stated.", at="lowerLimit"),
    Column("dispersion_upper_limit", "Its upper limit, as stated.", at="upperLimit"),
    Column("explanation_of_na", "What is said of the value, such as why there is none.", at="comment"),
)
_COUNT = (
    *_group(),
    Column("scope", "Whether it counts for the whole or for a part.", how="constant"),
    Column("units", "What is counted.", at="units", up=1),
    Column("count", "How many, as stated.", at="value", unit=_PERSONS),
)

PARTICIPANT_FLOWS = study_table(
    "participant_flows",
    gettext_noop("Participant flow"),
    gettext_noop("How participants were found, and what came before their assignment to groups."),
    (Items(_FLOW),),
    Column("recruitment_details", "How they were recruited.", at="recruitmentDetails"),
    Column("pre_assignment_details", "What came before the assignment.", at="preAssignmentDetails"),
    Column("units_analyzed", "What is counted where it is not participants.", at="typeUnitsAnalyzed"),
)
RESULT_GROUPS = study_table(
    "result_groups",
    gettext_noop("Groups of results"),
    gettext_noop("The groups of participants for which results are told. Each part of the results has its own."),
    (
        Items(f"{_FLOW}/groups/*", "flow", (("result_type", "Participant Flow"),)),
        Items(f"{_BASELINE}/groups/*", "baseline", (("result_type", "Baseline"),)),
        Items(f"{_OUTCOMES}/groups/*", "outcome", (("result_type", "Outcome"),)),
        Items(f"{_EVENTS}/eventGroups/*", "event", (("result_type", "Reported Event"),)),
    ),
    Column("ctgov_group_code", "Its code in the record, such as OG000.", at="id"),
    Column("result_type", "Which part: Participant Flow, Baseline, Outcome, Reported Event.", how="constant"),
    Column("title", "Its name.", at="title"),
    Column("description", "What happened to it.", at="description"),
    label="title",
)
MILESTONES = study_table(
    "milestones",
    gettext_noop("Milestones"),
    gettext_noop("How many participants of each group reached what."),
    (Items(f"{_FLOW}/periods/*/milestones/*/achievements/*"),),
    *_group(),
    Column("title", "What was reached: started, completed …", at="type", up=1),
    Column("period", "In which part of the study.", at="title", up=2),
    Column("description", "What is said of this group.", at="comment"),
    Column("count", "How many, as stated.", at="numSubjects", unit="participants"),
    Column("milestone_description", "What is said of what was reached.", at="comment", up=1),
    Column("count_units", "How many units, as stated.", at="numUnits"),
)
DROP_WITHDRAWALS = study_table(
    "drop_withdrawals",
    gettext_noop("Withdrawals"),
    gettext_noop("How many participants of each group left, and why."),
    (Items(f"{_FLOW}/periods/*/dropWithdraws/*/reasons/*"),),
    *_group(),
    Column("period", "In which part of the study.", at="title", up=2),
    Column("reason", "Why.", at="type", up=1),
    Column("count", "How many, as stated.", at="numSubjects", unit="participants"),
    Column("drop_withdraw_comment", "What is said of the reason.", at="comment", up=1),
    Column("reason_comment", "What is said of this group.", at="comment"),
    Column("count_units", "How many units, as stated.", at="numUnits"),
)
BASELINE_COUNTS = study_table(
    "baseline_counts",
    gettext_noop("Numbers at the beginning"),
    gettext_noop("How many were analyzed of each group at the beginning."),
    (
        Items(f"{_BASELINE}/denoms/*/counts/*", "overall", (("scope", "overall"),)),
        Items(f"{_BASELINE}/measures/*/denoms/*/counts/*", "measure", (("scope", "measure"),)),
        Items(f"{_BASELINE}/measures/*/classes/*/denoms/*/counts/*", "class", (("scope", "class"),)),
    ),
    *_COUNT,
)
BASELINE_MEASURES = study_table(
    "baseline_measures",
    gettext_noop("Characteristics at the beginning"),
    gettext_noop("What was measured of participants at the beginning."),
    (Items(f"{_BASELINE}/measures/*"),),
    Column("title", "What was measured.", at="title"),
    Column("description", "How.", at="description"),
    Column("population_description", "Of whom.", at="populationDescription"),
    Column("param_type", "What the values are: a count, a mean …", at="paramType"),
    Column("dispersion_type", "What the dispersion is.", at="dispersionType"),
    Column("units", "In which unit.", at="unitOfMeasure"),
    yes("calculate_percentage", "Whether percentages are calculated.", "calculatePct"),
    Column("number_analyzed_units", "What is counted as analyzed.", at="denomUnitsSelected"),
    label="title",
)
BASELINE_MEASUREMENTS = study_table(
    "baseline_measurements",
    gettext_noop("Measurements at the beginning"),
    gettext_noop("Each value of each group at the beginning."),
    (Items(f"{_BASELINE}/measures/*/classes/*/categories/*/measurements/*"),),
    Column("baseline_measure_id", "The measure.", how="parent", refers="baseline_measures.id"),
    *_MEASUREMENT,
)
OUTCOMES = study_table(
    "outcomes",
    gettext_noop("Measured outcomes"),
    gettext_noop("The outcomes of which results are told."),
    (Items(_OUTCOMES),),
    Column("outcome_type", "PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED or POST_HOC.", at="type"),
    Column("title", "What was measured.", at="title"),
    Column("description", "How.", at="description"),
    Column("time_frame", "When.", at="timeFrame"),
    Column("population", "Of whom.", at="populationDescription"),
    Column("reporting_status", "Whether results are posted.", at="reportingStatus"),
    date("anticipated_posting_date", "When they are to be posted.", "anticipatedPostingDate"),
    Column("units", "In which unit.", at="unitOfMeasure"),
    Column("units_analyzed", "What is counted where it is not participants.", at="typeUnitsAnalyzed"),
    Column("denom_units_selected", "What is counted as analyzed.", at="denomUnitsSelected"),
    Column("dispersion_type", "What the dispersion is.", at="dispersionType"),
    Column("param_type", "What the values are: a count, a mean …", at="paramType"),
    yes("calculate_percentage", "Whether percentages are calculated.", "calculatePct"),
    label="title",
)
OUTCOME_COUNTS = study_table(
    "outcome_counts",
    gettext_noop("Numbers analyzed"),
    gettext_noop("How many of each group were analyzed for an outcome."),
    (
        Items(f"{_OUTCOMES}/denoms/*/counts/*", "measure", (("scope", "Measure"),)),
        Items(f"{_OUTCOMES}/classes/*/denoms/*/counts/*", "class", (("scope", "Class"),)),
    ),
    _outcome(),
    *_COUNT,
)
OUTCOME_MEASUREMENTS = study_table(
    "outcome_measurements",
    gettext_noop("Measurements of outcomes"),
    gettext_noop("Each value of each group."),
    (Items(f"{_OUTCOMES}/classes/*/categories/*/measurements/*"),),
    _outcome(),
    *_MEASUREMENT,
)
OUTCOME_ANALYSES = study_table(
    "outcome_analyses",
    gettext_noop("Analyses"),
    gettext_noop("How groups were compared."),
    (Items(f"{_OUTCOMES}/analyses/*"),),
    _outcome(),
    yes("tested_non_inferiority", "Whether non-inferiority was tested.", "testedNonInferiority"),
    Column("non_inferiority_type", "What kind of test.", at="nonInferiorityType"),
    Column("non_inferiority_description", "What is said of that.", at="nonInferiorityComment"),
    Column("param_type", "What is estimated.", at="paramType"),
    Column("param_value", "The estimate, as stated.", at="paramValue"),
    Column("dispersion_type", "What the dispersion is.", at="dispersionType"),
    Column("dispersion_value", "The dispersion, as stated.", at="dispersionValue"),
    Column("p_value", "The p-value, as stated, with < or > before it.", at="pValue"),
    Column("p_value_description", "What is said of it.", at="pValueComment"),
    Column("ci_n_sides", "Sides of the confidence interval.", at="ciNumSides"),
    Column("ci_percent", "Its level, as stated.", at="ciPctValue", unit="percent"),
    Column("ci_lower_limit", "Its lower limit, as stated.", at="ciLowerLimit"),
    Column("ci_upper_limit", "Its upper limit, as stated.", at="ciUpperLimit"),
    Column("ci_lower_limit_na_comment", "Why there is no lower limit.", at="ciLowerLimitComment"),
    Column("ci_upper_limit_na_comment", "Why there is no upper limit.", at="ciUpperLimitComment"),
    Column("method", "The test.", at="statisticalMethod"),
    Column("method_description", "What is said of it.", at="statisticalComment"),
    Column("estimate_description", "What is said of the estimate.", at="estimateComment"),
    Column("groups_description", "What is said of the comparison.", at="groupDescription"),
    Column("other_analysis_description", "What else was analyzed.", at="otherAnalysisDescription"),
)
OUTCOME_ANALYSIS_GROUPS = study_table(
    "outcome_analysis_groups",
    gettext_noop("Which groups were compared"),
    gettext_noop("Each analysis with each of its groups."),
    (Items(f"{_OUTCOMES}/analyses/*/groupIds/*"),),
    Column("outcome_analysis_id", "The analysis.", how="parent", depth=2, refers="outcome_analyses.id"),
    *_group(at=""),
)
ADVERSE_EVENT_REPORTS = study_table(
    "adverse_event_reports",
    gettext_noop("How adverse events were collected"),
    gettext_noop("What holds for all adverse events of a study."),
    (Items(_EVENTS),),
    Column("time_frame", "When they were collected.", at="timeFrame"),
    Column("description", "How.", at="description"),
    Column("frequency_threshold", "How frequent other events had to be, as stated.", at="frequencyThreshold"),
    Column("all_cause_mortality_comment", "What is said of deaths.", at="allCauseMortalityComment"),
)
REPORTED_EVENT_TOTALS = study_table(
    "reported_event_totals",
    gettext_noop("Adverse events in all"),
    gettext_noop("How many of each group died, and had serious and other adverse events."),
    tuple(
        Items(
            f"{_EVENTS}/eventGroups/*",
            kind,
            (("event_type", kind),),
            fields=(
                ("subjects_affected", f"{kind}NumAffected"),
                ("subjects_at_risk", f"{kind}NumAtRisk"),
                ("ctgov_group_code", "id"),
            ),
        )
        for kind in ("deaths", "serious", "other")
    ),
    *_group(),
    Column("event_type", "deaths, serious or other.", how="constant"),
    Column("subjects_affected", "How many had such an event.", "integer", "NumAffected", unit="participants"),
    Column("subjects_at_risk", "Of how many.", "integer", "NumAtRisk", unit="participants"),
)
REPORTED_EVENTS = study_table(
    "reported_events",
    gettext_noop("Adverse events"),
    gettext_noop("Each adverse event in each group."),
    (
        Items(f"{_EVENTS}/seriousEvents/*/stats/*", "serious", (("event_type", "serious"),)),
        Items(f"{_EVENTS}/otherEvents/*/stats/*", "other", (("event_type", "other"),)),
    ),
    *_group(),
    Column("event_type", "serious or other.", how="constant"),
    Column("adverse_event_term", "The event.", at="term", up=1),
    Column("organ_system", "The part of the body.", at="organSystem", up=1),
    Column("vocab", "The vocabulary of the term.", at="sourceVocabulary", up=1),
    Column("assessment", "How it was looked for.", at="assessmentType", up=1),
    Column("notes", "What is said of the event.", at="notes", up=1),
    Column("subjects_affected", "How many had it.", "integer", "numAffected", unit="participants"),
    Column("subjects_at_risk", "Of how many.", "integer", "numAtRisk", unit="participants"),
    Column("event_count", "How often.", "integer", "numEvents", unit="events"),
    label="adverse_event_term",
)
RESULT_AGREEMENTS = study_table(
    "result_agreements",
    gettext_noop("Agreements on publishing"),
    gettext_noop("What investigators may publish."),
    (Items(f"{_MORE}/certainAgreement"),),
    yes("pi_employee", "Whether the investigators are employees of the sponsor.", "piSponsorEmployee"),
    yes("restrictive_agreement", "Whether an agreement restricts publishing.", "restrictiveAgreement"),
    Column("restriction_type", "Which kind of restriction.", at="restrictionType"),
    Column("other_details", "What is said of it.", at="otherDetails"),
)
RESULT_CONTACTS = study_table(
    "result_contacts",
    gettext_noop("Contacts for results"),
    gettext_noop("Whom to ask about results."),
    (Items(f"{_MORE}/pointOfContact"),),
    Column("name", "The person or office.", at="title"),
    Column("organization", "Where it is.", at="organization"),
    Column("phone", "Telephone.", at="phone"),
    Column("extension", "Extension.", at="phoneExt"),
    Column("email", "E-mail address.", at="email"),
    label="name",
)
PENDING_RESULTS = study_table(
    "pending_results",
    gettext_noop("Results not yet posted"),
    gettext_noop("When results were sent in and given back before they were posted."),
    (Items("/annotationSection/annotationModule/unpostedAnnotation/unpostedEvents/*"),),
    Column("event", "What happened.", at="type"),
    date("event_date", "When.", "date"),
    yes("event_date_unknown", "Whether the day is not known.", "dateUnknown"),
)

TABLES_OF_RESULTS: tuple[Table, ...] = (
    PARTICIPANT_FLOWS,
    OUTCOMES,
    RESULT_GROUPS,
    MILESTONES,
    DROP_WITHDRAWALS,
    BASELINE_COUNTS,
    BASELINE_MEASURES,
    BASELINE_MEASUREMENTS,
    OUTCOME_COUNTS,
    OUTCOME_MEASUREMENTS,
    OUTCOME_ANALYSES,
    OUTCOME_ANALYSIS_GROUPS,
    ADVERSE_EVENT_REPORTS,
    REPORTED_EVENT_TOTALS,
    REPORTED_EVENTS,
    RESULT_AGREEMENTS,
    RESULT_CONTACTS,
    PENDING_RESULTS,
)
"""All of them; those to which others refer come first."""
