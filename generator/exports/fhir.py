"""The trials as FHIR R5 ResearchStudy resources, one to a line: ``data/research-studies.ndjson``.

Organizations, people and places are contained.  A code of FHIR stands where the registry's word has exactly one; the
registry's own word stands beside it as text.  ``status`` is that of a publication in FHIR, which no document states, so
it is ``unknown``; the state of recruitment is in ``progressStatus``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import Any, cast

from generator.exports.exporter import Exporter, OneFile
from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.exports.studies_json import encode
from generator.language.messages import gettext_noop
from generator.model.data_file import DataFile
from generator.model.pointers import Json
from generator.model.registry_numbers import recognise
from generator.model.registry_words import english_words
from generator.model.word_tables import listed
from generator.pages.registry_links import PUBMED
from generator.storage.streams import StreamedFiles

FILE = "data/research-studies.ndjson"

_HL7 = "http://hl7.org/fhir"
_THO = "http://terminology.hl7.org/CodeSystem"
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_STATES = {
    "NOT_YET_RECRUITING": "not-yet-recruiting",
    "RECRUITING": "recruiting",
    "ENROLLING_BY_INVITATION": "enrolling-by-invitation",
    "ACTIVE_NOT_RECRUITING": "active-but-not-recruiting",
    "COMPLETED": "completed",
    "TERMINATED": "terminated",
    "WITHDRAWN": "withdrawn",
}
_PHASES = {
    ("NA",): "n-a",
    ("EARLY_PHASE1",): "early-phase-1",
    ("PHASE1",): "phase-1",
    ("PHASE1", "PHASE2"): "phase-1-phase-2",
    ("PHASE2",): "phase-2",
    ("PHASE2", "PHASE3"): "phase-2-phase-3",
    ("PHASE3",): "phase-3",
    ("PHASE4",): "phase-4",
}
_PURPOSES = frozenset(
    listed(
        """
        TREATMENT; PREVENTION; DIAGNOSTIC; SUPPORTIVE_CARE; SCREENING; HEALTH_SERVICES_RESEARCH; BASIC_SCIENCE;
        DEVICE_FEASIBILITY
        """
    )
)
_ARMS = frozenset({"EXPERIMENTAL", "ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})
_ROLES = {
    "PRINCIPAL_INVESTIGATOR": "primary-investigator",
    "SUB_INVESTIGATOR": "sub-investigator",
    "STUDY_CHAIR": "study-chair",
    "STUDY_DIRECTOR": "study-director",
    "CONTACT": "general-contact",
}
_OUTCOMES = (("primaryOutcomes", "primary"), ("secondaryOutcomes", "secondary"), ("otherOutcomes", ""))

_Resource = dict[str, Any]


def research_study(study: PublishedStudy) -> _Resource:
    """Return the resource of one trial."""
    identification, status = study.module("identificationModule"), study.module("statusModule")
    design, description = study.module("designModule"), study.module("descriptionModule")
    known = recognise(study.id)
    contained = _Contained()
    resource: _Resource = {
        "resourceType": "ResearchStudy",
        "id": _id(study.id),
        "url": known.url if known else None,
        "identifier": list(_identifiers(study)),
        "title": identification.get("briefTitle") or identification.get("officialTitle"),
        "label": list(_labels(identification)),
        "relatedArtifact": list(_artifacts(study)),
        "date": _date(status.get("lastUpdatePostDateStruct", {}).get("date")),
        "status": "unknown",
        "primaryPurposeType": _purpose(design.get("designInfo", {}).get("primaryPurpose")),
        "phase": _phase(design.get("phases", ())),
        "studyDesign": [_text(english_words(value)) for value in _designs(design)],
        "focus": [
            {"concept": _text(item["name"])}
            for item in study.module("armsInterventionsModule").get("interventions", ())
            if item.get("name")
        ],
        "condition": [_text(name) for name in study.module("conditionsModule").get("conditions", ())],
        "keyword": [_text(name) for name in study.module("conditionsModule").get("keywords", ())],
        "region": [_text(name) for name in _countries(study)],
        "descriptionSummary": description.get("briefSummary"),
        "description": description.get("detailedDescription"),
        "period": {
            "start": _date(status.get("startDateStruct", {}).get("date")),
            "end": _date(status.get("completionDateStruct", {}).get("date")),
        },
        "site": list(_sites(study, contained)),
        "associatedParty": list(_parties(study, contained)),
        "progressStatus": list(_progress(status)),
        "whyStopped": _text(status.get("whyStopped")),
        "recruitment": _recruitment(study, contained),
        "comparisonGroup": list(_arms(study)),
        "outcomeMeasure": list(_outcomes(study)),
    }
    resource["contained"] = contained.resources
    return cast("_Resource", _filled(resource))


class _Contained:
    """Resources inside the study's."""

    def __init__(self) -> None:
        self.resources: list[_Resource] = []

    def add(self, kind: str, **content: Any) -> _Resource:
        """Keep a resource, and return the reference to it."""
        name = f"{kind.lower()}-{len(self.resources) + 1}"
        self.resources.append({"resourceType": kind, "id": name, **content})
        return {"reference": f"#{name}"}


def _filled(value: Any) -> Any:
    """Return *value* without empty parts, which FHIR does not allow."""
    if isinstance(value, dict):
        found = {}
        for key, child in value.items():
            kept = _filled(child) if isinstance(child, (dict, list)) else child
            if kept or isinstance(kept, (int, float)):
                found[key] = kept
        return found
    return [kept for child in value if (kept := _filled(child) if isinstance(child, (dict, list)) else child)]


def _id(identifier: str) -> str:
    """Return an identifier as FHIR takes it; a longer one ends with a digest of the whole."""
    if _ID.fullmatch(identifier):
        return identifier
    plain = re.sub(r"[^A-Za-z0-9.-]", "-", identifier)
    return f"{plain[:47]}-{hashlib.sha256(identifier.encode()).hexdigest()[:16]}"


def _date(stated: str | None) -> str | None:
    return stated[:10] if stated and _DATE.fullmatch(stated[:10]) else None


def _text(text: str | None) -> _Resource | None:
    return {"text": text} if text else None


def _coded(system: str, code: str | None, text: str | None) -> _Resource:
    return {"coding": [{"system": system, "code": code}] if code else [], "text": text}


def _arm_type(kind: str) -> _Resource:
    return _coded(f"{_HL7}/research-study-arm-type", _code(kind) if kind in _ARMS else None, english_words(kind))


def _code(value: str) -> str:
    return value.lower().replace("_", "-")


def _identifiers(study: PublishedStudy) -> Iterator[_Resource]:
    module = study.module("identificationModule")
    numbers = [] if study.section.get("provisional") else [study.id]
    numbers += [module.get("orgStudyIdInfo", {}).get("id", "")]
    numbers += [item.get("id", "") for item in module.get("secondaryIdInfos", ())]
    for index, number in enumerate(dict.fromkeys(filter(None, numbers))):
        known = recognise(number)
        yield {
            "use": "official" if index == 0 and known else "secondary",
            "value": known.number if known else number,
            "assigner": {"display": known.kind.registry} if known else None,
        }


def _labels(identification: dict[str, Any]) -> Iterator[_Resource]:
    for field, kind in (("briefTitle", "plain-language"), ("officialTitle", "scientific"), ("acronym", "acronym")):
        if identification.get(field):
            yield {"type": _coded(f"{_HL7}/title-type", kind, None), "value": identification[field]}


def _artifacts(study: PublishedStudy) -> Iterator[_Resource]:
    for item in study.module("referencesModule").get("references", ()):
        pmid = item.get("pmid")
        yield {
            "type": "citation",
            "citation": item.get("citation") or (f"PubMed {pmid}" if pmid else None),
            "document": {"url": PUBMED.format(id=pmid)} if pmid else None,
        }


def _purpose(purpose: str | None) -> _Resource | None:
    if purpose is None:
        return None
    code = _code(purpose) if purpose in _PURPOSES else None
    return _coded(f"{_THO}/research-study-prim-purp-type", code, english_words(purpose))


def _phase(phases: Iterable[str]) -> _Resource | None:
    stated = tuple(phases)
    if not stated:
        return None
    return _coded(f"{_THO}/research-study-phase", _PHASES.get(stated), ", ".join(map(english_words, stated)))


def _designs(design: dict[str, Any]) -> Iterator[str]:
    info = design.get("designInfo", {})
    fields = ("allocation", "interventionModel", "observationalModel", "timePerspective")
    stated = (design.get("studyType"), *map(info.get, fields), info.get("maskingInfo", {}).get("masking"))
    yield from dict.fromkeys(value for value in stated if value and value != "NA")


def _countries(study: PublishedStudy) -> Iterable[str]:
    places = study.module("contactsLocationsModule").get("locations", ())
    named = [place["country"] for place in places if place.get("country")]
    return dict.fromkeys([*named, *study.section.get("countries", ())])


def _sites(study: PublishedStudy, contained: _Contained) -> Iterator[_Resource]:
    for place in study.module("contactsLocationsModule").get("locations", ()):
        point = place.get("geoPoint", {})
        yield contained.add(
            "Location",
            name=place.get("facility"),
            address={
                "city": place.get("city"),
                "state": place.get("state"),
                "postalCode": place.get("zip"),
                "country": place.get("country"),
            },
            position={"longitude": point["lon"], "latitude": point["lat"]} if {"lat", "lon"} <= point.keys() else None,
        )


def _parties(study: PublishedStudy, contained: _Contained) -> Iterator[_Resource]:
    module = study.module("sponsorCollaboratorsModule")
    sponsors = [(module.get("leadSponsor", {}), "lead-sponsor")]
    sponsors += [(item, "collaborator") for item in module.get("collaborators", ())]
    sponsors += [(item, "sponsor") for item in study.section.get("sponsorsWithoutRole", ())]
    for item, role in sponsors:
        if item.get("name"):
            yield _party(role, None, item["name"], contained.add("Organization", name=item["name"]))
    places = study.module("contactsLocationsModule")
    for person in (*places.get("overallOfficials", ()), *places.get("centralContacts", ())):
        if person.get("name"):
            telecom = [
                {"system": system, "value": person[field]}
                for field, system in (("phone", "phone"), ("email", "email"))
                if person.get(field)
            ]
            reference = contained.add("Practitioner", name=[{"text": person["name"]}], telecom=telecom)
            role = person.get("role")
            yield _party(_ROLES.get(role), english_words(role) if role else "Contact", person["name"], reference)


def _party(code: str | None, text: str | None, name: str, reference: _Resource) -> _Resource:
    return {"name": name, "role": _coded(f"{_HL7}/research-study-party-role", code, text), "party": reference}


def _progress(status: dict[str, Any]) -> Iterator[_Resource]:
    state = status.get("overallStatus")
    if state:
        yield {"state": _coded(f"{_HL7}/research-study-status", _STATES.get(state), english_words(state))}


def _recruitment(study: PublishedStudy, contained: _Contained) -> _Resource:
    info = study.module("designModule").get("enrollmentInfo", {})
    criteria = study.module("eligibilityModule").get("eligibilityCriteria")
    number = info.get("count")
    eligible = (
        contained.add("Group", type="person", membership="definitional", description=criteria) if criteria else None
    )
    field = {"ACTUAL": "actualNumber", "ESTIMATED": "targetNumber"}.get(info.get("type", ""))
    return {"eligibility": eligible, **({field: number} if field else {})}


def _arms(study: PublishedStudy) -> Iterator[_Resource]:
    for number, arm in enumerate(study.module("armsInterventionsModule").get("armGroups", ()), start=1):
        kind = arm.get("type")
        yield {
            "linkId": f"arm-{number}",
            "name": arm.get("label") or f"Arm {number}",
            "type": _coded(
                f"{_HL7}/research-study-arm-type", _code(kind) if kind in _ARMS else None, english_words(kind)
            )
            if kind
            else None,
            "description": arm.get("description"),
        }


def _outcomes(study: PublishedStudy) -> Iterator[_Resource]:
    module = study.module("outcomesModule")
    lists = [(module.get(field, ()), code) for field, code in _OUTCOMES]
    lists.append((study.section.get("outcomesWithoutType", ()), ""))
    for items, code in lists:
        for item in items:
            frame = item.get("timeFrame")
            told = [item.get("description"), f"Time frame: {frame}" if frame else None]
            yield {
                "name": item.get("measure"),
                "type": [_coded(f"{_HL7}/research-study-objective-type", code, None)] if code else [],
                "description": "\n\n".join(filter(None, told)),
            }


def begin(_: PublishedCatalog, files: StreamedFiles) -> OneFile:
    """Begin the file, which has one line for each trial."""
    return OneFile(files, FILE, lambda study: encode(cast("Json", research_study(study))))


EXPORTER = Exporter(
    name="fhir",
    files=(
        DataFile(
            FILE,
            "FHIR R5 ResearchStudy",
            gettext_noop(
                "One resource for each trial, one to a line, with its organizations, people and places inside."
            ),
            "application/fhir+ndjson",
            group="For other systems",
        ),
    ),
    open=begin,
)
