"""The tab “Results Posted” of today's page: it states what the classic page of the same results states."""

from pathlib import Path

import msgspec
import pytest

from generator.model.document import Document
from generator.readers.reading import read_document

FIXTURES = Path(__file__).parent / "fixtures"
COPIED = (FIXTURES / "clinicaltrials_gov_page" / "results.txt").read_text(encoding="utf-8")
DETAILS = (FIXTURES / "clinicaltrials_gov_page" / "copied.txt").read_text(encoding="utf-8")
CLASSIC = (FIXTURES / "clinicaltrials_gov_classic" / "results_pipes.txt").read_text(encoding="utf-8")
HEADINGS = ("Participant Flow", "Baseline Characteristics", "Outcome Measures", "Adverse Events")


def saved(text: str) -> str:
    """Return the page as it is saved: cells end with a border."""
    return "\n".join(f"{' | '.join(line.split(chr(9)))} |" if "\t" in line else line for line in text.split("\n"))


def extracted(text: str) -> str:
    """Return the page as Markdown."""
    lines = (f"| {' | '.join(line.split(chr(9)))} |" if "\t" in line else line for line in text.split("\n"))
    return "\n".join(f"### {line}" if line in HEADINGS else line for line in lines)


@pytest.mark.parametrize("form", [str, saved, extracted])
def test_every_form_states_the_results_of_the_classic_page(form: type[str]) -> None:
    reading = read_document(Document("page.txt", form(COPIED)))
    assert reading.layout == "clinicaltrials-gov-page"
    (record,), (classic,) = reading.records, read_document(Document("classic.txt", CLASSIC)).records
    assert record.id == "NCT09990017"
    assert record.study.has_results
    results, same = (msgspec.to_builtins(one.study.results_section) for one in (record, classic))
    assert results["participantFlowModule"]["groups"][0]["title"] == "Wool"
    for module in ("outcomeMeasuresModule", "adverseEventsModule", "moreInfoModule"):
        assert results[module] == same[module]
    assert results["baselineCharacteristicsModule"]["measures"] == same["baselineCharacteristicsModule"]["measures"]
    assert [line.text for line in reading.document.unread()] == ["[1] One pair was lost in the wash."]


@pytest.mark.parametrize("results_first", [True, False])
def test_both_tabs_in_one_document_are_read(results_first: bool) -> None:
    details = DETAILS.replace("NCT09990301", "NCT09990017")
    _, results = COPIED.split("Participant Flow", 1)
    results = f"Participant Flow{results}"
    place = details.index("Study Overview")
    text = f"{details[:place]}{results}\n{details[place:]}" if results_first else f"{details}\n{results}"
    alone = read_document(Document("details.txt", details))
    reading = read_document(Document("both.txt", text))
    (record,), (without,) = reading.records, alone.records
    assert record.study.protocol_section == without.study.protocol_section
    outcomes = msgspec.to_builtins(record.study.results_section)["outcomeMeasuresModule"]["outcomeMeasures"]
    assert [one["title"] for one in outcomes] == ["Warmth", "Holes"]


def test_a_sentence_about_results_begins_none() -> None:
    text = DETAILS.replace("Brief Summary\n", "Brief Summary\nParticipant Flow\n", 1)
    (record,) = read_document(Document("page.txt", text)).records
    assert "Participant Flow" in (record.study.protocol_section.description_module.brief_summary or "")
    assert record.study.results_section is None
