"""No regular expression of the package takes time that grows faster than the text."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from time import process_time
from types import ModuleType

import generator

SHORT, LONG = 500, 20_000
"""Characters of a text that every expression is tried on, and of the one that tells."""
SUSPECT = 0.0001
"""Seconds of processor time for the short text, above which the long one is tried."""
TOO_LONG = 0.3
"""Seconds for the long text.  The slowest expression whose time grows with the text takes a quarter of it, and the
fastest whose time grows with its square takes twice it: the load of a machine hardly turns the one into the other."""
UNITS = (
    *(" ", "\n", "\t", "-", "- ", "site ", "site-", "1", "1,", "a", "A", "A-", "a ", "a, ", "(", "[", "<", "|", " | "),
    *(": ", "* a\n", "x\n", "NCT", "Phase I/", ", and ", "/", "."),
)
_SEARCHING = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_MATCHING = frozenset({"match", "fullmatch"})


def modules() -> Iterator[ModuleType]:
    """Yield every module of the package."""
    for found in walk_packages(generator.__path__, "generator."):
        if not found.name.endswith("__main__"):
            yield import_module(found.name)


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Yield the expressions in *value*, a variable of a module."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif isinstance(value, Mapping) and depth < 4:
        for one in (*value.keys(), *value.values()):
            yield from patterns_in(one, depth + 1)
    elif isinstance(value, tuple | list | frozenset | set) and depth < 4:
        for one in value:
            yield from patterns_in(one, depth + 1)
    elif type(value).__module__.startswith("generator.") and not isinstance(value, type) and depth < 4:
        for name in getattr(value, "__dataclass_fields__", ()):
            yield from patterns_in(getattr(value, name, None), depth + 1)


def only_matched(module: ModuleType) -> set[str]:
    """Return the names of expressions that *module* matches at one place only, and never searches with."""
    used: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            used.setdefault(node.value.id, set()).add(node.attr)
    return {name for name, how in used.items() if how & _MATCHING and not how & _SEARCHING}


def expressions() -> dict[tuple[str, int], tuple[re.Pattern[str], bool, str]]:
    """Return the expressions of the package, each with whether it is searched with, and a place of it."""
    found: dict[tuple[str, int], tuple[re.Pattern[str], bool, str]] = {}
    for module in modules():
        matched = only_matched(module)
        for name, value in vars(module).items():
            for pattern in patterns_in(value):
                key = pattern.pattern, pattern.flags
                searched = name not in matched
                before = found.get(key)
                if before is None or (searched and not before[1]):
                    found[key] = (pattern, searched, f"{module.__name__}.{name}")
    return found


def units_for(pattern: re.Pattern[str]) -> list[str]:
    """Return what texts that may be slow for *pattern* are made of: odd things, and its own words."""
    words = dict.fromkeys(re.findall(r"(?<!\\)[A-Za-z]{3,}", pattern.pattern))
    return [*UNITS, *(f"{word} " for word in list(words)[:3])]


def slow_unit(pattern: re.Pattern[str], *, searched: bool) -> str | None:
    """Return a text that, over and over, takes *pattern* a time that grows faster than its length."""
    for use in (pattern.search,) if searched else (pattern.match, pattern.fullmatch):
        for unit in units_for(pattern):
            if seconds(use, repeated(unit, SHORT)) > SUSPECT and seconds(use, repeated(unit, LONG)) > TOO_LONG:
                return unit
    return None


def seconds(use: Callable[[str], object], text: str) -> float:
    """Return the processor time that *use* takes for *text*."""
    started = process_time()
    use(text)
    return process_time() - started


def repeated(unit: str, length: int) -> str:
    """Return *unit* over and over, and then something that does not fit."""
    return f"{unit * (length // len(unit))}!"


def test_time_grows_with_the_text() -> None:
    found = expressions()
    assert len(found) > 300
    slow = [
        f"{place}: {pattern.pattern[:80]!r} on {unit!r}"
        for pattern, searched, place in found.values()
        if (unit := slow_unit(pattern, searched=searched)) is not None
    ]
    assert slow == []


def test_a_slow_expression_is_noticed() -> None:
    assert slow_unit(re.compile(r"\s+$"), searched=True) is not None
    assert slow_unit(re.compile(r"\s+$"), searched=False) is None
