"""Related trials, and why."""

from __future__ import annotations

from generator.model.catalog import Catalog, Entity, Kind, Link, Role
from generator.pages.trial.related import MOST_SHOWN, MOST_STEPS, MOST_TRIALS, reasons_in_words, related_trials
from tests.pages.dialects import python_markdown, seen
from tests.pages.trial.pages import catalog_of, linker_of, study_of

Row = tuple[str, Kind, str, Role]


def catalog_with(rows: list[Row]) -> Catalog:
    """Return a catalog of the trials and entities that the rows name."""
    trials = sorted({trial for trial, *_ in rows})
    entities = {(kind, entity): Entity(kind=kind, id=entity, name=entity.title()) for _, kind, entity, _ in rows}
    for (kind, key), entity in entities.items():
        entity.studies = sorted({trial for trial, kind_, entity_, _ in rows if (kind_, entity_) == (kind, key)})
    catalog = catalog_of(*(study_of(trial, f"Trial {trial}") for trial in trials), entities=tuple(entities.values()))
    catalog.links = [Link(trial, kind, entity, role, "/x") for trial, kind, entity, role in rows]
    return catalog


def test_what_is_shared_is_told_in_words() -> None:
    catalog = catalog_with(
        [
            ("a", "drug", "pill", "intervention"),
            ("b", "drug", "pill", "intervention"),
            ("a", "organization", "maker", "leadSponsor"),
            ("b", "organization", "maker", "collaborator"),
            ("a", "organization", "north", "site"),
            ("b", "organization", "north", "site"),
            ("a", "organization", "south", "site"),
            ("b", "organization", "south", "site"),
            ("a", "person", "smith", "principalInvestigator"),
            ("b", "person", "smith", "facilityContact"),
        ]
    )
    (other,) = related_trials("a", catalog)
    assert other.study == "b"
    words = reasons_in_words(other, linker_of(catalog, "a"))
    assert seen(python_markdown(words)) == (
        "same drug: Pill · same person: Smith (principal investigator here, contact at a site there) · "
        "same sponsor: Maker · 2 shared sites: North, South"
    )


def test_what_is_rare_counts_for_more() -> None:
    rows: list[Row] = [(trial, "condition", "common", "condition") for trial in ("a", "b", "c", "d", "e")]
    rows += [("a", "condition", "rare", "condition"), ("d", "condition", "rare", "condition")]
    found = related_trials("a", catalog_with(rows))
    assert found[0].study == "d"
    assert [shared.id for shared in found[0].reasons[0].entities] == ["rare", "common"]
    assert [item.study for item in found[1:]] == ["b", "c", "e"]


def test_sites_alone_do_not_outweigh_a_drug() -> None:
    rows: list[Row] = [(trial, "organization", f"h{n}", "site") for trial in ("a", "b") for n in range(20)]
    rows += [("a", "drug", "pill", "intervention"), ("c", "drug", "pill", "intervention")]
    assert [item.study for item in related_trials("a", catalog_with(rows))] == ["c", "b"]


def test_a_shared_sponsor_alone_relates_nothing() -> None:
    rows: list[Row] = [(trial, "organization", "maker", "leadSponsor") for trial in ("a", "b", "c")]
    assert related_trials("a", catalog_with(rows)) == []
    rows += [(trial, "condition", "sepsis", "condition") for trial in ("a", "b")]
    assert [item.study for item in related_trials("a", catalog_with(rows))] == ["b"]


def test_places_and_authors_of_papers_relate_nothing() -> None:
    rows: list[Row] = [(trial, "place", "paris", "siteCity") for trial in ("a", "b")]
    rows += [(trial, "person", "writer", "referenceAuthor") for trial in ("a", "b")]
    assert related_trials("a", catalog_with(rows)) == []


def test_what_many_trials_share_is_not_looked_into_and_few_are_shown() -> None:
    many = [f"t{n:03}" for n in range(MOST_TRIALS + 1)]
    assert related_trials("t000", catalog_with([(trial, "drug", "all", "intervention") for trial in many])) == []
    some = many[:20]
    found = related_trials("t000", catalog_with([(trial, "drug", "some", "intervention") for trial in some]))
    assert [item.study for item in found] == many[1 : MOST_SHOWN + 1]


def test_the_work_for_one_trial_is_bounded() -> None:
    rows: list[Row] = [
        (trial, "drug", f"d{number:02}", "intervention")
        for number in range(40)
        for trial in ["a", *(f"t{number:02}-{n:02}" for n in range(50))]
    ]
    catalog = catalog_with(rows)
    assert 0 < len(related_trials("a", catalog, most=len(rows))) <= MOST_STEPS
