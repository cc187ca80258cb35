"""That all messages of the code are found by what brings them to translators."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FUNCTIONS = {"gettext", "gettext_noop", "heading", "ngettext", "npgettext", "pgettext", "plural", "sentence"}


def test_no_message_stands_inside_an_f_string() -> None:
    """Babel does not look into them; so put the message into a variable first."""
    inside = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in sorted((ROOT / "generator").rglob("*.py"))
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
        if any(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert inside == []
