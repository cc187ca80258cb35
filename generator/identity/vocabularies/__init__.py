"""What the world knows as one: published tables of names, and how they join names that documents write.

A vocabulary is a table.  Each row is a *concept*: a substance, a condition, an organization, with its number in the
table, its preferred name, and its other names, each with what it is (a synonym, a brand, a code).  :mod:`.shipped` has
those that come with the package, :mod:`.own` those of the catalog's owner in ``seeds/vocabularies/``.
:mod:`.meanings` says which concepts the names of a catalog mean; the names are joined by that what no document speaks
against.
"""
