"""Catalog to Markdown: one module for each kind of page, and what they share."""

from generator.pages.output import OutputError, OutputTree, WriteReport
from generator.pages.writer import write_pages

__all__ = ["OutputError", "OutputTree", "WriteReport", "write_pages"]
