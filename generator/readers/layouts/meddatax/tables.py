"""What the site itself writes on its trial pages: headings, sentences and labels."""

from __future__ import annotations

from generator.language.messages import gettext_noop

SECTIONS = {
    "Basic Information": (
        "Get a concise snapshot of the trial, including recruitment status, study phase, enrollment targets, "
        "and key timeline milestones."
    ),
    "Brief Summary": (
        "Review the sponsor-provided synopsis that highlights what the study is about and why it is being conducted."
    ),
    "Detailed Description": (
        "Dive into the extended narrative that explains the scientific background, objectives, and procedures "
        "in greater depth."
    ),
    "Conditions": "See the medical conditions and disease areas that this research is targeting or investigating.",
    "Keywords": ("Explore important study keywords that can help with search, categorization, and topic discovery."),
    "Study Design": (
        "Understand how the trial is structured, including allocation methods, masking strategies, primary purpose, "
        "and other design elements."
    ),
    "Study Groups": (
        "Review each arm or cohort in the study, along with the interventions and objectives associated with them."
    ),
    "Interventions": (
        "Learn about the drugs, procedures, or behavioral strategies being tested and how they are applied "
        "within this trial."
    ),
    "Other Intervention Names": (
        "Discover alternative or legacy names that may be used to describe the listed interventions across "
        "different sources."
    ),
    "Eligibility Criteria": (
        "Check the participation requirements, including inclusion and exclusion rules, age limits, and whether "
        "healthy volunteers are accepted."
    ),
    "Sponsors": "Meet the organizations funding or collaborating on the study and learn about their roles.",
    "Responsible Party": (
        "Identify the individual or organization who holds primary responsibility for the study information "
        "submitted to regulators."
    ),
    "Principal Investigators": (
        "Learn about the lead researchers overseeing the trial and their institutional affiliations."
    ),
    "Locations": (
        "Explore where the study is taking place and check the recruitment status at each participating site."
    ),
    "Countries": "Review the countries where the study has at least one active or historical site.",
    "Facility Contacts": ("Find local site contact details for specific facilities participating in the trial."),
    "References": "Explore related publications, articles, or registry entries linked to this study.",
    "Other Identifiers": (
        "Review additional registry numbers or institutional identifiers associated with this trial."
    ),
    "Related Clinical Trials": "Explore similar clinical trials based on study characteristics and research focus.",
    "More Related Trials": ("Additional clinical trials that may be relevant based on similarity analysis."),
}
"""Heading of each section -> the site's own sentence below it.  A heading counts only with its sentence."""

RESULTS_HEADING = "Study Results"
RESULTS_SENTENCES = {
    "Results pending": False,
    (
        "The study team has not published outcome measurements, participant flow, or safety data for this trial yet. "
        "Check back later for updates."
    ): False,
    "Results available": True,
    (
        "Outcome measurements, participant flow, baseline characteristics, and adverse events have been published "
        "for this study."
    ): True,
}
"""Sentences under "Study Results" -> whether the registry has results."""
RESULTS_LINK = "View full results"

FACT_LABELS = {
    "Recruitment Status": "protocolSection.statusModule.overallStatus",
    "Clinical Phase": "protocolSection.designModule.phases",
    "Total Enrollment": "protocolSection.designModule.enrollmentInfo.count",
    "Study Classification": "protocolSection.designModule.studyType",
    "Study Start Date": "protocolSection.statusModule.startDateStruct.date",
    "Study Completion Date": "protocolSection.statusModule.completionDateStruct.date",
    "Allocation Method": "protocolSection.designModule.designInfo.allocation",
    "Intervention Model": "protocolSection.designModule.designInfo.interventionModel",
    "Primary Study Purpose": "protocolSection.designModule.designInfo.primaryPurpose",
    "Blinding Strategy": "protocolSection.designModule.designInfo.maskingInfo.masking",
    "Observational Model": "protocolSection.designModule.designInfo.observationalModel",
    "Time Perspective": "protocolSection.designModule.designInfo.timePerspective",
    "Minimum Eligible Age": "protocolSection.eligibilityModule.minimumAge",
    "Maximum Eligible Age": "protocolSection.eligibilityModule.maximumAge",
    "Eligible Sex": "protocolSection.eligibilityModule.sex",
    "Accepts Healthy Volunteers": "protocolSection.eligibilityModule.healthyVolunteers",
}
"""Labels of single values -> where the value belongs."""

MASKED_PARTIES = {
    "Participants": "PARTICIPANT",
    "Caregivers": "CARE_PROVIDER",
    "Investigators": "INVESTIGATOR",
    "Outcome Assessors": "OUTCOMES_ASSESSOR",
}
"""The site's words for who is masked -> v2 (WhoMasked)."""

CRITERIA_HEADINGS = ("Inclusion Criteria", "Exclusion Criteria")

CONTACT_ROLES = {"primary": "CONTACT", "backup": "CONTACT"}
"""The site's words under "Facility Contacts" -> v2 (ContactRole), which does not tell first from second."""

IDENTIFIER_SOURCES = ("org_study_id", "secondary_id")

NOT_CARRIED = {
    "protocolSection.identificationModule.officialTitle": gettext_noop(
        "MedDataX's trial pages do not show the official title."
    ),
    "protocolSection.identificationModule.acronym": gettext_noop("MedDataX's trial pages do not show the acronym."),
    "protocolSection.statusModule.statusVerifiedDate": (
        gettext_noop("MedDataX's trial pages do not show when the status was last verified.")
    ),
    "protocolSection.statusModule.primaryCompletionDateStruct": (
        gettext_noop("MedDataX's trial pages do not show the primary completion date.")
    ),
    "protocolSection.statusModule.studyFirstPostDateStruct": (
        gettext_noop("MedDataX's trial pages do not show when the trial was first posted.")
    ),
    "protocolSection.outcomesModule": gettext_noop("MedDataX's trial pages do not show the outcome measures."),
    "protocolSection.contactsLocationsModule.centralContacts": (
        gettext_noop("MedDataX's trial pages do not show central contacts.")
    ),
    "protocolSection.ipdSharingStatementModule.ipdSharing": (
        gettext_noop("MedDataX's trial pages do not show the plan to share individual participant data.")
    ),
    "protocolSection.designModule.enrollmentInfo.type": (
        gettext_noop("MedDataX's trial pages do not say whether the enrollment is actual or estimated.")
    ),
}
"""Fields that no page of this site carries -> what to tell a reader who misses them."""
