"""British and American spellings: a trial that writes "tumour" is found by "tumor", and the other way round.

The tables have the beginnings and ends of words in which the two differ in medicine.  What stands inside a word does
not count, so "chemotherapy" gets no second spelling for its "hemo".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

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


def _both_ways(table: str) -> dict[str, str]:
    parts = table.split()
    pairs = list(zip(parts[::2], parts[1::2], strict=True))
    return dict([*pairs, *((other, one) for one, other in pairs)])


def _any_of(parts: Iterable[str]) -> str:
    return "|".join(sorted(parts, key=lambda part: (-len(part), part)))


_STARTS, _ENDS_OF = _both_ways(_BEGINNINGS), _both_ways(_ENDS)
_START = re.compile(f"(?:{_any_of(_STARTS)})")
_END = re.compile(f"(?:{_any_of(_ENDS_OF)})$")
"""The longest part counts: -aemia, not the -emia in it."""


def other_spellings_of(words: Iterable[str]) -> Iterator[str]:
    """Yield the words that are *words* in the other spelling; *words* are in lower case and without accents.

    A word that the other English would not write, such as "foetch" for "fetch", does no harm: nobody searches for it.
    """
    for word in words:
        yield from _others(word)


@lru_cache(maxsize=1 << 16)
def _others(word: str) -> tuple[str, ...]:
    found = []
    if start := _START.match(word):
        found.append(_STARTS[start[0]] + word[start.end() :])
    if end := _END.search(word):
        found.append(word[: end.start()] + _ENDS_OF[end[0]])
    return tuple(dict.fromkeys(found))
