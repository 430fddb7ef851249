"""Run the product's own command against a hostile server and read back what its ledger says.

Used by test_ledger.py: `newswire ingest --catalogue … --database … --once --json --details` in a process of its own,
watched for memory and for processes that it leaves behind.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import psycopg2
import psycopg2.extras

from hostile.memory import kilobytes

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 240
"""Seconds that one run of the command may take."""


@dataclass
class Ingest:
    """One run of the command: what it printed, what it used, what it left."""

    exit_code: int
    ledger: dict[str, Any]
    errors: str
    seconds: float
    peak_mb: float
    """Most memory of the fetching process itself."""
    peak_tree_mb: float
    """Most memory of all its processes together, shared pages counted once (PSS)."""
    left_running: list[int]


@dataclass
class Product:
    """The command with the options of one hostile server, and the database that it writes."""

    database_url: str
    folder: Path
    options: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    runs: list[Ingest] = field(default_factory=list)

    def ingest(self, feeds: Iterable[tuple[str, str]], *more: str) -> Ingest:
        """Poll these feeds, given as (outlet, address), and all that follows from them."""
        catalogue = self.folder / f"catalogue-{len(self.runs)}.csv"
        with catalogue.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(("outlet", "feed_url"))
            rows.writerows(feeds)
        command = [sys.executable, "-m", "newswire", "ingest", "--catalogue", str(catalogue), "--database"]
        command += [self.database_url, "--once", "--json", "--details", *self.options, *more]
        run = _run(command, dict(os.environ) | {"PYTHONPATH": str(ROOT / "plugins")} | dict(self.environment))
        self.runs.append(run)
        return run

    def rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        """The rows of a query. A statement that returns none is carried out as well."""
        connection = psycopg2.connect(self.database_url, cursor_factory=psycopg2.extras.RealDictCursor)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(query, values)
                return [dict(row) for row in cursor.fetchall()] if cursor.description else []
        finally:
            connection.close()


def _run(command: list[str], environment: dict[str, str]) -> Ingest:
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    watch = _Watch(process.pid)
    watch.start()
    try:
        output, errors = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        _, errors = process.communicate()
        raise AssertionError(f"the command did not end within {PATIENCE} s: {errors[-2000:]}") from None
    finally:
        watch.done.set()
        watch.join()
    seconds = time.monotonic() - started
    ledger = json.loads(output) if output.strip().startswith("{") else {}
    patience = time.monotonic() + 20
    while (left := session_members(process.pid)) and time.monotonic() < patience:
        time.sleep(0.2)  # a pool's last process may take a moment to end
    return Ingest(process.returncode, ledger, errors, seconds, watch.peak / 1024, watch.peak_tree / 1024, left)


class _Watch(threading.Thread):
    """Look at the memory of a process and its descendants, several times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.done = threading.Event()
        self.peak = 0
        self.peak_tree = 0

    def run(self) -> None:
        while not self.done.wait(0.25):
            self.peak = max(self.peak, kilobytes(self._pid, "status", "VmHWM:"))
            tree = sum(kilobytes(pid, "smaps_rollup", "Pss:") for pid in session_members(self._pid))
            self.peak_tree = max(self.peak_tree, tree)


def session_members(session: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session and fields[0] != "Z":
            found.append(int(entry.name))
    return found


class OwnFeeds:
    """A well-behaved server of feeds that list given addresses. One outlet's feed per name: `/NAME.xml`."""

    def __init__(self, address: str) -> None:
        self.feeds: dict[str, list[str]] = {}
        self.version = 1
        feeds = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                links = feeds.feeds.get(self.path.removeprefix("/").removesuffix(".xml"))
                body = _rss(links, feeds.version) if links is not None else b""
                self.send_response(200 if links is not None else 404)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((address, 0), Handler)
        self.port = self._server.server_address[1]
        self._base = f"http://{address}:{self.port}"

    def url(self, name: str) -> str:
        return f"{self._base}/{name}.xml"

    def __enter__(self) -> OwnFeeds:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _rss(links: Sequence[str], version: int) -> bytes:
    items = "".join(
        f"<item><title>Listed {number}, version {version}</title><link>{escape(link)}</link>"
        f'<guid isPermaLink="false">{escape(link)}</guid></item>'
        for number, link in enumerate(links)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Own</title>{items}</channel></rss>'.encode()
