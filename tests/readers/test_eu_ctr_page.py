"""The register's page states what its text download states: the tests print the download's fields as the page does."""

import html
import re
from typing import Literal

import msgspec
import pytest

from generator.model.document import Document
from generator.readers.layouts.eu_ctr import READER as DOWNLOAD
from generator.readers.layouts.eu_ctr_page import READER
from generator.readers.opening import decode
from generator.readers.reader import ReadError
from generator.readers.reading import read_document
from tests.readers.test_eu_ctr import section

FIELD = re.compile(r"([A-Z](?:\.\d{1,2})+)(?: and [A-Z](?:\.\d{1,2})+)?\s(.*?)(?:: ?(.*))?")


def rows(text: str) -> list[tuple[str, ...]]:
    """Return the lines of a download as the cells of the page's rows."""
    found: list[tuple[str, ...]] = []
    for line in text.replace("Trial? ", "Trial?: ").splitlines():
        field = FIELD.fullmatch(line)
        label, colon, value = line.partition(": ")
        if not line:
            continue
        if field and field[3] is not None:
            found.append((field[1], field[2], field[3]))
        elif line.startswith(("Sponsor ", "D.IMP: ", "D.8 Placebo: ")):
            found.append((f"B.Sponsor: {line[-1]}" if line.startswith("Sponsor") else line,))
        elif colon and not found[-1][0][:2].endswith("."):
            found.append((f"{label}:", value))
        elif re.fullmatch(r"[A-Z]\. .*|Summary|MedDRA Classification|D\.8 .*", line) or field:
            found.append((line,))
        else:
            found[-1] = (*found[-1][:-1], f"{found[-1][-1]} {line}".strip())
    return found


Form = Literal["html", "text", "run together"]
INTRODUCTION = """Flag of the European Union EU Clinical Trials Register Help

The European Union Clinical Trials Register   allows you to search for protocol and results information on:
  • interventional clinical trials that were approved in the European Union
    The EU Clinical Trials Register currently displays   43851   clinical trials with a EudraCT protocol.
    < Back to search results
"""
INDEX = """    Trial results View results
    Index
    A. PROTOCOL INFORMATION
    Expand All   Collapse All
"""


def page(text: str, form: Form) -> str:
    """Return a download as the page, saved or copied, or extracted without borders of cells."""
    if form == "run together":
        lines = [f"    {''.join(cells)}" for cells in rows(text)]
        begin = next(number for number, line in enumerate(lines) if line.startswith("    A. "))
        return INTRODUCTION + "\n".join(lines[:begin]) + "\n" + INDEX + "\n".join(lines[begin:]) + "\n"
    if form == "text":
        return "\n".join("\t".join(cells) for cells in rows(text)) + "\n"
    lines = ["<!DOCTYPE html>", "<html><head><title>Clinical Trials register</title></head><body>"]
    lines.append("<p>The European Union Clinical Trials Register allows you to search for results.</p><table>")
    lines.extend(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>" for cells in rows(text))
    return "\n".join([*lines, "</table></body></html>"])


@pytest.mark.parametrize("form", ["html", "text", "run together"])
def test_the_page_states_what_the_download_states(form: Form) -> None:
    text = section(criteria="1. Afraid of the dark").replace("Hours\nof sleep", "Hours of sleep")
    [expected] = DOWNLOAD.read(Document("download.txt", text))
    document = decode(page(text, form).encode(), "page")
    reading = read_document(document)
    assert reading.layout == READER.layout
    [found] = reading.records
    stated = msgspec.to_builtins(expected.study.protocol_section)
    assert msgspec.to_builtins(found.study.protocol_section) == stated
    assert found.study.catalog_section.countries == expected.study.catalog_section.countries
    assert not document.unread()


def test_countries_that_cannot_be_parted_are_kept_as_found() -> None:
    text = page(section(), "text").replace("Japan France", "Japan Lampland")
    [record] = READER.read(Document("page.txt", text))
    assert record.study.catalog_section.countries == ["France"]
    assert any(value == "Japan Lampland" for value in record.study.catalog_section.registry_fields.values())


def test_values_lead_to_their_row() -> None:
    document = decode(page(section(), "html").encode(), "page.html")
    [record] = read_document(document).records
    for source in record.study.catalog_section.sources["/protocolSection/identificationModule/orgStudyIdInfo/id"]:
        assert "LAMP-2" in document.line(source.first_line).text


def test_what_is_no_field_stays_unread() -> None:
    text = page(section(), "text")
    text = text.replace("A. Protocol Information\n", "A. Protocol Information\nA word of somebody else\n")
    reading = read_document(Document("page.txt", text))
    assert [line.text for line in reading.document.unread()] == ["A word of somebody else"]


def test_a_page_of_two_numbers_is_refused() -> None:
    text = page(section(), "text").replace("A.2\tEudraCT number\t2019-009999-12", "A.2\tEudraCT number\t2019-009998-12")
    with pytest.raises(ReadError, match="2019-009998-12"):
        READER.read(Document("page.txt", text))


def test_the_download_is_not_taken() -> None:
    assert not READER.recognises(Document("download.txt", section()))


def test_cells_that_no_known_label_parts_stay_together_and_unread() -> None:
    text = page(section(), "run together").replace(
        "A.2EudraCT number", "A.9.9Number of lampsseven\n    A.2EudraCT number"
    )
    document = Document("page.txt", text)
    [record] = READER.read(document)
    assert [line.stripped for line in document.unread()] == ["A.9.9Number of lampsseven"]
    assert not any("seven" in value for value in record.study.catalog_section.registry_fields.values())
