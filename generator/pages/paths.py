"""Where each page is: one class owns slug, file and URL, so nothing else builds a path."""

from __future__ import annotations

import hashlib
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.model.catalog import Catalog, Entity, Kind, PartSizes, Role
from generator.pages.study_files import study_file
from generator.settings import Settings

FOLDERS: dict[Kind, str] = {
    "organization": "organizations",
    "person": "people",
    "drug": "drugs",
    "condition": "conditions",
    "place": "places",
}

MOST_SITES = 40
"""A trial with more sites than this has a page for them."""

MOST_PUBLICATIONS = 15
"""A trial with more publications than this has a page for them; its own shows the first of them."""

RECORDS = "documents"
"""The place on a trial's page where its documents are named: all the place that a record in one line may have."""

CONTACT_ROLES: frozenset[Role] = frozenset({"centralContact", "facilityContact"})
_RESERVED = frozenset({"index", "readme"})


@dataclass(frozen=True, order=True)
class PageAddress:
    """One page: its file inside ``content/`` and its URL inside the site."""

    file: str

    @property
    def url(self) -> str:
        """The URL below the site's root, with a slash at its end; empty for the home page."""
        folder, name = posixpath.split(self.file.removesuffix(".md"))
        return (
            f"{folder}/" if name == "index" and folder else "" if name == "index" else f"{folder}/{name}/".lstrip("/")
        )

    def link_to(self, target: PageAddress, anchor: str = "") -> str:
        """Return the relative link from this page to *target*, as a Markdown file that MkDocs checks."""
        if target.file == self.file:
            return f"#{anchor}" if anchor else posixpath.basename(self.file)
        path = _relative(target.file, self.file)
        return f"{path}#{anchor}" if anchor else path

    def href_to(self, target: PageAddress, anchor: str = "") -> str:
        """Return the relative URL from this page to *target*, for raw HTML, which MkDocs leaves alone."""
        path = _relative(target.url, self.url) or "./"
        return f"{path}#{anchor}" if anchor else path

    def to_file(self, path: str) -> str:
        """Return the relative URL from this page to a file of the site that is no page, for raw HTML."""
        return _relative(path, self.url)


@lru_cache(maxsize=1 << 12)
def _relative(target: str, here: str) -> str:
    """Return the way from the folder of *here* to *target*; both are paths from the site's root."""
    steps, up = target.split("/"), here.split("/")[:-1]
    common = 0
    while common < min(len(steps) - 1, len(up)) and steps[common] == up[common]:
        common += 1
    return "../" * (len(up) - common) + "/".join(steps[common:])


_LONGEST = 120
"""Characters of a page's name; file systems take 255 bytes, and folders and endings come on top."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug(text: str) -> str:
    """Return *text* in lower-case ASCII letters, digits and single hyphens."""
    if _SLUG.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")


def _short(name: str) -> str:
    """Return the name of a page, cut where it is too long for a file, with a mark of what was cut."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[:_LONGEST].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


class SitePaths:
    """The address of every page of one catalog; no two share one."""

    home = PageAddress("index.md")
    trials = PageAddress("trials/index.md")
    sponsors = PageAddress("sponsors/index.md")
    sites = PageAddress("sites/index.md")
    investigators = PageAddress("investigators/index.md")
    organizations = PageAddress("organizations/index.md")
    people = PageAddress("people/index.md")
    drugs = PageAddress("drugs/index.md")
    conditions = PageAddress("conditions/index.md")
    places = PageAddress("places/index.md")
    documents = PageAddress("documents/index.md")
    flags = PageAddress("flags/index.md")
    desk = PageAddress("desk/index.md")
    offline = PageAddress("offline/index.md")
    about = PageAddress("about/index.md")
    names_policy = PageAddress("about/names.md")
    report_error = PageAddress("about/mend.md")
    absences = PageAddress("about/absences.md")
    glossary = PageAddress("about/glossary.md")
    compare = PageAddress("compare/index.md")
    card = PageAddress("card/index.md")
    graph = PageAddress("graph/index.md")
    search = PageAddress("search/index.md")
    data = PageAddress("data/index.md")
    changes = PageAddress("changes/index.md")

    def __init__(self, catalog: Catalog, settings: Settings, kept: Mapping[str, str] | None = None) -> None:
        """Give each trial, entity and document of *catalog* its page.

        *kept* are files of pages whose addresses an earlier run had to choose among those that wanted them, each with
        its owner: they keep them.
        """
        self._kept = {owner: file for file, owner in (kept or {}).items()}
        self._owners = dict(kept or {})
        self.contested = dict(kept or {})
        """The same, with those of this run; to be kept for the next one."""
        self._trials: dict[str, PageAddress] = {}
        self._entities: dict[tuple[Kind, str], PageAddress] = {}
        self._documents: dict[str, PageAddress] = {}
        self._beside: dict[tuple[str, str], PageAddress] = {}
        self._moved: dict[str, tuple[PageAddress, PageAddress]] = {}
        self._retired: list[tuple[Kind, str, PageAddress]] = []
        slugs = {identifier: slug(identifier) for identifier in catalog.studies}
        for identifier, name in slugs.items():
            self._trials[identifier] = self._claim("trials", name, f"trial {identifier}")
        for identifier in slugs:
            for part, present in _parts_beside(catalog.part_sizes(identifier)).items():
                if present:
                    name = f"{slugs[identifier]}-{part}"
                    owner = f"the {part} of trial {identifier}"
                    self._beside[identifier, part] = self._claim("trials", name, owner)
        for (kind, identifier), entity in catalog.entities.items():
            if not settings.contacts and is_only_contact(entity):
                continue
            page = self._claim(FOLDERS[kind], slug(identifier), f"{kind} {identifier}")
            if settings.entity_pages == "shared" and len(entity.studies) == 1:
                self._moved[f"{kind} {identifier}"] = page, self._trials[next(iter(entity.studies))]
            else:
                self._entities[kind, identifier] = page
        self._entries = _without_page(catalog, self._trials) if settings.record_lines == "cited" else {}
        self._place_documents(sorted(catalog.documents))
        for former, study in sorted(catalog.former_ids.items()):
            target = self._trials.get(study)
            if target is not None and slug(former) and f"trials/{slug(former)}.md" not in self._owners:
                self._moved[former] = self._claim("trials", slug(former), f"former trial {former}"), target

        for (kind, former), now in sorted(catalog.former_entities.items()):
            if now is None:
                # Whether a person was known as a contact only, nobody knows any more.
                if settings.contacts or kind != "person":
                    page = self._claim(FOLDERS[kind], slug(former), f"former {kind} {former}")
                    self._retired.append((kind, former, page))
                continue
            target = self._entities.get((kind, now))
            if target is None and (moved := self._moved.get(f"{kind} {now}")):
                target = moved[1]
            if target is not None:
                page = self._claim(FOLDERS[kind], slug(former), f"former {kind} {former}")
                self._moved[f"{kind} {former}"] = page, target

    def moved(self) -> list[tuple[str, PageAddress, PageAddress]]:
        """Return what has no page of its own, or no longer at that address: its name, the address, where that leads."""
        return [(former, page, target) for former, (page, target) in self._moved.items()]

    def retired(self) -> list[tuple[Kind, str, PageAddress]]:
        """Return the addresses whose entity is gone and has no successor: its kind, its slug, the address."""
        return list(self._retired)

    def trial(self, study: str) -> PageAddress | None:
        """Return the page of the trial with this id, if the catalog has it."""
        return self._trials.get(study)

    def beside(self, study: str, part: str) -> PageAddress | None:
        """Return the page of a trial's ``results``, ``sites``, ``fields`` or ``publications``, where they have one."""
        return self._beside.get((study, part))

    def part_of_trial(self, study: str, part: str) -> PageAddress:
        """Return where the page of a *part* of a trial is; of a part without one, where it would be."""
        return self._beside.get((study, part)) or self._claim(
            "trials", f"{slug(study)}-{part}", f"the {part} of trial {study}"
        )

    def study_file(self, study: str) -> str:
        """Return the path inside the site of the file with the JSON of the trial with this id."""
        return study_file(study)

    def entity(self, kind: Kind, identifier: str) -> PageAddress | None:
        """Return the page of an entity; None where it has none."""
        return self._entities.get((kind, identifier))

    def document(self, path: str) -> PageAddress | None:
        """Return the page of a document; None where it has none of its own."""
        return self._documents.get(path)

    def line(self, document: str, line: int | None = None) -> tuple[PageAddress, str] | None:
        """Return where a line of a document stands, or the document itself: a page, and a place on it."""
        page = self.document(document)
        if page is not None:
            return page, f"l{line}" if line else ""
        trial = self._entries.get(document)
        return (trial, RECORDS) if trial is not None else None

    def pages(self) -> Iterator[PageAddress]:
        """Yield the pages that the catalog has at least: of each thing, and the lists; not the parts of long lists."""
        yield from map(PageAddress, self._owners)
        for address in vars(SitePaths).values():
            if isinstance(address, PageAddress):
                yield address

    @staticmethod
    def part(whole: PageAddress, key: str) -> PageAddress:
        """Return the page of one part of a list that is too long for one page."""
        return PageAddress(f"{posixpath.dirname(whole.file)}/list/{_short(slug(key)) or 'other'}.md")

    def _claim(self, folder: str, name: str, owner: str) -> PageAddress:
        name = name or "unnamed"
        if name in _RESERVED:
            name = f"{name}-page"
        name = _short(name)
        # Trials claim first, in the order of their ids: what comes later and wants the same gets a counter.
        if owner in self._kept:
            return PageAddress(self._kept[owner])
        plain, number = f"{folder}/{name}", 1
        file = f"{plain}.md"
        while (holder := self._owners.setdefault(file, owner)) != owner:
            self.contested[file] = holder
            number += 1
            file = f"{plain}-{number}.md"
        if number > 1:
            self.contested[file] = owner
        return PageAddress(file)

    def _place_documents(self, paths: list[str]) -> None:
        by_slug: dict[str, list[str]] = {}
        for path in paths:
            name = slug(path.removesuffix(".txt")) or "document"
            by_slug.setdefault(name, []).append(path)
        for name, same in by_slug.items():
            for path in same:
                # Documents come from many hands: paths that fold together get a mark of their own.
                mark = "" if len(same) == 1 else "-" + hashlib.sha256(path.encode()).hexdigest()[:8]
                page = self._claim("documents", f"{name}{mark}", f"document {path}")
                if path in self._entries:
                    self._moved[f"document {path}"] = page, self._entries[path]
                else:
                    self._documents[path] = page


def _without_page(catalog: Catalog, trials: dict[str, PageAddress]) -> dict[str, PageAddress]:
    """Return the documents that need no page where records are cited only, each with its trial's page.

    A record in one line states one trial as a whole: a page of its beginning would say no more than the trial's does.
    """
    found = {}
    for path in catalog.documents:
        summary = catalog.document_summary(path)
        if summary.structured and summary.lines == 1 and not summary.unread and not catalog.problems_of(path):
            about = catalog.references_to(path)
            if len(about) == 1:
                found[path] = trials[about[0][0]]
    return found


def _parts_beside(sizes: PartSizes) -> dict[str, bool]:
    """Say which parts of a trial are too long for its own page."""
    return {
        "results": sizes.results,
        "sites": sizes.sites > MOST_SITES,
        "fields": sizes.fields > 0,
        "publications": sizes.publications > MOST_PUBLICATIONS,
    }


def is_only_contact(entity: Entity) -> bool:
    """Say whether *entity* is a person known only as a contact, whom the settings may hide."""
    return entity.kind == "person" and bool(entity.roles) and CONTACT_ROLES.issuperset(entity.roles)
