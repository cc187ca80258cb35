"""Tests of names: what joins, what must not, and why."""
