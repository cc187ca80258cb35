"""How the time of resolving grows: studies made up in several sizes, six mentions each.

Usage: python benchmarks/identity_scale.py [LARGEST]

Linear means that the time for one mention stays the same from size to size; the largest is 10,000 studies with
60,000 mentions unless told otherwise.
"""

from __future__ import annotations

import random
import sys
from time import process_time

from generator.identity.curated import CuratedNames
from generator.identity.identification import identify
from generator.identity.mentions import mentions_of
from generator.identity.slugs import SlugLedger
from generator.model.study import Contact, Intervention, Location, Official, Sponsor, Study

_SYLLABLES = ("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "la", "mo", "ne", "pra", "qui", "ro", "stu", "ve")


def name(random_source: random.Random, syllables: int = 3) -> str:
    return "".join(random_source.choice(_SYLLABLES) for _ in range(syllables)).title()


def studies_of(count: int, seed: int = 7) -> dict[str, Study]:
    """Return *count* studies that share sponsors, drugs, sites and persons as real ones do."""
    source = random.Random(seed)  # noqa: S311
    sponsors = [f"{name(source)} {name(source)} Pharma" for _ in range(count // 5 + 1)]
    drugs = [f"{name(source)}mab-{source.randrange(1000)}" for _ in range(count // 3 + 1)]
    people = [f"{name(source)} {name(source, 4)}" for _ in range(count // 2 + 1)]
    cities = [name(source) for _ in range(count // 20 + 1)]
    studies = {}
    for number in range(count):
        study = Study()
        study.catalog_section.id = f"NCT{number:08}"
        protocol = study.protocol_section
        protocol.sponsor_collaborators_module.lead_sponsor = Sponsor(name=source.choice(sponsors))
        protocol.arms_interventions_module.interventions = [Intervention(type="DRUG", name=source.choice(drugs))]
        protocol.conditions_module.conditions = [f"{name(source, 2)} disease"]
        city = source.choice(cities)
        protocol.contacts_locations_module.locations = [
            Location(
                facility=f"{city} Clinic {name(source, 2)}", city=city, contacts=[Contact(name=source.choice(people))]
            )
        ]
        protocol.contacts_locations_module.overall_officials = [Official(name=source.choice(people))]
        studies[f"NCT{number:08}"] = study
    return studies


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    for count in (largest // 4, largest // 2, largest):
        studies = studies_of(count)
        mentions = sum(len(mentions_of(study).mentions) for study in studies.values())
        started = process_time()
        identification = identify(studies, CuratedNames(), SlugLedger())
        resolved = process_time() - started
        started = process_time()
        proposals = len(identification.proposals)
        proposed = process_time() - started
        print(
            f"{count:>6} studies, {mentions:>6} mentions, {len(identification.entities):>6} entities: resolved in "
            f"{resolved:6.2f} s ({1e6 * resolved / mentions:5.0f} µs a mention), "
            f"{proposals} proposals in {proposed:.2f} s"
        )


if __name__ == "__main__":
    main()
