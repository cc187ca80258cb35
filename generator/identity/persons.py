"""Persons: two mentions are one person when the name and one more stated fact agree.

Beyond the shared rules (:mod:`~generator.identity.joining`):

- The name is compared by its full words in any order, without titles, degrees, particles, case and accents.  A
  given name that is only an initial is no full name; different middle initials are different names.
- Inside one trial a name is one person.  Between trials one more fact has to agree: the city, the site, the
  affiliation, the sponsor or the drug (within one country), or the e-mail address.  For names that very many
  people bear, only the e-mail address, the affiliation or the site will do.
- The name alone makes two persons "possibly the same", with a link both ways.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from generator.identity.cleaning import clean, words
from generator.identity.countries import country_key
from generator.identity.curated import CuratedNames
from generator.identity.joining import Join, KeyedMention
from generator.identity.keys import PersonName, acronym_key, organization_key, person_name, place_key, split_postal_end
from generator.identity.mentions import is_masked_site
from generator.identity.organizations import is_generic
from generator.identity.resolution import Relation, Resolution
from generator.identity.word_lists import COMMON_FAMILY_NAMES
from generator.model.catalog import Mention
from generator.model.sentence import Sentence, sentence


@dataclass(slots=True)
class StudyFacts:
    """What a person can share with another through the trial that names both."""

    sponsors: dict[str, str] = field(default_factory=dict)
    """What tells each sponsor from others, and its name."""
    drugs: dict[str, str] = field(default_factory=dict)


def resolve_persons(
    mentions: Iterable[Mention],
    facts: Mapping[str, StudyFacts],
    organizations: Mapping[tuple[str, str], str],
    curated: CuratedNames,
) -> Resolution:
    """Turn the mentions of persons into keyed mentions and joins.

    *facts* are the sponsors and drugs of each study; *organizations* says for study and name of an organization which
    group it is in.
    """
    resolution = Resolution("person")
    nodes: dict[str, set[str]] = {}
    for mention in sorted(mentions, key=lambda mention: (mention.study, mention.pointer, mention.text)):
        name = person_name(mention.text, single=True)
        if name is None:
            continue
        node = _node(mention, name)
        nodes.setdefault(name.key, set()).add(node)
        resolution.keyed_mentions.append(KeyedMention(mention, node, name.display))
        resolution.claim(curated, mention, node)
        if not name.full:
            continue
        for fact, reason in _facts(mention, name, facts.get(mention.study, StudyFacts()), organizations):
            hub = f"{name.key}|{name.initials}~{fact}"
            resolution.joins.append(Join("exact-key", hub, node, reason))
        if name.initials and not is_common(name):
            plain = f"{name.key}|#{mention.study}"
            if plain in nodes[name.key]:
                reason = sentence("The same family and given name in the same trial, once with a middle initial.")
                resolution.joins.append(Join("exact-key", plain, node, reason))
    for same in nodes.values():
        _possibly(resolution, sorted(same))
    return resolution


def is_common(name: PersonName) -> bool:
    """Say whether a name is borne by so many that it needs a stronger second fact."""
    return not COMMON_FAMILY_NAMES.isdisjoint(name.key.split()) and len(name.key.split()) <= 2


def _node(mention: Mention, name: PersonName) -> str:
    """Return what a person is compared by: the name inside the study, and for common names inside the place."""
    node = f"{name.key}|{name.initials}#{mention.study}"
    place = place_key(mention.city, None, mention.country)
    return f"{node}@{place}" if place and is_common(name) and not name.initials else node


def _facts(
    mention: Mention, name: PersonName, facts: StudyFacts, organizations: Mapping[tuple[str, str], str]
) -> list[tuple[str, Sentence]]:
    """Return the facts that can confirm a person, each with the sentence for a page."""
    found = []
    if mention.email and "@" in mention.email and _is_personal(mention.email, name):
        found.append(
            (
                f"email:{_fingerprint(mention.email)}",
                sentence("The same family and given name, and the same e-mail address."),
            )
        )
    affiliation = mention.affiliation
    # Where each word can be the family name ("Wei Zhang"), the order of the two says who is meant.
    order = f"~{' '.join(words(name.display))}" if COMMON_FAMILY_NAMES.issuperset(name.key.split()) else ""
    if affiliation and not is_masked_site(affiliation):
        affiliation = split_postal_end(affiliation)[0]
        group = organizations.get((mention.study, affiliation))
        specific = not is_generic(affiliation) or (group is not None and "@" in group)
        if specific:
            organization = group or acronym_key(affiliation) or organization_key(affiliation)
            why = sentence(
                "The same family and given name, and the same organization: {organization}.", organization=affiliation
            )
            found.append((f"at:{organization}{order}", why))
    if is_common(name):
        return found
    place = place_key(mention.city, None, mention.country)
    if place and mention.country:
        where = f"{clean(mention.city or '')}, {clean(mention.country)}"
        why = sentence("The same family and given name, and the same city: {place}.", place=where)
        found.append((f"city:{place}", why))
    country = country_key(mention.country) if mention.country else ""
    for one, sponsor in sorted(facts.sponsors.items()):
        why = sentence("The same family and given name, and the same sponsor: {name}.", name=sponsor)
        found.append((f"sponsor:{one}|{country}", why))
    for one, drug in sorted(facts.drugs.items()):
        why = sentence("The same family and given name, and the same drug: {name}.", name=drug)
        found.append((f"drug:{one}|{country}", why))
    return found


def _fingerprint(email: str) -> str:
    """Return what tells an address from others and does not give it away: join keys end up in the stored slugs."""
    return sha256(clean(email).casefold().encode()).hexdigest()[:20]


def _is_personal(email: str, name: PersonName) -> bool:
    """Say whether an address bears a part of the name; a shared address of a company confirms nobody."""
    local = clean(email).casefold().partition("@")[0]
    return any(word in local for word in name.key.split() if len(word) > 2)


_MOST_SHOWN_TOGETHER = 8


def _possibly(resolution: Resolution, nodes: list[str]) -> None:
    """Show persons of one name to each other; where they are many, each only to the first."""
    reason = sentence("The same family and given name; no second fact says that it is one person.")
    pairs = (
        [(first, second) for index, first in enumerate(nodes) for second in nodes[index + 1 :]]
        if len(nodes) <= _MOST_SHOWN_TOGETHER
        else [(nodes[0], second) for second in nodes[1:]]
    )
    for first, second in pairs:
        if not _different_initials(first, second):
            resolution.relations.append(Relation("possibly", first, second, reason))


def _different_initials(first: str, second: str) -> bool:
    one, other = (node.partition("|")[2].partition("#")[0] for node in (first, second))
    return bool(one) and bool(other) and one != other
