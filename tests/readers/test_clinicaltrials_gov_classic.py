"""The classic page of ClinicalTrials.gov: what each of its designs states, and that damage is never misread."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model.catalog_section import CatalogSection
from generator.model.document import Document, LineRole
from generator.model.record import Record
from generator.model.study import ProtocolSection
from generator.readers.display_words import masking, phases, value_of
from generator.readers.layouts.clinicaltrials_gov_classic import READER
from generator.readers.layouts.clinicaltrials_gov_classic.page import Row
from generator.readers.layouts.clinicaltrials_gov_classic.places import Group, Site, find_commas_of_cities
from generator.readers.layouts.clinicaltrials_gov_classic.words import ages
from generator.readers.reader import ReadError
from generator.readers.registry_values import date

FIXTURES = Path(__file__).parent / "fixtures" / "clinicaltrials_gov_classic"
SEED = Path(__file__).parents[2] / "seeds" / "004_a8ff987fe1f28682.txt"
RECORDS = Path(__file__).parents[3] / "shared" / "data" / "layouts"
READABLE = (
    "pipe_tables.txt",
    "pipe_tables_terminated.txt",
    "headings.txt",
    "before_2018.txt",
    "results.txt",
    "tabular.txt",
    "tabular_pipes.txt",
    "results_pipes.txt",
    "results_before_2017.txt",
)


def load(name: str) -> Document:
    return Document(name, (FIXTURES / name).read_text(encoding="utf-8"))


def read(document: Document) -> Record:
    (record,) = READER.read(document)
    return record


def protocol(name: str) -> ProtocolSection:
    return read(load(name)).study.protocol_section


def plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def unread(document: Document) -> list[str]:
    read(document)
    return [line.stripped for line in document.unread()]


def catalog(name: str) -> CatalogSection:
    return read(load(name)).study.catalog_section


@pytest.mark.parametrize("name", [*READABLE, "without_number.txt"])
def test_every_design_is_recognised(name: str) -> None:
    assert READER.recognises(load(name))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hospital news\n\nOur trial NCT09990001 is Recruiting. See ClinicalTrials.gov Identifier: NCT09990001",
        '{"nctId": "NCT09990001", "note": "Recruitment Status : Unknown"}',
        "A trial\nRecruitment Status\nUNKNOWN\nNCT ID: NCT09990001\nLast Updated: 2019-10-25\nStudy Type: Drug",
    ],
)
def test_other_documents_are_not_recognised(text: str) -> None:
    assert not READER.recognises(Document("x.txt", text))


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("pipe_tables.txt", []),
        ("pipe_tables_terminated.txt", []),
        ("headings.txt", []),
        ("before_2018.txt", ["Endpoint Classification: Efficacy Study"]),
    ],
)
def test_all_lines_are_accounted_for(name: str, left: list[str]) -> None:
    assert unread(load(name)) == left


def test_head_of_the_page() -> None:
    document = load("pipe_tables.txt")
    record = read(document)
    identification = record.study.protocol_section.identification_module
    status = record.study.protocol_section.status_module
    assert record.id == "NCT09990001"
    assert identification.brief_title == "Nightly Lavender Lozenges for Sleepless Shift Workers"
    assert identification.acronym == "LULLABY"
    assert (status.overall_status, status.last_known_status) == ("UNKNOWN", "ACTIVE_NOT_RECRUITING")
    assert status.status_verified_date == "2021-03"
    assert plain(status.study_first_post_date_struct) == {"date": "2019-02-03"}
    assert record.study.has_results is False
    assert record.study.catalog_section.documents[0].as_of == "2021-03-09"


def test_values_lead_back_to_their_lines() -> None:
    document = load("pipe_tables.txt")
    sources = read(document).study.catalog_section.sources
    verified = sources["/protocolSection/statusModule/statusVerifiedDate"]
    assert [document.line(source.first_line).text[:8] for source in verified] == ["Verified", "Last Ver"]
    (acronym,) = sources["/protocolSection/identificationModule/acronym"]
    assert (acronym.first_line, acronym.how) == (1, "inferred")


def test_dates_keep_their_precision_and_type() -> None:
    status = protocol("pipe_tables.txt").status_module
    assert plain(status.start_date_struct) == {"date": "2019-03", "type": "ACTUAL"}
    assert plain(status.primary_completion_date_struct) == {"date": "2021-01-15", "type": "ACTUAL"}
    assert plain(status.completion_date_struct) == {"date": "2022", "type": "ESTIMATED"}
    assert plain(protocol("pipe_tables_terminated.txt").status_module.start_date_struct) == {"date": "2018-06"}


def test_design() -> None:
    design = protocol("pipe_tables.txt").design_module
    assert design.phases == ["PHASE1", "PHASE2"]
    assert plain(design.enrollment_info) == {"count": 1204, "type": "ACTUAL"}
    assert plain(design.design_info) == {
        "allocation": "RANDOMIZED",
        "interventionModel": "CROSSOVER",
        "primaryPurpose": "SUPPORTIVE_CARE",
        "maskingInfo": {"masking": "TRIPLE", "whoMasked": ["PARTICIPANT", "CARE_PROVIDER", "OUTCOMES_ASSESSOR"]},
    }


def test_a_cell_of_arms_is_told_by_its_first_line() -> None:
    arms = protocol("pipe_tables.txt").arms_interventions_module
    assert [(arm.label, arm.type, arm.intervention_names) for arm in arms.arm_groups] == [
        ("Lavender first", "EXPERIMENTAL", ["Dietary Supplement: Lavender lozenge"]),
        ("Nothing", "OTHER", []),
        ("Waiting list", "NO_INTERVENTION", []),
        ("Sugar first", "SHAM_COMPARATOR", ["Other: Sugar lozenge", "Dietary Supplement: Lavender lozenge"]),
    ]
    assert arms.arm_groups[0].description == "One lozenge before sleep.\n\nThen two weeks without."
    assert plain(arms.interventions[0]) == {
        "type": "DIETARY_SUPPLEMENT",
        "name": "Lavender lozenge",
        "description": "80 mg of oil",
        "armGroupLabels": ["Lavender first", "Sugar first"],
        "otherNames": ["LAV-80"],
    }


def test_interventions_of_one_name_get_no_description_that_could_belong_to_either() -> None:
    text = load("pipe_tables.txt").text.replace("Other: Sugar lozenge |", "Dietary Supplement: Lavender lozenge |")
    document = Document("twins.txt", text)
    twins = read(document).study.protocol_section.arms_interventions_module.interventions
    assert [(twin.name, twin.description) for twin in twins] == [("Lavender lozenge", None), ("Lavender lozenge", None)]
    assert "80 mg of oil" in [line.stripped for line in document.unread()]


def test_outcomes_without_their_border_have_no_type() -> None:
    section = catalog("pipe_tables.txt")
    assert plain(section.outcomes_without_type) == [
        {"measure": "Hours asleep", "timeFrame": "Week 2 [or earlier]", "description": "Measured with a wrist band."},
        {"measure": "Mood", "timeFrame": "Week 4", "description": "The scale has 10 items."},
    ]
    assert section.absences["/protocolSection/outcomesModule/primaryOutcomes"].reason == "lostByLayout"


def test_outcomes_under_their_headings_have_one() -> None:
    outcomes = protocol("headings.txt").outcomes_module
    assert [outcome.measure for outcome in outcomes.primary_outcomes] == ["Breath"]
    assert [outcome.measure for outcome in outcomes.secondary_outcomes] == ["Cough"]
    assert outcomes.primary_outcomes[0].description == "Volume in one second"


def test_eligibility() -> None:
    eligibility = protocol("pipe_tables.txt").eligibility_module
    assert eligibility.eligibility_criteria == (
        "Inclusion Criteria:\n\n* Works at night\n* Took part in NCT09990009\n\n"
        "Exclusion Criteria:\n\n* Allergy to lavender"
    )
    assert (eligibility.minimum_age, eligibility.maximum_age) == ("18 Years", "64 Years")
    assert eligibility.std_ages == ["ADULT"]
    assert (eligibility.sex, eligibility.healthy_volunteers) == ("FEMALE", True)


def test_another_trial_in_the_text_is_a_mention() -> None:
    (mention,) = catalog("pipe_tables.txt").mentions
    assert mention.id == "NCT09990009"


def test_people_and_places() -> None:
    places = protocol("pipe_tables.txt").contacts_locations_module
    assert plain(places.central_contacts) == [
        {
            "name": "Aino Virtanen, MD",
            "role": "CONTACT",
            "phone": "+358 40 000 0000",
            "phoneExt": "12",
            "email": "aino@example.org",
        },
        {"name": "Study Office", "role": "CONTACT", "email": "office@example.org"},
    ]
    assert plain(places.overall_officials) == [
        {"name": "Pekka Laine", "affiliation": "University of Oulu, Finland", "role": "STUDY_CHAIR"}
    ]
    assert plain(places.locations) == [
        {
            "facility": "Northern Sleep Hospital",
            "status": "RECRUITING",
            "city": "Oulu",
            "country": "Finland",
            "contacts": [{"name": "Aino Virtanen", "role": "PRINCIPAL_INVESTIGATOR"}],
        },
        {"facility": "Clinic of the Night", "city": "Nam-gu", "state": "Busan", "country": "Korea, Republic of"},
        {"facility": "House of Rest | Day Ward", "city": "Seoul", "country": "Korea, Republic of"},
    ]


def test_sites_grouped_by_state_have_postal_codes() -> None:
    (site,) = protocol("pipe_tables_terminated.txt").contacts_locations_module.locations
    assert plain(site) == {
        "facility": "Bakers' Hospital",
        "city": "Dayton",
        "state": "Ohio",
        "zip": "45402",
        "country": "United States",
    }


@pytest.mark.parametrize(
    ("texts", "with_comma"),
    [
        (["Kure, Hiroshima", "Kobe, Hyogo", "Okayama"], []),
        (["Bunkyo-ku, Tokyo", "Chiba-shi, Chiba", "Chiyoda-ku, Tokyo"], [0, 1, 2]),
        (["Nara, Aichi", "Kobe, Hyogo", "Osaka", "Tokyo, Chuo-ku"], [3]),
        (["Zeist, Utrecht", "Assen", "Delft, Holland", "Breda"], []),
    ],
)
def test_the_order_of_sites_tells_states_from_parts_of_cities(texts: list[str], with_comma: list[int]) -> None:
    row = Row(1, "")
    group = Group("Japan", None, [Site(row, row, "Japan", None, text, None) for text in texts])
    find_commas_of_cities(group)
    assert [index for index, site in enumerate(group.sites) if site.city_has_comma] == with_comma


@pytest.mark.parametrize(
    ("place", "city", "state"),
    [
        ("Nam-gu, Busan, Korea, Republic of", "Nam-gu", "Busan"),
        ("Old Harbour, Nam-gu, Busan, Korea, Republic of", "Old Harbour, Nam-gu", "Busan"),
        ("Nam-gu, Busan, City Of, Korea, Republic of", "Nam-gu", "Busan, City Of"),
    ],
)
def test_the_last_comma_parts_city_and_state(place: str, city: str, state: str) -> None:
    text = load("pipe_tables.txt").text.replace("Nam-gu, Busan, Korea, Republic of", place)
    site = read(Document("x.txt", text)).study.protocol_section.contacts_locations_module.locations[1]
    assert (site.city, site.state) == (city, state)


@pytest.mark.parametrize(
    ("place", "city", "state"), [("Tokyo, Chuo-ku", "Tokyo, Chuo-ku", None), ("Chuo-shi, Nashi", "Chuo-shi", "Nashi")]
)
def test_a_part_of_a_town_is_no_state(place: str, city: str, state: str | None) -> None:
    text = load("pipe_tables.txt").text.replace("Oulu, Finland |", f"{place}, Japan |")
    text = text.replace("\nFinland |", "\nJapan |")
    site = read(Document("x.txt", text)).study.protocol_section.contacts_locations_module.locations[0]
    assert (site.city, site.state, site.country) == (city, state, "Japan")


@pytest.mark.parametrize(
    ("title", "brief", "acronym"),
    [
        ("Songs Against Sleeplessness (SONG 2)", "Songs Against Sleeplessness", "SONG 2"),
        ("e-SONG: Songs Against Sleeplessness (WAVE II)", "e-SONG: Songs Against Sleeplessness (WAVE II)", None),
        ("SONG: Songs Against Sleeplessness (SONG)", "SONG: Songs Against Sleeplessness", "SONG"),
    ],
)
def test_what_stands_in_parentheses_behind_a_named_title_is_no_acronym(
    title: str, brief: str, acronym: str | None
) -> None:
    _, rest = load("pipe_tables.txt").text.split("\n", 1)
    identification = read(Document("x.txt", f"{title}\n{rest}")).study.protocol_section.identification_module
    assert (identification.brief_title, identification.acronym) == (brief, acronym)


def test_numbers_of_the_study() -> None:
    identification = protocol("pipe_tables.txt").identification_module
    assert plain(identification.org_study_id_info) == {"id": "NSH-2019-7"}
    assert plain(identification.secondary_id_infos) == [
        {"id": "2018-009999-11", "type": "EUDRACT_NUMBER"},
        {"id": "U1111-0000-0001", "type": "REGISTRY", "domain": "WHO"},
    ]


def test_a_label_without_a_value_is_stated_as_none() -> None:
    absence = catalog("pipe_tables.txt").absences["/protocolSection/oversightModule/isFdaRegulatedDevice"]
    assert absence.reason == "statedAsNone"
    assert protocol("pipe_tables.txt").oversight_module.is_fda_regulated_drug is False


def test_the_responsible_party_is_not_taken_for_the_sponsor() -> None:
    section = catalog("pipe_tables.txt")
    assert section.responsible_party == "Northern Sleep Hospital, Oulu, Finland"
    assert protocol("pipe_tables.txt").sponsor_collaborators_module.lead_sponsor is None
    assert section.absences["/protocolSection/sponsorCollaboratorsModule/leadSponsor"].reason == "lostByLayout"


def test_mesh_terms_stay_as_printed() -> None:
    assert catalog("pipe_tables.txt").mesh_terms == (
        "Sleep Wake Disorders Parasomnias\nMental Disorders Nervous System Diseases"
    )


def test_reason_for_stopping_and_status_below_their_label() -> None:
    record = read(load("pipe_tables_terminated.txt"))
    status = record.study.protocol_section.status_module
    assert (status.overall_status, status.why_stopped) == ("TERMINATED", "Too few bakers")
    assert record.study.has_results is True
    assert plain(status.results_first_post_date_struct) == {"date": "2020-06-30"}


def test_unlabelled_texts_are_told_by_their_place() -> None:
    document = load("pipe_tables_terminated.txt")
    record = read(document)
    description = record.study.protocol_section.description_module
    assert description.brief_summary == "Bakers lift heavy sacks.\n\nWhether this freezes their shoulders is not known."
    assert description.detailed_description == (
        "All bakers of one town are asked, whatever their age.\n\nQuestions are asked\n\n* once a year\n* by telephone"
    )
    sources = record.study.catalog_section.sources["/protocolSection/descriptionModule/briefSummary"]
    assert {source.how for source in sources} == {"inferred"}


def test_patient_registry() -> None:
    page = protocol("pipe_tables_terminated.txt")
    assert (page.design_module.study_type, page.design_module.patient_registry) == ("OBSERVATIONAL", True)
    assert [arm.label for arm in page.arms_interventions_module.arm_groups] == ["Bakers", "Others"]
    assert page.eligibility_module.sampling_method == "NON_PROBABILITY_SAMPLE"
    assert page.eligibility_module.std_ages == ["CHILD", "ADULT", "OLDER_ADULT"]


def test_plain_text_with_headings() -> None:
    page = protocol("headings.txt")
    assert page.description_module.brief_summary == "This study asks whether marble dust helps.\n\nIt does not ask why."
    assert page.description_module.detailed_description == (
        "Study design: dust is inhaled twice a day.\n\nMasking: nobody knows what is in the inhaler."
    )
    assert [sponsor.name for sponsor in page.sponsor_collaborators_module.collaborators] == [
        "Institute of Quarry Health"
    ]
    assert page.conditions_module.conditions == ["Statue Lung"]
    assert page.conditions_module.keywords == ["marble", "inhaler"]
    assert [item.description for item in page.arms_interventions_module.interventions] == ["10 mg", None]
    assert [(item.type, item.pmid) for item in page.references_module.references] == [("RESULT", "12345678")]


def test_a_sponsor_under_its_label_is_the_sponsor() -> None:
    text = load("headings.txt").text.replace("Sponsor:\n", "Sponsor:\nCarrara Medicines\n", 1)
    sponsors = read(Document("x.txt", text)).study.protocol_section.sponsor_collaborators_module
    assert plain(sponsors.lead_sponsor) == {"name": "Carrara Medicines"}


def test_the_design_before_2018() -> None:
    page = protocol("before_2018.txt")
    status = page.status_module
    assert (status.overall_status, status.why_stopped) == ("TERMINATED", "Futility")
    assert (status.study_first_submit_date, status.last_update_submit_date) == ("2009-10-01", "2014-11-14")
    assert plain(status.primary_completion_date_struct) == {"date": "2011-08"}
    assert page.identification_module.brief_title == "Feather Pillows in Hay Fever (FP-22-019)"
    assert page.identification_module.acronym is None
    assert page.conditions_module.conditions == ["Hay Fever"]
    assert [item.name for item in page.arms_interventions_module.interventions] == ["Feather pillow", "Foam pillow"]
    assert plain(page.design_module.enrollment_info) == {"count": 77}
    assert plain(page.outcomes_module.primary_outcomes) == [{"measure": "Sneezes per night", "timeFrame": "Week 4"}]
    assert page.eligibility_module.sex == "ALL"


def test_results_without_borders_are_left_unread_and_never_taken_for_the_protocol() -> None:
    document = load("results.txt")
    record = read(document)
    assert record.study.protocol_section.status_module.overall_status == "COMPLETED"
    assert record.study.protocol_section.design_module.study_type is None
    assert [line.text for line in document.unread()] == [
        "Wool Socks of wool",
        "Cotton Socks of cotton",
        "Wool Cotton",
        "STARTED 10 11",
        "COMPLETED 9 11",
        "Study Type: Observational",
    ]


def test_results_in_cells() -> None:
    document = load("results_pipes.txt")
    record = read(document)
    results = msgspec.to_builtins(record.study.results_section)
    assert record.study.has_results is True
    assert [line.text for line in document.unread()] == [
        "[1] One pair was lost in the wash.",
        "Responsible Party: | Sock Works |",
    ]
    flow = results["participantFlowModule"]
    assert [group["title"] for group in flow["groups"]] == ["Wool", "Cotton"]
    assert flow["groups"][0]["description"] == "Socks of wool\nworn at night"
    (period,) = flow["periods"]
    assert [one["type"] for one in period["milestones"]] == ["STARTED", "Socks worn once", "COMPLETED", "NOT COMPLETED"]
    assert period["dropWithdraws"] == [
        {
            "type": "Lost to Follow-up",
            "reasons": [{"groupId": "FG000", "numSubjects": "1"}, {"groupId": "FG001", "numSubjects": "0"}],
        }
    ]
    baseline = results["baselineCharacteristicsModule"]
    assert [one["value"] for one in baseline["denoms"][0]["counts"]] == ["10", "11", "21"]
    age, sex = baseline["measures"]
    assert (age["title"], age["paramType"], age["dispersionType"]) == ("Age, Continuous", "MEAN", "STANDARD_DEVIATION")
    assert age["classes"][0]["categories"][0]["measurements"][0] == {
        "groupId": "BG000",
        "value": "45.1",
        "spread": "3.2",
    }
    assert [one["title"] for one in sex["classes"][0]["categories"]] == ["Female", "Male"]
    first, second = results["outcomeMeasuresModule"]["outcomeMeasures"]
    assert (first["type"], first["title"], first["unitOfMeasure"]) == ("PRIMARY", "Warmth", "degrees Celsius")
    assert first["classes"][0]["categories"][0]["measurements"][1] == {
        "groupId": "OG001",
        "value": "29",
        "lowerLimit": "28",
        "upperLimit": "30",
    }
    assert first["analyses"] == [
        {
            "paramType": "Mean Difference (Final Values)",
            "paramValue": "2.0",
            "statisticalMethod": "ANCOVA",
            "pValue": "0.03",
            "ciNumSides": "TWO_SIDED",
            "ciPctValue": "95",
            "ciLowerLimit": "0.5",
            "ciUpperLimit": "3.5",
            "nonInferiorityType": "SUPERIORITY",
            "groupIds": ["OG000", "OG001"],
        }
    ]
    assert second == {"type": "SECONDARY", "title": "Holes", "timeFrame": "8 weeks"}
    events = results["adverseEventsModule"]
    assert (events["frequencyThreshold"], events["timeFrame"]) == ("5", "8 weeks")
    assert events["eventGroups"][0]["seriousNumAffected"] == 1
    (serious,) = events["seriousEvents"]
    assert serious == {
        "term": "Itching",
        "organSystem": "Skin disorders",
        "sourceVocabulary": "FootDRA 2",
        "assessmentType": "SYSTEMATIC_ASSESSMENT",
        "stats": [
            {"groupId": "EG000", "numEvents": 2, "numAffected": 1, "numAtRisk": 10},
            {"groupId": "EG001", "numEvents": 0, "numAffected": 0, "numAtRisk": 11},
        ],
    }
    assert [(one["term"], one["sourceVocabulary"]) for one in events["otherEvents"]] == [("Cold feet", "FootDRA 2")]
    assert results["moreInfoModule"] == {
        "limitationsAndCaveats": {"description": "Winter was mild."},
        "certainAgreement": {"piSponsorEmployee": False, "restrictiveAgreement": False},
        "pointOfContact": {
            "title": "Dr. Sock",
            "organization": "Sock Works",
            "email": "sock@socks.example",
            "phone": "555-0102",
        },
    }


def test_results_of_the_design_before_2017() -> None:
    document = load("results_before_2017.txt")
    results = msgspec.to_builtins(read(document).study.results_section)
    assert document.unread() == []
    (period,) = results["participantFlowModule"]["periods"]
    assert [one["type"] for one in period["dropWithdraws"]] == ["Adverse Event"]
    age, sex = results["baselineCharacteristicsModule"]["measures"]
    assert [group["title"] for group in results["baselineCharacteristicsModule"]["groups"]] == [
        "Wool",
        "Cotton",
        "Total",
    ]
    assert (age["title"], age["unitOfMeasure"], age["paramType"]) == ("Age", "Years", "MEAN")
    assert [one["title"] for one in sex["classes"][0]["categories"]] == ["Female", "Male"]
    (outcome,) = results["outcomeMeasuresModule"]["outcomeMeasures"]
    assert (outcome["type"], outcome["title"], outcome["dispersionType"]) == ("PRIMARY", "Warmth", "STANDARD_ERROR")


def test_a_row_with_more_cells_than_groups_is_left_unread() -> None:
    text = load("results_pipes.txt").text.replace("Completed | 9 | 11 |", "Completed | 9 | 11 | 20 |")
    document = Document("x.txt", text)
    read(document)
    assert "Completed | 9 | 11 | 20 |" in [line.text for line in document.unread()]


def test_the_tabular_view() -> None:
    document = load("tabular.txt")
    record = read(document)
    protocol = record.study.protocol_section
    status = protocol.status_module
    assert (status.overall_status, status.why_stopped) == ("WITHDRAWN", "No warm weather")
    assert plain(status.start_date_struct) == {"date": "2008-01", "type": "ACTUAL"}
    assert plain(status.primary_completion_date_struct) == {"date": "2009-06-30", "type": "ESTIMATED"}
    assert (status.study_first_submit_date, status.status_verified_date) == ("2007-12-10", "2010-07")
    assert plain(protocol.outcomes_module.primary_outcomes) == [
        {"measure": "Temperature of the guest", "timeFrame": "16 weeks", "description": "Taken behind the ear."}
    ]
    assert [one.measure for one in protocol.outcomes_module.secondary_outcomes] == ["Spoons used", "Second helpings"]
    assert protocol.description_module.brief_summary == (
        "Soup is usually warm. Study Design of earlier trials was poor.\n\n"
        "Condition reports of guests are awaited (see NCT09990001)."
    )
    assert protocol.description_module.detailed_description == (
        "Guests are seated.\n\n* Cold guests first\n* Warm guests last"
    )
    design = protocol.design_module
    assert (design.study_type, design.phases) == ("INTERVENTIONAL", ["PHASE2", "PHASE3"])
    assert design.design_info is not None
    assert plain(design.design_info) == {
        "allocation": "RANDOMIZED",
        "interventionModel": "PARALLEL",
        "primaryPurpose": "SUPPORTIVE_CARE",
        "maskingInfo": {
            "masking": "DOUBLE",
            "maskingDescription": "Bowls have lids.",
            "whoMasked": ["PARTICIPANT", "OUTCOMES_ASSESSOR"],
        },
    }
    assert plain(design.enrollment_info) == {"count": 0, "type": "ACTUAL"}
    assert protocol.conditions_module.conditions == ["Heat", "Summer Fatigue"]
    soup, other = protocol.arms_interventions_module.interventions
    assert plain(soup) == {
        "type": "DIETARY_SUPPLEMENT",
        "name": "Cold soup",
        "description": "Cucumber, 300 ml",
        "armGroupLabels": ["Cold"],
        "otherNames": ["Gazpacho", "Tarator"],
    }
    assert other.name == "Warm soup"
    assert [arm.type for arm in protocol.arms_interventions_module.arm_groups] == ["EXPERIMENTAL", "ACTIVE_COMPARATOR"]
    eligibility = protocol.eligibility_module
    assert (eligibility.sex, eligibility.minimum_age, eligibility.maximum_age) == ("ALL", "18 Years", "65 Years")
    assert eligibility.healthy_volunteers is True
    first, second = protocol.contacts_locations_module.central_contacts
    assert (first.name, first.phone, first.phone_ext, first.email) == (
        "Jane Doe, MD",
        "+1 555 0100",
        "3",
        "jane@soup.example",
    )
    assert second.name == "Soup Line"
    assert plain(protocol.contacts_locations_module.overall_officials) == [
        {"name": "Jane Doe, MD", "affiliation": "Soup Board", "role": "PRINCIPAL_INVESTIGATOR"}
    ]
    assert record.study.catalog_section.countries == ["France", "Korea, Republic of", "Spain"]
    assert [one.id for one in protocol.identification_module.secondary_id_infos] == ["2007-001234-56"]
    assert protocol.ipd_sharing_statement_module.info_types == ["STUDY_PROTOCOL"]
    assert protocol.sponsor_collaborators_module.lead_sponsor is not None
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "Soup Board"
    kept = record.study.catalog_section.registry_fields
    assert kept["Original Primary Outcome Measures"] == "Temperature [ Time Frame: 12 weeks ]"
    assert kept["Original Estimated Enrollment"] == "120"
    assert record.study.catalog_section.contradictions == []
    assert [line.text for line in document.unread()] == ["- Contentment"]


def test_the_tabular_view_in_cells() -> None:
    document = load("tabular_pipes.txt")
    record = read(document)
    protocol = record.study.protocol_section
    assert (protocol.identification_module.brief_title, protocol.identification_module.acronym) == (
        "Bells Against Sleep",
        "BELLS",
    )
    assert protocol.outcomes_module.primary_outcomes[0].description == (
        "By the clock of the tower.\n\nSeconds are not counted."
    )
    assert protocol.description_module.brief_summary == "Bells ring.\n\nNobody sleeps."
    assert plain(protocol.design_module.bio_spec) == {"retention": "SAMPLES_WITHOUT_DNA", "description": "Saliva"}
    assert [arm.label for arm in protocol.arms_interventions_module.arm_groups] == ["Ringers"]
    assert [one.email for one in protocol.contacts_locations_module.central_contacts] == ["tom@bells.example"]
    assert protocol.ipd_sharing_statement_module.ipd_sharing == "NO"
    absences = record.study.catalog_section.absences
    assert absences["/protocolSection/identificationModule/officialTitle"].reason == "statedAsNone"
    assert [line.number for line in document.unread()] == [48]


def test_a_page_without_a_number_says_what_to_do() -> None:
    with pytest.raises(ReadError, match="names no NCT number") as caught:
        READER.read(load("without_number.txt"))
    assert caught.value.line == 1


def test_two_numbers_on_one_page_are_shown_side_by_side() -> None:
    text = load("pipe_tables.txt").text.replace(
        "ClinicalTrials.gov Identifier: | NCT09990001 |", "ClinicalTrials.gov Identifier: | NCT09990008 |"
    )
    record = read(Document("x.txt", text))
    assert record.id == "NCT09990001"
    (contradiction,) = record.study.catalog_section.contradictions
    assert contradiction.pointer == "/protocolSection/identificationModule/nctId"
    assert [statement.value for statement in contradiction.statements] == ["NCT09990001", "NCT09990008"]
    assert [statement.sources[0].first_line for statement in contradiction.statements] == [4, 80]


def test_unknown_words_of_an_enumeration_are_kept() -> None:
    text = load("pipe_tables.txt").text.replace("Recruitment Status : Unknown", "Recruitment Status : On hold")
    assert read(Document("x.txt", text)).study.protocol_section.status_module.overall_status == "ON_HOLD"


def test_text_that_ran_into_a_value_is_not_a_value() -> None:
    text = load("pipe_tables.txt").text.replace(
        "Allocation: | Randomized |", "Allocation: | Randomized Endpoint Classification: Safety Study |"
    )
    document = Document("x.txt", text)
    info = read(document).study.protocol_section.design_module.design_info
    assert info is not None
    assert info.allocation is None
    assert [line.text[:11] for line in document.unread()] == ["Allocation:"]


def test_words() -> None:
    assert phases("Phase 2/Phase 3") == ["PHASE2", "PHASE3"]
    assert phases("Early Phase 1") == ["EARLY_PHASE1"]
    assert phases("N/A") == ["NA"]
    assert masking("None (Open Label)") == ("NONE", [])
    assert masking("Double Blind (Subject, Caregiver)") == ("DOUBLE", ["PARTICIPANT", "CARE_PROVIDER"])
    assert value_of("primaryPurpose", "Basic science") == "BASIC_SCIENCE"
    assert date("August 30, 2016") == "2016-08-30"
    assert date("February 31, 2016") is None
    assert date("soon") is None
    assert ages("up to 6 Months   (Child)") == (None, "6 Months", ["CHILD"])
    assert ages("18 Years and wiser") is None


def test_the_seed_is_read_whole() -> None:
    document = Document(SEED.name, SEED.read_text(encoding="utf-8"))
    record = read(document)
    assert document.unread() == []
    assert record.id == "NCT02883803"
    assert len(record.study.catalog_section.outcomes_without_type) == 8
    assert record.study.catalog_section.responsible_party == "Central Hospital, Nancy, France"
    assert [
        (site.city, [(person.name, person.role) for person in site.contacts])
        for site in record.study.protocol_section.contacts_locations_module.locations
    ] == [
        ("Dijon", [("Pierre-Emmanuel Charles", "SUB_INVESTIGATOR")]),
        ("Nancy", [("Sébastien GIBOT", "PRINCIPAL_INVESTIGATOR")]),
        ("Strasbourg", []),
        ("Vandoeuvre-les-Nancy", [("Danièle Bensoussan", "SUB_INVESTIGATOR"), ("Véronique Decot", "SUB_INVESTIGATOR")]),
    ]


@st.composite
def damaged_pages(draw: st.DrawFn) -> str:
    """A page with lines dropped, repeated, moved or cut."""
    lines = load(draw(st.sampled_from(READABLE))).text.splitlines()
    for _ in range(draw(st.integers(1, 6))):
        if not lines:
            break
        kind = draw(st.sampled_from(("drop", "repeat", "swap", "truncate", "cut", "shuffle")))
        index = draw(st.integers(0, len(lines) - 1))
        other = draw(st.integers(0, len(lines) - 1))
        if kind == "drop":
            del lines[index]
        elif kind == "repeat":
            lines.insert(other, lines[index])
        elif kind == "swap":
            lines[index], lines[other] = lines[other], lines[index]
        elif kind == "truncate":
            del lines[index:]
        elif kind == "cut":
            lines[index] = lines[index][: draw(st.integers(0, len(lines[index])))]
        else:
            low, high = sorted((index, other))
            lines[low:high] = draw(st.permutations(lines[low:high]))
    return "\n".join(lines)


@given(damaged_pages())
@settings(max_examples=150, deadline=None)
def test_damage_never_crashes_the_reader_and_loses_no_line(text: str) -> None:
    document = Document("damaged.txt", text)
    try:
        record = read(document)
    except ReadError:
        return
    assert record.id.startswith("NCT")
    for line in document.lines:
        assert (line.role is LineRole.BLANK) == (line.stripped == "")
        if line.role not in (LineRole.UNREAD, LineRole.BLANK):
            assert line.became
    msgspec.convert(msgspec.to_builtins(record.study), type(record.study))


@pytest.mark.records
def test_printed_records_give_back_what_they_were_printed_from() -> None:
    if not (RECORDS / "classic").is_dir():
        pytest.skip("the printed records are not beside the project (../shared/data/layouts)")
    paths = sorted((RECORDS / "classic").glob("*.txt"))
    assert paths
    left = 0
    for path in paths:
        document = Document(path.name, path.read_text(encoding="utf-8"))
        assert READER.recognises(document)
        page = read(document).study.protocol_section
        left += len(document.unread())
        truth = json.loads((RECORDS / "record" / f"{path.stem}.json").read_text(encoding="utf-8"))["protocolSection"]
        assert page.identification_module.nct_id == path.stem
        status = truth["statusModule"]
        assert page.status_module.overall_status == status["overallStatus"]
        assert page.status_module.status_verified_date == status["statusVerifiedDate"]
        assert page.design_module.phases == truth["designModule"].get("phases", [])
        assert [arm.label for arm in page.arms_interventions_module.arm_groups] == [
            arm["label"] for arm in truth.get("armsInterventionsModule", {}).get("armGroups", [])
        ]
        sites = truth.get("contactsLocationsModule", {}).get("locations", [])
        found = sorted((site.facility or "", site.country or "") for site in page.contacts_locations_module.locations)
        assert found == sorted((site.get("facility", ""), site.get("country", "")) for site in sites)
    assert left <= len(paths) // 4
