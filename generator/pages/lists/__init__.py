"""The pages that list trials and names."""
