"""Earlier versions of documents to changes: what a trial's documents said before, and what they say now."""
