"""Pages of which page builders keep the text in their state, for the tests of reading it."""

from __future__ import annotations

import json
from typing import Any

URL = "https://outlet.example/2026/03/harbour-wall"
TITLE = "Larkport repairs its harbour wall"
SENTENCES = [
    "The council of Larkport approved the budget for the harbour wall on Monday, after a debate of three hours.",
    "Work begins in April and will take two summers, said the harbour master, who asked boats to keep clear of it.",
    "The wall was built in 1874 and last repaired after the storm of 1953, when a third of it fell into the sea.",
    "Nineteen of thirty members voted for the plan; the others had asked for a cheaper wall of loose stones.",
]
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
ARTICLE = {"title": TITLE, "url": "/2026/03/harbour-wall", "body": BODY, "author": {"name": "Dora Quill"}}


def shell(*scripts: str, title: str = "Larkport Post", head: str = "", body: str = "") -> bytes:
    return (
        f"<html lang=en><head><title>{title}</title>{head}</head><body><div id=root></div>{body}"
        + "".join(scripts)
        + "</body></html>"
    ).encode("utf-8", "surrogatepass")


def code(script: str) -> str:
    return f"<script>{script}</script>"


def data(value: Any) -> str:
    return as_json(json.dumps(value).replace("<", "\\u003c"), "state")


def as_json(text: str, name: str = "") -> str:
    return f'<script type="application/json" id="{name}">{text}</script>'
