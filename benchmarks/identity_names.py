"""How well the rules for organizations do on names that a person has normalised, with no curated file.

Usage: python benchmarks/identity_names.py path/to/sponsors.tsv

The list has two columns: a name as written, and as normalised by hand.  Two names are a true pair when their
normalised forms agree.  Printed: precision and recall of the joins that the rules make, each wrong join, and the
share of the true pairs that the review list proposes within its first five candidates for a name.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from time import process_time

from generator.identity.cleaning import fold
from generator.identity.curated import CuratedNames
from generator.identity.identification import identify
from generator.identity.keys import organization_key
from generator.identity.proposals import similar
from generator.identity.slugs import SlugLedger
from generator.model.study import Sponsor, Study


def read_list(path: Path) -> dict[str, str]:
    """Return the normalised name for each name as written."""
    normalised: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        written, tab, name = line.partition("\t")
        if tab and written.strip() and name.strip():
            normalised.setdefault(written, " ".join(fold(name).split()))
    return normalised


def study_of(number: int, sponsor: str) -> Study:
    """Return a study that states nothing but its sponsor."""
    study = Study()
    study.catalog_section.id = f"TRIAL{number:06}"
    study.protocol_section.sponsor_collaborators_module.lead_sponsor = Sponsor(name=sponsor)
    return study


JUDGED = {
    frozenset({"fundacin gecp", "fundacion gecp"}): "the normalised name lost its letter too",
    frozenset({"par johansson", "pr johansson"}): "the normalised name lost its letter too",
    frozenset({"university hosapital, tubingen", "university hospital, tubingen"}): "a slip of the pen in “hospital”",
    frozenset({"university hosapital, tubingen", "university of tubingen"}): (
        "the same German name, twice normalised: once as the hospital, by a slip"
    ),
    frozenset({"university hospital, freiburg", "universitats-herzzentrum freiburg bad krozingen"}): (
        "the same heart centre, once normalised as the university hospital"
    ),
    frozenset({"akershus university hospital", "university hospital, akershus"}): (
        "the same words, once turned round at the comma"
    ),
    frozenset({"ayurved university", "dr. sarvepalli radhakrishnan rajasthan ayurved university"}): (
        "the same words with and without a blank, once normalised too shortly"
    ),
}
"""Joins that a person has looked at and found right, against the list: normalised names, and the verdict."""


def judge(one: str, other: str, normalised: dict[str, str]) -> str | None:
    """Return why a join that the list does not make is right all the same, or None."""
    first, second = normalised[one], normalised[other]
    if organization_key(first).replace(" ", "") == organization_key(second).replace(" ", ""):
        return "a slip of the list: its two normalised names differ in small words, hyphens or order only"
    verdict = JUDGED.get(frozenset({first, second}))
    return f"a slip of the list: {verdict}" if verdict else None


def measure(normalised: dict[str, str]) -> None:
    """Resolve each name in a study of its own, and print how the joins compare with the list."""
    names = list(normalised)
    started = process_time()
    identification = identify(
        {f"TRIAL{number:06}": study_of(number, name) for number, name in enumerate(names)},
        CuratedNames(),
        SlugLedger(),
    )
    entity_of: dict[int, set[str]] = defaultdict(set)
    for link in identification.links:
        entity_of[int(link.study.removeprefix("TRIAL"))].add(f"{link.kind}/{link.entity}")
    resolved = process_time() - started

    true_groups: dict[str, list[int]] = defaultdict(list)
    joined_groups: dict[frozenset[str], list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        true_groups[normalised[name]].append(number)
        if entity_of[number]:
            joined_groups[frozenset(entity_of[number])].append(number)
    true = {pair for group in true_groups.values() for pair in combinations(group, 2)}
    joined = {pair for group in joined_groups.values() for pair in combinations(group, 2)}
    right = joined & true

    wrong = sorted(joined - true)
    print(f"{len(names)} names, {len(true)} true pairs; resolved in {resolved:.2f} s")
    print(f"joined by rule: {len(joined)} pairs, {len(right)} of them right as the list stands")
    print(f"precision {len(right) / max(1, len(joined)):.4f}   recall {len(right) / max(1, len(true)):.4f}")
    verdicts = {pair: judge(names[pair[0]], names[pair[1]], normalised) for pair in wrong}
    slips = sum(verdict is not None for verdict in verdicts.values())
    print(f"with the list's own slips set aside ({slips}): precision {len(right) / max(1, len(joined) - slips):.4f}")
    print("joins that the list does not make:")
    for one, other in wrong:
        print(f"  {names[one]!r} = {names[other]!r}")
        print(f"    normalised by hand: {normalised[names[one]]!r} / {normalised[names[other]]!r}")
        print(f"    {verdicts[one, other] or 'not judged yet'}")

    started = process_time()
    entities = list(identification.entities.values())
    position = {f"{entity.kind}/{entity.id}": index for index, entity in enumerate(entities)}
    proposed = {
        (min(index, other), max(index, other))
        for index, candidates in enumerate(similar([entity.name for entity in entities]))
        for other, _ in candidates
    }
    found = sum(
        1
        for one, other in true
        if (one, other) in joined
        or any(
            (min(position[a], position[b]), max(position[a], position[b])) in proposed
            for a in entity_of[one]
            for b in entity_of[other]
        )
    )
    asked = len(true) - len(right)
    listed = found - len(right)
    print(f"review list made in {process_time() - started:.2f} s")
    print(f"true pairs that are joined or proposed: {found / max(1, len(true)):.4f}")
    print(f"of those that no rule joins, proposed within the first five: {listed / max(1, asked):.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=Path, help="the list of names, tab-separated")
    measure(read_list(parser.parse_args().list))


if __name__ == "__main__":
    main()
