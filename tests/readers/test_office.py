"""PDF, Word and Excel files: their text goes through the readers of pages, tables and prose."""

import gzip
import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pypdf
import pytest

from generator.readers.opening import open_bytes
from generator.readers.reader import ReadError, Reading
from generator.readers.reading import read_opened

PAGE = (Path(__file__).parent / "fixtures" / "clinicaltrials_gov_page" / "copied.txt").read_text(encoding="utf-8")
LABELLED = (Path(__file__).parent / "fixtures" / "labelled_page" / "copied.txt").read_text(encoding="utf-8")


def read(data: bytes, name: str) -> list[Reading]:
    return list(read_opened(open_bytes(data, name)))


def errors(data: bytes) -> list[str]:
    return [problem.message for reading in read(data, "file") for problem in reading.problems]


def pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF with these lines on its pages, as a browser prints them."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = "".join(f"({line.translate({40: '[', 41: ']', 92: '/'})}) Tj 0 -14 Td\n" for line in lines)
        stream = f"BT /F1 10 Tf 40 800 Td\n{shown}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = "%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


def word(paragraphs: list[str], rows: list[list[str]] | None = None) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    output = io.BytesIO()
    document.save(output)
    return output.getvalue()


def excel(sheets: dict[str, list[list[object]]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


WHO: list[list[object]] = [
    ["TrialID", "Public title", "Source Register", "Recruitment Status", "Date registration3", "Target size"],
    ["NCT09990701", "Lamps", "ClinicalTrials.gov", "Recruiting", 20190410, 120.0],
]


def test_a_page_printed_to_pdf_is_read_by_the_reader_of_the_page() -> None:
    lines = PAGE[: PAGE.index("Study Plan\nHow")].splitlines()
    lines += ["Collaborators and Investigators", "Study Record Dates"]
    half = len(lines) // 2
    [reading] = read(pdf([lines[:half], lines[half:]]), "page.pdf")
    assert reading.layout == "clinicaltrials-gov-page"
    [record] = reading.records
    assert record.id == "NCT09990301"
    sources = record.study.catalog_section.sources
    assert sources["/protocolSection/identificationModule/briefTitle"][0].place == "page 1"
    assert sources["/protocolSection/eligibilityModule/sex"][0].place == "page 2"


def test_a_page_kept_in_word_is_read() -> None:
    [reading] = read(word(LABELLED.splitlines()), "page.docx")
    assert reading.layout == "labelled-page"
    assert reading.records[0].study.protocol_section.identification_module.brief_title == "Lamps against the dark"


def test_tables_of_word_are_rows_of_cells() -> None:
    rows = [["Trial ID", "PACTR202401999999999"], ["Public title", "Lamps"], ["Phase", "Phase-II"]]
    rows += [["Study type", "Interventional"], ["Recruitment status", "Recruiting"], ["Gender", "Both"]]
    [reading] = read(word(["A table"], rows), "table.docx")
    assert reading.document.text.splitlines()[1:3] == ["Trial ID | PACTR202401999999999 |", "Public title | Lamps |"]
    assert reading.records[0].study.protocol_section.design_module.phases == ["PHASE2"]


def test_prose_in_word_is_read() -> None:
    text = "The CAPTAIN trial (NCT09990702) is recruiting patients in many hospitals of the country this year."
    [reading] = read(word(["The CAPTAIN project", text]), "captain.docx")
    assert [record.id for record in reading.records] == ["NCT09990702"]


def test_the_sheet_of_an_export_is_read_as_a_table() -> None:
    [reading] = read(excel({"Results": WHO}), "export.xlsx")
    assert reading.layout == "who-ictrp-csv"
    section = reading.records[0].study.protocol_section
    assert section.status_module.study_first_submit_date == "2019-04-10"
    assert section.design_module.enrollment_info is not None
    assert section.design_module.enrollment_info.count == 120


def test_several_sheets_are_several_documents() -> None:
    readings = read(excel({"Results": WHO, "Notes": [["a", "b"]], "Empty": []}), "export.xlsx")
    assert [(one.document.path, bool(one.records)) for one in readings] == [
        ("export.xlsx/Results", True),
        ("export.xlsx/Notes", False),
    ]


def test_a_record_packed_with_gzip_is_read() -> None:
    [reading] = read(gzip.compress(PAGE.encode(), mtime=0), "page.txt.gz")
    assert reading.records[0].id == "NCT09990301"


def test_pdf_word_excel_and_gzip_inside_an_archive_are_read() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("broken.docx", word(["x"])[:-60])
        archive.writestr("export.xlsx", excel({"Results": WHO, "Notes": [["a", "b"]]}))
        archive.writestr("page.pdf", pdf([PAGE.split("\n")]))
        archive.writestr("page.txt.gz", gzip.compress(PAGE.encode(), mtime=0))
        archive.writestr("record.docx", word(LABELLED.split("\n")))
    readings = read(output.getvalue(), "all.zip")
    assert [(one.document.path, one.layout) for one in readings] == [
        ("all.zip/broken.docx", None),
        ("all.zip/export.xlsx/Results", "who-ictrp-csv"),
        ("all.zip/export.xlsx/Notes", None),
        ("all.zip/page.pdf", "clinicaltrials-gov-page"),
        ("all.zip/page.txt.gz", "clinicaltrials-gov-page"),
        ("all.zip/record.docx", "labelled-page"),
    ]
    assert readings[3].document.page_starts == (1,)


def zipped(names: list[str]) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return output.getvalue()


def locked() -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(pdf([["secret"]])))
    writer.encrypt("password", algorithm="RC4-128")
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (pdf([[]]), "pictures and no text"),
        (b"%PDF-1.4\nnothing", "this PDF cannot be read"),
        (zipped(["[Content_Types].xml", "word/document.xml"]), "this Word document cannot be read"),
        (zipped(["[Content_Types].xml", "xl/workbook.xml"]), "this Excel workbook cannot be read"),
        (zipped(["mimetype", "content.xml"]), "OpenDocument"),
        (word([""]), "holds no text"),
        (excel({"Empty": []}), "no filled sheet"),
        (gzip.compress(b"x" * 1000, mtime=0)[:-20], "cut off"),
        (b"\x1f\x8bnothing", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_once(data: bytes, message: str) -> None:
    [error] = errors(data)
    assert message in error


def test_a_locked_pdf_says_so() -> None:
    [error] = errors(locked())
    assert "password" in error or "cannot be read" in error


def test_errors_of_gzip_are_of_the_kind_of_all_others() -> None:
    [opened] = list(open_bytes(gzip.compress(b"", mtime=0), "empty.gz"))
    assert isinstance(opened, tuple)
    assert isinstance(opened[1], ReadError)
