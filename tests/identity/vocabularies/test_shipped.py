"""The tables that come with the package: what their names mean, and what they must not say."""

from __future__ import annotations

import lzma

import pytest

from generator.identity.drug_names import drug_key
from generator.identity.keys import condition_key
from generator.identity.vocabularies.shipped import ABOUT, MESH, UNII, file_of, lines_with, shipped


def substance(name: str) -> str | None:
    """Return the preferred name of the one substance that a name means."""
    table = shipped(UNII)
    found = {identifier for identifier, _ in table.meanings(drug_key(name))}
    concept = table.concept(found.pop()) if len(found) == 1 else None
    if concept is not None and concept.parents:
        concept = table.concept(concept.parents[0])
    return concept.name if concept else None


def heading(name: str) -> str | None:
    """Return the one heading of MeSH that a name means."""
    table = shipped(MESH)
    found = {identifier for identifier, _ in table.meanings(condition_key(name))}
    concept = table.concept(found.pop()) if len(found) == 1 else None
    return concept.name if concept else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Velcade", "Bortezomib"),
        ("PS-341", "Bortezomib"),
        ("TMC 114", "Darunavir"),
        ("MK-3475", "Pembrolizumab"),
        ("Keytruda", "Pembrolizumab"),
        ("doxorubicin HCl", "Doxorubicin"),
        ("Adriamycin", "Doxorubicin"),
        ("Glucophage", "Metformin"),
        ("paracetamol", "Acetaminophen"),
        ("salbutamol", "Albuterol"),
        ("adrenaline", "Epinephrine"),
        ("abiraterone acetate", "Abiraterone"),
        ("hydroxychloroquine sulphate", "Hydroxychloroquine"),
        ("interferon gamma-1b", "Interferon gamma-1b"),
        ("interferon gamma", "Interferon gamma"),
        ("Herceptin", "Trastuzumab"),
    ],
)
def test_a_name_means_its_substance(name: str, expected: str) -> None:
    assert substance(name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "IL-2",  # the body's own substance, and several products
        "gamma",
        "MS",
        "HAP",
        "TAF",
        "NSC",
        "Truvada",  # two substances in one brand
        "Kaletra",
        "Soliqua",
        "Phesgo",
        "ABP 980",  # a biosimilar of trastuzumab
        "CT-P13",  # a biosimilar of infliximab
        "Ogivri",
        "Inflectra",
        "trastuzumab-anns",
        "Doxil",  # liposomes
        "placebo",
        "Normal saline",
        "vitamin",
        "PRN1008 ABC",
    ],
)
def test_a_name_that_means_several_things_or_none_is_left_out(name: str) -> None:
    assert substance(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("interferon gamma", "interferon gamma-1b"),
        ("tenofovir alafenamide", "tenofovir disoproxil"),
        ("trastuzumab", "trastuzumab emtansine"),
        ("pertuzumab", "trastuzumab"),
        ("magnesium sulfate", "magnesium oxide"),
        ("aldesleukin", "human interleukin-2"),
        ("prednisone", "prednisolone"),
        ("filgrastim", "pegfilgrastim"),
    ],
)
def test_two_medicines_are_two(one: str, other: str) -> None:
    assert substance(one)
    assert substance(other)
    assert substance(one) != substance(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Covid19", "COVID-19"),
        ("SARS-CoV-2 infection", "COVID-19"),
        ("Novel Coronavirus Pneumonia", "COVID-19"),
        ("Breast Cancer", "Breast Neoplasms"),
        ("Heart Attack", "Myocardial Infarction"),
        ("High Blood Pressure", "Hypertension"),
        ("Acute Myelogenous Leukemia", "Leukemia, Myeloid, Acute"),
        ("Type 2 Diabetes", "Diabetes Mellitus, Type 2"),
        ("Pertussis", "Whooping Cough"),
        ("MS", None),
        ("HAP", None),
        ("MI", None),
        ("Cancer", None),
        ("Acute stroke", None),  # narrower than stroke, although an entry term of it
        ("Pneumonitis", None),
        ("Benign neoplasm", None),
        ("Malignant neoplasm of breast", "Breast Neoplasms"),
        ("Malignant meningioma", None),
        ("Nonalcoholic Steatohepatitis", None),
        ("Novel coronavirus", None),  # MERS was one, too
    ],
)
def test_a_name_means_its_heading(name: str, expected: str | None) -> None:
    assert heading(name) == expected


def test_headings_lead_upwards() -> None:
    table = shipped(MESH)
    (identifier, _), *_ = table.meanings(condition_key("Breast Neoplasms"))
    above = set()
    waiting = [identifier]
    while waiting:
        concept = table.concept(waiting.pop())
        assert concept is not None
        above.add(concept.name)
        waiting.extend(concept.parents)
    assert {"Neoplasms by Site", "Neoplasms"} <= above
    assert identifier == "D001943"


def test_the_tables_are_small_and_say_where_they_come_from() -> None:
    assert sum(file_of(about).stat().st_size for about in ABOUT) < 3_000_000
    for about in ABOUT:
        head = lzma.decompress(file_of(about).read_bytes())[:2000].decode()
        for text in (about.version, about.source, about.licence):
            assert text in head


def test_the_names_in_the_tables_are_keys_as_the_rules_make_them() -> None:
    for about, key_of in ((UNII, drug_key), (MESH, condition_key)):
        names = lzma.decompress(file_of(about).read_bytes()).split(b"\n\n")[1].decode().splitlines()
        keys = [line.partition("\t")[0] for line in names]
        assert keys == sorted(keys)
        assert [key for key in keys[::97] if key_of(key) != key] == []


def test_a_line_is_found_wherever_it_stands() -> None:
    lines = "a\t1\nab\t2\nab\t3\nb c\t4\nb\t5"
    packed = "\n".join(sorted(lines.split("\n"))).encode()
    assert lines_with(packed, "a") == ["a\t1"]
    assert lines_with(packed, "ab") == ["ab\t2", "ab\t3"]
    assert lines_with(packed, "b") == ["b\t5"]
    assert lines_with(packed, "b c") == ["b c\t4"]
    for absent in ("", "0", "aa", "bb", "c"):
        assert lines_with(packed, absent) == []
