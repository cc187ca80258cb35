"""What is missing, doubtful or told differently, where it matters."""

from __future__ import annotations

import re

from generator.model.catalog_section import Contradiction, Flag, Statement
from generator.model.sentence import sentence
from generator.model.source import Absence, Source
from generator.model.study import Location, Outcome
from generator.pages.links import Linker
from generator.pages.paths import MOST_SITES
from generator.pages.trial.beside import part_view
from generator.pages.trial.gaps import counted, missing
from generator.pages.trial.outcomes import outcomes
from generator.pages.trial.page import trial_view
from generator.pages.trial.parts import NOTHING_ELSEWHERE
from tests.pages.trial.pages import NUMBER, catalog_of, linker_of, study_of, values_of

STATUS = "/protocolSection/statusModule/overallStatus"
SITES = "/protocolSection/contactsLocationsModule/locations"


def line(number: int) -> Source:
    return Source(document="one.txt", first_line=number, last_line=number)


def test_one_reason_for_many_values_stands_once() -> None:
    study = study_of()
    study.catalog_section.absences = {
        f"{SITES}/{index}/status": Absence(
            reason="statedAsNone", note=sentence("No value."), sources=[line(index * 10 + 1)]
        )
        for index in range(12)
    }
    (entry,) = missing(values_of(study)).none
    assert entry.label == "sites 1–12: status"
    assert entry.reason.count("<a ") == 1
    assert ">1, 11, 21, 31</a>" in entry.reason
    assert "and 8 more lines" in entry.reason


def test_labels_that_differ_in_a_number_are_joined() -> None:
    assert counted(["site 1: city", "acronym", "site 3: city", "site 2: city", "site 7: city", "arm 4"]) == [
        "sites 1–3, 7: city",
        "acronym",
        "arm 4",
    ]


def test_a_flag_marks_the_value_that_it_is_about() -> None:
    study = study_of()
    study.protocol_section.status_module.overall_status = "RECRUITING"
    study.protocol_section.contacts_locations_module.locations = [Location(facility="A"), Location(facility="B")]
    study.catalog_section.flags = [
        Flag(code="x", message=sentence("Old."), severity="note", pointers=["/elsewhere"]),
        Flag(code="y", message=sentence("Doubtful."), pointers=[STATUS, f"{SITES}/1"]),
    ]
    view = trial_view(study, linker_of(catalog_of(study)))
    assert '<a href="#flag-2">see note</a>' in view.chips[0]
    assert ["see note" in site for site in view.sites[0].sites] == [False, True]
    assert [notice.anchor for notice in view.flags] == ["flag-1", "flag-2"]


def test_a_value_on_which_documents_differ_has_one_label_not_two() -> None:
    study = study_of()
    study.protocol_section.status_module.overall_status = "RECRUITING"
    statements = [Statement(value="RECRUITING"), Statement(value="COMPLETED")]
    study.catalog_section.contradictions = [Contradiction(pointer=STATUS, statements=statements)]
    study.catalog_section.flags = [Flag(code="documents-disagree", message=sentence("They differ."), pointers=[STATUS])]
    chip = trial_view(study, linker_of(catalog_of(study))).chips[0]
    assert re.findall(r"<a [^>]*>([^<]*)</a>", chip) == ["documents differ"]


def test_of_many_outcomes_the_first_are_open() -> None:
    study = study_of()
    module = study.protocol_section.outcomes_module
    module.primary_outcomes = [Outcome(measure=f"P{n}", time_frame="1 year") for n in range(8)]
    module.secondary_outcomes = [Outcome(measure=f"S{n}") for n in range(30)]
    primary, secondary = outcomes(values_of(study))
    assert (len(primary.parts), len(primary.more), primary.number) == (8, 0, 8)
    assert (len(secondary.parts), len(secondary.more), secondary.number) == (5, 25, 30)
    assert primary.parts[0].details == ("Time frame: 1 year",)


def test_a_long_description_is_folded() -> None:
    study = study_of()
    study.protocol_section.description_module.detailed_description = "word " * 300
    assert trial_view(study, linker_of(catalog_of(study))).detailed_length == "300 words"
    study.protocol_section.description_module.detailed_description = "word " * 30
    assert not trial_view(study, linker_of(catalog_of(study))).detailed_length


def test_a_mark_on_a_page_beside_the_trial_leads_to_the_trial() -> None:
    study = study_of()
    sites = [Location(facility=f"Hospital {number}", country="France") for number in range(MOST_SITES + 1)]
    study.protocol_section.contacts_locations_module.locations = sites
    study.catalog_section.flags = [Flag(code="x", message=sentence("Doubtful."), pointers=[f"{SITES}/1"])]
    catalog = catalog_of(study)
    linker = linker_of(catalog)
    beside = linker.paths.beside(NUMBER, "sites")
    assert beside
    view = part_view("sites", study, Linker(beside, catalog, linker.paths, linker.settings), NOTHING_ELSEWHERE)
    assert '<a href="../nct00000001/#flag-1">see note</a>' in view.trial.sites[0].sites[1]
