"""What a field of a study is called on pages, and the section of the trial's page that shows it."""

from __future__ import annotations

from functools import lru_cache

from generator.language.messages import active_language, gettext, gettext_noop
from generator.model.pointers import steps
from generator.pages.text.wording import camel_case_in_words

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

_NAMES: dict[str, str] = {
    "nctId": gettext_noop("ClinicalTrials.gov number"),
    "briefTitle": gettext_noop("title"),
    "officialTitle": gettext_noop("official title"),
    "meshes": gettext_noop("MeSH terms"),
    "count": gettext_noop("number"),
    "measure": gettext_noop("what is measured"),
    "orgStudyIdInfo": gettext_noop("the sponsor's own number"),
    "secondaryIdInfos": gettext_noop("other number"),
    "overallStatus": gettext_noop("recruitment status"),
    "lastKnownStatus": gettext_noop("last known status"),
    "statusVerifiedDate": gettext_noop("date of last verification"),
    "whyStopped": gettext_noop("reason for stopping"),
    "startDateStruct": gettext_noop("start date"),
    "primaryCompletionDateStruct": gettext_noop("primary completion date"),
    "completionDateStruct": gettext_noop("completion date"),
    "studyFirstSubmitDate": gettext_noop("first submitted"),
    "studyFirstPostDateStruct": gettext_noop("first posted"),
    "resultsFirstPostDateStruct": gettext_noop("results first posted"),
    "lastUpdateSubmitDate": gettext_noop("last update submitted"),
    "lastUpdatePostDateStruct": gettext_noop("last update posted"),
    "leadSponsor": gettext_noop("lead sponsor"),
    "collaborators": gettext_noop("collaborator"),
    "responsibleParty": gettext_noop("responsible party"),
    "enrollmentInfo": gettext_noop("enrolment"),
    "designInfo": gettext_noop("design"),
    "maskingInfo": gettext_noop("masking"),
    "whoMasked": gettext_noop("who is masked"),
    "armGroups": gettext_noop("arm"),
    "interventions": gettext_noop("intervention"),
    "primaryOutcomes": gettext_noop("primary outcome"),
    "secondaryOutcomes": gettext_noop("secondary outcome"),
    "otherOutcomes": gettext_noop("other outcome"),
    "eligibilityCriteria": gettext_noop("eligibility criteria"),
    "healthyVolunteers": gettext_noop("healthy volunteers"),
    "minimumAge": gettext_noop("minimum age"),
    "maximumAge": gettext_noop("maximum age"),
    "stdAges": gettext_noop("age group"),
    "centralContacts": gettext_noop("central contact"),
    "overallOfficials": gettext_noop("official"),
    "locations": gettext_noop("site"),
    "references": gettext_noop("reference"),
    "ipdSharing": gettext_noop("plan to share individual data"),
    "phoneExt": gettext_noop("telephone extension"),
    "timeFrame": gettext_noop("time frame"),
    "sponsorsWithoutRole": gettext_noop("sponsor without a role"),
    "outcomesWithoutType": gettext_noop("outcome without a type"),
    "contactsWithoutSite": gettext_noop("contact without a site"),
    "otherInterventionNames": gettext_noop("other intervention name"),
    "jointStatements": gettext_noop("joint statement"),
    "mentions": gettext_noop("mention of another trial"),
    "oversightHasDmc": gettext_noop("data monitoring committee"),
    "isFdaRegulatedDrug": gettext_noop("FDA-regulated drug"),
    "isFdaRegulatedDevice": gettext_noop("FDA-regulated device"),
    "hasResults": gettext_noop("results"),
    "phases": gettext_noop("phase"),
    "conditions": gettext_noop("condition"),
    "keywords": gettext_noop("keyword"),
    "studies": gettext_noop("trials it is about"),
    # Those below are the fields' own names in words; they stand here for translators.
    "nctIdAliases": gettext_noop("former ClinicalTrials.gov number"),
    "id": gettext_noop("id"),
    "type": gettext_noop("type"),
    "link": gettext_noop("link"),
    "domain": gettext_noop("domain"),
    "acronym": gettext_noop("acronym"),
    "organization": gettext_noop("organization"),
    "fullName": gettext_noop("full name"),
    "class": gettext_noop("class"),
    "delayedPosting": gettext_noop("delayed posting"),
    "expandedAccessInfo": gettext_noop("expanded access"),
    "hasExpandedAccess": gettext_noop("has expanded access"),
    "statusForNctId": gettext_noop("status of expanded access"),
    "studyFirstSubmitQcDate": gettext_noop("first submitted, after the registry's check"),
    "resultsWaived": gettext_noop("results waived"),
    "resultsFirstSubmitDate": gettext_noop("results first submit date"),
    "resultsFirstSubmitQcDate": gettext_noop("results first submitted, after the registry's check"),
    "investigatorFullName": gettext_noop("investigator full name"),
    "investigatorTitle": gettext_noop("investigator title"),
    "investigatorAffiliation": gettext_noop("investigator affiliation"),
    "oldNameTitle": gettext_noop("old name title"),
    "oldOrganization": gettext_noop("old organization"),
    "name": gettext_noop("name"),
    "isUnapprovedDevice": gettext_noop("unapproved device"),
    "isUsExport": gettext_noop("exported from the US"),
    "fdaaa801Violation": gettext_noop("notice under FDAAA 801"),
    "briefSummary": gettext_noop("brief summary"),
    "detailedDescription": gettext_noop("detailed description"),
    "studyType": gettext_noop("study type"),
    "expandedAccessTypes": gettext_noop("expanded access types"),
    "individual": gettext_noop("individual"),
    "intermediate": gettext_noop("intermediate"),
    "treatment": gettext_noop("treatment"),
    "patientRegistry": gettext_noop("patient registry"),
    "targetDuration": gettext_noop("target duration"),
    "allocation": gettext_noop("allocation"),
    "interventionModel": gettext_noop("intervention model"),
    "interventionModelDescription": gettext_noop("intervention model description"),
    "primaryPurpose": gettext_noop("primary purpose"),
    "observationalModel": gettext_noop("observational model"),
    "timePerspective": gettext_noop("time perspective"),
    "masking": gettext_noop("masking"),
    "maskingDescription": gettext_noop("masking description"),
    "bioSpec": gettext_noop("samples kept"),
    "retention": gettext_noop("retention"),
    "description": gettext_noop("description"),
    "label": gettext_noop("label"),
    "interventionNames": gettext_noop("intervention names"),
    "armGroupLabels": gettext_noop("arm group labels"),
    "otherNames": gettext_noop("other names"),
    "sex": gettext_noop("sex"),
    "genderBased": gettext_noop("gender based"),
    "genderDescription": gettext_noop("gender description"),
    "studyPopulation": gettext_noop("study population"),
    "samplingMethod": gettext_noop("sampling method"),
    "role": gettext_noop("role"),
    "phone": gettext_noop("phone"),
    "email": gettext_noop("email"),
    "affiliation": gettext_noop("affiliation"),
    "facility": gettext_noop("facility"),
    "status": gettext_noop("status"),
    "city": gettext_noop("city"),
    "state": gettext_noop("state"),
    "zip": gettext_noop("zip"),
    "country": gettext_noop("country"),
    "contacts": gettext_noop("contacts"),
    "geoPoint": gettext_noop("position"),
    "pmid": gettext_noop("PubMed number"),
    "citation": gettext_noop("citation"),
    "retractions": gettext_noop("retractions"),
    "source": gettext_noop("source"),
    "seeAlsoLinks": gettext_noop("see also links"),
    "url": gettext_noop("url"),
    "availIpds": gettext_noop("available data"),
    "comment": gettext_noop("comment"),
    "infoTypes": gettext_noop("info types"),
    "accessCriteria": gettext_noop("access criteria"),
    "text": gettext_noop("text"),
    "topic": gettext_noop("topic"),
    "title": gettext_noop("title"),
    "relation": gettext_noop("relation"),
    "ageLimitWithoutBound": gettext_noop("age limit without bound"),
    "countries": gettext_noop("countries"),
    "registryFields": gettext_noop("registry fields"),
    "meshTerms": gettext_noop("MeSH terms"),
    "objectives": gettext_noop("objectives"),
    "groups": gettext_noop("groups"),
    "largeDocs": gettext_noop("study document"),
    "resultsSection": gettext_noop("results section"),
    "documentSection": gettext_noop("document section"),
    "derivedSection": gettext_noop("derived section"),
    "annotationSection": gettext_noop("annotation section"),
}
_PLURALS = {
    "secondaryIdInfos": gettext_noop("other numbers"),
    "collaborators": gettext_noop("collaborators"),
    "armGroups": gettext_noop("arms"),
    "interventions": gettext_noop("interventions"),
    "primaryOutcomes": gettext_noop("primary outcomes"),
    "secondaryOutcomes": gettext_noop("secondary outcomes"),
    "otherOutcomes": gettext_noop("other outcomes"),
    "stdAges": gettext_noop("age groups"),
    "centralContacts": gettext_noop("central contacts"),
    "overallOfficials": gettext_noop("officials"),
    "locations": gettext_noop("sites"),
    "references": gettext_noop("references"),
    "sponsorsWithoutRole": gettext_noop("sponsors without a role"),
    "outcomesWithoutType": gettext_noop("outcomes without a type"),
    "contactsWithoutSite": gettext_noop("contacts without a site"),
    "otherInterventionNames": gettext_noop("other intervention names"),
    "jointStatements": gettext_noop("joint statements"),
    "mentions": gettext_noop("mentions of other trials"),
    "conditions": gettext_noop("conditions"),
    "keywords": gettext_noop("keywords"),
}
"""What several items of a list are called, where its name stands for one."""
_MODULES = {
    "identificationModule": gettext_noop("names and numbers"),
    "statusModule": gettext_noop("status and dates"),
    "sponsorCollaboratorsModule": gettext_noop("sponsors"),
    "oversightModule": gettext_noop("oversight"),
    "descriptionModule": gettext_noop("descriptions"),
    "conditionsModule": gettext_noop("conditions and keywords"),
    "designModule": gettext_noop("design"),
    "armsInterventionsModule": gettext_noop("arms and interventions"),
    "outcomesModule": gettext_noop("outcome measures"),
    "eligibilityModule": gettext_noop("who can take part"),
    "contactsLocationsModule": gettext_noop("sites and contacts"),
    "referencesModule": gettext_noop("publications"),
    "ipdSharingStatementModule": gettext_noop("plan to share data"),
}
"""What a module is called where it is meant as a whole."""
_SILENT = frozenset({"protocolSection", "catalogSection", "resultsSection", "date"})


def field_name(pointer: str) -> str:
    """Return a field's name for readers, such as ``site 15: city``, in the site's language."""
    return _field_name(active_language().version, pointer)


@lru_cache(maxsize=1 << 14)
def _field_name(version: bytes, pointer: str) -> str:  # noqa: ARG001 - the language of the name
    parts: list[str] = []
    before = ""
    for step in steps(pointer):
        if step.isdecimal() and parts:
            if before != "phases":  # "phase 1" would say something else
                parts[-1] += f" {int(step) + 1}"
        elif step not in _SILENT and not step.endswith("Module"):
            parts.append(
                gettext(_NAMES.get(step) or camel_case_in_words(step.removesuffix("Struct").removesuffix("Info")))
            )
            before = step
    module = pointer.rpartition("/")[2]
    return ": ".join(parts) or gettext(_MODULES.get(module) or gettext_noop("the whole record"))


def several(name: str) -> str:
    """Return the plural of the *name* that `field_name` gives an item of a list, such as ``sites``."""
    return _plurals(active_language().version).get(name, name)


@lru_cache(maxsize=2)
def _plurals(version: bytes) -> dict[str, str]:  # noqa: ARG001 - the language of the names
    return {gettext(_NAMES[step]): gettext(many) for step, many in _PLURALS.items()}


@lru_cache(maxsize=1 << 14)
def section_anchor(pointer: str) -> str:
    """Return the anchor of the section of a trial's page that shows the field; empty for the page's top."""
    for prefix, anchor in SECTIONS:
        if pointer == prefix or pointer.startswith(f"{prefix}/"):
            return anchor
    return ""
