"""Files of the site that are compressed with gzip: the same bytes each time, whatever the machine's own library does.

libdeflate makes them smaller than zlib can, and in less than half the time.
"""

from __future__ import annotations

import deflate

_BEST_THAT_IS_QUICK = 9
"""Of twelve; beyond it a hundredth is gained, for several times the time."""


def gzipped(data: bytes) -> bytes:
    """Return *data* compressed with gzip."""
    return bytes(deflate.gzip_compress(data, _BEST_THAT_IS_QUICK))
