"""Start the shared hostile server, with the one document added that its published part redirects to and lacks.

    python shared_server.py <path of hostile_server.py> <the server's own arguments>

Several redirect and TLS cases end at /feed/xml-atom. Where the server knows that case, nothing is added.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

TARGET = "xml-atom"
ATOM = (
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Target</title>'
    "<id>urn:target</id><updated>2026-09-20T08:00:00Z</updated><entry><title>One</title><id>urn:one</id>"
    '<updated>2026-09-20T08:00:00Z</updated><link href="{link}"/></entry></feed>'
)


def main(path: str) -> None:
    spec = importlib.util.spec_from_file_location("shared_hostile_server", path)
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if f"/feed/{TARGET}" not in module.CASES:

        def serve(context: Any) -> None:
            context.feed(ATOM.format(link=context.url("/a/1")), "application/atom+xml")

        module.CASES[f"/feed/{TARGET}"] = module.Case(TARGET, f"/feed/{TARGET}", "", "feed", "", "", "", serve, 15, 20)
    sys.argv = [path, *sys.argv[2:]]
    module.main()


if __name__ == "__main__":
    main(sys.argv[1])
