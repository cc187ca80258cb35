"""British and American spellings: a trial that writes "tumour" is found by "tumor", and the other way round.

The tables have the beginnings and ends of words in which the two differ in medicine.  What stands inside a word does
not count, so "chemotherapy" gets no second spelling for its "hemo".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_BEGINNINGS = """
aetiolog etiolog      aluminium aluminum    anaem anem            anaesth anesth        caesar cesar
catheteris catheteriz centre center         characteris characteriz  coeliac celiac     colour color
diarrhoea diarrhea    faec fec              favour favor          fibre fiber           foet fet
glycaem glycem        gynaec gynec          haemat hemat          haemo hemo            haemangi hemangi
hospitalis hospitaliz hyperglycaem hyperglycem  hypoglycaem hypoglycem  hypoxaem hypoxem  immunis immuniz
ischaem ischem        labour labor          leukaem leukem        localis localiz       odour odor
oedem edem            oesoph esoph          oestr estr            optimis optimiz       orthopaed orthoped
paediatr pediatr      paresth paraesth      programme program     randomis randomiz     septicaem septicem
stabilis stabiliz     standardis standardiz  sulph sulf           tumour tumor          vaporis vaporiz
"""
_ENDS = """
aemia emia    aemias emias    aemic emic    ageing aging    analyse analyze    behaviour behavior
behavioural behavioral    caecum cecum    coele cele    pnoea pnea
rrhoea rrhea    rrhoeas rrheas    tumour tumor    tumours tumors
"""


def _both_ways(table: str) -> list[tuple[str, str]]:
    parts = table.split()
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    return [*pairs, *((other, one) for one, other in pairs)]


_STARTS_WITH = _both_ways(_BEGINNINGS)
_ENDS_WITH = _both_ways(_ENDS)


def other_spellings_of(words: Iterable[str]) -> Iterator[str]:
    """Yield the words that are *words* in the other spelling; *words* are in lower case and without accents.

    A word that the other English would not write, such as "foetch" for "fetch", does no harm: nobody searches for it.
    """
    for word in words:
        for one, other in _STARTS_WITH:
            if word.startswith(one):
                yield other + word[len(one) :]
        for one, other in _ENDS_WITH:
            if word.endswith(one) and not word.endswith(other):  # -emia is the end of -aemia, too
                yield word[: -len(one)] + other
