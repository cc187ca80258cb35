"""The templates' environment: it escapes whatever is not Markdown yet, and knows no path of the site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.language.messages import gettext, ngettext, npgettext, pgettext
from generator.pages.text.escaping import Markdown, document_text
from generator.pages.text.phrases import heading


def _finalize(value: Any) -> str:
    """Print a value: Markdown as it is, text escaped; anything else is a mistake in a view."""
    if isinstance(value, Markdown):
        return value
    if isinstance(value, str):
        return document_text(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise TypeError(f"a template prints {value!r}: views give text, Markdown or whole numbers")


def _indented(value: Markdown, width: int = 4) -> Markdown:
    """Indent all lines of a block but the first, to stand inside a list item."""
    if not isinstance(value, Markdown):
        raise TypeError("only Markdown has lines to indent")
    blanks = " " * width
    return Markdown(
        "\n".join(blanks + line if index and line else line for index, line in enumerate(value.split("\n")))
    )


def _raw(value: str) -> Markdown:
    """Print a front matter value, which is quoted and escaped already."""
    return Markdown(value)


def create_environment(templates: Sequence[Path]) -> Environment:
    """Return an environment over the folders *templates*: of two templates of one name, the first folder's is used."""
    environment = Environment(
        loader=FileSystemLoader(templates),
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,  # templates do not change while pages are written
        autoescape=False,  # noqa: S701 - the pages are Markdown: finalize escapes
        extensions=["jinja2.ext.i18n"],
    )
    # Messages in templates are those of the code, and Markdown as the templates are.
    environment.globals.update(
        heading=heading,
        gettext=lambda message: Markdown(gettext(message)),
        ngettext=lambda one, many, number: Markdown(ngettext(one, many, number)),
        pgettext=lambda context, message: Markdown(pgettext(context, message)),
        npgettext=lambda context, one, many, number: Markdown(npgettext(context, one, many, number)),
    )
    environment.filters["indented"] = _indented
    environment.filters["front_matter"] = _raw
    return environment
