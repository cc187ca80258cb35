"""The live preview's server: MkDocs' own, which suits pages in which no script may stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mkdocs.livereload import LiveReloadServer

SCRIPT = "livereload.js"
"""The file, beside the home page, that reloads a page when the site changed."""


class PreviewServer(LiveReloadServer):
    """Serves a site and reloads its pages when it changed.

    MkDocs puts its script inside each page.  Our pages forbid that (their content security policy), so here the script
    is a file of its own, and the preview shows pages under the very policy that holds once they are published.
    """

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        if environ["PATH_INFO"] != f"{self.mount_path}{SCRIPT}":
            return super()._serve_request(environ, start_response)
        epoch = environ["QUERY_STRING"]
        inside = super()._inject_js_into_html(b"", int(epoch) if epoch.isdecimal() else 0)  # type: ignore[no-untyped-call]
        script = inside.removeprefix(b"<script>").removesuffix(b"</script>")
        start_response("200 OK", [("Content-Type", "text/javascript"), ("Cache-Control", "no-store")])
        return [script]

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        before, end, after = content.rpartition(b"</body>")
        script = f'<script src="{self.mount_path}{SCRIPT}?{epoch}"></script>'.encode()
        return before + script + end + after if end else content + script
