"""The gate: one connection per host, a gap between requests, and pauses, over everybody who fetches.

`HostGate` is the contract; `LocalGate` keeps it within one process. A deployment with several workers gives the client
a gate that keeps the same promises in the database.
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from newswire.ledger import Reason


class HostPausedError(Exception):
    """The host may not be asked now."""

    def __init__(self, until: datetime, reason: Reason) -> None:
        super().__init__(f"paused until {until.isoformat(timespec='seconds')}: {reason}")
        self.until = until
        self.reason = reason


class HostGate(Protocol):
    """Who may speak to a host, and when."""

    def turn(self, host: str, *, gap: float, patience: float) -> AbstractAsyncContextManager[None]:
        """The only seat at `host`, for exactly one request: `async with gate.turn(...)`.

        Entering waits until nobody else holds the seat and `gap` seconds have passed since the last request ended.
        Raises `HostPausedError` while the host is paused, or at once where the gap alone would take more than
        `patience` seconds. The seat must come free when its holder dies.
        """

    async def pause(self, host: str, until: datetime, reason: Reason) -> None:
        """Nobody speaks to `host` before `until`. A shorter pause never shortens a longer one."""


@dataclass(slots=True)
class _Host:
    seat: asyncio.Lock
    last_end: float | None = None
    paused_until: datetime | None = None
    paused_for: Reason = Reason.HOST_PAUSED


class LocalGate:
    """A gate for one process and one event loop."""

    def __init__(self) -> None:
        self._hosts: defaultdict[str, _Host] = defaultdict(lambda: _Host(asyncio.Lock()))

    @asynccontextmanager
    async def turn(self, host: str, *, gap: float, patience: float) -> AsyncIterator[None]:
        entry = self._hosts[host]
        self._check_pause(entry)  # those who come during a pause need not queue
        async with entry.seat:
            self._check_pause(entry)  # the holder before us may have been told to go away
            if entry.last_end is not None:
                wait = entry.last_end + gap - time.monotonic()
                if wait > patience:
                    raise HostPausedError(datetime.now(UTC) + timedelta(seconds=wait), Reason.HOST_PAUSED)
                if wait > 0:
                    await asyncio.sleep(wait)
                    self._check_pause(entry)
            try:
                yield
            finally:
                entry.last_end = time.monotonic()

    async def pause(self, host: str, until: datetime, reason: Reason) -> None:
        entry = self._hosts[host]
        if entry.paused_until is None or until > entry.paused_until:
            entry.paused_until, entry.paused_for = until, reason

    def paused_until(self, host: str) -> datetime | None:
        """When `host` may be asked again, or None where it may be asked now."""
        until = self._hosts[host].paused_until if host in self._hosts else None
        return until if until is not None and until > datetime.now(UTC) else None

    @staticmethod
    def _check_pause(entry: _Host) -> None:
        if entry.paused_until is not None and datetime.now(UTC) < entry.paused_until:
            raise HostPausedError(entry.paused_until, entry.paused_for)
