"""A run's two ends: what is due (plan), and its line of the ledger (report). Light to import: every task begins here."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import Any

import psycopg2.extras

from newswire import __version__
from newswire.config import Settings
from newswire.pipeline.context import Selection
from newswire.storage import Database

log = logging.getLogger(__name__)

MONTHS_AHEAD = 3
"""Partitions made ahead: a maintenance DAG that is broken for two months still loses nothing."""

STUCK_AFTER = "6 hours"
"""Work that is due for so long, with a run every ten minutes, needs a person."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run has to do: the shards with feeds to poll, and the URLs due per station."""

    run_id: int
    shards: tuple[int, ...]
    feeds_due: int
    work_due: dict[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """The ledger line of a run, and the ledger of the whole database."""

    run_id: int
    listed: int
    published: int
    skipped: dict[str, int]
    failed: dict[str, int]
    pending: dict[str, int]
    polls: dict[str, int]
    ledger: dict[str, Any]
    stuck: list[dict[str, Any]]

    @property
    def note(self) -> str | None:
        """Where a person must look, in words; None when nowhere."""
        notes = []
        if not self.ledger["adds_up"]:
            notes.append(f"the ledger does not add up: {self.ledger}")
        notes += [f"{s['urls']} URLs wait for {s['stage']} since {s['oldest']}" for s in self.stuck]
        return "; ".join(notes) or None


def plan(
    database: Database,
    settings: Settings,
    selection: Selection,
    *,
    trigger: str,
    external_id: str | None = None,
    force: bool = False,
) -> Plan:
    """Open a run and see what is due. Idempotent by `external_id`."""
    sql = database.sql
    params = psycopg2.extras.Json({**asdict(selection), "force": force})

    def work(connection: Any) -> Plan:
        sql.ensure_partitions(connection, months=MONTHS_AHEAD)
        run_id = sql.start_run(connection, trigger=trigger, external_id=external_id, params=params, version=__version__)
        outlets, feeds = selection.outlet_list, selection.feed_list
        if force:
            sql.make_feeds_due(connection, outlets=outlets, feeds=feeds)
        due = list(sql.shards_with_due_feeds(connection, shards=settings.shards, outlets=outlets, feeds=feeds))
        waiting = {row.stage: row.urls for row in sql.work_due(connection)}
        return Plan(run_id, tuple(row.shard for row in due), sum(row.due for row in due), waiting)

    planned = database.run(work)
    log.info("run %d: %d feeds due; waiting: %s", planned.run_id, planned.feeds_due, planned.work_due or "nothing")
    return planned


def report(database: Database, run_id: int) -> Report:
    """Close the run with its ledger line."""
    sql = database.sql

    def work(connection: Any) -> Report:
        counts: dict[str, dict[str, int]] = {"listed": {}, "published": {}, "skipped": {}, "failed": {}, "pending": {}}
        for row in sql.run_counts(connection, run_id=run_id):
            counts[row.what][row.reason or ""] = row.urls
        polls = {
            f"{row.outcome}{': ' + row.reason if row.reason else ''}": row.polls
            for row in sql.run_polls(connection, run_id=run_id)
        }
        check = sql.ledger_check(connection)
        stuck = [
            {"stage": row.stage, "reason": row.reason, "urls": row.urls, "oldest": row.oldest.isoformat()}
            for row in sql.stuck_work(connection, older_than=STUCK_AFTER)
        ]
        result = Report(
            run_id=run_id,
            listed=sum(counts["listed"].values()),
            published=sum(counts["published"].values()),
            skipped=counts["skipped"],
            failed=counts["failed"],
            pending=counts["pending"],
            polls=polls,
            ledger=check._asdict(),
            stuck=stuck,
        )
        status = "finished" if check.adds_up else "failed"
        sql.finish_run(
            connection,
            run_id=run_id,
            status=status,
            counts=psycopg2.extras.Json(asdict(result)),
            note=result.note,
        )
        return result

    return database.run(work)
