"""What all tests share: an embedded Postgres, a fresh migrated database per test, the sample newsroom."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("NEWSWIRE_SHARED", ROOT.parent / "shared"))
_numbers = itertools.count()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and test servers beside the project; a test that needs it is skipped without it."""
    if not (SHARED / "README.md").exists():
        pytest.skip(f"needs the real data, which are not in {SHARED} (set NEWSWIRE_SHARED)")
    return SHARED


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A real Postgres for the session.

    Not in pytest's own temporary folder: that is closed to others, and as root the server runs as another user.
    """
    from newswire.local.postgres import EmbeddedPostgres

    with tempfile.TemporaryDirectory(prefix="newswire-pg-", ignore_cleanup_errors=True) as folder:
        server = EmbeddedPostgres(Path(folder) / "data", durable=False)
        server.start()
        yield server
        server.stop()


@pytest.fixture(scope="session")
def template(postgres: Any) -> str:
    """A migrated database, to be copied for each test: a copy takes a tenth of a migration's time."""
    from newswire.storage import migrate

    migrate(postgres.create_database("template_newswire"), ROOT / "sql")
    return "template_newswire"


@pytest.fixture
def database_url(postgres: Any, template: str) -> str:
    """The URL of a fresh migrated database."""
    return str(postgres.create_database(f"test_{next(_numbers)}", template=template))


@pytest.fixture
def database(database_url: str) -> Iterator[Any]:
    """The same, opened."""
    from newswire.storage import Database

    with Database(database_url, ROOT / "sql", patience=30) as opened:
        yield opened


@dataclass
class Newsroom:
    """The sample newsroom in a process of its own."""

    process: subprocess.Popen[str]
    facts: dict[str, Any]

    @property
    def port(self) -> int:
        return int(self.facts["port"])

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"http://127.0.0.2:{self.port}/__newsroom/{path}", timeout=30) as response:
            body = response.read()
        return json.loads(body) if path.endswith(("json", "stats")) else body

    def advance(self) -> None:
        request = urllib.request.Request(f"http://127.0.0.2:{self.port}/__newsroom/advance", b"", method="POST")
        urllib.request.urlopen(request, timeout=30).close()

    def expected(self) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = self.get("expected.json")
        return answer

    def settings(self, url: str, **more: Any) -> Any:
        from newswire.config import load

        return load(
            {}, database_url=url, allowed_networks=("127.0.0.0/8",), allowed_ports=(self.port,), min_gap=0.02, **more
        )


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A newsroom in its first edition."""
    yield from start_newsroom()


def start_newsroom() -> Iterator[Newsroom]:
    """A newsroom that ends with the loop over it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "newswire.newsroom", "--port", "0", "--max-seconds", "1800"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )
    assert process.stdout is not None
    try:
        yield Newsroom(process, json.loads(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def catalogue_of(tmp_path: Path) -> Any:
    """Write a newsroom's catalogue to a file."""

    def write(newsroom: Newsroom) -> Path:
        path = tmp_path / "catalogue.csv"
        path.write_bytes(newsroom.get("catalogue.csv"))
        return path

    return write
