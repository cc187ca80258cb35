"""Records of one trial meet by stated numbers, and by nothing weaker."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.model.record import Record
from generator.studies.matching import match
from tests.studies.records import numbered, record


def groups(records: list[Record]) -> list[tuple[str, list[str]]]:
    return [(found.id, found.former_ids) for found in match(records)[0]]


def test_records_with_one_number_are_one_trial() -> None:
    both = [record("NCT00000102", numbered("NCT00000102"), document=name) for name in ("a.txt", "b.txt")]
    [found] = match(both)[0]
    assert len(found.records) == 2


def test_a_stated_cross_registration_joins_under_the_preferred_number() -> None:
    home = record("NCT00000102", numbered("NCT00000102", others=("2016-000488-17",)), document="a.txt")
    europe = record("2016-000488-17", numbered("2016-000488-17"), document="b.txt", layout="eu-ctr-text")
    found, problems = match([home, europe])
    assert [(one.id, one.former_ids) for one in found] == [("NCT00000102", ["2016-000488-17"])]
    assert found[0].reasons == ["a.txt states 2016-000488-17 as a number of NCT00000102."]
    assert problems == []


def test_a_number_claimed_by_two_trials_of_one_registry_joins_neither() -> None:
    first = record("NCT00000102", numbered("NCT00000102", others=("2016-000488-17",)), document="a.txt")
    second = record("NCT00000103", numbered("NCT00000103", others=("2016-000488-17",)), document="b.txt")
    europe = record("2016-000488-17", numbered("2016-000488-17"), document="c.txt")
    found, problems = match([first, second, europe])
    assert [one.id for one in found] == ["2016-000488-17", "NCT00000102", "NCT00000103"]
    assert {problem.code for problem in problems} == {"numbers-of-several-trials"}
    assert {problem.severity for problem in problems} == {"note"}


def test_an_extension_that_names_the_first_trial_stays_apart() -> None:
    first = record("NCT00000102", numbered("NCT00000102"), document="a.txt")
    extension = record("NCT00000103", numbered("NCT00000103", others=("NCT00000102",)), document="b.txt")
    assert [one for one, _ in groups([first, extension])] == ["NCT00000102", "NCT00000103"]


def test_a_provisional_trial_joins_the_registered_one_with_its_acronym() -> None:
    prose = record(
        "salt-hap", {"identificationModule": {"acronym": "SALT-HAP"}}, provisional=True, layout="project-page"
    )
    home = record(
        "NCT00000102", numbered("NCT00000102", identificationModule={"acronym": "Salt-HAP"}), document="b.txt"
    )
    assert groups([prose, home]) == [("NCT00000102", ["salt-hap"])]


def test_a_provisional_trial_stays_alone_when_two_carry_its_acronym() -> None:
    prose = record("salt", {"identificationModule": {"acronym": "SALT"}}, provisional=True, document="p.txt")
    homes = [
        record(number, numbered(number, identificationModule={"acronym": "SALT"}), document=f"{number}.txt")
        for number in ("NCT00000102", "NCT00000103")
    ]
    assert ("salt", []) in groups([prose, *homes])


def test_mentions_titles_and_protocol_numbers_join_nothing() -> None:
    module = {"briefTitle": "The same title", "orgStudyIdInfo": {"id": "PROTOCOL-77"}}
    first = record("NCT00000102", numbered("NCT00000102", identificationModule=module), document="a.txt")
    second = record(
        "NCT00000103",
        numbered("NCT00000103", identificationModule=module),
        document="b.txt",
        section={"mentions": [{"id": "NCT00000102"}]},
    )
    assert len(groups([first, second])) == 2


@given(st.permutations(range(5)))
def test_the_order_of_records_changes_nothing(order: list[int]) -> None:
    records = [
        record("NCT00000102", numbered("NCT00000102", others=("2016-000488-17",)), document="a.txt"),
        record("2016-000488-17", numbered("2016-000488-17"), document="b.txt"),
        record("NCT00000103", numbered("NCT00000103", others=("ISRCTN10175490",)), document="c.txt"),
        record("ISRCTN10175490", numbered("ISRCTN10175490", others=("NCT00000104",)), document="d.txt"),
        record("NCT00000104", numbered("NCT00000104"), document="e.txt"),
    ]
    assert groups([records[index] for index in order]) == groups(records)
