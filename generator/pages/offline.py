"""What lets a site work without a network: the page that says that there is none, the worker, the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from generator.language.messages import gettext
from generator.model.catalog import Catalog
from generator.pages.catalog_version import catalog_version
from generator.pages.links import Linker
from generator.pages.text.escaping import NOTHING, Markdown, escape, front_matter
from generator.pages.text.phrases import timed
from generator.settings import Settings

WORKER = "service-worker.js"
"""At the site's root: a worker serves what lies below its own address."""
APP = "app.webmanifest"

_PROGRAM = "assets/javascripts/offline/worker.js"
_ICON = "assets/images/favicon.svg"
_THEME, _GROUND = "#0b4453", "#ffffff"


@dataclass(frozen=True)
class OfflineView:
    """The page that is shown without a network, ready to print."""

    front_title: str
    front_description: str
    version: Markdown
    newest: Markdown


def offline_view(linker: Linker) -> OfflineView:
    """Return the page that is shown in place of one that the browser has not kept."""
    summaries = (linker.catalog.study_summary(identifier) for identifier in linker.catalog.studies)
    newest = max((summary.as_of or "" for summary in summaries if summary is not None), default="")
    return OfflineView(
        front_title=front_matter(gettext("Not available offline")),
        front_description=front_matter(gettext("What can be opened without a network")),
        version=escape(catalog_version(linker.catalog)),
        newest=timed(newest) if newest else NOTHING,
    )


def offline_files(catalog: Catalog, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield the worker and the manifest, each as its path inside the content folder and its content.

    The worker names the catalog's version, so that a browser notices a new one.
    """
    version = catalog_version(catalog)
    yield WORKER, f'/* Catalog version {version} */\nimportScripts("{_PROGRAM}?{version}");\n'.encode()
    manifest = {
        "name": settings.title,
        "short_name": settings.title[:30],
        "description": gettext("Clinical trials, each value with the document and line it comes from."),
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "theme_color": _THEME,
        "background_color": _GROUND,
        "icons": [{"src": _ICON, "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    yield APP, f"{json.dumps(manifest, ensure_ascii=False, indent=1)}\n".encode()
