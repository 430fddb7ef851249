"""Fetch: the pages of due URLs, politely, into the raw archive."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

import psycopg2
import zstandard

from newswire.fetching import Failure, Kind, Request, Response
from newswire.ledger import Fate, Reason, State
from newswire.pipeline.context import Context
from newswire.pipeline.decisions import Move, Standing, after_failure, at_rest, give_up
from newswire.pipeline.hosts import Station, drain, owner_name, started
from newswire.pipeline.leases import LeaseGate, claim_hosts
from newswire.pipeline.origins import polite_client
from newswire.pipeline.writing import fault
from newswire.storage import json_rows

log = logging.getLogger(__name__)

PER_HOST = 50
"""URLs of one host per claim: long enough to use a connection well, short enough that hosts are shared fairly."""

ZSTD_LEVEL = 6
"""Half a millisecond for a page, and about 8 % smaller than the default level; higher levels cost more than they save."""


@dataclass(frozen=True, slots=True)
class DueUrl:
    """A URL to fetch, with the validators of the page that we have of it."""

    url_id: int
    url: str
    standing: Standing
    etag: str | None
    last_modified: str | None
    body_hash: str | None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A due URL and what became of it: a page to archive, or a move in the ledger."""

    due: DueUrl
    page: dict[str, Any] | None
    body: bytes | None
    move: Move | None


def fetch(context: Context) -> int:
    """Fetch what is due in this shard, within the time of the context. Returns how many URLs were asked for."""
    return asyncio.run(_fetch(context))


async def _fetch(context: Context) -> int:
    settings, database = context.settings, context.database
    owner = owner_name()
    budget = [context.selection.limit if context.selection.limit is not None else 2**62]
    began = started(database)
    with ThreadPoolExecutor(max_workers=3, thread_name_prefix="fetch-db") as executor:
        gate = LeaseGate(database, owner, executor)
        async with polite_client(settings, database, gate, executor) as client:

            def claim(n: int) -> Sequence[Any]:
                if budget[0] <= 0:
                    return []

                def claimed(connection: Any) -> Sequence[Any]:
                    due = database.sql.hosts_to_fetch(
                        connection,
                        shards=context.shards,
                        shard=context.shard,
                        outlets=context.selection.outlet_list,
                        hosts=n,
                        as_of=began,
                    )
                    return claim_hosts(connection, database.sql, owner, [row.host for row in due])

                return database.run(claimed)

            def work(hosts: Sequence[str]) -> Mapping[str, Sequence[DueUrl]]:
                rows = database.run(
                    lambda c: list(
                        database.sql.urls_to_fetch(
                            c, hosts=list(hosts), outlets=context.selection.outlet_list, per_host=PER_HOST, as_of=began
                        )
                    )
                )
                due: dict[str, list[DueUrl]] = defaultdict(list)
                for row in rows[: max(0, budget[0])]:
                    due[row.host].append(_due_url(row))
                budget[0] -= len(rows)
                return due

            async def ask(due: DueUrl) -> Fetched:
                answer = await client.fetch(Request(due.url, Kind.PAGE, etag=due.etag, last_modified=due.last_modified))
                return decide(due, answer, settings.max_attempts, datetime.now(UTC))

            station = Station(claim, work, ask, lambda chunk: _write(context, chunk), quarantined, unwritable)
            return await drain(
                station,
                gate,
                executor,
                hosts_at_once=settings.hosts_at_once,
                gap=settings.min_gap,
                name="fetch",
                seconds=context.seconds,
            )


def quarantined(due: DueUrl, error: Exception) -> Fetched:
    """A URL that found a fault of ours, for a person to look at."""
    return Fetched(due, None, None, give_up(due.standing, Reason.CRASHED, fault(error)))


def unwritable(fetched: Fetched, error: Exception) -> Fetched:
    """The same, for a page that Postgres refuses."""
    return quarantined(fetched.due, error)


def decide(due: DueUrl, answer: Response | Failure, max_attempts: int, now: datetime) -> Fetched:
    """What an answer means for its URL: archive a page, or move the URL. Pure but for the compression."""
    if isinstance(answer, Failure):
        move = after_failure(
            due.standing,
            answer.reason,
            answer.fate,
            answer.detail,
            now=now,
            max_attempts=max_attempts,
            retry_after=answer.retry_after,
        )
        return Fetched(due, None, None, move)
    if answer.is_not_modified or (answer.body_hash == due.body_hash and due.standing.state is State.PUBLISHED):
        if due.body_hash is None:
            move = after_failure(
                due.standing,
                Reason.PROTOCOL,
                Fate.RETRY,
                "304 without a stored page",
                now=now,
                max_attempts=max_attempts,
            )
            return Fetched(due, None, None, move)
        # Unchanged. A URL that is not published yet goes on from the page that we have.
        published = due.standing.state is State.PUBLISHED
        unchanged = Move(State.PUBLISHED) if published else Move(State.PENDING, "extract")
        return Fetched(due, None, None, replace(unchanged, visited=True))
    page = {
        "url_id": due.url_id,
        "fetched_at": answer.fetched_at,
        "final_url": answer.final_url,
        "http_status": answer.status,
        "content_type": answer.content_type,
        "headers": _header_map(answer),
        "redirects": [[hop.status, hop.url] for hop in answer.redirects],
        "signals": {**asdict(answer.signals), "downgraded": answer.downgraded, "address": answer.address},
        "etag": answer.etag,
        "last_modified": answer.last_modified,
        "body_hash": answer.body_hash,
        "body_bytes": len(answer.body),
        "wire_bytes": answer.wire_bytes,
        "elapsed_ms": round(answer.elapsed * 1000),
    }
    return Fetched(due, page, zstandard.ZstdCompressor(level=ZSTD_LEVEL).compress(answer.body), None)


def _header_map(answer: Response) -> dict[str, list[str]]:
    return {name: list(answer.headers.all(name)) for name, _ in answer.headers}


def _due_url(row: Any) -> DueUrl:
    standing = Standing(State(row.state), "fetch", row.attempts, row.first_listed_at)
    return DueUrl(row.url_id, row.fetch_url, standing, row.etag, row.last_modified, row.body_hash)


def _write(context: Context, chunk: Sequence[Fetched]) -> None:
    """Archive the pages of a chunk and move its URLs, in one transaction. Doing it twice changes nothing more."""
    sql = context.database.sql
    pages = [f for f in chunk if f.page is not None]
    moved = [(f.due.url_id, f.move) for f in chunk if f.move is not None]
    rows = json_rows([{"n": n, **f.page} for n, f in enumerate(pages, 1) if f.page is not None])
    bodies = [psycopg2.Binary(f.body) for f in pages]

    def work(connection: Any) -> None:
        if pages:
            list(sql.insert_pages(connection, rows=rows, bodies=bodies, run_id=context.run_id))
        settle(connection, context, moved, "fetch")

    context.database.run(work)


def settle(connection: Any, context: Context, moves: Sequence[tuple[int, Move]], stage: str) -> None:
    """Write moves into the ledger; published articles get the time of their next visit."""
    if not moves:
        return
    sql = context.database.sql
    published = [url_id for url_id, move in moves if move.state is State.PUBLISHED]
    ages = {row.url_id: row.age for row in sql.published_ages(connection, url_ids=published)} if published else {}
    revisit_hours = context.settings.revisit_hours
    moves = [(u, at_rest(move, age=ages.get(u, 0.0), revisit_hours=revisit_hours)) for u, move in moves]
    rows = [
        {
            "url_id": url_id,
            "state": move.state,
            "reason": None if move.gone else move.reason,
            "detail": move.detail,
            "stage": move.stage,
            "due_in": move.due_in,
            "attempts": move.attempts,
            "visited": move.visited,
        }
        for url_id, move in moves
    ]
    list(sql.settle_urls(connection, rows=json_rows(rows), stage=stage, run_id=context.run_id))
    gone = [{"url_id": url_id, "reason": move.reason} for url_id, move in moves if move.gone]
    if gone:
        sql.mark_gone(connection, rows=json_rows(gone))
