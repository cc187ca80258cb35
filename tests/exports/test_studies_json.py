"""The JSON that others read: nothing empty, nothing lost, contacts only where they are wanted."""

from __future__ import annotations

import json
from typing import Any

from generator.exports.studies_json import pruned, study_json
from generator.model.catalog import Catalog
from tests.exports.exported import write_studies
from tests.studies.records import numbered, record

PEOPLE: dict[str, Any] = {
    "contactsLocationsModule": {
        "centralContacts": [{"name": "Tom Peel", "phone": "1", "email": "tom@port.example"}],
        "overallOfficials": [{"name": "Ada Brenner", "role": "PRINCIPAL_INVESTIGATOR"}],
        "locations": [{"facility": "Harbour Clinic", "contacts": [{"name": "Min-ji Park"}]}],
    }
}


def test_empty_parts_are_left_out() -> None:
    assert pruned({"a": {}, "b": [], "c": None, "d": False, "e": [{"f": {}}], "g": 0}) == {
        "d": False,
        "e": [{}],
        "g": 0,
    }
    assert "outcomesModule" not in json.dumps(study_json(record("NCT00000102", numbered("NCT00000102")).study))


def test_a_v2_record_comes_back_as_it_was() -> None:
    original: dict[str, Any] = {"protocolSection": {"newModule": {"x": [1, {}]}}, "hasResults": False}
    found = study_json(record("NCT00000102", {}).study, original)
    assert {key: value for key, value in found.items() if key != "catalogSection"} == original


def test_no_e_mail_address_stands_bare_and_none_is_lost() -> None:
    catalog = Catalog(studies={"NCT00000102": record("NCT00000102", numbered("NCT00000102", **PEOPLE)).study})
    files = write_studies(catalog)
    assert all(b"@" not in data for data in files.values())
    found = json.loads(files["api/v2/studies/NCT00000102.json"])
    [contact] = found["protocolSection"]["contactsLocationsModule"]["centralContacts"]
    assert contact["email"] == "tom@port.example"


def test_contacts_can_be_left_out() -> None:
    study = record("NCT00000102", numbered("NCT00000102", **PEOPLE)).study
    catalog = Catalog(studies={"NCT00000102": study})
    with_people = b"".join(write_studies(catalog).values())
    without = b"".join(write_studies(catalog, contacts=False).values())
    assert b"Tom Peel" in with_people
    assert b"Tom Peel" not in without
    assert b"port.example" not in without
    assert b"Min-ji" not in without
    assert b"Harbour Clinic" in without


def test_without_contacts_no_text_names_an_address() -> None:
    text = "Write to maria@port.example before you come."
    study = record("NCT00000103", numbered("NCT00000103", descriptionModule={"briefSummary": text})).study
    catalog = Catalog(studies={"NCT00000103": study})
    assert b"maria\\u0040port.example" in b"".join(write_studies(catalog).values())
    assert b"Write to (e-mail not shown) before" in b"".join(write_studies(catalog, contacts=False).values())


def test_without_contacts_a_registrys_own_fields_reach_nobody() -> None:
    study = record("NCT00000104", numbered("NCT00000104")).study
    study.catalog_section.registry_fields = {
        "trialSites/0/organisationAddressInfo/phone": "+33 1 55 50 10 00",
        "trialSites/0/personInfo/lastName": "Brenner",
        "trialRegion": "Both EEA and non-EEA",
    }
    catalog = Catalog(studies={"NCT00000104": study})
    assert b"+33 1 55 50 10 00" in b"".join(write_studies(catalog).values())
    without = b"".join(write_studies(catalog, contacts=False).values())
    assert b"55 50" not in without
    assert b"Brenner" not in without
    assert b"Both EEA" in without
