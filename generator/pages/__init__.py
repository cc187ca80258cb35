"""The catalog to Markdown pages: views, escaping and paths."""
