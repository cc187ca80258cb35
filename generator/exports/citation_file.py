"""How the catalog itself is cited, as a file that reference managers and hosts of code read: ``data/CITATION.cff``.

Fields are those of the Citation File Format 1.2.0 for a dataset.  It asks for an author: who is named as the site's
author in ``mkdocs.yml``, else the catalog under its title.
"""

from __future__ import annotations

import re

import yaml

from generator.model.catalog import Catalog
from generator.pages.catalog_version import catalog_version, newest_document
from generator.settings import Settings

FILE = "data/CITATION.cff"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SPDX = re.compile(r"[A-Za-z0-9.+-]+")
"""What an identifier of a licence looks like; which there are is not ours to say."""


def citation_file(catalog: Catalog, settings: Settings) -> bytes:
    """Return the file for a *catalog* that is published as *settings* say."""
    about: dict[str, object] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them, and the registries that the documents are from.",
        "type": "dataset",
        "title": settings.title,
        "authors": [{"name": settings.author or settings.title}],
        "version": catalog_version(catalog),
    }
    newest = newest_document(catalog)
    if _DAY.fullmatch(newest):
        about["date-released"] = newest
    if catalog.commit is not None:
        about["commit"] = catalog.commit.id
    if settings.doi:
        about["doi"] = settings.doi
    if settings.licence:
        about |= _licence(settings.licence)
    if settings.repository_url:
        about["repository-code"] = settings.repository_url
    about["keywords"] = ["clinical trials"]
    return yaml.safe_dump(about, allow_unicode=True, sort_keys=False, width=100).encode("utf-8", "replace")


def _licence(licence: str) -> dict[str, str]:
    if "://" in licence:
        return {"license-url": licence}
    return {"license": licence} if _SPDX.fullmatch(licence) else {}
