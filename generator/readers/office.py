"""Text of PDF, Word and Excel files, in the form of the pages and tables that the readers know.

A page that was printed to PDF, or a record that somebody keeps in Word, goes through the reader of that page; a sheet
becomes a table as text.  Values of a PDF lead to its pages.  Pictures hold no text: a scanned page is refused.
"""

from __future__ import annotations

import csv
import datetime
import io
import logging
from collections.abc import Iterator

import docx
import openpyxl
import pypdf
from docx.table import Table
from docx.text.paragraph import Paragraph

from generator.readers.reader import ReadError

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong with a file is said as a problem of it

MOST_PAGES = 2_000
MOST_CELLS = 20_000_000


def word_text(data: bytes) -> str:
    """Return the paragraphs and tables of a Word document in their order: a line each, cells between ``|``.

    Raises ReadError where the file is damaged or holds no text.
    """
    try:
        document = docx.Document(io.BytesIO(data))
        lines = [line for block in document.iter_inner_content() for line in _lines_of(block)]
    except Exception as error:
        message = f"this Word document cannot be read ({_short(error)}); save it as plain text (.txt)"
        raise ReadError(1, message, "unreadable") from error
    if not any(line.strip() for line in lines):
        raise ReadError(1, "this Word document holds no text; save it as plain text (.txt)", "empty")
    return "\n".join(lines) + "\n"


def _lines_of(block: Paragraph | Table) -> Iterator[str]:
    if isinstance(block, Paragraph):
        style = block.style.name if block.style is not None else ""
        mark = "* " if style and style.startswith("List") and block.text.strip() else ""
        yield from f"{mark}{block.text}".split("\n")
        return
    for row in block.rows:
        cells: list[str] = []
        previous = None
        for cell in row.cells:
            if cell._tc is not previous:
                cells.append(" ".join(cell.text.split()))
            previous = cell._tc
        if any(cells):
            yield f"{' | '.join(cells)} |"


def excel_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each filled sheet of a workbook, as CSV.

    Raises ReadError where the file is damaged or too large.
    """
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in workbook.worksheets:
            output = io.StringIO()
            writer = csv.writer(output, lineterminator="\n")
            count = 0
            for row in sheet.iter_rows(values_only=True):
                count += len(row)
                if count > MOST_CELLS:
                    message = f"the sheet {sheet.title!r} has more than {MOST_CELLS:,} cells; split it"
                    raise ReadError(1, message, "too-large")
                writer.writerow([_cell(value) for value in row])
            text = output.getvalue()
            if text.strip(',\n "'):
                yield sheet.title, text
    except ReadError:
        raise
    except Exception as error:
        message = f"this Excel workbook cannot be read ({_short(error)}); save the sheet as CSV (UTF-8)"
        raise ReadError(1, message, "unreadable") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def pdf_text(data: bytes) -> tuple[str, tuple[int, ...]]:
    """Return the text of a PDF, and the line on which each of its pages begins.

    Raises ReadError where the file is damaged, locked with a password, or holds pictures only.
    """
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(1, "this PDF is locked with a password; save its text as a .txt file", "binary")
        if len(reader.pages) > MOST_PAGES:
            raise ReadError(1, f"this PDF has more than {MOST_PAGES:,} pages; split it", "too-large")
        pages = [page.extract_text() for page in reader.pages]
    except ReadError:
        raise
    except Exception as error:
        message = f"this PDF cannot be read ({_short(error)}); open it and save its text as a .txt file"
        raise ReadError(1, message, "binary") from error
    lines: list[str] = []
    starts = []
    for page in pages:
        starts.append(len(lines) + 1)
        lines.extend(page.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n"))
    if not any(line.strip() for line in lines):
        message = "this PDF holds pictures and no text; open it and save its text as a .txt file"
        raise ReadError(1, message, "binary")
    return "\n".join(lines) + "\n", tuple(starts)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
