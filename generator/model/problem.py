"""Problems that people can correct: a file, a line, what is wrong and what to do."""

from __future__ import annotations

from typing import Literal

from generator.model.structure import FrozenStructure

Severity = Literal["error", "warning", "note"]


class Problem(FrozenStructure, frozen=True):
    """One problem of one document; prints as ``file:line: message``."""

    path: str
    """Path of the document inside ``seeds/``."""
    line: int
    """Counted from 1; 1 where the whole file is meant."""
    message: str
    """What is wrong, and what to do, in one sentence or two."""
    severity: Severity = "error"
    code: str = ""
    """A short fixed name of the kind of problem, such as ``unread-line``."""


def failure(path: str, line: int, what: str, error: Exception) -> Problem:
    """Return the problem that *what* ("reading this document") failed with *error*, which nobody expected."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    return Problem(
        path=path,
        line=line,
        message=f"{what} failed ({reason}). It is left out, the rest is not; please report this, with the document",
        code="failed",
    )
