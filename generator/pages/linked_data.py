"""What a page says of itself to programs: JSON-LD in the words of schema.org, and the same thing in other forms.

Only what documents state is said: a value that they do not state, or that is only inferred, is left out.  Properties
are those that schema.org has for a ``MedicalStudy`` today; it has none for phases and outcomes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator.model.registry_numbers import recognise
from generator.model.registry_words import english_words
from generator.pages.registry_links import PUBMED
from generator.pages.text.contacts import E_MAIL
from generator.pages.text.escaping import one_line

_SCHEMA = "https://schema.org"
_STATUSES = {
    "NOT_YET_RECRUITING": "NotYetRecruiting",
    "RECRUITING": "Recruiting",
    "ENROLLING_BY_INVITATION": "EnrollingByInvitation",
    "ACTIVE_NOT_RECRUITING": "ActiveNotRecruiting",
    "COMPLETED": "Completed",
    "SUSPENDED": "Suspended",
    "TERMINATED": "Terminated",
    "WITHDRAWN": "Withdrawn",
}
_DESIGNS = {
    "RANDOMIZED": "RandomizedTrial",
    "NONE": "OpenTrial",
    "SINGLE": "SingleBlindedTrial",
    "DOUBLE": "DoubleBlindedTrial",
    "TRIPLE": "TripleBlindedTrial",
}
_TYPES = {"INTERVENTIONAL": "MedicalTrial", "OBSERVATIONAL": "MedicalObservationalStudy"}
_MOST_ARTICLES = 20
_PROTOCOL = "/protocolSection"


def trial_data(record: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of the trial whose study is *record*, in the names of API v2."""
    stated = _Stated(record)
    identification = stated.module("identificationModule")
    places = stated.module("contactsLocationsModule")
    status = stated.value(f"{_PROTOCOL}/statusModule/overallStatus")
    known = recognise(stated.section.get("id", ""))
    kind = stated.value(f"{_PROTOCOL}/designModule/studyType")
    data: dict[str, Any] = _filled(
        {
            "@context": _SCHEMA,
            "@type": _TYPES.get(kind, "MedicalStudy"),
            "name": identification.get("briefTitle") or identification.get("officialTitle"),
            "alternateName": identification.get("acronym"),
            "identifier": list(_identifiers(stated)),
            "sameAs": known.url if known else None,
            "status": _status(status) if status else None,
            "healthCondition": [
                {"@type": "MedicalCondition", "name": name}
                for number, name in enumerate(stated.module("conditionsModule").get("conditions", ()))
                if stated.is_stated(f"{_PROTOCOL}/conditionsModule/conditions/{number}")
            ],
            "sponsor": [{"@type": "Organization", "name": name} for name in _sponsors(stated)],
            "studyLocation": [{"@type": "Country", "name": name} for name in _countries(places, stated)],
            "trialDesign": [f"{_SCHEMA}/{one}" for one in _designs(stated)] if kind == "INTERVENTIONAL" else [],
            "subjectOf": list(_articles(stated)),
        }
    )
    return data


class _Stated:
    """A study of which only that is told which a document states."""

    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record
        self.section: dict[str, Any] = record.get("catalogSection", {})
        self._sources: dict[str, Any] = self.section.get("sources", {})

    def module(self, name: str) -> dict[str, Any]:
        """Return a module of the registration."""
        found: dict[str, Any] = self._record.get("protocolSection", {}).get(name, {})
        return found

    def is_stated(self, pointer: str) -> bool:
        """Tell whether the value at *pointer* is more than inferred."""
        while pointer and pointer not in self._sources:
            pointer = pointer.rpartition("/")[0]
        sources = self._sources.get(pointer, ())
        return not sources or any(source.get("how", "stated") != "inferred" for source in sources)

    def value(self, pointer: str) -> Any:
        """Return the value at *pointer* if it is stated."""
        found: Any = self._record
        for step in pointer.split("/")[1:]:
            found = found.get(step) if isinstance(found, dict) else None
        return found if found is not None and self.is_stated(pointer) else None


def _status(status: str) -> str:
    return f"{_SCHEMA}/{_STATUSES[status]}" if status in _STATUSES else english_words(status)


def _identifiers(stated: _Stated) -> Iterator[dict[str, str]]:
    module = stated.module("identificationModule")
    numbers = [] if stated.section.get("provisional") else [stated.section.get("id", "")]
    numbers += [module.get("orgStudyIdInfo", {}).get("id", "")]
    numbers += [item.get("id", "") for item in module.get("secondaryIdInfos", ())]
    for number in dict.fromkeys(filter(None, numbers)):
        known = recognise(number)
        value = {"@type": "PropertyValue", "value": known.number if known else number}
        yield {**value, "propertyID": known.kind.registry} if known else value


def _sponsors(stated: _Stated) -> Iterable[str]:
    module = stated.module("sponsorCollaboratorsModule")
    pointer = f"{_PROTOCOL}/sponsorCollaboratorsModule"
    lead = stated.value(f"{pointer}/leadSponsor/name")
    others = [
        item.get("name", "")
        for number, item in enumerate(module.get("collaborators", ()))
        if stated.is_stated(f"{pointer}/collaborators/{number}/name")
    ]
    without = [item.get("name", "") for item in stated.section.get("sponsorsWithoutRole", ())]
    return dict.fromkeys(filter(None, [lead, *others, *without]))


def _countries(places: dict[str, Any], stated: _Stated) -> Iterable[str]:
    named = [
        item["country"]
        for number, item in enumerate(places.get("locations", ()))
        if item.get("country") and stated.is_stated(f"{_PROTOCOL}/contactsLocationsModule/locations/{number}/country")
    ]
    return dict.fromkeys([*named, *stated.section.get("countries", ())])


def _designs(stated: _Stated) -> Iterator[str]:
    pointer = f"{_PROTOCOL}/designModule/designInfo"
    for value in (stated.value(f"{pointer}/allocation"), stated.value(f"{pointer}/maskingInfo/masking")):
        if value in _DESIGNS:
            yield _DESIGNS[value]
    arms = stated.module("armsInterventionsModule").get("armGroups", ())
    if any(arm.get("type") == "PLACEBO_COMPARATOR" for arm in arms):
        yield "PlaceboControlledTrial"


def _articles(stated: _Stated) -> Iterator[dict[str, Any]]:
    references = stated.module("referencesModule").get("references", ())
    for item in [item for item in references if item.get("pmid")][:_MOST_ARTICLES]:
        yield {
            "@type": "MedicalScholarlyArticle",
            "name": one_line(item.get("citation", "")),
            "identifier": f"PMID:{item['pmid']}",
            "url": PUBMED.format(id=item["pmid"]),
        }


def _filled(value: Any) -> Any:
    """Return *value* without empty parts, lists of one as the one."""
    if isinstance(value, dict):
        kept = {key: _filled(child) for key, child in value.items()}
        return {key: child for key, child in kept.items() if child not in (None, "", [], {})}
    if isinstance(value, list):
        items = [child for child in map(_filled, value) if child not in (None, "", [], {})]
        return items[0] if len(items) == 1 else items
    return value


def as_script(data: dict[str, Any]) -> str:
    """Return *data* as a string of YAML's front matter that is safe as the text of a script element.

    Nothing in it can end the element, and no program that collects addresses finds one.
    """
    text = json.dumps(data, separators=(",", ":"))
    text = E_MAIL.sub(r"\1\\u0040\2", text)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    text = text.replace("](", "]\\u0028")  # nothing in it looks like a link of Markdown
    return "'" + text.replace("'", "''") + "'"
