"""What vocabularies join, what documents and people forbid, and what readers are told."""

from __future__ import annotations

import pytest

from generator.identity.curated import CuratedNames, parse_curated
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger
from generator.identity.vocabularies.shipped import ABOUT, shipped
from generator.identity.vocabularies.vocabulary import Concept, shown_name
from generator.model.source import Source
from generator.model.study import BrowseModule, DerivedSection, Intervention, Mesh, Study
from tests.identity.catalogs import by_id, catalog, entity_of, study

SHIPPED = [shipped(about) for about in ABOUT]


def told(*studies: Study, curated: str | None = None) -> Identification:
    """Identify *studies* with the shipped vocabularies and curated names of drugs."""
    entries, problems = parse_curated("drug", curated or "")
    return identify(by_id(studies), CuratedNames(entries, problems), SlugLedger(), SHIPPED)


def texts(identification: Identification, kind: str) -> list[list[str]]:
    """Return the spellings of each entity of a kind."""
    return [
        sorted(spelling.text for spelling in entity.spellings)
        for (of_kind, _), entity in identification.entities.items()
        if of_kind == kind
    ]


def test_brand_code_and_substance_are_one_and_the_reason_says_why() -> None:
    found = told(study("A", drugs=["Velcade"]), study("B", drugs=["Bortezomib"]), study("C", drugs=["PS-341 1 mg"]))
    drug = entity_of(found, "drug", "Velcade")
    assert drug.name == "Bortezomib"
    assert drug.studies == ["A", "B", "C"]
    assert drug.identifiers == {"unii": "69G8BD63PP"}
    reasons = {spelling.text: (spelling.rule, str(spelling.reason)) for spelling in drug.spellings}
    assert reasons["Velcade"] == (
        "vocabulary",
        "UNII (June 2025) has “Bortezomib” and “Velcade” as names of “Bortezomib” (69G8BD63PP).",
    )


def test_without_vocabularies_nothing_changes() -> None:
    studies = (study("A", drugs=["Velcade"]), study("B", drugs=["Bortezomib"]))
    assert texts(catalog(*studies), "drug") == [["Bortezomib"], ["Velcade"]]


def test_the_preferred_name_is_shown_with_what_documents_write() -> None:
    found = told(
        *(study(name, conditions=["Breast Cancer"]) for name in "AB"), study("C", conditions=["Breast Carcinoma"])
    )
    condition = entity_of(found, "condition", "Breast Carcinoma")
    assert (condition.name, condition.mostly_written) == ("Breast Neoplasms", "Breast Cancer")


@pytest.mark.parametrize(
    ("heading", "shown"),
    [
        ("Leukemia, Myeloid, Acute", "Acute Myeloid Leukemia"),
        ("Diabetes Mellitus, Type 2", "Type 2 Diabetes Mellitus"),
        ("Hand, Foot and Mouth Disease", "Hand, Foot and Mouth Disease"),
        ("COVID-19", "COVID-19"),
    ],
)
def test_a_heading_is_shown_in_the_order_of_speech(heading: str, shown: str) -> None:
    assert shown_name(Concept("D1", heading), "condition") == shown
    assert shown_name(Concept("D1", heading), "organization") == heading


def test_a_salt_stands_under_its_substance() -> None:
    found = told(study("A", drugs=["doxorubicin"]), study("B", drugs=["Doxorubicin Hydrochloride"]))
    drug = entity_of(found, "drug", "Doxorubicin Hydrochloride")
    assert drug.studies == ["A", "B"]
    [reason] = [str(one.reason) for one in drug.spellings if one.rule == "vocabulary"]
    assert "a form of “Doxorubicin”" in reason


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("Bupropion SR 150 mg tablets", True),
        ("Bupropion hydrochloride extended-release", True),
        ("generic bupropion", True),
        ("BUP: bupropion: Wellbutrin", True),
        ("Wellbutrin, Naltrexone", False),
        ("bupropion, BUP", False),  # the short form can be of something else
        ("bupropion-naltrexone XR", False),
    ],
)
def test_words_around_a_known_name_do_not_count(written: str, joined: bool) -> None:
    found = told(study("A", drugs=[written]), study("B", drugs=["Bupropion"]))
    assert (entity_of(found, "drug", "Bupropion").studies == ["A", "B"]) is joined
    if joined:
        [reason] = [str(one.reason) for one in entity_of(found, "drug", written).spellings if one.rule == "vocabulary"]
        assert reason.startswith("“")


def test_two_salts_that_a_trial_compares_are_two_drugs() -> None:
    found = told(
        study("A", drugs=["Metoprolol succinate", "Metoprolol tartrate"]),
        study("B", drugs=["Metoprolol"]),
        study("C", drugs=["Lopressor"]),
    )
    assert texts(found, "drug") == [["Metoprolol"], ["Metoprolol succinate"], ["Lopressor", "Metoprolol tartrate"]]


def test_a_name_that_documents_join_with_another_substance_is_left_alone() -> None:
    mixed = Intervention(type="DRUG", name="Bortezomib", other_names=["Carfilzomib"])
    found = told(study("A", drugs=[mixed]), study("B", drugs=["Velcade"]), study("C", drugs=["Kyprolis"]))
    assert ["Velcade"] in texts(found, "drug")
    assert ["Kyprolis"] in texts(found, "drug")


def test_people_who_keep_two_names_apart_win() -> None:
    names = """
- name: Bortezomib
  not_same_as: [Velcade]
  source: A test.
- name: Velcade
  not_same_as: [Bortezomib]
  source: A test.
"""
    found = told(
        study("A", drugs=["Velcade"]), study("B", drugs=["Bortezomib"]), study("C", drugs=["PS-341"]), curated=names
    )
    assert texts(found, "drug") == [["Bortezomib"], ["PS-341"], ["Velcade"]]
    assert found.problems == []


def test_a_curated_name_stays_the_name() -> None:
    names = "- name: Velcade\n  source: A test.\n"
    found = told(study("A", drugs=["Velcade"]), study("B", drugs=["Bortezomib"]), curated=names)
    drug = entity_of(found, "drug", "Bortezomib")
    assert (drug.name, drug.studies) == ("Velcade", ["A", "B"])


def test_a_combination_is_not_its_parts() -> None:
    found = told(study("A", drugs=["Velcade + Dexamethasone"]), study("B", drugs=["Bortezomib"]))
    whole = entity_of(found, "drug", "Velcade + Dexamethasone")
    assert whole.studies == ["A"]
    assert {one.id for one in whole.related} == {"bortezomib", "dexamethasone"}
    assert entity_of(found, "drug", "Bortezomib").studies == ["A", "B"]


def test_covid_19_is_one_condition_with_its_kinds_below() -> None:
    found = told(
        study("A", conditions=["COVID-19"]),
        study("B", conditions=["Novel Coronavirus Pneumonia (COVID-19)"]),
        study("C", conditions=["2019-nCoV"]),
        study("D", conditions=["severe novel coronavirus pneumonia (COVID-19)"]),
        study("E", conditions=["COVID-19 in children"]),
        study("F", conditions=["Coronavirus Infections"]),
    )
    covid = entity_of(found, "condition", "2019-nCoV")
    assert (covid.name, covid.studies) == ("COVID-19", ["A", "B", "C"])
    assert [one.id for one in covid.narrower] == [
        "covid-19-in-children",
        "severe-novel-coronavirus-pneumonia-covid-19",
    ]
    assert [one.id for one in covid.broader] == ["coronavirus-infections"]
    added = next(str(one.reason) for one in covid.spellings if one.text == "2019-nCoV")
    assert "the name is added to the vocabulary here" in added


def test_a_condition_lists_what_lies_under_it_and_skips_what_no_trial_has() -> None:
    found = told(
        study("A", conditions=["Neoplasms"]),
        study("B", conditions=["Breast Cancer"]),
        study("C", conditions=["Triple Negative Breast Cancer"]),
    )
    assert [one.id for one in entity_of(found, "condition", "Neoplasms").narrower] == ["breast-cancer"]
    breast = entity_of(found, "condition", "Breast Cancer")
    assert [one.id for one in breast.narrower] == ["triple-negative-breast-cancer"]
    assert str(breast.broader[0].reason) == "MeSH (2026) has “Neoplasms” above “Breast Neoplasms”."


def test_terms_that_the_registry_derived_can_speak_against_a_meaning() -> None:
    def derived(name: str, condition: str, term: str) -> Study:
        one = study(name, conditions=[condition])
        one.derived_section = DerivedSection(condition_browse_module=BrowseModule(meshes=[Mesh(term=term)]))
        return one

    against = (derived("A", "Heart Attack", "Asthma"), study("B", conditions=["Myocardial Infarction"]))
    assert len(texts(told(*against), "condition")) == 2
    with_one_for = (*against, derived("C", "Heart Attack", "Myocardial Infarction"))
    assert len(texts(told(*with_one_for), "condition")) == 1


def test_the_seeds_pairs_that_must_not_be_linked() -> None:
    drugs = ["IL-2", "Interferon gamma", "Interferon gamma-1b", "Interleukin-12", "Proleukin", "gamma"]
    found = told(*(study(f"T{number}", drugs=[name]) for number, name in enumerate(drugs)))
    assert sorted(texts(found, "drug")) == sorted([name] for name in drugs)


def test_the_order_of_documents_does_not_matter() -> None:
    studies = [
        study("A", drugs=["Velcade", "PS-341"], conditions=["Breast Cancer"]),
        study("B", drugs=["Bortezomib"], conditions=["Breast Neoplasms"]),
        study("C", drugs=["doxorubicin hydrochloride"], conditions=["Neoplasms"]),
        study("D", drugs=["Adriamycin"], conditions=["Mammary Cancer"]),
    ]
    assert told(*studies).entities == told(*reversed(studies)).entities


@pytest.mark.parametrize(
    ("written", "drugs"),
    [
        ("Chloroquine Phosphate", ["Chloroquine Phosphate"]),
        ("Hydroxychloroquine sulfate 0.2g bid x 14 days", ["Hydroxychloroquine sulfate"]),
        ("Chloroquine phosphate + azithromycin", ["Chloroquine phosphate + azithromycin", "Chloroquine phosphate"]),
        ("Bortezomib, Dexamethasone, Doxorubicin", ["Bortezomib", "Dexamethasone", "Doxorubicin"]),
        ("Methylprednisolone or Prednisolone", ["Methylprednisolone", "Prednisolone"]),
        ("lopinavir/ritonavir tablets or Arbidol or umifenovir", ["lopinavir", "ritonavir", "Arbidol", "umifenovir"]),
        ("Arbidol Tablets, Liushen Capsule, standard therapy", ["Arbidol"]),
        ("Rest, standard therapy and a walk", []),
        ("Yoga", []),
        ("Standard care", []),
    ],
)
def test_a_known_name_is_a_drug_though_no_type_is_stated(written: str, drugs: list[str]) -> None:
    found = told(study("A", drugs=[Intervention(name=written)]))
    names = [spelling for spellings in texts(found, "drug") for spelling in spellings]
    assert set(drugs) <= {name.removesuffix(" 0.2g bid x 14 days") for name in names}
    assert bool(names) is bool(drugs)


def test_a_line_that_is_a_heading_is_one_condition() -> None:
    one = study("A", conditions=["Renal Insufficiency", "Renal Insufficiency Sepsis"])
    module = "/protocolSection/conditionsModule/conditions"
    source = Source(document="p.txt", first_line=3, last_line=3, several=True)
    one.catalog_section.sources |= {f"{module}/{index}": [source] for index in range(2)}
    assert texts(told(one), "condition") == [["Renal Insufficiency"]]
