"""The curated names in ``seeds/names/*.yml``: what no rule may decide, and a person has.

One file for each kind of entity, each a list of entries::

    - name: Assistance Publique - Hôpitaux de Paris   # the canonical name, shown on the page
      spellings:                                       # further names that are this entity
        - AP-HP
        - {text: Hôpital Central, city: Nancy}         # a name that needs its place, or the study it stands in
      part_of: [Another entry]
      not_same_as: [Assistance Publique - Hôpitaux de Marseille]
      identifiers: {ror: 00pg5jh14}
      source: where these claims stand, in a sentence that is shown on the page

Only people write these files.  What is wrong with one becomes a problem with its line and what to do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import get_args

import yaml

from generator.identity.cleaning import fold
from generator.identity.countries import country_key
from generator.identity.drug_names import drug_key
from generator.identity.keys import city_key, condition_key, organization_key, person_name
from generator.model.catalog import Kind, Mention
from generator.model.problem import Problem, Severity, failure
from generator.readers.opening import check_file
from generator.readers.reader import ReadError

KINDS: tuple[Kind, ...] = get_args(Kind)

FILES: Mapping[Kind, str] = {
    "organization": "names/organizations.yml",
    "person": "names/people.yml",
    "drug": "names/drugs.yml",
    "condition": "names/conditions.yml",
    "place": "names/places.yml",
}
"""Path of each kind's file inside ``seeds/``."""

KEYS = (
    "name", "slug", "spellings", "cited_as", "part_of", "broader", "not_same_as", "city", "country", "identifiers",
    "note", "source",
)  # fmt: skip
"""The keys of an entry, in the order that the files keep."""

SPELLING_KEYS = ("text", "city", "country", "study")

IDENTIFIERS: Mapping[str, re.Pattern[str]] = {
    "ror": re.compile(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}"),
    "orcid": re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"),
    "mesh": re.compile(r"[CD]\d{6,9}"),
    "unii": re.compile(r"[A-Z0-9]{10}"),
    "wikidata": re.compile(r"Q\d+"),
    "geonames": re.compile(r"\d+"),
    "iso3166": re.compile(r"[A-Z]{2}"),
    "isni": re.compile(r"\d{15}[\dX]"),
    "drugbank": re.compile(r"DB\d{5}"),
    "chembl": re.compile(r"CHEMBL\d+"),
}
"""The external ids that an entry may carry, and their form."""


@dataclass(frozen=True, slots=True)
class CuratedSpelling:
    """A name, and where it must stand to be meant."""

    text: str
    line: int
    city: str | None = None
    country: str | None = None
    study: str | None = None


@dataclass(frozen=True, slots=True)
class CuratedName:
    """One entry of a file of curated names."""

    kind: Kind
    name: str
    line: int
    source: str = ""
    spellings: tuple[CuratedSpelling, ...] = ()
    """The name itself is the first."""
    cited_as: tuple[CuratedSpelling, ...] = ()
    """Authors in the references of a study that are this person."""
    part_of: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    slug: str | None = None
    city: str | None = None
    country: str | None = None
    note: str | None = None

    @property
    def path(self) -> str:
        """Path of the file inside ``seeds/``."""
        return FILES[self.kind]


def curated_key(kind: Kind, text: str) -> str:
    """Return what a spelling of this *kind* is compared by."""
    if kind == "organization":
        return organization_key(text)
    if kind == "person":
        name = person_name(text)
        return name.key if name else fold(text)
    if kind == "drug":
        return drug_key(text)
    if kind == "condition":
        return condition_key(text)
    return city_key(text) or fold(text)


class CuratedNames:
    """All curated entries, indexed once by the key of each spelling."""

    def __init__(self, entries: list[CuratedName] | None = None, problems: list[Problem] | None = None) -> None:
        """Index *entries*; *problems* are those found while loading, to which the checks between entries add."""
        self.entries: dict[tuple[Kind, str], CuratedName] = {}
        self.problems: list[Problem] = list(problems or [])
        self._index: dict[tuple[Kind, str], list[tuple[CuratedSpelling, CuratedName]]] = {}
        for entry in entries or []:
            self._add(entry)
        self._check_references()

    def of_kind(self, kind: Kind) -> list[CuratedName]:
        """Return the entries of one kind, sorted by name."""
        return sorted((entry for key, entry in self.entries.items() if key[0] == kind), key=lambda entry: entry.name)

    def entry(self, kind: Kind, name: str) -> CuratedName:
        """Return the entry with this canonical *name*."""
        return self.entries[kind, name]

    def match(self, mention: Mention, text: str | None = None) -> CuratedName | None:
        """Return the entry that claims the name of *mention*, or None.

        *text* is compared in its place where given (the part of a name that stands for the group).  A spelling
        that asks for a study goes before one that asks for a city, and that before one that asks for nothing.
        """
        matches = [
            (spelling, entry)
            for spelling, entry in self._index.get((mention.kind, curated_key(mention.kind, text or mention.text)), ())
            if _stands_there(spelling, mention)
        ]
        if not matches:
            return None
        return min(matches, key=lambda match: (match[0].study is None, match[0].city is None, match[1].name))[1]

    def _add(self, entry: CuratedName) -> None:
        if (entry.kind, entry.name) in self.entries:
            first = self.entries[entry.kind, entry.name]
            self._problem(entry, entry.line, f"“{entry.name}” already has an entry in line {first.line}: join the two.")
            return
        self.entries[entry.kind, entry.name] = entry
        for spelling in entry.spellings:
            known = self._index.setdefault((entry.kind, curated_key(entry.kind, spelling.text)), [])
            clash = next(((other, owner) for other, owner in known if _same_place(other, spelling)), None)
            if clash is None:
                known.append((spelling, entry))
            elif clash[1] is not entry:
                self._problem(
                    entry,
                    spelling.line,
                    f"The spelling “{spelling.text}” belongs to “{entry.name}” here and to “{clash[1].name}” in line "
                    f"{clash[0].line}: keep it in one of them, or give both the city where each is meant.",
                    code="spelling-of-two",
                )

    def _check_references(self) -> None:
        owners: dict[tuple[str, str], CuratedName] = {}
        for entry in self.entries.values():
            for key, targets in (
                ("part_of", entry.part_of),
                ("broader", entry.broader),
                ("not_same_as", entry.not_same_as),
            ):
                for target in targets:
                    if target == entry.name:
                        self._problem(entry, entry.line, f"“{entry.name}” names itself under {key}: take it out.")
                    elif (entry.kind, target) not in self.entries:
                        names = [name for kind, name in self.entries if kind == entry.kind and name != entry.name]
                        self._problem(
                            entry,
                            entry.line,
                            f"“{entry.name}” has “{target}” under {key}, which is the name of no entry in this file"
                            f"{nearest(target, names)}. Write its canonical name, or add an entry for it.",
                            code="unknown-name",
                        )
            for kind, value in entry.identifiers.items():
                other = owners.setdefault((kind, value), entry)
                if other is not entry:
                    self._problem(
                        entry,
                        entry.line,
                        f"“{entry.name}” has the {kind} id {value}, which “{other.name}” in line {other.line} has too: "
                        "one id is one entity; join the entries or correct the id.",
                        code="identifier-of-two",
                    )

    def _problem(
        self, entry: CuratedName, line: int, message: str, severity: Severity = "error", code: str = "curated-name"
    ) -> None:
        self.problems.append(Problem(path=entry.path, line=line, message=message, severity=severity, code=code))


def _stands_there(spelling: CuratedSpelling, mention: Mention) -> bool:
    if spelling.study is not None and spelling.study != mention.study:
        return False
    if spelling.city is not None and (mention.city is None or city_key(spelling.city) != city_key(mention.city)):
        return False
    return not (
        spelling.country is not None
        and mention.country is not None
        and country_key(spelling.country) != country_key(mention.country)
    )


def _same_place(first: CuratedSpelling, second: CuratedSpelling) -> bool:
    return (first.study, city_key(first.city or ""), country_key(first.country or "")) == (
        second.study,
        city_key(second.city or ""),
        country_key(second.country or ""),
    )


def nearest(name: str, known: list[str] | tuple[str, ...]) -> str:
    """Return " (did you mean “…”?)" with the known name nearest to *name*, or nothing."""
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    return f" (did you mean “{close[0]}”?)" if close else ""


def load_curated(seeds: Path) -> CuratedNames:
    """Load and check the curated names below *seeds* (the folder that holds ``names/``); missing files are empty."""
    entries: list[CuratedName] = []
    problems: list[Problem] = []
    for kind, path in FILES.items():
        found, wrong = _read_curated(kind, seeds / path)
        entries.extend(found)
        problems.extend(wrong)
    folder = seeds / "names"
    for file in sorted(folder.glob("*.y*ml")) if folder.is_dir() else []:
        if f"names/{file.name}" not in FILES.values():
            hint = nearest(file.name, [Path(path).name for path in FILES.values()])
            problems.append(
                Problem(
                    path=f"names/{file.name}",
                    line=1,
                    message=f"No kind of entity has a file of this name{hint}: nothing in it is read.",
                    code="curated-file",
                )
            )
    return CuratedNames(entries, problems)


def _read_curated(kind: Kind, file: Path) -> tuple[list[CuratedName], list[Problem]]:
    """Read one file of curated names; of a file that cannot be read, nothing but what is wrong with it."""
    parser = _Parser(kind)
    try:
        check_file(file, FILES[kind])
        return parse_curated(kind, file.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        pass
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        parser.problem(
            line, f"Byte 0x{error.object[error.start]:02X} is not UTF-8: save the file as UTF-8. No name in it is read."
        )
    except OSError as error:
        parser.problem(1, f"The file cannot be opened: {error.strerror}. Check its permissions. No name in it is read.")
    except ReadError as error:
        parser.problem(error.line, error.message)
    except Exception as error:
        parser.problems.append(failure(FILES[kind], 1, "Reading these names", error))
    return [], parser.problems


def parse_curated(kind: Kind, text: str) -> tuple[list[CuratedName], list[Problem]]:
    """Read the text of one file of curated names; what is wrong with an entry does not stop the others."""
    parser = _Parser(kind)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "it is not well-formed"
        parser.problem(mark.line + 1 if mark else 1, f"This is not YAML: {reason}. Mend the line or quote the text.")
        return [], parser.problems
    if root is None:
        return [], []
    if not isinstance(root, yaml.SequenceNode):
        parser.problem(1, "A file of names is a list: begin each entry with “- name:”.")
        return [], parser.problems
    entries = [entry for node in root.value if (entry := parser.entry(node)) is not None]
    parser.check_order(entries)
    return entries, parser.problems


class _Parser:
    """Reads YAML nodes, because only they know their lines."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.problems: list[Problem] = []

    def problem(self, line: int, message: str, severity: Severity = "error", code: str = "curated-name") -> None:
        self.problems.append(Problem(path=FILES[self.kind], line=line, message=message, severity=severity, code=code))

    def entry(self, node: yaml.Node) -> CuratedName | None:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            self.problem(line, "An entry is a mapping: begin it with “- name:”.")
            return None
        values = self._mapping(node, KEYS, "an entry")
        name = self._text(values.get("name"))
        if not name:
            self.problem(line, "This entry has no name: add “name:” with the canonical name.")
            return None
        source = self._text(values.get("source"))
        if not source:
            self.problem(
                line,
                f"“{name}” has no source: add “source:” and say where its claims stand or why they hold.",
                code="missing-source",
            )
        own = CuratedSpelling(name, line)
        return CuratedName(
            kind=self.kind,
            name=name,
            line=line,
            source=source or "",
            spellings=(own, *self._spellings(values.get("spellings"), name)),
            cited_as=self._citations(values.get("cited_as"), name),
            part_of=self._names(values.get("part_of")),
            broader=self._names(values.get("broader")),
            not_same_as=self._names(values.get("not_same_as")),
            identifiers=self._identifiers(values.get("identifiers")),
            slug=self._slug(values.get("slug")),
            city=self._text(values.get("city")),
            country=self._text(values.get("country")),
            note=self._text(values.get("note")),
        )

    def check_order(self, entries: list[CuratedName]) -> None:
        """Ask for entries sorted by name, so that people find them and changes do not collide."""
        for before, after in pairwise(entries):
            if sorting_key(before.name) > sorting_key(after.name):
                self.problem(
                    after.line,
                    f"“{after.name}” stands behind “{before.name}”: keep the entries sorted by name.",
                    "warning",
                    "not-canonical",
                )

    def _mapping(self, node: yaml.MappingNode, known: tuple[str, ...], what: str) -> dict[str, yaml.Node]:
        values: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key not in known:
                self.problem(
                    line,
                    f"{what.capitalize()} has no key “{key}”{nearest(key, known)}; the keys are {', '.join(known)}.",
                    code="unknown-key",
                )
            elif key in values:
                self.problem(line, f"The key “{key}” stands twice in {what}: join the two.")
            else:
                values[key] = value_node
        order = [known.index(key) for key in values]
        if order != sorted(order):
            self.problem(
                node.start_mark.line + 1,
                f"The keys of {what} stand in the order {', '.join(key for key in known if key in values)}: "
                "bring them into it.",
                "warning",
                "not-canonical",
            )
        return values

    def _text(self, node: yaml.Node | None) -> str | None:
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            self.problem(node.start_mark.line + 1, "One text is expected here, not a list or a mapping.")
            return None
        return " ".join(str(node.value).split()) or None

    def _items(self, node: yaml.Node | None) -> list[yaml.Node]:
        if node is None:
            return []
        return list(node.value) if isinstance(node, yaml.SequenceNode) else [node]

    def _names(self, node: yaml.Node | None) -> tuple[str, ...]:
        return tuple(text for item in self._items(node) if (text := self._text(item)))

    def _spellings(self, node: yaml.Node | None, name: str) -> tuple[CuratedSpelling, ...]:
        found: list[CuratedSpelling] = []
        for item in self._items(node):
            line = item.start_mark.line + 1
            if isinstance(item, yaml.MappingNode):
                values = self._mapping(item, SPELLING_KEYS, "a spelling")
                text = self._text(values.get("text"))
                if not text:
                    self.problem(line, f"A spelling of “{name}” has no text: add “text:”.")
                    continue
                found.append(
                    CuratedSpelling(
                        text,
                        line,
                        self._text(values.get("city")),
                        self._text(values.get("country")),
                        self._text(values.get("study")),
                    )
                )
            elif text := self._text(item):
                found.append(CuratedSpelling(text, line))
        return tuple(found)

    def _citations(self, node: yaml.Node | None, name: str) -> tuple[CuratedSpelling, ...]:
        if node is not None and self.kind != "person":
            self.problem(node.start_mark.line + 1, "Only persons are cited: take “cited_as” out.")
            return ()
        cited = self._spellings(node, name)
        for spelling in cited:
            if spelling.study is None:
                self.problem(
                    spelling.line,
                    f"“{spelling.text}” is cited in no study: write {{text: {spelling.text}, study: NCT…}}, because an "
                    "author's name says who is meant only inside one trial's references.",
                )
        return tuple(spelling for spelling in cited if spelling.study is not None)

    def _identifiers(self, node: yaml.Node | None) -> dict[str, str]:
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.problem(node.start_mark.line + 1, "Identifiers are a mapping, such as “ror: 00pg5jh14”.")
            return {}
        found: dict[str, str] = {}
        for key, value in self._mapping(node, tuple(sorted(IDENTIFIERS)), "identifiers").items():
            text = self._text(value) or ""
            if not IDENTIFIERS[key].fullmatch(text) or (key == "orcid" and not _orcid_checks(text)):
                self.problem(
                    value.start_mark.line + 1,
                    f"“{text}” does not have the form of a {key} id: write the id alone, without its web address.",
                    code="identifier-form",
                )
            else:
                found[key] = text
        return found

    def _slug(self, node: yaml.Node | None) -> str | None:
        slug = self._text(node)
        if node is not None and slug is not None and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
            self.problem(
                node.start_mark.line + 1,
                f"“{slug}” cannot stand in an address: write lower-case letters, digits and single hyphens.",
            )
            return None
        return slug


def sorting_key(name: str) -> tuple[str, str]:
    """Return what entries are sorted by: the name without case and accents."""
    return fold(name), name


def _orcid_checks(orcid: str) -> bool:
    """Say whether the last character of *orcid* is the check digit of the others (ISO 7064, MOD 11-2)."""
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return digits[-1] == ("X" if check == 10 else str(check))
