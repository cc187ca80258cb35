"""Where publications and entities are told of elsewhere.  Numbers of trials are the model's own table."""

from __future__ import annotations

import re

from generator.language.messages import gettext_noop
from generator.model.registry_numbers import KINDS_BY_NAME

PUBMED = KINDS_BY_NAME["pmid"].home or ""
DOI = KINDS_BY_NAME["doi"].home or ""
EXTERNAL = {
    "ror": ("ROR", KINDS_BY_NAME["ror"].home or ""),
    "orcid": ("ORCID", KINDS_BY_NAME["orcid"].home or ""),
    "mesh": ("MeSH", "https://id.nlm.nih.gov/mesh/{id}.html"),
    "rxnorm": ("RxNorm", "https://mor.nlm.nih.gov/RxNav/search?searchBy=RXCUI&searchTerm={id}"),
    "drugbank": ("DrugBank", "https://go.drugbank.com/drugs/{id}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{id}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{id}"),
    "iso3166": ("ISO 3166", ""),
    "unii": ("UNII", "https://precision.fda.gov/uniisearch/srs/unii/{id}"),
}


TERMS = {
    "ClinicalTrials.gov": (
        gettext_noop("Name ClinicalTrials.gov as the source, give the date of the data, and say what you changed."),
        "https://clinicaltrials.gov/about-site/terms-conditions",
    ),
    "ISRCTN": (
        gettext_noop("Records may be used under CC BY: name the registry and the trial's number."),
        "https://www.isrctn.com/page/terms",
    ),
    "EU Clinical Trials Register": (
        gettext_noop("Name the register as the source."),
        "https://www.clinicaltrialsregister.eu/disclaimer.html",
    ),
    "EU Clinical Trials Information System": (
        gettext_noop("Name the register as the source."),
        "https://euclinicaltrials.eu/about-this-website/",
    ),
}
"""Registry -> what it asks of those who use its data, as a message, and where it says so.  Others' terms are theirs."""


def external(scheme: str, identifier: str) -> tuple[str, str | None]:
    """Return the name of an identifier's scheme and its address; no address for a scheme that we do not know."""
    name, url = EXTERNAL.get(scheme.lower(), (scheme, None))
    bare = identifier.rsplit("/", 1)[-1] if identifier.startswith("http") else identifier
    return name, url.format(id=bare) if url and re.fullmatch(r"[\w.:-]+", bare) else None


def doi(citation: str) -> str | None:
    """Return the DOI that *citation* holds."""
    kind = KINDS_BY_NAME["doi"]
    match = kind.pattern.search(citation)
    return kind.canonical(match) if match else None
