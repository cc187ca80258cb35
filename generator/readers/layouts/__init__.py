"""The readers, one for each layout."""
