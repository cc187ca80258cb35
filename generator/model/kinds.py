"""The kinds of entities; known without loading the model."""

from __future__ import annotations

from typing import Literal

Kind = Literal["organization", "person", "drug", "condition", "place"]
