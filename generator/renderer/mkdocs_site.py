"""Content to site with MkDocs, as a plain ``mkdocs build`` would do it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.livereload import LiveReloadServer


class RenderError(Exception):
    """The pages could not be rendered; the message says why."""


def render(config_file: Path, content: Path, site: Path) -> None:
    """Render *content* into *site* with the configuration in *config_file*; broken links are errors.

    Raises RenderError where the configuration is wrong or a page has a link that leads nowhere.
    """
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    try:
        config = _configuration(config_file, content, site)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (Abort, ConfigurationError) as error:
        raise RenderError(f"MkDocs could not render the pages: {error}") from error


def serve(
    config_file: Path,
    content: Path,
    site: Path,
    watched: Sequence[Path],
    generate: Callable[[], None],
    address: tuple[str, int],
) -> None:
    """Serve a live preview at *address* (host, port) until interrupted.

    When something in *watched* changes, *generate* writes the content anew and the pages are rendered again.
    """

    def rebuild() -> None:
        generate()
        render(config_file, content, site)

    rebuild()
    server = LiveReloadServer(builder=rebuild, host=address[0], port=address[1], root=str(site))
    for path in watched:
        if path.exists():
            server.watch(str(path))
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        server.shutdown()
    finally:
        server.server_close()


def _configuration(config_file: Path, content: Path, site: Path) -> MkDocsConfig:
    return load_config(str(config_file), docs_dir=str(content.resolve()), site_dir=str(site.resolve()), strict=True)
