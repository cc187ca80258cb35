"""The first rule: a name as written becomes text that can be compared.

Everything here keeps what tells two names apart and drops only what does not: Unicode form, kinds of hyphens
and quotes, trade marks, damage done to letters in transit, accents, case.  What is specific to one kind of
entity (titles of persons, doses of drugs) stands in :mod:`generator.identity.keys`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣-"), "-")
_QUOTES = dict.fromkeys(map(ord, "‘’‚‛′`´ʼʹ＇"), "'") | dict.fromkeys(map(ord, "“”„‟″«»"), '"')
_INVISIBLE = dict.fromkeys([0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_MARKS = dict.fromkeys(map(ord, "®™℠©"))
_CHARACTERS = _HYPHENS | _QUOTES | _INVISIBLE | _MARKS
# "(R)-ketamine" is not ketamine with a trade mark.
_MARK_IN_PARENTHESES = re.compile(r"(?<!^)\s?\((?:R|TM|SM)\)|^\((?:R|TM|SM)\)(?!-)", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")

_GREEK = {
    letter: name
    for letters, name in (
        ("αΑ", "alpha"),
        ("βΒϐ", "beta"),
        ("γΓ", "gamma"),
        ("δΔ", "delta"),
        ("εΕϵ", "epsilon"),
        ("ζΖ", "zeta"),
        ("ηΗ", "eta"),
        ("θΘϑ", "theta"),
        ("ιΙ", "iota"),
        ("κΚϰ", "kappa"),
        ("λΛ", "lambda"),
        ("μΜ", "mu"),
        ("νΝ", "nu"),
        ("ξΞ", "xi"),
        ("πΠ", "pi"),
        ("ρΡ", "rho"),
        ("σΣς", "sigma"),
        ("τΤ", "tau"),
        ("φΦϕ", "phi"),
        ("χΧ", "chi"),
        ("ψΨ", "psi"),
        ("ωΩ", "omega"),
    )
    for letter in letters
}
_GREEK_LETTER = re.compile(f"[{''.join(_GREEK)}]")
_WHOLE_GREEK_WORD = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{3,}")

_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "ı": "i", "æ": "ae", "Æ": "AE"}
    | {"œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th", "ß": "ss", "ẞ": "SS", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)

# UTF-8 that was read as Windows-1252 and then reduced to ASCII: "ü" became "Ã¼" became "A1/4".  Sequences that
# also occur in sound names ("AP", "AA") are left alone unless lower-case letters stand on both sides.
_REDUCED = (
    (re.compile(r"aEURtm|(?<=[a-z])aEUR(?=[a-z])"), "'"),
    (re.compile(r"A1/4"), "u"),
    (re.compile(r"A\(c\)"), "e"),
    (re.compile(r"\bA\+\+(?=[a-z])"), "C"),
    (re.compile(r"(?<=[A-Za-z])A!"), "a"),
    (re.compile(r"A\+-(?=[a-z])"), "n"),
    (re.compile(r"(?<=[a-z])A3(?=[a-z]|\b)"), "o"),
    (re.compile(r"(?<=[a-zH])A'(?=[a-z])|(?<=H)A'(?=P)"), "o"),
    (re.compile(r'(?<=[a-z])A""(?=[a-z])'), "e"),
    (re.compile(r"(?<=[a-z])ASSAPS(?=[a-z])"), "ca"),
    (re.compile(r"(?<=[A-Za-z])APS(?=[a-z])"), "a"),
    (re.compile(r"(?<=[a-z])ASS(?=[a-z]|\b)"), "c"),
    (re.compile(r"(?<=[a-z])AP(?=[a-z])|(?<=\b[A-Z])AP(?=[a-z])"), "o"),
    (re.compile(r"(?<=[a-z])AY(?=[a-z])"), "ss"),
    (re.compile(r"\bA,,(?=[a-z])"), "A"),
    (re.compile(r"(?<=[a-z])A (?=[a-z])"), "a"),
    (re.compile(r"(?<=[a-z])A  ?(?=[A-Z]|d[aei]|$)"), "a "),
    (re.compile(r"\bHA[' ](?=pital)"), "Ho"),
    (re.compile(r"(?<=[a-z])Aa(?=n)"), "e"),
    (re.compile(r"(?<=[a-z])Ao(?=[a-z])|(?<=\b[A-Z])Ao(?=[a-z])"), "u"),
    (re.compile(r"(?<=[a-z])[A=](?=[a-z])|(?<=\b[B-Z])[A=](?=a[a-z])"), "i"),
    (re.compile(r"A\$\?"), "a"),
)
# What became of letters in another transit: gone without a trace, or "ü" as "o" and "ß" as "u".
_ERODED = {"u": "o", "ss": "u"}
_DOUBLE_DECODED = re.compile(r"[ÂÃÄÅ][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


@lru_cache(maxsize=131072)
def clean(text: str) -> str:
    """Return *text* in one Unicode form, with one kind of hyphen, quote and blank, without trade marks.

    The result still is what a reader would call the same spelling; case and accents are kept.
    """
    if text.isascii():
        text = _MARK_IN_PARENTHESES.sub("", text)
        return _BLANKS.sub(" ", text.translate(_QUOTES)).strip()
    text = mend_double_decoding(text)
    # Before NFKC, which would turn the sign for a trade mark into the letters TM.
    text = unicodedata.normalize("NFKC", text.translate(_CHARACTERS)).translate(_CHARACTERS)
    return _BLANKS.sub(" ", _MARK_IN_PARENTHESES.sub("", text)).strip()


def mend_double_decoding(text: str) -> str:
    """Return *text* with UTF-8 that was read as Windows-1252 ("MÃ¼nchen") read rightly, where that succeeds."""
    if not _DOUBLE_DECODED.search(text):
        return text
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text


def mend_reduced_letters(text: str) -> str:
    """Return *text* with letters mended that were read wrongly and then reduced to ASCII ("MA1/4nchen").

    Only the base letter comes back: the result is for keys, never for display.  For names of organizations and
    persons; a drug may truly be called "A3".
    """
    if "A" not in text:
        return text
    for damage, letter in _REDUCED:
        text = damage.sub(letter, text)
    return text


@lru_cache(maxsize=65536)
def without_lost_letters(text: str) -> frozenset[str]:
    """Return how *text* reads when its accented letters were lost in transit ("Universittsklinikum").

    Empty where it has none.  Letters that were reduced ("A1/4") count as the accented letters that they stood for.
    """
    if not text.isascii():
        text = clean(text)
        gone = "".join(letter for letter in text if ord(letter) < 128 or not letter.isalpha())
        swapped = "".join(_eroded_letter(letter) for letter in text)
    else:
        gone = swapped = text
    for damage, letter in _REDUCED:
        # What became of "í" is known there, too: it stayed as a sign of its own.
        kept = letter if letter == "i" else ""
        gone = damage.sub(kept, gone)
        swapped = damage.sub(_ERODED.get(letter, kept), swapped)
    return frozenset({gone, swapped} - {text})


def _eroded_letter(letter: str) -> str:
    if ord(letter) < 128 or not letter.isalpha():
        return letter
    return _ERODED.get("u" if letter in "üÜ" else "ss" if letter == "ß" else "", "")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return cleaned *text* without case and accents, with Greek letters as words.

    Greek comes first: folding accents away would take ``IFN-γ`` to ``ifn-``.  A whole word in Greek letters is
    a word, not a row of symbols, and stays.
    """
    text = clean(text)
    if text.isascii():
        return text.casefold()
    if not _WHOLE_GREEK_WORD.search(text):
        text = _GREEK_LETTER.sub(lambda letter: _GREEK[letter.group()], text)
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(character for character in text if not unicodedata.combining(character)).casefold()


_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the folded words of *text*; an apostrophe inside a word is dropped ("People's" is ``peoples``)."""
    return [word.replace("'", "") for word in _WORD.findall(fold(text))]
