"""Which registry a number belongs to, and where that registry shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ICTRP = "https://trialsearch.who.int/Trial2.aspx?TrialID={id}"


@dataclass(frozen=True)
class Registry:
    """A registry, the shape of its numbers, and the address of one number's page."""

    name: str
    pattern: re.Pattern[str]
    url: str | None
    """With ``{id}`` for the number (the first group of the pattern where it has one)."""


def _registry(name: str, pattern: str, url: str | None) -> Registry:
    return Registry(name, re.compile(pattern, re.IGNORECASE), url)


REGISTRIES = (
    _registry("ClinicalTrials.gov", r"(NCT\d{8})", "https://clinicaltrials.gov/study/{id}"),
    _registry(
        "EU CTIS",
        r"(20[2-9]\d-5\d{5}-\d{2})-\d{2}",
        "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT={whole}",
    ),
    _registry(
        "EudraCT",
        r"(?:EUCTR)?((?:19|20)\d{2}-\d{6}-\d{2})(?:-(?:[A-Z]{2}|3rd))?",
        "https://www.clinicaltrialsregister.eu/ctr-search/search?query=eudract_number:{id}",
    ),
    _registry("ISRCTN", r"(ISRCTN\d{8})", "https://www.isrctn.com/{id}"),
    _registry("ANZCTR", r"(ACTRN126\d{11})p?", "https://anzctr.org.au/{id}.aspx"),
    _registry("ChiCTR", r"(ChiCTR-?(?:[A-Z]{2,4}-)?\d{8,10})", _ICTRP),
    _registry("DRKS", r"(DRKS\d{8})", "https://drks.de/search/en/trial/{id}"),
    _registry("jRCT", r"(jRCT[a-z]?\d{9,10})", "https://jrct.mhlw.go.jp/en-latest-detail/{id}"),
    _registry("JPRN", r"(?:JPRN-)?(UMIN\d{9}|JapicCTI-\d{6}|JMA-IIA\d{5})", _ICTRP.replace("{id}", "JPRN-{id}")),
    _registry("CTRI", r"(CTRI/20\d{2}/\d{2,3}/\d{6})", _ICTRP),
    _registry("Onderzoek met mensen", r"NL-OMON(\d+)", "https://onderzoekmetmensen.nl/en/trial/{id}"),
    _registry("NTR", r"(NTR\d{2,5})", _ICTRP),
    _registry("PACTR", r"(PACTR20\d{13,14})", _ICTRP),
    _registry("IRCT", r"(IRCT\d{8,14}N\d{1,3})", _ICTRP),
    _registry("CRiS", r"(KCT\d{7})", _ICTRP),
    _registry("TCTR", r"(TCTR20\d{9})", "https://www.thaiclinicaltrials.org/show/{id}"),
    _registry("SLCTR", r"(SLCTR/20\d{2}/\d{3})", "https://slctr.lk/trials/{hyphenated}"),
    _registry("RPCEC", r"(RPCEC\d{8})", "https://rpcec.sld.cu/en/trials/{id}"),
    _registry("ReBEC", r"(RBR-[0-9][0-9a-z]{5,7})", "https://ensaiosclinicos.gov.br/rg/{id}"),
    _registry("REPEC", r"(PER-?\d{3}-?\d{2})", _ICTRP),
    _registry("LBCTR", r"(LBCTR20\d{8})", _ICTRP),
    _registry("ITMCTR", r"(ITMCTR\d{10})", _ICTRP),
    _registry("Universal Trial Number", r"(U\d{4}-\d{4}-\d{4})", None),
)
"""In this order: a CTIS number must not be taken for an EudraCT number."""

PUBMED = "https://pubmed.ncbi.nlm.nih.gov/{id}/"
DOI = "https://doi.org/{id}"
EXTERNAL = {
    "ror": ("ROR", "https://ror.org/{id}"),
    "orcid": ("ORCID", "https://orcid.org/{id}"),
    "mesh": ("MeSH", "https://id.nlm.nih.gov/mesh/{id}.html"),
    "rxnorm": ("RxNorm", "https://mor.nlm.nih.gov/RxNav/search?searchBy=RXCUI&searchTerm={id}"),
    "drugbank": ("DrugBank", "https://go.drugbank.com/drugs/{id}"),
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{id}"),
    "geonames": ("GeoNames", "https://www.geonames.org/{id}"),
    "unii": ("UNII", "https://precision.fda.gov/uniisearch/srs/unii/{id}"),
}
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>|]+)")


def recognise(number: str) -> tuple[str, str | None] | None:
    """Return the registry's name and the number's address there (None where it has none); None if unknown."""
    for registry in REGISTRIES:
        match = registry.pattern.fullmatch(number.strip())
        if match:
            if registry.url is None:
                return registry.name, None
            identifier, whole = match[1], match[0]
            if registry.name in {"ClinicalTrials.gov", "ISRCTN"}:
                identifier = identifier.upper()
            hyphenated = identifier.lower().replace("/", "-")
            return registry.name, registry.url.format(id=identifier, whole=whole, hyphenated=hyphenated)
    return None


def external(scheme: str, identifier: str) -> tuple[str, str | None]:
    """Return the name of an identifier's scheme and its address; no address for a scheme that we do not know."""
    name, url = EXTERNAL.get(scheme.lower(), (scheme, None))
    bare = identifier.rsplit("/", 1)[-1] if identifier.startswith("http") else identifier
    return name, url.format(id=bare) if url and re.fullmatch(r"[\w.:-]+", bare) else None


def doi(citation: str) -> str | None:
    """Return the DOI that *citation* holds."""
    match = _DOI.search(citation)
    return match[1].rstrip(").,;:]").lower() if match else None
