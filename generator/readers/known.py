"""The layouts that are known, in the order in which they are tried."""

from __future__ import annotations

from generator.readers.layouts.anzctr import READER as ANZCTR
from generator.readers.layouts.clinicaltrials_gov_api import READER as CLINICALTRIALS_GOV_API
from generator.readers.layouts.clinicaltrials_gov_classic import READER as CLINICALTRIALS_GOV_CLASSIC
from generator.readers.layouts.clinicaltrials_gov_csv import READER as CLINICALTRIALS_GOV_CSV
from generator.readers.layouts.clinicaltrials_gov_page import READER as CLINICALTRIALS_GOV_PAGE
from generator.readers.layouts.clinicaltrials_gov_xml import READER as CLINICALTRIALS_GOV_XML
from generator.readers.layouts.drks import READER as DRKS
from generator.readers.layouts.eu_ctis import READER as EU_CTIS
from generator.readers.layouts.eu_ctis_search import CSV_READER as EU_CTIS_CSV
from generator.readers.layouts.eu_ctis_search import JSON_READER as EU_CTIS_SEARCH
from generator.readers.layouts.eu_ctr import READER as EU_CTR
from generator.readers.layouts.eu_ctr_page import READER as EU_CTR_PAGE
from generator.readers.layouts.hand_written import READER as HAND_WRITTEN
from generator.readers.layouts.isrctn import READER as ISRCTN
from generator.readers.layouts.labelled_page import READER as LABELLED_PAGE
from generator.readers.layouts.meddatax.compact import READER as MEDDATAX_COMPACT
from generator.readers.layouts.meddatax.labelled import READER as MEDDATAX
from generator.readers.layouts.project_page import READER as PROJECT_PAGE
from generator.readers.layouts.who_exchange import READER as WHO_EXCHANGE
from generator.readers.layouts.who_ictrp import CSV_READER as WHO_ICTRP_CSV
from generator.readers.layouts.who_ictrp import FULL_EXPORT_READER as WHO_ICTRP_FULL_EXPORT
from generator.readers.layouts.who_ictrp import XML_READER as WHO_ICTRP_XML
from generator.readers.reader import Reader

READERS: tuple[Reader, ...] = (
    HAND_WRITTEN,
    CLINICALTRIALS_GOV_API,
    CLINICALTRIALS_GOV_XML,
    CLINICALTRIALS_GOV_CSV,
    EU_CTIS,
    EU_CTIS_SEARCH,
    EU_CTIS_CSV,
    EU_CTR,
    EU_CTR_PAGE,
    ISRCTN,
    DRKS,
    ANZCTR,
    WHO_EXCHANGE,
    WHO_ICTRP_XML,
    WHO_ICTRP_CSV,
    WHO_ICTRP_FULL_EXPORT,
    CLINICALTRIALS_GOV_PAGE,
    CLINICALTRIALS_GOV_CLASSIC,
    MEDDATAX,
    MEDDATAX_COMPACT,
    LABELLED_PAGE,
    PROJECT_PAGE,
)
"""Registries' records first, then pages of registries and of other sites, and prose last."""

LAST_RESORTS: tuple[Reader, ...] = (LABELLED_PAGE, PROJECT_PAGE)
"""Readers without marks of their own: the first of them counts that recognises what no other reader does."""

LOWEST_RANK = 7


def checked(readers: tuple[Reader, ...]) -> dict[str, Reader]:
    """Return *readers* by their layouts.  Raises ValueError for one that lacks what the other packages ask of it."""
    found: dict[str, Reader] = {}
    for reader in readers:
        if reader.layout in found:
            raise ValueError(f"two readers have the layout {reader.layout!r}; give one of them another name")
        if not isinstance(getattr(reader, "rank", None), int) or reader.rank not in range(LOWEST_RANK + 1):
            raise ValueError(f"the reader of {reader.layout!r} needs a rank from 0 to {LOWEST_RANK}")
        if not getattr(reader, "title", ""):
            raise ValueError(f"the reader of {reader.layout!r} needs a title, which pages print")
        found[reader.layout] = reader
    return found


READERS_BY_LAYOUT = checked(READERS)
