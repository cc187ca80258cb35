"""The two extractions of MedDataX pages: what they state, what they have lost, and that no line is lost."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.document import Document, LineRole
from generator.model.study import Study
from generator.readers.countries import split_countries, split_place
from generator.readers.layouts.meddatax.compact import READER as COMPACT
from generator.readers.layouts.meddatax.labelled import READER as LABELLED
from generator.readers.reader import ReadError
from generator.readers.reading import read_document

FIXTURES = Path(__file__).parent / "fixtures" / "meddatax"


def document(name: str) -> Document:
    return Document(name, (FIXTURES / name).read_text(encoding="utf-8"))


def read(name: str) -> tuple[Study, Document]:
    found = document(name)
    reading = read_document(found)
    assert not [problem for problem in reading.problems if problem.severity == "error"]
    [record] = reading.records
    return record.study, found


def number_of(found: Document, text: str) -> int:
    return next(line.number for line in found.lines if line.stripped == text)


def test_labelled_page_states_every_field() -> None:
    study, found = read("labelled.txt")
    protocol = study.protocol_section
    assert found.unread() == []
    assert protocol.identification_module.nct_id == "NCT09900011"
    assert protocol.identification_module.org_study_id_info is not None
    assert protocol.identification_module.org_study_id_info.id == "SALT-1"
    assert [(info.id, info.type) for info in protocol.identification_module.secondary_id_infos] == [
        ("2022-501234-12-00", "CTIS")
    ]
    assert protocol.status_module.overall_status == "ENROLLING_BY_INVITATION"
    assert protocol.status_module.start_date_struct is not None
    assert protocol.status_module.start_date_struct.date == "2023-11"
    assert protocol.design_module.phases == ["PHASE2", "PHASE3"]
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.count == 1240
    assert protocol.conditions_module.keywords == ["salt nose harbour"]
    assert protocol.eligibility_module.healthy_volunteers is True
    assert (protocol.eligibility_module.minimum_age, protocol.eligibility_module.maximum_age) == (
        "18 Years",
        "70 Years",
    )
    assert study.has_results is False
    assert study.catalog_section.other_intervention_names == ["HALO-2"]
    assert study.catalog_section.countries == ["Sweden", "Korea, Republic of", "United Kingdom"]


def test_masked_parties_arms_and_interventions() -> None:
    study, _ = read("labelled.txt")
    design = study.protocol_section.design_module.design_info
    assert design is not None
    assert design.masking_info is not None
    assert design.masking_info.who_masked == ["PARTICIPANT", "OUTCOMES_ASSESSOR"]
    module = study.protocol_section.arms_interventions_module
    assert [(arm.label, arm.type, arm.description) for arm in module.arm_groups] == [
        ("Spray", "EXPERIMENTAL", "Two puffs a day.\n\nOver the whole winter."),
        ("Sham", "SHAM_COMPARATOR", "A bottle that hisses."),
    ]
    assert [(item.name, item.type, item.description, item.arm_group_labels) for item in module.interventions] == [
        ("Salt spray", "DRUG", "Sea salt, 2 %.\n\nSLE background therapy includes ...", ["Spray"]),
        ("Empty bottle", "DEVICE", "It holds air.", ["Sham"]),
    ]


def test_other_names_belong_to_the_only_intervention_that_is_tested() -> None:
    text = (FIXTURES / "labelled.txt").read_text(encoding="utf-8")
    [two] = read_document(Document("page.txt", text)).records
    assert two.study.catalog_section.other_intervention_names == ["HALO-2"]
    assert [item.other_names for item in two.study.protocol_section.arms_interventions_module.interventions] == [[], []]
    [one] = read_document(Document("page.txt", text.replace("Empty bottle", "Placebo bottle"))).records
    assert [item.other_names for item in one.study.protocol_section.arms_interventions_module.interventions] == [
        ["HALO-2"],
        [],
    ]
    pointer = "/protocolSection/armsInterventionsModule/interventions/0/otherNames/0"
    assert [source.how for source in one.study.catalog_section.sources[pointer]] == ["inferred"]


def test_criteria_end_where_the_labels_begin() -> None:
    study, _ = read("labelled.txt")
    assert study.protocol_section.eligibility_module.eligibility_criteria == (
        "Inclusion Criteria:\n\n* Licensed pilot\n* Nose present, BMI \\< 40\n\n"
        "Exclusion Criteria:\n\n* Salt allergy\n* Cold at sea \\> 3 days"
    )


def test_a_page_that_is_cut_off_behind_a_bullet_states_no_criterion() -> None:
    text = (FIXTURES / "labelled.txt").read_text(encoding="utf-8")
    cut = text[: text.index("Inclusion Criteria") + len("Inclusion Criteria")] + "\n* "
    (record,) = read_document(Document("cut.txt", cut)).records
    assert record.study.protocol_section.eligibility_module.eligibility_criteria is None


def test_contacts_pair_with_sites_by_position_and_say_so() -> None:
    study, found = read("labelled.txt")
    sites = study.protocol_section.contacts_locations_module.locations
    assert [(site.city, site.state, site.country, site.status) for site in sites] == [
        ("Lindholm", None, "Sweden", "RECRUITING"),
        ("Seoul", "Seoul-teukbyeolsi", "Korea, Republic of", None),
        ("Plymouth", "Devon", "United Kingdom", "WITHDRAWN"),
    ]
    assert [[(c.name, c.phone, c.phone_ext, c.email) for c in site.contacts] for site in sites] == [
        [("Ada Brenner, MD", "+4611122233", None, None)],
        [("Min-ji Park", None, None, None)],
        [("Tom Peel", "0175200112", "+44", "tom.peel@port.example")],
    ]
    pointer = "/protocolSection/contactsLocationsModule/locations/1/contacts/0/name"
    [source] = study.catalog_section.sources[pointer]
    assert source.how == "inferred"
    assert source.note is not None
    assert "by position" in str(source.note)
    assert source.first_line == number_of(found, "Min-ji Park")


def test_contacts_stay_unpaired_when_the_counts_differ() -> None:
    text = (FIXTURES / "labelled.txt").read_text(encoding="utf-8").replace("Min-ji Park\n\nRole: primary\n\n", "")
    [record] = read_document(Document("page.txt", text)).records
    sites = record.study.protocol_section.contacts_locations_module.locations
    assert [site.contacts for site in sites] == [[], [], []]
    names = [contact.name for contact in record.study.catalog_section.contacts_without_site]
    assert names == ["Ada Brenner, MD", "Tom Peel"]


def test_related_trials_are_mentions_and_never_this_trial() -> None:
    study, found = read("labelled.txt")
    assert [(m.id, m.title, m.overall_status, m.phases) for m in study.catalog_section.mentions] == [
        ("NCT09900099", "Pepper Spray for Summer Colds", None, []),
        ("NCT09900098", "Fasting for Pilots", "NOT_YET_RECRUITING", ["NA"]),
    ]
    assert found.line(number_of(found, "NCT09900099")).role is LineRole.MENTION
    assert study.protocol_section.identification_module.nct_id_aliases == []


def test_a_line_whose_borders_are_lost_says_that_it_may_be_several() -> None:
    section = read("labelled.txt")[0].catalog_section
    lines = {p: s for p, s in section.sources.items() if p.startswith("/protocolSection/conditionsModule/")}
    assert lines
    for sources in lines.values():
        for source in sources:
            assert source.several == ("this may be more than one" in str(source.note))
    assert any(source.several for sources in lines.values() for source in sources)


def test_missing_values_say_why() -> None:
    absences = read("labelled.txt")[0].catalog_section.absences
    assert absences["/protocolSection/descriptionModule/detailedDescription"].reason == "statedAsNone"
    assert absences["/protocolSection/contactsLocationsModule/locations/1/status"].reason == "statedAsNone"
    assert absences["/protocolSection/identificationModule/orgStudyIdInfo/type"].reason == "statedAsNone"
    assert absences["/protocolSection/outcomesModule"].reason == "lostByLayout"


def test_observational_page_with_results_has_no_phase() -> None:
    study, found = read("observational.txt")
    assert found.unread() == []
    assert study.has_results is True
    assert study.protocol_section.design_module.study_type == "OBSERVATIONAL"
    assert study.protocol_section.design_module.phases == []
    assert study.protocol_section.eligibility_module.sex == "FEMALE"
    [arm] = study.protocol_section.arms_interventions_module.arm_groups
    assert (arm.label, arm.type) == ("Keepers", None)


def test_compact_page_states_what_shape_and_order_tell() -> None:
    study, found = read("compact.txt")
    protocol = study.protocol_section
    assert found.unread() == []
    assert protocol.status_module.overall_status == "ENROLLING_BY_INVITATION"
    assert protocol.design_module.phases == ["PHASE2", "PHASE3"]
    design = protocol.design_module.design_info
    assert design is not None
    assert (design.allocation, design.intervention_model, design.primary_purpose) == (
        "RANDOMIZED",
        "CROSSOVER",
        "PREVENTION",
    )
    assert [(arm.label, arm.type) for arm in protocol.arms_interventions_module.arm_groups] == [
        ("Spray", None),
        ("Sham", None),
    ]
    assert [item.name for item in protocol.arms_interventions_module.interventions] == ["Salt spray", "Empty bottle"]
    assert protocol.description_module.detailed_description == (
        "The second paragraph is the first that is left.\n\nAnd a third."
    )


def test_values_of_the_compact_page_that_only_their_place_tells_are_inferred() -> None:
    section = read("compact.txt")[0].catalog_section
    for pointer in ("statusModule/startDateStruct/date", "statusModule/completionDateStruct/date"):
        [source] = section.sources[f"/protocolSection/{pointer}"]
        assert source.how == "inferred"
        assert "without labels" in str(source.note)


def test_compact_page_gives_no_sponsor_a_role() -> None:
    study, _ = read("compact.txt")
    module = study.protocol_section.sponsor_collaborators_module
    assert module.lead_sponsor is None
    assert module.collaborators == []
    assert [(s.name, s.class_) for s in study.catalog_section.sponsors_without_role] == [
        ("Halo Mineral GmbH", "INDUSTRY"),
        ("University of Lindholm", "OTHER"),
    ]


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [
        ("* At least 18 years old", ("18 Years", None, None)),
        ("* 18 years of age or older", ("18 Years", None, None)),
        ("* Younger than 18 years", (None, "18 Years", None)),
        ("* Some adult", ("18 Years", None, None)),
        ("* Nobody tells", (None, None, "18 Years")),
    ],
)
def test_a_single_age_is_a_bound_only_where_the_text_says_which(
    criterion: str, expected: tuple[str | None, str | None, str | None]
) -> None:
    text = (FIXTURES / "compact.txt").read_text(encoding="utf-8")
    text = text.replace("70 Years\n", "").replace("* Nose present, BMI \\< 40", criterion)
    [record] = read_document(Document("page.txt", text)).records
    eligibility = record.study.protocol_section.eligibility_module
    unclear = record.study.catalog_section.age_limit_without_bound
    assert (eligibility.minimum_age, eligibility.maximum_age, unclear) == expected


def test_page_without_its_number_is_refused_with_advice() -> None:
    reading = read_document(document("without_number.txt"))
    [problem] = reading.problems
    assert reading.records == []
    assert (problem.severity, problem.line, problem.code) == ("error", 1, "no-number")
    assert "NCT ID:" in problem.message


def test_each_extraction_is_recognised_by_its_own_marks() -> None:
    assert LABELLED.recognises(document("labelled.txt"))
    assert not LABELLED.recognises(document("compact.txt"))
    assert COMPACT.recognises(document("compact.txt"))
    assert not COMPACT.recognises(document("labelled.txt"))
    assert not COMPACT.recognises(Document("prose.txt", "Sponsors\nWe thank our sponsors.\n"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Angers, , France", ("Angers", "", "France")),
        ("Seoul, , Korea, Republic of", ("Seoul", "", "Korea, Republic of")),
        ("Tokyo, Chuo-ku, , Japan", ("Tokyo, Chuo-ku", "", "Japan")),
        ("Koriyama-shi, Fukushima, Japan, Japan", ("Koriyama-shi", "Fukushima, Japan", "Japan")),
        ("London, London, City Of, United Kingdom", ("London", "London, City Of", "United Kingdom")),
        ("Phoenix, , Mauritius", ("Phoenix", "", "Mauritius")),
        ("Ravenholm, Eastmark, Nowhereland", ("Ravenholm", "Eastmark", "Nowhereland")),
        ("Harbour Clinic", None),
        ("Clinic, Ward 3", None),
    ],
)
def test_places_are_taken_apart_by_the_country_at_their_end(text: str, expected: tuple[str, str, str] | None) -> None:
    assert split_place(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Austria United States France", ["Austria", "United States", "France"]),
        ("Guinea-Bissau Guinea", ["Guinea-Bissau", "Guinea"]),
        ("Korea, Republic of Taiwan, Province of China", ["Korea, Republic of", "Taiwan, Province of China"]),
        ("Austria Atlantis", None),
    ],
)
def test_countries_are_taken_apart_by_their_names(text: str, expected: list[str] | None) -> None:
    assert split_countries(text) == expected


@given(
    name=st.sampled_from(["labelled.txt", "compact.txt", "observational.txt"]),
    cut=st.integers(0, 400),
    drop=st.lists(st.integers(0, 400), max_size=5),
    repeat=st.lists(st.integers(0, 400), max_size=3),
)
def test_damaged_pages_lose_no_line_and_never_crash(name: str, cut: int, drop: list[int], repeat: list[int]) -> None:
    lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
    for index in repeat:
        lines.insert(index % len(lines), lines[index % len(lines)])
    kept = [line for index, line in enumerate(lines[: cut + 10]) if index not in drop]
    damaged = Document(name, "\n".join(kept))
    reading = read_document(damaged)
    stated = [value for record in reading.records for value in _texts(record.study)]
    for line in damaged.filled():
        if line.role is LineRole.FACT and reading.records:
            assert line.became, line
    unread = {line.stripped for line in damaged.unread()}
    assert unread <= {piece.strip() for value in stated for piece in value.splitlines()} or not reading.records


def _texts(study: Study) -> list[str]:
    return [text.text for text in study.catalog_section.unread]


@given(st.lists(st.sampled_from((FIXTURES / "compact.txt").read_text(encoding="utf-8").splitlines()), max_size=60))
def test_shuffled_lines_never_crash_a_reader(lines: list[str]) -> None:
    for reader in (LABELLED, COMPACT):
        shuffled = Document("page.txt", "\n".join(lines))
        try:
            records = reader.read(shuffled)
        except ReadError:
            continue
        assert msgspec.json.encode(records[0].study)
