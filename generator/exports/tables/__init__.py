"""The catalog as tables: what their columns mean, and the rows of a study, of a name, of a document."""
