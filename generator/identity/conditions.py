"""Conditions: the words of the documents, joined where they are the same words.

Beyond the shared rules (:mod:`~generator.identity.joining`): a term that a vocabulary turns round ("Lupus
Erythematosus, Systemic") reads as its plain form; a MeSH term that the registry derived for the study confirms the
condition of the same words and gives it its id; where a study has one condition's term with broader terms above it,
these are linked as broader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.identity.curated import CuratedNames
from generator.identity.joining import Join, KeyedMention
from generator.identity.keys import condition_acronym, condition_key, is_acronym, key_without_blanks, other_orders
from generator.identity.resolution import Relation, Resolution, quoted_study
from generator.model.catalog import Mention
from generator.model.sentence import sentence
from generator.model.study import Study


def resolve_conditions(mentions: Iterable[Mention], studies: Mapping[str, Study], curated: CuratedNames) -> Resolution:
    """Turn the mentions of conditions into keyed mentions and joins; *studies* hold the MeSH terms derived for them."""
    resolution = Resolution("condition")
    by_study: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_study.setdefault(mention.study, []).append(mention)
        node = condition_key(mention.text)
        resolution.keyed_mentions.append(KeyedMention(mention, node, mention.text))
        resolution.claim(curated, mention, node)
    _join_other_orders(resolution)
    _join_closed_up(resolution)
    for study, found in sorted(by_study.items()):
        _join_acronyms(resolution, found)
        if study in studies:
            _mesh(resolution, study, studies[study])
    return resolution


def _join_other_orders(resolution: Resolution) -> None:
    """Join "Diabetes Mellitus, Type 2" also to "Diabetes Mellitus Type 2": a comma does not count."""
    known = {keyed.node: keyed for keyed in reversed(resolution.keyed_mentions)}
    for text, node in sorted({(keyed.mention.text, keyed.node) for keyed in resolution.keyed_mentions}):
        for other in other_orders(text):
            if other in known and other != node:
                reason = sentence(
                    "The same words as “{name}”: the comma says in which order they are read.",
                    name=known[other].display,
                )
                resolution.joins.append(Join("exact-key", other, node, reason))


def _join_closed_up(resolution: Resolution) -> None:
    """Join "COVID-19" and "Covid19": hyphens and blanks do not count where the name is long enough."""
    first: dict[str, KeyedMention] = {}
    for keyed in sorted({keyed.node: keyed for keyed in reversed(resolution.keyed_mentions)}.values(), key=_by_node):
        key = key_without_blanks(keyed.node)
        other = first.setdefault(key, keyed) if len(key) >= _SHORTEST else keyed
        if other is not keyed:
            reason = sentence("The same name as “{name}”: blanks and hyphens do not count.", name=other.display)
            resolution.joins.append(Join("exact-key", other.node, keyed.node, reason))


_SHORTEST = 6
"""Letters of a name that is compared without its blanks: of fewer, each can be another short form."""


def _by_node(keyed: KeyedMention) -> str:
    return keyed.node


def _join_acronyms(resolution: Resolution, mentions: list[Mention]) -> None:
    """Read the short form: "Systemic Lupus Erythematosus (SLE)" states SLE as one of its spellings.

    An entity that is called "SLE" alone is shown beside it and not joined: short forms of diseases have many
    meanings (MS, RA and AS are different things in different trials).
    """
    for mention in mentions:
        acronym = condition_acronym(mention.text)
        if not acronym:
            continue
        node = condition_key(mention.text)
        reason = sentence("{study} states “{name}”.", study=quoted_study(mention.study), name=mention.text)
        bare = mention.text.replace(f"({acronym})", " ")
        if not is_acronym(acronym, bare, shortest=2):
            for part in (bare, acronym):
                resolution.relations.append(Relation("possibly", node, condition_key(part), reason))
            continue
        resolution.joins.append(Join("stated-alias", node, f"{node}^{acronym}", reason, acronym, mention.sources))
        if condition_key(acronym) != node:
            resolution.relations.append(Relation("possibly", node, condition_key(acronym), reason))


def _mesh(resolution: Resolution, study: str, whole: Study) -> None:
    browse = whole.derived_section.condition_browse_module if whole.derived_section else None
    if browse is None:
        return
    for mesh in browse.meshes:
        if mesh.term and mesh.id:
            resolution.identifiers.setdefault(condition_key(mesh.term), {})["mesh"] = _mesh_number(mesh.id)
    if len(browse.meshes) == 1 and browse.meshes[0].term:
        narrow = condition_key(browse.meshes[0].term)
        for ancestor in browse.ancestors:
            if ancestor.term and condition_key(ancestor.term) != narrow:
                reason = sentence(
                    "MeSH, as the registry states it for {study}, has “{term}” above it.",
                    study=study,
                    term=ancestor.term,
                )
                resolution.relations.append(Relation("broader", narrow, condition_key(ancestor.term), reason))


def _mesh_number(stated: str) -> str:
    """Return MeSH's own number: ClinicalTrials.gov fills the short ones up with zeros ("D000002289" is D002289)."""
    letter, digits = stated[:1], stated[1:]
    if len(digits) == _LONG_NUMBER and digits.isdigit() and int(digits) < _FIRST_LONG_NUMBER:
        return f"{letter}{digits[-_SHORT_NUMBER:]}"
    return stated


_LONG_NUMBER = 9
_SHORT_NUMBER = 6
_FIRST_LONG_NUMBER = 66000
