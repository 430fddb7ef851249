"""Documents that hang, eat memory or crash the interpreter: each is stopped, and its batch goes on."""

from __future__ import annotations

import concurrent.futures
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from newswire.ledger import Reason
from newswire.pipeline.sandbox import Killed, Limits, Sandbox


def handle(document: str) -> str:
    """What strangers' documents may do to a parser."""
    match document:
        case "hang":
            time.sleep(60)
        case "memory":
            bytearray(4 << 30)
        case "segfault":
            os.kill(os.getpid(), 11)
        case "exit":
            os._exit(3)
        case "deep":
            return handle_deeply(0)
        case "bomb":
            threading.Timer(0.05, os._exit, [3]).start()
        case "fault":
            raise ValueError("of ours\x1b[31m")
    return document.upper()


def handle_deeply(level: int) -> str:
    return handle_deeply(level + 1)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox[str]]:
    with Sandbox(handle, 2, Limits(seconds=3, megabytes=1024)) as running:
        assert running.outcome(running.submit("ready")) == "READY"
        yield running


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("hang", Reason.KILLED_TIME),
        ("memory", Reason.KILLED_MEMORY),
        ("segfault", Reason.CRASHED),
        ("exit", Reason.CRASHED),
        ("deep", Reason.CRASHED),
        ("fault", Reason.CRASHED),
    ],
)
def test_a_hostile_document_is_stopped_and_its_batch_goes_on(
    sandbox: Sandbox[str], document: str, reason: Reason
) -> None:
    batch = ["one", "two", document, "three", "four"]
    outcomes = [sandbox.outcome(future) for future in [sandbox.submit(item) for item in batch]]
    stopped = outcomes.pop(2)
    assert outcomes == ["ONE", "TWO", "THREE", "FOUR"]
    assert isinstance(stopped, Killed)
    assert stopped.reason is reason
    assert stopped.detail


def test_a_process_that_dies_with_nothing_in_hand_harms_no_document() -> None:
    with Sandbox(handle, 1, Limits(seconds=10, megabytes=1024)) as running:
        assert running.outcome(running.submit("bomb")) == "BOMB"
        time.sleep(1)  # the pool breaks in the meantime
        batch = [running.submit(item) for item in ("one", "exit", "two")]
        outcomes = [running.outcome(future) for future in batch]
    assert [outcomes[0], outcomes[2]] == ["ONE", "TWO"]
    assert isinstance(outcomes[1], Killed)


def test_documents_that_a_broken_pool_had_in_hand_are_done_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[concurrent.futures.Future[str]] = []

    def lose(*_: object, **__: object) -> concurrent.futures.Future[str]:
        lost.append(concurrent.futures.Future())
        return lost[-1]

    with Sandbox(handle, 1, Limits(seconds=10, megabytes=1024)) as running:
        monkeypatch.setattr(running._pool, "schedule", lose)
        batch = [running.submit(item) for item in ("one", "two", "three")]
        lost[1].set_exception(BrokenProcessPool("All workers expired"))  # of the others it never says a word
        assert [future.result(timeout=30) for future in batch] == ["ONE", "TWO", "THREE"]
        lost[0].set_result("late")
        assert running.outcome(batch[0]) == "ONE"


def test_processes_that_cannot_start_are_a_fault_of_the_station() -> None:
    with Sandbox(handle, 1, Limits(seconds=10, megabytes=1)) as running, pytest.raises(BrokenProcessPool):
        running.outcome(running.submit("one"))


@pytest.mark.usefixtures("sandbox")  # multiprocessing's own tracker process then exists already
def test_a_sandbox_leaves_no_process() -> None:
    before = child_processes()
    with Sandbox(handle, 2, Limits(seconds=30, megabytes=1024)) as running:
        running.outcome(running.submit("one"))
        running.submit("hang")
        ours = child_processes() - before
        assert len(ours) >= 2
    assert not child_processes() & ours


def child_processes() -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(") ")[2].split()
        except OSError:
            continue  # it has ended
        if fields[0] != "Z" and int(fields[1]) == os.getpid():
            found.add(int(stat.parent.name))
    return found
