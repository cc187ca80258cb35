"""Persons whose given name one document writes as an initial and another in full: "J. Smith", "John Smith".

That is a question only where the two share a trial or a town, and never a join.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.identity.identification import Identification
from generator.identity.keys import PersonName, person_name
from generator.identity.word_lists import PARTICLES
from generator.model.catalog import Entity, Kind
from generator.model.sentence import Sentence, sentence


def abbreviated(
    identification: Identification, towns: Mapping[tuple[Kind, str], set[str]]
) -> Iterator[tuple[Entity, Entity, Sentence]]:
    """Yield persons whose names can be short for those of others, and say what the two share.

    *towns* are those of the sites beside which persons are named.
    """
    persons = [(entity, names_of(entity)) for (kind, _), entity in identification.entities.items() if kind == "person"]
    by_word: dict[str, list[tuple[Entity, list[PersonName]]]] = {}
    for entity, names in persons:
        if not is_short(names):
            for word in {word for name in names for word in _words(name)}:
                by_word.setdefault(word, []).append((entity, names))
    for entity, names in persons:
        if not is_short(names):
            continue
        for word in sorted({word for name in names for word in _words(name)}):
            for other, others in by_word.get(word, ()):
                if any(_stands_for(short, full) for short in names for full in others):
                    trials = sorted(set(entity.studies) & set(other.studies))
                    shared = towns.get(("person", entity.id), set()) & towns.get(("person", other.id), set())
                    if trials or shared:
                        where = trials[0] if trials else identification.entities["place", min(shared)].name
                        why = sentence(
                            "“{short}” can be short for “{full}”; both are named in {where}.",
                            short=entity.name,
                            full=other.name,
                            where=where,
                        )
                        yield entity, other, why


def names_of(entity: Entity) -> list[PersonName]:
    """Return the names of a person, taken apart."""
    texts = {entity.name, *(spelling.text for spelling in entity.spellings)}
    return [name for text in sorted(texts) if (name := person_name(text, single=True)) is not None]


def is_short(names: list[PersonName]) -> bool:
    """Say whether a person's *names* have initials and nowhere a full given name."""
    return any(name.initials for name in names) and not any(map(_is_full, names))


def _is_full(name: PersonName) -> bool:
    """Say whether family and given name are written out: "van der Berg" is a family name alone."""
    return name.full and (len(_words(name)) > 1 or " " not in name.key)


def _words(name: PersonName) -> list[str]:
    """Return the full words of a name without its particles; "Lo" alone is none."""
    words = name.key.split()
    return [word for word in words if word not in PARTICLES] or words


def _stands_for(short: PersonName, full: PersonName) -> bool:
    """Say whether the family names are equal, and the initials of one are among the other's given names."""
    family, words = _words(short), _words(full)
    if not _is_full(full) or not short.initials or not set(family) < set(words):
        return False
    given = Counter([word[0] for word in words if word not in family] + list(full.initials))
    initials = Counter(short.initials)
    return initials <= given or given <= initials
