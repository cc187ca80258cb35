"""Records to studies: matching, merging, contradictions and flags."""
