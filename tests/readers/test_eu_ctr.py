from pathlib import Path

import pytest

from generator.model.document import Document, LineRole
from generator.model.record import Record
from generator.readers.layouts.eu_ctr import READER
from generator.readers.reader import ReadError

DOWNLOAD = Path(__file__).parents[2] / ".." / "shared" / "data" / "euctr" / "euctr-download.txt"

INTRODUCTION = (
    "This file contains full details on each clinical trial selected for download. Where multi-state trials have been "
    "downloaded full information for each of the member states/countries involved in the trial are included "
    "separately.\n\n"
)


def section(
    code: str = "FR",
    country: str = "France - ANSM",
    number: str = "2019-009999-12",
    date: str = "2019-05-02",
    **changes: str,
) -> str:
    values = {
        "status": "Ongoing",
        "sponsor": "Lamp Hospital",
        "count": "40",
        "criteria": "1. Afraid of the dark\n\n2. E.5 lamps at home\nE.1 is no label here",
        "product": "Lampixin",
        "female": "Yes",
        "title": "Lamps against the dark, a phase II trial",
        **changes,
    }
    return f"""Summary
EudraCT Number: {number}
Sponsor's Protocol Code Number: LAMP-2
National Competent Authority: {country}
Clinical Trial Type: EEA CTA
Trial Status: {values["status"]}
Date on which this record was first entered in the EudraCT database: {date}
Link: https://www.clinicaltrialsregister.eu/ctr-search/trial/{number}/{code}/

A. Protocol Information
A.1 Member State Concerned: {country}
A.2 EudraCT number: {number}
A.3 Full title of the trial: {values["title"]}
A.3 Full title of the trial (fr): Lampes
A.3.1 Title of the trial for lay people, in easily understood, i.e. non-technical, language: Lamps
A.3.2 Name or abbreviated title of the trial where available: LAMPS
A.4.1 Sponsor's protocol code number: LAMP-2
A.5.2 US NCT (ClinicalTrials.gov registry) number: NCT09990001
A.8 EMA Decision number of Paediatric Investigation Plan:

B. Sponsor Information
Sponsor 1
B.1.1 Name of Sponsor: {values["sponsor"]}
B.1.3.4\tCountry: France
B.3.1 and B.3.2\tStatus of the sponsor: Commercial
B.4 Source(s) of Monetary or Material Support for the clinical trial:
B.4.1 Name of organisation providing support: Oil Fund
B.5 Contact point designated by the sponsor for further information on the trial
B.5.2 Functional name of contact point: Lamp desk
B.5.6 E-mail: desk@example.org

D. IMP Identification
D.IMP: 1
D.1.2 and D.1.3 IMP Role: Test
D.3.1 Product name: {values["product"]}
D.3.7 Routes of administration for this IMP:
Oral use
D.3.8 INN - Proposed INN: LAMPIXINUM
D.3.11.1 Active substance of chemical origin: Yes
D.3.11.2 Active substance of biological/ biotechnological origin (other than Advanced Therapy IMP (ATIMP): No
D.IMP: 2
D.3.1 Product name: Wickol

D.8 Information on Placebo
D.8 Placebo: 1
D.8.1 Is a Placebo used in this Trial? Yes

E. General Information on the Trial
E.1 Medical condition or disease under investigation
E.1.1 Medical condition(s) being investigated: Fear of the dark
MedDRA Classification
E.1.2 Medical condition or disease under investigation:
E.1.2 Term: Fear
E.1.2 Medical condition or disease under investigation:
E.1.2 Term: Dark
E.2.1 Main objective of the trial: To see
E.3 Principal inclusion criteria: {values["criteria"]}
E.4 Principal exclusion criteria: Blind
E.5.1 Primary end point(s): Hours
of sleep
E.5.1.1 Timepoint(s) of evaluation of this end point: Week 4
E.7.1 Human pharmacology (Phase I): No
E.7.2 Therapeutic exploratory (Phase II): Yes
E.8.1.1 Randomised: Yes
E.8.1.2 Open: No
E.8.1.4 Double blind: Yes
E.8.1.7 Other: Information not present in EudraCT
E.8.3 The trial involves single site in the Member State concerned: Yes
E.8.6.3 If E.8.6.1 or E.8.6.2 are Yes, specify the regions in which trial sites are planned:
Japan
France
E.8.7 Trial has a data monitoring committee: Yes

F. Population of Trial Subjects
F.1.1 Trial has subjects under 18: No
F.1.2 Adults (18-64 years): Yes
F.2.1 Female: {values["female"]}
F.2.2 Male: Yes
F.3.1 Healthy volunteers: No
F.4.2.2 In the whole clinical trial: {values["count"]}

N. Review by the Competent Authority or Ethics Committee in the country concerned
N. Competent Authority Decision: Authorised
N. Ethics Committee Opinion: Reason(s) for unfavourable opinion:

P. End of Trial
P. End of Trial Status: Ongoing

"""


def read(text: str) -> tuple[Document, list[Record]]:
    document = Document("trials.txt", text)
    assert READER.recognises(document)
    return document, READER.read(document)


def one(text: str) -> Record:
    (record,) = read(text)[1]
    return record


def test_a_member_states_record_is_read() -> None:
    document, (record,) = read(INTRODUCTION + section())
    protocol = record.study.protocol_section
    identification = protocol.identification_module
    assert record.id == "2019-009999-12"
    assert [(info.id, info.type, info.domain) for info in identification.secondary_id_infos] == [
        ("2019-009999-12", "EUDRACT_NUMBER", None),
        ("NCT09990001", "REGISTRY", "ClinicalTrials.gov"),
    ]
    assert (identification.brief_title, identification.acronym) == ("Lamps", "LAMPS")
    assert identification.official_title == "Lamps against the dark, a phase II trial"
    assert identification.org_study_id_info is not None
    assert identification.org_study_id_info.id == "LAMP-2"
    assert protocol.status_module.overall_status == "ONGOING"
    assert protocol.status_module.study_first_submit_date == "2019-05-02"
    sponsors = protocol.sponsor_collaborators_module
    assert sponsors.lead_sponsor is not None
    assert (sponsors.lead_sponsor.name, sponsors.lead_sponsor.class_) == ("Lamp Hospital", "INDUSTRY")
    assert [sponsor.name for sponsor in sponsors.collaborators] == ["Oil Fund"]
    assert [(it.type, it.name, it.other_names) for it in protocol.arms_interventions_module.interventions] == [
        ("DRUG", "Lampixin", ["LAMPIXINUM"]),
        (None, "Wickol", []),
        (None, "Placebo", []),
    ]
    assert protocol.conditions_module.conditions == ["Fear of the dark"]
    (outcome,) = protocol.outcomes_module.primary_outcomes
    assert (outcome.measure, outcome.time_frame) == ("Hours\nof sleep", "Week 4")
    assert protocol.design_module.phases == ["PHASE2"]
    design = protocol.design_module.design_info
    assert design is not None
    assert design.allocation == "RANDOMIZED"
    assert design.masking_info is not None
    assert design.masking_info.masking == "DOUBLE"
    assert protocol.design_module.enrollment_info is not None
    assert (protocol.design_module.enrollment_info.count, protocol.design_module.enrollment_info.type) == (
        40,
        "ESTIMATED",
    )
    eligibility = protocol.eligibility_module
    assert (eligibility.sex, eligibility.std_ages, eligibility.healthy_volunteers) == ("ALL", ["ADULT"], False)
    assert protocol.oversight_module.oversight_has_dmc is True
    section_ = record.study.catalog_section
    assert section_.countries == ["France", "Japan"]
    assert section_.objectives == ["To see"]
    assert section_.contradictions == []
    assert section_.registry_fields["A.3 Full title of the trial (fr)"] == "Lampes"
    assert section_.registry_fields["D.IMP 1 / D.3.7 Routes of administration for this IMP"] == "Oral use"
    assert section_.registry_fields["E.1.2 Term"] == "Fear\nDark"
    assert section_.registry_fields["N. Competent Authority Decision [FR]"] == "Authorised"
    assert document.unread() == []


def test_text_that_looks_like_a_label_stays_text() -> None:
    criteria = one(section()).study.protocol_section.eligibility_module.eligibility_criteria
    assert criteria == (
        "Inclusion Criteria:\n\n1. Afraid of the dark\n\n2. E.5 lamps at home\nE.1 is no label here\n\n"
        "Exclusion Criteria:\n\nBlind"
    )


def test_member_states_that_agree_are_sources_of_one_value() -> None:
    record = one(section() + section("ES", "Spain - AEMPS", date="2019-04-01"))
    sources = record.study.catalog_section.sources
    assert [source.place for source in sources["/protocolSection/identificationModule/officialTitle"]] == [
        "FR: A.3 Full title of the trial",
        "ES: A.3 Full title of the trial",
    ]
    assert record.study.catalog_section.contradictions == []
    assert record.study.catalog_section.countries == ["France", "Spain", "Japan"]
    assert record.study.protocol_section.status_module.study_first_submit_date == "2019-04-01"
    assert record.study.catalog_section.registry_fields["P. End of Trial Status [ES]"] == "Ongoing"
    assert len(record.study.protocol_section.arms_interventions_module.interventions) == 3


def test_member_states_that_differ_stand_side_by_side() -> None:
    document, (record,) = read(
        section() + section("ES", "Spain - AEMPS", count="41", sponsor="Lamp Hosp.", female="No", status="Completed")
    )
    contradictions = {one.pointer: one for one in record.study.catalog_section.contradictions}
    assert set(contradictions) == {
        "/protocolSection/statusModule/overallStatus",
        "/protocolSection/sponsorCollaboratorsModule/leadSponsor/name",
        "/protocolSection/designModule/enrollmentInfo/count",
        "/protocolSection/eligibilityModule/sex",
    }
    first, second = contradictions["/protocolSection/designModule/enrollmentInfo/count"].statements
    assert (first.value, second.value) == ("40", "41")
    (source,) = second.sources
    assert document.line(source.first_line).text == "F.4.2.2 In the whole clinical trial: 41"
    assert record.study.protocol_section.eligibility_module.sex == "ALL"
    assert document.unread() == []


def test_two_trials_in_one_download_are_two_records() -> None:
    records = read(section() + section(number="2019-009998-11") + section("ES", "Spain - AEMPS"))[1]
    assert [record.id for record in records] == ["2019-009999-12", "2019-009998-11"]


def test_every_line_is_accounted_for() -> None:
    document, _ = read(INTRODUCTION + section())
    assert document.line(1).role is LineRole.BOILERPLATE
    assert {line.role for line in document.lines} == {
        LineRole.BOILERPLATE,
        LineRole.BLANK,
        LineRole.FACT,
        LineRole.HEADING,
    }


@pytest.mark.parametrize(
    "text",
    [
        section() + "A line of nobody\n",
        section().replace("Clinical Trial Type: EEA CTA", "A line of nobody"),
        section().replace("E.8.1.2 Open", "A line of nobody\nE.8.1.2 Open"),
    ],
)
def test_a_line_that_continues_nothing_stays_unread(text: str) -> None:
    document, (record,) = read(text)
    assert [line.text for line in document.unread()] == ["A line of nobody"]
    assert record.study.protocol_section.design_module.phases == ["PHASE2"]


def test_values_stand_on_the_lines_that_they_name() -> None:
    document, (record,) = read(section())
    for pointer, sources in record.study.catalog_section.sources.items():
        for source in sources:
            code = (source.place or "").rpartition(": ")[2].rpartition(" / ")[2].split(" ")[0]
            if "." in code:
                assert document.line(source.first_line).text.startswith((code, "Japan", "France")), pointer


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (section(number="unknown"), "no-number", 1),
        (
            section().replace("A.2 EudraCT number: 2019-009999-12", "A.2 EudraCT number: 2019-009998-11"),
            "two-numbers",
            12,
        ),
    ],
)
def test_a_section_that_is_about_no_trial_is_refused(text: str, code: str, line: int) -> None:
    with pytest.raises(ReadError) as error:
        read(text)
    assert (error.value.code, error.value.line) == (code, line)


@pytest.mark.parametrize(
    "text", ["", "Summary\nof a trial", "EudraCT Number: 2019-009999-12", "x\nSummary\nEudraCT Number: 1"]
)
def test_other_documents_are_not_taken(text: str) -> None:
    assert not READER.recognises(Document("d", text))


@pytest.mark.records
@pytest.mark.skipif(not DOWNLOAD.exists(), reason="the real EU Clinical Trials Register download is not here")
def test_a_real_download_is_two_trials_without_an_unread_line() -> None:
    document, records = read(DOWNLOAD.read_text("utf-8"))
    assert len(records) == 2
    assert document.unread() == []
    for record in records:
        protocol = record.study.protocol_section
        assert protocol.identification_module.official_title
        assert protocol.design_module.phases
        assert protocol.eligibility_module.sex == "ALL"
        assert len(record.study.catalog_section.countries) > 5
