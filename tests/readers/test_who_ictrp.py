import csv
import io
from html import escape
from pathlib import Path

import pytest

from generator.model.document import Document
from generator.model.record import Record
from generator.model.registry_numbers import recognise
from generator.readers.layouts.who_ictrp import CSV_READER, XML_READER
from generator.readers.layouts.who_ictrp.rows import numbered_items
from generator.readers.reader import ReadError
from generator.studies.flags import flags_of

EXPORT = Path(__file__).parents[2] / ".." / "shared" / "data" / "ictrp" / "ICTRP-Results_18Mar2020.xml"

CHINESE = {
    "TrialID": "ChiCTR2900000001",
    "Last_Refreshed_on": "17 February 2029",
    "Public_title": "Lamps against the dark",
    "Scientific_title": "Lamps against the dark, a randomised trial" + " " * 500,
    "Primary_sponsor": "First Hospital of Lamp Town",
    "Date_registration": "2029-02-16",
    "Date_registration3": "20290216",
    "Export_date": "3/18/2029 6:53:35 PM",
    "Source_Register": "ChiCTR",
    "web_address": "http://www.example.org/lamps",
    "Recruitment_Status": "Not Recruiting",
    "Inclusion_agemin": "18",
    "Inclusion_agemax": "??",
    "Inclusion_gender": "Both",
    "Date_enrollement": "2029-03-01",
    "Target_size": "Lamp group:30;Dark group:31;",
    "Study_type": "Interventional study",
    "Study_design": "Parallel",
    "Phase": "0",
    "Countries": "China",
    "Contact_Firstname": "Lin Deng",
    "Contact_Address": "1 Lamp Street",
    "Contact_Email": "lin@example.org",
    "Contact_Tel": "+86 1",
    "Inclusion_Criteria": "Inclusion criteria: 1. Afraid of the dark;\n<br>2. Aged 18 &amp; older.",
    "Exclusion_Criteria": "Exclusion criteria: none",
    "Condition": "Fear of the dark; Night terrors (all; mild)",
    "Intervention": "Lamp group:Lamp&#32;10 lux;Dark group:none;",
    "Primary_outcome": "Sleep;Fear;",
}

AMERICAN = {
    "TrialID": "NCT09990001",
    "Public_title": "Lamps II",
    "Primary_sponsor": "Lamp Institute",
    "Date_registration": "05/02/2029",
    "Date_registration3": "20290205",
    "Source_Register": "ClinicalTrials.gov",
    "web_address": "https://example.org/NCT09990001",
    "Recruitment_Status": "Recruiting",
    "Inclusion_agemin": "6 Months",
    "Inclusion_agemax": "N/A",
    "Inclusion_gender": "Female",
    "Date_enrollement": "03/04/2029",
    "Target_size": "100",
    "Study_type": "Observational [Patient Registry]",
    "Study_design": "Allocation: Randomized. Intervention model: Parallel Assignment. Primary purpose: Treatment. "
    "Masking: Double (Participant, Investigator).",
    "Phase": "Phase 2/Phase 3",
    "Countries": "France;Korea, Republic of;France",
    "Contact_Firstname": "; ;",
    "Contact_Lastname": "A. Lamp, MD;A. Lamp, MD;B. Wick",
    "Contact_Email": ";a@example.org;b@example.org",
    "Contact_Tel": ";+1;+2",
    "Condition": "Fear",
    "Intervention": "Drug: Lampixin;Device: Lamp; large;Other: Talk",
    "Primary_outcome": "Fear",
    "Secondary_ID": "2019-009999-12; LAMP-2",
}


ENTITY = "<Trials_downloaded_from_ICTRP><Trial><TrialID>&b;</TrialID></Trial></Trials_downloaded_from_ICTRP>"
BOMB = '<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'


def xml(*trials: dict[str, str]) -> Document:
    parts = [
        "<Trial>\n"
        + "".join(f"    <{name}>{escape(value)}</{name}>\n" for name, value in trial.items())
        + "  </Trial>\n"
        for trial in trials
    ]
    return Document(
        "export.xml",
        "<?xml version='1.0' encoding='UTF-8' ?><Trials_downloaded_from_ICTRP>\n  "
        + "".join(parts)
        + "</Trials_downloaded_from_ICTRP>",
    )


def table(*trials: dict[str, str], delimiter: str = ",") -> Document:
    names = list(dict.fromkeys(name for trial in trials for name in trial))
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow([name.replace("_", " ") for name in names])
    writer.writerows([[trial.get(name, "") for name in names] for trial in trials])
    return Document("export.csv", out.getvalue())


def read(document: Document) -> list[Record]:
    reader = XML_READER if document.text.lstrip("\ufeff").startswith("<") else CSV_READER
    other = CSV_READER if reader is XML_READER else XML_READER
    assert reader.recognises(document)
    assert not other.recognises(document)
    return reader.read(document)


@pytest.mark.parametrize("document", [xml(CHINESE), table(CHINESE)], ids=["xml", "csv"])
def test_a_trial_has_its_own_registrys_number_and_all_that_is_stated(document: Document) -> None:
    (record,) = read(document)
    protocol = record.study.protocol_section
    section = record.study.catalog_section
    assert record.id == "ChiCTR2900000001"
    assert protocol.identification_module.nct_id is None
    (own,) = protocol.identification_module.secondary_id_infos
    assert (own.id, own.type, own.domain, own.link) == (
        "ChiCTR2900000001",
        "REGISTRY",
        "ChiCTR",
        "http://www.example.org/lamps",
    )
    assert protocol.identification_module.brief_title == "Lamps against the dark"
    assert protocol.identification_module.official_title == "Lamps against the dark, a randomised trial"
    assert protocol.status_module.overall_status == "NOT_RECRUITING"
    assert protocol.status_module.study_first_submit_date == "2029-02-16"
    assert protocol.sponsor_collaborators_module.lead_sponsor is not None
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "First Hospital of Lamp Town"
    assert protocol.design_module.phases == ["0"]
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.count == 61
    assert protocol.design_module.design_info is not None
    assert protocol.design_module.design_info.intervention_model == "PARALLEL"
    assert protocol.eligibility_module.minimum_age == "18 Years"
    assert protocol.eligibility_module.maximum_age is None
    assert protocol.eligibility_module.sex == "ALL"
    assert protocol.eligibility_module.eligibility_criteria == (
        "Inclusion Criteria:\n\n1. Afraid of the dark;\n2. Aged 18 & older.\n\nExclusion Criteria:\n\nnone"
    )
    assert protocol.conditions_module.conditions == ["Fear of the dark", "Night terrors (all; mild)"]
    assert [(group.label, group.description) for group in protocol.arms_interventions_module.arm_groups] == [
        ("Lamp group", "Lamp 10 lux"),
        ("Dark group", "none"),
    ]
    (intervention,) = protocol.arms_interventions_module.interventions
    assert (intervention.name, intervention.arm_group_labels) == ("Lamp 10 lux", ["Lamp group"])
    assert [outcome.measure for outcome in protocol.outcomes_module.primary_outcomes] == ["Sleep", "Fear"]
    (contact,) = protocol.contacts_locations_module.central_contacts
    assert (contact.name, contact.phone, contact.email) == ("Lin Deng", "+86 1", "lin@example.org")
    assert protocol.contacts_locations_module.locations == []
    assert section.countries == ["China"]
    assert section.documents[0].as_of == "2029-02-17"
    kept = {name.replace(" ", "_") for name in section.registry_fields}
    assert {"Inclusion_agemax", "Contact_Address", "Export_date", "Last_Refreshed_on", "Target_size"} <= kept


def test_what_follows_by_a_rule_says_so() -> None:
    (record,) = read(xml(CHINESE))
    sources = record.study.catalog_section.sources
    (count,) = sources["/protocolSection/designModule/enrollmentInfo/count"]
    assert count.how == "inferred"
    assert count.note is not None
    assert "30 + 31" in str(count.note)
    (minimum,) = sources["/protocolSection/eligibilityModule/minimumAge"]
    assert minimum.how == "inferred"


def test_a_trial_of_clinicaltrials_gov_reads_its_lists_and_designs() -> None:
    (record,) = read(xml(AMERICAN))
    protocol = record.study.protocol_section
    assert record.id == protocol.identification_module.nct_id == "NCT09990001"
    assert [(info.id, info.type) for info in protocol.identification_module.secondary_id_infos] == [
        ("2019-009999-12", "EUDRACT_NUMBER"),
        ("LAMP-2", None),
    ]
    assert protocol.design_module.phases == ["PHASE2", "PHASE3"]
    assert protocol.design_module.study_type == "OBSERVATIONAL"
    assert protocol.design_module.patient_registry is True
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.type is None
    design = protocol.design_module.design_info
    assert design is not None
    assert (design.allocation, design.intervention_model, design.primary_purpose) == (
        "RANDOMIZED",
        "PARALLEL",
        "TREATMENT",
    )
    assert design.masking_info is not None
    assert (design.masking_info.masking, design.masking_info.who_masked) == ("DOUBLE", ["PARTICIPANT", "INVESTIGATOR"])
    assert [(one.type, one.name) for one in protocol.arms_interventions_module.interventions] == [
        ("DRUG", "Lampixin"),
        ("DEVICE", "Lamp; large"),
        ("OTHER", "Talk"),
    ]
    assert [(one.name, one.phone, one.email) for one in protocol.contacts_locations_module.central_contacts] == [
        ("A. Lamp, MD", "+1", "a@example.org"),
        ("B. Wick", "+2", "b@example.org"),
    ]
    assert record.study.catalog_section.countries == ["France", "Korea, Republic of"]
    assert (
        record.study.catalog_section.absences["/protocolSection/eligibilityModule/maximumAge"].reason == "statedAsNone"
    )


def test_the_date_of_registration_tells_how_the_trial_writes_dates() -> None:
    (record,) = read(xml(AMERICAN))
    start = record.study.protocol_section.status_module.start_date_struct
    assert start is not None
    assert start.date == "2029-04-03"


def test_a_date_that_could_be_two_days_is_read_by_whos_convention_and_says_so() -> None:
    ambiguous = {key: value for key, value in AMERICAN.items() if key != "Date_registration3"}
    (record,) = read(xml({**ambiguous, "results_date_completed": "30-11-2029", "results_date_posted": "02/03/2030"}))
    status, sources = record.study.protocol_section.status_module, record.study.catalog_section.sources
    found = {
        "startDateStruct/date": status.start_date_struct,
        "completionDateStruct/date": status.completion_date_struct,
        "resultsFirstPostDateStruct/date": status.results_first_post_date_struct,
    }
    assert [one.date if one else None for one in found.values()] == ["2029-04-03", "2029-11-30", "2030-03-02"]
    assert status.study_first_submit_date == "2029-02-05"
    how = [sources[f"/protocolSection/statusModule/{name}"][0].how for name in found]
    assert how == ["inferred", "stated", "inferred"]


def test_words_of_a_registry_stay_as_it_writes_them() -> None:
    (record,) = read(xml({**AMERICAN, "Study_type": "BA/BE"}))
    assert record.study.protocol_section.design_module.study_type == "BA/BE"
    assert not flags_of(record.study)


def test_labelled_interventions_are_taken_apart() -> None:
    text = "Intervention1: Honey: 10 ml twice a day\nControl Intervention1: Nil: none"
    (record,) = read(xml({**AMERICAN, "Intervention": text}))
    interventions = record.study.protocol_section.arms_interventions_module.interventions
    assert [(one.name, one.description) for one in interventions] == [("Honey", "10 ml twice a day")]


def test_trials_before_a_missing_end_are_read() -> None:
    whole = xml(CHINESE, AMERICAN).text
    end = whole.index("</Trials_downloaded_from_ICTRP>")
    records = read(Document("d", whole[:end]))
    assert [record.id for record in records] == ["ChiCTR2900000001", "NCT09990001"]
    (problem,) = records[0].problems
    assert (problem.code, problem.severity) == ("ends-early", "warning")
    assert "number 2 (NCT09990001)" in problem.message


def test_a_trial_that_is_cut_is_left_out_and_named() -> None:
    whole = xml(CHINESE, AMERICAN).text
    records = read(Document("d", whole[: whole.index("<Inclusion_agemax>N/A")]))
    assert [record.id for record in records] == ["ChiCTR2900000001"]
    assert "(NCT09990001) is left out" in records[0].problems[0].message


def test_a_row_without_a_number_costs_only_itself() -> None:
    records = read(xml({"Phase": "1"}, CHINESE))
    assert [record.id for record in records] == ["ChiCTR2900000001"]
    assert [problem.code for problem in records[0].problems] == ["no-number"]


def test_a_row_with_open_quotes_costs_only_itself() -> None:
    lines = table(CHINESE, AMERICAN).text.splitlines()
    lines.insert(1, '"NCT09990009","a "quoted" title","x"')
    records = read(Document("d", "\n".join(lines)))
    assert [record.id for record in records] == ["ChiCTR2900000001", "NCT09990001"]
    assert [(problem.code, problem.line) for problem in records[0].problems] == [("broken-csv", 2)]


@pytest.mark.parametrize(
    ("word", "value", "how"),
    [
        ("Recruiting", "RECRUITING", "stated"),
        ("Not Recruiting", "NOT_RECRUITING", "stated"),
        ("Not recruiting", "NOT_RECRUITING", "stated"),
        ("Authorised", "UNKNOWN", "inferred"),
        ("Completed", "COMPLETED", "stated"),
        ("Recruiting soon", "RECRUITING_SOON", "stated"),
    ],
)
def test_a_status_is_a_word_and_not_a_part_of_one(word: str, value: str, how: str) -> None:
    (record,) = read(xml({**CHINESE, "Recruitment_Status": word}))
    assert record.study.protocol_section.status_module.overall_status == value
    (source,) = record.study.catalog_section.sources["/protocolSection/statusModule/overallStatus"]
    assert source.how == how


def test_an_unavailable_status_is_not_stated() -> None:
    (record,) = read(xml({**CHINESE, "Recruitment_Status": "Not Available"}))
    assert record.study.protocol_section.status_module.overall_status is None
    assert record.study.catalog_section.registry_fields["Recruitment_Status"] == "Not Available"


@pytest.mark.parametrize(
    ("written", "identifier", "kind"),
    [
        ("CTRI/2029/04/099999", "CTRI-2029-04-099999", "REGISTRY"),
        ("EUCTR2019-009999-12-FR", "2019-009999-12", "EUDRACT_NUMBER"),
        ("CTIS2029-599999-12-00", "2029-599999-12-00", "CTIS"),
        ("JPRN-UMIN000099999", "UMIN000099999", "REGISTRY"),
    ],
)
def test_the_number_is_kept_as_written_beside_a_safe_id(written: str, identifier: str, kind: str) -> None:
    (record,) = read(xml({**CHINESE, "TrialID": written}))
    (own,) = record.study.protocol_section.identification_module.secondary_id_infos
    assert (record.id, own.id, own.type) == (identifier, written, kind)
    assert not record.problems


def test_an_unknown_registrys_number_is_used_and_reported() -> None:
    (record,) = read(xml({**CHINESE, "TrialID": "LAMP/7 b"}))
    assert record.id == "LAMP-7-b"
    assert [problem.code for problem in record.problems] == ["unknown-number"]


def test_several_sponsors_are_taken_apart_only_where_they_are_numbered() -> None:
    (record,) = read(
        xml(
            {
                **CHINESE,
                "Primary_sponsor": "1. Lamp Hospital, Ward 2; 2. Wick University",
                "Secondary_Sponsor": "Oil; Fire",
            }
        )
    )
    module = record.study.protocol_section.sponsor_collaborators_module
    assert module.lead_sponsor is not None
    assert module.lead_sponsor.name == "Lamp Hospital, Ward 2"
    assert [one.name for one in record.study.catalog_section.sponsors_without_role] == ["Wick University"]
    assert [one.name for one in module.collaborators] == ["Oil", "Fire"]
    (record,) = read(xml({**CHINESE, "Primary_sponsor": "Lamp Hospital; Wick University"}))
    lead = record.study.protocol_section.sponsor_collaborators_module.lead_sponsor
    assert lead is not None
    assert lead.name == "Lamp Hospital; Wick University"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("1. A, B; 2. C", ["A, B", "C"]),
        ("1.A;2.B;3.C", ["A", "B", "C"]),
        ("1) A\n2) B", ["A", "B"]),
        ("1. A; 3. B", None),
        ("2. A; 3. B", None),
        ("1. A", None),
        ("A 1. B; 2. C", None),
        ("A; B", None),
    ],
)
def test_numbering_has_to_be_clear(text: str, items: list[str] | None) -> None:
    assert numbered_items(text) == items


def test_groups_whose_labels_do_not_agree_are_left_alone() -> None:
    (record,) = read(xml({**CHINESE, "Intervention": "Gold standard:Sun;Index test:Lamp;"}))
    assert record.study.protocol_section.arms_interventions_module.arm_groups == []
    assert record.study.protocol_section.arms_interventions_module.interventions == []
    assert record.study.catalog_section.registry_fields["Intervention"] == "Gold standard:Sun;Index test:Lamp;"


@pytest.mark.parametrize("size", ["99999999", "0", "about 30", "Lamp group:many;Dark group:3;"])
def test_a_size_that_is_no_number_of_participants_is_none(size: str) -> None:
    (record,) = read(xml({**CHINESE, "Target_size": size}))
    info = record.study.protocol_section.design_module.enrollment_info
    assert info is None or info.count is None
    assert record.study.catalog_section.registry_fields["Target_size"] == size


def test_the_labels_of_the_european_register_are_understood() -> None:
    european = {
        **CHINESE,
        "TrialID": "EUCTR2019-009999-12-FR",
        "Source_Register": "EU Clinical Trials Register",
        "Study_design": "Controlled: yes Randomised: yes Open: no Single blind: no Double blind: yes "
        "Parallel group: yes Cross over: no Other: no",
        "Inclusion_gender": "Female: yes<br>Male: no<br>",
        "Condition": "Fear of the dark <br>MedDRA version: 20.0;Therapeutic area: Psychiatry",
        "Intervention": "<br>Trade Name: Lampor<br>Product Name: Lampixin<br>Pharmaceutical Form: Tablet<br>"
        "INN or Proposed INN: LAMPIXINUM<br><br>Product Name: Wickol<br>Pharmaceutical Form: Oil<br>",
        "Primary_outcome": "Main Objective: To sleep;Secondary Objective: To dream;"
        "Primary end point(s): Hours of sleep;Timepoint(s) of evaluation of this end point: Week 4",
    }
    (record,) = read(xml(european))
    protocol = record.study.protocol_section
    assert protocol.eligibility_module.sex == "FEMALE"
    assert protocol.conditions_module.conditions == ["Fear of the dark"]
    assert [(one.name, one.other_names) for one in protocol.arms_interventions_module.interventions] == [
        ("Lampixin", ["Lampor", "LAMPIXINUM"]),
        ("Wickol", []),
    ]
    (outcome,) = protocol.outcomes_module.primary_outcomes
    assert (outcome.measure, outcome.time_frame) == ("Hours of sleep", "Week 4")
    assert record.study.catalog_section.objectives == ["To sleep", "To dream"]
    design = protocol.design_module.design_info
    assert design is not None
    assert (design.allocation, design.intervention_model) == ("RANDOMIZED", "PARALLEL")
    assert design.masking_info is not None
    assert design.masking_info.masking == "DOUBLE"


def test_a_degree_behind_a_semicolon_is_nobody() -> None:
    (record,) = read(xml({**AMERICAN, "Contact_Firstname": "", "Contact_Lastname": "A. Lamp, MD; PHD"}))
    assert record.study.protocol_section.contacts_locations_module.central_contacts == []
    assert record.study.catalog_section.registry_fields["Contact_Lastname"] == "A. Lamp, MD; PHD"


def test_a_group_without_an_intervention_has_none() -> None:
    (record,) = read(xml({**CHINESE, "Intervention": "Lamp group:Blank;Dark group:No intervention.;"}))
    assert record.study.protocol_section.arms_interventions_module.interventions == []
    assert len(record.study.protocol_section.arms_interventions_module.arm_groups) == 2


def test_results_and_sharing_are_read() -> None:
    (record,) = read(
        xml(
            {
                **CHINESE,
                "results_yes_no": "Yes",
                "results_date_posted": "2029-05-01",
                "results_url_link": "https://example.org/results",
                "results_IPD_plan": "No",
                "Ethics_Status": "Approved",
            }
        )
    )
    assert record.study.has_results is True
    posted = record.study.protocol_section.status_module.results_first_post_date_struct
    assert posted is not None
    assert posted.date == "2029-05-01"
    assert [link.url for link in record.study.protocol_section.references_module.see_also_links] == [
        "https://example.org/results"
    ]
    assert record.study.protocol_section.ipd_sharing_statement_module.ipd_sharing == "NO"
    assert record.study.catalog_section.registry_fields["Ethics_Status"] == "Approved"


def test_every_value_leads_to_its_element_and_line() -> None:
    document = xml(CHINESE, AMERICAN)
    first, second = read(document)
    for record in (first, second):
        for pointer, sources in record.study.catalog_section.sources.items():
            assert sources, pointer
            for source in sources:
                name = (source.place or "").rpartition("/")[2]
                assert f"<{name}>" in document.line(source.first_line).text
    (source,) = second.study.catalog_section.sources["/protocolSection/identificationModule/briefTitle"]
    assert source.place == "/Trials_downloaded_from_ICTRP/Trial[2]/Public_title"


def test_lines_are_true_beyond_those_that_the_parser_counts() -> None:
    many = [{**CHINESE, "TrialID": f"ChiCTR29{number:08}", "Acronym": "a\nb"} for number in range(2300)]
    document = xml(*many)
    assert len(document.lines) > 70_000
    record = read(document)[-1]
    for sources in record.study.catalog_section.sources.values():
        for source in sources:
            name = (source.place or "").rpartition("/")[2]
            assert f"<{name}>" in document.line(source.first_line).text


def test_rows_of_a_table_have_their_lines() -> None:
    document = table(CHINESE, AMERICAN)
    first, second = read(document)
    (source,) = second.study.catalog_section.sources["/protocolSection/identificationModule/nctId"]
    assert document.line(source.first_line).text.startswith("NCT09990001,")
    assert source.place == "TrialID"
    (source,) = first.study.catalog_section.sources["/protocolSection/statusModule/overallStatus"]
    assert (source.first_line, source.last_line) == (2, 3)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_tables_have_several_delimiters(delimiter: str) -> None:
    document = table(CHINESE, delimiter=delimiter)
    assert [record.id for record in read(Document("d", "\ufeff" + document.text))] == ["ChiCTR2900000001"]


def test_a_broken_row_is_left_out_and_reported() -> None:
    text = table(CHINESE, AMERICAN).text + "NCT09990003" + "," * 100 + "x\n,No number\n"
    records = read(Document("d", text))
    assert [record.id for record in records] == ["ChiCTR2900000001", "NCT09990001"]
    assert [problem.code for problem in records[0].problems] == ["broken-row", "no-number"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<Trials_downloaded_from_ICTRP><Trial><TrialID>NCT09990001</TrialID>", "broken-xml"),
        ("<Trials_downloaded_from_ICTRP></Trials_downloaded_from_ICTRP>", "no-trial"),
        ("<Trials_downloaded_from_ICTRP><Trial><Phase>1</Phase></Trial></Trials_downloaded_from_ICTRP>", "no-number"),
        (f"<!DOCTYPE Trials_downloaded_from_ICTRP [{BOMB}]>{ENTITY}", "document-type"),
        (ENTITY, "broken-xml"),
    ],
)
def test_broken_xml_is_an_error_with_a_line(text: str, code: str) -> None:
    document = Document("d", text)
    assert XML_READER.recognises(document)
    with pytest.raises(ReadError) as error:
        XML_READER.read(document)
    assert (error.value.code, error.value.line) == (code, 1)


def test_elements_inside_a_field_are_refused() -> None:
    text = xml(CHINESE).text.replace("<Phase>0", "<Phase><b>0</b>")
    with pytest.raises(ReadError, match="Phase holds b"):
        XML_READER.read(Document("d", text))


def test_an_open_quote_is_an_error() -> None:
    records = CSV_READER.read(Document("d", table(CHINESE).text + '"NCT09990001,'))
    assert [problem.code for problem in records[0].problems] == ["broken-csv"]


@pytest.mark.parametrize(
    "text", ["", "<a/>", "TrialID,Phase\n1,2", "trial,b\n", "{}", "<!-- Trials_downloaded_from_ICTRP"]
)
def test_other_documents_are_not_taken(text: str) -> None:
    assert not XML_READER.recognises(Document("d", text))
    assert not CSV_READER.recognises(Document("d", text))


@pytest.mark.records
@pytest.mark.skipif(not EXPORT.exists(), reason="the real WHO ICTRP export is not here")
def test_all_trials_of_a_real_export_give_a_record() -> None:
    document = Document("export.xml", EXPORT.read_text("utf-8"))
    records = read(document)
    assert len(records) == document.text.count("<Trial>") == 578
    assert len({record.id for record in records}) == 578
    assert not [problem for record in records for problem in record.problems]
    for record in records:
        assert recognise(record.id)
        for sources in record.study.catalog_section.sources.values():
            for source in sources:
                name = (source.place or "").rpartition("/")[2]
                assert f"<{name}>" in document.line(source.first_line).text


@pytest.mark.parametrize(
    ("written", "stated"), [("0", ["0"]), ("05/ 3", []), ("Phase 2/Phase 3", ["PHASE2", "PHASE3"])]
)
def test_what_is_no_phase_is_kept_as_it_is_written(written: str, stated: list[str]) -> None:
    (record,) = read(table({**CHINESE, "Phase": written}))
    assert record.study.protocol_section.design_module.phases == stated
    assert (written in record.study.catalog_section.registry_fields.values()) == (not stated)
