"""The table of message codes has each code that the package passes on, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model.message_codes import MESSAGE_CODES
from tests.conftest import ROOT

CODE = re.compile(r"[a-z]+(?:-[a-z]+)*")
TAKERS = frozenset({"Problem", "ReadError", "problem", "_problem", "_refusing"})
"""Functions that take a code without writing ``code=``."""
SEVERITIES = frozenset({"error", "warning", "note"})


def passed_on() -> dict[str, list[str]]:
    """Return each code with the places in the source that give it to a problem, a flag or an error of reading."""
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "generator").rglob("*.py")):
        for code, line in codes_in(file):
            found.setdefault(code, []).append(f"{file.relative_to(ROOT)}:{line}")
    return found


def codes_in(file: Path) -> Iterator[tuple[str, int]]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        for value in values_of(node):
            resolved = constants.get(value.id, value) if isinstance(value, ast.Name) else value
            if isinstance(resolved, ast.Constant) and isinstance(resolved.value, str):
                code = resolved.value
                if CODE.fullmatch(code) and code not in SEVERITIES:
                    yield code, value.lineno


def values_of(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a call gives as code, or a function takes for one by default."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        yield from (keyword.value for keyword in node.keywords if keyword.arg == "code")
        yield from node.args[1:] if name in TAKERS else ()
    elif isinstance(node, ast.FunctionDef):
        arguments = node.args.posonlyargs + node.args.args
        with_default = arguments[len(arguments) - len(node.args.defaults) :]
        yield from (value for one, value in zip(with_default, node.args.defaults, strict=True) if one.arg == "code")


PASSED_ON = passed_on()


def test_the_source_is_understood() -> None:
    assert {"unread-text", "unreadable", "reader-died", "no-columns", "curated-name", "failed"} <= PASSED_ON.keys()


@pytest.mark.parametrize("code", sorted(PASSED_ON))
def test_every_code_is_in_the_table(code: str) -> None:
    assert code in MESSAGE_CODES, f"{PASSED_ON[code]}: add {code!r} to generator/model/message_codes.py"


@pytest.mark.parametrize("code", sorted(MESSAGE_CODES))
def test_every_code_of_the_table_is_passed_on(code: str) -> None:
    assert code in PASSED_ON, f"nothing passes on {code!r}: take it out of generator/model/message_codes.py"


@pytest.mark.parametrize("code", sorted(MESSAGE_CODES))
def test_every_code_has_its_words(code: str) -> None:
    words = MESSAGE_CODES[code]
    assert words.title
    assert not words.title.endswith(".")
    assert words.meaning.endswith(".")
    assert words.cure.endswith(".")
