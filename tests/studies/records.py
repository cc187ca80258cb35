"""Records made by hand, for tests of what happens to them afterwards."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.model.catalog_section import DocumentReference
from generator.model.pointers import leaves
from generator.model.record import Record
from generator.model.source import Source
from generator.model.study import Study


def record(
    identifier: str,
    protocol: dict[str, Any],
    *,
    document: str = "page.txt",
    layout: str = "meddatax",
    as_of: str | None = None,
    provisional: bool = False,
    section: dict[str, Any] | None = None,
    has_results: bool | None = None,
) -> Record:
    """Return a record whose every value has a source: line 1, 2, 3 … of *document*."""
    value: dict[str, Any] = {
        "protocolSection": protocol,
        "catalogSection": section or {},
        "hasResults": has_results,
    }
    study = msgspec.convert(value, Study)
    study.catalog_section.id = identifier
    study.catalog_section.provisional = provisional
    study.catalog_section.documents = [DocumentReference(path=document, layout=layout, as_of=as_of)]
    study.catalog_section.sources = {
        pointer: [Source(document=document, first_line=line, last_line=line)]
        for line, (pointer, _) in enumerate(leaves(value), start=1)
    }
    return Record(study)


def numbered(number: str, *, others: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    """Return a protocol section with this NCT number, other numbers, and further modules."""
    module: dict[str, Any] = {"nctId": number} if number.startswith("NCT") else {}
    module["secondaryIdInfos"] = [{"id": other} for other in others]
    return {"identificationModule": {**module, **more.pop("identificationModule", {})}, **more}
