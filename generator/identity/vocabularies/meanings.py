"""Which concepts the names of a catalog mean.

A name means a concept where the vocabulary has it for one concept and no other.  What speaks against that is decided
here, too, as far as it stands beside the name: an organization's place, the MeSH terms that a registry derived for a
condition's trial, two salts of one substance that a trial gives as two drugs.  Whether names are joined,
:func:`generator.identity.joining.join_mentions` decides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from generator.identity.countries import country_key
from generator.identity.drug_names import drug_core, drug_key
from generator.identity.joining import CURATED_NODE, KeyedMention, Meaning
from generator.identity.keys import city_key, condition_key, other_orders
from generator.identity.organizations import is_generic
from generator.identity.resolution import Relation, Resolution
from generator.identity.vocabularies.vocabulary import Concept, NameKind, Vocabulary
from generator.model.sentence import sentence
from generator.model.study import Study

_NO_KEY = frozenset("#+^")
"""Signs in nodes that are no name's key: a remark inside one trial, a combination, an acronym of one organization."""


@dataclass(frozen=True, slots=True)
class _Meant:
    """A concept that a name means, before it is decided what it is joined with."""

    concept: Concept
    kind: NameKind
    form: Concept | None = None
    """The salt, ester or hydrate of the concept that the name means more exactly."""
    inside: str | None = None
    """The part of the name that means it, where other words stand around it."""


def add_meanings(resolution: Resolution, vocabularies: Iterable[Vocabulary], studies: Mapping[str, Study]) -> None:
    """Say in *resolution* what its names mean in *vocabularies*, and which conditions stand above which."""
    of_kind = [_Remembering(vocabulary) for vocabulary in vocabularies if vocabulary.about.kind == resolution.kind]
    keyed_mentions: dict[str, list[KeyedMention]] = defaultdict(list)
    for keyed in resolution.keyed_mentions if of_kind else ():
        keyed_mentions[keyed.node].append(keyed)
    for vocabulary in of_kind:
        texts = dict(_names(resolution, keyed_mentions))
        meant = {node: found for node, text in texts.items() if (found := _meant(node, text, vocabulary)) is not None}
        if resolution.kind == "drug":
            _keep_forms_apart(meant, keyed_mentions)
        elif resolution.kind == "condition":
            _drop_contradicted(meant, keyed_mentions, vocabulary, studies)
            _relate_broader(resolution, meant, texts, vocabulary)
        elif resolution.kind == "organization":
            _drop_elsewhere(meant, keyed_mentions)
            _relate_parts(resolution, meant, vocabulary)
        resolution.meanings.append(
            {
                node: Meaning(
                    vocabulary.about,
                    one.concept,
                    texts[node],
                    preferred=one.form is None and _is_preferred(node, one.concept),
                    form=one.form,
                    added=one.kind == "r",
                    inside=one.inside,
                )
                for node, one in meant.items()
            }
        )


class _Remembering:
    """A vocabulary that looks for a concept once: many names have the same ones above them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.about = vocabulary.about
        self.meanings = vocabulary.meanings
        self.concept = cache(vocabulary.concept)


def _names(resolution: Resolution, keyed_mentions: Mapping[str, list[KeyedMention]]) -> Iterator[tuple[str, str]]:
    """Yield all nodes that are a name's key, each with the name as written; later ones count."""
    for join in resolution.joins:
        if join.text and join.rule == "stated-alias" and "(" not in join.text:
            yield from ((node, join.text) for node in (join.second,) if _is_key(node))
    for node, found in keyed_mentions.items():
        if _is_key(node):
            yield node, min(keyed.display for keyed in found)


def _is_key(node: str) -> bool:
    return not node.startswith(CURATED_NODE) and _NO_KEY.isdisjoint(node)


def _meant(node: str, text: str, vocabulary: Vocabulary) -> _Meant | None:
    """Return what the name of *node*, written as *text*, means, where it means one thing."""
    found = vocabulary.meanings(node.partition("@")[0])
    inside = None
    if not found and vocabulary.about.kind == "condition":
        found = _meanings_of_both(text, vocabulary)
    elif not found and vocabulary.about.kind == "drug":
        inside, found = _meanings_inside(text, vocabulary)
    if len({_substance_of(identifier, vocabulary) if inside else identifier for identifier, _ in found}) != 1:
        return None
    identifier, kind = found[0]
    concept = vocabulary.concept(identifier)
    if concept is None or kind == "a":
        return None
    if vocabulary.about.kind == "drug" and len(concept.parents) == 1:
        substance = vocabulary.concept(concept.parents[0])
        if substance is not None:
            return _Meant(substance, kind, concept, inside)
    return _Meant(concept, kind, inside=inside)


def _meanings_inside(text: str, vocabulary: Vocabulary) -> tuple[str | None, list[tuple[str, NameKind]]]:
    """Return the name that stands inside a drug's name, and what it means.

    "bupropion SR" names bupropion, and how it is released.  "ABC: abacavir: Ziagen" has two names of one substance
    and a short form.
    """
    core = drug_core(text)
    if len(core) > _LONGEST:
        return None, []
    plain = _RELEASE.sub("", core).strip(" ,-")
    if plain and plain != core:
        return plain, vocabulary.meanings(drug_key(plain))
    pieces = [piece.strip() for piece in _BETWEEN_NAMES.split(core)]
    known = [(piece, meanings) for piece in pieces if (meanings := vocabulary.meanings(drug_key(piece)))]
    others = [piece for piece in pieces if piece not in {name for name, _ in known}]
    if len(known) < _FEWEST_NAMES or not all(_SHORT_FORM.fullmatch(piece) for piece in others):
        return None, []
    return known[0][0], [meaning for _, meanings in known for meaning in meanings]


def _substance_of(identifier: str, vocabulary: Vocabulary) -> str:
    concept = vocabulary.concept(identifier)
    return concept.parents[0] if concept and len(concept.parents) == 1 else identifier


_RELEASE = re.compile(
    r"^generic |(?<![ ,-])[ ,-]{1,3}(?:(?:extended|sustained|immediate|controlled|modified|prolonged|delayed)[ -]"
    r"release|XR|ER|SR|CR|MR|IR|XL|tabs?|caps?|therapy|gas|(?:tablets? |capsules? )?in combination)$",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r"[:,;]")
_FEWEST_NAMES = 2
_SHORT_FORM = re.compile(r"[A-Z][A-Z0-9]{1,4}")


def _meanings_of_both(text: str, vocabulary: Vocabulary) -> list[tuple[str, NameKind]]:
    """Return what a condition means that is written twice: "Novel coronavirus pneumonia (COVID-19)"."""
    both = _NAME_TWICE.fullmatch(text) if len(text) <= _LONGEST else None
    if both is None:
        return []
    first, second = (vocabulary.meanings(condition_key(part)) for part in both.groups())
    return first if {identifier for identifier, _ in first} == {identifier for identifier, _ in second} else []


_NAME_TWICE = re.compile(r"([^()]+?) ?\(([^()]+)\)")
_LONGEST = 120


def _is_preferred(node: str, concept: Concept) -> bool:
    key = node.partition("@")[0]
    return key in (_plain(concept.name), condition_key(concept.name), *other_orders(concept.name))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _keep_forms_apart(meant: dict[str, _Meant], keyed_mentions: Mapping[str, Sequence[KeyedMention]]) -> None:
    """Leave two forms of one substance two drugs where a trial gives them as two: then their difference matters."""
    given: dict[tuple[str, str], set[str]] = defaultdict(set)
    for node, one in meant.items():
        for keyed in keyed_mentions.get(node, ()):
            if one.form is not None and keyed.mention.pointer.endswith("/name"):
                given[keyed.mention.study, one.concept.identifier].add(one.form.identifier)
    compared = {form for forms in given.values() if len(forms) > 1 for form in forms}
    for node, one in list(meant.items()):
        if one.form is not None and one.form.identifier in compared:
            meant[node] = _Meant(one.form, one.kind)


def _drop_contradicted(
    meant: dict[str, _Meant],
    keyed_mentions: Mapping[str, Sequence[KeyedMention]],
    vocabulary: Vocabulary,
    studies: Mapping[str, Study],
) -> None:
    """Leave a name alone where each trial of this one condition has none but unrelated MeSH terms of the registry."""
    conditions: dict[str, set[str]] = defaultdict(set)
    for node, found in keyed_mentions.items():
        for keyed in found:
            conditions[keyed.mention.study].add(node)
    for node, one in list(meant.items()):
        mine = {one.concept.identifier, *_above(one.concept, vocabulary)}
        votes = []
        for study in sorted({keyed.mention.study for keyed in keyed_mentions.get(node, ())}):
            terms = _derived(studies.get(study), vocabulary) if len(conditions[study]) == 1 else set()
            if terms:
                votes.append(any(t in mine or one.concept.identifier in _above_of(t, vocabulary) for t in terms))
        if votes and not any(votes):
            meant.pop(node, None)


def _derived(study: Study | None, vocabulary: Vocabulary) -> set[str]:
    """Return the concepts of the MeSH terms that the registry derived for *study*, where all are known."""
    browse = study.derived_section.condition_browse_module if study and study.derived_section else None
    found: set[str] = set()
    for mesh in browse.meshes if browse else ():
        identifiers = {identifier for identifier, _ in vocabulary.meanings(condition_key(mesh.term or ""))}
        if not identifiers:
            return set()
        found |= identifiers
    return found


def _above(concept: Concept, vocabulary: Vocabulary) -> set[str]:
    """Return all concepts above *concept*."""
    found: set[str] = set()
    waiting = list(concept.parents)
    while waiting:
        identifier = waiting.pop()
        if identifier not in found:
            found.add(identifier)
            parent = vocabulary.concept(identifier)
            waiting.extend(parent.parents if parent else ())
    return found


def _above_of(identifier: str, vocabulary: Vocabulary) -> set[str]:
    concept = vocabulary.concept(identifier)
    return _above(concept, vocabulary) if concept else set()


def _relate_broader(
    resolution: Resolution, meant: Mapping[str, _Meant], texts: Mapping[str, str], vocabulary: Vocabulary
) -> None:
    """Link each condition to the nearest ones above it that the catalog has."""
    nodes: dict[str, str] = {}
    for node, one in sorted(meant.items(), reverse=True):
        nodes[one.concept.identifier] = node
    concepts = {one.concept.identifier: one.concept for one in meant.values()}
    for identifier, concept in sorted(concepts.items()):
        for above in sorted(_nearest(concept, nodes, vocabulary)):
            reason = sentence(
                "{vocabulary} has “{above}” above “{concept}”.",
                vocabulary=vocabulary.about.label,
                above=concepts[above].name,
                concept=concept.name,
            )
            resolution.relations.append(Relation("broader", nodes[identifier], nodes[above], reason))
    for node, text in sorted(texts.items()):
        plain = without_qualifiers(text) if node not in meant else None
        wider = _meant(condition_key(plain), plain, vocabulary) if plain else None
        if plain and wider is not None and wider.concept.identifier in nodes:
            reason = sentence("“{name}” is “{plain}” with words that say which kind of it.", name=text, plain=plain)
            resolution.relations.append(Relation("broader", node, nodes[wider.concept.identifier], reason))


_QUALIFIERS = re.compile(
    r"^(?:(?:locally |newly |previously |very )?(?:acute|adult|advanced|chronic|childhood|confirmed|critical|diagnosed|"
    r"early|juvenile|localized|metastatic|mild|moderate|paediatric|pediatric|recurrent|refractory|relapsed|relapsing|"
    r"resectable|severe|suspected|treated|unresectable|"
    r"untreated|stage [0-4iv]{1,3}[abc]?)(?:,? (?:and|or|to) |/|,? )){1,6}",
    re.IGNORECASE,
)
_QUALIFIERS_BEHIND = re.compile(
    r"(?:,? in (?:remission|relapse|children|adults|adolescents|pregnancy|women|men|infants|the elderly)"
    r"|,? stage [0-4iv]{1,3}[abc]?|,? (?:recurrent|refractory|metastatic|childhood|adult|pneumonia)){1,6}$",
    re.IGNORECASE,
)


def without_qualifiers(text: str) -> str | None:
    """Return a condition without words that say which kind of it: "Severe COVID-19 in children" is of COVID-19."""
    if len(text) > _LONGEST:
        return None
    plain = _QUALIFIERS_BEHIND.sub("", _QUALIFIERS.sub("", text)).strip(" ,")
    return plain if plain and plain != text else None


def _nearest(concept: Concept, known: Mapping[str, str], vocabulary: Vocabulary) -> set[str]:
    """Return the concepts above *concept* that are *known*, without those above another of them."""
    found: set[str] = set()
    waiting = list(concept.parents)
    while waiting:
        identifier = waiting.pop()
        if identifier in known:
            found.add(identifier)
        elif (parent := vocabulary.concept(identifier)) is not None:
            waiting.extend(parent.parents)
    return {one for one in found if not any(one in _above_of(other, vocabulary) for other in found - {one})}


def _drop_elsewhere(meant: dict[str, _Meant], keyed_mentions: Mapping[str, Sequence[KeyedMention]]) -> None:
    """Leave an organization alone where a document states another town or country than the vocabulary.

    A name that only says what kind of organization it is needs a place that agrees.
    """
    for node, one in list(meant.items()):
        if "@" not in node and any(is_generic(keyed.mention.text) for keyed in keyed_mentions.get(node, ())):
            meant.pop(node)
            continue
        for keyed in keyed_mentions.get(node, ()):
            mention = keyed.mention
            city, country = one.concept.city, one.concept.country
            town = city_key(mention.city) if mention.city else None
            if (town and city and town != city_key(city)) or (
                mention.country and country and country_key(mention.country) != country_key(country)
            ):
                meant.pop(node, None)


def _relate_parts(resolution: Resolution, meant: Mapping[str, _Meant], vocabulary: Vocabulary) -> None:
    """Say which organization is part of which, where the vocabulary says so and the catalog has both."""
    nodes: dict[str, str] = {}
    for node, one in sorted(meant.items(), reverse=True):
        nodes[one.concept.identifier] = node
    for node, one in sorted(meant.items()):
        for parent in one.concept.parents:
            whole = vocabulary.concept(parent)
            if whole is not None and parent in nodes:
                reason = sentence(
                    "{vocabulary} has “{concept}” as part of “{whole}” ({number}).",
                    vocabulary=vocabulary.about.label,
                    concept=one.concept.name,
                    whole=whole.name,
                    number=parent,
                )
                resolution.relations.append(Relation("part_of", node, nodes[parent], reason))
