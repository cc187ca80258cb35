"""Tests of what vocabularies say of names."""
