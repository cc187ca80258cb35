"""Organizations whose names are equal are one where their places agree or are absent."""

from __future__ import annotations

import pytest

from generator.identity.curated import CuratedNames, parse_curated
from generator.identity.identification import Identification
from generator.identity.slugs import SlugLedger, StoredSlug
from generator.model.catalog import Entity
from generator.model.study import Location
from tests.identity.catalogs import catalog, entity_of, site, study


def organizations(found: Identification) -> list[Entity]:
    return [entity for entity in found.entities.values() if entity.kind == "organization"]


def trials(found: Identification) -> list[list[str]]:
    return sorted(entity.studies for entity in organizations(found))


def hospital(name: str, city: str, state: str | None = None, country: str = "United States") -> Location:
    return Location(facility=name, city=city, state=state, country=country)


def test_a_name_without_a_place_is_the_one_in_the_only_place_that_is_known() -> None:
    found = catalog(
        study("A", sponsor="Mayer Clinic Foundation"),
        study("B", locations=[hospital("Mayer Clinic Foundation", "Phoenix", "Arizona")]),
    )
    [one] = organizations(found)
    assert one.studies == ["A", "B"]
    assert (one.city, one.country) == ("Phoenix", "United States")
    [spelling] = one.spellings
    assert str(spelling.reason) == "The same name; the catalog knows it in one place only, Phoenix, United States."


def test_a_company_with_one_site_is_not_only_there() -> None:
    found = catalog(study("A", sponsor="Lamp"), study("B", locations=[hospital("Lamp", "Tokyo", country="Japan")]))
    [one] = organizations(found)
    assert (one.studies, one.city, one.country) == (["A", "B"], None, None)


def test_between_two_places_the_names_without_one_join_each_other_only() -> None:
    found = catalog(
        study("A", sponsor="Mayer Clinic Foundation"),
        study("B", sponsor="Mayer Clinic Foundation"),
        study("C", locations=[hospital("Mayer Clinic Foundation", "Phoenix", "Arizona")]),
        study("D", locations=[hospital("Mayer Clinic Foundation", "Tucson", "Arizona")]),
    )
    assert trials(found) == [["A", "B"], ["C"], ["D"]]
    without = next(entity for entity in organizations(found) if entity.city is None)
    assert len(without.possibly_same_as) == 2
    assert "nothing says which" in str(without.possibly_same_as[0].reason)


def test_a_national_institute_is_not_the_one_of_another_nation() -> None:
    sponsored = [
        study(f"S{number}", sponsor="National Cancer Institute (NCI)", locations=[hospital("Lake Clinic", "Boston")])
        for number in range(8)
    ]
    abroad = study("X", locations=[hospital("National Cancer Institute", "Vilnius", country="Lithuania")])
    found = catalog(*sponsored, abroad)
    sponsor = next(entity for entity in organizations(found) if "leadSponsor" in entity.roles)
    assert sponsor.studies == [f"S{number}" for number in range(8)]
    assert sponsor.city is None
    [other] = sponsor.possibly_same_as
    assert found.entities[other.kind, other.id].city == "Vilnius"


def test_a_group_whose_trials_are_in_the_country_is_the_one_there() -> None:
    found = catalog(
        study("A", sponsor="Children's Oncology Group", locations=[hospital("Lake Clinic", "Boston")]),
        study("B", locations=[hospital("Children's Oncology Group", "Arcadia", "California")]),
    )
    assert entity_of(found, "organization", "Children's Oncology Group").studies == ["A", "B"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("M.D. Anderson Cancer Center", "M D Anderson Cancer Center"),
        ("MD Anderson Cancer Center", "M. D. Anderson Cancer Center"),
        ("Ruijin Hospital, Shanghai Jiao Tong University", "Ruijin Hospital, Shanghai Jiaotong University"),
        ("University Hospital, Limoges", "Limoges University Hospital"),
        ("HwaMei Hospital", "Hwa-Mei Hospital"),
        ("St Marianna Hospital", "ST. MARIANNA HOSPITAL"),
        ("Wyeth", "Wyeth is now a wholly owned subsidiary of Pfizer"),
    ],
)
def test_equal_names(one: str, other: str) -> None:
    assert trials(catalog(study("A", sponsor=one), study("B", sponsor=other))) == [["A", "B"]]
    placed = catalog(study("A", sponsor=one), study("B", locations=[hospital(other, "Houston", "Texas")]))
    assert trials(placed) == [["A", "B"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of York", "York University"),
        ("University Hospital Limoges", "Limoges University Hospital"),
        ("AP-HP", "AP-HM"),
        ("Roche", "Hoffmann-La Roche"),
    ],
)
def test_names_that_are_not_equal(one: str, other: str) -> None:
    assert trials(catalog(study("A", sponsor=one), study("B", sponsor=other))) == [["A"], ["B"]]


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        (("Springfield", "Illinois"), ("Springfield", "Missouri"), False),
        (("Springfield", None), ("Springfield", "Missouri"), True),
        (("Saint Louis", "Missouri"), ("St. Louis", "Missouri"), True),
        (("Houston", "Texas"), ("Houston", None), True),
        (("Houston", "Texas"), ("Dallas", "Texas"), False),
    ],
)
def test_places_that_agree(one: tuple[str, str | None], other: tuple[str, str | None], agree: bool) -> None:
    found = catalog(
        study("A", locations=[hospital("Mercy Hospital", *one)]),
        study("B", locations=[hospital("Mercy Hospital", *other)]),
    )
    assert trials(found) == ([["A", "B"]] if agree else [["A"], ["B"]])


@pytest.mark.parametrize(("one", "other"), [("Taipei", "Taipei City"), ("Kawasaki-shi", "Kawasaki")])
def test_towns_with_and_without_the_word_for_town(one: str, other: str) -> None:
    found = catalog(
        study("A", locations=[hospital("Marianna Hospital", one, country="Japan")]),
        study("B", locations=[hospital("Marianna Hospital", other, country="Japan")]),
    )
    assert trials(found) == [["A", "B"]]


def test_what_is_not_the_same_is_kept_apart() -> None:
    names = """
- name: Mayer Clinic Foundation
  not_same_as: [Mayer Clinic Foundation of Phoenix]
  source: two legal bodies
- name: Mayer Clinic Foundation of Phoenix
  spellings:
    - {text: Mayer Clinic Foundation, city: Phoenix}
  source: two legal bodies
"""
    entries, problems = parse_curated("organization", names)
    curated = CuratedNames(entries, problems)
    found = catalog(
        study("A", sponsor="Mayer Clinic Foundation"),
        study("B", locations=[hospital("Mayer Clinic Foundation", "Phoenix", "Arizona")]),
        curated=curated,
    )
    assert trials(found) == [["A"], ["B"]]
    assert not found.problems


def test_a_slug_of_each_trial_leads_to_the_one_entity() -> None:
    kept = SlugLedger(
        {
            "organization": {
                "national-cancer-institute": StoredSlug(
                    "national cancer institute#A", ["national cancer institute#A", "nci^national cancer institute#A"]
                ),
                "national-cancer-institute-2": StoredSlug(
                    "national cancer institute#B", ["national cancer institute#B"]
                ),
                "mercy": StoredSlug("mercy hospital@springfield|US", ["mercy hospital@springfield|US"]),
                "m-d-anderson-center": StoredSlug("m anderson center", ["m anderson center"]),
                "lake-clinic": StoredSlug("lake clinic@nice|FR", ["lake clinic@nice|FR"]),
                "1101-akh": StoredSlug("1101 akh lakeland@lyon|2996944|FR", ["1101 akh lakeland@lyon|2996944|FR"]),
                "c-s-mott": StoredSlug("c s mott hospital", ["c s mott hospital"]),
            },
            "drug": {"isoniazid": StoredSlug("isoniazidfdc", ["isoniazidfdc"])},
        }
    )
    found = catalog(
        study(
            "A",
            sponsor="National Cancer Institute (NCI)",
            locations=[hospital("Mercy Hospital", "Springfield", "Ohio")],
        ),
        study("B", sponsor="National Cancer Institute (NCI)", collaborators=["M D Anderson Center"]),
        study("C", sponsor="MD Anderson Center", collaborators=["M.D. Anderson Center", "MD Anderson Center"]),
        study("D", locations=[hospital("Lake Clinic", "Lyon", country="France")]),
        study("E", sponsor="MD Anderson Center", drugs=["Isoniazid"]),
        study("F", sponsor="C S Mott Hospital", locations=[hospital("1101 - AKH Lakeland", "Lyon", country="France")]),
        slugs=kept,
    )
    assert entity_of(found, "drug", "Isoniazid").id == "isoniazid"
    assert {entity.id for entity in organizations(found)} == {
        "national-cancer-institute",
        "mercy",
        "md-anderson-center",
        "lake-clinic-lyon",
        "c-s-mott",
        "1101-akh",
    }
    assert found.slugs.redirects() == {
        ("organization", "m-d-anderson-center"): "md-anderson-center",
        ("organization", "national-cancer-institute-2"): "national-cancer-institute",
    }


def test_a_site_of_a_person_who_sponsors_is_a_person() -> None:
    found = catalog(
        study("A", sponsor="Victor Mayer", officials=[("Victor Mayer, MD", "PRINCIPAL_INVESTIGATOR", "Lake Clinic")]),
        study("B", sponsor="Lake Clinic", locations=[site("Lake Clinic", "Nice")]),
    )
    assert [entity.name for entity in organizations(found)] == ["Lake Clinic"]
    person = entity_of(found, "person", "Victor Mayer")
    assert person.roles == ["leadSponsor", "principalInvestigator"]
