"""Serve the built widget with the dev page on loopback: `python serve.py [port]`."""

import http.server
import sys
from pathlib import Path

HERE = Path(__file__).parent
BUILT = HERE.parents[1] / "static"


class Handler(http.server.SimpleHTTPRequestHandler):
    """The page's own files, and the widget where the hub has it."""

    def translate_path(self, path: str) -> str:
        """Map an address to a file."""
        name = path.partition("?")[0].removeprefix("/")
        if name.startswith("chat/"):
            return str(BUILT / Path(name).name)
        return str(HERE / (Path(name).name or "index.html"))


if __name__ == "__main__":
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8377
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
