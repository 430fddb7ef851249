"""A small outlet on this machine, whose documents a test writes and changes as it goes on."""

from __future__ import annotations

import http.server
import threading
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from newswire.catalogue import Catalogue, FeedRow, OutletRow, sync
from newswire.config import load
from newswire.pipeline.context import Selection
from newswire.pipeline.ingest import ingest
from newswire.pipeline.runs import Report

TEXT = (
    "The minister of transport resigned on Tuesday after the audit office published its report on the northern line. "
    "Four bridges had been paid for twice, the auditors wrote, and two of them were never built. The government named "
    "her deputy as acting minister and promised to answer questions in parliament on Thursday. Opposition leaders asked "
    "for a committee of inquiry; the prime minister said that the courts should do their work first. Contracts for the "
    "remaining section are on hold until the new year, and the city expects the trams to run two years later than planned."
)


class Site:
    """Documents by path, each with an ETag."""

    def __init__(self) -> None:
        self.documents: dict[str, tuple[str, str]] = {}
        self.redirects: dict[str, str] = {}
        self.asked: list[tuple[str, int]] = []
        """Path and status of every answer, in turn."""
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                kind, body = site.documents.get(self.path, ("text/plain", ""))
                etag = f'"{zlib.crc32(body.encode()):x}"'
                if self.path in site.redirects:
                    self.answer(301, b"", Location=site.redirects[self.path])
                elif body and self.headers.get("If-None-Match") == etag:
                    self.answer(304, b"", ETag=etag)
                elif body:
                    self.answer(200, body.encode(), ETag=etag, **{"Content-Type": f"{kind}; charset=utf-8"})
                else:
                    self.answer(404, b"")

            def answer(self, status: int, body: bytes, **headers: str) -> None:
                site.asked.append((self.path, status))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                return

        self.server = http.server.ThreadingHTTPServer(("127.0.0.3", 0), Handler)
        self.base = f"http://127.0.0.3:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def article(self, path: str, title: str, text: str = TEXT) -> None:
        paragraphs = "".join(f"<p>{part}.</p>" for part in text.rstrip(".").split(". "))
        head = f"<!doctype html><html lang=en><head><title>{title}</title></head>"
        page = f"{head}<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        self.documents[path] = ("text/html", page)

    def feed(self, path: str, *links: str) -> None:
        items = "".join(
            f"<item><title>Story at {link[-20:]}</title><link>{self.base}{link.replace('&', '&amp;')}</link></item>"
            for link in links
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>{items}</channel></rss>'
        self.documents[path] = ("application/rss+xml", feed)


@pytest.fixture
def site() -> Iterator[Site]:
    """An empty one."""
    made = Site()
    yield made
    made.server.shutdown()
    made.server.server_close()


def run(database: Any, site: Site, *feeds: str, **more: Any) -> Report:
    """Ingest what these feeds list; `more` are settings."""
    rows = tuple(FeedRow("Outlet", site.base + feed, "127.0.0.3") for feed in feeds)
    sync(database, Catalogue((OutletRow("Outlet"),), rows, ()), remove=True)
    settings = load(
        {}, database_url=database.url, allowed_networks=("127.0.0.3/32",), allowed_ports=(site.server.server_port,),
        min_gap=0.0, extract_workers=1, **more,
    )  # fmt: skip
    return ingest(database, settings, Selection(), trigger="test", force=True)
