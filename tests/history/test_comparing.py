"""Two readings of one trial, compared without any repository."""

from __future__ import annotations

import json
from typing import Any

from generator.history.comparing import compare
from generator.history.kinds import kind_of
from generator.model.change import Change
from generator.model.study import Study
from generator.readers.reading import read_content
from tests.history.repositories import ONE, in_short, study, with_sites


def read(record: dict[str, Any] | str, name: str = "one.json") -> Study:
    """Return what our readers make of a record or a text."""
    text = record if isinstance(record, str) else json.dumps(record, indent=1)
    (reading,) = read_content(name, text.encode())
    (found,) = reading.records
    return found.study


def told(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [in_short(change) for change in compare(read(before), read(after))]


def by_hand(**values: object) -> str:
    """Return a trial written by hand, which is another layout than a registry's record."""
    fields = "".join(f"{name}: {json.dumps(value)}\n" for name, value in values.items())
    return f"---\nnctId: {ONE}\nsource: a letter\n{fields}---\n## Summary\nOf lamps.\n"


def test_the_same_reading_has_no_changes() -> None:
    assert compare(read(study()), read(study())) == []


def test_coordinates_and_other_blanks_are_no_changes() -> None:
    before, after = with_sites("Lamp  Hospital"), with_sites("Lamp Hospital")
    after["protocolSection"]["contactsLocationsModule"]["locations"][0]["geoPoint"] = {"lat": 55.7, "lon": 13.2}
    assert told(before, after) == []


def test_what_a_site_says_of_itself_is_a_change_of_that_site() -> None:
    before, after = with_sites("Lamp Hospital", "Dark Clinic"), with_sites("Lamp Hospital", "Dark Clinic")
    for record, status in ((before, "RECRUITING"), (after, "COMPLETED")):
        record["protocolSection"]["contactsLocationsModule"]["locations"][1]["status"] = status
    (change,) = compare(read(before), read(after))
    assert (change.kind, change.item, change.old, change.new) == (
        "sites",
        "Dark Clinic, Lund, Sweden",
        "RECRUITING",
        "COMPLETED",
    )


def test_of_two_sites_of_one_name_one_may_go() -> None:
    assert told(with_sites("Ward", "Ward"), with_sites("Ward")) == ["sites removed: Ward, Lund, Sweden"]


def test_a_contact_that_goes_takes_all_by_which_it_is_reached() -> None:
    contact = {"name": "Ann Wick", "phone": "020 7946 0958", "email": "ann@example.org", "role": "CONTACT"}
    assert told(study(contactsLocationsModule={"centralContacts": [contact]}), study()) == [
        "contacts removed: Ann Wick; 020 7946 0958; ann@example.org"
    ]


def test_a_contact_whose_number_changed_is_called_by_its_name() -> None:
    before, after = (
        study(
            contactsLocationsModule={
                "centralContacts": [{"name": "Ann Wick", "phone": phone, "email": "ann@example.org"}]
            }
        )
        for phone in ("020 7946 0958", "020 7946 0959")
    )
    (change,) = compare(read(before), read(after))
    assert (change.item, change.old, change.new) == ("Ann Wick", "020 7946 0958", "020 7946 0959")


def test_lists_of_words_are_compared_as_sets() -> None:
    before = study(conditionsModule={"conditions": ["Dark", "Night"]})
    after = study(conditionsModule={"conditions": ["Night", "Fog"]})
    assert told(before, after) == ["other added: Fog", "other removed: Dark"]


def test_a_whole_part_that_comes_is_told_value_by_value() -> None:
    module: dict[str, Any] = {
        "eligibilityModule": {"sex": "FEMALE", "minimumAge": "18 Years", "healthyVolunteers": False}
    }
    assert sorted(told(study(), study(**module))) == ["healthyVolunteers: no", "minimumAge: 18 Years", "sex: FEMALE"]


def test_another_layout_that_says_less_takes_nothing_away() -> None:
    record = read(with_sites("Lamp Hospital", eligibilityModule={"sex": "ALL"}))
    page = read(by_hand(overallStatus="RECRUITING"), "page.md")
    assert compare(record, page) == []
    assert compare(page, record) == []


def test_another_layout_may_state_a_date_less_exactly() -> None:
    def page(date: str) -> Study:
        return read(by_hand(overallStatus="RECRUITING", startDateStruct={"date": date}), "page.md")

    record = read(study(status_module={"startDateStruct": {"date": "2029-05-17", "type": "ACTUAL"}}))
    assert compare(page("2029-05"), record) == []
    (change,) = compare(page("2029-04"), record)
    assert (change.old, change.new) == ("2029-04", "2029-05-17 (ACTUAL)")


def test_in_one_layout_a_date_that_becomes_exact_is_a_change() -> None:
    before = study(status_module={"startDateStruct": {"date": "2029-05"}})
    after = study(status_module={"startDateStruct": {"date": "2029-05-17"}})
    assert told(before, after) == ["startDateStruct: 2029-05 → 2029-05-17"]


def test_a_correction_by_hand_is_a_change_with_its_source() -> None:
    record, corrected = read(study()), read(by_hand(overallStatus="COMPLETED"), "corrections/one.md")
    changes: list[Change] = compare(record, corrected)
    assert [(change.new, change.new_source and change.new_source.document) for change in changes] == [
        ("COMPLETED", "corrections/one.md")
    ]


def test_each_change_is_of_the_kind_that_people_look_for() -> None:
    protocol = "/protocolSection"
    kinds = {
        "/resultsSection": "results",
        f"{protocol}/statusModule/resultsFirstPostDateStruct": "results",
        f"{protocol}/statusModule/whyStopped": "status",
        f"{protocol}/statusModule/startDateStruct": "dates",
        f"{protocol}/contactsLocationsModule/locations/3/status": "sites",
        f"{protocol}/contactsLocationsModule/locations/3/contacts/0/phone": "contacts",
        f"{protocol}/contactsLocationsModule/overallOfficials/0": "contacts",
        f"{protocol}/sponsorCollaboratorsModule/responsibleParty/investigatorFullName": "contacts",
        f"{protocol}/sponsorCollaboratorsModule/leadSponsor/name": "sponsors",
        f"{protocol}/descriptionModule/briefSummary": "other",
    }
    assert {pointer: kind_of(pointer) for pointer in kinds} == kinds
