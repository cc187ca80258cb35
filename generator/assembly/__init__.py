"""Documents to a catalog, step by step, where each step takes from the store what it need not do again."""
