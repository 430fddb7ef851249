"""Connections, transactions and the named statements of sql/queries.

Every unit of work is one transaction, written so that running it twice is the same as running it once (it checks what
it is about to change). So a lost connection — a restarted Postgres, a failover — is answered by running it again.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import aiosql
import psycopg2
import psycopg2.errors
import psycopg2.extensions
import psycopg2.extras

T = TypeVar("T")
log = logging.getLogger(__name__)

PATIENCE = 120.0
"""Seconds for which a unit of work is tried again when Postgres is away: a restart with crash recovery takes less."""

STATEMENT_TIMEOUT = "15min"
"""No statement of the pipeline takes minutes; one that does is stuck, and its task should fail visibly."""


class DatabaseUnreachableError(Exception):
    """Postgres does not answer, or refuses us. The message is one line without the password."""


@cache
def queries(folder: Path) -> Any:
    """The named statements of every .sql file in `folder` (aiosql; psycopg2 paramstyle)."""
    return aiosql.from_path(folder, "psycopg2")


class Database:
    """A Postgres database with one connection per thread, opened when needed and reopened when lost."""

    def __init__(self, url: str, sql_dir: Path, *, patience: float = PATIENCE, application: str = "newswire") -> None:
        self.url = url
        self.sql = queries(sql_dir / "queries")
        self._patience = patience
        self._application = application
        self._reached = False
        self._local = threading.local()
        self._lock = threading.Lock()
        self._open: set[psycopg2.extensions.connection] = set()

    def run(self, work: Callable[[psycopg2.extensions.connection], T]) -> T:
        """Run `work(connection)` in one transaction and return its result; again after a lost connection.

        A database that was never reached is not waited for: its address is more likely wrong than its server away.

        Raises:
            DatabaseUnreachableError: Postgres stayed away for longer than the patience of this object.
        """
        deadline = time.monotonic() + self._patience
        pause = 0.1
        while True:
            try:
                connection = self._connection()
                self._reached = True
                with connection:
                    return work(connection)
            except psycopg2.Error as error:
                if not _passing(error):
                    raise
                self._forget()
                hopeless = isinstance(error, psycopg2.errors.QueryCanceled) or not self._reached
                if hopeless or time.monotonic() > deadline:
                    raise DatabaseUnreachableError(first_line(error)) from None
                log.warning("database: %s; trying again in %.1f s", first_line(error), pause)
                time.sleep(pause)
                pause = min(pause * 2, 5.0)

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            connections, self._open = self._open, set()
        for connection in connections:
            connection.close()
        self._local = threading.local()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _connection(self) -> psycopg2.extensions.connection:
        connection: psycopg2.extensions.connection | None = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = connect(self.url, self._application)
            self._local.connection = connection
            with self._lock:
                self._open.add(connection)
        return connection

    def _forget(self) -> None:
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            with self._lock:
                self._open.discard(connection)
            connection.close()


def connect(url: str, application: str = "newswire") -> psycopg2.extensions.connection:
    """Open a connection in UTC with the pipeline's guards set.

    Raises:
        psycopg2.OperationalError: Postgres does not answer or refuses.
    """
    return psycopg2.connect(
        url,
        application_name=application,
        cursor_factory=psycopg2.extras.NamedTupleCursor,
        connect_timeout=10,
        options=f"-c timezone=UTC -c statement_timeout={STATEMENT_TIMEOUT} -c idle_in_transaction_session_timeout=5min",
    )


def _passing(error: psycopg2.Error) -> bool:
    """Whether running again may help: a lost connection, a restarting server, a deadlock.

    libpq reports a connection that broke in the middle of a statement as a plain DatabaseError without a code. A value
    that is too large for Postgres (class 54) is an OperationalError for psycopg2, and too large each time.
    """
    if isinstance(error, psycopg2.errors.ProgramLimitExceeded):
        return False
    return isinstance(error, (psycopg2.OperationalError, psycopg2.InterfaceError)) or (
        type(error) is psycopg2.DatabaseError and error.pgcode is None
    )


def first_line(error: BaseException) -> str:
    """The first line of an error, for a one-line message (libpq never prints the password)."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def json_rows(rows: list[dict[str, Any]]) -> psycopg2.extras.Json:
    """Rows as one JSON parameter, to be spread by jsonb_to_recordset: one statement, one round trip, any number of rows.

    What Postgres cannot store in text (NUL, lone surrogates) is removed here at the latest, so that no text from the
    web can fail a whole chunk.
    """
    written = json.dumps(rows, ensure_ascii=False, default=_plain)
    if "\\u0000" in written or not _encodable(written):
        written = json.dumps(_storable(rows), ensure_ascii=False, default=_plain)
    return psycopg2.extras.Json(rows, dumps=lambda _: written)


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "ignore").decode()
    if isinstance(value, Mapping):
        return {_storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_storable(item) for item in value]
    return value


def _plain(value: Any) -> Any:
    """JSON for what json does not know: times, and the tuples and sets of frozen values."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, tuple)):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"cannot write {type(value).__name__} as JSON")
