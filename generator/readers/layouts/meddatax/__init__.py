"""The trial page of the aggregator MedDataX, in its two text extractions.

``labelled`` has every label and value as a paragraph of its own, ``compact`` has lost the labels, the roles and
the first paragraph of each text.  Both share their sections, whose headings and sentences are in ``tables``.
"""
