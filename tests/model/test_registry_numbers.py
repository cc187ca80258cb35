import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model.registry_numbers import KINDS, KINDS_BY_NAME, find_numbers, recognise

WRITTEN = [
    ("NCT09990001", "nct", "NCT09990001"),
    ("nct 09990001", "nct", "NCT09990001"),
    ("NCT#09990001", "nct", "NCT09990001"),
    ("NCT: 09990001", "nct", "NCT09990001"),
    ("2029-599999-12-00", "eu-ct", "2029-599999-12-00"),
    ("CTIS2029-599999-12-01", "eu-ct", "2029-599999-12-01"),
    ("2029-599999-12", "eu-ct", "2029-599999-12"),
    ("EUCTR2019-009999-12-FR", "eudract", "2019-009999-12"),
    ("eudract 2019-009999-12", "eudract", "2019-009999-12"),
    ("2019\u2011009999\u201312", "eudract", "2019-009999-12"),
    ("EUCTR2019-009999-12-3rd", "eudract", "2019-009999-12"),
    ("EUCTR2019-009999-12-Outside-EU/EEA", "eudract", "2019-009999-12"),
    ("ISRCTN 99990001", "isrctn", "ISRCTN99990001"),
    ("ACTRN12699000000001p", "actrn", "ACTRN12699000000001p"),
    ("ChiCTR2900000001", "chictr", "ChiCTR2900000001"),
    ("CHICTR-2900000001", "chictr", "ChiCTR2900000001"),
    ("ChiCTR-xyz-29000001", "chictr", "ChiCTR-XYZ-29000001"),
    ("DRKS 00099999", "drks", "DRKS00099999"),
    ("JPRN-jRCTS099990001", "jrct", "jRCTs099990001"),
    ("jRCT2099990001", "jrct", "jRCT2099990001"),
    ("JPRN-UMIN000099999", "umin", "UMIN000099999"),
    ("JapicCTI-999999", "japiccti", "JapicCTI-999999"),
    ("JPRN-JMA-IIA99999", "jma-iia", "JMA-IIA99999"),
    ("ctri / 2029 / 04 / 099999", "ctri", "CTRI/2029/04/099999"),
    ("CTRI-2029-04-099999", "ctri", "CTRI/2029/04/099999"),
    ("NTR9999", "ntr", "NTR9999"),
    ("NL-OMON99999", "nl-omon", "NL-OMON99999"),
    ("PACTR202999999999999", "pactr", "PACTR202999999999999"),
    ("IRCT20299999999999N9", "irct", "IRCT20299999999999N9"),
    ("KCT 0099999", "kct", "KCT0099999"),
    ("TCTR20299999999", "tctr", "TCTR20299999999"),
    ("SLCTR/2029/099", "slctr", "SLCTR/2029/099"),
    ("RPCEC00009999", "rpcec", "RPCEC00009999"),
    ("rbr-9ZZZZZ", "rebec", "RBR-9zzzzz"),
    ("PER-099-29", "repec", "PER-099-29"),
    ("LBCTR2029999999", "lbctr", "LBCTR2029999999"),
    ("ITMCTR2099999999", "itmctr", "ITMCTR2099999999"),
    ("u9999-9999-9999", "utn", "U9999-9999-9999"),
    ("PMID: 99999999", "pmid", "99999999"),
    ("PMC9999999", "pmcid", "PMC9999999"),
    ("10.9999/Lamps.2029.1", "doi", "10.9999/lamps.2029.1"),
    ("0000-0002-1825-0097", "orcid", "0000-0002-1825-0097"),
]

NONE = [
    "2016-002",
    "MEDAECNAT-2018-10-00069",
    "NL99999.042.09",
    "NL8888",
    "NCT00000000",
    "0000-000000-00",
    "2019-000000-12",
    "U0000-0000-0000",
    "2029-599999-12-0",
    "2019-009999-12-1234",
    "NCT0999000",
    "NCT099900011",
    "XNCT09990001",
    "0000-0002-1825-0098",
    "phone 012345678",
    "per 100-10 patients",
    "99999999",
]


@pytest.mark.parametrize(("text", "kind", "number"), WRITTEN)
def test_a_number_is_recognised_however_it_is_written(text: str, kind: str, number: str) -> None:
    found = recognise(text)
    assert found is not None
    assert (found.kind.name, found.number, found.written) == (kind, number, text)


@pytest.mark.parametrize("text", NONE)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert find_numbers(text) == []
    assert recognise(text) is None


@pytest.mark.parametrize("text", [text for text, _, _ in WRITTEN])
def test_the_safe_id_is_the_same_number_again(text: str) -> None:
    found = recognise(text)
    assert found is not None
    if found.primary:
        again = recognise(found.identifier)
        assert again is not None
        assert (again.kind, again.number) == (found.kind, found.number)
        assert not set(found.identifier) & set("/\\ :?#%")


def test_the_first_groups_of_a_ctis_number_are_no_eudract_number() -> None:
    assert [number.kind.name for number in find_numbers("EU CT 2029-599999-12-00 and 2019-009999-12")] == [
        "eu-ct",
        "eudract",
    ]


def test_resubmissions_and_spellings_share_a_join_key() -> None:
    keys = {recognise(text) for text in ("2029-599999-12-00", "2029-599999-12-01", "CTIS2029-599999-12")}
    assert {number.join_key for number in keys if number} == {"eu-ct:2029-599999-12"}


def test_the_country_of_a_eudract_number_is_kept() -> None:
    found = recognise("EUCTR2019-009999-12-fr")
    assert found is not None
    assert found.country == "FR"
    assert found.ictrp_url == "https://trialsearch.who.int/Trial2.aspx?TrialID=EUCTR2019-009999-12-FR"
    without = recognise("2019-009999-12")
    assert without is not None
    assert without.ictrp_url is None


def test_a_doi_that_is_a_trial_number_is_the_trial() -> None:
    (found,) = find_numbers("https://doi.org/10.1186/ISRCTN99990001")
    assert found.number == "ISRCTN99990001"


def test_a_text_with_a_number_in_it_is_not_a_number() -> None:
    assert recognise("see NCT09990001") is None
    assert recognise("NCT09990001, NCT09990002") is None


def test_a_short_dutch_number_needs_its_register() -> None:
    found = recognise("NL8888", "Netherlands Trial Register")
    assert found is not None
    assert (found.kind.name, found.number) == ("nl", "NL8888")
    assert [number.number for number in find_numbers("Dutch Trial Register: NL8888.")] == ["NL8888"]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("NCT09990001", "https://clinicaltrials.gov/study/NCT09990001"),
        (
            "2029-599999-12-00",
            "https://euclinicaltrials.eu/search-for-clinical-trials/?lang=en&EUCT=2029-599999-12-00",
        ),
        ("ACTRN12699000000001", "https://anzctr.org.au/ACTRN12699000000001.aspx"),
        ("SLCTR/2029/099", "https://slctr.lk/trials/slctr-2029-099"),
        ("NL-OMON99999", "https://onderzoekmetmensen.nl/en/trial/99999"),
        ("CTRI/2029/04/099999", "https://trialsearch.who.int/Trial2.aspx?TrialID=CTRI/2029/04/099999"),
        ("UMIN000099999", "https://trialsearch.who.int/Trial2.aspx?TrialID=JPRN-UMIN000099999"),
        ("ChiCTR2900000001", "https://trialsearch.who.int/Trial2.aspx?TrialID=ChiCTR2900000001"),
    ],
)
def test_a_number_leads_to_its_registry_or_to_who(text: str, url: str) -> None:
    found = recognise(text)
    assert found is not None
    assert found.url == url


def test_every_kind_has_its_own_name_and_every_primary_one_leads_somewhere() -> None:
    assert len(KINDS_BY_NAME) == len(KINDS)
    assert all(kind.home or kind.ictrp for kind in KINDS if kind.primary)


@given(st.text(alphabet=st.sampled_from("NCTEUR0123456789-/ .:IShi"), max_size=300))
def test_numbers_never_overlap_and_stand_where_they_say(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert number.start >= end
        assert text[number.start : number.end] == number.written
        end = number.end


def test_many_numbers_take_time_in_proportion() -> None:
    text = " ".join(f"NCT{number:08}" for number in range(1, 20_001))
    assert len(find_numbers(text)) == 20_000
