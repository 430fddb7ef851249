"""The engine under faults: one bad host, one bad answer, a broken writer. Nothing stops the others, and it always ends."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest

from newswire.pipeline.hosts import Station, drain
from newswire.storage import DatabaseUnreachableError


class Claimed(NamedTuple):
    host: str
    wait_seconds: float


@dataclass
class Gate:
    """A gate that only counts."""

    released: list[str] = field(default_factory=list)
    held: set[str] = field(default_factory=set)

    @property
    def given_back(self) -> int:
        return len(self.released)

    def hold(self, rows: Sequence[Claimed]) -> None:
        self.held |= {row.host for row in rows}

    def holds_claimed(self) -> bool:
        return bool(self.held)

    def borrowed(self) -> list[str]:
        return []

    async def release(self, hosts: Sequence[str], gap: float) -> None:
        self.held -= set(hosts)
        self.released += hosts

    async def renew(self) -> None:
        pass


@dataclass
class World:
    """Hosts with items; what was written."""

    hosts: dict[str, list[str]]
    written: list[str] = field(default_factory=list)
    refuse: Exception | None = None

    def claim(self, n: int) -> list[Claimed]:
        names = list(self.hosts)[:n]
        self.taken = {name: self.hosts.pop(name) for name in names}
        return [Claimed(name, 0.0) for name in names]

    def work(self, hosts: Sequence[str]) -> Mapping[str, Sequence[str]]:
        return {host: self.taken[host] for host in hosts}

    async def ask(self, item: str) -> str:
        await asyncio.sleep(0)
        if item == "fault":
            raise RuntimeError("a fault of ours")
        if item == "slow":
            await asyncio.sleep(0.1)
        if item == "no database":
            raise DatabaseUnreachableError("away")
        return item

    def write(self, chunk: Sequence[str]) -> None:
        if self.refuse is not None and "poison" in chunk:
            raise self.refuse
        self.written += chunk

    def station(self) -> Station[str, str]:
        return Station(
            self.claim,
            self.work,
            self.ask,
            self.write,
            lambda item, _: f"{item}: crashed",
            lambda a, _: f"{a}: refused",
        )

    def run(self, hosts_at_once: int = 4, seconds: float = math.inf) -> int:
        self.gate = Gate()
        with ThreadPoolExecutor(2) as executor:

            async def bounded() -> int:
                async with asyncio.timeout(20):
                    gate: Any = self.gate
                    return await drain(
                        self.station(),
                        gate,
                        executor,
                        hosts_at_once=hosts_at_once,
                        gap=0.0,
                        name="test",
                        seconds=seconds,
                    )

            return asyncio.run(bounded())


def test_a_fault_at_one_host_stops_neither_it_nor_the_others() -> None:
    world = World({"bad": ["1", "fault", "2"], "good": ["3", "4"]})
    assert world.run() == 5
    assert sorted(world.written) == ["1", "2", "3", "4", "fault: crashed"]
    assert sorted(world.gate.released) == ["bad", "good"]


def test_more_hosts_than_seats_are_all_served() -> None:
    world = World({f"h{n}": [str(n)] for n in range(30)})
    assert world.run(hosts_at_once=3) == 30
    assert sorted(world.gate.released) == sorted(f"h{n}" for n in range(30))


def test_without_its_database_a_run_ends() -> None:
    world = World({"a": ["no database"], "b": ["1"] * 500})
    with pytest.raises(DatabaseUnreachableError):
        world.run()


def test_a_writer_that_fails_ends_the_run_though_the_queue_is_full() -> None:
    world = World({f"h{n}": ["poison"] * 200 for n in range(4)}, refuse=DatabaseUnreachableError("away"))
    with pytest.raises(DatabaseUnreachableError):
        world.run()


def test_a_slow_host_with_many_pages_ends_in_time_and_what_is_left_stays_due() -> None:
    world = World({"slow": ["slow"] * 100_000, "quick": ["1", "2"], **{f"h{n}": ["slow"] for n in range(90)}})
    written = world.run(hosts_at_once=2, seconds=1.0)
    assert written == len(world.written) < 50
    assert {"1", "2"} <= set(world.written)
    assert world.hosts, "hosts of which nobody was claimed"
    assert not world.gate.held, "those that were are given back"


def test_without_time_nothing_is_asked() -> None:
    world = World({"a": ["1"]})
    assert world.run(seconds=-1.0) == 0
    assert list(world.hosts) == ["a"]
