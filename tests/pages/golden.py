"""The pages of the five seeds as they were last looked at.  ``python -m tests.pages.golden`` writes them anew."""

from __future__ import annotations

import tempfile
from pathlib import Path

from generator.pages import OutputTree, write_pages
from generator.pipeline.flow import make_catalog
from generator.settings import Settings
from tests.pages.dialects import ROOT

GOLDEN = Path(__file__).parent / "golden"
COMMAND = "python -m tests.pages.golden"

CHOSEN = (
    "index.md",
    "flags/index.md",
    "drugs/ilt-101.md",
    "organizations/assistance-publique-hopitaux-de-paris.md",
    "people/david-klatzmann.md",
)
"""Pages beside those of the trials."""


def pages() -> dict[str, str]:
    """Return the golden pages as they would be written now."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder)
        made = make_catalog(ROOT / "seeds", content)
        output = OutputTree(content)
        write_pages(made.catalog, output, Settings())
        output.finish()
        trials = sorted(path.relative_to(content).as_posix() for path in content.glob("trials/*.md"))
        names = [name for name in trials if name != "trials/index.md"] + list(CHOSEN)
        return {name: (content / name).read_text("utf-8") for name in names if (content / name).exists()}


def file_of(name: str) -> Path:
    """Return where the page *name* is kept."""
    return GOLDEN / name


def main() -> None:
    """Write the golden pages anew, and say what changed."""
    wanted = pages()
    kept = {path.relative_to(GOLDEN).as_posix(): path for path in GOLDEN.rglob("*.md")}
    for name in sorted(set(kept) - set(wanted)):
        kept[name].unlink()
        print("removed", name)
    for name, text in wanted.items():
        path = file_of(name)
        if not path.exists() or path.read_text("utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            print("written", name)


if __name__ == "__main__":
    main()
