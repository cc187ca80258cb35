"""Changes in words: what a change is called, what its values mean, and a whole event in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from generator.language.formats import format_date, in_sentence, plural
from generator.language.messages import gettext, gettext_noop
from generator.model.change import Change, ChangeKind
from generator.pages.text.field_names import field_name
from generator.pages.text.wording import status, words

KINDS: dict[ChangeKind, str] = {
    "status": gettext_noop("Status"),
    "results": gettext_noop("Results"),
    "new": gettext_noop("New trials"),
    "sites": gettext_noop("Sites"),
    "dates": gettext_noop("Dates"),
    "enrollment": gettext_noop("Enrolment"),
    "eligibility": gettext_noop("Who can take part"),
    "outcomes": gettext_noop("What is measured"),
    "interventions": gettext_noop("Arms and interventions"),
    "design": gettext_noop("Design"),
    "sponsors": gettext_noop("Sponsors"),
    "contacts": gettext_noop("Contacts"),
    "documents": gettext_noop("Study documents"),
    "other": gettext_noop("Other"),
    "gone": gettext_noop("Gone"),
}
"""What changes of a kind are called, in the order in which readers look for them; messages."""

_IN_A_LINE: dict[ChangeKind, str] = {
    "eligibility": gettext_noop("eligibility changed"),
    "outcomes": gettext_noop("outcomes changed"),
    "interventions": gettext_noop("arms or interventions changed"),
    "design": gettext_noop("design changed"),
    "sponsors": gettext_noop("sponsors changed"),
    "contacts": gettext_noop("contacts changed"),
    "documents": gettext_noop("study documents changed"),
}
_OF_A_FIELD = {
    "added": gettext_noop("{field} added"),
    "changed": gettext_noop("{field} changed"),
    "removed": gettext_noop("{field} removed"),
}
_OF_RESULTS = {
    "added": gettext_noop("results posted"),
    "changed": gettext_noop("results changed"),
    "removed": gettext_noop("results removed"),
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
        return gettext("the trial came into the catalog")
    if change.kind == "gone":
        return gettext("its last document was taken away")
    name = field_name(_INDEX.sub("", change.pointer))
    return f"{name} ({change.item})" if change.item else name


def with_action(change: Change, field: str) -> str:
    """Return what happened to *field*, which is what pages call the field of *change*: ``sponsor added``."""
    return gettext(_OF_A_FIELD[change.action]).format(field=field)


def value_in_words(change: Change, value: str) -> str:
    """Return a value of *change* as pages write it: codes and dates in words, all else as the document has it."""
    if change.pointer.endswith(("/overallStatus", "/lastKnownStatus")) or change.pointer.endswith("/status"):
        return status(value).label
    typed = _TYPED.fullmatch(value)
    if typed:
        return f"{format_date(typed[1])} ({in_sentence(words(typed[2]))})"
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
    pieces += [gettext(_IN_A_LINE[kind]) for kind in rest if kind in _IN_A_LINE]
    other = [change for change in changes if change.kind == "other"]
    if other:
        names = list(dict.fromkeys(field_name(_INDEX.sub("", change.pointer)) for change in other))
        pieces.append(
            with_action(other[0], names[0])
            if len(names) == 1
            else plural(len(names), "{n} other field", "{n} other fields")
        )
    return ", ".join(pieces)


def _of_status(changes: list[Change]) -> Iterator[str]:
    for change in changes:
        if change.kind == "new":
            yield gettext("new trial")
        elif change.kind == "gone":
            yield gettext("no document any more")
        elif change.pointer.endswith("/overallStatus"):
            old, new = (
                in_sentence(status(value).label) if value else gettext("not stated")
                for value in (change.old, change.new)
            )
            yield f"{old} → {new}"
    results = [change for change in changes if change.pointer == "/resultsSection"]
    if results:
        yield gettext(_OF_RESULTS[results[0].action])


def _of_sites(changes: list[Change]) -> Iterator[str]:
    sites = [change for change in changes if change.kind == "sites"]
    whole = [change for change in sites if _SITE.search(change.pointer)]
    if added := sum(change.action == "added" for change in whole):
        yield plural(added, "{n} site added", "{n} sites added")
    if removed := sum(change.action == "removed" for change in whole):
        yield plural(removed, "{n} site removed", "{n} sites removed")
    others = {change.item for change in sites if change not in whole}
    if others:
        yield plural(len(others), "{n} site changed", "{n} sites changed")


def _of_values(changes: list[Change]) -> Iterator[str]:
    for change in changes:
        if change.kind in ("dates", "enrollment"):
            name = field_name(_INDEX.sub("", change.pointer))
            values = (
                value_in_words(change, value) if value else gettext("not stated") for value in (change.old, change.new)
            )
            yield f"{name} {' → '.join(values)}"
