"""Measures how long the generator takes, how much memory, and how it compares with other site generators."""
