"""The installed package: it holds ``generator`` and what belongs to it, so that no other name is taken.

Another project may install a package called ``generator``, too.  Whoever starts by way of this package gets ours:
its folder comes first where Python looks for modules (``docs/decisions/0060``).
"""

from __future__ import annotations

import sys
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_HOME = str(_HERE if (_HERE / "generator").is_dir() else _HERE.parent)

if _HOME not in sys.path[:1]:
    sys.path.insert(0, _HOME)

_other = getattr(sys.modules.get("generator"), "__file__", None)
if _other is not None and not Path(_other).resolve().is_relative_to(_HOME):
    raise ImportError(
        f"trial-catalog cannot start: another package called generator is in use ({_other}). Install trial-catalog in "
        "an environment of its own"
    )
