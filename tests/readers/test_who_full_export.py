from pathlib import Path

import pytest

from generator.model.document import Document
from generator.readers.layouts.who_ictrp import CSV_READER, FULL_EXPORT_READER
from generator.readers.layouts.who_ictrp.exports import FULL_EXPORT_COLUMNS
from generator.readers.reading import read_document

TABLE = (Path(__file__).parent / "fixtures" / "who_full_export" / "no_header.csv").read_text(encoding="utf-8")
HEADER = ",".join(FULL_EXPORT_COLUMNS).replace("last_refreshed_on", "(No column name)") + "\n"


@pytest.mark.parametrize(("text", "layout"), [(TABLE, FULL_EXPORT_READER.layout), (HEADER + TABLE, CSV_READER.layout)])
def test_the_export_states_the_same_with_and_without_names_of_columns(text: str, layout: str) -> None:
    reading = read_document(Document("export.csv", text))
    assert reading.layout == layout
    first, second = reading.records
    section = first.study.protocol_section
    assert (first.id, second.id) == ("NCT09990801", "UMIN000099999")
    assert section.identification_module.brief_title == "Lamps, and the dark"
    assert section.status_module.study_first_submit_date == "2019-04-10"
    assert section.design_module.enrollment_info is not None
    assert section.design_module.enrollment_info.count == 120
    assert section.eligibility_module.minimum_age == "18 Years"
    assert section.eligibility_module.maximum_age is None
    assert first.study.catalog_section.countries == ["Kenya", "France"]
    assert first.study.catalog_section.documents[0].as_of == "2024-02-04"
    assert first.study.catalog_section.registry_fields["Ethics_Status"] == "Approved"


def test_values_lead_to_their_row_and_column() -> None:
    second = FULL_EXPORT_READER.read(Document("export.csv", TABLE))[1]
    [source] = second.study.catalog_section.sources["/protocolSection/identificationModule/briefTitle"]
    assert (source.first_line, source.place) == (3, "public_title")


@pytest.mark.parametrize("text", [TABLE.replace('"Lamps, and the dark",', ""), "NCT09990801,a,b\n", HEADER, ""])
def test_another_table_is_not_taken(text: str) -> None:
    assert not FULL_EXPORT_READER.recognises(Document("export.csv", text))
