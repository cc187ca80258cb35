"""What is said of a file that no reader knows: what it is, as far as that can be seen, and what to fetch instead."""

from __future__ import annotations

import difflib
import re

from generator.model.document import Document
from generator.model.registry_numbers import find_numbers
from generator.readers.reader import ReadError

_HEAD = 20_000
"""Characters in which a format shows what it is."""
_MOST_NUMBERS = 5
_KEYS = ("nctId", "overallStatus", "briefTitle", "officialTitle", "phases", "conditions", "startDateStruct", "source")
_KEY = re.compile(r"^([A-Za-z]\w{0,40})[ \t]{0,9}:", re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]{0,9}\r?\n")
_SYNONYMS = {"status": "overallStatus", "nct": "nctId", "title": "briefTitle", "phase": "phases"}
_RECORD = "https://clinicaltrials.gov/api/v2/studies/{}"

_KNOWN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"version https://git-lfs\.github\.com/spec/"),
        "this is a pointer of Git LFS, not the document: Git keeps large files elsewhere",
        "run `git lfs pull`",
    ),
    (re.compile(r"\s{0,99}(?:<\?xml[^>]{0,200}>\s{0,99})?<(?:rss|feed)\b"), "this is the RSS feed of a search", ""),
    (
        re.compile(r"\s{0,99}(?:From|MIME-Version|Received|Return-Path|Delivered-To|Message-ID|Subject|Date): "),
        "this is an e-mail, or a web page saved as an archive (MHTML)",
        "save the page as “web page, HTML only”, or its text",
    ),
    (re.compile(r"%!PS"), "this is PostScript", "save its text"),
    (re.compile(r"\s{0,99}TY  - "), "this is a RIS file of literature", ""),
    (re.compile(r"\s{0,99}@\w{1,20}\{"), "this is a BibTeX file of literature", ""),
    (re.compile(r"\s{0,99}\"?nct_id\"?\|"), "this is a table of AACT, the database made from ClinicalTrials.gov", ""),
    (
        re.compile(r"\s{0,99}\{\s{0,99}\"(?:StudyFieldsResponse|FullStudiesResponse)\""),
        "this is an answer of ClinicalTrials.gov's classic API, which was switched off in 2024",
        "",
    ),
    (re.compile(r"\s{0,99}<\?xml|\s{0,99}<[a-zA-Z]"), "this is XML or HTML of a kind that is not known", ""),
    (re.compile(r"\s{0,99}[{\[]"), "this is JSON of a kind that is not known", ""),
)
"""How a format begins, what it is, and what to do where that is not to fetch the record."""


def unknown_layout(document: Document) -> ReadError:
    """Return what is wrong with *document*, which no reader recognises."""
    head = document.text[:_HEAD]
    known = next(((what, advice) for start, what, advice in _KNOWN if start.match(head)), None)
    what, advice = known or ("no layout that is known", "")
    if known is None and (front := _front_matter(head)):
        what, advice = front, ""
    numbers = [found for found in dict.fromkeys(n.number for n in find_numbers(head)) if found.startswith("NCT")]
    if not advice and numbers:
        addresses = ", ".join(_RECORD.format(number) for number in numbers[:_MOST_NUMBERS])
        advice = f"download the trial's record as JSON: {addresses}"
    elif not advice:
        advice = (
            "save a trial's page of ClinicalTrials.gov as text, download its record as JSON or XML from "
            "ClinicalTrials.gov, the EU's registers or WHO's search portal, or write the trial by hand (see the page "
            "“How this catalog is made”)"
        )
    return ReadError(1, f"{what}; {advice}", "unknown-layout")


def _front_matter(head: str) -> str | None:
    """Return what is said of front matter whose keys are not those of a trial written by hand."""
    begin = _FRONT_MATTER.match(head)
    end = head.find("\n---", begin.end()) if begin else -1
    if begin is None or end < 0:
        return None
    hints = []
    for key in dict.fromkeys(_KEY.findall(head[begin.end() : end])):
        plain = key.replace("_", "").casefold()
        near = _SYNONYMS.get(plain) or next(
            iter(difflib.get_close_matches(plain, [one.casefold() for one in _KEYS], n=1, cutoff=0.8)), None
        )
        meant = next((one for one in _KEYS if near is not None and one.casefold() == near.casefold()), None)
        if meant and meant != key:
            hints.append(f"`{key}` is not known, did you mean `{meant}`?")
    return "this has front matter as a trial written by hand has it, but not its keys" + (
        f": {' '.join(hints[:4])} Else" if hints else ""
    )
