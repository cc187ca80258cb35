"""Where each element of the legacy XML belongs in API v2.

Paths of elements are relative to the element around them; ``@name`` is an attribute, ``.`` the element itself.
Targets are relative to the object that is being filled.  What is not in these tables is reported as unread.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.model.pointers import Json
from generator.readers.layouts.clinicaltrials_gov_xml.conversion import (
    DATE_TYPES,
    DISPERSIONS,
    HEALTHY_VOLUNTEERS,
    PRINCIPAL_INVESTIGATOR_EMPLOYED,
    SIDES,
    YES_NO,
    Converter,
    age,
    date,
    enumeration,
    group_id,
    masking,
    number,
    one_of,
    open_enumeration,
    phase,
    posting_date,
    restrictive_agreement,
    study_type,
    text,
)
from generator.readers.layouts.clinicaltrials_gov_xml.markup import plain_markup, text_block


@dataclass(frozen=True, slots=True)
class Value:
    """One element or attribute that is one value; with *many*, each such element is an entry of a list.

    A converter that returns an object fills several fields of the target, which then is their parent.
    """

    path: str
    target: str
    convert: Converter = text
    many: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """Elements that are objects: each an entry of the list at *target*."""

    path: str
    target: str
    rules: tuple[Rule, ...]
    constants: dict[str, Json] = field(default_factory=dict)
    """What an element of this name says by its name alone."""


@dataclass(frozen=True, slots=True)
class Known:
    """An element that says nothing of its own: its words are known, or stand elsewhere already."""

    path: str
    words: frozenset[str]


Rule = Value | Items | Known


def _date(element: str, target: str) -> tuple[Value, ...]:
    """A date and its type."""
    return (
        Value(element, f"{target}.date", date),
        Value(f"{element}@type", f"{target}.type", open_enumeration(DATE_TYPES)),
    )


_yes_no = one_of(YES_NO)

_IDENTIFICATION = "protocolSection.identificationModule"
_STATUS = "protocolSection.statusModule"
_SPONSORS = "protocolSection.sponsorCollaboratorsModule"
_OVERSIGHT = "protocolSection.oversightModule"
_DESIGN = "protocolSection.designModule"
_ARMS = "protocolSection.armsInterventionsModule"
_OUTCOMES = "protocolSection.outcomesModule"
_ELIGIBILITY = "protocolSection.eligibilityModule"
_PLACES = "protocolSection.contactsLocationsModule"
_REFERENCES = "protocolSection.referencesModule"
_SHARING = "protocolSection.ipdSharingStatementModule"

SPONSOR: tuple[Rule, ...] = (Value("agency", "name"), Value("agency_class", "class", enumeration("agencyClass")))
OUTCOME: tuple[Rule, ...] = (
    Value("measure", "measure"),
    Value("description", "description", plain_markup),
    Value("time_frame", "timeFrame"),
)
CONTACT: tuple[Rule, ...] = (Value("phone", "phone"), Value("phone_ext", "phoneExt"), Value("email", "email"))
"""Without the name, which several elements make up together."""
REFERENCE: tuple[Rule, ...] = (Value("PMID", "pmid"), Value("citation", "citation"))

PROTOCOL: tuple[Rule, ...] = (
    Value("id_info/nct_id", f"{_IDENTIFICATION}.nctId"),
    Value("id_info/nct_alias", f"{_IDENTIFICATION}.nctIdAliases", many=True),
    Value("id_info/org_study_id", f"{_IDENTIFICATION}.orgStudyIdInfo.id"),
    Items("id_info/secondary_id", f"{_IDENTIFICATION}.secondaryIdInfos", (Value(".", "id"),)),
    Value("brief_title", f"{_IDENTIFICATION}.briefTitle"),
    Value("official_title", f"{_IDENTIFICATION}.officialTitle"),
    Value("acronym", f"{_IDENTIFICATION}.acronym"),
    Value("source", f"{_IDENTIFICATION}.organization.fullName"),
    Value("source_class", f"{_IDENTIFICATION}.organization.class", enumeration("agencyClass")),
    # Status
    Value("overall_status", f"{_STATUS}.overallStatus", enumeration("status")),
    Value("last_known_status", f"{_STATUS}.lastKnownStatus", enumeration("status")),
    Value("why_stopped", f"{_STATUS}.whyStopped", plain_markup),
    Value("verification_date", f"{_STATUS}.statusVerifiedDate", date),
    Value("has_expanded_access", f"{_STATUS}.expandedAccessInfo.hasExpandedAccess", _yes_no),
    Value("expanded_access_info/expanded_access_nctid", f"{_STATUS}.expandedAccessInfo.nctId"),
    Value(
        "expanded_access_info/expanded_access_status_for_nctid",
        f"{_STATUS}.expandedAccessInfo.statusForNctId",
        enumeration("status"),
    ),
    Value("delayed_posting", f"{_STATUS}.delayedPosting", _yes_no),
    *_date("start_date", f"{_STATUS}.startDateStruct"),
    *_date("primary_completion_date", f"{_STATUS}.primaryCompletionDateStruct"),
    *_date("completion_date", f"{_STATUS}.completionDateStruct"),
    Value("study_first_submitted", f"{_STATUS}.studyFirstSubmitDate", date),
    Value("firstreceived_date", f"{_STATUS}.studyFirstSubmitDate", date),
    Value("study_first_submitted_qc", f"{_STATUS}.studyFirstSubmitQcDate", date),
    *_date("study_first_posted", f"{_STATUS}.studyFirstPostDateStruct"),
    Value("results_first_submitted", f"{_STATUS}.resultsFirstSubmitDate", date),
    Value("firstreceived_results_date", f"{_STATUS}.resultsFirstSubmitDate", date),
    Value("results_first_submitted_qc", f"{_STATUS}.resultsFirstSubmitQcDate", date),
    *_date("results_first_posted", f"{_STATUS}.resultsFirstPostDateStruct"),
    Value("disposition_first_submitted", f"{_STATUS}.dispFirstSubmitDate", date),
    Value("firstreceived_results_disposition_date", f"{_STATUS}.dispFirstSubmitDate", date),
    Value("disposition_first_submitted_qc", f"{_STATUS}.dispFirstSubmitQcDate", date),
    *_date("disposition_first_posted", f"{_STATUS}.dispFirstPostDateStruct"),
    Value("last_update_submitted", f"{_STATUS}.lastUpdateSubmitDate", date),
    Value("lastchanged_date", f"{_STATUS}.lastUpdateSubmitDate", date),
    *_date("last_update_posted", f"{_STATUS}.lastUpdatePostDateStruct"),
    # Sponsors
    Value("sponsors/lead_sponsor/agency", f"{_SPONSORS}.leadSponsor.name"),
    Value("sponsors/lead_sponsor/agency_class", f"{_SPONSORS}.leadSponsor.class", enumeration("agencyClass")),
    Items("sponsors/collaborator", f"{_SPONSORS}.collaborators", SPONSOR),
    Value("responsible_party/responsible_party_type", f"{_SPONSORS}.responsibleParty.type", open_enumeration()),
    Value("responsible_party/investigator_full_name", f"{_SPONSORS}.responsibleParty.investigatorFullName"),
    Value("responsible_party/investigator_title", f"{_SPONSORS}.responsibleParty.investigatorTitle"),
    Value("responsible_party/investigator_affiliation", f"{_SPONSORS}.responsibleParty.investigatorAffiliation"),
    Value("responsible_party/name_title", f"{_SPONSORS}.responsibleParty.oldNameTitle"),
    Value("responsible_party/organization", f"{_SPONSORS}.responsibleParty.oldOrganization"),
    # Oversight
    Value("oversight_info/has_dmc", f"{_OVERSIGHT}.oversightHasDmc", _yes_no),
    Value("oversight_info/is_fda_regulated_drug", f"{_OVERSIGHT}.isFdaRegulatedDrug", _yes_no),
    Value("oversight_info/is_fda_regulated_device", f"{_OVERSIGHT}.isFdaRegulatedDevice", _yes_no),
    Value("oversight_info/is_unapproved_device", f"{_OVERSIGHT}.isUnapprovedDevice", _yes_no),
    Value("oversight_info/is_ppsd", f"{_OVERSIGHT}.isPpsd", _yes_no),
    Value("oversight_info/is_us_export", f"{_OVERSIGHT}.isUsExport", _yes_no),
    # Description and conditions
    Value("brief_summary/textblock", "protocolSection.descriptionModule.briefSummary", text_block),
    Value("detailed_description/textblock", "protocolSection.descriptionModule.detailedDescription", text_block),
    Value("condition", "protocolSection.conditionsModule.conditions", many=True),
    Value("keyword", "protocolSection.conditionsModule.keywords", many=True),
    # Design; study_design (before 2017) is taken apart by its labels
    Value("study_type", _DESIGN, study_type),
    Value("phase", f"{_DESIGN}.phases", phase),
    Value("target_duration", f"{_DESIGN}.targetDuration"),
    Value("enrollment", f"{_DESIGN}.enrollmentInfo.count", number),
    Value("enrollment@type", f"{_DESIGN}.enrollmentInfo.type", open_enumeration(DATE_TYPES)),
    Value("biospec_retention", f"{_DESIGN}.bioSpec.retention", enumeration("bioSpecRetention")),
    Value("biospec_descr/textblock", f"{_DESIGN}.bioSpec.description", text_block),
    Value("expanded_access_info/expanded_access_type_individual", f"{_DESIGN}.expandedAccessTypes.individual", _yes_no),
    Value(
        "expanded_access_info/expanded_access_type_intermediate", f"{_DESIGN}.expandedAccessTypes.intermediate", _yes_no
    ),
    Value("expanded_access_info/expanded_access_type_treatment", f"{_DESIGN}.expandedAccessTypes.treatment", _yes_no),
    Value("study_design_info/allocation", f"{_DESIGN}.designInfo.allocation", enumeration("allocation")),
    Value(
        "study_design_info/intervention_model",
        f"{_DESIGN}.designInfo.interventionModel",
        enumeration("interventionModel"),
    ),
    Value(
        "study_design_info/intervention_model_description",
        f"{_DESIGN}.designInfo.interventionModelDescription",
        plain_markup,
    ),
    Value("study_design_info/primary_purpose", f"{_DESIGN}.designInfo.primaryPurpose", enumeration("primaryPurpose")),
    Value(
        "study_design_info/observational_model",
        f"{_DESIGN}.designInfo.observationalModel",
        enumeration("observationalModel"),
    ),
    Value(
        "study_design_info/time_perspective", f"{_DESIGN}.designInfo.timePerspective", enumeration("timePerspective")
    ),
    Value("study_design_info/masking", f"{_DESIGN}.designInfo.maskingInfo", masking),
    Value(
        "study_design_info/masking_description", f"{_DESIGN}.designInfo.maskingInfo.maskingDescription", plain_markup
    ),
    # Arms, interventions, outcomes
    Items(
        "arm_group",
        f"{_ARMS}.armGroups",
        (
            Value("arm_group_label", "label"),
            Value("arm_group_type", "type", enumeration("armGroupType")),
            Value("description", "description", plain_markup),
        ),
    ),
    Items(
        "intervention",
        f"{_ARMS}.interventions",
        (
            Value("intervention_type", "type", enumeration("interventionType")),
            Value("intervention_name", "name"),
            Value("description", "description", plain_markup),
            Value("arm_group_label", "armGroupLabels", many=True),
            Value("other_name", "otherNames", many=True),
        ),
    ),
    Items("primary_outcome", f"{_OUTCOMES}.primaryOutcomes", OUTCOME),
    Items("secondary_outcome", f"{_OUTCOMES}.secondaryOutcomes", OUTCOME),
    Items("other_outcome", f"{_OUTCOMES}.otherOutcomes", OUTCOME),
    # Eligibility
    Value("eligibility/criteria/textblock", f"{_ELIGIBILITY}.eligibilityCriteria", text_block),
    Value("eligibility/healthy_volunteers", f"{_ELIGIBILITY}.healthyVolunteers", one_of(HEALTHY_VOLUNTEERS)),
    Value("eligibility/gender", f"{_ELIGIBILITY}.sex", enumeration("sex")),
    Value("eligibility/gender_based", f"{_ELIGIBILITY}.genderBased", _yes_no),
    Value("eligibility/gender_description", f"{_ELIGIBILITY}.genderDescription", plain_markup),
    Value("eligibility/minimum_age", f"{_ELIGIBILITY}.minimumAge", age),
    Value("eligibility/maximum_age", f"{_ELIGIBILITY}.maximumAge", age),
    Value("eligibility/study_pop/textblock", f"{_ELIGIBILITY}.studyPopulation", text_block),
    Value("eligibility/sampling_method", f"{_ELIGIBILITY}.samplingMethod", enumeration("samplingMethod")),
    # People and places
    Items("overall_contact", f"{_PLACES}.centralContacts", CONTACT, {"role": "CONTACT"}),
    Items("overall_contact_backup", f"{_PLACES}.centralContacts", CONTACT, {"role": "CONTACT"}),
    Items(
        "overall_official",
        f"{_PLACES}.overallOfficials",
        (Value("affiliation", "affiliation"), Value("role", "role", enumeration("role"))),
    ),
    Items(
        "location",
        f"{_PLACES}.locations",
        (
            Value("facility/name", "facility"),
            Value("status", "status", enumeration("status")),
            Value("facility/address/city", "city"),
            Value("facility/address/state", "state"),
            Value("facility/address/zip", "zip"),
            Value("facility/address/country", "country"),
            Items("contact", "contacts", CONTACT, {"role": "CONTACT"}),
            Items("contact_backup", "contacts", CONTACT, {"role": "CONTACT"}),
            Items("investigator", "contacts", (Value("role", "role", enumeration("role")),)),
        ),
    ),
    Value("location_countries/country", "catalogSection.countries", many=True),
    Value("removed_countries/country", "derivedSection.miscInfoModule.removedCountries", many=True),
    # References
    Items("reference", f"{_REFERENCES}.references", REFERENCE),
    Items("results_reference", f"{_REFERENCES}.references", REFERENCE),
    Items("link", f"{_REFERENCES}.seeAlsoLinks", (Value("url", "url"), Value("description", "label", plain_markup))),
    Items(
        "study_docs/study_doc",
        f"{_REFERENCES}.availIpds",
        (
            Value("doc_id", "id"),
            Value("doc_type", "type"),
            Value("doc_url", "url"),
            Value("doc_comment", "comment", plain_markup),
        ),
    ),
    Value("patient_data/sharing_ipd", f"{_SHARING}.ipdSharing", enumeration("ipdSharing")),
    Value("patient_data/ipd_description", f"{_SHARING}.description", plain_markup),
    Value("patient_data/ipd_info_type", f"{_SHARING}.infoTypes", enumeration("ipdSharingInfoType"), many=True),
    Value("patient_data/ipd_time_frame", f"{_SHARING}.timeFrame", plain_markup),
    Value("patient_data/ipd_access_criteria", f"{_SHARING}.accessCriteria", plain_markup),
    Value("patient_data/ipd_url", f"{_SHARING}.url"),
    Items(
        "provided_document_section/provided_document",
        "documentSection.largeDocumentModule.largeDocs",
        (
            Value("document_type", "label"),
            Value("document_has_protocol", "hasProtocol", _yes_no),
            Value("document_has_sap", "hasSap", _yes_no),
            Value("document_has_icf", "hasIcf", _yes_no),
            Value("document_date", "date", date),
        ),
    ),
    Items("condition_browse/mesh_term", "derivedSection.conditionBrowseModule.meshes", (Value(".", "term"),)),
    Items("intervention_browse/mesh_term", "derivedSection.interventionBrowseModule.meshes", (Value(".", "term"),)),
    Known("required_header/link_text", frozenset({"Link to the current ClinicalTrials.gov record."})),
)

PENDING_RESULTS = {"submitted": "RELEASE", "returned": "RESET", "submission_canceled": "UNRELEASE"}
"""Elements of ``pending_results`` -> type of the event."""

STUDY_DESIGN: dict[str, tuple[str, Converter]] = {
    "Allocation": (f"{_DESIGN}.designInfo.allocation", enumeration("allocation")),
    "Intervention Model": (f"{_DESIGN}.designInfo.interventionModel", enumeration("interventionModel")),
    "Masking": (f"{_DESIGN}.designInfo.maskingInfo", masking),
    "Primary Purpose": (f"{_DESIGN}.designInfo.primaryPurpose", enumeration("primaryPurpose")),
    "Observational Model": (f"{_DESIGN}.designInfo.observationalModel", enumeration("observationalModel")),
    "Time Perspective": (f"{_DESIGN}.designInfo.timePerspective", enumeration("timePerspective")),
}
"""Labels inside ``study_design``, the one line that the registry printed before 2017."""

KEPT_AS_REGISTRY_FIELDS = (
    "is_fda_regulated",
    "is_section_801",
    "last_update_submitted_qc",
    "number_of_arms",
    "number_of_groups",
    "oversight_info/authority",
    "required_header/url",
)
"""Elements that API v2 has no field for."""

# --- Results -----------------------------------------------------------------------------------------------

GROUP: tuple[Rule, ...] = (
    Value("@group_id", "id", group_id),
    Value("title", "title"),
    Value("description", "description", plain_markup),
)
_SCOPES = frozenset({"Overall", "Measure", "Class"})
DENOM: tuple[Rule, ...] = (
    Value("units", "units"),
    Known("scope", _SCOPES),
    Items("count_list/count", "counts", (Value("@group_id", "groupId", group_id), Value("@value", "value"))),
)
MEASUREMENTS = Items(
    "measurement_list/measurement",
    "measurements",
    (
        Value("@group_id", "groupId", group_id),
        Value("@value", "value"),
        Value("@spread", "spread"),
        Value("@lower_limit", "lowerLimit"),
        Value("@upper_limit", "upperLimit"),
        Value(".", "comment", plain_markup),
    ),
)
CLASSES: tuple[Rule, ...] = (
    Items(
        "class_list/class",
        "classes",
        (
            Value("title", "title"),
            Items("analyzed_list/analyzed", "denoms", DENOM),
            Items("category_list/category", "categories", (Value("title", "title"), MEASUREMENTS)),
        ),
    ),
    # Before 2017 there were categories only.
    Items(
        "category_list/category", "classes", (Value("sub_title", "title"), Items(".", "categories", (MEASUREMENTS,)))
    ),
)
BASELINE_MEASURE: tuple[Rule, ...] = (
    Value("title", "title"),
    Value("description", "description", plain_markup),
    Value("population", "populationDescription", plain_markup),
    Value("units", "unitOfMeasure"),
    Value("param", "paramType", open_enumeration()),
    Value("dispersion", "dispersionType", open_enumeration(DISPERSIONS)),
    Value("units_analyzed", "denomUnitsSelected"),
    Items("analyzed_list/analyzed", "denoms", DENOM),
    *CLASSES,
)
OUTCOME_MEASURE: tuple[Rule, ...] = (
    Value("title", "title"),
    Value("description", "description", plain_markup),
    Value("population", "populationDescription", plain_markup),
    Value("units", "unitOfMeasure"),
    Value("param", "paramType", open_enumeration()),
    Value("dispersion", "dispersionType"),
    Value("units_analyzed", "denomUnitsSelected"),
    Items("analyzed_list/analyzed", "denoms", DENOM),
    *CLASSES,
)
ANALYSIS: tuple[Rule, ...] = (
    Value("group_id_list/group_id", "groupIds", group_id, many=True),
    Value("groups_desc", "groupDescription", plain_markup),
    Value("non_inferiority", "testedNonInferiority", _yes_no),
    Value("non_inferiority_type", "nonInferiorityType", open_enumeration()),
    Value("non_inferiority_desc", "nonInferiorityComment", plain_markup),
    Value("p_value", "pValue"),
    Value("p_value_desc", "pValueComment", plain_markup),
    Value("method", "statisticalMethod"),
    Value("method_desc", "statisticalComment", plain_markup),
    Value("param_type", "paramType"),
    Value("param_value", "paramValue"),
    Value("dispersion_type", "dispersionType", open_enumeration(DISPERSIONS)),
    Value("dispersion_value", "dispersionValue"),
    Value("ci_percent", "ciPctValue"),
    Value("ci_n_sides", "ciNumSides", open_enumeration(SIDES)),
    Value("ci_lower_limit", "ciLowerLimit"),
    Value("ci_upper_limit", "ciUpperLimit"),
    Value("ci_lower_limit_na_comment", "ciLowerLimitComment", plain_markup),
    Value("ci_upper_limit_na_comment", "ciUpperLimitComment", plain_markup),
    Value("estimate_desc", "estimateComment", plain_markup),
    Value("other_analysis_desc", "otherAnalysisDescription", plain_markup),
)
REPORTED_OUTCOME: tuple[Rule, ...] = (
    Value("type", "type", open_enumeration()),
    Value("title", "title"),
    Value("description", "description", plain_markup),
    Value("time_frame", "timeFrame"),
    Value("population", "populationDescription", plain_markup),
    Value("posting_date", "anticipatedPostingDate", posting_date),
    Items("group_list/group", "groups", GROUP),
    Items("analysis_list/analysis", "analyses", ANALYSIS),
)
"""Without its measure, which repeats the title and, before 2017, carries the number of participants as another one."""

_PARTICIPANTS = Items(
    "participants_list/participants",
    "achievements",
    (Value("@group_id", "groupId", group_id), Value("@count", "numSubjects"), Value(".", "comment", plain_markup)),
)
PERIOD: tuple[Rule, ...] = (
    Value("title", "title"),
    Items("milestone_list/milestone", "milestones", (Value("title", "type"), _PARTICIPANTS)),
    Items(
        "drop_withdraw_reason_list/drop_withdraw_reason",
        "dropWithdraws",
        (Value("title", "type"), Items(_PARTICIPANTS.path, "reasons", _PARTICIPANTS.rules)),
    ),
)
EVENT: tuple[Rule, ...] = (
    Value("sub_title", "term"),
    Value("sub_title@vocab", "sourceVocabulary"),
    Value("assessment", "assessmentType", open_enumeration()),
    Value("description", "notes", plain_markup),
    Items(
        "counts",
        "stats",
        (
            Value("@group_id", "groupId", group_id),
            Value("@events", "numEvents", number),
            Value("@subjects_affected", "numAffected", number),
            Value("@subjects_at_risk", "numAtRisk", number),
        ),
    ),
)

_FLOW = "resultsSection.participantFlowModule"
_BASELINE = "resultsSection.baselineCharacteristicsModule"
_EVENTS = "resultsSection.adverseEventsModule"
_MORE = "resultsSection.moreInfoModule"

RESULTS: tuple[Value, ...] = (
    Value("participant_flow/recruitment_details", f"{_FLOW}.recruitmentDetails", plain_markup),
    Value("participant_flow/pre_assignment_details", f"{_FLOW}.preAssignmentDetails", plain_markup),
    Value("participant_flow/type_units_analyzed", f"{_FLOW}.typeUnitsAnalyzed"),
    Value("baseline/population", f"{_BASELINE}.populationDescription", plain_markup),
    Value("baseline/type_units_analyzed", f"{_BASELINE}.typeUnitsAnalyzed"),
    Value("reported_events/time_frame", f"{_EVENTS}.timeFrame"),
    Value("reported_events/desc", f"{_EVENTS}.description", plain_markup),
    Value("reported_events/other_events/frequency_threshold", f"{_EVENTS}.frequencyThreshold"),
    Value("reported_events/serious_events/frequency_threshold", f"{_EVENTS}.frequencyThreshold"),
    Value("limitations_and_caveats", f"{_MORE}.limitationsAndCaveats.description", plain_markup),
    Value(
        "certain_agreements/pi_employee",
        f"{_MORE}.certainAgreement.piSponsorEmployee",
        one_of(PRINCIPAL_INVESTIGATOR_EMPLOYED | YES_NO),
    ),
    Value("certain_agreements/restrictive_agreement", f"{_MORE}.certainAgreement", restrictive_agreement),
    Value("point_of_contact/name_or_title", f"{_MORE}.pointOfContact.title"),
    Value("point_of_contact/organization", f"{_MORE}.pointOfContact.organization"),
    Value("point_of_contact/phone", f"{_MORE}.pointOfContact.phone"),
    Value("point_of_contact/phone_ext", f"{_MORE}.pointOfContact.phoneExt"),
    Value("point_of_contact/email", f"{_MORE}.pointOfContact.email"),
)

RESULT_ITEMS: tuple[Items, ...] = (
    Items("participant_flow/group_list/group", f"{_FLOW}.groups", GROUP),
    Items("participant_flow/period_list/period", f"{_FLOW}.periods", PERIOD),
    Items("baseline/group_list/group", f"{_BASELINE}.groups", GROUP),
    Items("baseline/analyzed_list/analyzed", f"{_BASELINE}.denoms", DENOM),
    Items("baseline/measure_list/measure", f"{_BASELINE}.measures", BASELINE_MEASURE),
    Items("outcome_list/outcome", "resultsSection.outcomeMeasuresModule.outcomeMeasures", REPORTED_OUTCOME),
)

EVENT_TABLES = (("serious_events", f"{_EVENTS}.seriousEvents"), ("other_events", f"{_EVENTS}.otherEvents"))
"""Tables of adverse events: element and target."""

TOTALS = {
    "Total, all-cause mortality": "deaths",
    "Total, serious adverse events": "serious",
    "Total, other adverse events": "other",
}
"""Rows of the category "Total" of these tables, and what the fields begin with that API v2 has for them."""

PARTICIPANTS_TITLE = "Number of Participants"
"""A measure of this title was, before 2017, how many were analysed."""
