"""Documents that hang, eat memory or crash the interpreter: each is stopped, and its batch goes on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
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
