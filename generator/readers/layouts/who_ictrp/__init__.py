"""WHO ICTRP exports: trials of all primary registries in one table, as XML and as CSV.

WHO's search portal collects the WHO Trial Registration Data Set from every primary registry and exports it under
the same names of fields in both formats.  The fields hold what each registry sent: free text, lists with
semicolons, remains of HTML.  What is understood is put in API v2's place; every other field is kept as it is.

``exports`` takes the two formats apart, ``rows`` cleans their fields, ``mapping`` puts them in place with the words
of ``tables``.
"""

from __future__ import annotations

from generator.readers.layouts.who_ictrp.exports import CsvExport, FullExport, XmlExport

XML_READER = XmlExport()
CSV_READER = CsvExport()
FULL_EXPORT_READER = FullExport()
