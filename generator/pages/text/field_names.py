"""What a field of a study is called on pages, and the section of the trial's page that shows it."""

from __future__ import annotations

from functools import lru_cache

from generator.model.pointers import steps
from generator.pages.text.wording import humanise

SECTIONS: tuple[tuple[str, str], ...] = (
    ("/protocolSection/identificationModule/nctId", "identifiers"),
    ("/protocolSection/identificationModule/orgStudyIdInfo", "identifiers"),
    ("/protocolSection/identificationModule/secondaryIdInfos", "identifiers"),
    ("/protocolSection/identificationModule", ""),
    ("/protocolSection/statusModule/overallStatus", ""),
    ("/protocolSection/statusModule", "dates"),
    ("/protocolSection/sponsorCollaboratorsModule", "sponsors-and-people"),
    ("/protocolSection/oversightModule", "study-design"),
    ("/protocolSection/descriptionModule", "summary"),
    ("/protocolSection/conditionsModule/keywords", "keywords-and-mesh-terms"),
    ("/protocolSection/conditionsModule", "in-short"),
    ("/protocolSection/designModule/studyType", "in-short"),
    ("/protocolSection/designModule/phases", "in-short"),
    ("/protocolSection/designModule/enrollmentInfo", "in-short"),
    ("/protocolSection/designModule", "study-design"),
    ("/protocolSection/armsInterventionsModule", "arms-and-interventions"),
    ("/protocolSection/outcomesModule", "what-is-measured"),
    ("/protocolSection/eligibilityModule", "who-can-take-part"),
    ("/protocolSection/contactsLocationsModule/overallOfficials", "sponsors-and-people"),
    ("/protocolSection/contactsLocationsModule", "sites-and-contacts"),
    ("/protocolSection/referencesModule", "publications"),
    ("/protocolSection/ipdSharingStatementModule", "publications"),
    ("/catalogSection/sponsorsWithoutRole", "sponsors-and-people"),
    ("/catalogSection/responsibleParty", "sponsors-and-people"),
    ("/catalogSection/ageLimitWithoutBound", "who-can-take-part"),
    ("/documentSection", "publications"),
    ("/catalogSection/outcomesWithoutType", "what-is-measured"),
    ("/catalogSection/contactsWithoutSite", "sites-and-contacts"),
    ("/catalogSection/otherInterventionNames", "arms-and-interventions"),
    ("/catalogSection/countries", "sites-and-contacts"),
    ("/catalogSection/meshTerms", "keywords-and-mesh-terms"),
    ("/derivedSection", "keywords-and-mesh-terms"),
    ("/catalogSection/registryFields", "documents"),
    ("/catalogSection/objectives", "summary"),
    ("/catalogSection/jointStatements", "said-of-several-trials-together"),
    ("/catalogSection/mentions", "other-trials-that-the-documents-name"),
    ("/hasResults", "publications"),
)
"""Pointer and anchor; the first that fits counts."""

_NAMES = {
    "nctId": "ClinicalTrials.gov number",
    "briefTitle": "title",
    "officialTitle": "official title",
    "meshes": "MeSH terms",
    "count": "number",
    "measure": "what is measured",
    "orgStudyIdInfo": "the sponsor's own number",
    "secondaryIdInfos": "other number",
    "overallStatus": "recruitment status",
    "lastKnownStatus": "last known status",
    "statusVerifiedDate": "date of last verification",
    "whyStopped": "reason for stopping",
    "startDateStruct": "start date",
    "primaryCompletionDateStruct": "primary completion date",
    "completionDateStruct": "completion date",
    "studyFirstSubmitDate": "first submitted",
    "studyFirstPostDateStruct": "first posted",
    "resultsFirstPostDateStruct": "results first posted",
    "lastUpdateSubmitDate": "last update submitted",
    "lastUpdatePostDateStruct": "last update posted",
    "leadSponsor": "lead sponsor",
    "collaborators": "collaborator",
    "responsibleParty": "responsible party",
    "enrollmentInfo": "enrolment",
    "designInfo": "design",
    "maskingInfo": "masking",
    "whoMasked": "who is masked",
    "armGroups": "arm",
    "interventions": "intervention",
    "primaryOutcomes": "primary outcome",
    "secondaryOutcomes": "secondary outcome",
    "otherOutcomes": "other outcome",
    "eligibilityCriteria": "eligibility criteria",
    "healthyVolunteers": "healthy volunteers",
    "minimumAge": "minimum age",
    "maximumAge": "maximum age",
    "stdAges": "age group",
    "centralContacts": "central contact",
    "overallOfficials": "official",
    "locations": "site",
    "references": "reference",
    "ipdSharing": "plan to share individual data",
    "phoneExt": "telephone extension",
    "timeFrame": "time frame",
    "sponsorsWithoutRole": "sponsor without a role",
    "outcomesWithoutType": "outcome without a type",
    "contactsWithoutSite": "contact without a site",
    "otherInterventionNames": "other intervention name",
    "jointStatements": "joint statement",
    "mentions": "mention of another trial",
    "oversightHasDmc": "data monitoring committee",
    "isFdaRegulatedDrug": "FDA-regulated drug",
    "isFdaRegulatedDevice": "FDA-regulated device",
    "hasResults": "results",
    "phases": "phase",
    "conditions": "condition",
    "keywords": "keyword",
    "studies": "trials it is about",
}
_MODULES = {
    "identificationModule": "names and numbers",
    "statusModule": "status and dates",
    "sponsorCollaboratorsModule": "sponsors",
    "oversightModule": "oversight",
    "descriptionModule": "descriptions",
    "conditionsModule": "conditions and keywords",
    "designModule": "design",
    "armsInterventionsModule": "arms and interventions",
    "outcomesModule": "outcome measures",
    "eligibilityModule": "who can take part",
    "contactsLocationsModule": "sites and contacts",
    "referencesModule": "publications",
    "ipdSharingStatementModule": "plan to share data",
}
"""What a module is called where it is meant as a whole."""
_SILENT = frozenset({"protocolSection", "catalogSection", "resultsSection", "date"})


@lru_cache(maxsize=1 << 14)
def field_name(pointer: str) -> str:
    """Return a field's name for readers, such as ``site 15: city``."""
    parts: list[str] = []
    for step in steps(pointer):
        if step.isdecimal() and parts:
            if parts[-1] != "phase":  # "phase 1" would say something else
                parts[-1] += f" {int(step) + 1}"
        elif step not in _SILENT and not step.endswith("Module"):
            parts.append(_NAMES.get(step) or humanise(step.removesuffix("Struct").removesuffix("Info")))
    module = pointer.rpartition("/")[2]
    return ": ".join(parts) or _MODULES.get(module, "the whole record")


@lru_cache(maxsize=1 << 14)
def section_anchor(pointer: str) -> str:
    """Return the anchor of the section of a trial's page that shows the field; empty for the page's top."""
    for prefix, anchor in SECTIONS:
        if pointer == prefix or pointer.startswith(f"{prefix}/"):
            return anchor
    return ""
