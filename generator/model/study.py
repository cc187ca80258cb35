"""A study as ClinicalTrials.gov's API v2 names it.

Every reader fills these types, whatever its document looks like, and a v2 JSON record decodes straight
into them.  Names are the API's own, in snake_case here and in camelCase in JSON; see
https://clinicaltrials.gov/data-api/about-api/study-data-structure.

Enumerations are open: fields hold plain text, and :mod:`generator.model.enumerations` says which values
are known.  Dates keep the precision that they were given with (``2019-07`` stays a month).
"""

from __future__ import annotations

import msgspec

from generator.model.catalog_section import CatalogSection
from generator.model.structure import Structure


class OrgStudyIdInfo(Structure):
    id: str | None = None
    type: str | None = None
    link: str | None = None


class SecondaryIdInfo(Structure):
    id: str | None = None
    type: str | None = None
    domain: str | None = None
    link: str | None = None


class Organization(Structure):
    full_name: str | None = None
    class_: str | None = msgspec.field(default=None, name="class")


class IdentificationModule(Structure):
    nct_id: str | None = None
    nct_id_aliases: list[str] = []
    org_study_id_info: OrgStudyIdInfo | None = None
    secondary_id_infos: list[SecondaryIdInfo] = []
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    organization: Organization | None = None


class ExpandedAccessInfo(Structure):
    has_expanded_access: bool | None = None
    nct_id: str | None = None
    status_for_nct_id: str | None = None


class DateStruct(Structure):
    date: str | None = None
    type: str | None = None


class StatusModule(Structure):
    status_verified_date: str | None = None
    overall_status: str | None = None
    last_known_status: str | None = None
    delayed_posting: bool | None = None
    why_stopped: str | None = None
    expanded_access_info: ExpandedAccessInfo | None = None
    start_date_struct: DateStruct | None = None
    primary_completion_date_struct: DateStruct | None = None
    completion_date_struct: DateStruct | None = None
    study_first_submit_date: str | None = None
    study_first_submit_qc_date: str | None = None
    study_first_post_date_struct: DateStruct | None = None
    results_waived: bool | None = None
    results_first_submit_date: str | None = None
    results_first_submit_qc_date: str | None = None
    results_first_post_date_struct: DateStruct | None = None
    disp_first_submit_date: str | None = None
    disp_first_submit_qc_date: str | None = None
    disp_first_post_date_struct: DateStruct | None = None
    last_update_submit_date: str | None = None
    last_update_post_date_struct: DateStruct | None = None


class ResponsibleParty(Structure):
    type: str | None = None
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


class Sponsor(Structure):
    name: str | None = None
    class_: str | None = msgspec.field(default=None, name="class")


class SponsorCollaboratorsModule(Structure):
    responsible_party: ResponsibleParty | None = None
    lead_sponsor: Sponsor | None = None
    collaborators: list[Sponsor] = []


class OversightModule(Structure):
    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = None


class DescriptionModule(Structure):
    brief_summary: str | None = None
    detailed_description: str | None = None


class ConditionsModule(Structure):
    conditions: list[str] = []
    keywords: list[str] = []


class ExpandedAccessTypes(Structure):
    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class MaskingBlock(Structure):
    masking: str | None = None
    masking_description: str | None = None
    who_masked: list[str] = []


class DesignInfo(Structure):
    allocation: str | None = None
    intervention_model: str | None = None
    intervention_model_description: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    masking_info: MaskingBlock | None = None


class BioSpec(Structure):
    retention: str | None = None
    description: str | None = None


class EnrollmentInfo(Structure):
    count: int | None = None
    type: str | None = None


class DesignModule(Structure):
    study_type: str | None = None
    n_ptrs_to_this_exp_acc_nct_id: int | None = None
    expanded_access_types: ExpandedAccessTypes | None = None
    patient_registry: bool | None = None
    target_duration: str | None = None
    phases: list[str] = []
    design_info: DesignInfo | None = None
    bio_spec: BioSpec | None = None
    enrollment_info: EnrollmentInfo | None = None


class ArmGroup(Structure):
    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: list[str] = []


class Intervention(Structure):
    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: list[str] = []
    other_names: list[str] = []


class ArmsInterventionsModule(Structure):
    arm_groups: list[ArmGroup] = []
    interventions: list[Intervention] = []


class Outcome(Structure):
    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class OutcomesModule(Structure):
    primary_outcomes: list[Outcome] = []
    secondary_outcomes: list[Outcome] = []
    other_outcomes: list[Outcome] = []


class EligibilityModule(Structure):
    eligibility_criteria: str | None = None
    healthy_volunteers: bool | None = None
    sex: str | None = None
    gender_based: bool | None = None
    gender_description: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: list[str] = []
    study_population: str | None = None
    sampling_method: str | None = None


class Contact(Structure):
    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class Official(Structure):
    name: str | None = None
    affiliation: str | None = None
    role: str | None = None


class GeoPoint(Structure):
    """Coordinates in degrees, WGS 84."""

    lat: float | None = None
    lon: float | None = None


class Location(Structure):
    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: list[Contact] = []
    geo_point: GeoPoint | None = None


class ContactsLocationsModule(Structure):
    central_contacts: list[Contact] = []
    overall_officials: list[Official] = []
    locations: list[Location] = []


class Retraction(Structure):
    pmid: str | None = None
    source: str | None = None


class Reference(Structure):
    pmid: str | None = None
    type: str | None = None
    citation: str | None = None
    retractions: list[Retraction] = []


class SeeAlsoLink(Structure):
    label: str | None = None
    url: str | None = None


class AvailIpd(Structure):
    id: str | None = None
    type: str | None = None
    url: str | None = None
    comment: str | None = None


class ReferencesModule(Structure):
    references: list[Reference] = []
    see_also_links: list[SeeAlsoLink] = []
    avail_ipds: list[AvailIpd] = []


class IpdSharingStatementModule(Structure):
    ipd_sharing: str | None = None
    description: str | None = None
    info_types: list[str] = []
    time_frame: str | None = None
    access_criteria: str | None = None
    url: str | None = None


class ProtocolSection(Structure):
    """What the trial's registration says.  Its modules are always there, empty where nothing is stated."""

    identification_module: IdentificationModule = msgspec.field(default_factory=lambda: IdentificationModule())
    status_module: StatusModule = msgspec.field(default_factory=lambda: StatusModule())
    sponsor_collaborators_module: SponsorCollaboratorsModule = msgspec.field(
        default_factory=lambda: SponsorCollaboratorsModule()
    )
    oversight_module: OversightModule = msgspec.field(default_factory=lambda: OversightModule())
    description_module: DescriptionModule = msgspec.field(default_factory=lambda: DescriptionModule())
    conditions_module: ConditionsModule = msgspec.field(default_factory=lambda: ConditionsModule())
    design_module: DesignModule = msgspec.field(default_factory=lambda: DesignModule())
    arms_interventions_module: ArmsInterventionsModule = msgspec.field(
        default_factory=lambda: ArmsInterventionsModule()
    )
    outcomes_module: OutcomesModule = msgspec.field(default_factory=lambda: OutcomesModule())
    eligibility_module: EligibilityModule = msgspec.field(default_factory=lambda: EligibilityModule())
    contacts_locations_module: ContactsLocationsModule = msgspec.field(
        default_factory=lambda: ContactsLocationsModule()
    )
    references_module: ReferencesModule = msgspec.field(default_factory=lambda: ReferencesModule())
    ipd_sharing_statement_module: IpdSharingStatementModule = msgspec.field(
        default_factory=lambda: IpdSharingStatementModule()
    )


class FlowGroup(Structure):
    id: str | None = None
    title: str | None = None
    description: str | None = None


class FlowStats(Structure):
    group_id: str | None = None
    comment: str | None = None
    num_subjects: str | None = None
    num_units: str | None = None


class FlowMilestone(Structure):
    type: str | None = None
    comment: str | None = None
    achievements: list[FlowStats] = []


class DropWithdraw(Structure):
    type: str | None = None
    comment: str | None = None
    reasons: list[FlowStats] = []


class FlowPeriod(Structure):
    title: str | None = None
    milestones: list[FlowMilestone] = []
    drop_withdraws: list[DropWithdraw] = []


class ParticipantFlowModule(Structure):
    pre_assignment_details: str | None = None
    recruitment_details: str | None = None
    type_units_analyzed: str | None = None
    groups: list[FlowGroup] = []
    periods: list[FlowPeriod] = []


class MeasureGroup(Structure):
    id: str | None = None
    title: str | None = None
    description: str | None = None


class DenomCount(Structure):
    group_id: str | None = None
    value: str | None = None


class Denom(Structure):
    units: str | None = None
    counts: list[DenomCount] = []


class Measurement(Structure):
    group_id: str | None = None
    value: str | None = None
    spread: str | None = None
    lower_limit: str | None = None
    upper_limit: str | None = None
    comment: str | None = None


class MeasureCategory(Structure):
    title: str | None = None
    measurements: list[Measurement] = []


class MeasureClass(Structure):
    title: str | None = None
    denoms: list[Denom] = []
    categories: list[MeasureCategory] = []


class BaselineMeasure(Structure):
    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    denom_units_selected: str | None = None
    denoms: list[Denom] = []
    classes: list[MeasureClass] = []


class BaselineCharacteristicsModule(Structure):
    population_description: str | None = None
    type_units_analyzed: str | None = None
    groups: list[MeasureGroup] = []
    denoms: list[Denom] = []
    measures: list[BaselineMeasure] = []


class MeasureAnalysis(Structure):
    param_type: str | None = None
    param_value: str | None = None
    dispersion_type: str | None = None
    dispersion_value: str | None = None
    statistical_method: str | None = None
    statistical_comment: str | None = None
    p_value: str | None = None
    p_value_comment: str | None = None
    ci_num_sides: str | None = None
    ci_pct_value: str | None = None
    ci_lower_limit: str | None = None
    ci_upper_limit: str | None = None
    ci_lower_limit_comment: str | None = None
    ci_upper_limit_comment: str | None = None
    estimate_comment: str | None = None
    tested_non_inferiority: bool | None = None
    non_inferiority_type: str | None = None
    non_inferiority_comment: str | None = None
    other_analysis_description: str | None = None
    group_description: str | None = None
    group_ids: list[str] = []


class OutcomeMeasure(Structure):
    type: str | None = None
    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    reporting_status: str | None = None
    anticipated_posting_date: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    time_frame: str | None = None
    type_units_analyzed: str | None = None
    denom_units_selected: str | None = None
    groups: list[MeasureGroup] = []
    denoms: list[Denom] = []
    classes: list[MeasureClass] = []
    analyses: list[MeasureAnalysis] = []


class OutcomeMeasuresModule(Structure):
    outcome_measures: list[OutcomeMeasure] = []


class EventGroup(Structure):
    id: str | None = None
    title: str | None = None
    description: str | None = None
    deaths_num_affected: int | None = None
    deaths_num_at_risk: int | None = None
    serious_num_affected: int | None = None
    serious_num_at_risk: int | None = None
    other_num_affected: int | None = None
    other_num_at_risk: int | None = None


class EventStats(Structure):
    group_id: str | None = None
    num_events: int | None = None
    num_affected: int | None = None
    num_at_risk: int | None = None


class AdverseEvent(Structure):
    term: str | None = None
    organ_system: str | None = None
    source_vocabulary: str | None = None
    assessment_type: str | None = None
    notes: str | None = None
    stats: list[EventStats] = []


class AdverseEventsModule(Structure):
    frequency_threshold: str | None = None
    time_frame: str | None = None
    description: str | None = None
    all_cause_mortality_comment: str | None = None
    event_groups: list[EventGroup] = []
    serious_events: list[AdverseEvent] = []
    other_events: list[AdverseEvent] = []


class LimitationsAndCaveats(Structure):
    description: str | None = None


class CertainAgreement(Structure):
    pi_sponsor_employee: bool | None = None
    restriction_type: str | None = None
    restrictive_agreement: bool | None = None
    other_details: str | None = None


class PointOfContact(Structure):
    title: str | None = None
    organization: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_ext: str | None = None


class MoreInfoModule(Structure):
    limitations_and_caveats: LimitationsAndCaveats | None = None
    certain_agreement: CertainAgreement | None = None
    point_of_contact: PointOfContact | None = None


class ResultsSection(Structure):
    participant_flow_module: ParticipantFlowModule | None = None
    baseline_characteristics_module: BaselineCharacteristicsModule | None = None
    outcome_measures_module: OutcomeMeasuresModule | None = None
    adverse_events_module: AdverseEventsModule | None = None
    more_info_module: MoreInfoModule | None = None


class UnpostedEvent(Structure):
    type: str | None = None
    date: str | None = None
    date_unknown: bool | None = None


class UnpostedAnnotation(Structure):
    unposted_responsible_party: str | None = None
    unposted_events: list[UnpostedEvent] = []


class ViolationEvent(Structure):
    type: str | None = None
    description: str | None = None
    creation_date: str | None = None
    issued_date: str | None = None
    release_date: str | None = None
    posted_date: str | None = None


class ViolationAnnotation(Structure):
    violation_events: list[ViolationEvent] = []


class AnnotationModule(Structure):
    unposted_annotation: UnpostedAnnotation | None = None
    violation_annotation: ViolationAnnotation | None = None


class AnnotationSection(Structure):
    annotation_module: AnnotationModule | None = None


class LargeDoc(Structure):
    type_abbrev: str | None = None
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None
    label: str | None = None
    date: str | None = None
    upload_date: str | None = None
    filename: str | None = None
    size: int | None = None


class LargeDocumentModule(Structure):
    no_sap: bool | None = None
    large_docs: list[LargeDoc] = []


class DocumentSection(Structure):
    large_document_module: LargeDocumentModule | None = None


class FirstMcpInfo(Structure):
    post_date_struct: DateStruct | None = None


class SubmissionInfo(Structure):
    release_date: str | None = None
    unrelease_date: str | None = None
    unrelease_date_unknown: bool | None = None
    reset_date: str | None = None
    mcp_release_n: int | None = None


class SubmissionTracking(Structure):
    estimated_results_first_submit_date: str | None = None
    first_mcp_info: FirstMcpInfo | None = None
    submission_infos: list[SubmissionInfo] = []


class MiscInfoModule(Structure):
    version_holder: str | None = None
    removed_countries: list[str] = []
    submission_tracking: SubmissionTracking | None = None


class Mesh(Structure):
    id: str | None = None
    term: str | None = None


class BrowseLeaf(Structure):
    id: str | None = None
    name: str | None = None
    as_found: str | None = None
    relevance: str | None = None


class BrowseBranch(Structure):
    abbrev: str | None = None
    name: str | None = None


class BrowseModule(Structure):
    meshes: list[Mesh] = []
    ancestors: list[Mesh] = []
    browse_leaves: list[BrowseLeaf] = []
    browse_branches: list[BrowseBranch] = []


class DerivedSection(Structure):
    misc_info_module: MiscInfoModule | None = None
    condition_browse_module: BrowseModule | None = None
    intervention_browse_module: BrowseModule | None = None


class Study(Structure):
    """One trial: a whole API v2 record, plus what the catalog knows about it (``catalogSection``)."""

    protocol_section: ProtocolSection = msgspec.field(default_factory=lambda: ProtocolSection())
    results_section: ResultsSection | None = None
    annotation_section: AnnotationSection | None = None
    document_section: DocumentSection | None = None
    derived_section: DerivedSection | None = None
    has_results: bool | None = None
    catalog_section: CatalogSection = msgspec.field(default_factory=CatalogSection)
