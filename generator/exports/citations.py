"""Trials and their publications as records for reference managers: RIS, BibTeX and CSL JSON, below ``data/``."""

from __future__ import annotations

from contextlib import ExitStack
from typing import cast

from generator.exports.exporter import Exporter
from generator.exports.published import PublishedCatalog, PublishedStudy
from generator.exports.studies_json import encode
from generator.language.messages import gettext_noop
from generator.model.data_file import DataFile
from generator.model.pointers import Json
from generator.pages.text.citations import as_bibtex, as_csl, as_ris, publication_citations, trial_citation
from generator.pages.text.contacts import E_MAIL
from generator.storage.streams import StreamedFiles

RIS, BIBTEX, CSL = "data/citations.ris", "data/citations.bib", "data/citations.json"

_GROUP = "Citations"


class Citations:
    """The writing of a record for each trial, and one for each publication that it names, in three forms."""

    def __init__(self, _: PublishedCatalog, files: StreamedFiles) -> None:
        """Open the files."""
        self._open = ExitStack()
        self._ris, self._bibtex, self._csl = (self._open.enter_context(files.open(name)) for name in (RIS, BIBTEX, CSL))
        self._before = b"["

    def add(self, study: PublishedStudy) -> None:
        """Write the records of a study."""
        for citation in (trial_citation(study.record), *publication_citations(study.record)):
            self._ris.write(_without_addresses(as_ris(citation)) + b"\n")
            self._bibtex.write(_without_addresses(as_bibtex(citation)) + b"\n")
            self._csl.write(self._before + encode(cast("Json", as_csl(citation))).rstrip())
            self._before = b",\n"

    def finish(self) -> None:
        """Close the files."""
        self._csl.write(b"[]\n" if self._before == b"[" else b"]\n")
        self._open.close()


def _without_addresses(text: str) -> bytes:
    """Return *text* with its e-mail addresses written for readers, not for programs that collect them."""
    return E_MAIL.sub(r"\1 (at) \2", text).encode("utf-8", "replace")


EXPORTER = Exporter(
    name="citations",
    files=(
        DataFile(
            RIS,
            "RIS",
            gettext_noop("For Zotero, EndNote, Mendeley."),
            "application/x-research-info-systems",
            group=_GROUP,
        ),
        DataFile(BIBTEX, "BibTeX", gettext_noop("For LaTeX."), "application/x-bibtex", group=_GROUP),
        DataFile(
            CSL,
            "CSL JSON",
            gettext_noop("For pandoc and citation processors."),
            "application/vnd.citationstyles.csl+json",
            group=_GROUP,
        ),
    ),
    open=Citations,
)
