"""How much of the WHO Trial Registration Data Set the documents state of a study.

The data set, version 1.3.1, has 24 items that a trial must register to count as registered: International Standards
for Clinical Trial Registries, version 3.0 (World Health Organization, 2018), annex 1; see
https://www.who.int/tools/clinical-trials-registry-platform/network/who-data-set.

What an item is in the fields of ClinicalTrials.gov's API follows that registry's own mapping.  Two items need care:

*   Sources of support (4) and secondary sponsors (6) are one field there, the collaborators: the registry's records
    say nothing more of either.  A study whose collaborators are not stated lacks both.
*   Ethics review (21) is no field there at all.  It counts as stated where a registry's own field for it is kept.

An item is in one of four states.  ``stated``: at least one document gives a value.  ``statedAsNone``: a document has
the place and leaves it empty, or says that there is none.  ``lostByLayout``: the document's layout drops it, so that
the trial may well have it.  ``notStated``: none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.language.messages import gettext_noop
from generator.model.catalog_section import CompletenessItem
from generator.model.registry_numbers import recognise
from generator.model.study import Study
from generator.readers.registry_values import is_stated

_PROTOCOL = "/protocolSection"
_ETHICS = re.compile(r"ethic|\birb\b|institutional review", re.IGNORECASE)
_SUPPORT = re.compile(r"fund|support|monetary|material support", re.IGNORECASE)
_OUTCOMES = ("Primary outcomes", "Key secondary outcomes")

Item = tuple[str, bool, tuple[str, ...]]
"""Name, whether a value is there, and the pointers at which an absence would be noted."""


def completeness_of(study: Study) -> list[CompletenessItem]:
    """Return the 24 items of the WHO data set in their order, each with its state in *study*."""
    return [
        CompletenessItem(number=number, name=name, state="stated" if there else _state(study, name, pointers))
        for number, (name, there, pointers) in enumerate(_items(study), start=1)
    ]


_LEFT_OVER = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "Date of registration": r"date[_ ]?(?:of )?registration",
        "Secondary numbers": r"secondary[_ ]?(?:id|number)",
        "Primary sponsor": r"primary[_ ]?sponsor",
        "Secondary sponsors": r"secondary[_ ]?sponsor",
        "Contact for public queries": r"(?:public[_ ])?contact[_ ](?:first|last|e?mail|tel|name)",
        "Contact for scientific queries": r"scientific[_ ]contact",
        "Public title": r"public[_ ]?title",
        "Scientific title": r"scientific[_ ]?title",
        "Countries of recruitment": r"countr(?:y|ies)$",
        "Conditions": r"(?:health[_ ])?conditions?\b",
        "Interventions": r"(?:control[_ ])?interventions?\b(?![_ ]?(?:model|type))",
        "Key inclusion and exclusion criteria": r"(?:in|ex)clusion[_ ]criteria|eligibility",
        "Study type": r"study[_ ]?type",
        "Date of first enrolment": r"date[_ ](?:of )?(?:first[_ ])?enroll?e?ment|start[_ ]?date",
        "Sample size": r"(?:target[_ ])?sample[_ ]?size|target[_ ]?size",
        "Recruitment status": r"recruitment[_ ]?status",
        "Primary outcomes": r"primary[_ ](?:outcome|end ?point)",
        "Key secondary outcomes": r"secondary[_ ](?:outcome|end ?point)",
        "Completion date": r"results_date_completed|(?:study[_ ])?completion[_ ]?date",
        "Summary results": r"results?[_ ](?:date_posted|url|yes_no|summary)",
        "Plan to share individual data": r"results_ipd|ipd",
    }.items()
}
"""Item -> names of registries' own fields that state it where they could not be taken apart."""


def _left_over(study: Study, name: str) -> bool:
    """Say whether a field that was kept as it is found may state the item: then it is not "not stated"."""
    pattern = _LEFT_OVER.get(name)
    return pattern is not None and any(
        pattern.match(field.rpartition("/")[2]) and is_stated(value) and value.strip().casefold() not in _NOTHING
        for field, value in study.catalog_section.registry_fields.items()
    )


_NOTHING = frozenset({"none", "nil", "no", "n/a", "na", "not applicable", "0", "00:00.0"})


def _state(study: Study, name: str, pointers: tuple[str, ...]) -> str:
    """Return why a value is missing: what a layout lost may be there, so it weighs more than a stated none."""
    if name in _OUTCOMES and study.catalog_section.outcomes_without_type:
        return "lostByLayout"  # Outcomes are there, without the border between primary and secondary ones.
    reasons = {
        absence.reason
        for at, absence in study.catalog_section.absences.items()
        if any(at == pointer or at.startswith(f"{pointer}/") for pointer in pointers)
    }
    found = next((reason for reason in ("lostByLayout", "statedAsNone") if reason in reasons), "notStated")
    return "stated" if found == "notStated" and _left_over(study, name) else found


def _items(study: Study) -> Iterable[Item]:
    protocol, section = study.protocol_section, study.catalog_section
    identification, status, design = (protocol.identification_module, protocol.status_module, protocol.design_module)
    sponsors, contacts = protocol.sponsor_collaborators_module, protocol.contacts_locations_module
    outcomes = protocol.outcomes_module
    lead = sponsors.lead_sponsor
    number = section.id or ""
    collaborators = (f"{_PROTOCOL}/sponsorCollaboratorsModule/collaborators",)
    eligibility, info = protocol.eligibility_module, design.enrollment_info
    posted = status.study_first_post_date_struct
    registered = status.study_first_submit_date or (posted.date if posted else None)
    completion = status.completion_date_struct
    start = status.start_date_struct

    def at(*fields: str) -> tuple[str, ...]:
        return tuple(f"{_PROTOCOL}/{field}" for field in fields)

    yield gettext_noop("Primary registry and number"), recognise(number) is not None, at("identificationModule/nctId")
    yield (
        gettext_noop("Date of registration"),
        bool(registered),
        at("statusModule/studyFirstSubmitDate", "statusModule/studyFirstPostDateStruct"),
    )
    own = identification.org_study_id_info
    yield (
        gettext_noop("Secondary numbers"),
        bool(identification.secondary_id_infos or (own and own.id)),
        at("identificationModule/secondaryIdInfos", "identificationModule/orgStudyIdInfo"),
    )
    yield gettext_noop("Sources of support"), bool(sponsors.collaborators) or _has_field(study, _SUPPORT), collaborators
    yield gettext_noop("Primary sponsor"), bool(lead and lead.name), at("sponsorCollaboratorsModule/leadSponsor")
    yield gettext_noop("Secondary sponsors"), bool(sponsors.collaborators), collaborators
    people = contacts.central_contacts or section.contacts_without_site
    at_sites = any(site.contacts for site in contacts.locations)
    yield (
        gettext_noop("Contact for public queries"),
        bool(people or at_sites),
        at("contactsLocationsModule/centralContacts"),
    )
    officials = at("contactsLocationsModule/overallOfficials")
    yield gettext_noop("Contact for scientific queries"), bool(contacts.overall_officials), officials
    yield gettext_noop("Public title"), bool(identification.brief_title), at("identificationModule/briefTitle")
    yield (
        gettext_noop("Scientific title"),
        bool(identification.official_title),
        at("identificationModule/officialTitle"),
    )
    yield (
        gettext_noop("Countries of recruitment"),
        bool(section.countries) or any(site.country for site in contacts.locations),
        (*at("contactsLocationsModule/locations"), "/catalogSection/countries"),
    )
    yield gettext_noop("Conditions"), bool(protocol.conditions_module.conditions), at("conditionsModule/conditions")
    arms = protocol.arms_interventions_module
    yield gettext_noop("Interventions"), bool(arms.interventions), at("armsInterventionsModule/interventions")
    yield (
        gettext_noop("Key inclusion and exclusion criteria"),
        bool(eligibility.eligibility_criteria),
        at("eligibilityModule/eligibilityCriteria"),
    )
    yield gettext_noop("Study type"), bool(design.study_type), at("designModule/studyType")
    yield gettext_noop("Date of first enrolment"), bool(start and start.date), at("statusModule/startDateStruct")
    yield gettext_noop("Sample size"), bool(info and info.count is not None), at("designModule/enrollmentInfo")
    yield gettext_noop("Recruitment status"), bool(status.overall_status), at("statusModule/overallStatus")
    yield gettext_noop("Primary outcomes"), bool(outcomes.primary_outcomes), at("outcomesModule/primaryOutcomes")
    yield (
        gettext_noop("Key secondary outcomes"),
        bool(outcomes.secondary_outcomes),
        at("outcomesModule/secondaryOutcomes"),
    )
    yield gettext_noop("Ethics review"), _has_field(study, _ETHICS), ("/catalogSection/registryFields/ethics",)
    yield gettext_noop("Completion date"), bool(completion and completion.date), at("statusModule/completionDateStruct")
    yield (
        gettext_noop("Summary results"),
        study.has_results is not None or study.results_section is not None,
        ("/hasResults", "/resultsSection"),
    )
    yield (
        gettext_noop("Plan to share individual data"),
        bool(protocol.ipd_sharing_statement_module.ipd_sharing),
        at("ipdSharingStatementModule/ipdSharing"),
    )


def _has_field(study: Study, names: re.Pattern[str]) -> bool:
    """Say whether a registry's own field by such a name has a value."""
    return any(names.search(name) and value.strip() for name, value in study.catalog_section.registry_fields.items())
