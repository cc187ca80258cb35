"""Put the names of countries in other languages, from CLDR, into the table of countries.

Babel carries CLDR; it is needed at development time only.  What people wrote into the table stays.
"""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

from babel import Locale

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from generator.identity.countries import country_words  # noqa: E402
from generator.model.countries import TABLE  # noqa: E402

LANGUAGES = [
    *("ar", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "gl", "he", "hi"),
    *("hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "mk", "ms", "nb", "nl", "pl", "pt", "pt_PT", "ro", "ru"),
    *("sk", "sl", "sq", "sr", "sr_Latn", "sv", "th", "tr", "uk", "vi", "zh", "zh_Hant"),
]
"""Languages in which registries and people write to each other about trials."""


def main() -> None:
    """Write the table anew."""
    path = ROOT / "generator" / "model" / "countries" / TABLE
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    territories = [Locale.parse(language).territories for language in LANGUAGES]
    owners: dict[str, set[str]] = {}
    for code, name, printed, _ in rows:
        for text in (name, *printed.split("|")):
            owners.setdefault(country_words(text), set()).add(code or text)
    by_hand = set(owners)
    found: dict[str, dict[str, str]] = {}
    for code, *_ in rows:
        for names in territories:
            text = unicodedata.normalize("NFC", names.get(code, "")).replace("\t", " ").strip()
            key = country_words(text)
            if key and key not in by_hand:
                owners.setdefault(key, set()).add(code)
                found.setdefault(code, {}).setdefault(key, text)
    lines = []
    for code, name, printed, _ in rows:
        translated = sorted(text for key, text in found.get(code, {}).items() if owners[key] == {code})
        lines.append("\t".join((code, name, printed, "|".join(translated))))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
