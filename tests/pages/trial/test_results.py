"""Results stand on a page of their own, as they are stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.catalog import Catalog
from generator.model.study import (
    AdverseEvent,
    AdverseEventsModule,
    BaselineCharacteristicsModule,
    BaselineMeasure,
    CertainAgreement,
    Denom,
    DenomCount,
    DropWithdraw,
    EventGroup,
    EventStats,
    FlowGroup,
    FlowMilestone,
    FlowPeriod,
    FlowStats,
    MeasureAnalysis,
    MeasureCategory,
    MeasureClass,
    MeasureGroup,
    Measurement,
    MoreInfoModule,
    OutcomeMeasure,
    OutcomeMeasuresModule,
    ParticipantFlowModule,
    PointOfContact,
    ResultsSection,
)
from generator.settings import Settings
from tests.pages.catalogs import HOSTILE, small_catalog
from tests.pages.dialects import DIALECTS, read, seen
from tests.pages.test_pages import body_of, pages_of


def results(text: str) -> ResultsSection:
    """Return results with every part filled, each text *text*."""
    groups = [MeasureGroup(id="G0", title=text, description=text), MeasureGroup(id="G1", title="Placebo")]
    denoms = [Denom(units="Participants", counts=[DenomCount(group_id="G0", value="31")])]
    values = [
        Measurement(group_id="G0", value="12", spread="3.4", comment=text),
        Measurement(group_id="G1", value="NA", lower_limit="1", upper_limit="2"),
    ]
    classes = [MeasureClass(title=text, categories=[MeasureCategory(title="Yes", measurements=values)])]
    return ResultsSection(
        participant_flow_module=ParticipantFlowModule(
            recruitment_details=text,
            groups=[FlowGroup(id="G0", title=text, description=text), FlowGroup(id="G1", title="Placebo")],
            periods=[
                FlowPeriod(
                    title=text,
                    milestones=[
                        FlowMilestone(type="STARTED", achievements=[FlowStats(group_id="G0", num_subjects="0,31 *")]),
                        FlowMilestone(type="SOMETHING_NEW", comment=text, achievements=[]),
                    ],
                    drop_withdraws=[DropWithdraw(type=text, reasons=[FlowStats(group_id="G1", comment=text)])],
                )
            ],
        ),
        baseline_characteristics_module=BaselineCharacteristicsModule(
            groups=groups,
            denoms=denoms,
            measures=[BaselineMeasure(title=text, param_type="COUNT_OF_PARTICIPANTS", classes=classes)],
        ),
        outcome_measures_module=OutcomeMeasuresModule(
            outcome_measures=[
                OutcomeMeasure(
                    type=kind,
                    title=text,
                    description=text,
                    param_type="MEAN",
                    dispersion_type="STANDARD_DEVIATION",
                    unit_of_measure="mm",
                    groups=groups,
                    denoms=denoms,
                    classes=classes,
                    analyses=[MeasureAnalysis(p_value="<0.001", statistical_method=text, group_ids=["G0", "G1"])],
                )
                for kind in ("PRIMARY", "SECONDARY", "NEW_KIND")
            ]
        ),
        adverse_events_module=AdverseEventsModule(
            time_frame=text,
            event_groups=[EventGroup(id="E0", title=text, serious_num_affected=1, serious_num_at_risk=31)],
            serious_events=[
                AdverseEvent(
                    term=text, organ_system=text, notes=text, stats=[EventStats(group_id="E0", num_affected=1)]
                )
            ],
        ),
        more_info_module=MoreInfoModule(
            certain_agreement=CertainAgreement(pi_sponsor_employee=False, other_details=text),
            point_of_contact=PointOfContact(title="Ask Me", email="ask@example.org"),
        ),
    )


def catalog_with_results(text: str) -> Catalog:
    catalog = small_catalog(text)
    catalog.studies["NCT00000001"].results_section = results(text)
    return catalog


def test_the_trial_and_its_results_lead_to_each_other(tmp_path: Path) -> None:
    pages = pages_of(catalog_with_results("Some words"), tmp_path)
    assert "](nct00000001-results.md)" in pages["trials/nct00000001.md"]
    assert "](nct00000001.md)" in pages["trials/nct00000001-results.md"]
    assert "trials/other-trial-results.md" not in pages


def test_numbers_stand_as_they_are_stated(tmp_path: Path) -> None:
    page = pages_of(catalog_with_results("Some words"), tmp_path)["trials/nct00000001-results.md"]
    assert '<tr><th scope="row">Started</th><td>0,31 *</td><td>–</td></tr>' in page
    assert '<th scope="col">Placebo</th>' in page
    assert "<td>12 of 31 (3.4) – Some words</td><td>NA (1 to 2)</td>" in page
    assert "<td>1 of 31</td>" in page
    assert "Mean (standard deviation), in mm" in page
    assert "**P value:** &lt;0.001" in page
    assert "New kind outcomes: results (1)" in page
    assert "<summary>Some words</summary>" in page


@pytest.mark.parametrize("dialect", DIALECTS)
def test_hostile_results_come_out_as_text(dialect: object, tmp_path: Path) -> None:
    assert callable(dialect)
    body = body_of(pages_of(catalog_with_results(HOSTILE), tmp_path)["trials/nct00000001-results.md"])
    html = dialect(body)
    found = read(html)
    assert not {"script", "img", "b"} & set(found.tags)
    assert not [key for key, _ in found.attributes if key.startswith("on")]
    assert seen(html).count('<script>alert("x")</script>') > 20
    assert seen(html).count("**bold** `code`") > 20


def test_contacts_can_be_left_out_of_results(tmp_path: Path) -> None:
    pages = pages_of(catalog_with_results("x"), tmp_path / "a")
    assert "Ask Me" in pages["trials/nct00000001-results.md"]
    pages = pages_of(catalog_with_results("x"), tmp_path / "b", Settings(contacts=False))
    assert "Ask Me" not in pages["trials/nct00000001-results.md"]
    assert "ask (at)" not in pages["trials/nct00000001-results.md"]
