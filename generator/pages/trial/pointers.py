"""JSON pointers of the modules of a study."""

from __future__ import annotations

PROTOCOL = "/protocolSection"
IDENTIFICATION = f"{PROTOCOL}/identificationModule"
STATUS = f"{PROTOCOL}/statusModule"
SPONSORS = f"{PROTOCOL}/sponsorCollaboratorsModule"
DESCRIPTION = f"{PROTOCOL}/descriptionModule"
CONDITIONS = f"{PROTOCOL}/conditionsModule"
DESIGN = f"{PROTOCOL}/designModule"
ARMS = f"{PROTOCOL}/armsInterventionsModule"
OUTCOMES = f"{PROTOCOL}/outcomesModule"
ELIGIBILITY = f"{PROTOCOL}/eligibilityModule"
CONTACTS = f"{PROTOCOL}/contactsLocationsModule"
REFERENCES = f"{PROTOCOL}/referencesModule"
SHARING = f"{PROTOCOL}/ipdSharingStatementModule"
OVERSIGHT = f"{PROTOCOL}/oversightModule"
CATALOG = "/catalogSection"
