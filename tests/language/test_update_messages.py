"""That all messages of the code are found by what brings them to translators."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FUNCTIONS = {"gettext", "gettext_noop", "heading", "ngettext", "npgettext", "pgettext", "plural"}


@pytest.mark.parametrize(
    "file", sorted((ROOT / "generator").rglob("*.py")), ids=lambda file: file.relative_to(ROOT).as_posix()
)
def test_no_message_stands_inside_an_f_string(file: Path) -> None:
    """Babel does not look into them; so put the message into a variable first."""
    inside = [
        node.lineno
        for text in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for node in ast.walk(text)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
        if any(isinstance(argument, ast.Constant) for argument in node.args)
    ]
    assert inside == []
