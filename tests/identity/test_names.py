"""What is a name, which spelling an entity is called by, and how reasons write names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator.identity.identification import Identification
from generator.model.catalog import Kind
from generator.model.study import Contact, Intervention, Location, ResponsibleParty
from tests.identity.catalogs import catalog, entity_of, site, study


def called(found: Identification, kind: Kind) -> list[str]:
    return sorted(entity.name for entity in found.entities.values() if entity.kind == kind)


@pytest.mark.parametrize(
    ("spellings", "best"),
    [
        (["COVID-19"] * 28 + ["CoVID-19"], "COVID-19"),
        (["COVID-19"] * 3 + ["Covid19"] * 2, "COVID-19"),
        (["SEPTIC SHOCK"] * 3 + ["Septic Shock"], "Septic Shock"),
        (["Sjögren Syndrome"] + ["Sjogren Syndrome"] * 2, "Sjögren Syndrome"),
        (["Viral Pneumonia (VP)"] * 2 + ["Viral Pneumonia(VP)"], "Viral Pneumonia (VP)"),
        (["Diabetes Mellitus, Type 2"] + ["Type 2 Diabetes Mellitus"] * 2, "Type 2 Diabetes Mellitus"),
    ],
)
def test_a_condition_is_called_as_most_trials_write_it_in_good_form(spellings: Sequence[str], best: str) -> None:
    found = catalog(*(study(f"T{number:02}", conditions=[text]) for number, text in enumerate(spellings)))
    assert called(found, "condition") == [best]


@pytest.mark.parametrize(
    ("spellings", "best"),
    [
        (["Lake Provincial Chest hospital"] * 2 + ["Lake Provincial Chest Hospital"], "Lake Provincial Chest Hospital"),
        (["University Of Lakeland"] * 2 + ["University of Lakeland"], "University of Lakeland"),
        (["AbbVie"] + ["ABBVIE"] * 3, "AbbVie"),
        (["Hôpital Cochin"] + ["Hopital Cochin"] * 3, "Hôpital Cochin"),
        (["Hôpital de Pierre-Bénite"] + ["Hopital de Pierre Benite"] * 2, "Hôpital de Pierre-Bénite"),
        (["Fakultni nemocnice Brno"] * 2 + ["Fakultni Nemocnice Brno"], "Fakultni nemocnice Brno"),
    ],
)
def test_an_organization_is_called_in_good_form(spellings: Sequence[str], best: str) -> None:
    found = catalog(*(study(f"T{number:02}", sponsor=text) for number, text in enumerate(spellings)))
    assert called(found, "organization") == [best]


def test_a_drug_is_called_by_its_common_name_and_not_by_a_code() -> None:
    code = Intervention(type="DRUG", name="MK-3475", other_names=["Pembrolizumab", "Keytruda"])
    brand = Intervention(type="DRUG", name="Thiotepa", other_names=["triethylene thiophosphoramide"])
    found = catalog(study("A", drugs=[code, brand]), study("B", drugs=["MK-3475"]))
    assert called(found, "drug") == ["Pembrolizumab", "Thiotepa"]


def test_the_initials_of_a_person_stay_as_they_are_written() -> None:
    found = catalog(study("A", officials=[("Mary E. B. Sample, M.D.", "STUDY_CHAIR", None)]))
    assert called(found, "person") == ["Mary E. B. Sample"]


def test_a_family_name_in_front_needs_its_comma() -> None:
    found = catalog(
        study("A", officials=[("Arbelaez, Ana Maria", "STUDY_CHAIR", "Lake Clinic")]),
        study("B", officials=[("Ana Maria Arbelaez", "STUDY_CHAIR", "Lake Clinic")]),
    )
    assert entity_of(found, "person", "Ana Maria Arbelaez").studies == ["A", "B"]


def test_diabetes_is_one_around_a_comma_and_two_without() -> None:
    plain = ["Diabetes Mellitus Type 2", "Type 2 Diabetes Mellitus"]
    apart = catalog(*(study(text, conditions=[text]) for text in plain))
    assert called(apart, "condition") == plain
    joined = catalog(*(study(text, conditions=[text]) for text in [*plain, "Diabetes Mellitus, Type 2"]))
    [one] = [entity for entity in joined.entities.values() if entity.kind == "condition"]
    assert len(one.studies) == 3
    assert any("the comma says in which order they are read" in str(spelling.reason) for spelling in one.spellings)
    more = catalog(
        study("A", conditions=["Diabetes Mellitus, Type 2"]), study("B", conditions=["Diabetes Mellitus, Type 1"])
    )
    assert len(called(more, "condition")) == 2


def test_reasons_write_names_as_documents_do() -> None:
    def trial(identifier: str) -> object:
        return study(
            identifier,
            sponsor="National Heart, Lung, and Blood Institute (NHLBI)",
            drugs=["Abidol Hydrochloride tablets, 200 mg"],
            officials=[("Jeanne Quillerou", "STUDY_CHAIR", None)],
        )

    found = catalog(trial("A"), trial("B"))  # type: ignore[arg-type]
    reasons = {str(spelling.reason) for entity in found.entities.values() for spelling in entity.spellings}
    told = [reason for reason in reasons if "the same drug" in reason or "the same sponsor" in reason]
    assert told
    for reason in told:
        assert "Abidol Hydrochloride" in reason or "National Heart, Lung, and Blood Institute" in reason
    # A key has no capitals; each name that a reason quotes has.
    assert not any("abidolhydrochloride" in reason or "national heart lung" in reason for reason in reasons)


def test_the_city_in_a_reason_is_written_as_in_the_document() -> None:
    found = catalog(
        study("A", sponsor="Assistance Publique Hôpitaux de Paris (AP-HP)"),
        study("B", locations=[site("APHP", "PARIS Cedex 13")]),
    )
    reasons = [str(spelling.reason) for entity in found.entities.values() for spelling in entity.spellings]
    assert any("the site's city, PARIS Cedex 13, stands in that name" in reason for reason in reasons)


@pytest.mark.parametrize(
    "text",
    [
        "[Redacted]",
        "NA",
        "Cancelled",
        "To be assigned",
        "No sponsor",
        "1-844-599-2273 (UCB)",
        "trials@example.org",
        "https://example.org/trials",
        "Associate Professor of Radiology",
        "Sponsor's Medical Expert",
        "Obstetrics and Gynecology",
        "University Hospital",
    ],
)
def test_what_is_no_name_of_an_organization_stays_text(text: str) -> None:
    found = catalog(
        study("A", sponsor=text, officials=[("Jeanne Quillerou", "STUDY_CHAIR", text)]),
        study("B", sponsor=text, collaborators=[text]),
    )
    assert called(found, "organization") == []
    assert {one.text for one in found.rejected} == {text}


@pytest.mark.parametrize(
    "text",
    [
        "Site Reference ID/Investigator# 123",
        "Lamp Pharma Co., Ltd selected site",
        "Selected Sites",
        "/ID# 254022",
        "AS0006 101",
        "As0006-467",
        "Call center: please contact 1-877-CTLILLY, Monday to Friday",
    ],
)
def test_what_is_no_name_of_a_site_stays_text(text: str) -> None:
    found = catalog(study("A", locations=[site(text, "Paris")]))
    assert called(found, "organization") == []
    assert [one.reason for one in found.rejected] == ["masked"]


@pytest.mark.parametrize(
    "text",
    [
        "Clinique Saint-Jean /ID# 254022",
        "Site 02 - Clinique Saint-Jean",
        "1101 - Clinique Saint-Jean",
        "Clinique Saint-Jean ( Site 2004)",
        "Clinique Saint-Jean (12401)",
        "Clinique Saint-Jean - 21197",
    ],
)
def test_what_a_system_adds_is_no_part_of_the_name(text: str) -> None:
    found = catalog(
        study("A", locations=[site(text, "Lyon")]),
        study("B", locations=[site("Clinique Saint-Jean", "Lyon")]),
    )
    assert entity_of(found, "organization", "Clinique Saint-Jean").studies == ["A", "B"]


@pytest.mark.parametrize(
    "text", ["Hospital 12 de Octubre", "21st Century Oncology", "Beijing 302 Hospital", "DaVita Dialysis #3373"]
)
def test_numbers_of_a_name_stay(text: str) -> None:
    assert called(catalog(study("A", locations=[site(text, "Lyon")])), "organization") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "?-Globulin",
        ",lopinavir/ritonavir plus recombinant interferon alpha-2b",
        "Bortezomib, Dexamethasone, Doxorubicin, Acetyl-L-Carnitine",
        "Combination of Tocilizumab, IVIG and CRRT",
        "Keep ritonavir",
        "Injection and infusion of LV-SMENP-DC vaccine and antigen-specific CTLs",
        "lopinavir/ritonavir tablets or Arbidol or chloroquine phosphate",
        "Camrelizumab 200 mg single dose, diluted to 100 ml",
        "Normal lutein control",
        "Prospective Genotype testing",
        "Novaferon injection 20g/ time, inhalation, tid.Lopinavir/litonavir 500mg/100mg/ time, p.o.tid.",
        "BAT",
        "VC",
    ],
)
def test_prose_and_lists_are_no_drugs(text: str) -> None:
    assert called(catalog(study("A", drugs=[text])), "drug") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hydroxychloroquine, small dose", "Hydroxychloroquine"),
        ("Lopinavir tablets, twice a day, 2 tablets at a time", "Lopinavir"),
        ("Pirfenidone 400mg three times a day", "Pirfenidone"),
        ("isoniazid FDC", "isoniazid"),
    ],
)
def test_how_often_a_drug_is_taken_is_no_part_of_its_name(text: str, name: str) -> None:
    assert called(catalog(study("A", drugs=[text])), "drug") == [name]


def test_a_person_who_sponsors_is_one_with_the_responsible_party() -> None:
    one = study("A", sponsor="Ana Maria Arbelaez", contacts=[Contact(name="Call Center")])
    one.protocol_section.sponsor_collaborators_module.responsible_party = ResponsibleParty(
        investigator_full_name="Arbelaez, Ana Maria", investigator_affiliation="Lake Clinic"
    )
    found = catalog(one)
    assert called(found, "organization") == ["Lake Clinic"]
    [person] = [entity for entity in found.entities.values() if entity.kind == "person"]
    assert person.roles == ["leadSponsor", "responsibleParty"]


def test_the_town_of_a_place_without_a_state_is_not_in_every_state() -> None:
    found = catalog(
        study("A", locations=[Location(facility="Mercy Clinic", city="Springfield", country="United States")]),
        study(
            "B",
            locations=[Location(facility="Mercy Clinic", city="Springfield", state="Ohio", country="United States")],
        ),
        study(
            "C",
            locations=[Location(facility="Mercy Clinic", city="Springfield", state="Iowa", country="United States")],
        ),
    )
    studies = sorted(entity.studies for entity in found.entities.values() if entity.kind == "organization")
    assert studies == [["A"], ["B"], ["C"]]
