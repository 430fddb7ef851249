"""The only code that talks to Postgres: connections, migrations and the named statements of sql/queries."""

from newswire.storage.database import Database, DatabaseUnreachable, json_rows
from newswire.storage.migrations import migrate, pending

__all__ = ["Database", "DatabaseUnreachable", "json_rows", "migrate", "pending"]
