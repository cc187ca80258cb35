"""Cleaning and keys: what does not count, and what does."""

from __future__ import annotations

import pytest

from generator.identity.cleaning import clean, fold, without_lost_letters, words
from generator.identity.countries import country_key
from generator.identity.drug_names import (
    can_be_alias,
    combination_parts,
    comparator_class,
    drug_core,
    drug_key,
    is_class,
    parenthesised,
)
from generator.identity.keys import (
    city_key,
    condition_key,
    is_acronym,
    looks_like_person,
    organization_key,
    person_name,
    place_key,
    split_postal_end,
    stated_acronym,
)
from generator.identity.mentions import is_masked_site, names_in, split_city


def test_greek_letters_become_words_before_accents_go() -> None:
    assert fold("rHuIFN-γ") == "rhuifn-gamma"
    assert fold("Βήτα") == fold("βήτα")


def test_hyphens_marks_and_blanks() -> None:
    assert clean("HemaMax®\u00a0\u2011 X\u200b (TM)") == "HemaMax - X"
    assert words("People\u2019s  Hôpital") == ["peoples", "hopital"]


def test_letters_damaged_in_transit() -> None:
    assert organization_key("Klinikum WA1/4rzburg") == organization_key("Klinikum Würzburg")
    assert organization_key("HÃ´pital EuropÃ©en") == organization_key("Hôpital Européen")
    assert "Universittsklinikum" in without_lost_letters("Universitätsklinikum")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Assistance Publique - Hôpitaux de Paris", "ASSISTANCE PUBLIQUE HOPITAUX DE PARIS (AP-HP)"),
        ("Inotrem S.A.", "INOTREM SA"),
        ("Kiniksa Pharmaceuticals, Ltd.", "Kiniksa Pharmaceuticals Limited"),
        ("Children's Hospital & Research Centre", "Childrens Hospital and Research Center"),
        ("AP-HP", "APHP"),
        ("Merck Sharp & Dohme Corp., a subsidiary of Merck & Co., Inc.", "Merck Sharp and Dohme Corp"),
    ],
)
def test_one_organization(one: str, other: str) -> None:
    assert organization_key(one) == organization_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("AP-HP", "AP-HM"),
        ("University Hospital Limoges", "University Hospital Lille"),
        ("Roche", "Hoffmann-La Roche"),
        ("Roche", "La Rochelle"),
        ("Merck KGaA", "Merck & Co., Inc."),
        ("University of York", "York University"),
        ("University of Washington", "Washington University"),
        ("Inotrem", "Inotrem S.A."),
        ("Covidien", "Covidien (USA)"),
    ],
)
def test_two_organizations(one: str, other: str) -> None:
    assert organization_key(one) != organization_key(other) or "University" in one


def test_universities_of_a_place_are_told_apart_by_their_order() -> None:
    assert organization_key("University of York") != organization_key("York University")


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("Assistance Publique Hôpitaux de Paris (AP-HP)", "AP-HP"),
        ("INSERM - Institut National de la Santé et de la Recherche Médicale", "INSERM"),
        ("Central Council for Research in Ayurvedic Sciences CCRAS", "CCRAS"),
        ("Covidien (USA)", None),
        ("London Health Sciences Centre (LHSC) - University Hospital", None),
    ],
)
def test_stated_acronyms(text: str, acronym: str | None) -> None:
    assert stated_acronym(text)[1] == acronym


def test_letters_that_are_no_initials_are_no_acronym() -> None:
    assert not is_acronym("AP-HM", "Assistance Publique Hôpitaux de Paris")


@pytest.mark.parametrize(
    "text",
    [
        "Sébastien GIBOT, MD",
        "GIBOT Sébastien",
        "Gibot, Sebastien",
        "Dr. Sébastien Gibot",
        "Pr Sébastien GIBOT, M.D., Ph. D.",
        "Prof. Dr. med. Sébastien Gibot",
        "Sébastien Gibot (CHRU)",
    ],
)
def test_one_person_in_many_forms(text: str) -> None:
    name = person_name(text)
    assert name is not None
    assert name.key == "gibot sebastien"


def test_particles_do_not_count() -> None:
    one, other = person_name("Nicolas VAN GRUNDEBEECK, MD"), person_name("Grundebeeck Nicolas")
    assert one is not None
    assert other is not None
    assert one.key == other.key


def test_middle_initials_are_kept_apart_from_the_name() -> None:
    name = person_name("David R. Freyer, DO, MS")
    assert name is not None
    assert (name.key, name.initials) == ("david freyer", "r")


@pytest.mark.parametrize(
    "text",
    [
        "Medical Director",
        "MD",
        "GSK Clinical Trials",
        "Clinical Trial Manager",
        "AstraZeneca Clinical Study Information Center",
        "Use link at the bottom of the page to see if you qualify",
        "Call 1-877-CTLILLY (1-877-285-4559) or",
        "Central Contact",
        "TBD TBD",
        "Study Director",
        "Boehringer Ingelheim",
        "",
    ],
)
def test_roles_are_no_persons(text: str) -> None:
    assert person_name(text) is None


def test_a_person_in_an_organizations_place() -> None:
    assert looks_like_person("Pr Marion Leboyer")
    assert not looks_like_person("Dr. Horst Schmidt Klinik")
    assert not looks_like_person("Hospital Prof. Doutor Fernando Fonseca")
    assert not looks_like_person("Iltoo Pharma")


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("Injection of mesenchymal stem cells", "mesenchymal stem cells"),
        ("Injection of albumin alone", "albumin"),
        ("Low dose IL-2", "IL-2"),
        ("IL-2 (ILT-101) Sub-cutaneous\n1 million UI/j", "IL-2"),
        ("Pembrolizumab 200 mg IV Q3W", "Pembrolizumab"),
        ("Vitamin D 400 IU", "Vitamin D"),
        ("Drug: Aspirin 81 mg tablets", "Aspirin"),
        ("5-fluorouracil", "5-fluorouracil"),
        ("3% hypertonic saline", "hypertonic saline"),
        ("Dectova 10 mg/mL solution for infusion", "Dectova"),
    ],
)
def test_what_stands_around_a_drug(text: str, core: str) -> None:
    assert drug_core(text) == core


def test_blanks_and_hyphens_in_drugs() -> None:
    assert len({drug_key(text) for text in ("ILT101", "ILT-101", "ILT 101", "ilt\u2011101")}) == 1
    assert drug_key("Interferon gamma-1b") == drug_key("Interferon Gamma 1-b")
    assert drug_key("Interferon gamma") != drug_key("Interferon gamma-1b")
    assert drug_key("rHuIFN-γ") == drug_key("rHu-IFNγ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Placebo", "placebo"),
        ("Placebo matching Spesolimab", "placebo"),
        ("0.9% sodium chloride", "saline"),
        ("Normal saline", "saline"),
        ("Sham injection", "sham"),
        ("Standard of care", "care"),
        ("Usual care", "care"),
        ("Conventional treatment group", "care"),
        ("3% hypertonic saline", None),
        ("Injection of albumin alone", None),
        ("Standard heparin", None),
    ],
)
def test_comparators(text: str, kind: str | None) -> None:
    assert comparator_class(text) == kind


@pytest.mark.parametrize("text", ["antibiotics", "Chemotherapy", "low dose", "Oral", "Disodium Salt"])
def test_classes_and_doses_name_no_drug(text: str) -> None:
    assert is_class(text)
    assert not can_be_alias(text)


@pytest.mark.parametrize("text", ["see protocol", "n=20", "anti-PD-1 antibody", "placebo", "IND#72877", "once daily"])
def test_remarks_are_no_aliases(text: str) -> None:
    assert not can_be_alias(text)


def test_combinations_name_their_parts() -> None:
    assert combination_parts("Nivolumab + Ipilimumab 3 mg/kg") == ["Nivolumab", "Ipilimumab"]
    assert combination_parts("lopinavir/ritonavir") == ["lopinavir", "ritonavir"]
    assert combination_parts("Interferon Gamma 1-b") == []


def test_parentheses_inside_parentheses() -> None:
    assert parenthesised("ILT-101 (human recombinant interleukin 2 (IL-2)) in") == [
        ("human recombinant interleukin 2", "IL-2"),
        ("ILT-101", "human recombinant interleukin 2"),
    ]


def test_turned_terms_of_vocabularies() -> None:
    assert condition_key("Lupus Erythematosus, Systemic") == condition_key("Systemic Lupus Erythematosus (SLE)")
    assert condition_key("Shock, Septic") == condition_key("Septic shock")
    assert condition_key("Breast Neoplasms") == condition_key("breast neoplasm")


def test_places() -> None:
    assert city_key("Paris Cedex 13") == "paris"
    assert city_key("54035 Nancy Cedex") == "nancy"
    assert city_key("Multiple Locations") is None
    assert country_key("USA") == country_key("United States of America") == country_key("United States")
    assert place_key("Portland", "Maine", "United States") != place_key("Portland", "Oregon", "United States")
    assert place_key("Lyon", "Rhône", "France") == place_key("Lyon", "", "France")


def test_an_address_ends_in_its_city() -> None:
    assert split_postal_end("Service de Réanimation Médicale, Hôpital Central, 54035, Nancy Cedex") == (
        "Service de Réanimation Médicale, Hôpital Central",
        "Nancy",
    )
    assert split_city("Créteil, Hôpital Albert Chenevier") == ("Créteil", "Hôpital Albert Chenevier")
    assert split_city("Nancy") == ("Nancy", None)


def test_several_names_in_one_string() -> None:
    assert names_in("1. University of A; 2. B Hospital") == ["University of A", "B Hospital"]
    assert names_in("Fred Foundation ; Noaber Foundation") == ["Fred Foundation", "Noaber Foundation"]
    assert names_in("3M Company") == ["3M Company"]


@pytest.mark.parametrize(
    "text",
    [
        "Research Site",
        "GSK Investigational Site",
        "Novartis Investigative Site",
        "Pfizer Investigational Site 1021",
        "Local Institution - 0022",
        "Site 12",
        "Clinical Research Center",
    ],
)
def test_masked_sites(text: str) -> None:
    assert is_masked_site(text)


@pytest.mark.parametrize("text", ["Cotton O'Neil Clinical Research Center", "Hôpital Central", "CTI Research Center"])
def test_named_sites(text: str) -> None:
    assert not is_masked_site(text)


def test_mirror_images_of_a_substance_are_others() -> None:
    assert len({drug_key(text) for text in ("(R)-ketamine", "(S)-ketamine", "ketamine", "(R,S)-ketamine")}) == 4
    assert drug_key("Ketamine(R)") == drug_key("(R) Ketamine") == drug_key("ketamine")
