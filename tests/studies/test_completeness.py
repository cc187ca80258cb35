"""The WHO data set's 24 items: stated, stated as none, lost by the layout, not stated."""

from __future__ import annotations

from generator.model.catalog_section import CatalogSection, UntypedOutcome
from generator.model.sentence import sentence
from generator.model.source import Absence
from generator.model.study import Sponsor, Study
from generator.studies.completeness import completeness_of

SPONSORS = "/protocolSection/sponsorCollaboratorsModule"


def states(study: Study) -> dict[str, str]:
    return {item.name: item.state for item in completeness_of(study)}


def test_an_empty_study_states_nothing() -> None:
    items = completeness_of(Study())
    assert [item.number for item in items] == list(range(1, 25))
    assert {item.state for item in items} == {"notStated"}


def test_each_state_has_its_reason() -> None:
    study = Study(catalog_section=CatalogSection(id="NCT01234567"))
    study.has_results = False
    study.catalog_section.absences = {
        f"{SPONSORS}/leadSponsor": Absence(reason="lostByLayout"),
        f"{SPONSORS}/collaborators": Absence(reason="statedAsNone"),
        "/protocolSection/outcomesModule/secondaryOutcomes": Absence(reason="notStated", note=sentence("x")),
    }
    found = states(study)
    assert found["Primary registry and number"] == "stated"
    assert found["Summary results"] == "stated"
    assert found["Primary sponsor"] == "lostByLayout"
    assert found["Secondary sponsors"] == found["Sources of support"] == "statedAsNone"
    assert found["Key secondary outcomes"] == found["Ethics review"] == "notStated"


def test_a_value_weighs_more_than_an_absence() -> None:
    study = Study()
    study.protocol_section.sponsor_collaborators_module.lead_sponsor = Sponsor(name="A")
    study.catalog_section.absences = {f"{SPONSORS}/leadSponsor": Absence(reason="lostByLayout")}
    assert states(study)["Primary sponsor"] == "stated"


def test_outcomes_without_their_border_are_lost_by_the_layout() -> None:
    study = Study(catalog_section=CatalogSection(outcomes_without_type=[UntypedOutcome(measure="m")]))
    assert states(study)["Primary outcomes"] == states(study)["Key secondary outcomes"] == "lostByLayout"


def test_a_provisional_slug_is_no_number() -> None:
    assert states(Study(catalog_section=CatalogSection(id="prev-hap")))["Primary registry and number"] == "notStated"


def test_ethics_review_counts_where_a_registry_has_it() -> None:
    study = Study(catalog_section=CatalogSection(registry_fields={"ethics_approval_date": "2020-01-01", "x": "y"}))
    assert states(study)["Ethics review"] == "stated"
