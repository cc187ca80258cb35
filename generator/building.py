"""The whole way, arrow by arrow: seeds to records, studies, catalog, content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.exports.entities_json import write_entities
from generator.exports.search_records import SearchRecords
from generator.exports.studies_json import write_studies
from generator.identity.curated import load_curated
from generator.identity.identification import Identification, identify
from generator.identity.slugs import SlugLedger
from generator.model.catalog import Catalog, Entity
from generator.model.problem import Problem
from generator.model.record import Record
from generator.pages.output import OutputTree, WriteReport
from generator.pages.paths import SitePaths
from generator.pages.writer import write_pages
from generator.progress import Stages
from generator.readers.cache import ReadingCache
from generator.readers.opening import document_paths
from generator.readers.reader import Reading
from generator.readers.reading import read_seeds, sorted_problems
from generator.settings import Settings
from generator.studies.completeness import completeness_of
from generator.studies.cross_registration import cross_registration_flags
from generator.studies.flags import flags_of
from generator.studies.matching import match
from generator.studies.merging import merge

HAND_WRITTEN = ("about", "assets", "card", "compare", "search")
"""Folders inside the content folder that people write; everything else there is generated."""

SLUGS = "slugs.json"
"""The stored slugs inside the content folder; kept in git, so that addresses outlive renamings."""


@dataclass(slots=True)
class Made:
    """A catalog and what was needed to make it."""

    catalog: Catalog
    identification: Identification
    slugs: SlugLedger
    documents: int
    """Number of documents found, readable or not."""


def make_catalog(seeds: Path, content: Path, stages: Stages | None = None, kept: ReadingCache | None = None) -> Made:
    """Return the catalog of all documents below *seeds*, with the slugs stored in *content*.  Writes no page.

    *stages* is told how far the work is.  Documents that *kept* knows are not read again.
    """
    stages = stages or Stages(quiet=True)
    readings = []
    with stages.stage("read") as advance:
        total = len(document_paths(seeds))
        for reading in kept.read_seeds(seeds) if kept is not None else read_seeds(seeds):
            readings.append(reading)
            advance(len(readings), max(total, len(readings)))
    return assemble(readings, seeds, content, stages)


def assemble(readings: Iterable[Reading], seeds: Path, content: Path, stages: Stages | None = None) -> Made:
    """Return the catalog that *readings* make, with the curated names of *seeds* and the slugs of *content*."""
    stages = stages or Stages(quiet=True)
    catalog = Catalog()
    problems: list[Problem] = []
    records = []
    for reading in readings:
        catalog.documents[reading.document.path] = reading.document
        problems.extend(reading.problems)
        records.extend(reading.records)
    with stages.stage("merge"):
        problems.extend(_merge_records(records, catalog))
    with stages.stage("identify"):
        curated = load_curated(seeds)
        slugs = SlugLedger.load(content / SLUGS)
        identification = identify(catalog.studies, curated, slugs)
    catalog.entities = identification.entities
    catalog.links = identification.links
    catalog.former_entities = slugs.redirects()
    problems.extend(identification.problems)
    catalog.documents = dict(sorted(catalog.documents.items()))
    catalog.problems = sorted_problems(problems)
    return Made(catalog, identification, slugs, len(catalog.documents))


def _merge_records(records: list[Record], catalog: Catalog) -> list[Problem]:
    """Put the studies that *records* make into *catalog* and return what is wrong with them."""
    matches, problems = match(records)
    for found in matches:
        merged = merge(found)
        catalog.studies[found.id] = merged.study
        if merged.original is not None:
            catalog.originals[found.id] = merged.original
        catalog.former_ids.update(dict.fromkeys(found.former_ids, found.id))
        problems.extend(merged.problems)
        section = merged.study.catalog_section
        section.flags = [*section.flags, *flags_of(merged.study), *cross_registration_flags(found)]
        section.completeness = completeness_of(merged.study)
    return problems


def write_content(made: Made, content: Path, settings: Settings, hand_written: Path) -> WriteReport:
    """Write pages and data of the catalog into *content*; touch only what differs, remove what no longer belongs.

    *hand_written* is the folder of the hand-written pages; they are copied where *content* is another one, so that
    what lies there is a whole site.
    """
    output = OutputTree(content)
    if content.resolve() != hand_written.resolve():
        for folder in hand_written_folders(hand_written):
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    output.write(file.relative_to(hand_written).as_posix(), file.read_bytes())
    write_pages(made.catalog, output, settings)
    paths = SitePaths(made.catalog, settings)

    for path, data in write_studies(made.catalog, contacts=settings.contacts).items():
        output.write(path, data)
    entities = write_entities(
        made.catalog,
        lambda entity: address.url if (address := paths.entity(entity.kind, entity.id)) else "",
        contacts=settings.contacts,
    )
    for path, data in entities.items():
        output.write(path, data)
    made.slugs.save(content / SLUGS)
    return output.finish()


def search_records(made: Made, settings: Settings) -> SearchRecords:
    """Return what the search of the catalog's site is made from."""
    paths = SitePaths(made.catalog, settings)

    def url_of(entity: Entity) -> str | None:
        address = paths.entity(entity.kind, entity.id)
        return address.url if address else None

    def trial_url(study: str) -> str | None:
        address = paths.trial(study)
        return address.url if address else None

    return SearchRecords(made.catalog, url_of, trial_url)


def hand_written_folders(content: Path) -> list[Path]:
    """Return the folders in *content* that people write."""
    return [content / name for name in HAND_WRITTEN]
