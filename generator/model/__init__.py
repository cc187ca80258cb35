"""The types that everything speaks in: studies, sources, documents, catalog."""
