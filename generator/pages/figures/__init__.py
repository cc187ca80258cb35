"""Charts, maps and timelines."""
