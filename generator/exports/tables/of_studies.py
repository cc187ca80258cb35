"""The tables about studies: which columns there are, what each means, and where its values stand in a study.

Tables and columns have the names and the meaning that AACT gives them (the relational form of ClinicalTrials.gov that
the Clinical Trials Transformation Initiative publishes), where AACT has them.  What AACT has no place for has a table
of its own.  Rows are made from these descriptions alone, and so are the descriptions of the data.
"""

from __future__ import annotations

from generator.exports.tables.columns import DATE, NCT_ID, STUDY_ID, date, entity, study_table, yes
from generator.language.messages import gettext_noop
from generator.model.data_file import Column, Items, Table

_PROTOCOL = "/protocolSection"
_IDENTIFICATION = f"{_PROTOCOL}/identificationModule"
_STATUS = f"{_PROTOCOL}/statusModule"
_SPONSORS = f"{_PROTOCOL}/sponsorCollaboratorsModule"
_OVERSIGHT = f"{_PROTOCOL}/oversightModule"
_DESIGN = f"{_PROTOCOL}/designModule"
_ARMS = f"{_PROTOCOL}/armsInterventionsModule"
_OUTCOMES = f"{_PROTOCOL}/outcomesModule"
_PLACES = f"{_PROTOCOL}/contactsLocationsModule"
_REFERENCES = f"{_PROTOCOL}/referencesModule"
_SHARING = f"{_PROTOCOL}/ipdSharingStatementModule"
_BASELINE = "/resultsSection/baselineCharacteristicsModule"
_CATALOG = "/catalogSection"

STUDIES = Table(
    "studies",
    gettext_noop("Studies"),
    gettext_noop("One row for each trial: its titles, status, dates, size, oversight and plans to share data."),
    (
        Column("study_id", STUDY_ID.meaning, at="/catalogSection/id"),
        NCT_ID,
        Column("brief_title", "Title for the public.", at=f"{_IDENTIFICATION}/briefTitle", searched=True),
        Column("official_title", "Scientific title.", at=f"{_IDENTIFICATION}/officialTitle", searched=True),
        Column("acronym", "Short name.", at=f"{_IDENTIFICATION}/acronym", searched=True),
        Column("study_type", "Interventional, observational or expanded access.", at=f"{_DESIGN}/studyType"),
        Column("overall_status", "State of recruitment.", at=f"{_STATUS}/overallStatus"),
        Column("last_known_status", "State before it became unknown.", at=f"{_STATUS}/lastKnownStatus"),
        Column("why_stopped", "Why it was stopped early.", at=f"{_STATUS}/whyStopped"),
        Column("phase", "Phases, joined by a slash.", at=f"{_DESIGN}/phases", how="parts"),
        Column("phases", "The same, as stated.", "array", f"{_DESIGN}/phases"),
        Column("enrollment", "Participants.", "integer", f"{_DESIGN}/enrollmentInfo/count", unit="participants"),
        Column("enrollment_type", "Whether that number is counted or planned.", at=f"{_DESIGN}/enrollmentInfo/type"),
        date("start_date", "When it began or will begin.", f"{_STATUS}/startDateStruct/date"),
        Column("start_date_type", "Actual or estimated.", at=f"{_STATUS}/startDateStruct/type"),
        date(
            "primary_completion_date",
            "Last measurement of the primary outcome.",
            f"{_STATUS}/primaryCompletionDateStruct/date",
        ),
        Column(
            "primary_completion_date_type", "Actual or estimated.", at=f"{_STATUS}/primaryCompletionDateStruct/type"
        ),
        date("completion_date", "Last visit of the last participant.", f"{_STATUS}/completionDateStruct/date"),
        Column("completion_date_type", "Actual or estimated.", at=f"{_STATUS}/completionDateStruct/type"),
        date("verification_date", "When the record was last verified.", f"{_STATUS}/statusVerifiedDate"),
        date("study_first_submitted_date", "First submitted.", f"{_STATUS}/studyFirstSubmitDate"),
        date("study_first_submitted_qc_date", "First passed quality control.", f"{_STATUS}/studyFirstSubmitQcDate"),
        date("study_first_posted_date", "First posted.", f"{_STATUS}/studyFirstPostDateStruct/date"),
        Column("study_first_posted_date_type", "Actual or estimated.", at=f"{_STATUS}/studyFirstPostDateStruct/type"),
        date("results_first_submitted_date", "Results first submitted.", f"{_STATUS}/resultsFirstSubmitDate"),
        date(
            "results_first_submitted_qc_date",
            "Results first passed quality control.",
            f"{_STATUS}/resultsFirstSubmitQcDate",
        ),
        date("results_first_posted_date", "Results first posted.", f"{_STATUS}/resultsFirstPostDateStruct/date"),
        Column(
            "results_first_posted_date_type", "Actual or estimated.", at=f"{_STATUS}/resultsFirstPostDateStruct/type"
        ),
        date("disposition_first_submitted_date", "Delay of results requested.", f"{_STATUS}/dispFirstSubmitDate"),
        date(
            "disposition_first_submitted_qc_date",
            "That request passed quality control.",
            f"{_STATUS}/dispFirstSubmitQcDate",
        ),
        date("disposition_first_posted_date", "That request posted.", f"{_STATUS}/dispFirstPostDateStruct/date"),
        Column(
            "disposition_first_posted_date_type", "Actual or estimated.", at=f"{_STATUS}/dispFirstPostDateStruct/type"
        ),
        date("last_update_submitted_date", "Last update submitted.", f"{_STATUS}/lastUpdateSubmitDate"),
        date("last_update_posted_date", "Last update posted.", f"{_STATUS}/lastUpdatePostDateStruct/date"),
        Column("last_update_posted_date_type", "Actual or estimated.", at=f"{_STATUS}/lastUpdatePostDateStruct/type"),
        yes("has_results", "Whether the registry has results.", "/hasResults"),
        yes("results_waived", "Whether results were waived.", f"{_STATUS}/resultsWaived"),
        yes("delayed_posting", "Whether posting was delayed.", f"{_STATUS}/delayedPosting"),
        Column("source", "Organization whose record this is.", at=f"{_IDENTIFICATION}/organization/fullName"),
        Column("source_class", "Class of that organization.", at=f"{_IDENTIFICATION}/organization/class"),
        Column("target_duration", "How long a participant is followed.", at=f"{_DESIGN}/targetDuration"),
        yes("patient_registry", "Whether it is a patient registry.", f"{_DESIGN}/patientRegistry"),
        yes(
            "has_expanded_access",
            "Whether there is expanded access.",
            f"{_STATUS}/expandedAccessInfo/hasExpandedAccess",
        ),
        Column("expanded_access_nctid", "Record of the expanded access.", at=f"{_STATUS}/expandedAccessInfo/nctId"),
        Column(
            "expanded_access_status_for_nctid",
            "State of the expanded access.",
            at=f"{_STATUS}/expandedAccessInfo/statusForNctId",
        ),
        yes(
            "expanded_access_type_individual",
            "Expanded access for single patients.",
            f"{_DESIGN}/expandedAccessTypes/individual",
        ),
        yes(
            "expanded_access_type_intermediate",
            "Expanded access for groups of middle size.",
            f"{_DESIGN}/expandedAccessTypes/intermediate",
        ),
        yes(
            "expanded_access_type_treatment",
            "Expanded access by a treatment protocol.",
            f"{_DESIGN}/expandedAccessTypes/treatment",
        ),
        Column(
            "n_ptrs_to_this_exp_acc_nct_id",
            "Records that name this one as their expanded access.",
            "integer",
            f"{_DESIGN}/nPtrsToThisExpAccNctId",
        ),
        yes("has_dmc", "Whether a committee monitors the data.", f"{_OVERSIGHT}/oversightHasDmc"),
        yes("is_fda_regulated_drug", "Studies a drug that the FDA regulates.", f"{_OVERSIGHT}/isFdaRegulatedDrug"),
        yes(
            "is_fda_regulated_device", "Studies a device that the FDA regulates.", f"{_OVERSIGHT}/isFdaRegulatedDevice"
        ),
        yes("is_unapproved_device", "Studies a device not yet approved.", f"{_OVERSIGHT}/isUnapprovedDevice"),
        yes("is_ppsd", "Pediatric surveillance of a device after its approval.", f"{_OVERSIGHT}/isPpsd"),
        yes("is_us_export", "The product is made in the USA and exported.", f"{_OVERSIGHT}/isUsExport"),
        yes("fdaaa801_violation", "A violation of FDAAA 801 is noted.", f"{_OVERSIGHT}/fdaaa801Violation"),
        Column("biospec_retention", "Whether samples are kept.", at=f"{_DESIGN}/bioSpec/retention"),
        Column("biospec_description", "Which samples are kept.", at=f"{_DESIGN}/bioSpec/description"),
        Column("plan_to_share_ipd", "Whether participants' data will be shared.", at=f"{_SHARING}/ipdSharing"),
        Column("plan_to_share_ipd_description", "What will be shared.", at=f"{_SHARING}/description"),
        Column("ipd_time_frame", "When it will be shared.", at=f"{_SHARING}/timeFrame"),
        Column("ipd_access_criteria", "Who gets access.", at=f"{_SHARING}/accessCriteria"),
        Column("ipd_url", "Where.", at=f"{_SHARING}/url"),
        Column(
            "responsible_party_as_printed",
            "Who is responsible, where the document does not say in which capacity.",
            at=f"{_CATALOG}/responsibleParty",
        ),
        Column(
            "age_limit_without_bound",
            "An age limit of which the document does not say whether it is the lowest or the highest.",
            at=f"{_CATALOG}/ageLimitWithoutBound",
        ),
        Column(
            "mesh_terms_as_printed",
            "MeSH terms that a document prints without their borders.",
            at=f"{_CATALOG}/meshTerms",
        ),
        Column(
            "baseline_population",
            "Of whom the characteristics at the beginning were measured.",
            at=f"{_BASELINE}/populationDescription",
        ),
        Column(
            "baseline_type_units_analyzed",
            "What was counted there where it is not participants.",
            at=f"{_BASELINE}/typeUnitsAnalyzed",
        ),
        Column(
            "limitations_and_caveats",
            "What limits the results.",
            at="/resultsSection/moreInfoModule/limitationsAndCaveats/description",
        ),
        Column("provisional", "Whether no registry number identifies the trial yet.", "boolean", how="made"),
        Column(
            "items_stated",
            "How many of the 24 items of the WHO Trial Registration Data Set the documents state.",
            "integer",
            how="made",
        ),
        Column("page", "Its page, below the site's root.", how="made"),
    ),
    key="study_id",
    items=(Items(""),),
    label="brief_title",
)

DESIGNS = study_table(
    "designs",
    gettext_noop("Designs"),
    gettext_noop("How each study is designed."),
    (Items(f"{_DESIGN}/designInfo"),),
    Column("allocation", "How participants are assigned to arms.", at="allocation"),
    Column("intervention_model", "How arms follow or stand beside each other.", at="interventionModel"),
    Column("intervention_model_description", "The model in words.", at="interventionModelDescription"),
    Column("observational_model", "Model of an observational study.", at="observationalModel"),
    Column("primary_purpose", "What the interventions are for.", at="primaryPurpose"),
    Column("time_perspective", "Whether it looks forward or back.", at="timePerspective"),
    Column("masking", "How many parties do not know the arm.", at="maskingInfo/masking"),
    Column("masking_description", "The masking in words.", at="maskingInfo/maskingDescription"),
    Column(
        "subject_masked",
        "True where participants are masked.",
        "boolean",
        "maskingInfo/whoMasked",
        how="holds",
        word="PARTICIPANT",
    ),
    Column(
        "caregiver_masked",
        "True where care providers are masked.",
        "boolean",
        "maskingInfo/whoMasked",
        how="holds",
        word="CARE_PROVIDER",
    ),
    Column(
        "investigator_masked",
        "True where investigators are masked.",
        "boolean",
        "maskingInfo/whoMasked",
        how="holds",
        word="INVESTIGATOR",
    ),
    Column(
        "outcomes_assessor_masked",
        "True where those who assess outcomes are masked.",
        "boolean",
        "maskingInfo/whoMasked",
        how="holds",
        word="OUTCOMES_ASSESSOR",
    ),
    Column("who_masked", "All who are masked, as stated.", "array", "maskingInfo/whoMasked"),
)

ELIGIBILITIES = study_table(
    "eligibilities",
    gettext_noop("Eligibility"),
    gettext_noop("Who may take part in each study."),
    (Items(f"{_PROTOCOL}/eligibilityModule"),),
    Column("gender", "Sex of those who may take part.", at="sex"),
    Column("gender_based", "Whether gender, not sex, decides.", "boolean", "genderBased"),
    Column("gender_description", "What is said of gender.", at="genderDescription"),
    Column("minimum_age", "Lowest age, with its unit.", at="minimumAge"),
    Column("maximum_age", "Highest age, with its unit.", at="maximumAge"),
    Column("healthy_volunteers", "Whether healthy people may take part.", "boolean", "healthyVolunteers"),
    Column("population", "From whom participants are chosen.", at="studyPopulation"),
    Column("sampling_method", "How they are chosen.", at="samplingMethod"),
    Column("criteria", "Inclusion and exclusion criteria, as stated.", at="eligibilityCriteria"),
    Column("child", "True where children may take part.", "boolean", "stdAges", how="holds", word="CHILD"),
    Column("adult", "True where adults may take part.", "boolean", "stdAges", how="holds", word="ADULT"),
    Column(
        "older_adult", "True where older adults may take part.", "boolean", "stdAges", how="holds", word="OLDER_ADULT"
    ),
    Column("std_ages", "All age groups, as stated.", "array", "stdAges"),
)

_DESCRIPTION = f"{_PROTOCOL}/descriptionModule"

BRIEF_SUMMARIES = study_table(
    "brief_summaries",
    gettext_noop("Summaries"),
    gettext_noop("What each study is about, in brief."),
    (Items(f"{_DESCRIPTION}/briefSummary"),),
    Column("description", "The summary.", searched=True),
)
DETAILED_DESCRIPTIONS = study_table(
    "detailed_descriptions",
    gettext_noop("Descriptions"),
    gettext_noop("What each study is about, at length."),
    (Items(f"{_DESCRIPTION}/detailedDescription"),),
    Column("description", "The description."),
)
ID_INFORMATION = study_table(
    "id_information",
    gettext_noop("Identifiers"),
    gettext_noop("Numbers by which each study is known."),
    (
        Items(f"{_IDENTIFICATION}/orgStudyIdInfo", "org", (("id_source", "org_study_id"),)),
        Items(f"{_IDENTIFICATION}/secondaryIdInfos/*", "secondary", (("id_source", "secondary_id"),)),
        Items(f"{_IDENTIFICATION}/nctIdAliases/*", "alias", (("id_source", "nct_alias"),), scalar="id_value"),
    ),
    Column("id_source", "Whose number: org_study_id, secondary_id or nct_alias.", how="constant"),
    Column("id_value", "The number.", at="id"),
    Column("id_type", "Its type.", at="type"),
    Column("id_type_description", "Who gives such numbers.", at="domain"),
    Column("id_link", "Where it is told of.", at="link"),
    label="id_value",
)
CONDITIONS = study_table(
    "conditions",
    gettext_noop("Conditions"),
    gettext_noop("What each study is about, as its documents name it."),
    (Items(f"{_PROTOCOL}/conditionsModule/conditions/*"),),
    Column("name", "The condition, as written.", searched=True),
    entity("", "condition"),
    label="name",
)
KEYWORDS = study_table(
    "keywords",
    gettext_noop("Keywords"),
    gettext_noop("Words by which each study is to be found."),
    (Items(f"{_PROTOCOL}/conditionsModule/keywords/*"),),
    Column("name", "The keyword, as written."),
    label="name",
)


def _mesh(name: str, title: str, module: str) -> Table:
    return study_table(
        name,
        title,
        gettext_noop("MeSH terms that the registry derived, and the terms above them."),
        (
            Items(f"/derivedSection/{module}/meshes/*", "mesh", (("mesh_type", "mesh-list"),)),
            Items(f"/derivedSection/{module}/ancestors/*", "ancestor", (("mesh_type", "mesh-ancestor"),)),
        ),
        Column("mesh_id", "The term's number in MeSH.", at="id"),
        Column("mesh_term", "The term.", at="term"),
        Column("mesh_type", "mesh-list, or mesh-ancestor for a broader term.", how="constant"),
        label="mesh_term",
    )


BROWSE_CONDITIONS = _mesh("browse_conditions", "MeSH terms of conditions", "conditionBrowseModule")
BROWSE_INTERVENTIONS = _mesh("browse_interventions", "MeSH terms of interventions", "interventionBrowseModule")

INTERVENTIONS = study_table(
    "interventions",
    gettext_noop("Interventions"),
    gettext_noop("What is given or done."),
    (Items(f"{_ARMS}/interventions/*"),),
    Column("intervention_type", "Drug, device, procedure …", at="type"),
    Column("name", "The intervention, as written.", at="name", searched=True),
    Column("description", "Dose, form, how it is given.", at="description"),
    entity("name", "intervention"),
    label="name",
)
INTERVENTION_OTHER_NAMES = study_table(
    "intervention_other_names",
    gettext_noop("Other names of interventions"),
    gettext_noop("Synonyms, brands and codes that documents state."),
    (Items(f"{_ARMS}/interventions/*/otherNames/*", "named"), Items(f"{_CATALOG}/otherInterventionNames/*", "listed")),
    Column(
        "intervention_id",
        "Of which intervention; empty where the document does not say.",
        how="parent",
        refers="interventions.id",
    ),
    Column("name", "The name, as written."),
    entity("", "intervention"),
    label="name",
)
DESIGN_GROUPS = study_table(
    "design_groups",
    gettext_noop("Arms"),
    gettext_noop("The groups of participants."),
    (Items(f"{_ARMS}/armGroups/*"),),
    Column("group_type", "Experimental, comparator …", at="type"),
    Column("title", "The arm's name.", at="label"),
    Column("description", "What happens to it.", at="description"),
    Column("intervention_names", "What it gets, in the registry's words.", "array", "interventionNames"),
    label="title",
)
DESIGN_GROUP_INTERVENTIONS = study_table(
    "design_group_interventions",
    gettext_noop("Which arm gets what"),
    gettext_noop("Each intervention with each arm that its record names for it."),
    (Items(f"{_ARMS}/interventions/*/armGroupLabels/*"),),
    Column("design_group_id", "The arm; empty where no arm has that name.", how="made", refers="design_groups.id"),
    Column("intervention_id", "The intervention.", how="parent", refers="interventions.id"),
    Column("design_group_title", "The arm's name, as the intervention states it."),
)
DESIGN_OUTCOMES = study_table(
    "design_outcomes",
    gettext_noop("Planned outcomes"),
    gettext_noop("What is measured."),
    (
        Items(f"{_OUTCOMES}/primaryOutcomes/*", "primary", (("outcome_type", "primary"),)),
        Items(f"{_OUTCOMES}/secondaryOutcomes/*", "secondary", (("outcome_type", "secondary"),)),
        Items(f"{_OUTCOMES}/otherOutcomes/*", "other", (("outcome_type", "other"),)),
        Items(f"{_CATALOG}/outcomesWithoutType/*", "untyped"),
    ),
    Column("outcome_type", "primary, secondary or other; empty where the document does not say.", how="constant"),
    Column("measure", "What is measured.", at="measure"),
    Column("time_frame", "When.", at="timeFrame"),
    Column("description", "How.", at="description"),
    label="measure",
)
FACILITIES = study_table(
    "facilities",
    gettext_noop("Sites"),
    gettext_noop("Where each study takes place."),
    (Items(f"{_PLACES}/locations/*"),),
    Column("status", "State of recruitment at this site.", at="status"),
    Column("name", "The site, as written.", at="facility"),
    Column("city", "Town.", at="city"),
    Column("state", "State or region.", at="state"),
    Column("zip", "Postal code.", at="zip"),
    Column("country", "Country.", at="country"),
    Column("latitude", "As the record states it.", "number", "geoPoint/lat", unit="degrees, WGS 84"),
    Column("longitude", "As the record states it.", "number", "geoPoint/lon", unit="degrees, WGS 84"),
    entity("facility", "site"),
    label="name",
)
_CONTACT = (
    Column("name", "The person or office.", at="name"),
    Column("role", "Contact or investigator.", at="role"),
    Column("phone", "Telephone.", at="phone"),
    Column("phone_extension", "Extension.", at="phoneExt"),
    Column("email", "E-mail address.", at="email"),
    entity("name", "contact"),
)
CENTRAL_CONTACTS = study_table(
    "central_contacts",
    gettext_noop("Contacts of studies"),
    gettext_noop("Whom to ask about a study as a whole."),
    (Items(f"{_PLACES}/centralContacts/*"),),
    *_CONTACT,
    label="name",
)
FACILITY_CONTACTS = study_table(
    "facility_contacts",
    gettext_noop("Contacts and investigators of sites"),
    gettext_noop("Whom to ask at a site."),
    (Items(f"{_PLACES}/locations/*/contacts/*", "site"), Items(f"{_CATALOG}/contactsWithoutSite/*", "loose")),
    Column(
        "facility_id", "The site; empty where the document does not say which.", how="parent", refers="facilities.id"
    ),
    *_CONTACT,
    label="name",
)
OVERALL_OFFICIALS = study_table(
    "overall_officials",
    gettext_noop("Officials"),
    gettext_noop("Who is responsible for the science of a study."),
    (Items(f"{_PLACES}/overallOfficials/*"),),
    Column("role", "Principal investigator, chair, director.", at="role"),
    Column("name", "The person, as written.", at="name"),
    Column("affiliation", "Where the person works.", at="affiliation"),
    entity("name", "person"),
    label="name",
)
RESPONSIBLE_PARTIES = study_table(
    "responsible_parties",
    gettext_noop("Responsible parties"),
    gettext_noop("Who answers for the record."),
    (Items(f"{_SPONSORS}/responsibleParty"),),
    Column("responsible_party_type", "Sponsor, investigator, or both.", at="type"),
    Column("name", "The investigator.", at="investigatorFullName"),
    Column("title", "The investigator's title.", at="investigatorTitle"),
    Column("affiliation", "Where the investigator works.", at="investigatorAffiliation"),
    Column("old_name_title", "Name and title in old records.", at="oldNameTitle"),
    Column("organization", "Organization in old records.", at="oldOrganization"),
    label="name",
)
SPONSORS = study_table(
    "sponsors",
    gettext_noop("Sponsors"),
    gettext_noop("Who is responsible for a study and pays for it."),
    (
        Items(f"{_SPONSORS}/leadSponsor", "lead", (("lead_or_collaborator", "lead"),)),
        Items(f"{_SPONSORS}/collaborators/*", "collaborator", (("lead_or_collaborator", "collaborator"),)),
        Items(f"{_CATALOG}/sponsorsWithoutRole/*", "untold"),
    ),
    Column("agency_class", "Class of the organization.", at="class"),
    Column("lead_or_collaborator", "lead or collaborator; empty where the document does not say.", how="constant"),
    Column("name", "The organization, as written.", at="name"),
    entity("name", "organization"),
    label="name",
)
STUDY_REFERENCES = study_table(
    "study_references",
    gettext_noop("Publications"),
    gettext_noop("What a study's documents cite."),
    (Items(f"{_REFERENCES}/references/*"),),
    Column("pmid", "Number in PubMed.", at="pmid"),
    Column("reference_type", "Background, result, or derived by the registry.", at="type"),
    Column("citation", "The citation, as printed.", at="citation"),
)
RETRACTIONS = study_table(
    "retractions",
    gettext_noop("Retractions"),
    gettext_noop("Notes that a cited publication was retracted."),
    (Items(f"{_REFERENCES}/references/*/retractions/*"),),
    Column("reference_id", "The publication.", how="parent", refers="study_references.id"),
    Column("pmid", "The note's number in PubMed.", at="pmid"),
    Column("source", "Where the note stands.", at="source"),
)
LINKS = study_table(
    "links",
    gettext_noop("Links"),
    gettext_noop("Pages that a study's record points to."),
    (Items(f"{_REFERENCES}/seeAlsoLinks/*"),),
    Column("url", "The address.", at="url"),
    Column("description", "What it is.", at="label"),
)
DOCUMENTS = study_table(
    "documents",
    gettext_noop("Available data and documents"),
    gettext_noop("Data sets and documents that the record says can be had."),
    (Items(f"{_REFERENCES}/availIpds/*"),),
    Column("document_id", "Its identifier.", at="id"),
    Column("document_type", "What it is.", at="type"),
    Column("url", "Where it is.", at="url"),
    Column("comment", "What is said of it.", at="comment"),
)
IPD_INFORMATION_TYPES = study_table(
    "ipd_information_types",
    gettext_noop("What is shared beside data"),
    gettext_noop("Documents that will be shared with participants' data."),
    (Items(f"{_SHARING}/infoTypes/*"),),
    Column("name", "Protocol, analysis plan …"),
)
PROVIDED_DOCUMENTS = study_table(
    "provided_documents",
    gettext_noop("Documents at the registry"),
    gettext_noop("Protocols, analysis plans and consent forms that the registry holds."),
    (Items("/documentSection/largeDocumentModule/largeDocs/*"),),
    Column("document_type", "What it is.", at="label"),
    Column("type_abbreviation", "The registry's short form of that.", at="typeAbbrev"),
    Column("has_protocol", "Holds the protocol.", "boolean", "hasProtocol"),
    Column("has_sap", "Holds the analysis plan.", "boolean", "hasSap"),
    Column("has_icf", "Holds the consent form.", "boolean", "hasIcf"),
    Column("document_date", "Its date.", at="date", unit=DATE),
    Column("upload_date", "When it was uploaded.", at="uploadDate"),
    Column("file_name", "Its file.", at="filename"),
    Column("size", "Its size.", "integer", "size", unit="bytes"),
)
COUNTRIES = study_table(
    "countries_apart_from_sites",
    gettext_noop("Countries named apart from sites"),
    gettext_noop(
        "Countries that a document lists by themselves, and those that a record no longer has. Those of sites stand in "
        "facilities."
    ),
    (
        Items(f"{_CATALOG}/countries/*", "listed", (("removed", False),)),
        Items("/derivedSection/miscInfoModule/removedCountries/*", "removed", (("removed", True),)),
    ),
    Column("name", "The country, as written."),
    Column("removed", "Whether the record no longer has it.", "boolean", how="constant"),
    entity("", "country"),
    label="name",
)
OBJECTIVES = study_table(
    "objectives",
    gettext_noop("Aims"),
    gettext_noop("Aims that a document states of a study in a sentence of its own."),
    (Items(f"{_CATALOG}/objectives/*"),),
    Column("description", "The sentence."),
)
JOINT_STATEMENTS = study_table(
    "joint_statements",
    gettext_noop("Said of several studies together"),
    gettext_noop("Sentences that are true of several studies together, and so of none of them alone."),
    (Items(f"{_CATALOG}/jointStatements/*"),),
    Column("topic", "What it is about.", at="topic"),
    Column("text", "The sentence.", at="text"),
    Column("studies", "The studies.", "array", "studies"),
)
MENTIONED_TRIALS = study_table(
    "mentioned_trials",
    gettext_noop("Other trials that documents name"),
    gettext_noop("Named beside a study; a mention does not mean that they belong together."),
    (Items(f"{_CATALOG}/mentions/*"),),
    Column("mentioned_id", "Its number.", at="id"),
    Column("title", "Its title.", at="title"),
    Column("overall_status", "Its state, as printed there.", at="overallStatus"),
    Column("phases", "Its phases, as printed there.", "array", "phases"),
    Column("relation", "The heading under which it is named.", at="relation"),
)
REGISTRY_FIELDS = study_table(
    "registry_fields",
    gettext_noop("Fields of registries"),
    gettext_noop("What a registry states by names of its own, and ClinicalTrials.gov's form has no place for."),
    (Items(f"{_CATALOG}/registryFields/*"),),
    Column("name", "The registry's name of the field.", how="made"),
    Column("value", "The value, as found."),
    label="name",
)
UNREAD_TEXT = study_table(
    "unread_text",
    gettext_noop("Text that no rule could read"),
    gettext_noop("Nothing is dropped: these lines of documents did not fit any field."),
    (Items(f"{_CATALOG}/unread/*"),),
    Column("document", "The document.", at="document"),
    Column("first_line", "First line, from 1.", "integer", "firstLine"),
    Column("last_line", "Last line.", "integer", "lastLine"),
    Column("text", "The text.", at="text"),
)
STUDY_DOCUMENTS = study_table(
    "study_documents",
    gettext_noop("Documents of studies"),
    gettext_noop("The documents of this catalog that state something of a study."),
    (Items(f"{_CATALOG}/documents/*"),),
    Column("document", "Its path among the catalog's documents.", at="path"),
    Column("layout", "As what it was recognised.", at="layout"),
    Column("title", "Its title.", at="title"),
    Column("sha256", "Digest of its bytes.", at="sha256"),
    Column("as_of", "The date that it gives for its content.", at="asOf", unit=DATE),
    label="document",
)
FLAGS = study_table(
    "flags",
    gettext_noop("Flags"),
    gettext_noop("What a reader or a maintainer should know of a study."),
    (Items(f"{_CATALOG}/flags/*"),),
    Column("code", "Kind of flag.", at="code"),
    Column("severity", "warning or note.", how="made"),
    Column("message", "What is flagged.", at="message"),
    Column("basis", "Where the rule comes from.", at="basis"),
    Column("pointers", "The values that it is about, as JSON pointers into the study.", "array", "pointers"),
    label="message",
)
TABLES = (
    STUDIES,
    DESIGNS,
    ELIGIBILITIES,
    BRIEF_SUMMARIES,
    DETAILED_DESCRIPTIONS,
    ID_INFORMATION,
    CONDITIONS,
    KEYWORDS,
    BROWSE_CONDITIONS,
    INTERVENTIONS,
    INTERVENTION_OTHER_NAMES,
    BROWSE_INTERVENTIONS,
    DESIGN_GROUPS,
    DESIGN_GROUP_INTERVENTIONS,
    DESIGN_OUTCOMES,
    FACILITIES,
    CENTRAL_CONTACTS,
    FACILITY_CONTACTS,
    OVERALL_OFFICIALS,
    RESPONSIBLE_PARTIES,
    SPONSORS,
    STUDY_REFERENCES,
    RETRACTIONS,
    LINKS,
    DOCUMENTS,
    IPD_INFORMATION_TYPES,
    PROVIDED_DOCUMENTS,
    COUNTRIES,
    OBJECTIVES,
    JOINT_STATEMENTS,
    MENTIONED_TRIALS,
    REGISTRY_FIELDS,
    STUDY_DOCUMENTS,
    FLAGS,
    UNREAD_TEXT,
)
"""All whose rows stand in studies; those to which others refer come first."""
