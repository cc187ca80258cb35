"""Translators get every message of the scripts: Babel sees plain texts only, and no call inside another's values."""

from __future__ import annotations

import json
import re

from generator.folders import CONTENT
from scripts.update_messages import extract_messages

_CALL = re.compile(r"""\bn?gettext\(\s*("(?:[^"\\]|\\.)*")?""")


def test_each_message_of_a_script_is_found() -> None:
    known = {
        text for message in extract_messages() for text in ([message.id] if isinstance(message.id, str) else message.id)
    }
    scripts = sorted((CONTENT / "assets/javascripts").rglob("*.js"))
    calls = [(path.name, call[1]) for path in scripts for call in _CALL.finditer(path.read_text(encoding="utf-8"))]
    assert len(calls) > len(scripts)
    assert [(name, text) for name, text in calls if text is None or json.loads(text) not in known] == []
