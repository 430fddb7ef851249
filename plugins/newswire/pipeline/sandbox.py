"""Processes that may be killed: parsing what strangers wrote can hang, eat memory or crash the interpreter.

pebble was chosen over concurrent.futures because it can kill the one process that exceeds its time without losing the
others' work. Memory is capped by the kernel (RLIMIT_AS).
"""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
import resource
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pebble

from newswire.ledger import Reason

T = TypeVar("T")

TASKS_PER_PROCESS = 2000
"""A process is replaced after as many documents, which bounds what a leak in a C library can pile up."""


@dataclass(frozen=True, slots=True)
class Killed:
    """A document that was stopped. It is quarantined; its batch goes on."""

    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may use. `seconds` of wall clock; `megabytes` of address space of its process."""

    seconds: float
    megabytes: int


class Sandbox(Generic[T]):
    """A pool of killable processes that call one function. Processes start with the first document."""

    def __init__(self, function: Callable[..., T], workers: int, limits: Limits) -> None:
        self._function = function
        self._limits = limits
        self._pool = pebble.ProcessPool(
            max_workers=workers,
            max_tasks=TASKS_PER_PROCESS,
            initializer=_prepare,
            initargs=[limits.megabytes, os.getpid()],
            # A fork of a process with threads (Airflow's, ours) may inherit a held lock and hang.
            context=multiprocessing.get_context("spawn"),
        )

    def submit(self, *arguments: Any) -> concurrent.futures.Future[T]:
        """Hand a document over. Read the outcome with `outcome`."""
        future: concurrent.futures.Future[T] = self._pool.schedule(
            self._function, args=arguments, timeout=self._limits.seconds
        )
        return future

    def outcome(self, future: concurrent.futures.Future[T]) -> T | Killed:
        """The function's answer, or why there is none."""
        try:
            return future.result()
        except (concurrent.futures.TimeoutError, TimeoutError):
            return Killed(Reason.KILLED_TIME, f"not done after {self._limits.seconds:.0f} s")
        except MemoryError:
            return Killed(Reason.KILLED_MEMORY, f"needed more than {self._limits.megabytes} MB")
        except pebble.ProcessExpired as error:
            return Killed(Reason.CRASHED, f"its process ended with code {error.exitcode}")
        except ImportError:
            raise  # a broken installation, not a broken document: the station must fail, not quarantine everything
        except Exception as error:
            return Killed(Reason.CRASHED, f"{type(error).__name__}: {str(error)[:200]}")

    def __enter__(self) -> Sandbox[T]:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join(timeout=10)


def _prepare(megabytes: int, parent: int) -> None:
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    threading.Thread(target=_follow, args=[parent], daemon=True).start()


def _follow(parent: int) -> None:
    """End with the parent, however it ended: a worker killed with SIGKILL must not leave processes behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
