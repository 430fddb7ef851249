"""Manners over all workers at once: the gate that the fetching client uses, kept in Postgres.

A worker claims whole hosts (newswire.pipeline.hosts) and is then the only one that speaks to them, so within it a lock
per host is enough. A redirect may lead to a host that another worker holds; then it is asked for later.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg2.extras

from newswire.fetching import HostPausedError
from newswire.ledger import Reason
from newswire.storage import Database

LEASE = "90 seconds"
"""Longer than the longest request with its robots.txt and a pause of the garbage collector; short enough that a killed
worker's hosts are free again before anybody wonders."""

RENEW_EVERY = 25.0
"""Seconds: three chances before a lease runs out."""

BUSY_RETRY = timedelta(seconds=60)
"""When a host that another worker holds is tried again."""


def claim_hosts(connection: Any, sql: Any, owner: str, hosts: Sequence[str]) -> Sequence[Any]:
    """Claim those of the hosts that are free. Rows with `host` and `wait_seconds`, what is left of the last gap."""
    return list(sql.claim_hosts(connection, owner=owner, lease=LEASE, hosts=list(hosts))) if hosts else []


@dataclass(slots=True)
class _Held:
    seat: asyncio.Lock = field(default_factory=asyncio.Lock)
    ready_at: float = 0.0
    """Monotonic time before which no request may start, for a gap that began in another worker."""
    last_end: float | None = None
    gap: float = 0.0
    """Seconds that the host last wanted between two requests: a Crawl-delay may be longer than the deployment's own gap."""
    paused_until: datetime | None = None
    paused_for: Reason = Reason.HOST_PAUSED
    lost: bool = False
    borrowed: bool = False
    users: int = 0
    """Tasks that have the seat or wait for it. A host in use is never given back: its next holder would be a second."""


class LeaseGate:
    """One connection per host and a gap between requests, over all workers (`newswire.fetching.HostGate`)."""

    def __init__(self, database: Database, owner: str, executor: Executor) -> None:
        self._database = database
        self._owner = owner
        self._executor = executor
        self._held: dict[str, _Held] = {}
        self._releasing = 0
        self.given_back = 0
        """Hosts released so far: when this has grown, claiming again may bring something."""

    def hold(self, rows: Iterable[Any]) -> None:
        """Take note of hosts that this worker has just claimed (rows of claim_hosts)."""
        for row in rows:
            self._held[row.host] = _Held(ready_at=time.monotonic() + row.wait_seconds)

    @asynccontextmanager
    async def turn(self, host: str, *, gap: float, patience: float) -> AsyncIterator[None]:
        """See `newswire.fetching.HostGate.turn`."""
        held = self._held.get(host) or await self._borrow(host)
        held.users += 1
        try:
            self._check(held)  # those who come during a pause need not queue
            async with held.seat:
                self._check(held)
                held.gap = gap
                since_last = held.last_end + gap if held.last_end is not None else 0.0
                wait = max(held.ready_at, since_last) - time.monotonic()
                if wait > patience:
                    raise HostPausedError(datetime.now(UTC) + timedelta(seconds=wait), Reason.HOST_PAUSED)
                if wait > 0:
                    await asyncio.sleep(wait)
                    self._check(held)
                try:
                    yield
                finally:
                    held.last_end = time.monotonic()
        finally:
            held.users -= 1

    async def pause(self, host: str, until: datetime, reason: Reason) -> None:
        """See `newswire.fetching.HostGate.pause`; kept in the database, so that every worker knows."""
        held = self._held.get(host)
        if held is not None and (held.paused_until is None or until > held.paused_until):
            held.paused_until, held.paused_for = until, reason
        seconds = max(0.0, (until - datetime.now(UTC)).total_seconds())
        await self._run(lambda c: self._database.sql.pause_host(c, host=host, seconds=seconds, reason=reason.value))

    async def renew(self) -> None:
        """Extend the leases of all held hosts; what was lost meanwhile is no longer spoken to."""
        hosts = list(self._held)
        rows = await self._run(
            lambda c: list(self._database.sql.renew_leases(c, owner=self._owner, lease=LEASE, hosts=hosts))
        )
        kept = {row.host for row in rows}
        for host in hosts:
            if host not in kept and host in self._held:
                self._held[host].lost = True

    async def release(self, hosts: Iterable[str], gap: float) -> None:
        """Give hosts back; the next holder learns how much is left of `gap`, or of the Crawl-delay where that is longer.

        One that a redirect led another task to is kept, as borrowed, until that task is done with it.
        """
        now = time.monotonic()
        rows = []
        for host in hosts:
            held = self._held.get(host)
            if held is not None and held.users:
                held.borrowed = True
            elif held is not None:
                del self._held[host]
                ready_at = held.ready_at if held.last_end is None else held.last_end + max(gap, held.gap)
                left = max(0.0, ready_at - now)
                rows.append({"host": host, "wait_seconds": left})
        if rows:
            parameter = psycopg2.extras.Json(rows)
            self._releasing += 1
            try:
                await self._run(lambda c: self._database.sql.release_hosts(c, owner=self._owner, rows=parameter))
            finally:
                self._releasing -= 1
            self.given_back += len(rows)

    def holds_claimed(self) -> bool:
        """Whether hosts that were claimed for work are not given back yet."""
        return self._releasing > 0 or any(not held.borrowed for held in self._held.values())

    def borrowed(self) -> list[str]:
        """Hosts held only because a redirect led to them, and idle now."""
        return [host for host, held in self._held.items() if held.borrowed and not held.users]

    async def _borrow(self, host: str) -> _Held:
        row = await self._run(lambda c: self._database.sql.claim_host(c, owner=self._owner, lease=LEASE, host=host))
        if host in self._held:  # claimed by another task of this worker meanwhile
            return self._held[host]
        if row is None:
            raise HostPausedError(datetime.now(UTC) + BUSY_RETRY, Reason.HOST_PAUSED)
        held = _Held(ready_at=time.monotonic() + row.wait_seconds, paused_until=row.paused_until, borrowed=True)
        self._held[host] = held
        return held

    async def _run(self, work: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._database.run, work)

    @staticmethod
    def _check(held: _Held) -> None:
        if held.lost:
            raise HostPausedError(datetime.now(UTC) + BUSY_RETRY, Reason.HOST_PAUSED)
        if held.paused_until is not None and datetime.now(UTC) < held.paused_until:
            raise HostPausedError(held.paused_until, held.paused_for)
