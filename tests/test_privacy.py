"""With ``contacts: false`` nothing in the site tells how to reach a person, whatever a document keeps it in."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Project, files_of, new_project
from tests.reading import read_seeds

FIXTURES = Path(__file__).parent / "readers" / "fixtures"
CONFIG = """
site_name: Private
docs_dir: content
plugins: [trial-catalog: {contacts: false}]
"""

E_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
TELEPHONE = re.compile(
    r"(?<![\w.])\+\d[\d ().\-/]{6,20}\d|(?<![\w.-])(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?!\w)"
)
LABELLED = re.compile(r"(?i)\b(?:tel(?:ephone)?|phone|fax)\w*\"?[>\s:.=\"]{1,9}([+(]?\d[\d ().\-/]{5,24}\d)")

CALL = "For sites, call 1-877-555-2255 (1-317-555-4559) or write to desk@oil.example.org, Mon - Fri from 9 AM"


def registry_record(number: str) -> dict[str, Any]:
    """Return a record whose texts repeat what its fields for contacts have."""
    contact = {"name": "Rolf Reiter", "phone": "01 42 16 00 77", "email": "only@oil.example.org", "role": "CONTACT"}
    site = {"facility": "Lamp Hospital", "city": "Town", "country": "France", "contacts": [contact]}
    return {
        "protocolSection": {
            "identificationModule": {"nctId": number, "briefTitle": "Lamps against the dark"},
            "statusModule": {"overallStatus": "RECRUITING"},
            "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Oil Fund"}},
            "descriptionModule": {
                "briefSummary": f"{CALL}. Or ring 01 42 16 00 77 and ask for Rolf Reiter. Fax: 020 555 9999.",
                "detailedDescription": "Wick [at] oil.example.org answers; Ingrid Vestergaard leads the trial.",
            },
            "contactsLocationsModule": {
                "centralContacts": [{"name": "Cora Mittig", "phone": "+44 20 7946 0958", "phoneExt": "4"}],
                "overallOfficials": [
                    {
                        "name": "Ingrid Vestergaard",
                        "role": "PRINCIPAL_INVESTIGATOR",
                        "affiliation": "1-844-555-2273 (UCB)",
                    },
                    {"name": CALL, "role": "STUDY_DIRECTOR", "affiliation": "office@oil.example.org"},
                ],
                "locations": [site, {**site, "facility": CALL, "contacts": []}],
            },
        },
        "resultsSection": {
            "moreInfoModule": {
                "pointOfContact": {"title": "Dr. Point Person", "phone": "555-0199-77", "email": "p@x.org"}
            }
        },
    }


def ctis_record() -> dict[str, Any]:
    person = {"functionalName": "Desk Person", "telephone": "+41 79 202 57 55", "functionalEmailAddress": "d@y.org"}
    union = {"person": {"lastName": "Union Person", "telephone": "004930249100010", "email": "t@z.org"}}
    address = {"oneLine": "Private Road 17, Backyard", "addressLine1": "Private Road 17", "city": "Basel"}
    sponsor = {
        "primary": True,
        "organisation": {"name": "Lamp Pharma"},
        "publicContacts": [person],
        "scientificContacts": [{**person, "functionalName": "Science Person"}],
        "contactPointForUnion": union,
        "addresses": [{"address": address}],
    }
    part = {
        "sponsors": [sponsor],
        "trialDetails": {"clinicalTrialIdentifiers": {"fullTitle": "Lamps in Europe", "publicTitle": "Lamps"}},
    }
    return {
        "ctNumber": "2022-500244-37-00",
        "ctStatus": "Authorised",
        "authorizedApplication": {"authorizedPartI": part, "authorizedPartsII": []},
        "primarySponsor": sponsor,
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The five seeds, the fixtures of all layouts and what is written above, as a site without contacts."""
    project = new_project(tmp_path_factory.mktemp("private"))
    shutil.copytree(FIXTURES, project.seeds / "fixtures")
    (project.seeds / "pretty.json").write_text(json.dumps(registry_record("NCT09997771"), indent=1))
    (project.seeds / "one-line.json").write_text(json.dumps(registry_record("NCT09997772")))
    (project.seeds / "ctis.json").write_text(json.dumps(ctis_record(), indent=1))
    unread = f"A page of no registry\nAsk Unknown Person, Hidden Lane 5\n{CALL}\nphone: 555-0123456\n"
    (project.seeds / "unread.txt").write_text(unread)
    (project.folder / "mkdocs.yml").write_text(CONFIG)
    result = project.command("build", "--config", str(project.folder / "mkdocs.yml"))
    assert result.returncode == 0, result.stderr
    return project


@pytest.fixture(scope="module")
def texts(built: Project) -> dict[str, str]:
    """Every file of the site by its path, decompressed, as people and machines read it."""
    found = {}
    for name, data in files_of(built.site).items():
        if data.startswith(b"\x1f\x8b"):
            data = gzip.decompress(data)
        found[name] = html.unescape(data.decode("utf-8", "replace")).replace(r"\u0040", "@").replace(" (at) ", "@")
    return found


def where(texts: dict[str, str], wanted: set[str]) -> dict[str, list[str]]:
    """Return which of the *wanted* texts stand in which files."""
    whole = "\0".join(texts.values())
    return {one: [name for name, text in texts.items() if one in text] for one in sorted(wanted) if one in whole}


def test_no_number_and_no_address_that_a_document_holds_stands_in_the_site(
    built: Project, texts: dict[str, str]
) -> None:
    held: set[str] = set()
    for data in files_of(built.seeds).values():
        text = data.decode("utf-8", "replace")
        held.update(E_MAIL.findall(text))
        held.update(one.strip() for one in (*TELEPHONE.findall(text), *LABELLED.findall(text)))
    held = {one for one in held if "@" in one or sum(character.isdecimal() for character in one) >= 7}
    assert len(held) > 40
    assert where(texts, held) == {}


def test_what_records_keep_as_contacts_stands_nowhere(built: Project, texts: dict[str, str]) -> None:
    held: set[str | None] = set()
    for reading in read_seeds(built.seeds):
        for record in reading.records:
            module = record.study.protocol_section.contacts_locations_module
            for contact in (*module.central_contacts, *(one for site in module.locations for one in site.contacts)):
                held |= {contact.phone, contact.email}
    assert where(texts, {one for one in held if one and len(one) > 6}) == {}


@pytest.mark.parametrize(
    "only_contact",
    [
        "Rolf Reiter",
        "Cora Mittig",
        "Point Person",
        "Desk Person",
        "Science Person",
        "Union Person",
        "Private Road 17",
        "Unknown Person",
        "Hidden Lane",
        "rolf-reiter",
        "cora-mittig",
    ],
)
def test_who_is_only_a_contact_is_named_nowhere(texts: dict[str, str], only_contact: str) -> None:
    assert where(texts, {only_contact}) == {}


def test_investigators_are_facts_and_stay(texts: dict[str, str]) -> None:
    assert "Ingrid Vestergaard" in texts["trials/nct09997771/index.html"]
    assert "people/ingrid-vestergaard/index.html" in texts


def test_notes_for_the_next_run_are_not_published(built: Project) -> None:
    assert not {"slugs.json", "manifest.json"} & {file.name for file in built.site.iterdir()}
