"""The engine of polling and fetching: claim hosts, ask each of them one thing after another, write in chunks.

Many hosts are spoken to at once, each by one task. A host is given back only when everything asked of it is written:
so nobody asks for the same thing twice, and a killed worker costs at most the answers of one chunk.
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import psycopg2

from newswire.pipeline.leases import RENEW_EVERY, LeaseGate
from newswire.pipeline.writing import write_surely
from newswire.storage import Database, DatabaseUnreachableError

Item = TypeVar("Item")
Answer = TypeVar("Answer")
log = logging.getLogger(__name__)

CHUNK = 64
"""Answers written in one transaction: the round trip is then a small part of the cost, and a crash loses little."""

CHUNK_SECONDS = 1.0
"""An answer waits no longer than this to be written, so that an operator sees rows arrive."""

ASK_SECONDS = 600.0
"""How long a scheduled run goes on asking: one cycle of the schedule. A feed may list 2,000 pages of one host, which at a
Crawl-delay of ten seconds take five hours, and in that time nobody would poll the other feeds. The rest stays due."""

GLANCE_SECONDS = 0.05
"""How soon a host that was given back is looked at again."""


def owner_name() -> str:
    """A name for this worker that no other will ever have; the host and process id in it help a person find it."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def started(database: Database) -> datetime:
    """The database's clock as a station begins. A station asks for what was due then, and so ends whatever servers do:
    what is asked for is always due again later than that."""
    moment: datetime = database.run(database.sql.clock)
    return moment


@dataclass(frozen=True, slots=True)
class Station(Generic[Item, Answer]):
    """What one station asks of hosts. `claim`, `work` and `write` run in a thread and talk to Postgres."""

    claim: Callable[[int], Sequence[Any]]
    """Claim up to n hosts; rows with `host` and `wait_seconds`."""
    work: Callable[[Sequence[str]], Mapping[str, Sequence[Item]]]
    """What is due at these hosts, in the order in which to ask."""
    ask: Callable[[Item], Awaitable[Answer]]
    """Ask for one thing; never raises for what a server does."""
    write: Callable[[Sequence[Answer]], None]
    """Write a chunk of answers in one transaction."""
    fault: Callable[[Item, Exception], Answer]
    """The answer to record where handling an item finds a fault of ours."""
    unwritable: Callable[[Answer, Exception], Answer]
    """What to record instead of an answer that Postgres refuses to store."""


async def drain(
    station: Station[Item, Answer],
    gate: LeaseGate,
    executor: Executor,
    *,
    hosts_at_once: int,
    gap: float,
    name: str,
    seconds: float,
) -> int:
    """Work until no host has anything due (of those not held by others), or for `seconds`; what was not asked for by then
    stays due. Returns how many answers were written."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    answers: asyncio.Queue[tuple[str, Answer | None]] = asyncio.Queue(maxsize=CHUNK * 2)
    active: set[asyncio.Task[None]] = set()
    writer = asyncio.create_task(_write(station, gate, executor, answers, gap, name))
    renewer = asyncio.create_task(_renew(gate))
    try:
        claimed_at: int | None = None
        while True:
            free = hosts_at_once - len(active)
            late = loop.time() > until
            # A claim that brought nothing is tried again when a host was given back: it may have more that is due.
            if free > 0 and claimed_at != gate.given_back and not late:
                claimed_at = gate.given_back
                # What a redirect led to may itself have something due, which nobody can claim while it is borrowed.
                if idle := gate.borrowed():
                    await gate.release(idle, gap)
                rows = await loop.run_in_executor(executor, station.claim, free)
                gate.hold(rows)
                due = await loop.run_in_executor(executor, station.work, [row.host for row in rows])
                for row in rows:
                    active.add(asyncio.create_task(_ask(station, row.host, due.get(row.host, ()), answers, until)))
                if rows:
                    claimed_at = None
            if not active and not gate.holds_claimed() and (late or claimed_at == gate.given_back):
                break
            if active:
                done, active = await asyncio.wait(active, return_when=asyncio.FIRST_COMPLETED, timeout=GLANCE_SECONDS)
                for task in done:
                    task.result()
            else:
                await asyncio.sleep(GLANCE_SECONDS)  # the last answers are being written
            for helper in (writer, renewer):
                if helper.done():
                    helper.result()
    finally:
        for task in active:
            task.cancel()
        await asyncio.gather(*active, return_exceptions=True)
        # A writer that has failed takes nothing more out of a queue that may be full.
        end = asyncio.create_task(answers.put(("", None)))
        await asyncio.wait({end, writer}, return_when=asyncio.FIRST_COMPLETED)
        end.cancel()
        renewer.cancel()
        written = await writer
    return written


async def _ask(
    station: Station[Item, Answer],
    host: str,
    items: Sequence[Item],
    answers: asyncio.Queue[tuple[str, Answer | None]],
    until: float,
) -> None:
    """Ask one host for everything that is due, in turn, `until` the loop's clock says so; then say that it is done.

    A fault of ours that one document finds is recorded and harms nothing else; only without its database a run ends.
    """
    for item in items:
        if asyncio.get_running_loop().time() > until:
            break
        try:
            answer = await station.ask(item)
        except (DatabaseUnreachableError, psycopg2.Error):
            raise
        except Exception as error:
            log.error("%s: an answer could not be handled", host, exc_info=error)
            answer = station.fault(item, error)
        await answers.put((host, answer))
    await answers.put((host, None))


async def _write(
    station: Station[Item, Answer],
    gate: LeaseGate,
    executor: Executor,
    answers: asyncio.Queue[tuple[str, Answer | None]],
    gap: float,
    name: str,
) -> int:
    """Write answers in chunks until the end marker ("", None); give back the hosts that are done."""
    loop = asyncio.get_running_loop()
    written = 0
    ended = False
    while not ended:
        chunk: list[Answer] = []
        hosts_done: list[str] = []
        deadline: float | None = None
        while len(chunk) < CHUNK:
            try:
                timeout = None if deadline is None else max(0.0, deadline - loop.time())
                host, answer = await asyncio.wait_for(answers.get(), timeout)
            except TimeoutError:
                break
            deadline = deadline or loop.time() + CHUNK_SECONDS
            if answer is not None:
                chunk.append(answer)
            elif host:
                hosts_done.append(host)
                # The host waits to be given back; do not let it wait for a full chunk when nothing else comes.
                deadline = min(deadline, loop.time() + CHUNK_SECONDS / 10)
            else:
                ended = True
                break
        if chunk:
            await loop.run_in_executor(executor, write_surely, station.write, chunk, station.unwritable)
            before, written = written, written + len(chunk)
            if written // 500 > before // 500:
                log.info("%s: %d done", name, written)
        await gate.release([*hosts_done, *gate.borrowed()] if ended else hosts_done, gap)
    return written


async def _renew(gate: LeaseGate) -> None:
    while True:
        await asyncio.sleep(RENEW_EVERY)
        await gate.renew()
