"""What origins permit, kept in Postgres: each robots.txt and tdmrep.json is asked for once for all workers and runs.

Both are `newswire.fetching.OriginStore`s: whether a record is still fresh is the client's question.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Executor
from dataclasses import asdict
from typing import Any

import psycopg2
import psycopg2.extras

from newswire.config import Settings
from newswire.fetching import Client, HostGate, MemoryStore, RobotsRecord, RobotsState, TdmRecord, TdmRule
from newswire.ledger import Reason
from newswire.pipeline.policy import policy
from newswire.storage import Database
from newswire.text import one_line


def polite_client(settings: Settings, database: Database, gate: HostGate, executor: Executor) -> Client:
    """A worker's client: the deployment's policy, and what is known of origins in the database."""
    robots, reservations = DatabaseRobots(database, executor), DatabaseReservations(database, executor)
    return Client(policy(settings), gate=gate, robots=robots, reservations=reservations)


class DatabaseRobots:
    """The robots.txt of every origin."""

    def __init__(self, database: Database, executor: Executor) -> None:
        self._database = database
        self._executor = executor
        self._near = MemoryStore[RobotsRecord]()

    async def get(self, origin: str) -> RobotsRecord | None:
        """The record of an origin, from this worker's memory or the database."""
        near = await self._near.get(origin)
        if near is not None:
            return near
        row = await _run(self._executor, self._database, lambda c: self._database.sql.get_robots(c, origin=origin))
        if row is None:
            return None
        record = RobotsRecord(
            row.origin,
            RobotsState(row.state),
            bytes(row.body),
            row.fetched_at,
            row.expires_at,
            row.good_at,
            row.detail,
            Reason(row.reason) if row.reason else None,
        )
        await self._near.put(origin, record)
        return record

    async def put(self, origin: str, record: RobotsRecord) -> None:
        """Keep what an origin answered."""
        await self._near.put(origin, record)
        columns = asdict(record) | {"body": psycopg2.Binary(record.body), "detail": one_line(record.detail)}
        await _run(self._executor, self._database, lambda c: self._database.sql.put_robots(c, **columns))


class DatabaseReservations:
    """The tdmrep.json of every origin."""

    def __init__(self, database: Database, executor: Executor) -> None:
        self._database = database
        self._executor = executor
        self._near = MemoryStore[TdmRecord]()

    async def get(self, origin: str) -> TdmRecord | None:
        """The record of an origin, from this worker's memory or the database."""
        near = await self._near.get(origin)
        if near is not None:
            return near
        row = await _run(self._executor, self._database, lambda c: self._database.sql.get_tdm_file(c, origin=origin))
        if row is None:
            return None
        rules = tuple(TdmRule(**rule) for rule in row.rules)
        record = TdmRecord(row.origin, rules, row.fetched_at, row.expires_at, row.good_at, row.detail)
        await self._near.put(origin, record)
        return record

    async def put(self, origin: str, record: TdmRecord) -> None:
        """Keep what an origin answered."""
        await self._near.put(origin, record)
        rules = psycopg2.extras.Json([asdict(rule) for rule in record.rules])
        columns = asdict(record) | {"rules": rules, "detail": one_line(record.detail)}
        await _run(self._executor, self._database, lambda c: self._database.sql.put_tdm_file(c, **columns))


async def _run(executor: Executor, database: Database, work: Any) -> Any:
    return await asyncio.get_running_loop().run_in_executor(executor, database.run, work)
