"""Write the pages of docs/ that are made from the code; with --check, only say which are not up to date."""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import click

from generator.cli import main as commands
from generator.identity.curated import FILES, IDENTIFIERS, KEYS, SPELLING_KEYS
from generator.model.message_codes import MESSAGE_CODES
from generator.readers.hand_written_words import NUMBER_WORDS, PLAIN_WORDS
from generator.readers.known import all_readers
from generator.settings import CatalogConfig

DOCS = Path(__file__).parents[1] / "docs"
SCHEMA = DOCS.parent / "seeds" / "names" / "names.schema.json"

COMMANDS = """\
# Commands

`trial-catalog` and `python -m generator` are the same program. Each command prints this help with `--help`. With the
plugin in `mkdocs.yml`, `mkdocs build`, `mkdocs serve` and `mkdocs gh-deploy` make the whole site, too.
"""

SETTINGS = """\
# Settings

The settings of a catalog are options of the plugin `trial-catalog` in `mkdocs.yml`:

```yaml
plugins:
  - trial-catalog:
      contacts: false
```

All else in `mkdocs.yml` means what the documentation of MkDocs and Material says.
"""

LAYOUTS = """\
# Layouts

A document is recognised by what stands in it, never by its name. Where two documents of a trial differ, the one with
the lower rank counts, then the newer one; the page shows both. What no field has a place for is shown under the
document's own names. [How to add documents](../how-to/add-documents.md) says where to get each.
"""

MESSAGES = """\
# Messages

`trial-catalog check` prints `file:line: severity: message [code]`. With `--format github` the code is the title of the
annotation, with `--format json` a field of its own. The same codes name the flags on the page *To do* and in the data.
An error means that something was left out; the rest is built.
"""

NAMES = f"""\
# Curated names

Decisions about names stand in `seeds/names/`: {", ".join(f"`{Path(file).name}`" for file in FILES.values())}. Each file
is a list of entries, sorted by name, with their keys in the order below.
[How to decide about names](../how-to/decide-about-names.md) shows how to write one.
"""

WORDS = """\
# Plain words

Words that a [trial written by hand](hand-written-trials.md) can use in its front matter. Capitals do not count, and
`lead sponsor`, `lead-sponsor` and `lead_sponsor` are one word. Where *several* are taken, a list may be given.

| word | stands for | takes |
|---|---|---|
"""

DECISIONS = """\
# Decisions

Records of decisions that would surprise a reader of the code: what was decided, why, and what it costs. Numbers have
gaps; they only order the records.
"""

ABOUT = {
    "trial": "a trial",
    "document": "a document",
    "names": "a file of curated names",
    "catalog": "the catalog's own files",
}


def command_page() -> Iterator[str]:
    """Yield the lines of the page of commands: each with its help."""
    yield COMMANDS
    options: dict[str, Any] = {**commands.context_settings, "terminal_width": 100, "max_content_width": 100}
    for name, command in sorted(commands.commands.items()):
        context = click.Context(command, info_name=f"trial-catalog {name}", **options)
        yield from (f"## trial-catalog {name}", "", "```text", command.get_help(context), "```", "")


def settings_page() -> Iterator[str]:
    """Yield the lines of the page of settings: each with its type and default."""
    yield SETTINGS
    texts = docstrings(CatalogConfig)
    for name, option in CatalogConfig._schema:
        yield from (f"## `{name}`", "", f"{values_of(option)}. Default: {default_of(option)}.", "", texts[name], "")


def docstrings(config: type) -> dict[str, str]:
    """Return the text below each option of a configuration, as one paragraph."""
    [body] = [node.body for node in ast.parse(inspect.getsource(config)).body if isinstance(node, ast.ClassDef)]
    return {
        ast.unparse(option.targets[0]): " ".join(str(text.value.value).split()).replace("``", "`")
        for option, text in pairwise(body)
        if isinstance(option, ast.Assign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant)
    }


def values_of(option: Any) -> str:
    """Say what values an option of MkDocs takes."""
    inner = getattr(option, "option", option)
    if choices := getattr(inner, "choices", None):
        return "One of " + ", ".join(f"`{choice}`" for choice in choices)
    types: dict[object, str] = {bool: "`true` or `false`", int: "A whole number", str: "A text", dict: "A mapping"}
    return types.get(getattr(inner, "_type", None), "A list" if "List" in type(inner).__name__ else "Any value")


def default_of(option: Any) -> str:
    """Return an option's default as it is written in YAML."""
    default = getattr(option, "default", None)
    if default is None or default in ([], {}):
        return "none"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


def layout_page() -> Iterator[str]:
    """Yield the lines of the page of layouts: what is read, and how far it is believed."""
    yield LAYOUTS
    for reader in all_readers():
        yield from (
            f"## {reader.title[0].upper()}{reader.title[1:]}",
            "",
            f"`{reader.layout}`, rank {reader.rank}.",
            "",
            reader.description,
            "",
        )


def message_page() -> Iterator[str]:
    """Yield the lines of the page of messages: each code, what it means and what to do."""
    yield MESSAGES
    for code, words in sorted(MESSAGE_CODES.items()):
        yield from (f"## {code}", "", f"**{words.title}.** Said of {ABOUT[words.about]}. {words.meaning}", "")
        yield from (f"*What to do:* {words.cure}", "")


def names_page() -> Iterator[str]:
    """Yield the lines of the page of curated names: each key of an entry, from the schema that editors use."""
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    entry, spelling = definitions["entry"], definitions["spelling"]["oneOf"][1]["properties"]
    yield NAMES
    yield from ("## Keys of an entry", "", "| key | what |", "|---|---|")
    for key in KEYS:
        text = entry["properties"][key].get("description", "Its numbers in registers of such things; see below.")
        yield f"| `{key}` | {text}{' Required.' if key in entry['required'] else ''} |"
    yield from ("", "## A spelling that needs its place", "", "A spelling is a text, or a mapping of these keys:", "")
    yield from ("| key | what |", "|---|---|")
    yield from (f"| `{key}` | {spelling[key]['description']} |" for key in SPELLING_KEYS)
    yield from ("", "## Identifiers", "", "Each is the identifier alone, without its web address.", "")
    yield from ("| key | form |", "|---|---|")
    yield from (f"| `{key}` | `{form.pattern}` |" for key, form in sorted(IDENTIFIERS.items()))


def words_page() -> Iterator[str]:
    """Yield the lines of the page of plain words, those with one meaning together."""
    yield WORDS.rstrip()
    for key, words in groupby(NUMBER_WORDS, NUMBER_WORDS.__getitem__):
        yield f"| {', '.join(f'`{word}`' for word in words)} | `{key}` | the trial's number |"
    for meaning, words in groupby(PLAIN_WORDS, PLAIN_WORDS.__getitem__):
        field = ".".join(part for part in (meaning.things, meaning.path) if part).removeprefix("protocolSection.")
        several = "; several" if meaning.several else ""
        yield f"| {', '.join(f'`{word}`' for word in words)} | `{field}` | {meaning.expects}{several} |"


def decisions_page() -> Iterator[str]:
    """Yield the lines of the list of decisions."""
    yield DECISIONS
    for record in sorted((DOCS / "decisions").glob("[0-9]*.md")):
        first = record.read_text(encoding="utf-8").partition("\n")[0]
        yield f"- [{re.sub(r'^# (?:[0-9]+[.:] )?', '', first)}]({record.name})"


PAGES = {
    "reference/commands": command_page,
    "reference/settings": settings_page,
    "reference/layouts": layout_page,
    "reference/messages": message_page,
    "reference/curated-names": names_page,
    "reference/plain-words": words_page,
    "decisions/index": decisions_page,
}
"""Page below docs/ -> what makes its lines."""


def main(*, check: bool) -> int:
    """Write the pages, or only name those that are not up to date; return the exit code."""
    stale = []
    for name, lines in PAGES.items():
        path = DOCS / f"{name}.md"
        text = "\n".join(lines()).rstrip() + "\n"
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check and stale:
        print(f"not up to date in docs/: {', '.join(stale)}; run: make docs", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(check="--check" in sys.argv))
