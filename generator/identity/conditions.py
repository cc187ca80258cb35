"""Conditions: the words of the documents, joined where they are the same words.

On top of the shared ladder: a vocabulary's turned-round term ("Lupus Erythematosus, Systemic") reads as its
plain form; a MeSH term that the registry derived for the study confirms the condition of the same words and lends
its id; where a study has one condition's term with broader terms above it, these are linked as broader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.identity.curated import CuratedNames
from generator.identity.keys import condition_acronym, condition_key, is_acronym
from generator.identity.ladder import Reading, Tie
from generator.identity.resolution import Relation, Resolution, quoted_study
from generator.model.catalog import Mention
from generator.model.study import Study


def resolve_conditions(mentions: Iterable[Mention], studies: Mapping[str, Study], curated: CuratedNames) -> Resolution:
    """Turn the mentions of conditions into readings and ties; *studies* hold the MeSH terms derived for them."""
    resolution = Resolution("condition")
    by_study: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_study.setdefault(mention.study, []).append(mention)
        node = condition_key(mention.text)
        resolution.readings.append(Reading(mention, node, mention.text))
        resolution.claim(curated, mention, node)
    for study, found in sorted(by_study.items()):
        _tie_acronyms(resolution, found)
        if study in studies:
            _mesh(resolution, study, studies[study])
    return resolution


def _tie_acronyms(resolution: Resolution, mentions: list[Mention]) -> None:
    """Read the short form: "Systemic Lupus Erythematosus (SLE)" states SLE as one of its spellings.

    An entity that is called "SLE" alone is shown beside it and not joined: short forms of diseases have many
    meanings (MS, RA and AS are different things in different trials).
    """
    for mention in mentions:
        acronym = condition_acronym(mention.text)
        if not acronym:
            continue
        node = condition_key(mention.text)
        reason = f"{quoted_study(mention.study)} states “{mention.text}”."
        bare = mention.text.replace(f"({acronym})", " ")
        if not is_acronym(acronym, bare, shortest=2):
            for part in (bare, acronym):
                resolution.relations.append(Relation("possibly", node, condition_key(part), reason))
            continue
        resolution.ties.append(Tie("stated-alias", node, f"{node}^{acronym}", reason, acronym, mention.sources))
        if condition_key(acronym) != node:
            resolution.relations.append(Relation("possibly", node, condition_key(acronym), reason))


def _mesh(resolution: Resolution, study: str, whole: Study) -> None:
    browse = whole.derived_section.condition_browse_module if whole.derived_section else None
    if browse is None:
        return
    for mesh in browse.meshes:
        if mesh.term and mesh.id:
            resolution.identifiers.setdefault(condition_key(mesh.term), {})["mesh"] = mesh.id
    if len(browse.meshes) == 1 and browse.meshes[0].term:
        narrow = condition_key(browse.meshes[0].term)
        for ancestor in browse.ancestors:
            if ancestor.term and condition_key(ancestor.term) != narrow:
                reason = f"MeSH, as the registry states it for {study}, has “{ancestor.term}” above it."
                resolution.relations.append(Relation("broader", narrow, condition_key(ancestor.term), reason))
