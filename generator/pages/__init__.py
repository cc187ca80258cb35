"""Catalog to Markdown: one module for each kind of page, and what they share."""

from generator.pages.writer import write_pages
from generator.storage.output import OutputError, OutputTree, WriteReport

__all__ = ["OutputError", "OutputTree", "WriteReport", "write_pages"]
