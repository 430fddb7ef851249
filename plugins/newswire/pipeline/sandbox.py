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
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import pebble

from newswire.ledger import Reason

T = TypeVar("T")

TASKS_PER_PROCESS = 2000
"""A process is replaced after as many documents, which bounds what a leak in a C library can pile up."""

BROKEN_AT_MOST = 3
"""Pools that break one after the other without doing one document: once is an accident of timing, thrice a fault."""


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
    """A pool of killable processes that call one function. Processes start with the first document.

    pebble gives a pool up when a process dies of which it does not know (yet) what it had in hand, and then answers for
    some documents never, for others with an error that is not theirs. Such a pool is replaced, and what it had not done
    is handed to the next.
    """

    def __init__(self, function: Callable[..., T], workers: int, limits: Limits) -> None:
        self._function = function
        self._workers = workers
        self._limits = limits
        self._lock = threading.RLock()
        self._in_hand: dict[concurrent.futures.Future[T], tuple[Any, ...]] = {}
        self._broken: list[pebble.ProcessPool] = []
        self._broken_in_a_row = 0
        self._pool = self._new_pool()

    def submit(self, *arguments: Any) -> concurrent.futures.Future[T]:
        """Hand a document over. Read the outcome with `outcome`."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        with self._lock:
            self._in_hand[future] = arguments
            self._hand_over(future)
        return future

    def outcome(self, future: concurrent.futures.Future[T]) -> T | Killed:
        """The function's answer, or why there is none.

        Raises:
            ImportError, BrokenProcessPool: the installation is broken, not the document: the station must fail, instead
                of putting everything into quarantine.
        """
        try:
            return future.result()
        except (concurrent.futures.TimeoutError, TimeoutError):
            return Killed(Reason.KILLED_TIME, f"not done after {self._limits.seconds:.0f} s")
        except MemoryError:
            return Killed(Reason.KILLED_MEMORY, f"needed more than {self._limits.megabytes} MB")
        except pebble.ProcessExpired as error:
            return Killed(Reason.CRASHED, f"its process ended with code {error.exitcode}")
        except (ImportError, BrokenProcessPool):
            raise
        except Exception as error:
            return Killed(Reason.CRASHED, f"{type(error).__name__}: {str(error)[:200]}")

    def __enter__(self) -> Sandbox[T]:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            pools = [*self._broken, self._pool]
            self._in_hand.clear()
        for pool in pools:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join(timeout=10)

    def _new_pool(self) -> pebble.ProcessPool:
        return pebble.ProcessPool(
            max_workers=self._workers,
            max_tasks=TASKS_PER_PROCESS,
            initializer=_prepare,
            initargs=[self._limits.megabytes, os.getpid()],
            # A fork of a process with threads (Airflow's, ours) may inherit a held lock and hang.
            context=multiprocessing.get_context("spawn"),
        )

    def _hand_over(self, future: concurrent.futures.Future[T]) -> None:
        pool = self._pool
        try:
            attempt = pool.schedule(self._function, args=self._in_hand[future], timeout=self._limits.seconds)
        except RuntimeError:  # pebble's word for a pool that broke while it had nothing to do
            self._replace(pool)
        else:
            attempt.add_done_callback(partial(self._settle, pool, future))

    def _settle(
        self,
        pool: pebble.ProcessPool,
        future: concurrent.futures.Future[T],
        attempt: concurrent.futures.Future[T],
    ) -> None:
        """Pass the outcome of an attempt on; called by a thread of the pool's."""
        error = concurrent.futures.CancelledError() if attempt.cancelled() else attempt.exception()
        if isinstance(error, BrokenProcessPool):
            self._replace(pool)
            return
        with self._lock:
            if self._in_hand.pop(future, None) is None:
                return
            self._broken_in_a_row = 0
        if error is None:
            future.set_result(attempt.result())
        else:
            future.set_exception(error)

    def _replace(self, pool: pebble.ProcessPool) -> None:
        """Go on with a new pool, unless another document's end has already led to one."""
        with self._lock:
            if pool is not self._pool:
                return
            pool.stop()  # type: ignore[no-untyped-call]
            self._broken.append(pool)
            self._pool = self._new_pool()
            self._broken_in_a_row += 1
            for future in list(self._in_hand):
                if self._broken_in_a_row < BROKEN_AT_MOST:
                    self._hand_over(future)
                elif self._in_hand.pop(future, None) is not None:
                    future.set_exception(BrokenProcessPool("processes end as soon as they start"))


def _prepare(megabytes: int, parent: int) -> None:
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    threading.Thread(target=_follow, args=[parent], daemon=True).start()


def _follow(parent: int) -> None:
    """End with the parent, however it ended: a worker killed with SIGKILL must not leave processes behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
