"""Migrations: the numbered, forward-only SQL files of sql/migrations, applied once each, in order.

yoyo-migrations keeps the record (table _yoyo_migration) and a lock, so that two starts at once do not collide. It was
preferred to Alembic because its migrations are plain SQL files, which a database administrator can read and review.
"""

from __future__ import annotations

import logging
from pathlib import Path

import psycopg2
import yoyo

from newswire.storage.database import DatabaseUnreachableError, connect, first_line

logging.getLogger("yoyo.migrations").setLevel(logging.WARNING)


def pending(url: str, sql_dir: Path) -> list[str]:
    """Names of the migrations that the database does not have yet."""
    with _backend(url) as backend:
        return [m.id for m in backend.to_apply(yoyo.read_migrations(str(sql_dir / "migrations")))]


def migrate(url: str, sql_dir: Path) -> list[str]:
    """Bring the database up to date and set the roles' rights. Returns the names of the migrations applied.

    Raises:
        DatabaseUnreachableError: Postgres does not answer, or the user may not create schemas and roles.
    """
    applied = []
    with _backend(url) as backend:
        migrations = yoyo.read_migrations(str(sql_dir / "migrations"))
        with backend.lock():
            todo = backend.to_apply(migrations)
            applied = [m.id for m in todo]
            backend.apply_migrations(todo)
    try:
        with connect(url) as connection, connection.cursor() as cursor:
            cursor.execute((sql_dir / "roles.sql").read_text(encoding="utf-8"))
            cursor.execute("select news.ensure_partitions((now() at time zone 'UTC')::date, 3)")
    except psycopg2.errors.InsufficientPrivilege as error:
        raise DatabaseUnreachableError(f"roles.sql needs a user that may create roles: {first_line(error)}") from None
    return applied


class _backend:  # noqa: N801 - a context manager that reads as a function
    """yoyo's backend, with its errors turned into one line, closed at the end."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> yoyo.backends.DatabaseBackend:
        try:
            connect(self._url).close()
        except psycopg2.OperationalError as error:
            raise DatabaseUnreachableError(first_line(error)) from None
        self._backend = yoyo.get_backend(self._url.replace("postgres://", "postgresql://", 1))
        return self._backend

    def __exit__(self, *_: object) -> None:
        self._backend.connection.close()
