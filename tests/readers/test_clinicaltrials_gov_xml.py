import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from generator.model.document import Document
from generator.model.pointers import Json, leaves
from generator.model.record import Record
from generator.readers.layouts.clinicaltrials_gov_api import READER as API
from generator.readers.layouts.clinicaltrials_gov_xml import READER as XML
from generator.readers.layouts.clinicaltrials_gov_xml.mapping import PROTOCOL, RESULT_ITEMS, RESULTS, Items, Rule
from generator.readers.layouts.clinicaltrials_gov_xml.markup import text_block
from generator.readers.reader import ReadError

RECORDS = Path(__file__).parent / "legacy_xml"
REAL = Path(__file__).parents[2] / ".." / "shared" / "data"

ONLY_IN_THE_API = re.compile(
    r"/protocolSection/eligibilityModule/stdAges/\d+"
    r"|/protocolSection/identificationModule/organization/class"
    r"|/protocolSection/contactsLocationsModule/locations/\d+/geoPoint/\w+"
    r"|/documentSection/largeDocumentModule/largeDocs/\d+/typeAbbrev"
    r"|/derivedSection/\w+BrowseModule/meshes/\d+/id"
    r"|/resultsSection/outcomeMeasuresModule/outcomeMeasures/\d+/reportingStatus"
)
"""What the registry adds to its records on the way to the API."""


def read(path: Path) -> Record:
    return read_text(path.read_text(encoding="utf-8"))


def read_text(text: str) -> Record:
    document = Document("record.xml", text)
    assert XML.recognises(document)
    (record,) = XML.read(document)
    assert document.unread() == []
    return record


def values(record: Record) -> dict[str, Json]:
    builtins: Json = msgspec.to_builtins(record.study)
    return {pointer: value for pointer, value in leaves(builtins) if not pointer.startswith("/catalogSection")}


def test_a_record_agrees_with_its_twin_of_the_api() -> None:
    record = read(RECORDS / "newer_schema.xml")
    document = Document("twin.json", (RECORDS / "newer_schema.json").read_text(encoding="utf-8"))
    (twin,) = API.read(document)
    of_xml, of_api = values(record), values(twin)
    assert {pointer: of_xml[pointer] for pointer in of_xml if of_xml[pointer] != of_api.get(pointer)} == {}
    assert {pointer for pointer in of_api if pointer not in of_xml and not ONLY_IN_THE_API.fullmatch(pointer)} == set()
    section = record.study.catalog_section
    assert section.unread == []
    assert section.registry_fields == {}
    assert section.countries == ["Norway", "United States"]
    assert section.documents[0].as_of == "2021-03-05"
    assert section.absences["/protocolSection/eligibilityModule/maximumAge"].reason == "statedAsNone"
    assert record.problems == []


@pytest.mark.parametrize("name", ["newer_schema", "observational"])
def test_records_agree_with_their_twins_of_the_api(name: str) -> None:
    record = read(RECORDS / f"{name}.xml")
    (twin,) = API.read(Document("twin.json", (RECORDS / f"{name}.json").read_text(encoding="utf-8")))
    of_xml, of_api = values(record), values(twin)
    assert {pointer: (value, of_api.get(pointer)) for pointer, value in of_xml.items()} == {
        pointer: (value, value) for pointer, value in of_xml.items()
    }
    assert {pointer for pointer in of_api if pointer not in of_xml and not ONLY_IN_THE_API.fullmatch(pointer)} == set()
    assert record.study.catalog_section.unread == []


COMPARED_ELSEWHERE = {
    "delayed_posting",  # only withheld records have it
    "firstreceived_results_date",
    "firstreceived_results_disposition_date",
    "study_docs/study_doc/doc_comment",
    "clinical_results/reported_events/serious_events/frequency_threshold",
}
"""Elements of withheld records and of the older schema, whose values other tests name one by one."""


def unused(elements: list[etree._Element], rules: Iterable[Rule], base: str) -> Iterator[str]:
    """Yield the path of each rule that finds nothing in *elements*."""
    for rule in rules:
        steps, _, attribute = rule.path.partition("@")
        steps = steps.strip("/")
        found = [below for one in elements for below in ([one] if steps in ("", ".") else one.findall(steps))]
        found = [one for one in found if not attribute or one.get(attribute)]
        if not found:
            yield base + rule.path
        elif isinstance(rule, Items):
            yield from unused(found, rule.rules, f"{base}{rule.path}/")


def test_every_mapped_element_is_compared_with_its_counterpart() -> None:
    roots = [etree.parse(RECORDS / f"{name}.xml").getroot() for name in ("newer_schema", "observational")]
    results = [found for root in roots if (found := root.find("clinical_results")) is not None]
    missing = set(unused(roots, PROTOCOL, ""))
    missing |= set(unused(results, RESULTS, "clinical_results/"))
    missing |= set(unused(results, RESULT_ITEMS, "clinical_results/"))
    assert missing == COMPARED_ELSEWHERE


def sources_of(record: Record, pointer: str) -> Iterator[str]:
    while pointer:
        if pointer in record.study.catalog_section.sources:
            yield pointer
        pointer = pointer.rpartition("/")[0]


@pytest.mark.parametrize("path", sorted(RECORDS.glob("*.xml")), ids=lambda path: path.stem)
def test_every_value_leads_to_its_line_and_its_element(path: Path) -> None:
    record = read(path)
    lines = path.read_text(encoding="utf-8").splitlines()
    tree = etree.fromstring(path.read_bytes())
    for pointer, value in values(record).items():
        place = next(sources_of(record, pointer), None)
        assert place is not None, pointer
        for source in record.study.catalog_section.sources[place]:
            assert 1 <= source.first_line <= source.last_line <= len(lines)
            if source.place:
                assert tree.getroottree().xpath(source.place), source.place
            if (
                place == pointer
                and isinstance(value, str)
                and not re.search(r"[\\\n&<>]|^\d{4}-\d\d|^[A-Z_0-9]+$", value)
            ):
                text = " ".join(lines[source.first_line - 1 : source.last_line])
                assert value.split(": ")[-1].split()[0] in text, pointer


def test_a_record_of_an_older_schema() -> None:
    record = read(RECORDS / "older_schema.xml")
    protocol, section = record.study.protocol_section, record.study.catalog_section
    design = protocol.design_module.design_info
    assert design is not None
    assert (design.allocation, design.intervention_model) == ("RANDOMIZED", "CROSSOVER")
    assert design.primary_purpose == "SUPPORTIVE_CARE"
    assert design.masking_info is not None
    assert design.masking_info.masking == "DOUBLE"
    assert design.masking_info.who_masked == ["PARTICIPANT", "CARE_PROVIDER"]
    assert protocol.design_module.phases == ["NA"]
    assert protocol.design_module.enrollment_info is None
    assert section.absences["/protocolSection/designModule/enrollmentInfo/count"].reason == "notStated"
    assert protocol.eligibility_module.sex == "ALL"
    assert protocol.eligibility_module.minimum_age is None
    assert [official.name for official in protocol.contacts_locations_module.overall_officials] == [
        "Theo B. Example, PhD"
    ]
    assert protocol.status_module.study_first_submit_date == "2004-03-01"
    assert protocol.status_module.last_update_submit_date == "2005-05-04"
    assert protocol.sponsor_collaborators_module.responsible_party is not None
    assert protocol.sponsor_collaborators_module.responsible_party.old_name_title == "Theo Example, director"
    assert section.registry_fields == {
        "study_design": "Endpoint Classification: Safety/Efficacy Study",
        "primary_outcome/safety_issue": "Thirst: No",
        "secondary_outcome/safety_issue": "Burns: Yes",
        "outcome/safety_issue": "Thirst: No",
        "is_fda_regulated": "Yes",
        "number_of_arms": "2",
        "oversight_info/authority": "United States: Food and Drug Administration",
    }
    assert section.unread == []


def test_the_results_of_an_older_schema() -> None:
    results = read(RECORDS / "older_schema.xml").study.results_section
    assert results is not None
    assert results.outcome_measures_module is not None
    (outcome,) = results.outcome_measures_module.outcome_measures
    (denom,) = outcome.denoms
    assert [(count.group_id, count.value) for count in denom.counts] == [("OG000", "12")]
    assert [one.title for one in outcome.classes] == ["Before", "After"]
    assert [one.categories[0].measurements[0].value for one in outcome.classes] == ["9", "1"]
    assert outcome.unit_of_measure == "units on a scale"


def test_a_withheld_record() -> None:
    record = read(RECORDS / "withheld.xml")
    protocol = record.study.protocol_section
    assert protocol.status_module.overall_status == "WITHHELD"
    assert protocol.design_module.study_type is None
    assert protocol.design_module.phases == []
    assert record.study.has_results is False
    assert record.study.annotation_section is not None
    annotation = record.study.annotation_section.annotation_module
    assert annotation is not None
    assert annotation.unposted_annotation is not None
    events = annotation.unposted_annotation.unposted_events
    assert [(event.type, event.date, event.date_unknown) for event in events] == [
        ("RELEASE", "2018-02-20", None),
        ("UNRELEASE", None, True),
        ("RESET", "2018-04-11", None),
    ]


def test_an_element_that_no_table_knows_is_shown() -> None:
    record = read(RECORDS / "expanded_access.xml")
    assert record.study.protocol_section.design_module.study_type == "EXPANDED_ACCESS"
    types = record.study.protocol_section.design_module.expanded_access_types
    assert types is not None
    assert (types.individual, types.intermediate, types.treatment) == (True, None, True)
    assert [(unread.first_line, unread.text) for unread in record.study.catalog_section.unread] == [
        (17, "something_new@colour: green"),
        (18, "something_new/inside: A word that no table knows"),
    ]


MINIMAL = "<clinical_study><id_info><nct_id>NCT09990001</nct_id></id_info>{}</clinical_study>"


@pytest.mark.parametrize(
    ("element", "unread"),
    [
        ("<start_date>sometime soon</start_date>", "start_date: sometime soon"),
        ("<enrollment>many</enrollment>", "enrollment: many"),
        ("<brief_title>One</brief_title><brief_title>Two</brief_title>", "brief_title: Two"),
        ("<brief_title>One <b>bold</b> word</brief_title>", "brief_title: One"),
        ("<oversight_info><has_dmc>perhaps</has_dmc></oversight_info>", "oversight_info/has_dmc: perhaps"),
        (
            "<sponsors><collaborator><last_name>X</last_name><agency>Y</agency></collaborator></sponsors>",
            "last_name: X",
        ),
        ("<condition>A</condition>loose text", "behind condition: loose text"),
    ],
)
def test_what_is_not_understood_stays_visible(element: str, unread: str) -> None:
    record = read_text(MINIMAL.format(element))
    assert any(unread in text.text for text in record.study.catalog_section.unread)


def test_totals_that_are_no_known_row_are_events() -> None:
    table = (
        "<clinical_results><reported_events><group_list><group group_id='E1'/></group_list><serious_events>"
        "<category_list>"
        "<category><title>Total</title><event_list><event><sub_title>Total, something else</sub_title>"
        "<counts group_id='E1' subjects_affected='7'/></event></event_list></category></category_list></serious_events>"
        "</reported_events></clinical_results>"
    )
    results = read_text(MINIMAL.format(table)).study.results_section
    assert results is not None
    assert results.adverse_events_module is not None
    assert results.adverse_events_module.event_groups[0].serious_num_affected is None
    assert results.adverse_events_module.serious_events[0].term == "Total, something else"


def test_an_address_of_another_trial_is_a_problem() -> None:
    header = "<required_header><url>https://clinicaltrials.gov/show/NCT09990077</url></required_header>"
    record = read_text(MINIMAL.format(header))
    (problem,) = record.problems
    assert problem.severity == "warning"
    assert "NCT09990077" in problem.message
    assert "nctIdAliases" not in str(values(record))


BOMB = '<!DOCTYPE clinical_study [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<clinical_study>", 1),
        ("<clinical_study>\n<id_info>\n</clinical_study>", 3),
        ("<?xml version='1.0'?>\n\n<clinical_study>\n</clinical_study>", 3),
        ("<clinical_study>\n<id_info>\n<nct_id>NCT1</nct_id></id_info></clinical_study>", 3),
        (MINIMAL.format("\n<id_info><nct_id>NCT09990002</nct_id></id_info>"), 2),
        (f"{BOMB}\n<clinical_study>&b;</clinical_study>", 1),
        ('<?xml version="1.0"?>\n<!DOCTYPE clinical_study SYSTEM "file:///etc/passwd">\n<clinical_study/>', 2),
        (MINIMAL.format("\n&unknown;"), 2),
        (MINIMAL.format("\x00"), 1),
        (MINIMAL.format("\ud800"), 1),
        ("<clinical_study>" + "<a>" * 5000, 1),
        (MINIMAL.format("\n<a>" + "x" * 11_000_000 + "</a>"), 2),
    ],
)
def test_what_cannot_be_read_says_where_and_what_to_do(text: str, line: int) -> None:
    document = Document("record.xml", text)
    assert XML.recognises(document)
    with pytest.raises(ReadError) as raised:
        XML.read(document)
    assert raised.value.line == line
    assert raised.value.message


@pytest.mark.parametrize(
    "text",
    ["", "<", "<!--", "<?xml", "clinical_study", "<Trials_downloaded_from_ICTRP/>", "<p>x <clinical_study/></p>", "{}"],
)
def test_other_texts_are_not_taken(text: str) -> None:
    assert not XML.recognises(Document("record.xml", text))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(ending: str) -> None:
    text = (RECORDS / "newer_schema.xml").read_text(encoding="utf-8")
    one, other = read_text(text), read_text(text.replace("\n", ending))
    assert values(one) == values(other)
    assert one.study.catalog_section.sources == other.study.catalog_section.sources


def test_lines_beyond_the_old_limit_of_the_parser() -> None:
    record = read_text(MINIMAL.format("\n" * 70_000 + "<brief_title>Far down</brief_title>"))
    (source,) = record.study.catalog_section.sources["/protocolSection/identificationModule/briefTitle"]
    assert source.first_line == 70_001


@pytest.mark.parametrize(
    ("block", "markdown"),
    [
        ("\n      One line\n      and its rest.\n    ", "One line and its rest."),
        ("\n      First.\n\n      Second.\n", "First.\n\nSecond."),
        ("\n      List:\n\n        -  a\n\n        -  b\n           wrapped\n", "List:\n\n* a\n* b wrapped"),
        ("\n        -  a\n\n             -  aa\n\n             -  ab\n\n        -  b\n", "* a\n\n  * aa\n  * ab\n* b"),
        (
            "\n      x\n\n        9. nine\n\n       10. ten\n\n             -  deep\n",
            "x\n\n9. nine\n10. ten\n\n    * deep",
        ),
        ("\n      x\n\n        -  a\n\n           more of a\n\n        -  b\n", "x\n\n* a\n\n  more of a\n* b"),
        ("\n      a < b > c [d] *e* 2^3 f & g \\ h\n", "a \\< b \\> c \\[d\\] \\*e\\* 2\\^3 f \\& g \\\\ h"),
        ("\n        1. one\n\n        2. two\n", "1. one\n2. two"),
        ("\n        9. nine\n\n       10. ten\n", "9. nine\n10. ten"),
        (
            "\n      - typed by hand\n\n      1.5 ml\n\n      # x\n\n      2) y\n",
            "\\- typed by hand\n\n1.5 ml\n\n\\# x\n\n2\\) y",
        ),
        ("\n      in the year\n      2010. Then\n      - no list\n", "in the year 2010. Then - no list"),
        ("   \n  ", ""),
    ],
)
def test_text_blocks_become_markdown(block: str, markdown: str) -> None:
    assert text_block(block) == markdown


def real_records() -> list[Path]:
    paths = sorted(REAL.glob("ctgov-xml/*.xml"))
    if not paths:
        pytest.skip("the real records, ../shared/data/ctgov-xml, are not here")
    return paths


@pytest.mark.records
def test_every_real_record_is_read_whole() -> None:
    for path in real_records():
        record = read(path)
        section = record.study.catalog_section
        assert section.unread == [], path.name
        assert record.problems == []
        for pointer in values(record):
            assert next(sources_of(record, pointer), None), pointer
        tree = etree.fromstring(path.read_bytes())
        study = record.study
        assert len(study.protocol_section.contacts_locations_module.locations) == len(tree.findall("location"))
        if tree.find("clinical_results") is None:
            continue
        assert study.results_section is not None
        assert study.results_section.outcome_measures_module is not None
        assert study.results_section.adverse_events_module is not None
        events = study.results_section.adverse_events_module
        counted = len(events.serious_events) + len(events.other_events)
        totals = sum((title.text or "").startswith("Total, ") for title in tree.iter("sub_title"))
        assert counted == len(list(tree.iter("event"))) - totals
        outcomes = study.results_section.outcome_measures_module.outcome_measures
        assert len(outcomes) == len(tree.findall("clinical_results/outcome_list/outcome"))


@pytest.mark.records
def test_real_records_agree_with_their_real_twins() -> None:
    twins = {path.stem: path for path in [*REAL.glob("ctgov-json/*.json"), *REAL.glob("layouts/record/*.json")]}
    pairs = [(path, twins[number]) for path in real_records() if (number := read(path).id) in twins]
    if not pairs:
        pytest.skip("no trial of ../shared/data stands there both as XML and as JSON")
    for path, twin in pairs:
        (of_api,) = API.read(Document(twin.name, twin.read_text(encoding="utf-8")))
        ours, theirs = values(read(path)), values(of_api)
        assert {pointer: value for pointer, value in ours.items() if theirs.get(pointer) != value} == {}, path.name
