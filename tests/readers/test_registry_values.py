import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.readers.registry_values import age, date, design_of, is_stated, open_value, phases, sex


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Phase2/Phase3", ["PHASE2", "PHASE3"]),
        ("Phase 1/Phase 2", ["PHASE1", "PHASE2"]),
        ("II-III", ["PHASE2", "PHASE3"]),
        ("1-2", ["PHASE1", "PHASE2"]),
        ("IIb", ["PHASE2"]),
        ("Phase IIa", ["PHASE2"]),
        ("4", ["PHASE4"]),
        ("III (Phase III study)", ["PHASE3"]),
        ("Early Phase 1", ["EARLY_PHASE1"]),
        ("Phase 0", ["EARLY_PHASE1"]),
        ("N/A", ["NA"]),
        ("Therapeutic exploratory (Phase II)", ["PHASE2"]),
        ("Phase I and Phase II (Integrated)- Other", ["PHASE1", "PHASE2"]),
        (
            (
                "Human pharmacology (Phase I): no\nTherapeutic exploratory (Phase II): yes\n"
                "Therapeutic confirmatory - (Phase III): yes\nTherapeutic use (Phase IV): no"
            ),
            ["PHASE2", "PHASE3"],
        ),
        ("0", None),
        ("I-III", None),
        ("III (Phase II study)", None),
        ("Not entered", None),
        ("Retrospective study", None),
        ("Phase 1, Phase 2, Phase 3", None),
        ("not a phase 3 trial", None),
    ],
)
def test_phases_are_understood_as_a_whole_or_not_at_all(text: str, values: list[str] | None) -> None:
    assert phases(text) == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Female, Male", "ALL"),
        ("Both", "ALL"),
        ("Female", "FEMALE"),
        ("Males", "MALE"),
        ("Female: yes\nMale: no", "FEMALE"),
        ("Female: no Male: yes", "MALE"),
        ("Female: yes Male: yes", "ALL"),
        ("Female: no Male: no", None),
        ("Female: pregnant only", None),
        ("-", None),
    ],
)
def test_sex_is_never_a_part_of_a_word(text: str, value: str | None) -> None:
    assert sex(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18 Years", "18 Years"),
        ("18.00 Year(s)", "18 Years"),
        ("1 year", "1 Year"),
        ("20age old", "20 Years"),
        ("20years-old", "20 Years"),
        ("19(Year)", "19 Years"),
        ("6 Months", "6 Months"),
        ("18", None),
        ("18 Fortnights", None),
        ("18 to 65 Years", None),
        ("No limit", None),
    ],
)
def test_an_age_needs_its_unit(text: str, value: str | None) -> None:
    assert age(text) == value


def test_a_bare_age_gets_the_unit_that_the_registry_asks_for() -> None:
    assert age("18", "Year") == "18 Years"
    assert age("6 Months", "Year") == "6 Months"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2029-02-17", "2029-02-17"),
        ("20290217", "2029-02-17"),
        ("27/02/2029", "2029-02-27"),
        ("2/27/2029", "2029-02-27"),
        ("05/05/2029", "2029-05-05"),
        ("February 1, 2029", "2029-02-01"),
        ("January 1996", "1996-01"),
        ("17 February 2029", "2029-02-17"),
        ("01-Feb-2029", "2029-02-01"),
        ("2029-04-15T16:01:16.016", "2029-04-15"),
        ("2029", "2029"),
        ("06/02/2029", None),
        ("2029-02-30", None),
        ("31/31/2029", None),
        ("1900-01-01", None),
        ("soon", None),
    ],
)
def test_a_date_keeps_its_precision_and_is_never_guessed(text: str, value: str | None) -> None:
    assert date(text) == value


def test_the_order_of_day_and_month_can_be_known() -> None:
    assert date("06/02/2029", day_first=True) == "2029-02-06"
    assert date("06/02/2029", day_first=False) == "2029-06-02"


def test_answers_that_exclude_each_other_state_no_design() -> None:
    assert design_of({"randomised": True, "open": True, "double blind": True}) == {"allocation": "RANDOMIZED"}
    assert design_of({"randomised": False, "open": True, "parallel group": True}) == {
        "maskingInfo.masking": "NONE",
        "interventionModel": "PARALLEL",
    }


def test_marks_for_nothing_state_nothing() -> None:
    assert not any(is_stated(text) for text in ("", " ", "-", "??", "; ;", "Not entered", "ND", "."))
    assert all(is_stated(text) for text in ("0", "none", "No", "N/A"))


def test_an_unknown_word_keeps_its_own_value() -> None:
    assert open_value("Retrospective study") == "RETROSPECTIVE_STUDY"


@given(st.text(max_size=60))
def test_any_text_is_a_value_or_none(text: str) -> None:
    assert phases(text) is None or set(phases(text) or ()) <= {
        "NA",
        "EARLY_PHASE1",
        "PHASE1",
        "PHASE2",
        "PHASE3",
        "PHASE4",
    }
    assert sex(text) in {None, "ALL", "FEMALE", "MALE"}
    age(text)
    date(text)
