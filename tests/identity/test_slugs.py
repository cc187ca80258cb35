"""Slugs are minted once, stored, and never recomputed."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.identity.slugs import SlugLedger, SlugRequest, slug_of
from tests.identity.catalogs import catalog, entity_of, site, study


def claim(name: str, *nodes: str, city: str | None = None) -> SlugRequest:
    return SlugRequest(kind="organization", name=name, nodes=nodes or (name,), anchor=(nodes or (name,))[0], city=city)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Hôpital Européen Georges-Pompidou", "hopital-europeen-georges-pompidou"),
        ("rHuIFN-γ", "rhuifn-gamma"),
        ("Weiß & Søn (AG)", "weiss-son-ag"),
        ("北京医院", ""),
    ],
)
def test_form(name: str, slug: str) -> None:
    assert slug_of(name) == slug


def test_pages_that_several_wanted_are_kept_and_lead_nowhere() -> None:
    ledger = SlugLedger()
    ledger.keep_pages({"trials/a-2.md": "trial A"})
    again = SlugLedger.decode(ledger.encode())
    assert again.pages == {"trials/a-2.md": "trial A"}
    assert again.redirects() == {}


def test_a_name_without_latin_letters_still_gets_an_address() -> None:
    assert SlugLedger().assign([claim("北京医院")]) == ["organization"]


def test_collisions_are_told_apart_by_city_and_then_by_number() -> None:
    claims = [claim("A", "1"), claim("A", "2", city="Lyon"), claim("A", "3", city="Lyon")]
    assert SlugLedger().assign(claims) == ["a", "a-lyon", "a-2"]
    assert SlugLedger().assign(claims[::-1]) == ["a-2", "a-lyon", "a"]


def test_a_better_name_does_not_change_the_address() -> None:
    ledger = SlugLedger()
    assert ledger.assign([claim("Gibot S", "gibot")]) == ["gibot-s"]
    assert ledger.assign([claim("Sébastien Gibot", "gibot")]) == ["gibot-s"]


def test_a_slug_is_never_given_to_another_entity() -> None:
    ledger = SlugLedger()
    ledger.assign([claim("A", "1")])
    assert ledger.assign([claim("A", "2")]) == ["a-2"]
    assert ledger.assign([claim("A", "1"), claim("A", "2")]) == ["a", "a-2"]


def test_when_two_become_one_the_other_address_leads_there() -> None:
    ledger = SlugLedger()
    ledger.assign([claim("A", "1"), claim("B", "2")])
    assert ledger.assign([claim("A", "1", "2")]) == ["a"]
    assert ledger.redirects() == {("organization", "b"): "a"}


def test_when_one_becomes_two_the_better_known_keeps_the_address() -> None:
    ledger = SlugLedger()
    ledger.assign([claim("A", "1", "2")])
    assert ledger.assign([claim("B", "2"), claim("A", "1")]) == ["b", "a"]


def test_redirects_are_followed_to_their_end() -> None:
    ledger = SlugLedger()
    ledger.assign([claim("A", "1"), claim("B", "2"), claim("C", "3")])
    ledger.assign([claim("B", "2", "3"), claim("A", "1")])
    ledger.assign([claim("A", "1", "2", "3")])
    assert set(ledger.redirects().values()) == {"a"}


def test_stored_and_loaded_it_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "content" / "slugs.json"
    ledger = SlugLedger.load(file)
    found = catalog(study("T", sponsor="Alpha", locations=[site("Clinique Beta", "Lyon")]), slugs=ledger)
    ledger.save(file)
    before = file.read_bytes()
    again = SlugLedger.load(file)
    other = catalog(study("T", sponsor="Alpha", locations=[site("Clinique Beta", "Lyon")]), slugs=again)
    again.save(file)
    assert file.read_bytes() == before
    assert list(other.entities) == list(found.entities)


def test_a_broken_ledger_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "slugs.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"slugs\.json is no slug ledger"):
        SlugLedger.load(file)


def test_a_new_document_keeps_the_addresses_of_the_old() -> None:
    ledger = SlugLedger()
    first = catalog(study("B", locations=[site("Clinique Alpha", "Nice")]), slugs=ledger)
    old = entity_of(first, "organization", "Clinique Alpha").id
    second = catalog(
        study("A", locations=[site("Clinique Alpha", "Lyon")]),
        study("B", locations=[site("Clinique Alpha", "Nice")]),
        slugs=ledger,
    )
    kept = [e.city for e in second.entities.values() if e.kind == "organization" and e.id == old]
    assert kept == ["Nice"]


def test_a_slug_whose_entity_is_gone_is_kept_as_a_former_one() -> None:
    ledger = SlugLedger()
    ledger.assign([claim("Alpha", "1"), claim("Site 4711", "2"), claim("Beta", "3")])
    [alpha] = ledger.assign([claim("Alpha", "1", "3")])
    assert ledger.former({("organization", alpha)}) == {
        ("organization", "beta"): "alpha",
        ("organization", "site-4711"): None,
    }


def test_a_person_is_found_again_without_a_degree_that_was_taken_for_a_name() -> None:
    def person(name: str, *nodes: str) -> SlugRequest:
        return SlugRequest(kind="person", name=name, nodes=nodes, anchor=nodes[0])

    ledger = SlugLedger()
    ledger.assign([person("CPNP Ann Roe", "ann cpnp roe|#NCT1"), person("Master Bo Poe", "bo master poe|#NCT2")])
    ledger.assign([person("Ann Roe", "ann roe|#NCT1"), person("Bo Poe", "bo poe|#NCT3")])
    assert ledger.redirects() == {("person", "cpnp-ann-roe"): "ann-roe"}


def test_the_address_of_a_department_leads_to_its_hospital() -> None:
    ledger = SlugLedger()
    key = "department urology hospital paz"
    ledger.assign([claim("Department of Urology, Hospital La Paz", key), claim("Hospital La Paz", "hospital paz")])
    catalog(
        study("A", sponsor="Department of Urology, Hospital La Paz"),
        study("B", sponsor="Hospital La Paz"),
        slugs=ledger,
    )
    assert ledger.redirects() == {("organization", "department-of-urology-hospital-la-paz"): "hospital-la-paz"}
