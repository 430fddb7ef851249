"""The only code that talks to Postgres: connections, migrations and the named statements of sql/queries."""

from newswire.storage.database import Database, DatabaseUnreachableError, json_rows
from newswire.storage.migrations import migrate, pending

__all__ = ["Database", "DatabaseUnreachableError", "json_rows", "migrate", "pending"]
