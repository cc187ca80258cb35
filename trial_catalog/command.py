"""The command ``trial-catalog``."""

from generator.cli import main

__all__ = ["main"]
