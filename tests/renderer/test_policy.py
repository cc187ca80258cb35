"""The content security policy that each page gets."""

from __future__ import annotations

import base64
import hashlib

from generator.renderer.policy import add_policy

SCRIPT = 'var a = "</p>"'


def test_inline_scripts_are_allowed_by_their_hashes_and_nothing_else_is() -> None:
    page = add_policy(
        '<html><head>\n<meta charset="utf-8"><title>x</title></head><body>'
        f'<script>{SCRIPT}</script><script src="a.js"></script>'
        '<script type="application/json">{}</script></body></html>'
    )
    hashed = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'self' 'wasm-unsafe-eval' 'sha256-{hashed}'; " in page
    assert page.count("sha256-") == 1
    assert page.index("Content-Security-Policy") < page.index("<title>")
    assert page.startswith('<html><head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"')


def test_a_page_without_a_head_stays_as_it_is() -> None:
    assert add_policy("<p>Text</p>") == "<p>Text</p>"
