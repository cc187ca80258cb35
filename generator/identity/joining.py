"""Join mentions to entities by the rules that all kinds of names share, with the reason for each join.

The rules, in order; a rule joins only where it is certain:

1. **Clean.**  Unicode form, hyphens, Greek letters as words, accents, case; titles and degrees of persons; dose,
   route, form and arm words of drugs (:mod:`~generator.identity.cleaning`, :mod:`~generator.identity.keys`,
   :mod:`~generator.identity.drug_names`).
2. **Curated name** (``curated``): ``seeds/names/*.yml`` says whose spelling it is.  It comes before the others, so
   that no rule can take a spelling away from the entry that claims it.
3. **Exact key** (``exact-key``): the same key, where the kind asks for no more (sponsors, drugs, conditions); with
   the same city for hospitals; with one more fact for persons.
4. **External id** (``external-id``): the same number in a register of such things.
5. **Stated alias** (``stated-alias``): a document itself puts one name beside the other: "IL-2 (ILT-101)".
6. **Vocabulary** (``vocabulary``): a published vocabulary has both names for one concept and for no other.  Not
   taken for names that documents have already joined with one of another concept, or people have kept apart.
7. **Own** (``own``): nothing joined it; an entity of its own, not verified.

``not_same_as`` beats them all: two curated entries are never one entity, whatever a document states; where a rule
would join them it does not, and a problem says so.  Likeness of spelling joins nothing: it only proposes
(:mod:`~generator.identity.proposals`).

A resolver of one kind turns mentions into :class:`KeyedMention` objects (a mention, and the *node* that it is compared
by) and states :class:`Join` objects between nodes.  Every join follows from the mentions that it names and from
nothing else.  So the order of documents changes nothing, and one more document can join entities but never split
one; only what a vocabulary joined is parted again where a document speaks against it.
"""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from generator.identity.cleaning import clean, words
from generator.identity.vocabularies.vocabulary import About, Concept, shown_name
from generator.identity.word_lists import CAPITALIZED, UNCAPITALIZED
from generator.model.catalog import Mention
from generator.model.sentence import Sentence, sentence
from generator.model.source import Source

Rule = Literal["curated", "exact-key", "external-id", "stated-alias", "vocabulary", "own"]

_RANK: Mapping[Rule, int] = {
    "curated": 0,
    "exact-key": 1,
    "external-id": 2,
    "stated-alias": 3,
    "vocabulary": 4,
    "own": 5,
}

CURATED_NODE = "curated:"
"""What the node of a curated entry begins with; its name follows."""


@dataclass(frozen=True, slots=True)
class KeyedMention:
    """A mention, and what it is compared by."""

    mention: Mention
    node: str
    display: str
    """The name without titles, doses and the like, as it would be shown."""
    preference: int = 0
    """Larger where this mention is a better place to take the entity's name from."""


@dataclass(frozen=True, slots=True, order=True)
class Join:
    """Two nodes that are one entity, by which rule and why."""

    rule: Rule
    first: str
    second: str
    reason: Sentence
    """A sentence that can stand on a page."""
    text: str | None = None
    """A spelling of *second* that stands in no mention of its own, such as an alias in a sentence."""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """The concept of a vocabulary that the name of a node means, and no other."""

    about: About
    concept: Concept
    text: str
    """The name as written."""
    preferred: bool = False
    """Whether it is the concept's preferred name."""
    form: Concept | None = None
    """The salt, ester or hydrate of the concept that it means more exactly."""
    added: bool = False
    """Whether the name is not the vocabulary's own, but one that records of registries use."""
    inside: str | None = None
    """The part of the name that means it, where other words stand around it."""


@dataclass(frozen=True, slots=True)
class SpellingFound:
    """One spelling of a group, before it is put into words of the model."""

    text: str
    rule: Rule
    reason: Sentence
    sources: tuple[Source, ...]


@dataclass(slots=True)
class Group:
    """Mentions that are one entity."""

    anchor: str
    """The node that the other nodes are explained from."""
    nodes: tuple[str, ...]
    keyed_mentions: list[KeyedMention]
    spellings: list[SpellingFound] = field(default_factory=list)
    curated: str | None = None
    """Name of the curated entry, where there is one."""
    name: str = ""
    written: str | None = None
    """What documents mostly write, where the name is the one that a vocabulary prefers."""
    meanings: list[Meaning] = field(default_factory=list)
    """The concepts by which vocabularies joined it."""


def join_mentions(
    keyed_mentions: Sequence[KeyedMention], joins: Iterable[Join], vocabularies: Iterable[Mapping[str, Meaning]] = ()
) -> tuple[list[Group], list[tuple[Join, str, str]]]:
    """Join *keyed_mentions* by *joins*, and then by what their nodes mean in each of *vocabularies*.

    Returns the groups that hold a keyed, sorted by anchor, and the joins that were refused because they would
    have joined two curated entries, each with the names of both.
    """
    forest = _Forest()
    for keyed in keyed_mentions:
        forest.add(keyed.node)
    accepted: dict[str, list[tuple[str, Join]]] = {}
    refused: list[tuple[Join, str, str]] = []
    for join in sorted(set(joins), key=_join_order):
        conflict = forest.join(join.first, join.second)
        if conflict:
            refused.append((join, *conflict))
            continue
        _accept(join, accepted)
    joined: list[tuple[str, Meaning]] = []
    for meanings in vocabularies:
        for hub, join in _vocabulary_joins(forest, meanings):
            forest.join(join.first, join.second)
            _accept(join, accepted)
            joined.append((hub, meanings[hub]))

    by_root: dict[str, list[KeyedMention]] = {}
    for keyed in keyed_mentions:
        by_root.setdefault(forest.root(keyed.node), []).append(keyed)
    nodes_by_root: dict[str, list[str]] = {}
    for node in forest.nodes():
        nodes_by_root.setdefault(forest.root(node), []).append(node)
    meant: dict[str, dict[Meaning, None]] = {}
    for hub, meaning in joined:
        meant.setdefault(forest.root(hub), {})[meaning] = None
    preferred = {node for meanings in vocabularies for node, meaning in meanings.items() if meaning.preferred}
    # Each group is sorted by itself: to sort all mentions of a large catalog at once takes much longer.
    groups = []
    for root, members in by_root.items():
        ordered = sorted(members, key=mention_order)
        group = _group(
            sorted(nodes_by_root[root]), ordered, forest.label(root), accepted, list(meant.get(root, ())), preferred
        )
        groups.append(group)
    return sorted(groups, key=lambda group: group.anchor), refused


def _accept(join: Join, accepted: dict[str, list[tuple[str, Join]]]) -> None:
    accepted.setdefault(join.first, []).append((join.second, join))
    accepted.setdefault(join.second, []).append((join.first, join))


def _vocabulary_joins(forest: _Forest, meanings: Mapping[str, Meaning]) -> list[tuple[str, Join]]:
    """Return the joins between names of one concept, each with the node that the others are joined to.

    A name is left alone where documents have joined it with a name of another concept, and all names of a concept are
    where people have entries for two of them.
    """
    concepts: dict[str, set[str]] = {}
    nodes: dict[str, list[str]] = {}
    for node, meaning in meanings.items():
        forest.add(node)
        concepts.setdefault(forest.root(node), set()).add(meaning.concept.identifier)
        nodes.setdefault(meaning.concept.identifier, []).append(node)
    joins: list[tuple[str, Join]] = []
    for _, found in sorted(nodes.items()):
        sure = [node for node in found if len(concepts[forest.root(node)]) == 1]
        by_root: dict[str, str] = {}
        for node in sorted(sure, key=lambda node: _as_hub(meanings[node], node)):
            by_root.setdefault(forest.root(node), node)
        if len({label for root in by_root if (label := forest.label(root)) is not None}) > 1:
            continue
        joined = list(by_root.values())
        for other in joined[1:]:
            join = Join("vocabulary", joined[0], other, _reason(meanings[joined[0]], meanings[other]))
            joins.append((joined[0], join))
    return joins


def _as_hub(meaning: Meaning, node: str) -> tuple[bool, bool, bool, str]:
    """Return what nodes are sorted by, so that the plainest name comes first."""
    return not meaning.preferred, meaning.inside is not None, meaning.form is not None, node


def _reason(one: Meaning, other: Meaning) -> Sentence:
    """Return why a vocabulary joins two names, as a sentence for a page."""
    said = {"vocabulary": one.about.label, "concept": one.concept.name, "number": one.concept.identifier}
    if other.added or one.added:
        return sentence(
            "Records of registries call “{concept}” ({number}) of {vocabulary} also “{name}”; the name is added to the "
            "vocabulary here.",
            **said,
            name=other.text if other.added else one.text,
        )
    if other.inside is not None:
        return sentence(
            "“{name}” holds “{part}”, which {vocabulary} has as a name of “{concept}” ({number}).",
            **said,
            name=other.text,
            part=other.inside,
        )
    if other.form is not None and one.form is None:
        return sentence(
            "{vocabulary} has “{name}” as a name of “{form}” ({number_of_form}), by its name a form of “{concept}” "
            "({number}).",
            **said,
            name=other.text,
            form=other.form.name,
            number_of_form=other.form.identifier,
        )
    return sentence(
        "{vocabulary} has “{name}” and “{other}” as names of “{concept}” ({number}).",
        **said,
        name=one.text,
        other=other.text,
    )


def mention_order(keyed: KeyedMention) -> tuple[str, str, str, str, str]:
    """Return what keyed mentions are sorted by, whatever order they came in."""
    mention = keyed.mention
    return (keyed.node, mention.study, mention.pointer, mention.text, mention.role)


def _join_order(join: Join) -> tuple[int, str, str, str, str]:
    return (_RANK[join.rule], join.first, join.second, str(join.reason), join.text or "")


class _Forest:
    """Union of nodes, in which two curated entries never come into one tree."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._size: dict[str, int] = {}
        self._label: dict[str, str] = {}

    def add(self, node: str) -> None:
        if node not in self._parent:
            self._parent[node] = node
            self._size[node] = 1
            if node.startswith(CURATED_NODE):
                self._label[node] = node.removeprefix(CURATED_NODE)

    def root(self, node: str) -> str:
        root = node
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[node] != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def label(self, root: str) -> str | None:
        return self._label.get(root)

    def nodes(self) -> Iterable[str]:
        return self._parent

    def join(self, first: str, second: str) -> tuple[str, str] | None:
        """Join two nodes; return the two curated names where that must not be."""
        self.add(first)
        self.add(second)
        first, second = self.root(first), self.root(second)
        if first == second:
            return None
        labels = self._label.get(first), self._label.get(second)
        if labels[0] is not None and labels[1] is not None:
            return labels[0], labels[1]
        if (self._size[first], second) < (self._size[second], first):
            first, second = second, first
        self._parent[second] = first
        self._size[first] += self._size.pop(second)
        label = labels[0] if labels[0] is not None else labels[1]
        if label is not None:
            self._label[first] = label
        return None


def _group(
    nodes: list[str],
    members: list[KeyedMention],
    label: str | None,
    accepted: Mapping[str, list[tuple[str, Join]]],
    meanings: list[Meaning],
    preferred: Container[str],
) -> Group:
    best = best_mention(members)
    written = best.display
    if meanings:
        best = best_mention([keyed for keyed in members if keyed.node in preferred] or members)
    anchor = best.node if label is None else CURATED_NODE + label
    name = label if label is not None else best.display
    if meanings and label is None and (best.node not in preferred or not spelling_quality(best.display)[0]):
        name = shown_name(meanings[0].concept, meanings[0].about.kind)
    group = Group(anchor, tuple(nodes), members, curated=label, name=name, meanings=meanings)
    if meanings and written != name:
        group.written = written
    reached = _ways(anchor, accepted)
    places: dict[tuple[str, str], list[tuple[Source, ...]]] = {}
    for keyed in members:
        places.setdefault((keyed.mention.text, keyed.node), []).append(keyed.mention.sources)
    for node in nodes:
        for _, join in accepted.get(node, ()):
            if join.text and node == join.second:
                places.setdefault((join.text, node), []).append(join.sources)
    found: dict[str, list[SpellingFound]] = {}
    for (text, node), sources in places.items():
        text = clean(text)
        rule, reason = _why(text, name, reached.get(node), accepted.get(node, ()), best)
        every = sources[0] if len(sources) == 1 else tuple(set().union(*sources))
        found.setdefault(text, []).append(SpellingFound(text, rule, reason, every))
    group.spellings = [_together(text, group_of_text) for text, group_of_text in sorted(found.items())]
    return group


def _ways(anchor: str, accepted: Mapping[str, list[tuple[str, Join]]]) -> dict[str, Join | None]:
    """Return for each node that *anchor* reaches the last join on the shortest way to it."""
    reached: dict[str, Join | None] = {anchor: None}
    queue = deque([anchor])
    while queue:
        node = queue.popleft()
        for neighbour, join in accepted.get(node, ()):
            if neighbour not in reached:
                reached[neighbour] = join
                queue.append(neighbour)
    return reached


def _why(
    text: str, name: str, way: Join | None, around: Sequence[tuple[str, Join]], best: KeyedMention
) -> tuple[Rule, Sentence]:
    """Return the rule and reason for a spelling whose node was reached by *way*."""
    if way is not None:
        # Of several joins that hold, one that quotes the spelling itself says more.
        quoting = min((join for _, join in around if f"“{text}”" in str(join.reason)), key=_join_order, default=way)
        chosen = way if way.rule == "curated" else quoting
        return chosen.rule, chosen.reason
    if text == name:
        return "own", sentence("The name that this page is under, as documents write it.")
    if text == clean(best.mention.text):
        return "own", sentence("The name that this page is under, “{name}”, without the words around it.", name=name)
    return "exact-key", sentence(
        "The same name as “{name}”: case, accents, hyphens, titles and words around the name do not count.",
        name=best.display,
    )


def _together(text: str, found: list[SpellingFound]) -> SpellingFound:
    """Return one spelling for all places of *text*; a join is the reason to show, not the name itself."""
    chosen = min(found, key=lambda one: (one.rule == "own", _RANK[one.rule], str(one.reason)))
    sources = tuple(sorted({source for one in found for source in one.sources}, key=source_order))
    return SpellingFound(text, chosen.rule, chosen.reason, sources)


def source_order(source: Source) -> tuple[str, int, int, str, str, str]:
    """Return what sources are sorted by; optional fields may be missing."""
    return (
        source.document,
        source.first_line,
        source.last_line,
        source.how,
        source.place or "",
        str(source.note or ""),
    )


def best_mention(members: Sequence[KeyedMention]) -> KeyedMention:
    """Return the mention whose display is the best name: the one that most trials write, in its best form.

    Spellings that differ in case, accents and signs only are one name.  Of the names the one counts that most trials
    write, if one of its spellings is well formed; of its spellings the one with its accents that most trials write.
    """
    if len(members) == 1:
        return members[0]
    # The same few spellings come again and again: each is judged once.
    counts: dict[tuple[int, str], int] = {}
    studies: dict[str, set[str]] = {}
    for keyed in members:
        way = keyed.preference, keyed.display
        counts[way] = counts.get(way, 0) + 1
        studies.setdefault(keyed.display, set()).add(keyed.mention.study)
    names: dict[str, str] = {}
    trials: dict[str, set[str]] = {}
    formed: dict[str, tuple[int, int]] = {}
    for display, named in studies.items():
        name = names[display] = " ".join(words(display))
        trials.setdefault(name, set()).update(named)
        formed[name] = max(formed.get(name, (0, -len(display))), spelling_quality(display)[:2])
    ranks: dict[tuple[int, str], tuple[int, tuple[int, int], int, tuple[int, int, int], int, int]] = {
        way: (
            way[0],
            formed[names[way[1]]],
            len(trials[names[way[1]]]),
            spelling_quality(way[1]),
            len(studies[way[1]]),
            len(way[1]),
        )
        for way in counts
    }
    highest = max(ranks.values())
    # What decides between equals takes longer to compute.
    best = {way for way, rank in ranks.items() if rank == highest}
    if sum(counts[way] for way in best) == 1:
        return next(keyed for keyed in members if (keyed.preference, keyed.display) in best)
    left = [keyed for keyed in members if (keyed.preference, keyed.display) in best]
    looks = {
        (display, text, node): (_backwards(display), clean(text) == display, _backwards(node))
        for display, text, node in {(keyed.display, keyed.mention.text, keyed.node) for keyed in left}
    }
    nicest = max(looks.values())
    return min(
        (keyed for keyed in left if looks[keyed.display, keyed.mention.text, keyed.node] == nicest),
        key=lambda keyed: f"{keyed.mention.study}{keyed.mention.pointer}{_LAST}",
    )


_LAST = chr(sys.maxunicode)
"""Behind a text, it puts the text after those that it begins."""


@lru_cache(maxsize=1 << 14)
def _backwards(text: str) -> tuple[int, ...]:
    """Return what sorts *text* the other way round."""
    return tuple(-ord(character) for character in text)


@lru_cache(maxsize=1 << 16)
def spelling_quality(name: str) -> tuple[int, int, int]:
    """Score a spelling: proper case first, then what is wrong in it, then accents.

    Accents are lost more easily than they are added.  Short forms and codes ("NCI", "COVID-19") are in proper case.
    """
    parts = name.split()
    upper = any(character.isupper() for character in name)
    lower = any(character.islower() for character in name)
    shouted = sum(_is_shouted(part) for part in parts)
    case = 0 if not upper or (shouted and not lower) else 1
    wrong = shouted + _odd_cases(parts) + len(_BAD_SPACING.findall(name))
    return case, -wrong, sum(ord(character) > 127 for character in name if character.isalpha())


_BAD_SPACING = re.compile(r"[^\W\d_]{2}\(|\)[^\W\d_]|,[^\W\d_]{2}| ,|\( | \)")
_LONGEST_SHORT_FORM = 4


def _is_shouted(word: str) -> bool:
    letters = word.strip("()[],.;:")
    return (letters.isalpha() and letters.isupper() and len(letters) > _LONGEST_SHORT_FORM) or (
        word.endswith(("'S", "’S"))
    )


def _odd_cases(parts: list[str]) -> int:
    """Count the words behind the first with a wrong case: "hospital" among capitals, and "Of"."""
    behind = [part.strip("()[],.;:") for part in parts[1:]]
    capital = [part for part in behind if part[:1].isupper() and not part.isupper()]
    small = [part for part in behind if part in CAPITALIZED]
    return (len(small) if capital else 0) + sum(part.lower() in UNCAPITALIZED and len(part) > 1 for part in capital)
