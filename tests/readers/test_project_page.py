from pathlib import Path

import msgspec
import pytest

from generator.model.document import Document, LineRole
from generator.model.pointers import leaves
from generator.model.record import Record
from generator.readers.layouts.project_page import READER as PAGE

PAGES = Path(__file__).parent / "project_pages"
SEEDS = Path(__file__).parents[2] / "seeds"


def page(name: str) -> tuple[Document, dict[str, Record]]:
    document = Document(f"{name}.txt", (PAGES / f"{name}.txt").read_text(encoding="utf-8"))
    assert PAGE.recognises(document)
    return document, {record.id: record for record in PAGE.read(document)}


def text(content: str) -> tuple[Document, dict[str, Record]]:
    document = Document("page.txt", content)
    assert PAGE.recognises(document)
    return document, {record.id: record for record in PAGE.read(document)}


@pytest.fixture(scope="module")
def seed() -> tuple[Document, dict[str, Record]]:
    path = next(SEEDS.glob("002_*"))
    document = Document(path.name, path.read_text(encoding="utf-8"))
    assert PAGE.recognises(document)
    return document, {record.id: record for record in PAGE.read(document)}


def test_the_seed_gives_two_provisional_trials(seed: tuple[Document, dict[str, Record]]) -> None:
    document, records = seed
    assert list(records) == ["prev-hap", "treat-hap"]
    assert document.unread() == []
    for record, acronym in zip(records.values(), ("PREV-HAP", "TREAT-HAP"), strict=True):
        protocol = record.study.protocol_section
        assert record.study.catalog_section.provisional
        assert protocol.identification_module.nct_id is None
        assert protocol.identification_module.acronym == acronym
        assert protocol.identification_module.brief_title == f"{acronym} study"
        assert protocol.conditions_module.conditions == ["Hospital-Acquired Pneumonia"]
        assert [(drug.name, drug.other_names) for drug in protocol.arms_interventions_module.interventions] == [
            ("human recombinant Interleukin-12", ["rHuIL-12", "HemaMax®"]),
            ("human recombinant Interferon gamma 1b", ["rHuIFN-γ", "Imukin"]),
            ("placebo", []),
        ]
        assert protocol.eligibility_module.study_population == (
            "patients admitted to intensive care unit and requiring mechanical ventilation"
        )
        assert protocol.design_module.study_type is None
        assert protocol.description_module.brief_summary is None


def test_the_seed_states_a_status_of_one_trial_only(seed: tuple[Document, dict[str, Record]]) -> None:
    _, records = seed
    assert records["prev-hap"].study.protocol_section.status_module.overall_status == "RECRUITING"
    assert records["treat-hap"].study.protocol_section.status_module.overall_status is None
    sources = records["prev-hap"].study.catalog_section.sources["/protocolSection/statusModule/overallStatus"]
    assert [source.first_line for source in sources] == [3]
    assert records["prev-hap"].study.catalog_section.documents[0].as_of is None


def test_the_seed_states_nothing_joint_of_one(seed: tuple[Document, dict[str, Record]]) -> None:
    _, records = seed
    for record in records.values():
        section = record.study.catalog_section
        assert record.study.protocol_section.design_module.enrollment_info is None
        assert record.study.protocol_section.contacts_locations_module.locations == []
        assert section.countries == []
        topics = [statement.topic for statement in section.joint_statements]
        assert topics[:3] == ["enrollment", "countries", "project"]
        assert topics[3:] == [
            "background",
            "background",
            "hypothesis",
            "hypothesis",
            "objective",
            "objective",
            "assessment",
        ]
        assert "600 patients" in (section.joint_statements[0].text or "")
        assert section.joint_statements[1].text == "three countries (France, Spain and Greece)"
        assert all(statement.studies == ["prev-hap", "treat-hap"] for statement in section.joint_statements)
        assert section.absences["/protocolSection/designModule/enrollmentInfo"].reason == "notStated"


def test_the_seed_gives_each_trial_its_own_aim(seed: tuple[Document, dict[str, Record]]) -> None:
    _, records = seed
    prevent, treat = records["prev-hap"].study.catalog_section, records["treat-hap"].study.catalog_section
    assert prevent.objectives == ["prevent Hospital-Acquired Pneumonia"]
    assert treat.objectives == ["enhance the treatment of Hospital-Acquired Pneumonia"]
    (source,) = prevent.sources["/catalogSection/objectives/0"]
    assert source.how == "inferred"
    assert source.note is not None


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_line_of_a_page_is_accounted_for_and_every_value_has_a_source(path: Path) -> None:
    document, records = page(path.stem)
    assert document.unread() == []
    for record in records.values():
        section = record.study.catalog_section
        for pointer, _ in leaves(msgspec.to_builtins(record.study)):
            if pointer.startswith("/protocolSection/"):
                assert pointer in section.sources or pointer.rsplit("/", 1)[0] in section.sources, pointer


def test_statements_about_the_study_belong_to_the_only_trial_of_a_page() -> None:
    document, records = page("one_trial")
    (record,) = records.values()
    protocol = record.study.protocol_section
    assert record.id == "breeze-kid"
    assert protocol.status_module.overall_status == "RECRUITING"
    assert protocol.design_module.enrollment_info is not None
    assert protocol.design_module.enrollment_info.count == 240
    assert protocol.design_module.enrollment_info.type is None
    assert record.study.catalog_section.countries == ["Norway", "Denmark"]
    assert protocol.conditions_module.conditions == ["asthma"]
    assert [drug.name for drug in protocol.arms_interventions_module.interventions] == [
        "inhaled fluticasone",
        "placebo",
    ]
    assert record.study.catalog_section.objectives == [
        "find out whether a reminder by text message reduces asthma attacks"
    ]
    assert document.line(11).role is LineRole.HEADING


def test_three_trials_each_with_what_is_said_of_it() -> None:
    _, records = page("three_trials")
    statuses = {name: record.study.protocol_section.status_module.overall_status for name, record in records.items()}
    assert statuses == {"muco-clear": "RECRUITING", "muco-stop": "NOT_YET_RECRUITING", "muco-kids": "COMPLETED"}
    sizes = [record.study.protocol_section.design_module.enrollment_info for record in records.values()]
    assert [size.count if size else None for size in sizes] == [400, 400, 400]
    objectives = [record.study.catalog_section.objectives for record in records.values()]
    assert objectives == [["clear the airways"], ["end exacerbations early"], ["prevent chronic bronchitis"]]
    kids = records["muco-kids"].study
    assert (kids.protocol_section.description_module.brief_summary or "").startswith("The study followed 400 children")
    (first, _) = kids.catalog_section.sources["/protocolSection/descriptionModule/briefSummary"]
    assert first.how == "inferred"
    assert all(record.study.catalog_section.countries == [] for record in records.values())


def test_a_number_in_the_brackets_behind_a_name_is_the_trials_own() -> None:
    _, records = page("numbers_named")
    assert list(records) == ["NCT09990001", "gutfix-b"]
    own, other = (record.study for record in records.values())
    assert own.protocol_section.identification_module.nct_id == "NCT09990001"
    assert not own.catalog_section.provisional
    assert other.catalog_section.provisional
    assert own.protocol_section.status_module.overall_status == "ENROLLING_BY_INVITATION"
    (secondary,) = own.protocol_section.identification_module.secondary_id_infos
    assert (secondary.id, secondary.type) == ("2021-000123-45", "EUDRACT_NUMBER")
    assert [mention.id or mention.title for mention in own.catalog_section.mentions] == ["NCT09990099", "COLONIX trial"]
    assert own.catalog_section.joint_statements[0].studies == ["NCT09990001", "gutfix-b"]


def test_trials_are_told_apart_by_the_numbers_of_any_registry() -> None:
    _, records = page("other_registries")
    assert list(records) == ["ISRCTN09990017", "DRKS00999017", "ChiCTR2099900017"]
    first, second, third = (record.study.protocol_section for record in records.values())
    assert [(one.id, one.type, one.domain) for one in first.identification_module.secondary_id_infos] == [
        ("ISRCTN09990017", "REGISTRY", "ISRCTN"),
        ("2031-009990-12", "EUDRACT_NUMBER", None),
    ]
    assert [one.id for one in second.identification_module.secondary_id_infos] == ["DRKS00999017", "jRCT1099900017"]
    assert third.identification_module.acronym == "DAWN-C"
    assert [one.status_module.overall_status for one in (first, second, third)] == [
        "RECRUITING",
        "NOT_YET_RECRUITING",
        None,
    ]
    assert first.design_module.enrollment_info is not None
    assert first.design_module.enrollment_info.count == 240
    assert second.design_module.enrollment_info is None
    assert not any(record.study.catalog_section.provisional for record in records.values())
    mentions = records["DRKS00999017"].study.catalog_section.mentions
    assert [mention.id or mention.title for mention in mentions] == ["ACTRN12699900000170", "DUSK trial"]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Registration number: ISRCTN09990017.", "ISRCTN09990017"),
        ("Registered at ClinicalTrials.gov: NCT09990017", "NCT09990017"),
        ("EudraCT number 2031-009990-12", "2031-009990-12"),
        ("A hospital nearby takes part in ISRCTN09990017.", "dawn"),
    ],
)
def test_a_number_on_its_own_line_is_that_of_the_only_trial(line: str, number: str) -> None:
    _, records = text(
        "The DAWN trial brings light to people who sleep badly. It is run by nurses, and the hospital's own architect "
        f"has drawn the lamps that it needs.\n\n{line}\n"
    )
    assert list(records) == [number]


def test_no_status_is_read_from_a_condition() -> None:
    _, records = page("without_status")
    assert list(records) == ["speech-now", "speech-later"]
    assert all(record.study.protocol_section.status_module.overall_status is None for record in records.values())


def test_closed_recruitment_is_no_status_of_the_api() -> None:
    _, records = page("recruitment_closed")
    study = records["heart-rest"].study
    assert study.protocol_section.status_module.overall_status is None
    absence = study.catalog_section.absences["/protocolSection/statusModule/overallStatus"]
    assert "has completed recruitment" in str(absence.note)
    assert study.protocol_section.design_module.enrollment_info is None, "about 300 is not 300"


def test_what_is_said_of_one_of_several_is_given_to_none() -> None:
    _, records = page("which_one")
    for record in records.values():
        assert record.study.protocol_section.design_module.enrollment_info is None
        topics = [statement.topic for statement in record.study.catalog_section.joint_statements]
        assert topics == ["background", "unassigned"]


def test_two_statuses_stand_side_by_side() -> None:
    _, records = page("statuses_differ")
    study = records["night-owl"].study
    assert study.protocol_section.status_module.overall_status is None
    (contradiction,) = study.catalog_section.contradictions
    assert [statement.value for statement in contradiction.statements] == ["RECRUITING", "COMPLETED"]
    assert [statement.sources[0].first_line for statement in contradiction.statements] == [3, 5]


PROSE = "Nobody has looked at this before, and there is every reason to believe that families would welcome an answer. "


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The DAY-LIGHT study is not yet recruiting.", "NOT_YET_RECRUITING"),
        ("The DAY-LIGHT study is active, but not recruiting.", "ACTIVE_NOT_RECRUITING"),
        ("The DAY-LIGHT study has been terminated.", "TERMINATED"),
        ("The DAY-LIGHT study is temporarily suspended.", "SUSPENDED"),
        ("Recruitment for the DAY-LIGHT study is now open.", "RECRUITING"),
        ("Recruitment for the DAY-LIGHT study is completed.", None),
        ("The DAY-LIGHT study is not recruiting.", None),
        ("The DAY-LIGHT study was recruiting until June.", None),
        ("We wonder whether the DAY-LIGHT study is recruiting.", None),
        ("When the DAY-LIGHT study is completed we will know.", None),
        ("The DAY-LIGHT study will be completed in June.", None),
    ],
)
def test_statuses_in_prose(sentence: str, status: str | None) -> None:
    _, records = text(f"{PROSE}{sentence} {PROSE}")
    assert records["day-light"].study.protocol_section.status_module.overall_status == status


@pytest.mark.parametrize(
    "content",
    [
        "",
        "   \n \n",
        PROSE,
        "Home | Contact | The DAY-LIGHT study",
        "The DAY-LIGHT study",
        "NCT ID: NCT09990001\n\n" + PROSE + "The DAY-LIGHT study is recruiting.",
        PROSE + "The DAY-LIGHT study is recruiting.\nInclusion Criteria:\n- adults",
        '{"name": "The DAY-LIGHT study"}',
        "<p>" + PROSE + "The DAY-LIGHT study</p>",
        "---\ntitle: x\n---\n" + PROSE + "The DAY-LIGHT study is recruiting.",
        PROSE
        + "Many an RCT study and the HIV trial of the FDA study office, or the phase II trial, count for nothing here.",
        PROSE + "This is as in the ATTIC-1 trial (Meyer, 2019), and unlike the ROOF-2 trial.",
        "name\tnote\n" + f"The DAY-LIGHT study\t{PROSE}\n" * 3,
        " ".join(f"The DAY-{chr(65 + number)}LIGHT study is recruiting." for number in range(26) for _ in range(2))
        + " ".join(f"The NIGHT-{chr(65 + number)}LIGHT study is recruiting." for number in range(26)),
        "Title: The DAY-LIGHT study\nSponsor: Somebody\nPhase: 2\nStatus: open",
    ],
)
def test_other_texts_are_not_taken(content: str) -> None:
    assert not PAGE.recognises(Document("page.txt", content))


def test_hand_wrapped_lines_are_one_sentence() -> None:
    document, records = text(
        "The DAY-LIGHT study wants to know whether lamps help people who work at night and sleep\n"
        "badly by day. Now that winter has come, the DAY-LIGHT study is\n"
        "recruiting in all wards of the hospital, and everybody who works there may take part in it.\n"
    )
    record = records["day-light"]
    assert record.study.protocol_section.status_module.overall_status == "RECRUITING"
    (source,) = record.study.catalog_section.sources["/protocolSection/statusModule/overallStatus"]
    assert (source.first_line, source.last_line) == (2, 3)
    assert document.unread() == []


def test_a_number_claimed_for_two_trials_is_nobodys() -> None:
    _, records = text(
        PROSE
        + "The DAY-LIGHT study (NCT09990001) is recruiting. The NIGHT-LIGHT study (NCT09990001) is recruiting as well."
    )
    assert list(records) == ["day-light", "night-light"]
    assert all(record.study.catalog_section.mentions for record in records.values())


def test_a_menu_line_stays_unread() -> None:
    document, _ = text("Partners and people\n\n" + PROSE + "The DAY-LIGHT study is recruiting.")
    assert [line.number for line in document.unread()] == [1]


def test_trials_that_have_no_name_are_told_apart_by_their_numbers() -> None:
    _, records = text(
        "Our group runs two trials in children with asthma. The trials NCT09990001 and ISRCTN99990017 are open in "
        "four towns.\n\nNCT09990001 is recruiting. The trial NCT09990001 will enrol 120 patients.\n\n"
        "ISRCTN99990017 has completed recruitment. Our study (ISRCTN99990017) compares salt water with placebo.\n"
    )
    assert list(records) == ["NCT09990001", "ISRCTN99990017"]
    first, second = (record.study for record in records.values())
    assert first.protocol_section.identification_module.nct_id == "NCT09990001"
    assert first.protocol_section.identification_module.acronym is None, "a number is no name"
    assert first.protocol_section.identification_module.brief_title is None
    assert first.protocol_section.status_module.overall_status == "RECRUITING"
    assert first.protocol_section.design_module.enrollment_info is not None
    assert first.protocol_section.design_module.enrollment_info.count == 120
    assert second.protocol_section.design_module.enrollment_info is None
    assert not first.catalog_section.provisional
    [number] = second.protocol_section.identification_module.secondary_id_infos
    assert (number.id, number.domain) == ("ISRCTN99990017", "ISRCTN")


def test_a_name_and_a_number_tell_two_trials_apart() -> None:
    _, records = text(
        "The LAMP-KID trial (NCT09990001) is recruiting. The trial NCT09990002 is not yet recruiting and will follow "
        "the same children.\n"
    )
    statuses = {name: record.study.protocol_section.status_module.overall_status for name, record in records.items()}
    assert statuses == {"NCT09990001": "RECRUITING", "NCT09990002": "NOT_YET_RECRUITING"}


def test_a_number_may_be_that_of_the_one_trial_without_a_number() -> None:
    _, records = text(
        "The LAMP-KID trial is recruiting in three towns. The trial NCT09990001 will enrol 120 patients.\n"
    )
    assert list(records) == ["lamp-kid"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lamps are known to help, as a previous study (NCT09990001) showed in many children with fear.",
        "Similar to the trial NCT09990001, lamps may help children with fear of the dark, as others have written.",
        "A trial (NCT09990001) was once registered by another group, and nobody knows what became of it.",
        "Money came from the fund with the number NCT09990001, and we thank everybody who has helped us.",
    ],
)
def test_a_number_of_somebody_elses_trial_makes_no_trial_of_the_page(sentence: str) -> None:
    assert not PAGE.recognises(Document("page.txt", f"{sentence} The children slept well in all the years since.\n"))


ONE_TRIAL = (
    "The ALPHA project\n\nPneumonia is a severe infection of the lungs that many patients in hospitals suffer from. "
    "The ALPHA study is a randomised clinical trial. {}\nThe project runs at several hospitals, and we thank all our "
    "patients for their support of this work."
)


@pytest.mark.parametrize(
    "sentence",
    [
        "It is not true that the ALPHA study is recruiting.",
        "The ALPHA study is recruiting nurses for the analysis.",
        "The ALPHA study is recruiting no more patients.",
        "The ALPHA study is recruiting in France only if the grant is given.",
        "The ALPHA study is completed by a survey of nurses.",
        "The ALPHA study will not involve 600 patients.",
        "Unlike BETA, which included 900 patients, it is small.",
        "A previous study enrolled 900 patients with asthma.",
        "The ALPHA study could enrol 300 patients if funded.",
        "The ALPHA study will recruit 600 patients per year.",
        "The ALPHA study includes 20 patients in each arm.",
        "The ALPHA study has so far recruited 12 patients.",
        "The ALPHA study does not compare aspirin with placebo.",
        "The study does not recruit in two countries (Monaco, Malta).",
    ],
)
def test_a_sentence_that_denies_supposes_or_tells_of_a_part_stays_text(sentence: str) -> None:
    (record,) = text(ONE_TRIAL.format(sentence))[1].values()
    protocol = record.study.protocol_section
    assert protocol.status_module.overall_status is None
    assert protocol.design_module.enrollment_info is None
    assert protocol.arms_interventions_module.interventions == []
    assert record.study.catalog_section.countries == []


def test_a_clause_beside_a_denial_is_still_read() -> None:
    (record,) = text(ONE_TRIAL.format("The ALPHA study is recruiting, but patients do not pay for it."))[1].values()
    assert record.study.protocol_section.status_module.overall_status == "RECRUITING"
