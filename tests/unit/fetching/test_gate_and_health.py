"""Turns at a host, pauses, and when a host counts as down."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from newswire.fetching.gate import HostPausedError, LocalGate
from newswire.fetching.health import HEALTHY, HostHealth, is_host_failure, pause_after, rate_limit_pause
from newswire.fetching.policy import Policy
from newswire.ledger import Reason


def test_one_at_a_time_with_the_gap_between() -> None:
    async def run() -> list[tuple[float, float]]:
        gate = LocalGate()
        turns: list[tuple[float, float]] = []

        async def visit() -> None:
            async with gate.turn("a", gap=0.05, patience=9):
                start = time.monotonic()
                await asyncio.sleep(0.02)
                turns.append((start, time.monotonic()))

        await asyncio.gather(*(visit() for _ in range(4)))
        return turns

    turns = asyncio.run(run())
    for (_, end), (start, _) in pairwise(turns):
        assert start - end >= 0.049


def test_hosts_are_independent() -> None:
    async def run() -> int:
        gate = LocalGate()
        inside = 0
        all_inside = asyncio.Event()

        async def visit(host: str) -> None:
            nonlocal inside
            async with gate.turn(host, gap=9, patience=99):
                inside += 1
                if inside == 20:
                    all_inside.set()
                await asyncio.wait_for(all_inside.wait(), 10)  # for ever, if one host waited for another

        await asyncio.gather(*(visit(str(n)) for n in range(20)))
        return inside

    assert asyncio.run(run()) == 20


def test_a_gap_beyond_patience_is_not_waited_for() -> None:
    async def run() -> HostPausedError:
        gate = LocalGate()
        async with gate.turn("a", gap=0, patience=1):
            pass
        with pytest.raises(HostPausedError) as paused:
            async with gate.turn("a", gap=3600, patience=1):
                pass
        return paused.value

    paused = asyncio.run(run())
    assert timedelta(seconds=3590) < paused.until - datetime.now(UTC) <= timedelta(seconds=3600)


def test_a_pause_turns_away_also_those_who_queue_and_is_never_shortened() -> None:
    async def run() -> list[object]:
        gate = LocalGate()

        async def first() -> None:
            async with gate.turn("a", gap=0, patience=1):
                await asyncio.sleep(0.02)
                await gate.pause("a", datetime.now(UTC) + timedelta(seconds=100), Reason.RATE_LIMITED)
                await gate.pause("a", datetime.now(UTC) + timedelta(seconds=1), Reason.HOST_PAUSED)

        async def second() -> None:
            async with gate.turn("a", gap=0, patience=1):
                raise AssertionError("not this one")

        outcomes: list[object] = list(await asyncio.gather(first(), second(), return_exceptions=True))
        return [*outcomes, gate.paused_until("a"), gate.paused_until("b")]

    _, turned_away, until, other = asyncio.run(run())
    assert isinstance(turned_away, HostPausedError)
    assert turned_away.reason is Reason.RATE_LIMITED
    assert isinstance(until, datetime)
    assert until > datetime.now(UTC) + timedelta(seconds=90)
    assert other is None


def test_who_fails_or_is_cancelled_frees_the_seat() -> None:
    async def run() -> None:
        gate = LocalGate()
        with pytest.raises(ZeroDivisionError):
            async with gate.turn("a", gap=0, patience=1):
                raise ZeroDivisionError
        async with asyncio.timeout(1), gate.turn("a", gap=0, patience=1):
            pass

    asyncio.run(run())


def after(*urls: str) -> HostHealth:
    health = HEALTHY
    for url in urls:
        health = health.after_failure(url)
    return health


def test_when_a_host_is_down() -> None:
    policy = Policy()
    assert not HEALTHY.is_down(policy)
    assert not after("1", "2", "3", "4").is_down(policy)
    assert after("1", "2", "3", "4", "5").is_down(policy)
    assert not after(*("1" * 50)).is_down(policy)  # one broken address is no broken host
    assert not after(*("12" * 50)).is_down(policy)
    assert after("1", "1", "1", "2", "3").is_down(policy)
    probing = after("1", "2", "3", "4", "5").after_opening()
    assert probing.after_failure("6").is_down(policy)  # half-open: one failed probe is enough


def test_what_speaks_against_a_host() -> None:
    assert is_host_failure(Reason.RESET, None)
    assert is_host_failure(None, 503)
    assert not is_host_failure(None, 404)
    assert not is_host_failure(None, 429)
    assert not is_host_failure(Reason.TOO_LARGE, None)
    assert not is_host_failure(None, 200)


@pytest.mark.parametrize(
    ("times", "asked", "pause"),
    [
        (1, None, 60),
        (2, None, 120),
        (1, 0, 0),  # believed once
        (1, 5, 5),
        (2, 0, 120),
        (3, 5, 240),
        (3, 900, 900),  # the server's own wish where it is longer
        (100, 0, 86_400),
    ],
)
def test_a_short_retry_after_is_believed_once(times: int, asked: float | None, pause: float) -> None:
    assert rate_limit_pause(times, asked, Policy()) == pause


def test_pauses_double_up_to_the_longest() -> None:
    assert [pause_after(n, first=60, longest=3600) for n in (1, 2, 3, 7, 100)] == [60, 120, 240, 3600, 3600]
