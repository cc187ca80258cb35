"""What a change is about, told by the place of the value."""

from __future__ import annotations

from generator.model.change import ChangeKind

_PROTOCOL = "/protocolSection"
_KINDS: tuple[tuple[str, ChangeKind], ...] = (
    ("/resultsSection", "results"),
    ("/documentSection", "documents"),
    (f"{_PROTOCOL}/statusModule/overallStatus", "status"),
    (f"{_PROTOCOL}/statusModule/lastKnownStatus", "status"),
    (f"{_PROTOCOL}/statusModule/whyStopped", "status"),
    (f"{_PROTOCOL}/statusModule/results", "results"),
    (f"{_PROTOCOL}/statusModule", "dates"),
    (f"{_PROTOCOL}/designModule/enrollmentInfo", "enrollment"),
    (f"{_PROTOCOL}/designModule", "design"),
    (f"{_PROTOCOL}/eligibilityModule", "eligibility"),
    (f"{_PROTOCOL}/outcomesModule", "outcomes"),
    (f"{_PROTOCOL}/armsInterventionsModule", "interventions"),
    (f"{_PROTOCOL}/sponsorCollaboratorsModule", "sponsors"),
    (f"{_PROTOCOL}/contactsLocationsModule/centralContacts", "contacts"),
    (f"{_PROTOCOL}/contactsLocationsModule/overallOfficials", "contacts"),
    (f"{_PROTOCOL}/contactsLocationsModule/locations", "sites"),
    ("/catalogSection/contactsWithoutSite", "contacts"),
    ("/catalogSection/countries", "sites"),
    ("/catalogSection/outcomesWithoutType", "outcomes"),
    ("/catalogSection/sponsorsWithoutRole", "sponsors"),
)
"""Beginning of the pointer and kind; the first that fits counts."""

_OF_A_PERSON = ("investigatorFullName", "investigatorTitle", "oldNameTitle", "pointOfContact")


def kind_of(pointer: str) -> ChangeKind:
    """Return what a change of the value at *pointer* is about."""
    if "/contacts/" in pointer or pointer.endswith("/contacts") or pointer.endswith(_OF_A_PERSON):
        return "contacts"
    return next((kind for begin, kind in _KINDS if pointer.startswith(begin)), "other")
