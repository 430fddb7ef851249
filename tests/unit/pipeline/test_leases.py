"""Manners over several workers: one host has one worker, gaps and pauses pass from one to the next."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from newswire.fetching import HostPausedError, RobotsRecord, RobotsState
from newswire.ledger import Reason
from newswire.pipeline.leases import LEASE, LeaseGate
from newswire.pipeline.origins import DatabaseRobots

HOST = "a.example"
GAP = 0.3


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as running:
        yield running


@pytest.fixture
def gates(database: Any, executor: ThreadPoolExecutor) -> tuple[LeaseGate, LeaseGate]:
    return LeaseGate(database, "one", executor), LeaseGate(database, "two", executor)


class Claimed(NamedTuple):
    host: str
    wait_seconds: float


def sql(database: Any, statement: str) -> Sequence[Any]:
    def work(connection: Any) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return list(cursor.fetchall()) if cursor.description else []

    rows: list[Any] = database.run(work)
    return rows


def claim(database: Any, owner: str) -> Any:
    return database.run(lambda c: database.sql.claim_host(c, owner=owner, lease=LEASE, host=HOST))


async def use(gate: LeaseGate, host: str = HOST, gap: float = GAP) -> float:
    async with gate.turn(host, gap=gap, patience=5):
        return asyncio.get_running_loop().time()


def test_a_host_that_another_worker_holds_is_asked_later(gates: tuple[LeaseGate, LeaseGate]) -> None:
    async def both() -> None:
        one, two = gates
        await use(one)
        with pytest.raises(HostPausedError) as busy:
            await use(two)
        assert busy.value.until > datetime.now(UTC) + timedelta(seconds=30)
        await one.release([HOST], GAP)
        await use(two)

    asyncio.run(both())


def test_the_gap_goes_with_the_host(gates: tuple[LeaseGate, LeaseGate]) -> None:
    async def both() -> None:
        one, two = gates
        first = await use(one)
        await one.release([HOST], GAP)
        assert await use(two) - first >= GAP * 0.95

    asyncio.run(both())


def test_a_crawl_delay_goes_with_the_host_too(database: Any, gates: tuple[LeaseGate, LeaseGate]) -> None:
    """Though the next worker has not read the robots.txt yet, and one that asks for nothing passes it on."""

    async def both() -> None:
        one, two = gates
        await use(one, gap=3600.0)
        await one.release([HOST], GAP)
        with pytest.raises(HostPausedError) as wait:
            await use(two)
        assert wait.value.until > datetime.now(UTC) + timedelta(seconds=3500)
        await two.release([HOST], GAP)
        with pytest.raises(HostPausedError):
            await use(one)

    asyncio.run(both())


def test_a_pause_is_known_to_all_and_ends(database: Any, gates: tuple[LeaseGate, LeaseGate]) -> None:
    async def both() -> None:
        one, two = gates
        await use(one)
        await one.pause(HOST, datetime.now(UTC) + timedelta(seconds=60), Reason.RATE_LIMITED)
        await one.pause(HOST, datetime.now(UTC) + timedelta(seconds=5), Reason.HOST_PAUSED)  # never shortens
        for gate in (one, two):
            started = asyncio.get_running_loop().time()
            with pytest.raises(HostPausedError) as paused:
                await use(gate)
            assert paused.value.until > datetime.now(UTC) + timedelta(seconds=30)
            assert asyncio.get_running_loop().time() - started < 1  # at once, not after the gap
            await gate.release([HOST], GAP)
        sql(database, "update news.hosts set paused_until = now()")
        await use(two)

    asyncio.run(both())


def test_a_lost_lease_ends_the_talking(database: Any, gates: tuple[LeaseGate, LeaseGate]) -> None:
    async def both() -> None:
        one, two = gates
        await use(one)
        sql(database, "update news.hosts set lease_until = now() - interval '1 second'")  # one was frozen for long
        await use(two)
        await one.renew()
        with pytest.raises(HostPausedError):
            await use(one)
        await one.release([HOST], GAP)  # and gives back nothing that is no longer its own
        assert sql(database, "select lease_owner from news.hosts")[0].lease_owner == "two"

    asyncio.run(both())


def test_renewing_keeps_a_lease(database: Any, gates: tuple[LeaseGate, LeaseGate]) -> None:
    async def both() -> None:
        one, _ = gates
        await use(one)
        sql(database, "update news.hosts set lease_until = now() + interval '1 second'")
        await one.renew()
        await use(one)

    asyncio.run(both())
    assert sql(database, "select lease_until > now() + interval '60 seconds' as kept from news.hosts")[0].kept


def test_what_a_redirect_led_to_is_borrowed_until_it_is_idle(gates: tuple[LeaseGate, LeaseGate]) -> None:
    async def both() -> None:
        one, two = gates
        async with one.turn(HOST, gap=GAP, patience=5):
            assert one.borrowed() == []
            await one.release([HOST], GAP)  # in use: it is kept
            with pytest.raises(HostPausedError):
                await use(two)
        assert one.borrowed() == [HOST]
        await one.release(one.borrowed(), GAP)
        await use(two)

    asyncio.run(both())


def test_a_claimed_host_in_use_by_a_redirect_is_given_back_later(
    database: Any, gates: tuple[LeaseGate, LeaseGate]
) -> None:
    async def both() -> None:
        one, two = gates
        claim(database, "one")
        one.hold([Claimed(HOST, 0.0)])
        async with one.turn(HOST, gap=GAP, patience=5):
            await one.release([HOST], GAP)  # all of its own work is done, but another task talks to it
        with pytest.raises(HostPausedError):
            await use(two)
        await one.release(one.borrowed(), GAP)
        await use(two)

    asyncio.run(both())


def test_robots_files_of_many_origins_do_not_pile_up_in_memory(database: Any, executor: ThreadPoolExecutor) -> None:
    """A feed may link to thousands of hosts, each with the half megabyte of robots.txt that we read."""
    now = datetime.now(UTC)
    body = b"User-agent: *\n" * 37_000
    robots = DatabaseRobots(database, executor)

    async def ask() -> RobotsRecord | None:
        tracemalloc.start()
        for n in range(100):
            copy = body + str(n).encode()
            record = RobotsRecord(f"https://h{n}.example", RobotsState.FOUND, copy, now, now, good_at=now)
            await robots.put(record.origin, record)
        return await robots.get("https://h0.example")

    found = asyncio.run(ask())
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 40 * 1024 * 1024
    assert found is not None
    assert found.body == body + b"0"
