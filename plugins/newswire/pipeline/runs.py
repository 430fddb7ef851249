"""A run's two ends: what is due (plan), and its line of the ledger (report). Light to import: every task begins here."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import psycopg2.extras

from newswire import __version__
from newswire.config import Settings
from newswire.pipeline.context import Selection, SelectionError
from newswire.pipeline.findings import Facts, Finding, Polls, findings
from newswire.storage import Database
from newswire.text import printable

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
    findings: tuple[Finding, ...]

    @property
    def note(self) -> str | None:
        """What a person should read, in words; None when nothing."""
        return "; ".join(finding.words for finding in self.findings) or None

    @property
    def person(self) -> bool:
        """Whether a person must look: then the run counts as failed."""
        return any(finding.person for finding in self.findings)


def plan(
    database: Database,
    settings: Settings,
    selection: Selection,
    *,
    trigger: str,
    external_id: str | None = None,
    force: bool = False,
) -> Plan:
    """Open a run and see what is due. Idempotent by `external_id`.

    Raises:
        SelectionError: the database knows no such outlet or feed; no run is opened.
    """
    sql = database.sql
    params = psycopg2.extras.Json({**asdict(selection), "force": force})

    def work(connection: Any) -> Plan:
        unknown = sql.unknown_names(connection, outlets=list(selection.outlets), feeds=list(selection.feeds))
        if wrong := [f"{row.what} {printable(row.name)!r}" for row in unknown]:
            raise SelectionError(f"the catalogue has no {', no '.join(wrong)}; news.feed_health shows all names")
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


def report(database: Database, run_id: int, failed_stations: Sequence[str] = ()) -> Report:
    """Close the run with its ledger line. `failed_stations` are those that its caller saw fail."""
    sql = database.sql

    def work(connection: Any) -> Report:
        counts: dict[str, dict[str, int]] = {"listed": {}, "published": {}, "skipped": {}, "failed": {}, "pending": {}}
        for row in sql.run_counts(connection, run_id=run_id):
            counts[row.what][row.reason or ""] = row.urls
        polls = tuple(Polls(row.outcome, row.reason, row.polls) for row in sql.run_polls(connection, run_id=run_id))
        reach = sql.run_reach(connection, run_id=run_id)
        check = sql.ledger_check(connection)
        stuck = [
            {"stage": row.stage, "reason": row.reason, "urls": row.urls, "oldest": row.oldest.isoformat()}
            for row in sql.stuck_work(connection, older_than=STUCK_AFTER)
        ]
        facts = Facts(
            polls=polls,
            hosts_lost=reach.hosts_lost,
            feeds_well=reach.feeds_well,
            feeds_failing=reach.feeds_failing,
            ledger=None if check.adds_up else check._asdict(),
            stuck=stuck,
            failed_stations=tuple(failed_stations),
        )
        result = Report(
            run_id=run_id,
            listed=sum(counts["listed"].values()),
            published=sum(counts["published"].values()),
            skipped=counts["skipped"],
            failed=counts["failed"],
            pending=counts["pending"],
            polls={str(poll): poll.count for poll in polls},
            ledger=check._asdict(),
            stuck=stuck,
            findings=findings(facts),
        )
        sql.finish_run(
            connection,
            run_id=run_id,
            status="failed" if result.person else "finished",
            counts=psycopg2.extras.Json(asdict(result)),
            note=result.note,
        )
        return result

    return database.run(work)
