"""The classic page of ClinicalTrials.gov (2008 to 2024) as text.

The site printed it in several designs, and text extractions keep more or less of them: with pipe tables, as plain
text with headings, and the older design before 2018.  All go through one reader: ``tables`` has the site's words,
``page`` the rows and the cursor, and each other module reads one part of the page.
"""

from generator.readers.layouts.clinicaltrials_gov_classic.classic import ClassicReader

READER = ClassicReader()
