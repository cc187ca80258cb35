"""The catalog to data files: JSON for machines."""
