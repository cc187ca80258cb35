"""A site with pages of every kind, and one page of each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from generator.pages.trial.parts import PARTS as TRIAL_PARTS
from tests.conftest import ROOT, Project, new_project

ASKING = {
    "search, with results": "search/?q=interferon",
    "compare, with trials": "compare/?trials=nct02955615,nct06774235",
    "card, of a trial": "card/?trial=nct06774235",
    "graph, with a trial in the middle": "graph/?at=trials/nct06774235",
    "flags, of a sponsor": "flags/?sponsor=sanofi",
}
"""Pages that show more when they are asked for something; left out where the site has no such page."""

PARTS = tuple(f"-{part}" for part in (*TRIAL_PARTS, "results", "fields", "card"))
"""How the names of pages end that belong to another page."""

WITH_RESULTS = ROOT / "tests" / "readers" / "legacy_xml" / "newer_schema.xml"
TOWNS = (("Lyon", "France"), ("Paris", "France"), ("Leuven", "Belgium"), ("Turin", "Italy"))
MANY_SITES = 120
WORDS = "Words that say much and tell little. " * 15


def varied_project(folder: Path) -> Project:
    """Lay out the five seeds, a trial with results and one so long that parts of it get pages of their own."""
    project = new_project(folder)
    shutil.copy2(WITH_RESULTS, project.seeds)
    sites = [
        {"facility": f"Clinic {number} of {town}", "city": town, "country": country, "status": "RECRUITING"}
        for number in range(MANY_SITES // len(TOWNS))
        for town, country in TOWNS
    ]
    record = {
        "protocolSection": {
            "identificationModule": {"nctId": "NCT00000099", "briefTitle": "A Trial at Many Sites"},
            "statusModule": {"overallStatus": "RECRUITING", "startDateStruct": {"date": "2024-05"}},
            "contactsLocationsModule": {"locations": sites},
            "outcomesModule": {
                "primaryOutcomes": [{"measure": f"Outcome {number}", "description": WORDS} for number in range(40)]
            },
            "armsInterventionsModule": {
                "armGroups": [{"label": f"Arm {number}", "description": WORDS} for number in range(40)]
            },
            "descriptionModule": {"briefSummary": WORDS, "detailedDescription": WORDS * 40},
        }
    }
    (project.seeds / "NCT00000099.json").write_text(json.dumps(record), encoding="utf-8")
    return project


def pages_by_kind(site: Path) -> dict[str, str]:
    """Return the address, inside the built site, of the largest page of each kind.

    Pages of one kind lie in one folder, equally deep, so a kind of pages that is new tomorrow is found without being
    named here.
    """
    largest: dict[str, tuple[int, str]] = {}
    for page in site.rglob("index.html"):
        folder = page.parent.relative_to(site)
        size = page.stat().st_size
        address = "" if folder == Path() else f"{folder.as_posix()}/"
        kind = kind_of(folder)
        largest[kind] = max(largest.get(kind, (0, "")), (size, address))
    kinds = {kind: address for kind, (_, address) in sorted(largest.items())}
    asking = {kind: address for kind, address in ASKING.items() if (site / address.partition("?")[0]).is_dir()}
    return {**kinds, **asking, "404": "no/such/page/"}


def extreme_pages(site: Path) -> dict[str, str]:
    """Return the address, inside the site, of the largest and the longest named page of each kind."""
    kinds: dict[str, list[tuple[int, int, str]]] = {}
    for page in site.rglob("index.html"):
        folder = page.parent.relative_to(site)
        address = "" if folder == Path() else f"{folder.as_posix()}/"
        kinds.setdefault(kind_of(folder), []).append((page.stat().st_size, len(address), address))
    found: dict[str, str] = {}
    for kind, pages in sorted(kinds.items()):
        extremes = {
            "largest": max(pages),
            "longest name": max(pages, key=lambda page: (page[1], page)),
        }
        for what, (_, _, address) in extremes.items():
            if address not in found.values():
                found[f"{kind}, {what}"] = address
    return found


def kind_of(folder: Path) -> str:
    """Return the kind of the page whose folder, inside the site, is given."""
    if folder == Path():
        return "home"
    first, *rest = folder.parts
    if not rest:
        return first
    part = next((ending for ending in PARTS if rest[0].endswith(ending)), "")
    below = [rest[0] if rest[0] == "list" else f"*{part}", *("*" for _ in rest[1:])]
    return "/".join([first, *below])
