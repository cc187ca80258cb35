"""Changes in words: what a change is called, what its values mean, and a whole event in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.language.formats import format_date
from generator.model.change import Change, ChangeKind
from generator.pages.text.field_names import field_name
from generator.pages.text.wording import count, status, words

KINDS: dict[ChangeKind, str] = {
    "status": "Status",
    "results": "Results",
    "new": "New trials",
    "sites": "Sites",
    "dates": "Dates",
    "enrollment": "Enrolment",
    "eligibility": "Who can take part",
    "outcomes": "What is measured",
    "interventions": "Arms and interventions",
    "design": "Design",
    "sponsors": "Sponsors",
    "contacts": "Contacts",
    "documents": "Study documents",
    "other": "Other",
    "gone": "Gone",
}
"""What changes of a kind are called, in the order in which readers look for them."""

_IN_A_LINE: dict[ChangeKind, str] = {
    "eligibility": "eligibility changed",
    "outcomes": "outcomes changed",
    "interventions": "arms or interventions changed",
    "design": "design changed",
    "sponsors": "sponsors changed",
    "contacts": "contacts changed",
    "documents": "study documents changed",
}
_TYPED = re.compile(r"(.+?) \(([A-Z_]+)\)")
_INDEX = re.compile(r"/\d+(?=/|$)")
_SITE = re.compile(r"/locations/\d+$")
_CONTEXT = 40
"""Characters of a long text that stand before and after what is another."""
_LONG = 160


def label_of(change: Change) -> str:
    """Return what changed, such as ``site: status (Lamp Hospital, Lund)``."""
    if change.kind == "new":
        return "the trial came into the catalog"
    if change.kind == "gone":
        return "its last document was taken away"
    name = field_name(_INDEX.sub("", change.pointer))
    return f"{name} ({change.item})" if change.item else name


def value_in_words(change: Change, value: str) -> str:
    """Return a value of *change* as pages write it: codes and dates in words, all else as the document has it."""
    if change.pointer.endswith(("/overallStatus", "/lastKnownStatus")) or change.pointer.endswith("/status"):
        return status(value).label
    typed = _TYPED.fullmatch(value)
    if typed:
        return f"{format_date(typed[1])} ({words(typed[2]).lower()})"
    return format_date(words(value))


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Return two texts, or, where they are long, the parts in which they differ with a little around them."""
    if max(len(old), len(new)) <= _LONG:
        return old, new
    begin = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = 0
    while end < min(len(old), len(new)) - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    return _excerpt(old, begin, len(old) - end), _excerpt(new, begin, len(new) - end)


def _excerpt(text: str, begin: int, end: int) -> str:
    start, stop = max(begin - _CONTEXT, 0), min(end + _CONTEXT, len(text))
    cut = text[start:stop]
    if len(cut) > 3 * _LONG:
        cut = f"{cut[: 3 * _LONG]}…"
    return f"{'…' if start else ''}{' '.join(cut.split())}{'…' if stop < len(text) else ''}"


def in_one_line(changes: Iterable[Change]) -> str:
    """Return changes in one line, the weightiest first: ``recruiting → completed, 2 sites added``."""
    changes = list(changes)
    pieces = [*_of_status(changes), *_of_sites(changes), *_of_values(changes)]
    told = {"new", "gone", "status", "results", "sites", "dates", "enrollment"}
    rest = dict.fromkeys(change.kind for change in changes if change.kind not in told)
    pieces += [_IN_A_LINE[kind] for kind in rest if kind in _IN_A_LINE]
    other = [change for change in changes if change.kind == "other"]
    if other:
        names = list(dict.fromkeys(field_name(_INDEX.sub("", change.pointer)) for change in other))
        pieces.append(f"{names[0]} {other[0].action}" if len(names) == 1 else count(len(names), "other field"))
    return ", ".join(pieces)


def _of_status(changes: list[Change]) -> Iterator[str]:
    for change in changes:
        if change.kind == "new":
            yield "new trial"
        elif change.kind == "gone":
            yield "no document any more"
        elif change.pointer.endswith("/overallStatus"):
            old, new = (status(value).label.lower() if value else "not stated" for value in (change.old, change.new))
            yield f"{old} → {new}"
    results = [change for change in changes if change.pointer == "/resultsSection"]
    if results:
        yield {"added": "results posted", "changed": "results changed", "removed": "results removed"}[results[0].action]


def _of_sites(changes: list[Change]) -> Iterator[str]:
    sites = [change for change in changes if change.kind == "sites"]
    whole = [change for change in sites if _SITE.search(change.pointer)]
    for action in ("added", "removed"):
        number = sum(change.action == action for change in whole)
        if number:
            yield f"{count(number, 'site')} {action}"
    others = {change.item for change in sites if change not in whole}
    if others:
        yield f"{count(len(others), 'site')} changed"


def _of_values(changes: list[Change]) -> Iterator[str]:
    for change in changes:
        if change.kind in ("dates", "enrollment"):
            name = field_name(_INDEX.sub("", change.pointer))
            values = (value_in_words(change, value) if value else "not stated" for value in (change.old, change.new))
            yield f"{name} {' → '.join(values)}"
