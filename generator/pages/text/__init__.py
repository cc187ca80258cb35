"""Text on pages: words, escaping, prose, tables."""
