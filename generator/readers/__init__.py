"""Documents to records: one reader for each layout, and what they share."""
