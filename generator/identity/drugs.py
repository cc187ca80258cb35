"""Drugs: brand, code, generic and dose forms of one substance, joined where a document says so.

Beyond the shared rules (:mod:`~generator.identity.joining`):

- Names are compared by letters and digits only, without dose, route, form and arm words: ILT101, ILT-101 and
  "ILT 101, 1 MUI, subcutaneous" agree.  A class ("interferon gamma") is not a drug of the class ("interferon
  gamma-1b"): their keys differ and nothing joins them.
- Aliases come from parentheses in a name ("IL-2 (ILT-101)", "X (rHuX, Brand)"), from an intervention's other
  names, and from sentences of the same document that put a name of the trial's drug beside another.
- An other name that only describes ("HER2 monoclonal antibody") is a spelling inside its trial and joins no other.
- A combination ("A + B", and "A-B" where both are drugs of the catalog) is an entity of its own
  that names its parts; the trial is linked to each part too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from generator.identity.cleaning import clean, words
from generator.identity.curated import CuratedNames
from generator.identity.drug_names import (
    can_be_alias,
    combination_parts,
    comparator_class,
    drug_core,
    drug_key,
    hyphened,
    is_class,
    is_code,
    names_several,
    parenthesised,
    sounds_like_drug,
)
from generator.identity.joining import Join, KeyedMention
from generator.identity.mentions import identifier, sources_of
from generator.identity.resolution import Relation, Resolution, quoted_study
from generator.model.catalog import Mention
from generator.model.sentence import Sentence, sentence
from generator.model.source import Source
from generator.model.study import Study


def resolve_drugs(mentions: Iterable[Mention], studies: Mapping[str, Study], curated: CuratedNames) -> Resolution:
    """Turn the mentions of drugs into keyed mentions and joins; *studies* are read for aliases in their sentences."""
    resolution = Resolution("drug")
    by_study: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_study.setdefault(mention.study, []).append(mention)
    for study, found in sorted(by_study.items()):
        owners = _owners(found)
        for mention in found:
            owner = owners.get(mention.pointer)
            if owner is None or combination_parts(owner.text) or _is_alias(owner, mention, found):
                _read(resolution, mention, curated)
            else:
                _read_remark(resolution, owner, mention, curated)
        _join_other_names(resolution, found, owners)
        if study in studies:
            names = {drug_key(mention.text) for mention in found if not combination_parts(mention.text)}
            _join_by_sentences(resolution, studies[study], names)
    _join_hyphened(resolution)
    _claim_aliases(resolution, curated)
    return resolution


def _owners(mentions: list[Mention]) -> dict[str, Mention]:
    """Return for the pointer of each other name the intervention whose other name it is."""
    names = {mention.pointer: mention for mention in mentions if mention.pointer.endswith("/name")}
    owners: dict[str, Mention] = {}
    for mention in mentions:
        owner, found, _ = mention.pointer.rpartition("/otherNames/")
        named = names.get(f"{owner}/name") if found else next(iter(names.values())) if len(names) == 1 else None
        if named is not None and named is not mention:
            owners[mention.pointer] = named
    return owners


def _is_alias(owner: Mention, mention: Mention, mentions: list[Mention]) -> bool:
    """Say whether an other name is one that can join trials, or an intervention of the trial itself."""
    key = drug_key(mention.text)
    if key in {drug_key(one.text) for one in mentions if one.pointer.endswith("/name")}:
        return True
    # "ABP 980" beside "Trastuzumab Biosimilar ABP 980" is another product.
    imitations = [drug_key(one.text) for one in mentions if "biosimilar" in one.text.casefold()]
    # "Prevnar" beside "Pentacel and Prevnar" is a part of what is given.
    combined = {drug_key(part) for one in mentions for part in combination_parts(one.text)}
    return (
        can_be_alias(mention.text)
        and not is_class(owner.text)
        and not names_several(owner.text)
        and not combination_parts(mention.text)
        and key not in combined
        and not any(key in imitation for imitation in imitations)
    )


def _read_remark(resolution: Resolution, owner: Mention, mention: Mention, curated: CuratedNames) -> None:
    """Read an other name that only describes ("HER2 monoclonal antibody"): a spelling inside its trial."""
    node = f"{drug_key(mention.text)}#{mention.study}"
    resolution.keyed_mentions.append(KeyedMention(mention, node, drug_core(mention.text), -1))
    resolution.claim(curated, mention, node)
    reason = sentence(
        "{study} gives “{name}” as another name of “{other}”.",
        study=quoted_study(mention.study),
        name=mention.text,
        other=owner.text,
    )
    resolution.joins.append(Join("stated-alias", _node(owner, curated), node, reason))


def _node(mention: Mention, curated: CuratedNames) -> str:
    """Return what an intervention's name is compared by: all its parts where it is a combination."""
    parts = [part for part in combination_parts(mention.text) if comparator_class(part) is None]
    if len(parts) > 1 and curated.match(mention) is None:
        return "+".join(sorted({drug_key(part) for part in parts}))
    return drug_key(parts[0] if len(parts) == 1 else mention.text)


def _read(resolution: Resolution, mention: Mention, curated: CuratedNames) -> None:
    parts = [part for part in combination_parts(mention.text) if comparator_class(part) is None]
    node = _node(mention, curated)
    if len(parts) > 1 and curated.match(mention) is None:
        resolution.keyed_mentions.append(KeyedMention(mention, node, clean(mention.text)))
        for part in parts:
            reason = sentence("{study} writes “{name}”.", study=quoted_study(mention.study), name=mention.text)
            resolution.relations.append(Relation("component", node, drug_key(part), reason))
            resolution.keyed_mentions.append(KeyedMention(_part(mention, part), drug_key(part), part))
        return
    text = parts[0] if len(parts) == 1 else mention.text
    resolution.keyed_mentions.append(KeyedMention(mention, node, drug_core(text), _preference(mention, text)))
    resolution.claim(curated, mention, node)
    for name, inside in parenthesised(text):
        for alias in _aliases_in(inside):
            if drug_key(name) and can_be_alias(name):
                reason = sentence("{study} states “{name}”.", study=quoted_study(mention.study), name=mention.text)
                _join(resolution, drug_key(name), alias, reason, mention.sources)


def _preference(mention: Mention, text: str) -> int:
    """Return how well a name serves as the drug's: an intervention's own best, but a common name better than a code."""
    core = drug_core(text)
    own = "/interventions/" in mention.pointer and mention.pointer.endswith("/name")
    if own:
        return 1 if is_code(core) else 3
    return 2 if sounds_like_drug(core) and not is_code(core) and len(words(core)) <= _LONGEST_COMMON_NAME else 0


_LONGEST_COMMON_NAME = 2
"""Words; "MK-3475" is shown as "Pembrolizumab" where a document says that they are one."""


def _join_hyphened(resolution: Resolution) -> None:
    """Read "Lopinavir-Ritonavir" as a combination where documents name both parts as drugs of their own."""
    known = {keyed.node: keyed for keyed in resolution.keyed_mentions}
    for keyed in list(resolution.keyed_mentions):
        parts = hyphened(keyed.display)
        if parts is None or not all(drug_key(part) in known for part in parts):
            continue
        whole = "+".join(sorted(drug_key(part) for part in parts))
        names = " and ".join(f"“{known[drug_key(part)].display}”" for part in parts)
        reason = sentence(
            "“{name}” names two drugs, {names}, with a hyphen between them.", name=keyed.display, names=names
        )
        resolution.joins.append(Join("exact-key", whole, keyed.node, reason))
        for part in parts:
            resolution.relations.append(Relation("component", keyed.node, drug_key(part), reason))
            resolution.keyed_mentions.append(KeyedMention(_part(keyed.mention, part), drug_key(part), part))


def _part(mention: Mention, part: str) -> Mention:
    return Mention(
        kind="drug", text=part, role=mention.role, study=mention.study, pointer=mention.pointer, sources=mention.sources
    )


def _aliases_in(inside: str) -> list[str]:
    """Return the names in a parenthesis: "rHuIFN-γ, Imukin" are two."""
    pieces = [piece.strip() for piece in re.split(r",|;|\bor\b|\baka\b|\balso known as\b", inside)]
    # "Keytruda/MK-3475" are two names; "Tetanus Toxoid/Acellular Pertussis" are two substances in one.
    pieces = [
        name.strip()
        for piece in pieces
        for name in (piece.split("/") if any(is_code(one.strip()) for one in piece.split("/")) else [piece])
    ]
    # One piece that cannot be a name shows that the parenthesis is a remark and no list of names ("solution of X").
    named = bool(pieces) and all(can_be_alias(piece) and " of " not in f" {piece}" for piece in pieces)
    return [piece for piece in pieces if not combination_parts(piece)] if named else []


def _join(resolution: Resolution, key: str, alias: str, reason: Sentence, sources: tuple[Source, ...]) -> None:
    other = drug_key(alias)
    if other and other != key:
        resolution.joins.append(Join("stated-alias", key, other, reason, drug_core(alias), sources))


def _join_other_names(resolution: Resolution, mentions: list[Mention], owners: Mapping[str, Mention]) -> None:
    """Other names of an intervention are its aliases, unless they are interventions of the same trial themselves."""
    interventions = {drug_key(mention.text) for mention in mentions if mention.pointer.endswith("/name")}
    for mention in mentions:
        named = owners.get(mention.pointer)
        if named is None or drug_key(mention.text) in interventions or not _is_alias(named, mention, mentions):
            continue
        reason = sentence(
            "{study} gives “{name}” as another name of “{other}”.",
            study=quoted_study(mention.study),
            name=mention.text,
            other=named.text,
        )
        resolution.joins.append(Join("stated-alias", drug_key(named.text), drug_key(mention.text), reason))


def _join_by_sentences(resolution: Resolution, study: Study, names: set[str]) -> None:
    """Find "name (other name)" in the sentences of a study where one of the two is a drug of it."""
    for pointer, text in _sentences(study):
        if "(" not in text:
            continue
        for before, inside in parenthesised(text):
            for pair in _sentence_pair(before, inside, names):
                first, second = pair
                quote = f"{first} ({second})"
                reason = sentence("{study} states “{quote}”.", study=quoted_study(identifier(study)), quote=quote)
                sources = sources_of(study, pointer)
                key, other = drug_key(first), drug_key(second)
                if key != other:
                    resolution.joins.append(Join("stated-alias", key, other, reason, second, sources))
                    resolution.joins.append(Join("stated-alias", other, key, reason, quote, sources))
                    if key not in names:
                        resolution.joins.append(Join("stated-alias", other, key, reason, first, sources))


def _sentence_pair(before: str, inside: str, names: set[str]) -> list[tuple[str, str]]:
    """Return the name before a parenthesis and the one in it, where it is sure how far the first one reaches."""
    if not can_be_alias(inside):
        return []
    tokens = before.split()
    for length in range(min(5, len(tokens)), 0, -1):
        name = " ".join(tokens[-length:]).strip(" ,.;:")
        if drug_key(name) in names and can_be_alias(name):
            # A code may stand beside any name; a plain word only beside a code or its own short form.
            if is_code(name) or is_code(inside) or _short_form(inside, name):
                return [(drug_core(name), drug_core(inside))]
            return []
    last = tokens[-1].strip(" ,.;:") if tokens else ""
    if drug_key(inside) in names and is_code(last) and can_be_alias(last):
        return [(drug_core(last), drug_core(inside))]
    # A name in parentheses of its own: "ILT-101 (human recombinant interleukin 2 (IL-2))".
    if is_code(inside) and len(tokens) <= 5 and can_be_alias(before) and _short_form(inside, before):
        return [(drug_core(before), drug_core(inside))]
    return []


def _short_form(short: str, name: str) -> bool:
    """Say whether *short* abbreviates *name*: its letters in order in the name, its digits the name's digits."""
    letters = "".join(character for character in "".join(words(short)) if character.isalpha())
    digits = [character for character in short if character.isdigit()]
    rest = iter("".join(words(name)))
    return (
        len(letters) >= 2
        and digits == [character for character in name if character.isdigit()]
        and all(letter in rest for letter in letters)
    )


def _sentences(study: Study) -> Iterable[tuple[str, str]]:
    protocol = study.protocol_section
    base = "/protocolSection"
    identification, description = protocol.identification_module, protocol.description_module
    arms = protocol.arms_interventions_module
    texts = [
        (f"{base}/identificationModule/briefTitle", identification.brief_title),
        (f"{base}/identificationModule/officialTitle", identification.official_title),
        (f"{base}/descriptionModule/briefSummary", description.brief_summary),
        (f"{base}/descriptionModule/detailedDescription", description.detailed_description),
    ]
    for index, arm in enumerate(arms.arm_groups):
        texts.append((f"{base}/armsInterventionsModule/armGroups/{index}/label", arm.label))
        texts.append((f"{base}/armsInterventionsModule/armGroups/{index}/description", arm.description))
    for index, intervention in enumerate(arms.interventions):
        texts.append((f"{base}/armsInterventionsModule/interventions/{index}/description", intervention.description))
    return [(pointer, text) for pointer, text in texts if text]


def _claim_aliases(resolution: Resolution, curated: CuratedNames) -> None:
    """Let curated entries claim also the spellings that only stand beside others."""
    for join in list(resolution.joins):
        if join.text and join.rule == "stated-alias":
            pretended = Mention(kind="drug", text=join.text, role="intervention", study="", pointer="")
            resolution.claim(curated, pretended, join.second)
