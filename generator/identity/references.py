"""Authors of references: linked to a person only where the trial itself names that person.

"Leboyer M" in a reference is Marion Leboyer when Marion Leboyer is an investigator or official of the trial that
gives the reference.  Anywhere else a family name with an initial says too little, and only a curated ``cited_as``
with the study links it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.identity.cleaning import clean, words
from generator.identity.curated import CuratedNames
from generator.identity.joining import Group
from generator.identity.keys import person_name
from generator.identity.mentions import INVESTIGATOR_ROLES, identifier, sources_of
from generator.identity.resolution import curated_reason
from generator.identity.word_lists import PARTICLES
from generator.model.catalog import Mention
from generator.model.sentence import Sentence, sentence
from generator.model.study import Study

_AUTHOR = re.compile(r"^(?P<family>[^\d.,;]*?[^\d.,;\s])\s+(?P<initials>[A-Z]{1,4})(?:\s+(?:Jr|Sr|2nd|3rd|II|III))?$")


def authors_of(citation: str) -> list[tuple[str, str, str]]:
    """Return the authors that a citation begins with: text, family name, initials ("Leboyer M", "Leboyer", "M")."""
    found = []
    head = clean(citation).partition(". ")[0]
    for piece in re.split(r"[,;]\s*", head):
        match = _AUTHOR.match(piece.strip().rstrip("."))
        if match:
            found.append((match.group(), match["family"], match["initials"]))
    return found


def read_authors(
    studies: Mapping[str, Study], persons: Iterable[Group], curated: CuratedNames
) -> list[tuple[Group, Mention, Sentence, bool]]:
    """Return for each recognised author the person, the mention, the reason, and whether it is curated."""
    by_study: dict[str, list[Group]] = {}
    by_entry: dict[str, Group] = {}
    for group in persons:
        for named in {r.mention.study for r in group.keyed_mentions if r.mention.role in INVESTIGATOR_ROLES}:
            by_study.setdefault(named, []).append(group)
        if group.curated is not None:
            by_entry[group.curated] = group
    cited: dict[tuple[str, str], tuple[Group, Sentence]] = {}
    for entry in curated.of_kind("person"):
        for spelling in entry.cited_as:
            if entry.name in by_entry and spelling.study:
                key = (spelling.study, " ".join(words(spelling.text)))
                cited[key] = (by_entry[entry.name], curated_reason(entry))
    found = []
    for name_of_study, study in sorted(studies.items()):
        candidates = by_study.get(name_of_study, [])
        for index, reference in enumerate(study.protocol_section.references_module.references):
            pointer = f"/protocolSection/referencesModule/references/{index}/citation"
            for text, family, initials in authors_of(reference.citation or ""):
                claimed = cited.get((name_of_study, " ".join(words(text))))
                if claimed:
                    matching = [claimed[0]]
                else:
                    matching = [group for group in candidates if _is_author(group, family, initials)]
                # Two investigators of one name and initial: nobody can tell which of them wrote it.
                if len(matching) != 1:
                    continue
                by_rule = sentence(
                    "{study} names {person} as an investigator and has a reference by “{name}”.",
                    study=name_of_study,
                    person=matching[0].name,
                    name=text,
                )
                reason = claimed[1] if claimed else by_rule
                mention = Mention(
                    kind="person",
                    text=text,
                    role="referenceAuthor",
                    study=identifier(study),
                    pointer=pointer,
                    sources=sources_of(study, pointer),
                )
                found.append((matching[0], mention, reason, claimed is not None))
    return found


def _is_author(group: Group, family: str, initials: str) -> bool:
    wanted = [word for word in words(family) if len(word) > 1]
    for display in {keyed.display for keyed in group.keyed_mentions}:
        name = person_name(display)
        if name is None or not wanted:
            continue
        kept = name.key.split()
        family_words = [word for word in wanted if word in kept]
        if len(family_words) != len([word for word in wanted if word in kept or word not in PARTICLES]):
            continue
        rest = [word for word in kept if word not in family_words]
        if rest and family_words and any(word[0] == initials[0].casefold() for word in rest):
            return True
    return False
