"""How a trial and its publications are cited: as a sentence, and as records for reference managers.

A record holds what the documents state.  The publications of a trial are known by their printed citations, which are
not taken apart: their whole text stands as the title, beside the numbers by which a reference manager finds the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from generator.language.formats import format_date
from generator.language.messages import gettext
from generator.model.registry_numbers import recognise
from generator.pages.registry_links import DOI, PUBMED, doi
from generator.pages.text.escaping import one_line

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_LATEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited."""

    id: str
    title: str
    is_trial: bool
    authors: tuple[str, ...] = ()
    """Organizations, as documents name them."""
    number: str = ""
    """In its registry, or in PubMed."""
    database: str = ""
    """The registry, or PubMed."""
    dated: str = ""
    """Partial date: when what is cited was last changed, as its documents say."""
    url: str = ""
    doi: str = ""
    note: str = ""
    keywords: tuple[str, ...] = ()


def trial_citation(record: dict[str, Any]) -> Citation:
    """Return how the trial whose study is *record* (in the names of API v2) is cited."""
    section = record.get("catalogSection", {})
    protocol = record.get("protocolSection", {})
    identification = protocol.get("identificationModule", {})
    sponsors = protocol.get("sponsorCollaboratorsModule", {})
    identifier = section.get("id", "")
    known = recognise(identifier) if not section.get("provisional") else None
    lead = sponsors.get("leadSponsor", {}).get("name")
    named = [lead] if lead else [one["name"] for one in section.get("sponsorsWithoutRole", ()) if one.get("name")]
    title = identification.get("officialTitle") or identification.get("briefTitle") or identifier
    return Citation(
        id=identifier,
        title=one_line(title),
        is_trial=True,
        authors=tuple(map(one_line, named)),
        number=known.number if known else "",
        database=known.kind.registry if known else "",
        dated=_last_change(protocol.get("statusModule", {}), section),
        url=(known.url if known else None) or "",
        keywords=tuple(map(one_line, protocol.get("conditionsModule", {}).get("conditions", ()))),
    )


def publication_citations(record: dict[str, Any]) -> Iterator[Citation]:
    """Yield how the publications are cited that the study in *record* names."""
    identifier = record.get("catalogSection", {}).get("id", "")
    references = record.get("protocolSection", {}).get("referencesModule", {}).get("references", ())
    for number, item in enumerate(references, start=1):
        pmid, text = item.get("pmid", ""), one_line(item.get("citation", ""))
        found = doi(text) or ""
        if not text and not pmid:
            continue
        yield Citation(
            id=f"{identifier}-{number}",
            title=text or f"PubMed {pmid}",
            is_trial=False,
            number=pmid,
            database="PubMed" if pmid else "",
            url=DOI.format(id=found) if found else PUBMED.format(id=pmid) if pmid else "",
            doi=found,
            note=f"Named by trial {identifier}",
        )


def _last_change(status: dict[str, Any], section: dict[str, Any]) -> str:
    stated = status.get("lastUpdatePostDateStruct", {}).get("date") or status.get("lastUpdateSubmitDate")
    if stated:
        return str(stated)
    return max((one["asOf"] for one in section.get("documents", ()) if one.get("asOf")), default="")


def as_text(citation: Citation) -> str:
    """Return a sentence as it stands in a list of references."""
    pieces = [", ".join(citation.authors), citation.title.rstrip("."), citation.database]
    if citation.number:
        pieces[-1] = f"{citation.database}: {citation.number}".lstrip(": ")
    if citation.dated:
        pieces.append(gettext("Last changed {date}").format(date=format_date(citation.dated)))
    text = ". ".join(piece for piece in pieces if piece)
    return f"{text}. {citation.url}" if citation.url else f"{text}."


def as_ris(citation: Citation) -> str:
    """Return a record in the form RIS; its last line has an end."""
    fields: list[tuple[str, str]] = [("TY", "DATA" if citation.is_trial else "GEN"), ("ID", citation.id)]
    fields += [("AU", f"{author},") for author in citation.authors]
    fields += [
        ("TI", citation.title),
        ("PY", citation.dated[:4]),
        ("DA", citation.dated.replace("-", "/") + "/" * (3 - citation.dated.count("-")) if citation.dated else ""),
        ("DB", citation.database),
        ("AN", citation.number),
        ("DO", citation.doi),
        ("N1", citation.note),
    ]
    fields += [("KW", keyword) for keyword in citation.keywords]
    fields.append(("UR", citation.url))
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def as_bibtex(citation: Citation) -> str:
    """Return a record in the form BibTeX; its last line has an end."""
    number = f"{citation.database} {citation.number}".strip()
    fields = (
        ("author", " and ".join(f"{{{_latex(author)}}}" for author in citation.authors)),
        ("title", f"{{{_latex(citation.title)}}}"),
        ("year", citation.dated[:4]),
        ("howpublished", _latex(number)),
        ("doi", _latex(citation.doi)),
        ("note", _latex(citation.note)),
        ("url", citation.url.replace("{", "%7B").replace("}", "%7D")),
    )
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields if value)
    return f"@misc{{{_bibtex_key(citation.id)},\n{body}\n}}\n"


def as_csl(citation: Citation) -> dict[str, Any]:
    """Return a record in the form CSL JSON."""
    item: dict[str, Any] = {
        "id": citation.id,
        "type": "dataset" if citation.is_trial else "document",
        "title": citation.title,
    }
    if citation.authors:
        item["author"] = [{"literal": author} for author in citation.authors]
    found = _DATE.fullmatch(citation.dated[:10])
    if found:
        item["issued"] = {"date-parts": [[int(part) for part in found.groups() if part]]}
    if citation.is_trial and citation.number:
        item |= {"number": citation.number, "archive": citation.database}
    elif citation.number:
        item["PMID"] = citation.number
    for name, value in (("DOI", citation.doi), ("note", citation.note), ("URL", citation.url)):
        if value:
            item[name] = value
    if citation.keywords:
        item["keyword"] = ", ".join(citation.keywords)
    return item


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def _bibtex_key(identifier: str) -> str:
    return re.sub(r"[^A-Za-z0-9:./_-]", "-", identifier)
