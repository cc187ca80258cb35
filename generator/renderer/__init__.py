"""Content to site: MkDocs and the search index."""
