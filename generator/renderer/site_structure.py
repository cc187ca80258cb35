"""What must be known of a site before a page of it can be rendered: its files, its navigation, its templates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation, get_navigation

from generator.renderer.changes import named_in
from generator.renderer.page_rendering import PageRenderer
from generator.renderer.site_scan import scan
from generator.renderer.theme import ThemeEnvironment, ThemeListing


class SiteStructure:
    """The structure of one site, found as ``mkdocs.commands.build.build`` finds it."""

    def __init__(self, config: MkDocsConfig, compiled: Path, levels: Mapping[str, int]) -> None:
        """Find the files of *config*'s site and its navigation.

        *compiled* is a folder for compiled templates; *levels* tells what ``scan`` wants to know.
        """
        self.config = config.plugins.on_config(config)
        self.environment = ThemeEnvironment(self.config, compiled)
        self.config.plugins.on_pre_build(config=self.config)
        self.files = self._find_files(levels)
        self.nav = self._navigation()
        self.pages = [file.src_uri for file in self.files.documentation_pages()]
        self.renderer = PageRenderer(self.config, self.files, self.nav, self.environment)
        for page in self.nav.pages:
            self.renderer.fill(page.file)

    def _find_files(self, levels: Mapping[str, int]) -> Files:
        files = scan(self.config, levels)
        listing = ThemeListing(self.config.theme.dirs)
        files.add_files_from_theme(listing, self.config)  # type: ignore[arg-type]
        return self.config.plugins.on_files(files, config=self.config)

    def _navigation(self) -> Navigation:
        """Return the navigation.  Of an explicit one, MkDocs need not see the pages that do not stand in it."""
        seen = self.files
        if self.config.nav is not None:
            named = set(named_in(self.config.nav))
            seen = Files(
                file
                for file in self.files
                if file.inclusion.value > InclusionLevel.NOT_IN_NAV.value or file.src_uri in named
            )
        nav = get_navigation(seen, self.config)
        return self.config.plugins.on_nav(nav, config=self.config, files=self.files)
