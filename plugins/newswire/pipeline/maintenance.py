"""Keeping the database in shape: partitions ahead, old bulk let go, statistics fresh."""

from __future__ import annotations

import logging
from typing import Any

from newswire.config import Settings
from newswire.pipeline.runs import MONTHS_AHEAD
from newswire.storage import Database

log = logging.getLogger(__name__)

BODIES_PER_STATEMENT = 2000
"""Small transactions, so that ingestion never waits behind retention."""


def make_partitions(_: Settings, database: Database) -> int:
    """Make the partitions of the coming months. Returns how many were missing."""
    made: int = database.run(lambda c: database.sql.ensure_partitions(c, months=MONTHS_AHEAD))
    return made


def apply_retention(settings: Settings, database: Database) -> dict[str, int]:
    """Remove bodies of pages and records of polls older than the retention. Returns what was removed."""
    sql, days = database.sql, settings.page_retention_days
    bodies = 0
    while removed := database.run(lambda c: sql.drop_old_bodies(c, days=days, most=BODIES_PER_STATEMENT)):
        bodies += removed
    polls = database.run(lambda c: sql.drop_old_polls(c, days=days))
    robots = database.run(lambda c: sql.drop_old_robots(c))
    tdm_files = database.run(lambda c: sql.drop_old_tdm_files(c))
    hosts = database.run(lambda c: sql.drop_idle_hosts(c))
    removed_rows = {"page_bodies": bodies, "polls": polls, "robots": robots, "tdm_files": tdm_files, "hosts": hosts}
    log.info("retention of %d days removed %s", days, removed_rows)
    return removed_rows


def refresh_statistics(_: Settings, database: Database) -> dict[str, Any]:
    """Refresh the planner's statistics. Returns table sizes in megabytes."""
    database.run(lambda c: database.sql.refresh_statistics(c))
    sizes = {row.name: row.megabytes for row in database.run(lambda c: list(database.sql.table_sizes(c)))}
    for name, megabytes in sizes.items():
        log.info("%-24s %8.1f MB", name, megabytes)
    return sizes
