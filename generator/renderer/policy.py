"""The content security policy of each page: nothing comes from another host, and no script of a document runs."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

_INLINE = re.compile(r"<(script|style)\b(?![^>]*\bsrc\s*=)([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_IS_DATA = re.compile(r"\btype\s*=\s*[\"']?(?:application|text)/(?:[a-z.+-]*json|plain)", re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>\s*(?:<meta charset=[^>]*>)?", re.IGNORECASE)


@lru_cache(maxsize=256)
def _hash_of(text: str) -> str:
    """Return the source expression of an inline script or style, as CSP 3 defines it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def add_policy(page: str) -> str:
    """Return the HTML of *page* with its policy in the head.

    Allowed are the site's own files, and the inline scripts and styles that the theme has printed, by their hashes.
    Pagefind's WebAssembly needs ``wasm-unsafe-eval``.  Call it with the page as it will be written: a script that is
    changed later does not run.
    """
    hashes: dict[str, set[str]] = {"script": set(), "style": set()}
    for tag, attributes, text in _INLINE.findall(page):
        if not _IS_DATA.search(attributes):
            hashes[tag.lower()].add(_hash_of(text))
    scripts = " ".join(["'self'", "'wasm-unsafe-eval'", *sorted(hashes["script"])])
    styles = " ".join(["'self'", *sorted(hashes["style"])])
    policy = (
        f"default-src 'self'; script-src {scripts}; style-src {styles}; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'"
    )
    tag = f'\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return _HEAD.sub(lambda head: head[0] + tag, page, count=1)
