"""What scripts need of the site's language: a module with our messages and the registries' words."""

from __future__ import annotations

import json

from generator.language.messages import active_language
from generator.model.registry_words import NO_STATUS, STATUSES, WORDS
from generator.pages.text.wording import status, words

FILE = "language.js"
"""At the site's root; ``assets/javascripts/language.js`` reads it."""


def script_words() -> bytes:
    """Return the module: the language's code, its messages, its plural rule, and what codes are called."""
    language = active_language()
    exports = {
        "code": language.code,
        "messages": dict(sorted(language.for_scripts.items())),
        "statuses": {code: [status(code).label, status(code).group] for code in STATUSES},
        "noStatus": [status(None).label, NO_STATUS.group],
        "words": {code: words(code) for code in WORDS},
    }
    lines = [
        f"export const {name} = {json.dumps(value, ensure_ascii=False, indent=1)};\n" for name, value in exports.items()
    ]
    lines.append(f"/** Say which form goes with a number. */\nexport const form = (n) => Number({language.plural});\n")
    return "".join(["/* Written by the build: our words in the site's language. */\n", *lines]).encode()
