"""What holds for all catalogs: order does not matter, more documents only join, links lead both ways."""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.identity.curated import CuratedNames, parse_curated
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger
from generator.model.catalog import Link
from generator.model.study import Contact, Intervention, Location, Study
from tests.identity.catalogs import by_id, study

ORGANIZATIONS = (
    "Assistance Publique - Hôpitaux de Paris",
    "Assistance Publique Hôpitaux de Paris (AP-HP)",
    "APHP",
    "APHP - Cochin",
    "Pakistan Institute of Medical Sciences (PIMS)",
    "Punjab Institute of Medical Sciences (PIMS)",
    "PIMS",
    "University Hospital",
    "Nancy University Hospital",
    "University Hospital, Nancy",
    "Universitätsklinikum Würzburg",
    "Universittsklinikum Wrzburg",
    "Dr. Jeanne Quillerou",
)
PERSONS = (
    "Jeanne Quillerou",
    "QUILLEROU Jeanne, MD",
    "Jeanne A. Quillerou",
    "Jeanne B. Quillerou",
    "Wei Zhang",
    "Zhang Wei",
    "Medical Director",
)
DRUGS = ("ILT-101", "ILT101", "IL-2", "IL-2 (ILT-101)", "Low dose IL-2", "Placebo", "IL-2 + Aspirin", "Aspirin (ASA-1)")
CITIES = ("Paris", "Nancy", "PARIS Cedex 13", "Lyon")
CONDITIONS = ("Septic Shock", "Shock, Septic", "Multiple Sclerosis (MS)", "MS")

locations = st.builds(
    lambda facility, city, people: Location(
        facility=facility, city=city, country="France", contacts=[Contact(name=name) for name in people]
    ),
    st.sampled_from(ORGANIZATIONS),
    st.sampled_from(CITIES),
    st.lists(st.sampled_from(PERSONS), max_size=2),
)
drugs = st.builds(
    lambda name, others: Intervention(type="DRUG", name=name, other_names=others),
    st.sampled_from(DRUGS),
    st.lists(st.sampled_from(DRUGS), max_size=2),
)
states: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "sponsor": st.sampled_from(ORGANIZATIONS),
        "officials": st.lists(
            st.tuples(st.sampled_from(PERSONS), st.just("STUDY_CHAIR"), st.sampled_from((None, *ORGANIZATIONS))),
            max_size=2,
        ),
        "locations": st.lists(locations, max_size=3),
        "drugs": st.lists(drugs, max_size=3),
        "conditions": st.lists(st.sampled_from(CONDITIONS), max_size=2),
        "summary": st.sampled_from(
            (None, "We test ILT-101 (interleukin 2 (IL-2)) here.", "Aspirin (IL-2) is no sentence.")
        ),
    }
)
catalogs = st.lists(states, min_size=1, max_size=5).map(
    lambda several: [study(f"T{number}", **state) for number, state in enumerate(several)]
)


def found(studies: list[Study], curated: CuratedNames | None = None) -> Identification:
    return identify(by_id(studies), curated or CuratedNames(), SlugLedger())


def together(identification: Identification) -> set[frozenset[tuple[str, str, str]]]:
    """Return the pairs of places of names that are one entity."""
    places: dict[tuple[str, str], set[tuple[str, str, str]]] = {}
    for link in identification.links:
        places.setdefault((link.kind, link.entity), set()).add((link.study, link.pointer, link.role))
    return {frozenset(pair) for one in places.values() for pair in combinations(sorted(one), 2)}


@given(catalogs, st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(studies: list[Study], order: Random) -> None:
    shuffled = list(studies)
    order.shuffle(shuffled)
    one, other = found(studies), found(shuffled)
    assert one.entities == other.entities
    assert one.links == other.links
    assert one.proposals == other.proposals


@given(catalogs)
def test_one_more_document_never_splits_an_entity(studies: list[Study]) -> None:
    """Only a second place of a name parts what was joined, so each name stands in one place here."""
    for one in studies:
        for location in one.protocol_section.contacts_locations_module.locations:
            location.city = "Nancy" if "Nancy" in (location.facility or "") else "Paris"
    assert together(found(studies[:-1])) <= together(found(studies))


# A combination is left out: a curated name for the whole also says that it is not taken apart into its drugs.
ONE_DRUG = tuple(name for name in DRUGS if "+" not in name)


@given(catalogs, st.lists(st.sampled_from(ONE_DRUG), min_size=1, max_size=3, unique=True))
def test_one_curated_line_less_never_joins(studies: list[Study], spellings: list[str]) -> None:
    def names(texts: list[str]) -> CuratedNames:
        listed = "".join(f"    - {text}\n" for text in texts)
        entries, problems = parse_curated("drug", f"- name: Interleukin\n  spellings:\n{listed}  source: s\n")
        return CuratedNames(entries, problems)

    assert together(found(studies, names(spellings[:-1]))) <= together(found(studies, names(spellings)))


@given(catalogs)
def test_links_lead_both_ways(studies: list[Study]) -> None:
    identification = found(studies)
    entities = identification.entities
    for (kind, _), entity in entities.items():
        assert entity.studies == sorted(
            {link.study for link in identification.links if _is(link, entity.kind, entity.id)}
        )
        for names, back in (
            ("part_of", "parts"),
            ("parts", "part_of"),
            ("possibly_same_as", "possibly_same_as"),
            ("not_same_as", "not_same_as"),
            ("related", "related"),
            ("broader", "narrower"),
            ("narrower", "broader"),
        ):
            for reference in getattr(entity, names):
                other = entities[reference.kind, reference.id]
                assert (kind, entity.id) != (reference.kind, reference.id)
                assert entity.id in [one.id for one in getattr(other, back)]


def _is(link: Link, kind: str, identifier: str) -> bool:
    return (link.kind, link.entity) == (kind, identifier)


@given(catalogs)
def test_every_name_points_to_an_entity_and_every_spelling_has_its_reason(studies: list[Study]) -> None:
    identification = found(studies)
    known = {f"{kind}/{identifier}" for kind, identifier in identification.entities}
    for one in studies:
        assert set(one.catalog_section.entities.values()) <= known
    for entity in identification.entities.values():
        assert entity.studies
        for spelling in entity.spellings:
            assert str(spelling.reason).endswith(".")
            assert spelling.sources


@given(catalogs)
def test_comparators_and_roles_are_no_entities(studies: list[Study]) -> None:
    names = {entity.name for entity in found(studies).entities.values()}
    assert not names & {"Placebo", "Medical Director"}


@given(st.text(max_size=200))
def test_any_text_can_stand_in_any_place(text: str) -> None:
    one = study(
        "T",
        sponsor=text,
        officials=[(text, "STUDY_CHAIR", text)],
        locations=[Location(facility=text, city=text, country=text, contacts=[Contact(name=text)])],
        drugs=[Intervention(type="DRUG", name=text, other_names=[text])],
        conditions=[text],
        references=[text],
        summary=text,
    )
    identification = found([one])
    assert all(identifier for _, identifier in identification.entities)
