"""Pages call people, sponsors and countries what the documents make of them."""

from __future__ import annotations

from pathlib import Path

from generator.identity.curated import CuratedNames, parse_curated
from generator.model.catalog import Catalog
from generator.model.catalog_section import Flag
from generator.model.sentence import sentence
from generator.model.study import Study
from tests.identity.catalogs import by_id, catalog, study
from tests.pages.test_pages import pages_of

_FLAG = Flag(code="status-unknown", message=sentence("Nobody has confirmed the status."), sources=[])


def pages(folder: Path, *studies: Study, curated: CuratedNames | None = None) -> dict[str, str]:
    """Return the pages of a catalog of *studies*."""
    found = catalog(*studies, curated=curated)
    made = Catalog(studies=by_id(studies), entities=found.entities, links=found.links, problems=found.problems)
    return pages_of(made, folder)


def test_an_author_of_another_trial_is_named_with_that_trial(tmp_path: Path) -> None:
    names = """
- name: David Lamp
  cited_as:
    - {text: Lamp D, study: A}
  source: the same person
"""
    entries, problems = parse_curated("person", names)
    officials = [("Marion Lake", "STUDY_CHAIR", None)]
    made = pages(
        tmp_path,
        study("A", officials=officials, references=["Lake M, Lamp D. Low doses. J Lakes. 2025."]),
        study("B", officials=[("David Lamp, MD", "PRINCIPAL_INVESTIGATOR", None)]),
        curated=CuratedNames(entries, problems),
    )
    page = made["trials/a.md"]
    assert "by people of this trial: [Marion Lake](../people/marion-lake.md)" in page
    assert "by [David Lamp](../people/david-lamp.md), principal investigator of [B](b.md)" in page
    assert "same person" not in page + made["trials/b.md"]


def test_a_responsible_party_is_called_so_everywhere(tmp_path: Path) -> None:
    alone, sponsored = study("A"), study("B", sponsor="Lake Pharma")
    alone.catalog_section.responsible_party = "Central Hospital of Lakes"
    sponsored.catalog_section.responsible_party = "Jeanne Quillerou, Professor, Lake University"
    for one in (alone, sponsored):
        one.catalog_section.flags = [_FLAG]
    made = pages(tmp_path, alone, sponsored)
    party = "[Central Hospital of Lakes](../organizations/central-hospital-of-lakes.md)"
    assert f'<small class="todo-sponsor">Responsible party: {party}</small>' in made["flags/index.md"]
    pharma = "[Lake Pharma](../organizations/lake-pharma.md)"
    assert f'<small class="todo-sponsor">Sponsor: {pharma}</small>' in made["flags/index.md"]
    assert "Quillerou" not in made["flags/index.md"] + made["sponsors/index.md"]
    assert f'{party}<br><small data-trials="1">1 trial · <i>Responsible party</i>' in made["sponsors/index.md"]
    assert (
        'Lake Pharma](../organizations/lake-pharma.md)<br><small data-trials="1">1 trial · <i>Lead sponsor</i>'
        in made["sponsors/index.md"]
    )
    assert ">Responsible party</a>** " + party in made["trials/a.md"]
    assert "Responsible party" in made["organizations/central-hospital-of-lakes.md"]


def test_what_is_no_country_is_not_counted_as_one(tmp_path: Path) -> None:
    one = study("A")
    one.catalog_section.countries = ["China", "France", "Chian", "Wuhan"]
    made = pages(tmp_path, one)
    home = made["index.md"]
    assert "**2**<br>\n    [countries](places/index.md)" in home
    assert "[2 names not recognised](flags/index.md)" in home
    assert "“Chian” stands where a country belongs" in made["flags/index.md"]
