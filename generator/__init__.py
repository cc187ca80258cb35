"""Trial Catalog: turns trial documents into a cross-linked, searchable static website."""
