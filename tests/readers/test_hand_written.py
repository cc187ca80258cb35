import pytest

from generator.model.document import Document, LineRole
from generator.model.record import Record
from generator.readers.layouts.hand_written import READER
from generator.readers.reader import ReadError

CORRECTION = """---
# from the second visit
nctId: NCT09990001
source: e-mail of the coordinating investigator, 2029-03-02
asOf: 2029-03-02
overallStatus: COMPLETED
enrollmentInfo:
  count: 312
  type: ACTUAL
protocolSection:
  statusModule:
    startDateStruct: {date: 2019-07, type: ACTUAL}
conditions:
  - Fear of the dark
  - "Night terrors: all"
locations:
  - facility: Lamp Hospital
    city: Paris
    contacts:
      - name: A. Lamp
        role: CONTACT
whyStopped: |
  No oil
  was left.

healthyVolunteers: no
---

An introduction.

## Eligibility

- Afraid
- Awake

## Description
More of it.

## Funding
By the oil fund.
"""

OWN = """---
slug: lamps-at-night
briefTitle: Lamps at night
leadSponsor:
  name: Lamp Hospital
countries: [France, Japan]
---
"""


def read(text: str) -> tuple[Document, Record]:
    document = Document("lamps.md", text)
    assert READER.recognises(document)
    (record,) = READER.read(document)
    return document, record


def messages(text: str) -> list[str]:
    return [f"{problem.line}: {problem.severity}: {problem.message}" for problem in read(text)[1].problems]


def test_a_correction_outranks_everything_and_says_where_it_comes_from() -> None:
    _, record = read(CORRECTION)
    protocol = record.study.protocol_section
    assert record.id == protocol.identification_module.nct_id == "NCT09990001"
    assert not record.study.catalog_section.provisional
    assert record.study.catalog_section.documents[0].as_of == "2029-03-02"
    assert protocol.status_module.overall_status == "COMPLETED"
    assert protocol.status_module.why_stopped == "No oil\nwas left."
    assert protocol.status_module.start_date_struct is not None
    assert protocol.status_module.start_date_struct.date == "2019-07"
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.count == 312
    assert protocol.conditions_module.conditions == ["Fear of the dark", "Night terrors: all"]
    assert protocol.eligibility_module.healthy_volunteers is False
    (location,) = protocol.contacts_locations_module.locations
    assert [(contact.name, contact.role) for contact in location.contacts] == [("A. Lamp", "CONTACT")]
    assert record.problems == []
    for sources in record.study.catalog_section.sources.values():
        for source in sources:
            assert source.how == "curated"
            assert str(source.note) == "Source: e-mail of the coordinating investigator, 2029-03-02"


def test_prose_goes_to_the_fields_that_its_headings_name() -> None:
    _, record = read(CORRECTION)
    protocol = record.study.protocol_section
    assert protocol.eligibility_module.eligibility_criteria == "- Afraid\n- Awake"
    assert protocol.description_module.detailed_description == (
        "An introduction.\n\nMore of it.\n\n## Funding\nBy the oil fund."
    )


def test_every_line_is_accounted_for_and_every_value_has_its_line() -> None:
    document, record = read(CORRECTION)
    assert document.unread() == []
    assert document.line(2).role is LineRole.BOILERPLATE
    sources = record.study.catalog_section.sources
    assert [(one.first_line, one.last_line) for one in sources["/protocolSection/statusModule/whyStopped"]] == [
        (22, 24)
    ]
    assert [one.first_line for one in sources["/protocolSection/conditionsModule/conditions/1"]] == [15]
    assert [one.first_line for one in sources["/protocolSection/descriptionModule/detailedDescription"]] == [29, 37, 39]


def test_a_trial_that_no_registry_has_is_stated_and_provisional() -> None:
    _, record = read(OWN)
    assert record.id == "lamps-at-night"
    assert record.study.catalog_section.provisional
    assert record.study.catalog_section.countries == ["France", "Japan"]
    (source,) = record.study.catalog_section.sources["/protocolSection/identificationModule/briefTitle"]
    assert source.how == "stated"


def test_another_registrys_number_is_an_id_too() -> None:
    _, record = read("---\nid: CTRI/2029/04/099999\nsource: the registry's page\nacronym: LAMPS\n---\n")
    assert record.id == "CTRI-2029-04-099999"
    (info,) = record.study.protocol_section.identification_module.secondary_id_infos
    assert (info.id, info.type) == ("CTRI/2029/04/099999", "REGISTRY")


def test_unknown_keys_are_refused_with_the_nearest_known_one() -> None:
    text = OWN.replace("briefTitle", "breifTitle").replace("  name:", "  nmae:")
    assert messages(text) == [
        "3: error: `breifTitle` is no field; did you mean `briefTitle`?",
        "5: error: `nmae` is no field; did you mean `name`?",
    ]
    document, record = read(text)
    assert [line.number for line in document.unread()] == [3, 5]
    assert record.study.protocol_section.identification_module.brief_title is None


def test_a_name_that_could_be_several_fields_needs_its_module() -> None:
    (message,) = messages(OWN.replace("countries: [France, Japan]", "masking: NONE\ndescription: y"))
    assert message.startswith("7: error: `description` could be any of `")
    assert "`ipdSharingStatementModule.description`" in message


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("overallStatus: Recruting", "`Recruting` is no known value of `overallStatus`; did you mean RECRUITING?"),
        ("phases: [PHASE5]", "`PHASE5` is no known value of `phases`; did you mean PHASE4?"),
        (
            "armGroups:\n- label: A\n  type: Experimental",
            "`Experimental` is no known value of `type`; did you mean EXPERIMENTAL?",
        ),
        (
            "statusVerifiedDate: May 2029",
            "`statusVerifiedDate` is a date such as 2019, 2019-07 or 2019-07-31, not `May 2029`",
        ),
    ],
)
def test_an_unknown_value_is_kept_and_reported(lines: str, message: str) -> None:
    found = messages(OWN.replace("countries: [France, Japan]", lines))
    assert [one.partition(": ")[2] for one in found] == [f"warning: {message}"]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("conditions: Fear", "`conditions` is a list: write each item in a line of its own that begins with `- `"),
        ("conditions:\n- [a]", "An item of `conditions` is a text"),
        ("locations:\n- Paris", "An item of `locations` holds fields: facility, status, city, state, zip, country"),
        ("acronym: [a]", "`acronym` is one value, not a list and not several fields"),
        ("healthyVolunteers: maybe", "`healthyVolunteers` is `true` or `false`, not `maybe`"),
        ("enrollmentInfo:\n  count: many", "`count` is a whole number, not `many`"),
        ("enrollmentInfo: 3", "`enrollmentInfo` holds fields: count, type"),
        ("briefTitle: again", "`briefTitle` stands twice; the first one counts"),
        (
            "protocolSection:\n  identificationModule:\n    briefTitle: b",
            "`briefTitle` is stated above already; the first one counts",
        ),
        ("nctId:", None),
    ],
)
def test_what_does_not_fit_is_refused(lines: str, message: str | None) -> None:
    text = OWN.replace("countries: [France, Japan]", lines)
    if message is None:
        with pytest.raises(ReadError):
            read(text)
        return
    assert [one.partition(": ")[2] for one in messages(text)] == [f"error: {message}"]


def test_text_that_the_front_matter_has_already_stays_unread() -> None:
    text = OWN.replace("countries: [France, Japan]", "briefSummary: short") + "## Summary\nlong\n"
    document, record = read(text)
    assert record.study.protocol_section.description_module.brief_summary == "short"
    assert [problem.code for problem in record.problems] == ["double-key"]
    assert [line.text for line in document.unread()] == ["long"]


def test_text_is_never_read_as_something_else() -> None:
    _, record = read(OWN.replace("countries: [France, Japan]", "acronym: no\norgStudyIdInfo: {id: 0012}"))
    module = record.study.protocol_section.identification_module
    assert module.acronym == "no"
    assert module.org_study_id_info is not None
    assert module.org_study_id_info.id == "0012"


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        (CORRECTION.replace("source: e-mail of the coordinating investigator, 2029-03-02\n", ""), 3, "no-source"),
        (OWN.replace("slug: lamps-at-night\n", "acronym: L\n"), 2, "no-number"),
        (OWN.replace("lamps-at-night", "Lamps at night"), 2, "no-number"),
        (OWN.replace("slug: lamps-at-night", "slug: a\nnctId: NCT123"), 3, "no-number"),
        (OWN.replace("slug: lamps-at-night", "id: PMID 12345678"), 2, "no-number"),
        (CORRECTION.replace("asOf: 2029-03-02", "id: NCT09990002"), 5, "two-numbers"),
        (OWN.replace("---\n", "--\n", 2).replace("--\n", "---\n", 1), 1, "broken-front-matter"),
        (OWN.replace("leadSponsor:", "leadSponsor: ["), 6, "broken-front-matter"),
        (
            OWN.replace("leadSponsor:", "leadSponsor: &a").replace("countries:", "acronym: *a\ncountries:"),
            6,
            "broken-front-matter",
        ),
        (OWN.replace("countries: [France, Japan]", "conditions: " + "[" * 5000 + "]" * 5000), 6, "broken-front-matter"),
        (OWN.replace("France", "\x07"), 1, "broken-front-matter"),
    ],
)
def test_what_cannot_be_trusted_is_an_error_with_a_line(text: str, line: int, code: str) -> None:
    document = Document("lamps.md", text)
    assert READER.recognises(document)
    with pytest.raises(ReadError) as error:
        READER.read(document)
    assert (error.value.code, error.value.line) == (code, line)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A page",
        "---\ntitle: A page\ndate: 2029-01-01\n---\n",
        "---\nslug: a-page\ntags: [a]\n---\n",
        "----\nnctId: NCT09990001\nacronym: A\n",
        "\n---\nnctId: NCT09990001\nacronym: A\n---\n",
    ],
)
def test_other_documents_are_not_taken(text: str) -> None:
    assert not READER.recognises(Document("d.md", text))


PLAIN = """---
title: Lamps at night
sponsor: Lamp Hospital
status: recruiting
Phase: II/III
study-type: interventional
condition: Fear of the dark
drugs:
  - Lamp oil
  - Candle wax
participants: 120
start: 1 March 2029
principal investigator: A. Lamp
site: [Lamp Hospital, House of Light]
contact: B. Wick
email: wick@example.org
primary outcome: Hours awake
min age: 18 years
---
Who may sleep.
"""


def test_plain_words_stand_for_the_common_fields() -> None:
    document, record = read(PLAIN)
    protocol = record.study.protocol_section
    assert record.id == "lamps-at-night"
    assert protocol.identification_module.brief_title == "Lamps at night"
    assert protocol.sponsor_collaborators_module.lead_sponsor is not None
    assert protocol.sponsor_collaborators_module.lead_sponsor.name == "Lamp Hospital"
    assert protocol.status_module.overall_status == "RECRUITING"
    assert protocol.design_module.phases == ["PHASE2", "PHASE3"]
    assert protocol.design_module.study_type == "INTERVENTIONAL"
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.count == 120
    assert protocol.conditions_module.conditions == ["Fear of the dark"]
    assert [(one.name, one.type) for one in protocol.arms_interventions_module.interventions] == [
        ("Lamp oil", "DRUG"),
        ("Candle wax", "DRUG"),
    ]
    assert protocol.status_module.start_date_struct is not None
    assert protocol.status_module.start_date_struct.date == "2029-03-01"
    module = protocol.contacts_locations_module
    assert [(one.name, one.role) for one in module.overall_officials] == [("A. Lamp", "PRINCIPAL_INVESTIGATOR")]
    assert [one.facility for one in module.locations] == ["Lamp Hospital", "House of Light"]
    assert [(one.name, one.email) for one in module.central_contacts] == [("B. Wick", "wick@example.org")]
    assert [one.measure for one in protocol.outcomes_module.primary_outcomes] == ["Hours awake"]
    assert protocol.eligibility_module.minimum_age == "18 Years"
    assert document.unread() == []
    (note,) = record.problems
    assert (note.line, note.severity, note.code) == (2, "note", "called-by-title")


def test_plain_words_for_the_number() -> None:
    _, record = read("---\nNCT number: NCT09990001\nsource: the sponsor's e-mail\nstatus: completed\n---\n")
    assert record.id == "NCT09990001"
    assert record.study.protocol_section.status_module.overall_status == "COMPLETED"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("sponsor:", "sponser:", "3: error: `sponser` is no field; did you mean `sponsor`?"),
        ("status: recruiting", "status: rcruiting", "4: error: `status` is a status such as recruiting, "),
        ("participants: 120", "participants: many", "11: error: `participants` is a whole number, not `many`"),
        ("sponsor: Lamp Hospital", "sponsor: [A, B]", "3: error: `sponsor` is the name of one organization or person"),
        ("start: 1 March 2029", "start: soon", "12: error: `start` is a date such as 2019, 2019-07 or 31 July 2019"),
    ],
)
def test_a_slip_in_plain_words_is_named(old: str, new: str, message: str) -> None:
    found = [one for one in messages(PLAIN.replace(old, new)) if "called by its title" not in one]
    assert len(found) == 1
    assert found[0].startswith(message)


@pytest.mark.parametrize(
    "head",
    [
        "title: A page\nstatus: draft\nkeyword: lamps",
        "title: Our team\nemail: us@example.org\nsummary: Who we are",
        "title: Lamps\nauthor: A. Lamp\nwebsite: https://example.org/",
    ],
)
def test_pages_that_are_no_trials_are_not_taken(head: str) -> None:
    assert not READER.recognises(Document("d.md", f"---\n{head}\n---\nText.\n"))
