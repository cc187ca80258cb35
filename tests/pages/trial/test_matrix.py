"""Which arm gets what, as a table."""

from __future__ import annotations

import pytest

from generator.model.source import Source
from generator.model.study import ArmGroup, Intervention, Study
from generator.pages.trial.matrix import matrix
from generator.pages.trial.page import trial_view
from tests.pages.dialects import seen
from tests.pages.trial.pages import catalog_of, linker_of, study_of, values_of


def two_arms() -> Study:
    study = study_of()
    module = study.protocol_section.arms_interventions_module
    module.arm_groups = [
        ArmGroup(label="High dose", type="EXPERIMENTAL", intervention_names=["Drug: Pill", "Behavioral: Talk"]),
        ArmGroup(label="Control", type="PLACEBO_COMPARATOR", intervention_names=["Drug: Placebo"]),
    ]
    module.interventions = [
        Intervention(name="Pill", type="DRUG"),
        Intervention(name="Placebo", type="DRUG", arm_group_labels=["Control"]),
        Intervention(name="Talk", type="BEHAVIORAL"),
    ]
    return study


def test_arms_are_columns_and_interventions_rows() -> None:
    table = matrix(values_of(two_arms()))
    assert seen(table) == (
        "Which arm gets which intervention InterventionHigh doseControl Pill✓ yes– Placebo–✓ yes Talk✓ yes–"
    )
    assert '<th scope="row">Pill</th>' in table
    assert '<th scope="col">Control</th>' in table


def test_the_cards_do_not_repeat_what_the_table_says() -> None:
    study = two_arms()
    view = trial_view(study, linker_of(catalog_of(study)))
    assert view.matrix
    assert all("Given" not in detail for part in view.arms for detail in part.details)
    assert all("In:" not in detail for part in view.interventions for detail in part.details)


def test_an_inferred_link_says_so() -> None:
    study = two_arms()
    study.catalog_section.sources = {
        "/protocolSection/armsInterventionsModule/armGroups/0/interventionNames/0": [
            Source(document="one.txt", first_line=1, last_line=1, how="inferred")
        ]
    }
    assert '<td>✓ <span class="tag tag--inferred">inferred</span></td><td>–</td>' in matrix(values_of(study))


@pytest.mark.parametrize("change", ["unknown name", "unlinked", "twice", "unlinked arm", "one arm"])
def test_where_links_are_not_all_stated_the_lists_stay(change: str) -> None:
    study = two_arms()
    module = study.protocol_section.arms_interventions_module
    if change == "unknown name":
        module.arm_groups[0].intervention_names.append("Drug: Another")
    elif change == "unlinked":
        module.interventions.append(Intervention(name="Scan"))
    elif change == "twice":
        module.arm_groups[1].label = "High dose"
    elif change == "unlinked arm":
        module.arm_groups.append(ArmGroup(label="Third", type="EXPERIMENTAL"))
    else:
        del module.arm_groups[1:]
    assert not matrix(values_of(study))
    assert any(
        "Given" in detail for part in trial_view(study, linker_of(catalog_of(study))).arms for detail in part.details
    )


def test_an_arm_that_gets_nothing_needs_no_link() -> None:
    study = two_arms()
    study.protocol_section.arms_interventions_module.arm_groups.append(ArmGroup(label="Watch", type="NO_INTERVENTION"))
    assert matrix(values_of(study)).count("<td>–</td>") == 6
