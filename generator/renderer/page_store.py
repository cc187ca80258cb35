"""The HTML of generated pages between the two rounds of a MkDocs build.

MkDocs renders the Markdown of all pages before it builds the first one, and keeps it in memory: of ten thousand trials
that is gigabytes.  Here it waits in a temporary file.
"""

from __future__ import annotations

import zlib
from tempfile import TemporaryFile
from typing import IO


class PageStore:
    """HTML by the name of its page, in a file that is there while it is needed."""

    def __init__(self) -> None:
        """Begin with no pages, and no file."""
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def put(self, name: str, html: str) -> None:
        """Keep the *html* of a page."""
        data = zlib.compress(html.encode("utf-8", "surrogatepass"), level=1)
        if self._file is None:
            self._file = TemporaryFile(prefix="trial-catalog-")  # noqa: SIM115 - `close` gives it back
        self._file.seek(self._end)
        self._file.write(data)
        self._places[name] = self._end, len(data)
        self._end += len(data)

    def take(self, name: str) -> str | None:
        """Return the HTML of a page, and forget it; None for a page that is not kept."""
        place = self._places.pop(name, None)
        if place is None or self._file is None:
            return None
        self._file.seek(place[0])
        return zlib.decompress(self._file.read(place[1])).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Forget all pages, and give the file back."""
        if self._file is not None:
            self._file.close()
        self._file, self._end = None, 0
        self._places.clear()
