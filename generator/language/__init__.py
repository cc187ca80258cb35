"""The site's language: our own words, dates and numbers.  What documents say stays in their own language."""
